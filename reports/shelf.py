"""What was laid out before, kept on disk and found again by what it was made of.

A name is the SHA-256 of everything that the bytes depend on: HTML, styles, fonts, our own code and the versions of what
lays out. So nothing is ever out of date, and nothing has to be told that it is. What leaves, in ``tidy``: what nobody
asked for in a month, and what was asked for longest ago where all takes more than its bound.
"""

import ctypes
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import time

from reports.made import Part
from reports.places import FACES, FONTS, STYLES

MOST = 512 * 1024 * 1024
"""Bytes that all takes together. Our choice: some 700 packs of 60 pages without a section in common."""
OLDEST = 31 * 24 * 60 * 60
"""Seconds after which what nobody asked for leaves."""
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "fonttools", "pikepdf", "pillow")
CODE = ("joining.py", "laying.py", "made.py", "splitting.py", "standards.py", "tagging.py")
SYSTEM = (("libpango-1.0.so.0", "pango_version_string"), ("libharfbuzz.so.0", "hb_version_string"))


class Shelf:
    """``folder`` may be shared by processes. None: nothing is kept. A disk that is full only keeps nothing more."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def part(self, source: str) -> Part | None:
        kept = self._get(_name(b"part", source.encode()))
        return Part.from_bytes(kept) if kept else None

    def keep_part(self, source: str, part: Part) -> None:
        self._put(_name(b"part", source.encode()), part.to_bytes())

    def whole(self, digest: str) -> tuple[bytes, int] | None:
        """A whole document and its pages, by the digest of its contents."""
        if not (kept := self._get(_name(b"whole", digest.encode()))):
            return None
        pages, _, file = kept.partition(b"\n")
        return file, int(pages)

    def keep_whole(self, digest: str, file: bytes, pages: int) -> None:
        self._put(_name(b"whole", digest.encode()), b"%d\n%s" % (pages, file))

    def tidy(self) -> None:
        """Let leave what is older or more than is kept."""
        kept = sorted(self._files(), key=lambda file: -file[0])
        total, now = 0, time()
        for used, size, path in kept:
            total += size
            if total > MOST or used < now - OLDEST:
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When it was last asked for, bytes, and the file."""
        for path in self._folder.iterdir() if self._folder else ():
            with suppress(OSError):
                told = path.stat()
                yield told.st_mtime, told.st_size, path

    def _get(self, name: str) -> bytes | None:
        """What is kept under a name, if it is whole."""
        if not self._folder:
            return None
        path = self._folder / name
        try:
            kept = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        seal, content = kept[:32], kept[32:]
        return content if hashlib.sha256(content).digest() == seal else None

    def _put(self, name: str, content: bytes) -> None:
        if not self._folder:
            return
        with suppress(OSError):
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as file:
                file.write(hashlib.sha256(content).digest() + content)
            Path(file.name).replace(self._folder / name)


def _name(kind: bytes, source: bytes) -> str:
    return hashlib.sha256(b"\0".join((kind, _made_with(), source))).hexdigest()


@cache
def _made_with() -> bytes:
    """SHA-256 of all that a document depends on beside its HTML."""
    known = hashlib.sha256()
    for file in (*sorted(STYLES.iterdir()), *(FONTS / face for face in FACES), *(FONTS.parent / name for name in CODE)):
        known.update(hashlib.sha256(file.read_bytes()).digest())
    known.update(" ".join(version(library) for library in LIBRARIES).encode())
    for library, asked in SYSTEM:
        with suppress(OSError, AttributeError):
            tell = getattr(ctypes.CDLL(library), asked)
            tell.restype = ctypes.c_char_p
            known.update(tell())
    return known.digest()
