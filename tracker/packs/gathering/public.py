"""The report for the public: what was signed, published grades, the plan in numbers and measures; nothing internal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from reports.contents import Chapter, Comparison, KeyFigure, Kind, Method, PackContents, Quality, Row, Scored
from tracker.actions.rules import DELIVERED, Status
from tracker.audits.models import Audit
from tracker.frameworks.schema import Area
from tracker.improvements.rules import ItemState
from tracker.indicators.reading import scorecard as scorecards
from tracker.indicators.reading.scored import HIDDEN
from tracker.indicators.reading.scored import Row as Line
from tracker.packs.gathering import areas, audits, packs, plan, profile, scorecard
from tracker.packs.gathering.cover import Cover, bound
from tracker.packs.gathering.hidden_figures import LEFT_OUT, hidden_numbers, without_hidden_figures
from tracker.packs.gathering.known import Known, read
from tracker.packs.gathering.wording import without_citations, without_small_numbers
from tracker.people.models import Authority
from tracker.platform.statistics import small_numbers
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import QUESTIONS, Question

COVER = Cover(
    kind=Kind.PUBLIC,
    title="Public report of children’s services",
    subtitle="What inspectors found, what we know of practice with children and families, and what we are doing",
    prepared_for="The scrutiny committee and the public",
)
DRAFT = (
    "The director has not signed what it says of us. It is not for publication: it can be made again once it is signed."
)
HOW_TO_READ = {
    "What is left out": (
        "No child, family or member of staff can be recognised from it: small numbers are hidden, posts stand where "
        "names would, and single cases, findings and records of evidence are not in it."
    ),
    "Grades": packs.GRADES,
    "Usual range": scorecard.HOW_TO_READ["Usual range"],
}
MOST_QUOTED = 2
"""Paragraphs of reports that an area quotes. Our choice: the reports are there to be read."""
FEW_CASES = "Hidden: so few cases that somebody could be recognised, or it would tell such a number."
ANSWERED = (Question.KNOW, Question.PLANS)
"""Questions whose answers are for everybody; how we know it rests on records of single cases."""


def gather_public(
    authority: Authority,
    version: SelfEvaluation,
    *,
    reference: str,
    today: date,
    demonstration: bool,
    smallest: int,
    replaces: str = "",
) -> PackContents:
    """A signed version as anybody may read it; one that is not signed says so on every page."""
    known = read(authority, today, version, smallest=smallest)
    signed = packs.signature_by_post(version)
    lines = scorecards.scored(authority, today, smallest=smallest)
    made = bound(
        COVER, authority, tuple(_chapters(known, lines, signed=signed is not None)), reference=reference, today=today,
        version=packs.version_words(version), demonstration=demonstration, replaces=replaces,
        how_to_read=({} if signed else {"Draft": DRAFT}) | HOW_TO_READ, signed_off=signed,
    )  # fmt: skip
    hidden = hidden_numbers(known)
    return made.reworded(
        lambda text: without_small_numbers(without_citations(without_hidden_figures(text, hidden)), smallest)
    )


def _chapters(known: Known, lines: Sequence[Line], *, signed: bool) -> Iterator[Chapter]:
    where = profile.chapter(known)
    rows = tuple(replace(row, confidence="") for row in where.profile.rows)
    yield replace(where, profile=replace(where.profile, rows=rows))
    placed = {code: found for code, _, found in scorecards.in_areas(lines, known.framework)}
    for area in known.framework.graded_areas:
        yield _area(known, area)
        if found := placed.get(area.code):
            yield _measures(area, found)
    yield _plan(known)
    yield _audits(known)
    yield _method(known)


def _area(known: Known, area: Area) -> Quality:
    """What we know and what we will do, with what inspectors said of it."""
    grades = areas.judged(known, area)
    figures = (
        KeyFigure(label=f"Ofsted, {grades[0][1]:%B %Y}", value=grades[0][0].short_label) if grades else None,
        _own(known, area),
    )
    said = tuple(
        f"“{one.words}” {_place(one.source, one.paragraph)}" for one in areas.quotations(known, area)[:MOST_QUOTED]
    )
    rows = [Row(head=QUESTIONS[asked], points=_answers(known, area, asked)) for asked in ANSWERED]
    if said:
        rows.insert(0, Row(head="In inspectors’ words", points=said))
    return Quality(
        title=area.short_name,
        figures=tuple(filter(None, figures)),
        rows=tuple(row for row in rows if row.points),
        nothing="Nothing has been written about this area yet.",
    )


def _place(source: str, paragraph: str) -> str:
    return f"({source}, paragraph {paragraph})" if paragraph else f"({source})"


def _own(known: Known, area: Area) -> KeyFigure | None:
    """Our own view, once the director has agreed it."""
    view = next((one for one in known.version.views if one.area_code == area.code), None) if known.version else None
    grade = known.grades.get(view.grade_code or "") if view and view.agreed else None
    return KeyFigure(label="Our own view", value=grade.short_label, note="Ofsted has not judged it") if grade else None


def _answers(known: Known, area: Area, asked: Question) -> tuple[str, ...]:
    return tuple(
        reading.statement.text
        for reading in known.readings.values()
        if reading.statement.area_code == area.code and reading.statement.question is asked
    )


def _measures(area: Area, lines: Sequence[Line]) -> Scored:
    return Scored(
        title=f"{area.short_name}: measures",
        measures=tuple(map(scorecard.scored, lines)),
        notes=scorecard.notes(lines),
    )


def _plan(known: Known) -> Quality:
    """The plan in numbers: whose words, who answers by her post, and how far it is."""
    is_open = [item for item in known.items if item.state is ItemState.OPEN]
    rows = []
    for item in is_open:
        actions = known.actions_of(item)
        rows.append(
            (
                item.wording,
                plan.source(item),
                item.owner.name if item.owner else "Nobody yet",
                str(len(actions)),
                str(sum(action.status in DELIVERED for action in actions)),
                str(sum(action.status is Status.EMBEDDED for action in actions)),
            )
        )
    heads = ("To improve", "Said by", "Owner", "Actions", "Delivered", "Difference shown")
    table = Comparison(caption="What needs to improve, and how far we are", columns=heads, rows=tuple(rows))
    return Quality(
        title="What we are doing about it",
        lede=plan.chapter(known).lede,
        comparisons=(table,) if rows else (),
        note="Delivered says that the work was done; difference shown, that evidence shows what it changed.",
        nothing="No item is open.",
    )


def _audits(known: Known) -> Quality:
    """How many audited cases were good, by area; few are hidden, with what they could be worked out from."""
    found = [(area, _graded(audits.last_year(known, area))) for area in known.framework.graded_areas]
    told = [(area, counts) for area, counts in found if sum(counts)]
    counts = [list(pair) for _, pair in told]
    gone = small_numbers.hidden(counts, known.smallest)
    totals = [sum(side) for side in zip(*counts, strict=True)]
    untellable = bool(small_numbers.follows(counts, gone)) or any(0 < one < known.smallest for one in totals)
    rows = [
        (area.short_name, HIDDEN if untellable else str(sum(pair)),
         *(HIDDEN if untellable or (place, side) in gone else str(pair[side]) for side in (0, 1)))
        for place, (area, pair) in enumerate(told)
    ]  # fmt: skip
    if counts and not untellable:
        rows.append(("All areas", str(sum(map(sum, counts))), *map(str, totals)))
    table = Comparison(
        caption="Audited cases of the last twelve months, by area",
        columns=("Area", "Audited", "Good or better", "Below good"),
        rows=tuple(rows),
    )
    return Quality(
        title="What our own audits found",
        lede="We look closely at a sample of cases. A sample this small says little about all of them.",
        comparisons=(table,) if rows else (),
        note="Hidden: so few cases that somebody could be recognised, or it would tell such a number."
        if gone or untellable
        else "",
        nothing="No audit was finished in the last twelve months.",
    )


def _graded(found: Sequence[Audit]) -> tuple[int, int]:
    """Good or better, and below."""
    graded = audits.graded(found)
    good = sum(map(audits.is_good, graded))
    return good, len(graded) - good


def _method(known: Known) -> Method:
    rows = {
        "How it was made": (
            f"From what the inspection readiness tracker held for {known.authority.name} on "
            f"{known.today:%-d %B %Y}. Nothing later is in it. Figures are rounded to one decimal."
        ),
        "Small numbers": (
            f"{scorecard.small_numbers(known.smallest)} In sentences a number so small is said as “some” or “most”, "
            f"and {LEFT_OUT} stands where one says a figure that is hidden."
        ),
        "Voices": (
            "What children and families said is not quoted: they agreed to our self-evaluation and not to publication."
        ),
    }
    return Method(
        rows=tuple(Row(head=head, points=(words,)) for head, words in rows.items()), attribution=packs.ATTRIBUTION
    )
