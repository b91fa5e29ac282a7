"""The files that are to be read, whatever a folder holds."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.cli.importing.told import Became, Told
from tracker.inspections.reading.bounds import LARGEST_FILE
from tracker.platform.errors import Refused

ENDING = ".pdf"


@dataclass(frozen=True)
class File:
    path: Path
    name: str
    """What it is reported by: its path within the folder that was named."""

    def sha256(self) -> str | None:
        """None where it cannot be opened, or is larger than any that is read."""
        try:
            if self.path.stat().st_size > LARGEST_FILE or not self.path.is_file():
                return None
            with self.path.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            return None


def files_in(paths: tuple[Path, ...]) -> tuple[list[File], list[Told]]:
    """Every file to be read, in order, and the folders that cannot be looked into.

    A link to a file is read; a link to a folder is not followed, since it may lead back.
    """
    found: dict[Path, File] = {}
    closed: list[Told] = []
    for path in paths:
        inside = _inside(path, closed) if path.is_dir() else iter([File(path, _shown(path.name))])
        found |= {file.path: file for file in inside}
    if not found and not closed:
        raise Refused("There is no PDF in what you named")
    return list(found.values()), closed


def _inside(folder: Path, closed: list[Told]) -> Iterator[File]:
    def tell(error: OSError) -> None:
        name = _shown(os.path.relpath(error.filename, folder))
        closed.append(Told(name, Became.REFUSED, f"The folder could not be opened: {error.strerror}."))

    found = (
        Path(at, name)
        for at, _, names in os.walk(folder, onerror=tell)
        for name in names
        if name.lower().endswith(ENDING)
    )
    for path in sorted(found):
        yield File(path, _shown(str(path.relative_to(folder))))


def _shown(name: str) -> str:
    """A name that can be printed and kept, also where it was written in an alphabet that nobody remembers."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
