"""The table of judgements on the first page, and whether the headings of the parts agree with it."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.frameworks.schema import Area, Grade
from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.headings import Heading, headings, is_table_head
from tracker.inspections.reading.labels import SPEAKS_OF_ALL, Labels
from tracker.inspections.reading.readings import Certainty, Doubt, Found, Judgement
from tracker.inspections.reading.rows import Row
from tracker.inspections.reading.wording import around, bulleted, joined

LONGEST_LABEL = 4
"""Rows that a label may take in its cell. Source: our choice; two or three are seen."""
SHORTEST_LABEL = 25
"""Letters below which a label may be the end of another. Source: our choice; whole labels have forty or more."""
FARTHEST_GRADE = 3.2
"""Line spacings from the middle of a label to the middle of its grade."""
_NUMBER = re.compile(r"^\d(?:\.\d)?\.?\s+(?=\D)")


@dataclass(frozen=True)
class _Label:
    rows: tuple[Row, ...]
    printed: str
    area: Area
    guessed: bool = False


@dataclass(frozen=True)
class _Mark:
    """What stands in the grade's column for one label."""

    rows: tuple[Row, ...]
    printed: str
    grade: Grade | None


@dataclass(frozen=True)
class Table:
    judgements: tuple[Judgement, ...]
    after: int
    """Index of the first row below it."""


def table(flow: Flow, labels: Labels, after: int) -> Table:
    """The judgements in the table that follows the front matter."""
    lefts: list[Row] = []
    rights: list[Row] = []
    places: dict[Row, int] = {}
    for index, left, right in _cells(flow, labels, after):
        lefts += left
        rights += right
        places.update(dict.fromkeys((*left, *right), index))
    named = _labels(lefts, flow, labels)
    marks = list(_marks(rights, flow, labels))
    judgements = tuple(_paired(named, marks, flow))
    used = [row for label in named for row in label.rows] + [row for mark in marks if mark.grade for row in mark.rows]
    return Table(judgements, max(places[row] for row in used) + 1 if named else after)


def _cells(flow: Flow, labels: Labels, after: int) -> Iterator[tuple[int, list[Row], list[Row]]]:
    """Each row of the table as its label part and its grade part."""
    start = _start(flow, labels, after)
    if start is None:
        return
    split = _split(flow, labels, start)
    for index in range(start, len(flow.rows)):
        row = flow.rows[index]
        if index > start and _ends_table(flow, labels, index):
            return
        if is_table_head(row):
            continue
        parts = _parted(row, split, labels)
        if parts is None:
            return
        yield index, *parts


def _ends_table(flow: Flow, labels: Labels, index: int) -> bool:
    """Whether what a row begins can be no more of the table: a list, a heading, text far below."""
    row = flow.rows[index]
    gap = flow.gap(index)
    if gap is None and (flow.stands_out(index) or row.page > flow.rows[index - 1].page + 1):
        return True
    return (gap or 0.0) > 4.5 or bulleted(row.text) is not None or labels.finding(row.text) is not None


def _start(flow: Flow, labels: Labels, after: int) -> int | None:
    """The table's head, or where it prints none its first row with a grade."""
    first_pages = range(after, next((i for i, row in enumerate(flow.rows) if row.page > 2), len(flow.rows)))
    for index in first_pages:
        if is_table_head(flow.rows[index]):
            return index
    return next((index for index in first_pages if _begins_row(flow, labels, index)), None)


def _begins_row(flow: Flow, labels: Labels, index: int) -> bool:
    """Whether a label begins here, over this row and those below, with a grade level with it in another column."""
    level = flow.rows[max(0, index - 1) : index + LONGEST_LABEL]
    if not any(_is_graded(row, labels, flow) for row in level):
        return False
    column = _split(flow, labels, index)
    first = flow.rows[index]
    below = flow.rows[index : index + 2 * LONGEST_LABEL]
    lines = [_label_part(row, column, labels) for row in below if abs(row.left - first.left) < 3 * flow.size]
    counts = range(1, LONGEST_LABEL + 1)
    return first.left < column and any(labels.area(_NUMBER.sub("", " ".join(lines[:count]))) for count in counts)


def _is_graded(row: Row, labels: Labels, flow: Flow) -> bool:
    """Whether a row has a grade, or its first line, in a column of its own, or one drawn in one with its label."""
    last = row.pieces[-1]
    if labels.begins_grade(last.text) and last.left > 0.3 * flow.page_sizes[0][0]:
        return True
    return len(row.pieces) == 1 and _run_on(row, labels) is not None


def _label_part(row: Row, column: float, labels: Labels) -> str:
    """What of a row stands left of the column of grades."""
    left = [piece for piece in row.pieces if piece.left < column]
    parts = _run_on(row, labels) if len(row.pieces) == 1 else None
    if parts is not None:
        return parts[0][0].text
    return Row(row.page, left).text if left else ""


def _split(flow: Flow, labels: Labels, start: int) -> float:
    """How far from the left the column of grades begins."""
    beyond = 0.3 * flow.page_sizes[0][0]
    graded = [
        row.pieces[-1].left
        for row in flow.rows[start : start + 16]
        if row.pieces[-1].left > beyond and labels.begins_grade(row.pieces[-1].text)
    ]
    if graded:
        return min(graded) - 0.5 * flow.size
    head = flow.rows[start].cells
    return head[-1].left - 0.5 * flow.size if len(head) > 1 else 0.55 * flow.page_sizes[0][0]


def _parted(row: Row, split: float, labels: Labels) -> tuple[list[Row], list[Row]] | None:
    left = [piece for piece in row.pieces if piece.left < split]
    right = [piece for piece in row.pieces if piece.left >= split]
    if left and max(piece.right for piece in left) > split + 2 * row.size:
        return _run_on(row, labels)
    return [Row(row.page, left)] if left else [], [Row(row.page, right)] if right else []


def _run_on(row: Row, labels: Labels) -> tuple[list[Row], list[Row]] | None:
    """A label and its grade drawn as one line; None for a line of text, which ends the table."""
    printed = row.text
    for cut in (place.start() for place in re.finditer(r"\s(?=[A-Z])", printed)):
        if labels.grade(printed[cut:]) is not None:
            piece = row.pieces[0]
            middle = row.left + (row.right - row.left) * cut / len(printed)
            left = piece._replace(text=printed[:cut], right=middle)
            right = piece._replace(text=printed[cut:].strip(), left=middle, right=row.right)
            return [Row(row.page, [left])], [Row(row.page, [right])]
    return None


def _labels(rows: Sequence[Row], flow: Flow, labels: Labels) -> list[_Label]:
    """The labels in their order; rows that make up none that is known are taken for the nearest one left."""
    found: list[_Label] = []
    unknown: list[list[Row]] = []
    index = 0
    while index < len(rows):
        label = _label_at(rows, index, flow, labels)
        run = label.rows if label is not None else (rows[index],)
        carries_on = bool(unknown) and _carries_on(unknown[-1], rows[index - 1], rows[index], flow)
        if carries_on and (label is None or len(label.printed) < SHORTEST_LABEL):
            unknown[-1] += run
        elif label is not None:
            found.append(label)
        else:
            unknown.append(list(run))
        index += len(run)
    for run_of_rows in unknown:
        found += _guessed(run_of_rows, {label.area.code for label in found}, flow, labels)
    return sorted(found, key=lambda label: (label.rows[0].page, label.rows[0].baseline))


def _carries_on(run: Sequence[Row], above: Row, row: Row, flow: Flow) -> bool:
    """Whether a row follows closely on rows that are no label that is known."""
    return above is run[-1] and above.page == row.page and row.baseline - above.baseline <= 1.4 * flow.pitch


def _guessed(run: Sequence[Row], taken: set[str], flow: Flow, labels: Labels) -> list[_Label]:
    printed = joined(run, flow.words)
    area = labels.nearest(printed, taken) if len(printed) > 12 else None
    return [_Label(tuple(run), printed, area, guessed=True)] if area is not None else []


def _label_at(rows: Sequence[Row], index: int, flow: Flow, labels: Labels) -> _Label | None:
    """The longest run of rows that is a label; as printed if any is, else one nearly so."""
    for loosely in (False, True):
        for count in range(min(LONGEST_LABEL, len(rows) - index), 0, -1):
            run = tuple(rows[index : index + count])
            printed = _NUMBER.sub("", joined(run, flow.words))
            area = labels.area(printed, loosely=loosely)
            if area is not None:
                return _Label(run, printed, area)
    return None


def _marks(rows: Sequence[Row], flow: Flow, labels: Labels) -> Iterator[_Mark]:
    index = 0
    while index < len(rows):
        count = _grade_rows(rows, index, flow, labels)
        run = tuple(rows[index : index + count])
        printed = joined(run, flow.words)
        yield _Mark(run, printed, labels.grade(printed))
        index += count


def _grade_rows(rows: Sequence[Row], index: int, flow: Flow, labels: Labels) -> int:
    """How many rows the grade that begins here takes: "Requires improvement" and, below, "to be good"."""
    counts = range(min(LONGEST_LABEL, len(rows) - index), 0, -1)
    return next((count for count in counts if labels.grade(joined(rows[index : index + count], flow.words))), 1)


def _paired(named: Sequence[_Label], marks: Sequence[_Mark], flow: Flow) -> Iterator[Judgement]:
    """Each label with the grade that stands level with it; a grade may stand between two lines of its label."""
    in_order = len(named) == len(marks)
    for at, label in enumerate(named):
        mark = marks[at] if in_order else _level(label, named, marks, flow)
        if mark is None:
            yield _without_grade(label)
            continue
        box = around((*label.rows, *mark.rows))
        page = label.rows[0].page
        grade: Found[str | None] = Found(mark.grade.code if mark.grade else None, page, box)
        if mark.grade is None:
            why = f"“{mark.printed}” is not a grade of this framework."
            grade = replace(grade, certainty=Certainty.UNSURE, why=why)
        yield Judgement(_area(label), label.printed, grade, mark.printed)


def _area(label: _Label) -> Found[str]:
    page, box = label.rows[0].page, around(label.rows)
    if label.guessed:
        why = f"“{label.printed}” is no label that is known. It was taken for “{label.area.name}”."
        return Found(label.area.code, page, box, Certainty.UNSURE, why)
    return Found(label.area.code, page, box)


def _level(label: _Label, named: Sequence[_Label], marks: Sequence[_Mark], flow: Flow) -> _Mark | None:
    """The grade that is nearest to a label and to no other."""
    own = (mark for mark in marks if min(named, key=lambda other: _apart(other, mark)) is label)
    mark = min(own, key=lambda mark: _apart(label, mark), default=None)
    return mark if mark is not None and _apart(label, mark) <= FARTHEST_GRADE * flow.pitch else None


def _without_grade(label: _Label) -> Judgement:
    page, box = label.rows[0].page, around(label.rows)
    grade: Found[str | None] = Found(None, page, box, Certainty.UNSURE, "No grade stands beside this label.")
    return Judgement(_area(label), label.printed, grade)


def _apart(label: _Label, mark: _Mark) -> float:
    """How far a grade stands above or below the middle of a label."""
    if label.rows[0].page != mark.rows[0].page:
        return math.inf
    return abs(_middle(mark.rows) - _middle(label.rows))


def _middle(rows: Sequence[Row]) -> float:
    return (rows[0].baseline + rows[-1].baseline) / 2


def checked(
    found: Sequence[Judgement], headings: Sequence[Heading], flow: Flow, labels: Labels
) -> tuple[tuple[Judgement, ...], tuple[Doubt, ...]]:
    """The judgements against the grades that headings repeat, and what a person should know of the table."""
    repeated = {heading.area.code: heading for heading in headings if heading.area and heading.grade}
    graded = {area.code for area in labels.framework.graded_areas}
    found = [one for one in _once(found) if one.grade_printed or one.area.value in graded]
    known = tuple(_agreeing(judgement, repeated.get(judgement.area.value), flow, labels) for judgement in found)
    codes = {judgement.area.value for judgement in known}
    whole = codes >= graded
    added = tuple(
        _from_heading(heading, flow)
        for code, heading in repeated.items()
        if code not in codes and heading.area and not whole
    )
    judgements = tuple(worded(judgement, labels) for judgement in (*known, *added))
    return judgements, tuple(_doubts(judgements, labels))


def worded(judgement: Judgement, labels: Labels) -> Judgement:
    """The judgement with its grade as the framework words it."""
    code = judgement.grade.value
    return judgement if code is None else replace(judgement, grade_label=labels.framework.grade(code).label)


def _once(found: Sequence[Judgement]) -> list[Judgement]:
    return list({judgement.area.value: judgement for judgement in reversed(found)}.values())[::-1]


def _agreeing(judgement: Judgement, heading: Heading | None, flow: Flow, labels: Labels) -> Judgement:
    if heading is None or heading.grade is None or heading.grade.code == judgement.grade.value:
        return judgement
    page = flow.rows[heading.start].page
    if judgement.grade.value is None:
        why = f"The table gives no grade. The heading on page {page} says {heading.grade.label.lower()}."
        return replace(judgement, grade=_doubted(judgement.grade, why, heading.grade.code))
    in_table = labels.framework.grade(judgement.grade.value).label.lower()
    why = f"The table says {in_table}, the heading on page {page} says {heading.grade.label.lower()}."
    return replace(judgement, grade=_doubted(judgement.grade, why, judgement.grade.value))


def _doubted(grade: Found[str | None], why: str, value: str) -> Found[str | None]:
    return replace(grade, value=value, certainty=Certainty.UNSURE, why=why)


def _from_heading(heading: Heading, flow: Flow) -> Judgement:
    assert heading.area  # noqa: S101 - the caller chose headings that have both
    assert heading.grade  # noqa: S101
    rows = flow.rows[heading.start : heading.end]
    page, box = rows[0].page, around(rows)
    why = "The table does not print this judgement. The grade is the heading's."
    grade: Found[str | None] = Found(heading.grade.code, page, box, Certainty.UNSURE, why)
    return Judgement(Found(heading.area.code, page, box), heading.area.name, grade, heading.grade.label)


def _doubts(judgements: Sequence[Judgement], labels: Labels) -> Iterator[Doubt]:
    framework = labels.framework
    codes = {judgement.area.value for judgement in judgements}
    expected = {area.code: area.name for area in framework.areas if area.graded}
    for code in expected.keys() - codes:
        yield Doubt(f"No grade was found for “{expected[code]}”, which {framework.short_name} judges.")
    for judgement in judgements:
        if judgement.area.value not in expected:
            place = judgement.grade
            yield Doubt(f"{framework.short_name} gives no grade for “{judgement.label}”.", place.page, place.box)


def in_words(flow: Flow, labels: Labels, after: int) -> Iterator[Judgement]:
    """The overall grade where the first pages say it in words: "Children’s services in X are inadequate"."""
    area = labels.framework.overall_area
    if area is None:
        return
    for rows, text in _said(flow, labels, after):
        label, grade = labels.label_and_grade(text)
        if grade is not None and labels.area(label) is None and SPEAKS_OF_ALL.search(label):
            page, box = rows[0].page, around(rows)
            yield Judgement(Found(area.code, page, box), text, Found(grade.code, page, box), text)
            return


def _said(flow: Flow, labels: Labels, after: int) -> Iterator[tuple[Sequence[Row], str]]:
    """Headings of the first two pages."""
    for part in headings(flow, labels, after):
        if flow.rows[part.start].page <= 2:
            yield flow.rows[part.start : part.end], part.text
