"""What the newest entries were on a day, kept outside the database.

Whoever may write to the database can put all of it back to an earlier day, head and seal with it; from inside that
looks whole. A line that is kept elsewhere says that there was more.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import select

from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.history.entries import HistoryEntry, HistoryHead, seal_of, sealed_by_us


class Anchor(BaseModel):
    """One line of the file: a chain's newest entry at a moment, signed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str
    chain: UUID
    sequence: int
    hash: str
    seal: str = ""

    @property
    def signed(self) -> tuple[object, ...]:
        return ("anchor", self.at, self.chain, self.sequence, self.hash)


class NotAsAnchored(NamedTuple):
    """What is wrong; ``chain`` None: the line itself cannot be believed."""

    chain: UUID | None
    fault: str


def anchored() -> Iterator[Anchor]:
    """A line for each chain, as it is now."""
    at = clock.now().isoformat(timespec="seconds")
    for head in db.session.scalars(select(HistoryHead).order_by(HistoryHead.id)):
        anchor = Anchor(at=at, chain=head.id, sequence=head.sequence, hash=head.hash)
        yield anchor.model_copy(update={"seal": seal_of(*anchor.signed)})


def not_as_anchored(lines: Iterable[str]) -> Iterator[NotAsAnchored]:
    """Where the trail is not what these lines say it was."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            anchor = Anchor.model_validate_json(line)
        except ValidationError:
            yield NotAsAnchored(None, f"Line {number} of the file of anchors is none of ours")
            continue
        yield from _compared(number, anchor)


def _compared(number: int, anchor: Anchor) -> Iterator[NotAsAnchored]:
    if not sealed_by_us(anchor.seal, *anchor.signed):
        yield NotAsAnchored(None, f"Line {number} of the file of anchors was changed, or signed with another key")
        return
    there = db.session.scalar(
        select(HistoryEntry.hash).where(HistoryEntry.chain == anchor.chain, HistoryEntry.sequence == anchor.sequence)
    )
    if there is None and anchor.sequence:
        yield NotAsAnchored(anchor.chain, f"There were {anchor.sequence} entries on {anchor.at}; the newest are gone")
    elif there is not None and there != anchor.hash:
        yield NotAsAnchored(anchor.chain, f"Entry {anchor.sequence} is not the one that was there on {anchor.at}")
