"""The one door to PDFium: the pages of a PDF as rows of text with their place, size and weight.

Calls into PDFium cost more than anything else here. Text is asked for a page at a time, and its style only where
it can change: at the start of a word, and at a mark glued to the end of one.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tracker.inspections.reading import bounds
from tracker.inspections.reading.glyphs import mended
from tracker.inspections.reading.refusals import Unreadable
from tracker.inspections.reading.rows import Piece, Row, rows_of

_STYLE_MAY_CHANGE = re.compile(r"(?<!\S)\S|(?<=[^\s\d])[\d*†‡§¹²³]")
_LINE = re.compile(r"[^\r\n\ufffe]+\ufffe?|\ufffe")
ENCRYPTED = "This PDF is protected by a password. Choose the report as Ofsted published it, which needs none."
DAMAGED = "This PDF is damaged and cannot be opened. Download the report again from reports.ofsted.gov.uk."
BOLD_FROM = 600
BOLD_NAMES = ("bold", "heavy", "black", "semibold", "demi")
STEEPEST = 0.2
"""How far text may climb for each step across the page."""
WORD_GAP = 0.7
"""Widths of the letter size up to which words that are drawn one by one are one piece."""


class Page(NamedTuple):
    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    """From top to bottom."""
    pictures: int
    """How many images are drawn on it."""


def opened(path: Path) -> pdfium.PdfDocument:
    """Raises Unreadable if PDFium cannot open the file, saying why."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        said = str(error).casefold()
        raise Unreadable(ENCRYPTED if "password" in said or "security" in said else DAMAGED) from None


def pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Each page in turn; only one is held open, so a long document needs no more memory than a short one."""
    weights: dict[int, bool] = {}
    for index in range(len(document)):
        page = document[index]
        try:
            yield _page(page, index + 1, weights)
        finally:
            page.close()


def _page(page: pdfium.PdfPage, number: int, weights: dict[int, bool]) -> Page:
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range() if text_page.count_chars() else ""
        text = text if len(text) == text_page.count_chars() else _text_by_character(text_page)
        pieces = list(_pieces(text, _Letters(text_page, _Placement.of(page), weights)))
    finally:
        text_page.close()
    pictures = 0 if pieces else _pictures(page)
    return Page(number, width, height, tuple(rows_of(number, pieces)), pictures)


def _text_by_character(text_page: pdfium.PdfTextPage) -> str:
    """The slow way, where PDFium's text and its characters do not run side by side."""
    codes = [raw.FPDFText_GetUnicode(text_page, index) for index in range(text_page.count_chars())]
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def _pictures(page: pdfium.PdfPage) -> int:
    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


class _Placement(NamedTuple):
    """How a point of the PDF's own space falls on the page as it is shown, from its top left corner."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "_Placement":
        left, bottom, right, top = page.get_bbox()
        return {
            0: cls(1, 0, 0, -1, -left, top),
            90: cls(0, 1, 1, 0, -bottom, -left),
            180: cls(-1, 0, 0, 1, right, -bottom),
            270: cls(0, -1, -1, 0, top, right),
        }[page.get_rotation()]

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """A direction as it is on the page."""
        return self.a * x + self.c * y, self.b * x + self.d * y

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def _bound(function: Any, result: Any, *arguments: Any) -> Any:
    """A PDFium function without the checks of its arguments, which cost more than the call."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


_pointer, _int = ctypes.c_void_p, ctypes.c_int
_object_at = _bound(raw.FPDFText_GetTextObject, _pointer, _pointer, _int)
_size_at = _bound(raw.FPDFText_GetFontSize, ctypes.c_double, _pointer, _int)
_matrix_at = _bound(raw.FPDFText_GetMatrix, _int, _pointer, _int, _pointer)
_origin_at = _bound(raw.FPDFText_GetCharOrigin, _int, _pointer, _int, _pointer, _pointer)
_box_at = _bound(raw.FPDFText_GetCharBox, _int, _pointer, _int, _pointer, _pointer, _pointer, _pointer)
_weight_at = _bound(raw.FPDFText_GetFontWeight, _int, _pointer, _int)
_font_of = _bound(raw.FPDFTextObj_GetFont, _pointer, _pointer)
_name_of = _bound(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _pointer, _pointer, ctypes.c_size_t)


class _Letters:
    """What PDFium says of single characters of a page. Numbers it cannot give are 0."""

    def __init__(self, text_page: pdfium.PdfTextPage, placement: _Placement, weights: dict[int, bool]) -> None:
        self._page = ctypes.cast(text_page.raw, _pointer).value
        self._place = placement.point
        self._turned = placement.turned
        self._upright = not placement.b
        self._bold_fonts = weights
        self._matrix = raw.FS_MATRIX()
        self._numbers = (ctypes.c_double * 4)()
        start = ctypes.addressof(self._numbers)
        self._to = [start + 8 * index for index in range(4)]
        self._to_matrix = ctypes.addressof(self._matrix)

    def drawn_by(self, index: int) -> int | None:
        """The text object of the page that draws a character; None for a space that PDFium put in."""
        drawn_by: int | None = _object_at(self._page, index)
        return drawn_by

    def size(self, index: int) -> float:
        _matrix_at(self._page, index, self._to_matrix)
        size = _size_at(self._page, index) * math.hypot(self._matrix.c, self._matrix.d)
        return size if math.isfinite(size) else 0.0

    def runs_across(self) -> bool:
        """Whether the character whose size was asked last runs across the page, unlike a slanted watermark."""
        if self._upright and not self._matrix.b:
            return True
        across, down = self._turned(self._matrix.a, self._matrix.b)
        return abs(down) <= STEEPEST * abs(across)

    def origin(self, index: int) -> tuple[float, float]:
        """Where its baseline begins."""
        _origin_at(self._page, index, self._to[0], self._to[1])
        return self._on_page(self._numbers[0], self._numbers[1])

    def right(self, index: int) -> float:
        _box_at(self._page, index, *self._to)
        left, right, bottom, top = self._numbers
        return max(self._on_page(left, bottom)[0], self._on_page(right, top)[0])

    def _on_page(self, x: float, y: float) -> tuple[float, float]:
        return self._place(x, y) if math.isfinite(x) and math.isfinite(y) else (0.0, 0.0)

    def bold(self, index: int, drawn_by: int) -> bool:
        font = _font_of(drawn_by)
        known = self._bold_fonts.get(font)
        if known is None:
            known = self._bold_fonts[font] = self._is_bold(index, font)
        return known

    def _is_bold(self, index: int, font: int) -> bool:
        name = ctypes.create_string_buffer(200)
        _name_of(font, name, 200)
        said = name.value.decode("utf-8", "replace").casefold()
        return _weight_at(self._page, index) >= BOLD_FROM or any(word in said for word in BOLD_NAMES)


def _pieces(text: str, letters: _Letters) -> Iterator[Piece]:
    for number, line in enumerate(_LINE.finditer(text)):
        last: Piece | None = None
        for piece in _runs(line.group(), line.start(), letters, number):
            if last is None:
                last = piece
            elif _carries_on(last, piece):
                last = last._replace(text=last.text + piece.text, right=piece.right)
            else:
                yield last
                last = piece
        if last is not None:
            yield last


def _carries_on(last: Piece, piece: Piece) -> bool:
    return (
        piece.bold == last.bold
        and abs(piece.size - last.size) < 0.4
        and abs(piece.baseline - last.baseline) < 0.6
        and -piece.size < piece.left - last.right <= WORD_GAP * piece.size
    )


def _runs(line: str, start: int, letters: _Letters, number: int) -> Iterator[Piece]:
    """The stretches of a line that one object of the page draws, cut at words."""
    begins = _begins(line, start, letters)
    ends = [*(begin for begin, _ in begins[1:]), len(line)][: len(begins)]
    for (begin, drawn_by), end in zip(begins, ends, strict=True):
        text = line[begin:end]
        left, baseline = letters.origin(start + begin)
        right = letters.right(start + begin + len(text.rstrip()) - 1)
        bold = letters.bold(start + begin, drawn_by)
        size = letters.size(start + begin)
        if letters.runs_across():
            yield Piece(mended(text), left, right, baseline, size, bold, number)


def _begins(line: str, start: int, letters: _Letters) -> list[tuple[int, int]]:
    """The places in a line where another object begins to draw, and the object.

    What one object draws stands together, so that where two words have the same one all words between have it too.
    """
    first, last = len(line) - len(line.lstrip()), len(line.rstrip()) - 1
    drawn_by = letters.drawn_by(start + first) if first <= last else None
    if drawn_by is not None and drawn_by == letters.drawn_by(start + last):
        return [(first, drawn_by)]
    words = [place.start() for place in _STYLE_MAY_CHANGE.finditer(line)]
    return list(_changes(words, start, letters)) if words else []


def _changes(words: list[int], start: int, letters: _Letters) -> Iterator[tuple[int, int]]:
    known = {0: letters.drawn_by(start + words[0]), len(words) - 1: letters.drawn_by(start + words[-1])}
    spans = [(0, len(words) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first > 1 and known[first] != known[last]:
            middle = (first + last) // 2
            known[middle] = letters.drawn_by(start + words[middle])
            spans += [(first, middle), (middle, last)]
    before: int | None = None
    for word in sorted(known):
        drawn_by = known[word]
        if drawn_by and drawn_by != before:
            yield words[word], drawn_by
            before = drawn_by


def open_pages(path: Path) -> Iterator[Page]:
    """The pages of a file. Raises Unreadable if it cannot be opened, or a page of it cannot."""
    document = opened(path)
    try:
        bounds.check_pages(len(document))
        yield from pages(document)
    except pdfium.PdfiumError:
        raise Unreadable(DAMAGED) from None
    finally:
        document.close()
