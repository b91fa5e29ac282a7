"""The first look at a file: pages of a PDF, a smaller picture, or the first lines of a text.

Whatever a stranger's file does to the library that reads it is done in a process of its own, held to limits.
"""

import struct
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.evidence.files import rules
from tracker.evidence.files.commands import Page
from tracker.inspections.reading import Unreadable, page_image
from tracker.platform import apart, storage
from tracker.platform.errors import Refused
from tracker.platform.held import MEGABYTE, Limits

WIDTH = 800
"""Pixels of a picture. Our choice: sharp in a column, too small to stand for the document."""
LIMITS = Limits(memory=768 * MEGABYTE, cpu=20, wait=40, file=20 * MEGABYTE)
"""Our choice: the largest picture that is looked at takes half of each."""
CHILD = "tracker.evidence.files.pictures"
"""The module whose functions run apart."""


def of_file(sha256: str, media_type: str) -> Sequence[Page]:
    """Its pages in order; none when it cannot be drawn or read."""
    with storage.on_disk(sha256) as path:
        try:
            if media_type == "application/pdf":
                return list(_drawn(path))
            return [_reduced(path, media_type) if media_type in rules.PICTURED else _first_lines(path)]
        except Refused:
            return []


def _drawn(path: Path) -> Iterator[Page]:
    """The first pages of a PDF: one after another until there is none, or one that cannot be drawn."""
    for number in range(1, rules.MOST_PAGES + 1):
        try:
            png = page_image(path, number, WIDTH)
        except Unreadable:
            return
        width, height = struct.unpack("!II", png[16:24])  # PNG specification, 11.2.2: the header comes first
        yield Page(png, "image/png", width, height)


def _reduced(path: Path, media_type: str) -> Page:
    with tempfile.NamedTemporaryFile() as smaller:
        width, height = apart.call(f"{CHILD}:reduce", str(path), smaller.name, WIDTH, limits=LIMITS)
        return Page(Path(smaller.name).read_bytes(), media_type, width, height)


def _first_lines(path: Path) -> Page:
    lines = apart.call(f"{CHILD}:first_lines", str(path), rules.MOST_LINES, rules.LONGEST_LINE, limits=LIMITS)
    return Page("\n".join(lines).encode() or b"\n", "text/plain")
