"""Files, kept by what they hold: the key of a file is the SHA-256 of its bytes. The one door to obstore."""

import hashlib
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from tracker.platform.errors import Refused

CHUNK = 1024 * 1024

OF_A_FILE = {"stored_file": True}
"""Goes into ``info`` of every column that holds the key of a stored file: ``tracker storage verify`` asks them all."""

PERHAPS_GONE = {"stored_file": False}
"""Goes into ``info`` of a column that only remembers which file it was: that file may be gone, and nobody minds."""

REMOVED = {"removed_file": True}
"""Goes into ``info`` of every column that holds the key of a file that was taken out of the store on purpose."""

PARTS_AT_ONCE = 2
"""Pieces of 5 MB of one file that are on their way to the store: what an upload needs of memory, however large."""

KEY = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})")
LOCAL = "file://"
TRIED_OUT = "tried-out-"
"""How the name of what is only written to be removed again begins."""
GONE = "The file is not where files are kept. Tell whoever looks after this service."
HALF_WRITTEN = "#"
"""In the name of what obstore writes beside a file until it is whole; a process that is killed leaves it there."""


@dataclass(frozen=True)
class Stored:
    """What was kept: ``sha256`` names it from now on; ``size`` is in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Kept:
    """A file in the store. ``sha256`` is empty where its name is none of ours."""

    key: str
    sha256: str
    written_at: datetime


def keep(stream: BinaryIO) -> Stored:
    """Store what ``stream`` holds from its start, in pieces, and say what it was. The same content twice is kept once.

    It is read twice, first for its name, so that no copy of it is made beside the one that a request brought.

    It is written again even so: it is young from then on, and not taken for something that nobody refers to.

    Raises Refused when it is empty or larger than the setting allows.
    """
    return _kept(stream, largest=current_app.config["LARGEST_UPLOAD"])


def keep_made(stream: BinaryIO) -> Stored:
    """As ``keep``, for what we made ourselves of stored files: it may be larger than any one of them."""
    return _kept(stream, largest=None)


def _kept(stream: BinaryIO, *, largest: int | None) -> Stored:
    stream.seek(0)
    stored = _measured(stream, largest)
    stream.seek(0)
    obstore.put(_store(), key(stored.sha256), stream, max_concurrency=PARTS_AT_ONCE)
    return stored


def _measured(stream: BinaryIO, largest: int | None) -> Stored:
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        _check_size(size, largest)
        digest.update(piece)
    if size == 0:
        raise Refused("The file is empty. Choose a file that has something in it.")
    return Stored(digest.hexdigest(), size)


def pieces(sha256: str) -> Iterator[bytes]:
    """The bytes of a stored file, in order, never all at once.

    The file is found now and not at the first piece: a server reads a response after its request has ended.

    Raises Refused when it is gone from the store.
    """
    found = sized(sha256)
    if found is None:
        raise Refused(GONE)
    return found.pieces


@dataclass(frozen=True)
class Sized:
    """A stored file: how many bytes it has, and the bytes, never all at once."""

    size: int
    pieces: Iterator[bytes]


def sized(sha256: str) -> Sized | None:
    """A stored file with its size; None where there is no such file."""
    try:
        found = obstore.get(_store(), key(sha256))
    except FileNotFoundError:
        return None
    return Sized(found.meta["size"], (bytes(piece) for piece in found.stream(min_chunk_size=CHUNK)))


def take_in(sha256: str, content: Iterator[bytes]) -> None:
    """Store what comes out of a backup under the name that it has there; whoever calls looks whether it is that.

    Raises Refused when the store has no room or does not answer.
    """
    try:
        obstore.put(_store(), key(sha256), content, max_concurrency=PARTS_AT_ONCE)
    except BaseError as fault:
        raise Refused(f"The store did not take a file: {str(fault).splitlines()[0]}") from fault


@contextmanager
def on_disk(sha256: str, *, suffix: str = "") -> Iterator[Path]:
    """A stored file as a file on this machine, for libraries that read only those. Gone afterwards.

    Raises Refused when it is gone from the store.
    """
    with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
        for piece in pieces(sha256):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)


def exists(sha256: str) -> bool:
    try:
        obstore.head(_store(), key(sha256))
    except (FileNotFoundError, BaseError):
        return False
    return True


def written_at(sha256: str) -> datetime | None:
    """When it was last written; None where there is no such file."""
    try:
        return obstore.head(_store(), key(sha256))["last_modified"]
    except (FileNotFoundError, BaseError):
        return None


def kept() -> Iterator[Kept]:
    """Everything in the store, a little at a time. What is half written is not among it."""
    for batch in obstore.list(_store()):
        for one in batch:
            if one["path"].startswith(TRIED_OUT):
                continue
            found = KEY.fullmatch(one["path"])
            yield Kept(one["path"], found[2] if found else "", one["last_modified"])


def is_whole(sha256: str) -> bool:
    """Whether a file still holds what its name says; reads all of it."""
    digest = hashlib.sha256()
    for piece in pieces(sha256):
        digest.update(piece)
    return digest.hexdigest() == sha256


def remove(key: str) -> None:
    obstore.delete(_store(), key)


def remove_file(sha256: str) -> None:
    remove(key(sha256))


def folder() -> Path | None:
    """Where files lie on this machine; None where they are in a bucket."""
    url: str = current_app.config["STORAGE_URL"]
    return Path(url.removeprefix(LOCAL)) if url.startswith(LOCAL) else None


def try_out() -> None:
    """Write a small file, read it and remove it.

    Raises Refused when that cannot be done.
    """
    name = f"{TRIED_OUT}{secrets.token_hex(8)}"
    try:
        obstore.put(_store(), name, b"tried out")
        whole = bytes(obstore.get(_store(), name).bytes()) == b"tried out"
        obstore.delete(_store(), name)
    except (BaseError, OSError) as fault:
        raise Refused("The store cannot be written to.") from fault
    if not whole:
        raise Refused("The store does not give back what was written to it.")


def half_written() -> list[Path]:
    """What killed processes left beside the files of a local folder. Other stores show nothing that is not whole."""
    place = folder()
    return [path for path in place.rglob(f"*{HALF_WRITTEN}*") if path.is_file()] if place else []


def _check_size(size: int, largest: int | None) -> None:
    if largest is not None and size > largest:
        raise Refused(f"The file is larger than {largest // (1024 * 1024)} MB. Choose a smaller file.")


def key(sha256: str) -> str:
    """What a file is called in the store."""
    return f"{sha256[:2]}/{sha256}"


def _store() -> ObjectStore:
    store: ObjectStore = current_app.extensions.setdefault("storage", None) or _open(current_app.config["STORAGE_URL"])
    current_app.extensions["storage"] = store
    return store


def _open(url: str) -> ObjectStore:
    if url.startswith(LOCAL):
        return LocalStore(prefix=Path(url.removeprefix(LOCAL)), mkdir=True)
    return from_url(url)
