"""Published reports set again line by line, so that a test can change one thing and know what is then true."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.given_pdf import PAGE_HEIGHT, Line, Sheet, pdf, wrapped
from tests.report_truth import letters, library, reading
from tracker.inspections.reading.document import open_pages
from tracker.inspections.reading.flow import Flow, flow
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.readings import Found, Judgement, Reading
from tracker.inspections.reading.rows import LINE_END_HYPHEN

PUBLISHED = [
    "80494_enfield_2024-09-04",
    "80447_cheshire-east_2024-05-16",
    "80460_derbyshire_2019-09-19",
    "80523_middlesbrough_2026-07-28",
]
"""Of three frameworks, with numbers that stand at three distances from their text."""
BARE = {
    "leadership": "Impact of leaders on social work practice with children and families",
    "help_protection": "Experiences and progress of children who need help and protection",
    "children_in_care": "Experiences and progress of children in care",
    "care_leavers": "Experiences and progress of care leavers",
    "children_in_care_and_care_leavers": "Experiences and progress of children in care and care leavers",
    "overall": "Overall effectiveness",
}
FOOT = ("Inspection of an authority’s children’s services", "20 to 24 February 2017")


@dataclass
class Block:
    """Lines that belong together: a heading, an item, a paragraph, the table."""

    kind: str
    lines: list[Line]
    """``top`` is counted from the baseline of the first."""
    before: float
    """From the last baseline of the block before."""
    text: str = ""
    number: int | None = None
    area: str | None = None
    splits: bool = False
    """May run over a page where reports keep it together."""

    @property
    def height(self) -> float:
        return max(line.top for line in self.lines)

    @property
    def left(self) -> float:
        return self.lines[0].left

    def rows(self) -> list[list[Line]]:
        tops = sorted({line.top for line in self.lines})
        return [[line for line in self.lines if line.top == top] for top in tops]

    def say(self, text: str, *, room: float = 430.0, size: float | None = None, bold: bool | None = None) -> None:
        """Other words in the place and style of the first line."""
        first = self.lines[0]
        size = size or first.size
        self.lines = [
            Line(line, first.left, 1.2 * size * index, size, first.bold if bold is None else bold)
            for index, line in enumerate(wrapped(text, room, size))
        ]

    def add(self, text: str, left: float, *, mark: str = "", room: float = 380.0) -> None:
        """One more line or several at the end, with a mark before the first if one is given."""
        for index, line in enumerate(wrapped(text, room, 12.0)):
            top = self.height + 14.5
            if mark and not index:
                self.lines.append(Line(mark, left, top))
            self.lines.append(Line(line, left + (18 if mark else 0), top))


@dataclass
class Setting:
    blocks: list[Block]
    judgements: list[Judgement]
    read: Reading
    """What is true: the report as published, with what a change has changed."""
    top: float
    bottom: float
    foot: str = "lines"
    claims_size_one: bool = False
    foot_text: tuple[str, str] = FOOT

    def all(self, *kinds: str) -> list[Block]:
        return [block for block in self.blocks if block.kind in kinds]

    def the(self, kind: str) -> Block:
        return self.all(kind)[0]

    def now(self, **changed: object) -> None:
        """Change what is true of the front page."""
        values: dict[str, Any] = {
            name: Found(value) if name != "end_alternatives" else value for name, value in changed.items()
        }
        self.read = replace(self.read, **values)


@cache
def _as_published(path: Path) -> Setting:
    laid, said = flow(open_pages(path)), reading(path)
    marks = dict(_marks(laid, said))
    starts = [*sorted(marks), len(laid.rows)]
    blocks = [_block(laid, start, end, marks[start]) for start, end in pairwise(starts)]
    below = [row.baseline for row in laid.rows if row.page > 1]
    return Setting(blocks, list(said.judgements), said, min(below), max(below))


def as_published(path: Path) -> Setting:
    """A published report, to be changed."""
    return deepcopy(_as_published(path))


def _marks(laid: Flow, said: Reading) -> Iterator[tuple[int, Block]]:
    """The rows where something begins, by the places that the reading gives."""
    yield 0, Block("title", [], 0)
    yield _at(laid, said.dates_text), Block("dates", [], 0)
    yield _at(laid, said.lead_inspectors), Block("lead", [], 0)
    table = next(index for index, row in enumerate(laid.rows) if row.text.startswith("Judgement"))
    yield table, Block("table", [], 0)
    for one in said.summary:
        yield _at(laid, one), Block("summary", [], 0)
    for part in said.section_headings:
        yield _at(laid, part.text), Block("heading", [], 0, part.text.value, area=part.area)
    for item in said.items:
        yield _at(laid, item.text), Block("item", [], 0, item.text.value)
    if said.items:
        first = _at(laid, said.items[0].text)
        improve = next(index for index in range(first - 1, 0, -1) if laid.stands_out(index))
        yield improve, Block("improve", [], 0)
    for paragraph in said.paragraphs:
        text = paragraph.text
        yield _at(laid, text), Block("paragraph", [], 0, text.value, paragraph.number, paragraph.area)


def _at(laid: Flow, found: Found[Any]) -> int:
    assert found.box is not None
    top = found.box.top
    return next(index for index, row in enumerate(laid.rows) if row.page == found.page and abs(row.top - top) < 0.1)


def _block(laid: Flow, start: int, end: int, block: Block) -> Block:
    rows = laid.rows[start:end]
    down = 0.0
    for index, row in enumerate(rows):
        if index:
            above = rows[index - 1]
            down += row.baseline - above.baseline if above.page == row.page else laid.pitch
        for piece in row.pieces:
            if piece.text.strip():
                text, top = piece.text.replace(LINE_END_HYPHEN, "-"), down + piece.baseline - row.baseline
                block.lines.append(Line(text, piece.left, top, piece.size, piece.bold, piece.right))
    gap = laid.gap(start)
    block.before = gap * laid.pitch if gap is not None else 2 * laid.pitch
    return block


def printed(setting: Setting) -> bytes:
    """The report as a PDF, on as many pages as it takes."""
    sheets = _laid_out(setting)
    notice = "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects."
    sheets.append(Sheet([Line(notice, 72, 130, 9), Line("© Crown copyright 2024", 72, 150, 9)]))
    for number, sheet in enumerate(sheets, start=1):
        _foot(sheet, number, setting)
    return pdf(sheets, claims_size_one=setting.claims_size_one)


def _laid_out(setting: Setting) -> list[Sheet]:
    sheets = [Sheet()]
    at = 134.0 - setting.blocks[0].before
    for block in setting.blocks:
        base = at + block.before
        together = block.height + (50 if block.kind in ("heading", "improve") else 0)
        kept = block.kind in ("heading", "improve", "table") and not block.splits
        if kept and base + together > setting.bottom:
            sheets.append(Sheet())
            base = setting.top
        for row in block.rows():
            if base + row[0].top > setting.bottom + 0.1 and sheets[-1].lines:
                sheets.append(Sheet())
                base = setting.top - row[0].top
            sheets[-1].lines += [replace(line, top=base + line.top) for line in row]
        at = base + block.height
    return sheets


def _foot(sheet: Sheet, number: int, setting: Setting) -> None:
    first, second = setting.foot_text
    low = PAGE_HEIGHT - 40
    sheet.lines += {
        "lines": [Line(first, 72, low, 8), Line(second, 72, low + 10, 8), Line(str(number), 513, low + 10, 20)],
        "between": [Line(first, 72, low, 8), Line(str(number), 513, low + 5, 20), Line(second, 72, low + 10, 8)],
        "top": [Line(first, 72, 40, 8), Line(str(number), 513, 44, 20)],
        "none": [],
    }[setting.foot]


def table(
    setting: Setting,
    *,
    labels: dict[str, str] | None = None,
    grades: dict[str, str] | None = None,
    room: float = 215.0,
    grade_room: float = 180.0,
    middle: bool = False,
    head: bool = True,
) -> None:
    """Set the table of judgements anew. ``middle``: grades stand level with the middle of their label."""
    block = setting.the("table")
    left, beyond, down = setting.blocks[0].left + 6, setting.blocks[0].left + room + 20, 0.0
    block.lines = []
    if head:
        block.lines = [Line("Judgement", left, 0, bold=True), Line("Grade", beyond, 0, bold=True)]
        down = 30.0
    for one in setting.judgements:
        label, grade = one.label, one.grade_label
        label = (labels or {}).get(one.area.value, label)
        grade = (grades or {}).get(one.grade.value or "", grade)
        sides = wrapped(label, room, 12.0), wrapped(grade, grade_room, 12.0)
        tall = max(map(len, sides))
        for side, at in zip(sides, (left, beyond), strict=True):
            under = (tall - len(side)) / 2 if middle else 0
            block.lines += [Line(text, at, down + 14.5 * (under + index)) for index, text in enumerate(side)]
        down += 14.5 * tall + 13


def renumber(block: Block, number: int, form: str = "{}.") -> None:
    """Print another number before a paragraph; ``form`` is how it is printed."""
    block.number = number
    first = block.lines[0]
    text = re.sub(r"^\s*\d+\s*[.)]?", form.format(number), first.text)
    block.lines[0] = replace(first, text=text, right=None)


def wrong(setting: Setting, found: Reading) -> list[str]:
    """What was read other than is true."""
    true = setting.read
    wrongs = [
        name
        for name in ("authority", "start", "end", "lead_inspectors")
        if getattr(true, name).value != getattr(found, name).value
    ]
    if {one.area.value: one.grade.value for one in true.judgements} != {
        one.area.value: one.grade.value for one in found.judgements
    }:
        wrongs.append("judgements")
    if [letters(block.text) for block in setting.all("item")] != [letters(item.text.value) for item in found.items]:
        wrongs.append("items")
    return wrongs + _wrong_paragraphs(setting.all("paragraph"), found)


def _wrong_paragraphs(blocks: Sequence[Block], found: Reading) -> list[str]:
    true = [(block.number, block.area, letters(block.text)) for block in blocks]
    seen = [(one.number, one.area, letters(one.text.value)) for one in found.paragraphs]
    missing = [f"paragraph {number} in {area}" for number, area, text in true if (number, area, text) not in seen]
    return missing + [f"{len(seen) - len(true)} paragraphs too many"] * (len(seen) > len(true))


def read_again(setting: Setting, folder: Path) -> Reading:
    path = folder / "set-again.pdf"
    path.write_bytes(printed(setting))
    return read(path, library())


def inner(block: Block) -> float:
    """How far from the left the text beside a bullet or a number stands."""
    first, *below = block.rows()
    return below[0][0].left if below else first[-1].left if len(first) > 1 else first[0].left + 14
