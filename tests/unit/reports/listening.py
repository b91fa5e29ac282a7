"""What a listener is not told of a pack: lines of prose that its tags leave out as if they were running heads.

The heads of a table that goes on over pages are printed again on each page and tagged once, as is right. Tools that
listen to a pack tell such a line from one that was lost by its length alone; so a head that is printed again is short.
"""

import ctypes
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from tests.unit.reports.test_build import elements

WORD = re.compile(r"[^\W\d_]{2,}")
MOST_WORDS, MOST_SMALL = 7, 3
"""A line with more words than this, and more of them in small letters, is prose. Source: outloud 0.2.1, TAG-002."""
FURNITURE = 3
"""On as many pages a line is a running head."""

Mark = tuple[str, int | None]
"""Of a piece of text: the name of the innermost mark around it, and its number."""


def is_prose(line: str) -> bool:
    words = WORD.findall(line)
    return len(words) > MOST_WORDS and sum(word[0].islower() for word in words) > MOST_SMALL


def left_out(document: bytes) -> list[str]:
    """Lines of prose that are tagged as no part of the text, but for those on every page."""
    pages = defaultdict(set)
    for page, _, line in _lines(document, lambda page, mark: 0 if mark[0] == "Artifact" else None):
        pages[re.sub(r"\d+", "", line)].add(page)
    return [line for line, found in pages.items() if len(found) < FURNITURE and is_prose(line)]


def heads(document: bytes) -> list[list[str]]:
    """For each table, in the order of reading, each line of its heads as it stands across the page."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        found = elements(pdf, "THead")
        table_of = {piece: table for table, head in enumerate(found) for piece in _pieces(head, None, numbers)}
    lines: list[list[str]] = [[] for _ in found]
    for _, table, line in _lines(document, lambda page, mark: table_of.get((page, mark[1]))):
        lines[table].append(line)
    return lines


def _pieces(
    element: pikepdf.Object, page: int | None, numbers: dict[object, int]
) -> Iterator[tuple[int | None, int | None]]:
    """The page and number of each piece of content under an element."""
    page = numbers[element.Pg.objgen] if "/Pg" in element else page
    for kid in element.get("/K", ()):
        if isinstance(kid, int):
            yield page, kid
        elif kid.get("/Type") == "/MCR":
            yield numbers[kid.Pg.objgen], int(kid.MCID)
        elif kid.get("/Type") == "/StructElem":
            yield from _pieces(kid, page, numbers)


def _lines(document: bytes, part: Callable[[int, Mark], int | None]) -> Iterator[tuple[int, int, str]]:
    """The page, part and words of each printed line of text. ``part`` says by page and mark whose text it is."""
    pdf = pypdfium2.PdfDocument(document)
    try:
        for number, page in enumerate(pdf):
            lines: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
            words = page.get_textpage()
            for piece in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
                if (of := part(number, _mark(piece.raw))) is not None:
                    at = piece.get_matrix()
                    lines[of, -round(at.f)].append((at.e, _text(piece, words)))
            for of, height in sorted(lines):
                yield number, of, " ".join(" ".join(text for _, text in sorted(lines[of, height])).split())
    finally:
        pdf.close()


def _mark(piece: object) -> Mark:
    for place in reversed(range(pdfium.FPDFPageObj_CountMarks(piece))):
        mark = pdfium.FPDFPageObj_GetMark(piece, place)
        number = ctypes.c_int()
        numbered = pdfium.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", number)
        return _read(pdfium.FPDFPageObjMark_GetName, mark), number.value if numbered else None
    return "", None


def _read(ask: Callable[..., int], mark: object) -> str:
    room = ctypes.create_string_buffer(200)
    length = ctypes.c_ulong()
    ask(mark, ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), 200, length)
    return room.raw[: length.value].decode("utf-16-le").rstrip("\0")


def _text(piece: pypdfium2.PdfObject, words: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(piece, words, None, 0)
    room = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(piece, words, ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return room.raw[:length].decode("utf-16-le").rstrip("\0")
