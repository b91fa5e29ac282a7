"""Published reports of other authorities, for the search of all reports."""

from collections.abc import Iterator
from functools import partial

from tracker.corpus import commands as corpus
from tracker.demonstration.stage import Scene, Stage
from tracker.inspections.reading import Unreadable, read_all
from tracker.settings import SEED

FOLDER = SEED / "inspections" / "published"
DAY = -12
"""When they were added: after the own reports, before the call can come."""
BY = "amina"


def additions(stage: Stage) -> Iterator[Scene]:
    yield Scene(DAY, BY, partial(_add, stage))


def _add(stage: Stage) -> None:
    """Read side by side, added in the order of their names, so that every loading is the same."""
    read = dict(read_all(sorted(FOLDER.glob("*.pdf")), SEED / "frameworks"))
    for path in sorted(read):
        reading = read[path]
        if isinstance(reading, Unreadable):
            raise reading
        corpus.take_in(stage.council, path, reading)
