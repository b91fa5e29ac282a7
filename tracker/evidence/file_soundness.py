"""Whether a file is whole, one thing only, and no trap for whoever opens it. Nearly nothing is unpacked for it."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import BinaryIO

from tracker.platform.errors import Refused

TAIL = 66 * 1024
"""Bytes at the end that are looked at: a zip's own end is in the last 65,557."""

ENDS_WITH: Mapping[str, bytes] = {".pdf": b"%%EOF", ".png": b"IEND", ".jpg": b"\xff\xd9"}
"""What stands near the end of a file that is whole, by the usual ending of its kind."""

END_OF_ZIP = b"PK\x05\x06"
END_OF_ZIP_SIZE = 22
"""Bytes, without the comment whose length its last two hold."""

MOST_MEMBERS = 10_000
LARGEST_UNPACKED = 1024 * 1024 * 1024
"""Bytes. Our choice: five times the largest upload; a workbook of a million rows stays below."""
MOST_UNPACKED = 200
"""Times its own size that a large member may unpack to. Our choice: text packs to a 50th, bombs to a 1,000th."""
SMALL = 10 * 1024 * 1024
"""Bytes that a member may unpack to whatever its own size."""

MOST_PIXELS = 200_000_000
"""Of a picture. Our choice: the largest telephone camera of today; each takes three or four bytes of memory."""
MARKER = 0xFF
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Second bytes of a frame header's marker: after it, a length and the bits of a sample come height and width."""

ENCRYPTED = 0x1
"""Bit of a member's flags."""

MACROS = ("vbaproject.bin", "xl/macrosheets/", "activex/")
RUNS = frozenset(
    {".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".lnk", ".hta"}
)
"""Endings of what runs when somebody opens it inside a document."""
ARCHIVES = frozenset({".zip", ".7z", ".rar", ".gz", ".tar", ".iso", ".cab"})
"""Endings of what may hold anything, itself again among it."""

EMBEDDED = ".bin"
PACKAGE = "Ole10Native".encode("utf-16-le")
"""The stream of an embedded object into which Windows packs any file at all: [MS-OLEDS], 2.3.6."""


def require_whole(stream: BinaryIO, suffix: str, name: str) -> None:
    """Raises Refused for a file that ends too soon, or that a zip archive hangs on to."""
    tail = _tail(stream)
    ending = ENDS_WITH.get(suffix)
    if ending is not None and ending not in tail:
        raise Refused(
            f"The file begins as {name} and stops before its end. Open it where it came from, save it again and add "
            "the new copy."
        )
    if _ends_as_zip(tail):
        raise Refused(
            f"The file is {name} and a zip archive at once, which does harm more often than good. "
            "Save it again, or print it to a PDF, and add the new copy."
        )


def require_few_pixels(head: bytes, suffix: str) -> None:
    """Raises Refused for a picture that would take more memory to open than whoever opens it may have."""
    width, height = SIZE_OF.get(suffix, _no_size)(head)
    if width * height > MOST_PIXELS:
        raise Refused(
            f"The picture is {width:,} by {height:,} pixels, more than it can be opened with. Save it smaller and add "
            "the new copy."
        )


def _no_size(head: bytes) -> tuple[int, int]:
    return 0, 0


def _size_of_png(head: bytes) -> tuple[int, int]:
    """Width and height in pixels: the header is the first chunk (PNG specification, 11.2.2)."""
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def _size_of_jpeg(head: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the frame header (ITU-T T.81, B.2.2); nothing if that comes later."""
    place = 2
    while place + 9 <= len(head) and head[place] == MARKER:
        if head[place + 1] in FRAMES:
            return int.from_bytes(head[place + 7 : place + 9]), int.from_bytes(head[place + 5 : place + 7])
        place += 2 + int.from_bytes(head[place + 2 : place + 4])
    return 0, 0


SIZE_OF: Mapping[str, Callable[[bytes], tuple[int, int]]] = {".png": _size_of_png, ".jpg": _size_of_jpeg}


def require_harmless(members: Sequence[zipfile.ZipInfo]) -> None:
    """Raises Refused for an Office file with macros, programs, a password, or more in it than it can rightly hold."""
    names = [member.filename.lower() for member in members]
    if any(mark in name for name in names for mark in MACROS):
        raise Refused("The file holds macros, which can do harm. Save it without macros and add it again.")
    if any(PurePosixPath(name).suffix in RUNS for name in names):
        raise Refused("The file holds a program. Take it out of the document, save it and add it again.")
    if any(PurePosixPath(name).suffix in ARCHIVES for name in names):
        raise Refused("The file holds an archive of other files. Take it out and add what is in it one by one.")
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refused("The file is protected by a password. Save it without one and add it again.")
    if _is_a_bomb(members):
        raise Refused("The file would unpack to far more than it can rightly hold. Save it again as a new file.")


def require_no_packages(archive: zipfile.ZipFile) -> None:
    """Raises Refused for an Office file with an object that packs a file of any kind. Come after ``require_harmless``.

    These objects are the only parts that are unpacked, a piece at a time.
    """
    for member in archive.infolist():
        if member.filename.lower().endswith(EMBEDDED) and _is_package(archive, member):
            raise Refused(
                "The file holds another file, packed as an object of any kind. Take it out of the document, "
                "save it and add that file by itself."
            )


def _is_package(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as part:
        before = b""
        while piece := part.read(TAIL):
            if PACKAGE in before + piece:
                return True
            before = piece[-len(PACKAGE) :]
    return False


def _is_a_bomb(members: Sequence[zipfile.ZipInfo]) -> bool:
    return (
        len(members) > MOST_MEMBERS
        or sum(member.file_size for member in members) > LARGEST_UNPACKED
        or any(member.file_size > max(SMALL, member.compress_size * MOST_UNPACKED) for member in members)
    )


def _tail(stream: BinaryIO) -> bytes:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL))
    tail = stream.read(TAIL)
    stream.seek(0)
    return tail


def _ends_as_zip(tail: bytes) -> bool:
    """Whether a zip's own end is the end of the file: one that a document merely encloses is not."""
    place = tail.rfind(END_OF_ZIP)
    if place < 0 or len(tail) < place + END_OF_ZIP_SIZE:
        return False
    comment = int.from_bytes(tail[place + END_OF_ZIP_SIZE - 2 : place + END_OF_ZIP_SIZE], "little")
    return place + END_OF_ZIP_SIZE + comment == len(tail)
