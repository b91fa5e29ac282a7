"""Invented reports drawn as PDFs, for the layouts that published ones have and those they may have.

Every word in them is invented or ordinary; a report is laid out line by line, so that a test decides what stands where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.given_pdf import PAGE_WIDTH, Line, Sheet, pdf, width, wrapped

__all__ = ["Layout", "Line", "Report", "Sheet", "drawn", "letter", "pdf", "saved"]


@dataclass
class Report:
    """What an invented inspection report says."""

    title: tuple[str, ...] = ("Inspection of Brent local authority", "children’s services")
    front: tuple[str, ...] = (
        "Inspection dates: 20 to 24 February 2023",
        "Lead inspector: Ann Example, His Majesty’s Inspector",
    )
    judgements: tuple[tuple[str, str], ...] = ()
    summary: tuple[str, ...] = ()
    improve: str = "What needs to improve?"
    items: tuple[tuple[str, ...], ...] = ()
    """Each the item's text and its sub-bullets."""
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Each a heading and its paragraphs: the number as printed, and the text."""


@dataclass
class Layout:
    left: float = 71.0
    right: float = 71.0
    size: float = 12.0
    leading: float = 14.5
    between: float = 12.0
    """Space between paragraphs beside the leading."""
    number_indent: float = 0.0
    hang: float = 28.0
    """How far the lines of a paragraph stand right of its number; 0 sets them under it."""
    glued: bool = False
    """The number and its text are one line of print, with one space between."""
    heading_size: float = 14.0
    heading_bold: bool = True
    bullet: str = "•"
    bullet_indent: float = 0.0
    bullet_hang: float = 18.0
    sub_bullet: str = "-"
    items_between: float = 6.0
    grade_left: float = 305.0
    grade_line: float = 0.0
    """On which line of its label a grade stands; 0.5 is between the first and the second."""
    grade_room: float = 200.0
    label_room: float = 215.0
    table_head: str | None = "Judgement"
    footer: str = "lines"
    """"lines", "between" (the page number between two lines), "top", "one" or "none"."""
    footer_text: tuple[str, str] = ("Inspection of Brent local authority children’s services", "20 to 24 February 2023")
    note: str = ""
    """A footnote on the page where improvement items begin, with a raised mark on the heading."""
    bottom: float = 780.0
    claims_size_one: bool = False
    back_matter_size: float = 10.0


class Page:
    """Draws a report from top to bottom."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sheets: list[Sheet] = []
        self.top = 0.0
        self.bottom = layout.bottom
        self._new()

    def _new(self) -> None:
        self.sheets.append(Sheet())
        self.top = 93.0
        self.bottom = self.layout.bottom

    def put(self, text: str, left: float, *, size: float | None = None, bold: bool = False, down: float = 0.0) -> None:
        self.sheets[-1].lines.append(Line(text, left, self.top + down, size or self.layout.size, bold))

    def step(self, by: float) -> None:
        self.top += by
        if self.top > self.bottom:
            self._new()

    def lines(self, lines: Sequence[str], left: float, *, size: float | None = None, bold: bool = False) -> None:
        size = size or self.layout.size
        for line in lines:
            self.put(line, left, size=size, bold=bold)
            self.step(self.layout.leading * max(1.0, size / self.layout.size))

    def room(self, left: float) -> float:
        return PAGE_WIDTH - self.layout.right - left


def drawn(report: Report, layout: Layout | None = None) -> bytes:
    layout = layout or Layout()
    page = Page(layout)
    _front(page, report)
    _table(page, report)
    for text in report.summary:
        page.lines(wrapped(text, page.room(layout.left), layout.size), layout.left)
        page.step(layout.between)
    _items(page, report)
    for heading, paragraphs in report.sections:
        _section(page, heading, paragraphs)
    _back_matter(page)
    for number, sheet in enumerate(page.sheets, start=1):
        _foot(sheet, number, layout)
    return pdf(page.sheets, claims_size_one=layout.claims_size_one)


def _front(page: Page, report: Report) -> None:
    layout = page.layout
    page.lines(report.title, layout.left, size=26.0)
    page.step(10)
    for line in report.front:
        page.lines(wrapped(line, page.room(layout.left), layout.size), layout.left)
        page.step(8)


def _table(page: Page, report: Report) -> None:
    layout = page.layout
    if layout.table_head and report.judgements:
        page.put(layout.table_head, layout.left + 6, bold=True)
        page.put("Grade", layout.grade_left, bold=True)
        page.step(layout.leading + 15)
    for label, grade in report.judgements:
        labels = wrapped(label, layout.label_room, layout.size)
        for index, line in enumerate(labels):
            page.put(line, layout.left + 6, down=index * layout.leading)
        down = layout.grade_line if len(labels) > 1 else 0.0
        grades = wrapped(grade, layout.grade_room, layout.size)
        for index, line in enumerate(grades):
            page.put(line, layout.grade_left, down=(down + index) * layout.leading)
        page.step(layout.leading * max(len(labels), down + len(grades)) + 13)
    page.step(12)


def _items(page: Page, report: Report) -> None:
    layout = page.layout
    if not report.improve:
        return
    if layout.note:
        page.put("1", layout.left + width(report.improve, layout.heading_size) * 1.1, size=7.0, down=-6)
        page.bottom -= 40
        page.sheets[-1].lines.append(Line("1", layout.left, 748, 6.0))
        for index, line in enumerate(wrapped(layout.note, page.room(layout.left), 9.0)):
            page.sheets[-1].lines.append(Line(line, layout.left + 5 * (index == 0), 752 + 11 * index, 9.0))
    page.lines([report.improve], layout.left, size=layout.heading_size, bold=layout.heading_bold)
    page.step(8)
    for text, *subs in report.items:
        _bullet(page, layout.bullet, text, layout.left + layout.bullet_indent)
        for sub in subs:
            _bullet(page, layout.sub_bullet, sub, layout.left + layout.bullet_indent + layout.bullet_hang)
    page.step(layout.between)


def _bullet(page: Page, mark: str, text: str, left: float) -> None:
    layout = page.layout
    inner = left + layout.bullet_hang
    if mark:
        page.put(mark, left)
    page.lines(wrapped(text, page.room(inner), layout.size), inner)
    page.step(layout.items_between)


def _section(page: Page, heading: str, paragraphs: Sequence[tuple[str, str]]) -> None:
    layout = page.layout
    lines = wrapped(heading, page.room(layout.left) - 20, layout.heading_size)
    if page.top + 4 * layout.leading > page.bottom:
        page.step(500)
    page.lines(lines, layout.left, size=layout.heading_size, bold=layout.heading_bold)
    page.step(layout.between)
    for number, text in paragraphs:
        _paragraph(page, number, text)


def _paragraph(page: Page, number: str, text: str) -> None:
    layout = page.layout
    left = layout.left + layout.number_indent
    inner = left + layout.hang
    if layout.glued or not layout.hang:
        joint = "" if layout.glued else " "
        lines = wrapped(f"{number}{joint}{text}", page.room(left), layout.size)
        page.lines(lines[:1], left)
        page.lines(lines[1:], inner)
    else:
        page.put(number, left)
        page.lines(wrapped(text, page.room(inner), layout.size), inner)
    page.step(layout.between)


def _back_matter(page: Page) -> None:
    page.step(1000)
    text = (
        "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects to "
        "achieve excellence in the care of children and young people, and in education and skills for all."
    )
    size = page.layout.back_matter_size
    page.lines(wrapped(text, 360, size), page.layout.left, size=size)
    page.lines(["© Crown copyright 2023"], page.layout.left, size=size)


def _foot(sheet: Sheet, number: int, layout: Layout) -> None:
    first, second = layout.footer_text
    if layout.footer == "top":
        sheet.lines.insert(0, Line(str(number), 510, 44, 20))
        sheet.lines.insert(0, Line(first, layout.left, 40, 8))
    elif layout.footer == "one":
        sheet.lines.append(Line(f"{first} {number}", layout.left, 812, 9))
    elif layout.footer == "lines":
        sheet.lines += [
            Line(first, layout.left, 802, 8),
            Line(second, layout.left, 812, 8),
            Line(str(number), 513, 812, 20),
        ]
    elif layout.footer == "between":
        sheet.lines += [
            Line(first, layout.left, 802, 8),
            Line(str(number), 513, 807, 20),
            Line(second, layout.left, 812, 8),
        ]


def saved(folder: Path, content: bytes, name: str = "report.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


Block = tuple[str, str] | tuple[str, Sequence[str]] | tuple[str, Sequence[tuple[str, str]]]
"""Kind and content: "title", "heading", "subheading", "text", "lines", "bullets" or "table" (two columns)."""


def letter(blocks: Sequence[Block], layout: Layout | None = None) -> bytes:
    """A letter or narrative report, block by block."""
    layout = layout or Layout(footer="one", footer_text=("An invented letter", ""))
    page = Page(layout)
    for kind, content in blocks:
        _block(page, kind, content)
        page.step(layout.between)
    _back_matter(page)
    for number, sheet in enumerate(page.sheets, start=1):
        _foot(sheet, number, layout)
    return pdf(page.sheets)


def _block(page: Page, kind: str, content: str | Sequence[str] | Sequence[tuple[str, str]]) -> None:
    layout = page.layout
    if isinstance(content, str):
        size = {"title": 20.0, "heading": 14.0}.get(kind, layout.size)
        lines = wrapped(content, page.room(layout.left), size)
        page.lines(lines, layout.left, size=size, bold=kind in ("heading", "subheading"))
        return
    for line in content:
        if isinstance(line, tuple):
            _table_row(page, *line, bold=line == content[0])
        elif kind == "bullets":
            _bullet(page, layout.bullet, line, layout.left)
        else:
            page.lines([line], layout.left)


def _table_row(page: Page, first: str, second: str, *, bold: bool) -> None:
    layout = page.layout
    left, right = wrapped(first, 120, layout.size), wrapped(second, 300, layout.size)
    for index in range(max(len(left), len(right))):
        if index < len(left):
            page.put(left[index], layout.left, bold=bold)
        if index < len(right):
            page.put(right[index], layout.left + 145, bold=bold)
        page.step(layout.leading)
    page.step(10)
