"""The pieces that chapters are made of. Ask for them as ``reports.contents``, which is the contract."""

from datetime import date
from enum import StrEnum

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from reports.measure_parts import MeasureChart

CHECKED = ConfigDict(extra="forbid")


class Tone(StrEnum):
    """The colour that echoes a word. The word alone has to say it all."""

    PLAIN = "plain"
    GOOD = "good"
    """Evidenced, met, closed."""
    PART = "part"
    """Delivered, not yet evidenced."""
    WAITING = "waiting"
    """With somebody for a decision."""
    STEADY = "steady"
    """Under way as planned."""
    CAUTION = "caution"
    """At risk, near, does not agree."""
    BAD = "bad"
    """Off track, not met."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Word:
    """A status in words: "At risk"."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Meaning:
    """One line of a key: a word and what it means."""

    word: Word
    meaning: str


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Row:
    """A heading in the side column and what it says beside it."""

    head: str
    points: tuple[str, ...]
    """Markdown. One is printed as a passage, several as bullets."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class KeyFigure:
    """A figure or word printed large, with what it is above and its basis below."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Approval:
    by: str
    """Role, or name and role."""
    on: date | None
    """None: not yet."""
    words: str = "Signed off"
    """What was done: "Signed off", "Reviewed", "Noted"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Grade:
    """A grade in a profile, or why there is none."""

    words: str
    """"Good", "Not judged separately", "Not given"."""
    step: int | None = None
    """Place on the scale from 1, the lowest; None when ``words`` is not a grade."""
    note: str = ""
    """"joint with care leavers"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Inspected:
    """One inspection: a column of the profile."""

    head: str
    """"May 2026"."""
    short: str
    """"2026", for the chart."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ProfileRow:
    area: str
    short: str
    grades: tuple[Grade, ...]
    """One for each inspection."""
    own: Grade | None = None
    """None: we have not graded ourselves."""
    confidence: str = ""
    """"High", "Medium", "Low"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class GradeProfile:
    """Grades by area at every inspection and in our own view.

    ``overall`` holds only what inspectors gave, "Not given" where their framework gives none, and is empty when no
    inspection shown had one. Nothing works one out.
    """

    scale: tuple[str, ...]
    """Short labels, best first."""
    inspections: tuple[Inspected, ...]
    """Earliest first."""
    rows: tuple[ProfileRow, ...]
    overall: tuple[Grade, ...] = ()
    overall_head: str = "Overall effectiveness"
    own_head: str = "Our own view"
    own_note: str = "Our own view. Ofsted has not judged it."
    """Under the chart."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class AuditPeriod:
    label: str
    """"Jul to Sep 2026", or a domain's name."""
    counts: tuple[int, ...]
    """Audits at each grade, in the order of the scale."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class AuditGrades:
    """How many audits got which grade, period by period or domain by domain."""

    caption: str
    """"Audits of help and protection after moderation"."""
    scale: tuple[str, ...]
    """Best first."""
    periods: tuple[AuditPeriod, ...]
    good: int = 2
    """How many grades, from the best, count as good."""
    good_words: str = "Good or better"
    percent_from: int = 100
    """How many must be graded before their share is given as a percentage too; below it, as a fraction alone."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Statement:
    """One thing the authority says of itself."""

    reference: str
    """"S-31"."""
    text: str
    """Markdown."""
    title: str = ""
    word: Word | None = None
    """"Strength", "Improving", "Not good enough"."""
    notes: tuple[str, ...] = ()
    """Short lines for the side column: "High confidence", "In review"."""
    claim: bool = False
    """It cites nothing."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Question:
    words: str
    """"How do you know it?", as the pack should print it."""
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Quotation:
    """Words of a published report, exactly."""

    words: str
    source: str
    """"Ofsted, published 17 June 2026"."""
    reference: str = ""
    """"R-3"; becomes a link when the register lists it."""
    page: int | None = None
    paragraph: str = ""
    """Its number as printed."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Says:
    """What one kind of source says about a theme."""

    word: str
    """"Better", "Weak", "No evidence"."""
    note: str = ""
    """Markdown."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Agreement:
    """Four kinds of source side by side on one theme."""

    theme: str
    inspectors: Says
    audits: Says
    measures: Says
    people: Says
    """Families, staff and partners."""
    verdict: Word
    verdict_note: str = ""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Measure:
    reference: str
    name: str
    basis: str
    """What is counted and over what period."""
    value: str
    """With its unit where the unit is not the basis: "79", "6"."""
    was: str = ""
    target: str = ""
    """"≤ 18.0"; empty: no target set."""
    neighbours: str = ""
    """Empty: not held."""
    against: Word | None = None
    """"Met", "Near", "Not met"; None: nothing to compare with."""
    distance: str = ""
    """"1.2 points away"."""
    series: tuple[float, ...] = ()
    """Oldest first; drawn as a sparkline from two values up."""
    series_words: str = ""
    """What the series is: "last six quarters"."""
    unit: str = ""
    """For the sparkline's words: "%"."""
    travel: str = ""
    """"↑ Better"; empty: too few figures to say, or nothing is to be said."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Measures:
    measures: tuple[Measure, ...]
    caption: str = "Measures against target and neighbours"
    as_at: str = ""
    """"year to date, 30 September 2026"."""
    was_head: str = "Before"
    value_head: str = "Now"
    series_head: str = "Trend"
    note: str = ""
    """Markdown: sources, and what near means."""
    charts: tuple[MeasureChart, ...] = ()
    """Of those to look at first, with their usual range."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class OwnView:
    """What the authority thinks of one area."""

    grade: str
    """"Good"; "Not yet agreed"."""
    grade_note: str = ""
    confidence: str = "Not stated"
    confidence_note: str = ""
    reasons: str = ""
    """Markdown: why this grade, and why it is kinder than the evidence where it is."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class PlanAction:
    reference: str
    title: str
    lead: str
    due: date
    status: Word
    was_due: date | None = None
    """The first due date, where it has moved."""
    difference: str = ""
    """Markdown: the difference it made, and what shows it."""
    difference_word: Word | None = None
    """"Not shown yet", "Shown"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class PlanItem:
    reference: str
    words: str
    source: str
    """Whose words they are and from where: "Ofsted, 17 June 2026"."""
    owner: str
    """Empty: nobody owns it yet, and the pack says so."""
    notes: str = ""
    """"Outcome 2"."""
    actions: tuple[PlanAction, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class EarlierItem:
    year: str
    words: str
    stands: Word
    because: str = ""
    """Markdown."""
    reference: str = ""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class AuditFinding:
    reference: str
    found: str
    state: Word
    source: str = ""
    """"Q-88, June 2026"."""
    changed: str = ""
    """Markdown: what was changed, with references of actions."""
    second_look: str = ""
    """Markdown: what a second look showed."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Voice:
    """Somebody's own words, without a name."""

    who: str
    """"Young person, 14 to 16"."""
    words: str
    source: str
    """How it was heard and how consent was given."""
    setting: str = ""
    reference: str = ""
    bears_on: str = ""
    """Markdown: "Bears on S-32 and S-33"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Unsure:
    head: str
    """The area or theme."""
    points: tuple[str, ...]
    """Markdown."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class RegisterEntry:
    reference: str
    title: str
    kind: str
    dated: date
    owner: str = ""
    shows: str = ""
    """What it shows, in a sentence."""
    strength: str = ""
    """"Impact", "Activity"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Comparison:
    """One table of what changed. Every row has as many cells as there are columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
