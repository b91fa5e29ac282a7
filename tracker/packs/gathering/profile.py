"""The grade profile: what inspectors gave, and our own view beside it. Nothing is worked out."""

from collections import Counter
from collections.abc import Sequence

from reports.contents import Grade, GradeProfile, Inspected, ProfileRow, Row, WhereWeStand
from tracker.frameworks.rules import HistoryCell, HistoryRow
from tracker.packs.gathering.known import Known
from tracker.platform.lists import listed

NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def chapter(known: Known) -> WhereWeStand:
    sources = [
        f"Ofsted report published {inspection.published_on:%-d %B %Y} [{inspection.reference}]."
        for inspection in known.inspections[: len(known.history.inspections)]
        if inspection.published_on
    ]
    notes = [Row(head="How to read it", points=tuple(known.history.notes))] if known.history.notes else []
    if sources:
        notes.append(Row(head="Sources", points=(" ".join(sources) + " Dates above are those of the fieldwork.",)))
    return WhereWeStand(lede=_lede(known), profile=profile(known), notes=tuple(notes))


def profile(known: Known) -> GradeProfile:
    return GradeProfile(
        scale=tuple(grade.short_label for grade in known.framework.scale),
        inspections=tuple(
            Inspected(head=f"{past.fieldwork_began:%B %Y}", short=f"{past.fieldwork_began:%Y}")
            for past in known.history.inspections
        ),
        rows=tuple(_row(known, row) for row in known.history.rows),
        overall=_overall(known),
    )


def _row(known: Known, row: HistoryRow) -> ProfileRow:
    view = (
        next((view for view in known.version.views if view.area_code == row.area.code), None) if known.version else None
    )
    own = known.grades.get(view.grade_code or "") if view else None
    return ProfileRow(
        area=row.area.name,
        short=row.area.short_name,
        grades=tuple(_grade(cell) for cell in row.cells),
        own=Grade(words=own.short_label, step=own.rank) if own else None,
        confidence=str(view.confidence) if view and view.confidence else "",
    )


def _grade(cell: HistoryCell) -> Grade:
    return Grade(words=cell.words, step=cell.grade.rank if cell.grade else None, note=cell.note)


def _overall(known: Known) -> tuple[Grade, ...]:
    """Only what inspectors gave, and only where one of the inspections shown had an overall grade."""
    return tuple(_grade(cell) for cell in known.history.overall.cells) if known.history.overall else ()


def _lede(known: Known) -> str:
    if not known.history.inspections:
        return "No inspection has been recorded yet."
    last = known.history.inspections[-1]
    judged = [row.cells[-1].words for row in known.history.rows if row.cells[-1].grade]
    own = [grade.words for row in profile(known).rows if (grade := row.own)]
    theirs = f"In {last.fieldwork_began:%B %Y} inspectors judged {spread(judged)}." if judged else ""
    ours = f" Our own view now is {spread(own)}." if own else " We have not graded ourselves yet."
    return f"{theirs}{ours}".strip()


def spread(grades: Sequence[str]) -> str:
    """How many areas got which grade, in words.

    >>> spread(["Good", "Good", "Outstanding"]), spread(["Good"] * 4)
    ('two areas Good and one Outstanding', 'all four areas Good')
    """
    counts = Counter(grades).most_common()
    if len(counts) == 1:
        ((grade, count),) = counts
        return f"all {NUMBERS.get(count, count)} areas {grade}" if count > 1 else f"one area {grade}"
    first, *others = [f"{NUMBERS.get(count, count)} {grade}" for grade, count in counts]
    number, _, grade = first.partition(" ")
    return listed([f"{number} area{'' if number == 'one' else 's'} {grade}", *others])
