"""The scorecard as a pack: the words and figures of the page as it leaves the authority, frozen."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from reports.contents import (
    Chapter,
    Differences,
    KeyFigure,
    Kind,
    Method,
    PackContents,
    Row,
    Scored,
    ScoredMeasure,
    StandingOfArea,
    Standings,
    Tone,
    Word,
)
from tracker.evidence.rules import Marking
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.indicators import rules
from tracker.indicators.reading import scorecard
from tracker.indicators.reading import scored as measures
from tracker.indicators.reading.rules import Attention
from tracker.indicators.rules import Direction, Unit
from tracker.packs.gathering import differences
from tracker.packs.gathering.packs import INVENTED
from tracker.people.models import Authority

TONES = {
    Attention.OFF_AND_WORSE: Tone.BAD,
    Attention.OFF: Tone.CAUTION,
    Attention.UNUSUAL: Tone.WAITING,
    Attention.NOT_RECENT: Tone.CAUTION,
    Attention.NEAR_TARGET: Tone.CAUTION,
    Attention.AT_TARGET: Tone.GOOD,
}
"""The colour that echoes why to look at a measure; all else is plain."""
WORDS = (*map(str, Attention), measures.NOT_SHOWN)
HOW_TO_READ = {
    "First things first": (
        "In each judgement area measures that are off target and getting worse come first, then those off target, not "
        "as usual and without a recent figure, then the rest. A hidden one comes last, so that its place says nothing."
    ),
    "Usual range": (
        "It takes twelve figures. Outside it, or with a long run on one side of the average, something has changed. "
        "It never says whether a figure is good enough: that is what the target is for."
    ),
    "Lines": "Each line of last figures has a scale of its own and shows direction only. The dashed one is the target.",
}


def gather_scorecard(
    authority: Authority, *, reference: str, today: date, demonstration: bool, smallest: int, replaces: str = ""
) -> PackContents:
    """Every measure that the authority has, by judgement area; what counts fewer than ``smallest`` is hidden."""
    framework = frameworks.library().current(CHILDRENS_SERVICES, today)
    rows = scorecard.scored(authority, today, smallest=smallest)
    notes = ({"What is real": INVENTED} if demonstration else {}) | HOW_TO_READ
    return PackContents(
        kind=Kind.SCORECARD,
        reference=reference,
        title="Scorecard of children’s services",
        short_title=f"{authority.name} children’s services: scorecard",
        authority=authority.name,
        version=f"as at {today:%-d %B %Y}",
        made_on=today,
        as_at=today,
        marking=str(Marking.OFFICIAL).upper(),
        marking_note="no child can be identified from it",
        subtitle="How our measures stand against target and against what is usual, exceptions first",
        prepared_for="Leaders, boards and partners",
        replaces=replaces,
        demonstration=INVENTED if demonstration else "",
        how_to_read=tuple(Row(head=head, points=(words,)) for head, words in notes.items()),
        chapters=chapters(rows, framework, authority, today, smallest),
    )


def chapters(
    rows: Sequence[measures.Row], framework: Framework, authority: Authority, today: date, smallest: int
) -> tuple[Chapter, ...]:
    sections = scorecard.in_areas(rows, framework)
    return (
        standings(sections),
        *(Scored(title=area, measures=tuple(map(scored, found)), notes=notes(found)) for _, area, found in sections),
        *differing(authority, smallest),
        method(authority, today, smallest),
    )


def differing(authority: Authority, smallest: int) -> tuple[Differences, ...]:
    """A chapter where any pathway is counted: most authorities begin without one."""
    found = differences.chapter(authority, smallest=smallest)
    return (found,) if found.pathways else ()


def standings(sections: scorecard.Sections) -> Standings:
    """How many measures of each area stand where, and the few figures to begin with."""
    every = [row for _, _, rows in sections for row in rows]
    used = [word for word in WORDS if any(row.attention == word for row in every)]
    return Standings(
        lede=_lede(every),
        figures=_figures(every),
        words=tuple(Word(text=word, tone=tone_of(word)) for word in used),
        areas=tuple(StandingOfArea(area=area, counts=_counts(rows, used)) for _, area, rows in sections),
    )


def _counts(rows: Sequence[measures.Row], words: Sequence[str]) -> tuple[int, ...]:
    counted = Counter(row.attention for row in rows)
    return tuple(counted[word] for word in words)


def _lede(rows: Sequence[measures.Row]) -> str:
    if not rows:
        return ""
    first = sum(row.is_exception for row in rows)
    words = "is one" if len(rows) == 1 else f"are {len(rows)}"
    return f"There {words} measure{'' if len(rows) == 1 else 's'}; {first or 'none'} to look at first."


def _figures(rows: Sequence[measures.Row]) -> tuple[KeyFigure, ...]:
    if not rows:
        return ()
    counted = Counter(row.attention for row in rows)
    worse = counted[Attention.OFF_AND_WORSE]
    off = counted[Attention.OFF] + worse
    aimed = [row.line.read.distance for row in rows if row.latest and row.line.read.distance]
    at_target = sum(away.at_target for away in aimed)
    hidden = counted[measures.NOT_SHOWN]
    return (
        KeyFigure(label="Off target", value=str(off or "None"), note=f"{worse or 'none'} getting worse"),
        KeyFigure(label="Not as usual", value=str(counted[Attention.UNUSUAL] or "None"), note="though not off target"),
        KeyFigure(label="At target", value=f"{at_target} of {len(aimed)}", note="that have a target"),
        KeyFigure(label="Hidden", value=str(hidden or "None"), note="they count few, or would tell of some that do"),
    )  # fmt: skip


def tone_of(word: str) -> Tone:
    return {str(attention): tone for attention, tone in TONES.items()}.get(word, Tone.PLAIN)


def exceptions(rows: Sequence[measures.Row], *, most: int) -> list[measures.Row]:
    """Those to look at first, of all areas together."""
    return [row for row in rows if row.is_exception][:most]


def scored(row: measures.Row) -> ScoredMeasure:
    read, latest = row.line.read, row.latest
    aim = None if read.aim.direction is Direction.CONTEXT else read.aim.target
    return ScoredMeasure(
        reference=row.line.reference,
        name=row.line.name,
        basis=row.line.basis,
        look=Word(text=row.attention, tone=tone_of(row.attention)),
        figure=row.figure,
        of=row.out_of,
        period=row.when,
        target=row.target,
        stretch=row.stretch,
        beside=_beside(row),
        since=f"Counted so since {row.line.counted_since:%-d %B %Y}" if row.line.counted_since else "",
        direction=row.direction,
        usual=row.usual,
        usual_range=row.usual_range,
        series=tuple(row.numbers),
        unit="%" if read.aim.unit is Unit.PER_CENT else "",
        value=float(rules.rounded(latest.value)) if latest else None,
        numerator=latest.numerator if latest else None,
        denominator=latest.denominator if latest else None,
        aim=None if aim is None else float(rules.rounded(aim)),
    )


def _beside(row: measures.Row) -> str:
    compared = row.line.compared
    return ", ".join(filter(None, (row.rank, row.beside, compared.when))) if compared else ""


def notes(rows: Sequence[measures.Row]) -> tuple[str, ...]:
    if not any(row.line.hidden for row in rows):
        return ()
    return ("Hidden: so few are counted that somebody could be recognised, or it would tell such a figure.",)


def method(authority: Authority, today: date, smallest: int) -> Method:
    rows = {
        "How it was made": (
            f"From what the inspection readiness tracker held for {authority.name} on {today:%-d %B %Y}. Nothing later "
            "is in it. Figures are rounded to one decimal."
        ),
        "Small numbers": small_numbers(smallest),
    }
    return Method(rows=tuple(Row(head=head, points=(words,)) for head, words in rows.items()))


def small_numbers(smallest: int) -> str:
    if smallest <= 1:
        return "Small numbers are given as they are."
    return (
        f"A figure that counts fewer than {smallest} on one side is hidden, with what it could be worked out from; "
        "directions and ranges are worked out from the rest. Everything made on one day hides the same figures."
    )
