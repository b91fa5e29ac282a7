"""A tar archive as a stream: written piece by piece from what is known, read member by member."""

import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tracker.platform.errors import Refused

BLOCK = 512
PIECE = 1024 * 1024
END = bytes(2 * BLOCK)
ENDED_EARLY = "The backup ends before it should: use another copy or an earlier backup."


def member(name: str, size: int, pieces: Iterable[bytes], *, at: int) -> Iterator[bytes]:
    """One member: ``pieces`` must be ``size`` bytes together; ``at`` is in seconds since 1970.

    Raises Refused when there were fewer or more: a file that changes while it is read is damaged.
    """
    told = tarfile.TarInfo(name)
    told.size, told.mtime, told.mode = size, at, 0o600
    yield told.tobuf(tarfile.PAX_FORMAT)
    written = 0
    for piece in pieces:
        written += len(piece)
        if written > size:
            break
        yield piece
    if written != size:
        raise Refused(f"{name} changed while it was read. Try again; if it stays so, run: tracker storage verify")
    yield bytes(-size % BLOCK)


@dataclass
class Member:
    """A member that is being read: its name, and its bytes, which can be taken once and before the next one's."""

    name: str
    _stream: BinaryIO

    def pieces(self) -> Iterator[bytes]:
        try:
            while piece := self._stream.read(PIECE):
                yield piece
        except tarfile.TarError:
            raise Refused(ENDED_EARLY) from None

    def whole(self) -> bytes:
        """For members that are known to be small."""
        return b"".join(self.pieces())


def members(stream: BinaryIO) -> Iterator[Member]:
    """Every member in order.

    Raises Refused when the archive ends early or is none.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=PIECE) as archive:
            for told in archive:
                content = archive.extractfile(told)
                if content is None:
                    raise Refused(f"The backup holds something that is no file: {told.name}")
                yield Member(told.name, content)  # type: ignore[arg-type]  # reads as a binary file does
                archive.members = []  # type: ignore[attr-defined]  # it would remember every member it has passed
    except (tarfile.TarError, EOFError):
        raise Refused(ENDED_EARLY) from None
