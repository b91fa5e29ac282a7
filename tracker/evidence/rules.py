"""The words of evidence: its kinds, whose voice, how strong, how fresh and how varied. Pure functions of values."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.platform.lists import listed


class Kind(StrEnum):
    FILE = "Document"
    LINK = "Link"
    DATA = "Data"
    AUDIT = "Audit"
    OBSERVATION = "Observation"
    PRACTICE_EXAMPLE = "Practice example"
    VOICE = "Voice"


class VoiceOf(StrEnum):
    CHILD = "Child"
    YOUNG_PERSON = "Young person"
    PARENT = "Parent"
    CARER = "Carer"
    PRACTITIONER = "Practitioner"
    PARTNER = "Partner"


class Strength(StrEnum):
    """What a piece of evidence can bear, weakest first."""

    ACTIVITY = "Activity"
    OUTPUT = "Output"
    OUTCOME = "Outcome"
    IMPACT = "Impact"


class Marking(StrEnum):
    OFFICIAL = "Official"
    OFFICIAL_SENSITIVE = "Official-Sensitive"


def highest(markings: Iterable[Marking]) -> Marking:
    """The marking of several things together; Official for none.

    >>> highest([Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE])
    <Marking.OFFICIAL_SENSITIVE: 'Official-Sensitive'>
    """
    return max(markings, key=list(Marking).index, default=Marking.OFFICIAL)


class Family(StrEnum):
    """The three ways of knowing: counting, looking, asking."""

    DATA = "data"
    AUDIT = "audit"
    VOICE = "voice"


class Freshness(StrEnum):
    FRESH = "Fresh"
    STALE_SOON = "Stale soon"
    STALE = "Stale"


class Variety(StrEnum):
    """How many of the three ways of knowing agree to speak."""

    NONE = "Nothing yet"
    ONE_SIDED = "One side only"
    PARTLY = "Two of three"
    TRIANGULATED = "Triangulated"


LONGEST_LINE, LONGEST_TEXT = 300, 4000
"""Characters. Our choice: a title is read in lists, a text is at most two pages."""

FAMILIES: Mapping[Kind, Family] = {
    Kind.DATA: Family.DATA,
    Kind.AUDIT: Family.AUDIT,
    Kind.OBSERVATION: Family.AUDIT,
    Kind.VOICE: Family.VOICE,
}
"""Documents, links and practice examples are in none: they say what we do, not how we know that it works."""

WHAT_IT_IS: Mapping[Kind, str] = {
    Kind.FILE: "A document: a policy, minutes, a report, a training record.",
    Kind.LINK: "Something kept elsewhere that colleagues can open.",
    Kind.DATA: "Figures: an extract, a dashboard, a return.",
    Kind.AUDIT: "What case audits or a dip sample found, by us or by others.",
    Kind.OBSERVATION: "Practice that somebody watched: a visit, a meeting, supervision.",
    Kind.PRACTICE_EXAMPLE: "How a piece of work was done, what stood in the way and what came of it.",
    Kind.VOICE: "What a child, parent, carer, practitioner or partner said, in their own words.",
}

STRENGTH_QUESTION = "What is the most that it shows?"
STRENGTH_ANSWERS: Mapping[Strength, str] = {
    Strength.ACTIVITY: "Something was done",
    Strength.OUTPUT: "Something was produced, or reached people",
    Strength.OUTCOME: "Practice or circumstances changed",
    Strength.IMPACT: "Children’s lives are better for it",
}
STRENGTH_HINTS: Mapping[Strength, str] = {
    Strength.ACTIVITY: "Activity: training was held, a panel met, guidance was written.",
    Strength.OUTPUT: "Output: 24 letters went out in time, 40 of 52 staff were trained.",
    Strength.OUTCOME: "Outcome: decisions come sooner, plans are specific, visits are in time.",
    Strength.IMPACT: "Impact: children are safer, settled or heard, and they or their records show it.",
}
IN_ORDER: Mapping[Strength, int] = {strength: place for place, strength in enumerate(Strength)}

STALE_AFTER_DAYS: Mapping[Kind, int] = {
    Kind.DATA: 90,
    Kind.AUDIT: 182,
    Kind.OBSERVATION: 182,
    Kind.VOICE: 182,
    Kind.PRACTICE_EXAMPLE: 365,
    Kind.FILE: 365,
    Kind.LINK: 365,
}
"""How long each kind can be relied on, until an authority says otherwise. Source: our choice; a quarter for figures,
half a year for what was seen or heard, a year for what is written down."""

SOON = timedelta(days=14)
"""How long before it goes stale an owner is told. Source: our choice; two weekly meetings' warning."""

SHOWS_A_DIFFERENCE = frozenset({Strength.OUTCOME, Strength.IMPACT})


def family(kind: Kind) -> Family | None:
    return FAMILIES.get(kind)


def renews(kind: Kind) -> bool:
    """Whether looking at it again makes it fresh again.

    What says how we work (a document, a link, a practice example) can be found still in force, and then is as good as
    new. What was counted, seen or said speaks of its day for ever: last spring's figures that somebody looks at today
    are still last spring's, so only newer evidence makes a theme fresh.
    """
    return family(kind) is None


def last_found_true(kind: Kind, dated: date, looked_again_on: date | None) -> date:
    return max(dated, looked_again_on) if looked_again_on and renews(kind) else dated


def stale_on(kind: Kind, dated: date, looked_again_on: date | None = None, *, days: int) -> date:
    """The first day on which it is stale: the one after ``days``. Never past the last day there is."""
    return _after(last_found_true(kind, dated, looked_again_on), days)


def ask_again_on(dated: date, looked_again_on: date | None, *, days: int) -> date:
    """The day before which its owner is asked about it: looking at it again puts that off, whatever its kind."""
    return _after(max(dated, looked_again_on or dated), days)


def _after(day: date, days: int) -> date:
    return day + min(timedelta(days=days + 1), date.max - day)


def freshness(stale_on: date, today: date) -> Freshness:
    """
    >>> freshness(date(2026, 11, 13), date(2026, 11, 20)), freshness(date(2027, 2, 11), date(2026, 11, 20))
    (<Freshness.STALE: 'Stale'>, <Freshness.FRESH: 'Fresh'>)
    """
    if today >= stale_on:
        return Freshness.STALE
    return Freshness.STALE_SOON if stale_on - today <= SOON else Freshness.FRESH


def age(dated: date, today: date) -> str:
    """How old it is, in the largest unit that does not flatter.

    >>> age(date(2026, 5, 14), date(2026, 11, 20)), age(date(2026, 11, 19), date(2026, 11, 20))
    ('6 months old', '1 day old')
    """
    days = (today - dated).days
    months = (today.year - dated.year) * 12 + today.month - dated.month - (today.day < dated.day)
    count, unit = (months, "month") if months >= 2 else (days, "day")
    return f"{count} {unit}{'' if count == 1 else 's'} old"


def stale_words(dated: date, stale_on: date, today: date) -> str:
    """What a page says beside it; empty while it is fresh.

    >>> stale_words(date(2026, 5, 14), date(2026, 11, 13), date(2026, 11, 20))
    'Stale, 6 months old'
    """
    state = freshness(stale_on, today)
    if state is Freshness.STALE:
        return f"Stale, {age(dated, today)}"
    return f"Stale on {stale_on:%-d %B %Y}" if state is Freshness.STALE_SOON else ""


def variety(families: Collection[Family]) -> Variety:
    return (Variety.NONE, Variety.ONE_SIDED, Variety.PARTLY, Variety.TRIANGULATED)[len(set(families))]


def missing_families(families: Collection[Family]) -> tuple[Family, ...]:
    """The ways of knowing that nothing speaks for yet, in their own order."""
    return tuple(one for one in Family if one not in families)


def missing_words(families: Collection[Family]) -> str:
    """
    >>> missing_words({Family.DATA, Family.AUDIT}), missing_words({Family.VOICE}), missing_words(set(Family))
    ('No voice', 'No data or audit', '')
    """
    missing = missing_families(families)
    return f"No {listed(missing, 'or')}" if missing else ""


@dataclass(frozen=True)
class Tally:
    """The evidence there is for one thing. Withdrawn evidence is in no tally."""

    count: int = 0
    newest: date | None = None
    data: int = 0
    audit: int = 0
    voice: int = 0
    stale: int = 0
    strongest: Strength | None = None

    @property
    def families(self) -> frozenset[Family]:
        counts = {Family.DATA: self.data, Family.AUDIT: self.audit, Family.VOICE: self.voice}
        return frozenset(one for one, count in counts.items() if count)

    @property
    def variety(self) -> Variety:
        return variety(self.families)

    @property
    def by_family(self) -> str:
        """As a matrix cell says it: "data 3, audit 2, voice 2"."""
        return f"data {self.data}, audit {self.audit}, voice {self.voice}"

    def plus(self, other: "Tally") -> "Tally":
        return Tally(
            count=self.count + other.count,
            newest=max((day for day in (self.newest, other.newest) if day), default=None),
            data=self.data + other.data,
            audit=self.audit + other.audit,
            voice=self.voice + other.voice,
            stale=self.stale + other.stale,
            strongest=strongest(*(one for one in (self.strongest, other.strongest) if one)),
        )


def tally_of(kind: Kind, strength: Strength, *, count: int, newest: date, stale: int) -> Tally:
    """Some pieces of one kind and strength."""
    of_family = {one: count if family(kind) is one else 0 for one in Family}
    return Tally(
        count=count,
        newest=newest,
        data=of_family[Family.DATA],
        audit=of_family[Family.AUDIT],
        voice=of_family[Family.VOICE],
        stale=stale,
        strongest=strength,
    )


def strongest(*strengths: Strength) -> Strength | None:
    return max(strengths, key=IN_ORDER.__getitem__, default=None)


def weakness(tally: Tally) -> tuple[int, str]:
    """How badly evidence is wanted (0 worst, 4 nothing wanted) and the gap in words.

    >>> weakness(Tally())
    (0, 'No evidence')
    >>> weakness(Tally(count=2, data=1, audit=1, strongest=Strength.OUTCOME))
    (3, 'No voice')
    """
    if tally.count == 0:
        return 0, "No evidence"
    if tally.stale == tally.count:
        return 1, "All of it is stale"
    if tally.strongest is Strength.ACTIVITY:
        return 2, "Activity only"
    missing = missing_words(tally.families)
    return (3, missing) if missing else (4, "")


def why_not_show_difference(reference: str, kind: Kind, strength: Strength, *, withdrawn: bool, linked: bool) -> str:
    """Why a piece of evidence cannot show that an action made a difference; empty if it can."""
    if withdrawn:
        return f"{reference} was withdrawn. Choose evidence that stands."
    if family(kind) is None:
        return f"{reference} is a {kind.value.lower()}. Choose data, an audit, an observation or a voice."
    if strength not in SHOWS_A_DIFFERENCE:
        return f"{reference} shows {_a(strength)}. Choose evidence that shows an outcome or an impact."
    if not linked:
        return f"{reference} is not linked to the action or to its improvement item. Link it first."
    return ""


def _a(strength: Strength) -> str:
    return f"an {strength.value.lower()}"
