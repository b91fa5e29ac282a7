"""A bundle as a zip: the files as they are stored, an index, and checksums; the same bytes for the same contents."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from tracker.evidence.bundles import index_files, rules
from tracker.evidence.bundles.rules import Contents, Entry
from tracker.platform import storage
from tracker.platform.errors import Refused

ZIPPED_ON = (1980, 1, 1, 0, 0, 0)
"""The date of every file inside, so that the same contents make the same bytes."""
READABLE = 0o644 << 16
"""Who may read a file once it is unpacked: everybody who may read its folder."""
LARGE = 2 * 1024 * 1024 * 1024
"""Bytes from which a file is written in the way that has room for more."""


def pack(contents: Contents, to: IO[bytes]) -> None:
    """Write the zip to ``to``, a piece of a file at a time: no file is ever held whole.

    Files are not packed smaller: documents and pictures are so already. Raises Refused when a stored file is damaged.
    """
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ((rules.INDEX_PAGE, index_files.page), (rules.INDEX_SHEET, index_files.sheet)):
            sums.append((name, write(archive, name, [content(contents)], size=0)))
        for entry in contents.files:
            sums.append((entry.file, _write_entry(archive, entry)))
        write(archive, rules.CHECKSUMS, [rules.checksums(sums).encode()], size=0)


def _write_entry(archive: zipfile.ZipFile, entry: Entry) -> str:
    found = write(archive, entry.file, _pieces(entry), size=entry.size)
    if found != entry.sha256:
        raise Refused(f"The stored file of {entry.reference} is damaged. Tell whoever looks after this service.")
    return found


def _pieces(entry: Entry) -> Iterator[bytes]:
    if not storage.exists(entry.sha256):
        raise Refused(f"The file of {entry.reference} is no longer where files are kept. Ask for the bundle anew.")
    return storage.pieces(entry.sha256)


def write(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], *, size: int) -> str:
    """Put one file into a zip, a piece at a time; ``size`` is about its bytes. Its SHA-256."""
    member, digest = zipfile.ZipInfo(name, ZIPPED_ON), hashlib.sha256()
    member.external_attr = READABLE
    with archive.open(member, "w", force_zip64=size > LARGE) as part:
        for piece in pieces:
            digest.update(piece)
            part.write(piece)
    return digest.hexdigest()
