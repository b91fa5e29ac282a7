"""Pages of a pack as pictures. A third door to PDFium, and the only one to files that we made ourselves."""

import io
from collections.abc import Iterator

import pypdfium2 as pdfium

WIDTH = 900
"""Pixels across."""
COLOURS = 128
"""Our choice: text on white looks the same, and takes a third of the bytes."""


def pages(file: bytes, *, most: int) -> Iterator[bytes]:
    """The first pages of a PDF, each as a PNG."""
    with pdfium.PdfDocument(file) as document:
        for place in range(min(len(document), most)):
            page = document[place]
            across, _ = page.get_size()
            picture = page.render(scale=WIDTH / across).to_pil().quantize(COLOURS)
            page.close()
            content = io.BytesIO()
            picture.save(content, "PNG")
            yield content.getvalue()
