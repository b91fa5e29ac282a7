"""What Word documents are made of: fields, tables that fit their words, and a list of contents that is filled in."""

from collections.abc import Sequence
from datetime import date

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as Grid
from docx.table import _Row
from docx.text.paragraph import Paragraph

from reports.html import day
from reports.prose import in_words
from reports.table_shapes import Cell, Table

ACROSS = 166
"""Millimetres between the margins."""
LETTER, AROUND, WIDEST_WORD = 1.75, 4.0, 34.0
"""Millimetres that a letter of a cell takes at most, that stand around its words, and that one word may ask for."""
MOST_LETTERS = 160
"""Of a cell, beyond which it asks for no more width."""
FRAME = (
    f"<w:tblBorders {nsdecls('w')}>"
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="14324A"/>'
    '<w:left w:val="nil"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="14324A"/><w:right w:val="nil"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="B9C4CD"/><w:insideV w:val="nil"/></w:tblBorders>'
)
AIR = (
    f'<w:tblCellMar {nsdecls("w")}><w:top w:w="45" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
    '<w:bottom w:w="45" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
)
TINT = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EDF2F5"/>'
TO_UPDATE = "Page numbers: right-click this list and choose Update field."


def add_table(document: Document, table: Table) -> None:
    """A table under its numbered caption: heads on every page, no row over two, columns as wide as their words ask."""
    caption = document.add_paragraph("Table ", style="Caption")
    caption.paragraph_format.keep_with_next = True
    add_field(caption, "SEQ Table \\* ARABIC", "1")
    caption.add_run(f". {table.caption}")
    rows = [[words_of(cell) for cell in row] for row in table.rows]
    grid = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    _fit(grid, widths([table.columns, *rows]))
    _cells(grid.add_row(), table.columns, bold=True)
    _make_heads(grid.rows[0])
    for row in rows:
        _cells(grid.add_row(), row, bold=False)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def widths(rows: Sequence[Sequence[str]]) -> Sequence[float]:
    """Of each column, in millimetres: room for its longest word, and more where there is more to say.

    >>> [round(one) for one in widths([("Ref", "What it shows"), ("E-1", "Letters were clear in nine of ten cases")])]
    [29, 137]
    """
    columns = list(zip(*rows, strict=True))
    least = [min(_longest_word(texts) * LETTER + AROUND, WIDEST_WORD) for texts in columns]
    asked = [min(max(map(len, texts)), MOST_LETTERS) ** 0.7 for texts in columns]
    if (spare := ACROSS - sum(least)) <= 0:
        return [ACROSS * one / sum(least) for one in least]
    return [one + spare * more / sum(asked) for one, more in zip(least, asked, strict=True)]


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def _fit(grid: Grid, across: Sequence[float]) -> None:
    grid.autofit = False
    properties = grid._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(FRAME))
    layout.addnext(parse_xml(AIR))
    for column, width in zip(grid.columns, across, strict=True):
        column.width = Mm(width)


def _cells(row: _Row, texts: Sequence[str], *, bold: bool) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(8.5), bold


def _make_heads(row: _Row) -> None:
    """Heads on a tint, printed again on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
    for cell in row.cells:
        cell._tc.get_or_add_tcPr().append(parse_xml(TINT))


def words_of(cell: Cell) -> str:
    if isinstance(cell, date):
        return day(cell)
    return "" if cell is None else in_words(str(cell))


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word works out: a page number, a caption's number."""
    _begin(paragraph, instruction)
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _begin(paragraph: Paragraph, instruction: str) -> None:
    _mark(paragraph, "begin")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = instruction
    paragraph.add_run()._r.append(words)
    _mark(paragraph, "separate")


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def fill_contents(place: Paragraph, document: Document) -> None:
    """The list of contents at ``place``: every chapter is there, and leads to it, before anybody updates the field."""
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(4)
    headings = [one for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    chapters = [one for one in headings if one.text != CONTENTS]
    for number, heading in enumerate(chapters):
        entry = place.insert_paragraph_before(style=style)
        if number == 0:
            _begin(entry, r'TOC \o "1-1" \h \z \u')
        entry._p.append(_link(_named(heading, number), heading.text))
    place.add_run(TO_UPDATE)
    if not chapters:
        _begin(place, r'TOC \o "1-1" \h \z \u')
    _mark(place, "end")


CONTENTS = "Contents"


def _named(heading: Paragraph, number: int) -> str:
    """The name of a bookmark around a heading, which is made."""
    name = f"_Toc{number:08}"
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    heading.runs[0]._r.addprevious(start)
    heading._p.append(end)
    return name


def _link(anchor: str, words: str) -> BaseOxmlElement:
    link, run, text = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    link.set(qn("w:anchor"), anchor)
    text.set(qn("xml:space"), "preserve")
    text.text = words
    run.append(text)
    link.append(run)
    return link
