"""Reading one file, in a process of its own: ``apart.call("tracker.evidence.words.reading:read", …)``."""

import csv
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pypdfium2 import PdfiumError

from tracker.evidence import file_types
from tracker.evidence.file_types import CSV, EMAIL, EXCEL, JPEG, PDF, PNG, POWERPOINT, WORD, FileType
from tracker.evidence.words import of_mail, of_office, of_pdf, of_text, of_workbook
from tracker.evidence.words.passages import Passage, Piece, safe, told
from tracker.platform.errors import Refused
from tracker.platform.lists import listed

A_PICTURE = "It is a picture, so its words were not looked through. Look yourself that it shows nothing of a child."
DAMAGED = "The file is damaged, so not all of it was looked through. Open it, save it again and add the new copy."
DAMAGE = (
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    PdfiumError,
    KeyError,
    ValueError,
    EOFError,
    OSError,
)
"""What the libraries that read raise when a file does not hold what it promises."""
TOO_LONG = "It is so long that only its beginning was looked through. Look yourself at the rest."
MOST_NAMED = 5
"""Pages that are named one by one."""


def read(path: str, media_type: str) -> dict[str, Any]:
    """``passages``, what was ``found`` in them (see ``passages.told``) and what could not be read, as sentences.

    Raises Refused with a sentence when nothing can be read.
    """
    kind, gaps = kind_of(media_type), list[str]()
    said = told(passages(Path(path), kind, gaps))
    if not said["whole"]:
        gaps.append(TOO_LONG)
    return {"passages": said["passages"], "found": said["found"], "gaps": gaps}


def passages(path: Path, kind: FileType, gaps: list[str]) -> Iterator[Passage]:
    """Of a file and of what is attached to it; sentences about what could not be read are added to ``gaps``."""
    if kind in {PNG, JPEG}:
        gaps.append(A_PICTURE)
        return
    try:
        yield from _own(path, kind)
        yield from _beside(path, kind, gaps)
    except DAMAGE:
        gaps.append(DAMAGED)


def _beside(path: Path, kind: FileType, gaps: list[str]) -> Iterator[Passage]:
    if kind is PDF and (scans := of_pdf.without_text(path)):
        gaps.append(_scanned(scans))
    for name, content in attached(path, kind):
        yield from _of_attached(name, content, gaps)


def _own(path: Path, kind: FileType) -> Iterator[Passage]:
    if kind is PDF:
        yield from of_pdf.passages(path)
    elif kind is EMAIL:
        yield from of_mail.passages(of_mail.opened(path.read_bytes()))
    elif kind in {WORD, EXCEL, POWERPOINT}:
        if kind is EXCEL:
            yield from of_workbook.passages(path)
        yield from of_office.passages(path)
    else:
        text = of_text.decoded(path.read_bytes())
        yield from of_text.table(text) if kind is CSV else of_text.lines(text)


def attached(path: Path, kind: FileType) -> Iterator[tuple[str, bytes]]:
    if kind is PDF:
        yield from of_pdf.attachments(path)
    elif kind is EMAIL:
        yield from of_mail.attachments(of_mail.opened(path.read_bytes()))
    elif kind in {WORD, EXCEL, POWERPOINT}:
        yield from of_office.embedded(path)


def _of_attached(name: str, content: bytes, gaps: list[str]) -> Iterator[Passage]:
    """One level down: what is attached to what is attached is named as not looked through."""
    place = f"attached file {name}"
    yield Passage(place, [Piece(place, name)])
    try:
        kind = file_types.recognise(BytesIO(content), name)
        with tempfile.NamedTemporaryFile(suffix=kind.suffix) as copy:
            copy.write(content)
            copy.flush()
            for passage in _own(Path(copy.name), kind) if kind not in {PNG, JPEG} else ():
                pieces = [Piece(f"{place}, {piece.place}", piece.text) for piece in passage.pieces]
                yield Passage(f"{place}, {passage.place}", pieces)
            deeper = next(attached(Path(copy.name), kind), None) is not None
    except (Refused, *DAMAGE):
        gaps.append(f"The attached file {safe(name)} could not be looked through.")
        return
    if deeper or kind in {PNG, JPEG}:
        gaps.append(f"Not all of the attached file {safe(name)} could be looked through.")


def _scanned(pages: list[int]) -> str:
    named = [str(page) for page in pages[:MOST_NAMED]]
    if len(pages) > MOST_NAMED:
        named = [*named, f"{len(pages) - MOST_NAMED} more"]
    which = f"Page {named[0]} is a picture" if len(pages) == 1 else f"Pages {listed(named)} are pictures"
    return f"{which} without text, so nothing there was looked through. Look yourself that it shows nothing of a child."


def kind_of(media_type: str) -> FileType:
    """Raises Refused for a kind that is not looked through."""
    found = next((kind for kind in file_types.ALLOWED if kind.media_type == media_type), None)
    if found is None:
        raise Refused("Files of this kind are not looked through.")
    return found
