"""The words inside the files of evidence, with the place of each passage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tracker.search.sources.source import Ids


@dataclass(frozen=True)
class FilePassage:
    place: str
    """Where in the file, as people say it: "page 3", "sheet Plan, cell B7"."""
    text: str


def words_in_files(ids: Ids) -> Mapping[UUID, Sequence[FilePassage]]:
    """Evidence to the passages of its file, in their order. A file that is held back gives none."""
    return {}
