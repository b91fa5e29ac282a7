"""Headings of a report: those of judgement areas, those that announce findings, and any other that stands out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.frameworks.schema import Area, FindingType, Grade
from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.labels import Labels
from tracker.inspections.reading.responsible import without_bodies
from tracker.inspections.reading.rows import Row
from tracker.inspections.reading.wording import bulleted, dashed, joined

LONGEST_HEADING = 4
"""Rows. Source: our choice; a label and its grade take two or three."""
LONGEST_BARE_LABEL = 20
"""Letters up to which a label in plain print without a grade is taken for ordinary words. Source: our choice."""
LONG_ROW = 0.75
"""Part of the page's width from which a row is a full line, which the next one may carry on. Source: our choice."""
_SENTENCE_ENDS = (".", "’", "”", ")", "]", ":", "!", "?")
_TABLE_HEAD = re.compile(r"(?:key )?judge?ments?(?: area)?\s+(?:judge?ment )?grades?", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,3}(?!\d|[-–:%])")


@dataclass(frozen=True)
class Heading:
    start: int
    end: int
    """Index of its first row, and one past its last."""
    text: str
    """As printed."""
    area: Area | None = None
    grade: Grade | None = None
    finding: FindingType | None = None
    size: float = 0.0
    """Of its letters: a larger heading ends what a smaller one began."""
    guessed: bool = False
    """Its label is none that is known, and was taken for the nearest."""


def is_table_head(row: Row) -> bool:
    """Whether a row heads a table of judgements: "Judgement" and "Grade"."""
    return _TABLE_HEAD.fullmatch(row.text) is not None


def headings(flow: Flow, labels: Labels, after: int) -> tuple[Heading, ...]:
    """Every heading from row ``after`` on, in order."""
    found = tuple(_found(flow, labels, after))
    return tuple(replace(one, area=None) if _is_within_part(one, found, labels) else one for one in found)


def _is_within_part(heading: Heading, found: Sequence[Heading], labels: Labels) -> bool:
    """Whether a heading that names an area only divides a part: "Care leavers" where whole labels head the parts."""
    area = heading.area
    if area is None or heading.grade is not None or labels.is_whole(heading.text, area):
        return False
    return area not in labels.framework.areas or any(
        other.area is not None and (other.grade is not None or labels.is_whole(other.text, other.area))
        for other in found
        if other is not heading
    )


def _found(flow: Flow, labels: Labels, after: int) -> Iterator[Heading]:
    index = ended = after
    while index < len(flow.rows):
        heading = _at(flow, labels, index) if index == ended or not _is_like_above(flow, index) else None
        if heading is not None:
            yield heading
            ended = heading.end
        index = heading.end if heading is not None else index + 1


def _is_like_above(flow: Flow, index: int) -> bool:
    """Whether a row goes on in the style of the one above, as in a paragraph that is set in bold."""
    above, row = flow.rows[index - 1], flow.rows[index]
    alike = flow.stands_out(index - 1) and above.bold == row.bold and abs(above.size - row.size) < 0.5
    return alike and not flow.parted(index)


def _at(flow: Flow, labels: Labels, index: int) -> Heading | None:
    text = flow.rows[index].text
    if not text or bulleted(text) is not None or dashed(text) is not None or _NUMBERED.match(text):
        return None
    stands_out = flow.stands_out(index)
    loosely = stands_out or (index > 0 and is_table_head(flow.rows[index - 1]))
    if _carries_on_text(flow, index) or (not loosely and not _may_begin_heading(flow, index)):
        return None
    ends = list(_ends(flow, index, stands_out))
    candidates = [_known(flow, labels, index, end, loosely=loosely) for end in reversed(ends)]
    known = [heading for heading in candidates if heading is not None]
    if known or not stands_out or not flow.parted(index) or len(ends) > LONGEST_HEADING:
        return min(known, key=lambda heading: heading.guessed, default=None)
    return Heading(index, ends[-1], joined(flow.rows[index : ends[-1]], flow.words), size=flow.rows[index].size)


def _carries_on_text(flow: Flow, index: int) -> bool:
    """Whether a row, bold words perhaps, goes on with a sentence of the row above."""
    if index == 0 or flow.rows[index - 1].text.endswith(_SENTENCE_ENDS):
        return False
    above, row = flow.rows[index - 1], flow.rows[index]
    if flow.gap(index) is None:
        alike = flow.stands_out(index - 1) and above.bold == row.bold and abs(above.size - row.size) < 0.5
        return row.text[:1].islower() or (alike and above.right > LONG_ROW * flow.page_sizes[0][0])
    return not flow.parted(index) and not flow.stands_out(index - 1) and row.size < above.size + 0.5


def _may_begin_heading(flow: Flow, index: int) -> bool:
    """Whether a row of plain print could be a heading: short of the margin's full width and set apart."""
    return flow.parted(index) and flow.rows[index].text[:1].isupper()


def _ends(flow: Flow, index: int, stands_out: bool) -> Iterator[int]:
    """Where a heading that begins at ``index`` may end: while rows follow closely in the same style."""
    first = flow.rows[index]
    for end in range(index + 1, min(index + LONGEST_HEADING + 1, len(flow.rows)) + 1):
        if end > index + 1 and not _same_heading(flow, end - 1, first.size, stands_out):
            return
        yield end


def _same_heading(flow: Flow, index: int, size: float, stands_out: bool) -> bool:
    row = flow.rows[index]
    gap = flow.gap(index)
    close = gap is not None and gap * flow.pitch < 1.5 * size
    numbered = _NUMBERED.match(row.text) or bulleted(row.text) is not None
    return close and not numbered and flow.stands_out(index) == stands_out and abs(row.size - size) < 0.15 * size


def _known(flow: Flow, labels: Labels, start: int, end: int, *, loosely: bool) -> Heading | None:
    if not loosely and not _set_apart(flow, end):
        return None
    rows = flow.rows[start:end]
    text = joined(rows, flow.words)
    heading = _of_area(rows, text, flow, labels, loosely=loosely)
    if heading is not None:
        return replace(heading, start=start, end=end)
    finding = labels.finding(without_bodies(text), loosely=loosely)
    return Heading(start, end, text, finding=finding, size=rows[0].size) if finding is not None else None


def _set_apart(flow: Flow, end: int) -> bool:
    """Whether text begins anew below a row, as it does below a heading in plain print."""
    return end == len(flow.rows) or flow.parted(end) or _NUMBERED.match(flow.rows[end].text) is not None


def _of_area(rows: Sequence[Row], text: str, flow: Flow, labels: Labels, *, loosely: bool) -> Heading | None:
    """The heading of a judgement area: as a framework words it, else with its grade beside it, else nearly so."""
    label, grade = labels.label_and_grade(text)
    area = labels.area(label)
    if area is not None and (loosely or grade is not None or len(label) > LONGEST_BARE_LABEL):
        return Heading(0, 0, text, area=area, grade=grade, size=rows[0].size)
    if not loosely:
        return None
    beside = _graded_beside(rows, labels)
    if beside is not None:
        text, area, grade = beside
        return Heading(0, 0, text, area=area, grade=grade, size=rows[0].size)
    area = labels.area(label, loosely=True)
    guessed = area is None and grade is not None and label.count(" ") > 1
    area = labels.nearest(label) if guessed else area
    return Heading(0, 0, text, area=area, grade=grade, size=rows[0].size, guessed=guessed) if area else None


def _graded_beside(rows: Sequence[Row], labels: Labels) -> tuple[str, Area, Grade] | None:
    """A label over several rows with its grade beside it, in a column of its own or run into one of the rows."""
    lines: list[str] = []
    marks: list[str] = []
    for row in rows:
        line, mark = _cut(row.text, labels)
        lines.append(line)
        marks.append(mark)
    text, mark = " ".join(filter(None, lines)), " ".join(filter(None, marks))
    area, grade = labels.area(text, loosely=True), labels.grade(mark)
    return (f"{text}: {mark}", area, grade) if area is not None and grade is not None else None


def _cut(line: str, labels: Labels) -> tuple[str, str]:
    """A line before and after the grade that ends it."""
    if labels.grade(line) is not None:
        return "", line
    for place in re.finditer(r"\s(?=[A-Z])", line):
        if labels.grade(line[place.end() :]) is not None:
            return line[: place.start()], line[place.end() :]
    return line, ""
