"""PDF files: what stands on their pages and beside them: notes, fields of forms, bookmarks, properties.

A second door to PDFium: the reader of reports reads what a report must have, this one whatever a PDF may hide.
"""

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from tracker.evidence.words.passages import Passage, one
from tracker.platform.errors import Refused

MOST_PAGES = 1_000
OF_A_NOTE = (b"Contents", b"T", b"Subj", b"V", b"DV", b"TU", b"RC")
"""What a note or a field of a form says: its text, writer, subject, value, label. Source: ISO 32000-1, 12.5, 12.7."""
HYPHEN_OF_PDFIUM = 0xFFFE
"""Stands for a hyphen at a line's end."""


def opened(path: Path) -> pdfium.PdfDocument:
    """Raises Refused with what to do."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("The PDF is protected by a password. Save it without one and add it again.") from error
        raise Refused("The PDF is damaged. Open it, save it again and add the new copy.") from error
    if len(document) > MOST_PAGES:
        raise Refused(f"The PDF has more than {MOST_PAGES:,} pages. Add the part that shows what you say.")
    return document


def passages(path: Path) -> Iterator[Passage]:
    with opened(path) as document:
        for number, page in enumerate(document, start=1):
            yield from one(f"page {number}", letters(page.get_textpage()))
            for note in notes(page):
                for text in note_texts(note):
                    yield from one(f"a note or a field on page {number}", text)
            page.close()
        yield from _beside(document)


def page_texts(path: str) -> list[str]:
    """What each page says, with single spaces: ``apart.call("tracker.evidence.words.of_pdf:page_texts", …)``."""
    with opened(Path(path)) as document:
        return [" ".join(letters(page.get_textpage()).split()) for page in document]


def letters(text: pdfium.PdfTextPage) -> str:
    """One by one, so that a letter's place here is its number in PDFium."""
    codes = (pdfium_c.FPDFText_GetUnicode(text, at) for at in range(text.count_chars()))
    return "".join("-" if code in {2, HYPHEN_OF_PDFIUM} else chr(code) for code in codes)


def notes(page: pdfium.PdfPage) -> Iterator[pdfium_c.FPDF_ANNOTATION]:
    for at in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, at)
        if note:
            yield note
            pdfium_c.FPDFPage_CloseAnnot(note)


def note_texts(note: pdfium_c.FPDF_ANNOTATION) -> Iterator[str]:
    for key in OF_A_NOTE:
        size = pdfium_c.FPDFAnnot_GetStringValue(note, key, None, 0)
        if size > 2:  # the end of an empty text takes two bytes
            buffer = ctypes.create_string_buffer(size)
            pdfium_c.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size)
            yield buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


def without_text(path: Path) -> list[int]:
    """The pages that have pictures and no letter: scans."""
    with opened(path) as document:
        return [number for number, page in enumerate(document, start=1) if _is_a_picture(page)]


def _is_a_picture(page: pdfium.PdfPage) -> bool:
    if letters(page.get_textpage()).strip():
        return False
    return next(page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _beside(document: pdfium.PdfDocument) -> Iterator[Passage]:
    for mark in document.get_toc():
        yield from one("bookmarks", mark.get_title())
    for name, value in document.get_metadata_dict(skip_empty=True).items():
        if not name.endswith("Date"):
            yield from one("properties of the file", value)


def attachments(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files that are put into a PDF, by name."""
    with opened(path) as document:
        for at in range(document.count_attachments()):
            attached = document.get_attachment(at)
            yield attached.get_name(), bytes(attached.get_data())
