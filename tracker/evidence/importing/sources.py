"""The files of a zip or a folder, looked at before any is opened, so that a hostile one does no harm.

Names are compared and never joined to a path: a manifest that asks for ``../../etc/passwd`` asks for a file that is
not there. What is unpacked is bounded by what is read, not by what a zip says of itself.
"""

import lzma
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Protocol

from tracker.platform.errors import Refused

MOST_FILES = 2_000
"""Our choice: an authority's whole shelf is some hundreds."""
LARGEST_TOGETHER = 2 * 1024 * 1024 * 1024
"""Bytes that all files may unpack to. Our choice: ten of the largest upload."""
MOST_UNPACKED = 200
"""Times its own size that a large file may unpack to. Our choice: text packs to a 50th, bombs to a 1,000th."""
SMALL = 10 * 1024 * 1024
"""Bytes that a file may unpack to whatever its own size."""
LONGEST_NAME = 400
"""Letters of a name with its folders. Our choice."""

CHUNK = 1024 * 1024
LOCAL_HEADER = 30
"""Bytes before the name in front of each file of a zip."""
ENCRYPTED = 0x1
IN_UTF8 = 0x800
READ = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
LEFT_BY_SYSTEMS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
"""What operating systems put beside files; nobody means it."""
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError, NotImplementedError)
"""What Python's reader raises for a file inside a zip that is not what the zip says."""


class Source(Protocol):
    """Files by name. A name has ``/`` between folders and is never absolute."""

    @property
    def names(self) -> Sequence[str]: ...

    def open(self, name: str) -> BinaryIO:
        """A file of our own with what the named one holds, at its start; gone when it is closed."""
        ...


class ZipSource:
    """A zip that somebody sent. Raises Refused, before anything is unpacked, for one that is not an honest one."""

    def __init__(self, stream: BinaryIO, *, largest: int) -> None:
        self._largest = largest
        try:
            self._zip = zipfile.ZipFile(stream)
            members = [member for member in self._zip.infolist() if not _is_nobodys(member.orig_filename)]
        except DAMAGED as reason:
            raise Refused("This zip is cut off or damaged. Make it again and choose it again.") from reason
        require_bounded(members, largest=largest)
        require_apart(members, end=self._zip.start_dir)
        names = [_name(member) for member in members]
        require_plain_names(names)
        self._members: Mapping[str, zipfile.ZipInfo] = dict(zip(names, members, strict=True))

    @property
    def names(self) -> Sequence[str]:
        return list(self._members)

    def open(self, name: str) -> BinaryIO:
        try:
            with self._zip.open(self._members[name]) as packed:
                return _copied(packed, name, largest=self._largest)
        except DAMAGED as reason:
            raise Refused(
                f"“{name}” is damaged in the zip, or is not as large as it says. Make the zip again."
            ) from reason


class FolderSource:
    """A folder on this machine, with those in it. Links are refused, so that nothing outside it is taken."""

    def __init__(self, folder: Path, *, largest: int) -> None:
        self._folder, self._largest = folder, largest
        self._files = dict(_below(folder))
        if len(self._files) > MOST_FILES:
            raise Refused(_too_many(len(self._files)))
        if sum(path.stat().st_size for path in self._files.values()) > LARGEST_TOGETHER:
            raise Refused(_too_large_together())
        require_plain_names(self._files)

    @property
    def names(self) -> Sequence[str]:
        return list(self._files)

    def open(self, name: str) -> BinaryIO:
        with self._files[name].open("rb") as file:
            return _copied(file, name, largest=self._largest)


@contextmanager
def source_at(path: Path, *, largest: int) -> Iterator[Source]:
    """A folder or a zip. ``largest`` is of one file, in bytes."""
    if path.is_dir():
        yield FolderSource(path, largest=largest)
        return
    with path.open("rb") as stream:
        yield ZipSource(stream, largest=largest)


def require_bounded(members: Sequence[zipfile.ZipInfo], *, largest: int) -> None:
    """Raises Refused for more than there may be, by what the zip's own list says."""
    if len(members) > MOST_FILES:
        raise Refused(_too_many(len(members)))
    if sum(member.file_size for member in members) > LARGEST_TOGETHER:
        raise Refused(_too_large_together())
    for member in members:
        if why_not := _why_not(member, largest):
            raise Refused(f"“{member.filename[:80]}” {why_not}")


def require_apart(members: Sequence[zipfile.ZipInfo], *, end: int) -> None:
    """Raises Refused when two files share bytes, as in a bomb that unpacks the same ones a thousand times."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    begins = [*(member.header_offset for member in ordered[1:]), end]
    for member, next_begins in zip(ordered, begins, strict=True):
        if member.header_offset + LOCAL_HEADER + member.compress_size > next_begins:
            raise Refused("Files of this zip lie over one another, as no program makes them. Make the zip again.")


def require_plain_names(names: Iterable[str]) -> None:
    """Raises Refused for a name that could lead out of a folder, and for two that some systems take for one."""
    seen: dict[str, str] = {}
    for name in names:
        if why_not := _why_not_a_name(name):
            raise Refused(f"The name “{_printable(name)}” {why_not} Rename the file and make the zip again.")
        if (same := seen.setdefault(folded_name(name), name)) is not name:
            differ = "is in it twice" if same == name else f"and “{name}” differ in capitals only"
            raise Refused(f"“{same}” {differ}. Rename one and make the zip again.")


def folded_name(name: str) -> str:
    """Equal for names that Windows or macOS would take for one file.

    >>> folded_name("Visits/PLO Tracker.PDF")
    'visits/plo tracker.pdf'
    """
    return unicodedata.normalize("NFC", name).casefold()


def _name(member: zipfile.ZipInfo) -> str:
    """The name as it was meant. macOS writes UTF-8 without saying so; other alphabets cannot be told apart."""
    if member.flag_bits & IN_UTF8 or member.orig_filename.isascii():
        return member.orig_filename
    try:
        return member.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        raise Refused(
            f"The name “{_printable(member.orig_filename)}” is not written in UTF-8, so nobody can tell which letters "
            "are meant. Rename the file, or make the zip with another program."
        ) from None


def _why_not(member: zipfile.ZipInfo, largest: int) -> str:
    if member.flag_bits & ENCRYPTED:
        return "is protected by a password. Make the zip without one."
    if member.compress_type not in READ:
        return "is packed in a way that we do not read. Make an ordinary zip."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link to another file. Put the file itself into the zip."
    if member.file_size > largest:
        return f"is larger than {largest // (1024 * 1024)} MB. Leave it out of the zip."
    if member.file_size > max(SMALL, member.compress_size * MOST_UNPACKED):
        return "would unpack to far more than it can rightly hold. Leave it out of the zip."
    return ""


def _why_not_a_name(name: str) -> str:
    parts = name.split("/")
    faults = {
        "is too long.": len(name) > LONGEST_NAME,
        "holds a character that no name may hold.": any(unicodedata.category(letter) == "Cc" for letter in name),
        "has a backslash, which is a folder on Windows.": "\\" in name,
        "begins at a drive or the top of a disk.": name.startswith("/") or name[1:2] == ":",
        "leads to another folder.": any(part in {"", ".", ".."} for part in parts),
    }
    return next((why for why, wrong in faults.items() if wrong), "")


def _is_nobodys(name: str) -> bool:
    lower = name.lower()
    return name.endswith("/") or any(lower.startswith(left) or lower.endswith(f"/{left}") for left in LEFT_BY_SYSTEMS)


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise Refused(f"“{_printable(name)}” is a link to another file or folder. Put the file itself there.")
        if path.is_file() and not _is_nobodys(name):
            yield name, path


def _copied(stream: IO[bytes], name: str, *, largest: int) -> BinaryIO:
    """What the stream gives, in a file on disk that is gone when it is closed."""
    copy = TemporaryFile()  # noqa: SIM115  whoever asked for it closes it
    try:
        _copy(stream, copy, name, largest)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy


def _copy(stream: IO[bytes], to: IO[bytes], name: str, largest: int) -> None:
    size = 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > largest:
            raise Refused(f"“{name}” is larger than {largest // (1024 * 1024)} MB. Leave it out.")
        to.write(piece)


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:80]


def _too_many(count: int) -> str:
    return f"There are {count:,} files in it, and {MOST_FILES:,} may be brought in at a time. Bring in a part of them."


def _too_large_together() -> str:
    most = LARGEST_TOGETHER // 1024**3
    return f"The files are more than {most} GB together. Bring in a part of them at a time."
