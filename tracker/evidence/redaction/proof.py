"""The look at a redacted file that must find nothing: as its reader would see it, then in its bytes."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tracker.evidence.file_types import PDF, FileType
from tracker.evidence.redaction import values
from tracker.evidence.redaction.values import Patterns
from tracker.evidence.words import reading

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
LARGEST_PART = 50 * 1024 * 1024
"""Bytes of one part that are unpacked."""


def is_clean(path: Path, kind: FileType, patterns: Patterns) -> bool:
    """Whether none of the values is in a file any more, as far as can be told of one that is whole."""
    gaps: list[str] = []
    read = [piece.text for passage in reading.passages(path, kind, gaps) for piece in passage.pieces]
    return reading.DAMAGED not in gaps and not any(values.seen(text, patterns) for text in (*read, *_raw(path, kind)))


def _raw(path: Path, kind: FileType) -> Iterator[str]:
    """Its bytes as text, unpacked, with marks and without."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels", ".vml")):
                    text = package.read(name).decode("utf-8", errors="replace")
                    yield re.sub(r"<[^<>]*>", "", text)
                yield name
    elif kind is PDF:
        content = path.read_bytes()
        yield STREAM.sub(b"", content).decode("latin-1")
        for match in STREAM.finditer(content):
            yield _unpacked(match[1]).decode("latin-1")


def _unpacked(stream: bytes) -> bytes:
    """As it is where it is not packed in the usual way: a picture, say, in which any bytes may stand side by side."""
    try:
        return zlib.decompressobj().decompress(stream, LARGEST_PART)
    except zlib.error:
        return b""
