"""Taking values out of PDF files. A page that has one becomes a picture of itself with black boxes, in a new file.

So nothing can be left behind: no text, hidden or not, no form, no note, no piece of structure. Pages without a value
are copied as they are. Bookmarks, properties and attached files stay out of the new file. Weighed and rejected: taking
single text objects out of a page, which leaves what forms, notes and the structure tree repeat.
"""

import ctypes
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from tracker.evidence.redaction import values
from tracker.evidence.redaction.values import Patterns
from tracker.evidence.words.of_pdf import letters, note_texts, notes, opened

DOTS_PER_INCH = 200
"""What a scan has that is read without effort. Our choice."""
MOST_PIXELS = 5_000
"""Across or down a picture, for pages that are posters."""
MARGIN = 1.5
"""Points of a box around its letters, so that no stroke looks out."""
BAND = 18.0
"""Points that are added below a page for what is said about it."""
SAID = "Something was taken out of this page, which is a picture since. Ask who keeps this file for its words."

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page."""


def redact(path: Path, to: Path, patterns: Patterns) -> None:
    """Pages that have a value become pictures."""
    with opened(path) as source:
        boxes = {at: found for at, page in enumerate(source) if (found := _boxes(page, patterns))}
        _write(source, to, boxes, pictures=set(boxes))


def redact_every_page(path: Path, to: Path, patterns: Patterns) -> None:
    """For a file whose pages share what they are made of, so that a copied one brings a value along."""
    with opened(path) as source:
        boxes = {at: _boxes(page, patterns) for at, page in enumerate(source)}
        _write(source, to, boxes, pictures=set(range(len(source))))


def _boxes(page: pdfium.PdfPage, patterns: Patterns) -> list[Box]:
    text = page.get_textpage()
    spans = values.spans(letters(text), patterns)
    boxes = [box for start, end in spans for at in range(start, end) if (box := _letter(text, at))]
    for note in notes(page):
        if any(values.seen(said, patterns) for said in note_texts(note)):
            boxes.append(_note(note))
    return boxes


def _letter(text: pdfium.PdfTextPage, at: int) -> Box | None:
    left, bottom, right, top = text.get_charbox(at, loose=True)
    return (left, bottom, right, top) if right > left or top > bottom else None


def _note(note: pdfium_c.FPDF_ANNOTATION) -> Box:
    rectangle = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(note, ctypes.byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _write(
    source: pdfium.PdfDocument, to: Path, boxes: Mapping[int, Collection[Box]], *, pictures: Collection[int]
) -> None:
    new = pdfium.PdfDocument.new()
    source.init_forms()
    for at in range(len(source)):
        if at in pictures:
            _add_picture(new, source[at], boxes.get(at, ()))
        else:
            new.import_pages(source, [at])
    new.save(str(to))
    new.close()


def _add_picture(new: pdfium.PdfDocument, page: pdfium.PdfPage, boxes: Collection[Box]) -> None:
    width, height = page.get_size()
    image = pdfium.PdfImage.new(new)
    image.load_jpeg(_drawn(page, boxes), inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(width, height).translate(0, BAND))
    added = new.new_page(width, height + BAND)
    added.insert_obj(image)
    _say(new, added)
    added.gen_content()
    added.close()


def _drawn(page: pdfium.PdfPage, boxes: Collection[Box]) -> BytesIO:
    """The page as a JPEG picture, black where the boxes are."""
    scale = min(DOTS_PER_INCH / 72, MOST_PIXELS / max(*page.get_size(), 1))
    bitmap = page.render(scale=scale, may_draw_forms=True)
    where, picture = bitmap.get_posconv(page), bitmap.to_pil().convert("RGB")
    for left, bottom, right, top in boxes:
        corner, opposite = (left - MARGIN, bottom - MARGIN), (right + MARGIN, top + MARGIN)
        _blacken(picture, where.to_bitmap(*corner), where.to_bitmap(*opposite))
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    file.seek(0)
    return file


def _blacken(picture: Image.Image, one: tuple[int, int], other: tuple[int, int]) -> None:
    """Between two corners; a page that is turned has them the other way round."""
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    ImageDraw.Draw(picture).rectangle((left, top, right, bottom), fill="black")


def _say(new: pdfium.PdfDocument, page: pdfium.PdfPage) -> None:
    """In text that anybody can read, see or have read aloud."""
    said = pdfium_c.FPDFPageObj_NewTextObj(new, b"Helvetica", 8.0)
    letters_of = ctypes.create_string_buffer(f"{SAID}\0".encode("utf-16-le"))
    pdfium_c.FPDFText_SetText(said, ctypes.cast(letters_of, pdfium_c.FPDF_WIDESTRING))
    pdfium_c.FPDFPageObj_Transform(said, 1, 0, 0, 1, 12, 6)
    pdfium_c.FPDFPage_InsertObject(page, said)
