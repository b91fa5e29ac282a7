"""Which file of a zip or folder a row means, and what each file turned out to be."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import BinaryIO

from tracker.evidence import file_names, file_types
from tracker.evidence.files.commands import KeptFile
from tracker.evidence.importing.sources import CHUNK, Source, folded_name
from tracker.platform.errors import Refused

Keep = Callable[[BinaryIO, str], KeptFile]
"""Takes what a file holds and its name; checks it, and perhaps stores it. Raises Refused."""
Progress = Callable[[int], None]
"""Is told how many files have been gone through."""


@dataclass(frozen=True)
class Names:
    """The names of a source as a manifest may write them: with or without folders, in other capitals."""

    names: Sequence[str]
    manifest: str = ""
    """Its own name, when it is one of them."""

    def find(self, written: str) -> str | None:
        """The name that is meant; None for none, and for one that several could be."""
        plain = folded_name(written.strip().replace("\\", "/").removeprefix("./"))
        beside = folded_name(str(PurePosixPath(self.manifest).parent / plain)) if self.manifest else plain
        return self._by_name.get(beside) or self._by_name.get(plain) or self._alone(plain)

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {folded_name(name): name for name in self.names}

    @cached_property
    def _in_any_folder(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            found[folded_name(PurePosixPath(name).name)].append(name)
        return found

    def _alone(self, plain: str) -> str | None:
        """The only file of this name, whatever folder it is in."""
        found = self._in_any_folder.get(plain, ())
        return found[0] if len(found) == 1 else None

    def without_row(self, asked: Iterable[str]) -> tuple[str, ...]:
        """The files that no row asks for, by name."""
        wanted = {self.find(one) for one in asked}
        return tuple(sorted(name for name in self.names if name not in wanted and name != self.manifest))


@dataclass(frozen=True)
class Gone:
    """What became of each file that a row asks for."""

    kept: Mapping[str, KeptFile]
    refused: Mapping[str, str] = field(default_factory=dict)
    """Name -> why it is not taken."""


def go_through(source: Source, names: Sequence[str], *, keep: Keep, progress: Progress) -> Gone:
    """Open each file in turn, never two at once, and do with it what ``keep`` does."""
    kept: dict[str, KeptFile] = {}
    refused: dict[str, str] = {}
    for count, name in enumerate(names, start=1):
        try:
            with source.open(name) as stream:
                kept[name] = keep(stream, PurePosixPath(name).name)
        except Refused as refusal:
            refused[name] = str(refusal)
        progress(count)
    return Gone(kept, refused)


def seen(stream: BinaryIO, name: str) -> KeptFile:
    """What a file would be kept as: checked like any upload, and not stored."""
    kind = file_types.recognise(stream, name)
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    return KeptFile(digest.hexdigest(), file_names.safe(name, kind), size, kind.media_type)


def doubled(found: Iterable[str | None]) -> frozenset[str]:
    """The names that more than one row asks for."""
    return frozenset(name for name, times in Counter(found).items() if name and times > 1)
