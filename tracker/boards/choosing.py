"""Which two days are compared: what an address asks for, what it may ask for, and what can be compared of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import request

from tracker.boards import queries
from tracker.boards.comparison import Comparison, Side
from tracker.boards.models import Snapshot
from tracker.people.models import Authority
from tracker.platform import references

NOW = "now"
"""What an address says for the plan as it is."""


@dataclass(frozen=True)
class Chosen:
    """Two days to compare, the earlier one first."""

    snapshots: Sequence[Snapshot]
    """All there are, latest first."""
    then: Snapshot
    now: Snapshot | None
    """None: the plan as it is now."""
    comparison: Comparison
    note: str = ""
    """What a reader has to know where the two do not hold the same actions."""

    @property
    def arguments(self) -> dict[str, str]:
        """For links to other pages about the same two days."""
        return {"from": self.then.reference, "to": self.now.reference if self.now else NOW}

    @property
    def earlier(self) -> Snapshot | None:
        """The snapshot of the same board before the first of the two."""
        return queries.before(self.then, self.snapshots)


def asked(authority: Authority, today: date) -> Chosen | None:
    """What the address asks to compare; where it says nothing, the last board date and now. None without a snapshot."""
    snapshots = queries.snapshots(authority)
    if not snapshots:
        return None
    then = _named("from", snapshots) or _last_before(snapshots, today)
    now = None if request.args.get("to", NOW) == NOW else _named("to", snapshots)
    return chosen(authority, snapshots, then, now, today)


def chosen(
    authority: Authority, snapshots: Sequence[Snapshot], then: Snapshot, now: Snapshot | None, today: date
) -> Chosen:
    """The comparison of a snapshot with another, in whichever order they were named, or with the plan now."""
    if now is not None and now.taken_at < then.taken_at:
        then, now = now, then
    of_then, of_now = then.board_id, now.board_id if now else then.board_id
    common = of_then or of_now if None in (of_then, of_now) or of_then == of_now else None
    comparison = Comparison(
        Side(authority, then.as_at, then, common), Side(authority, now.as_at if now else today, now, common)
    )
    return Chosen(snapshots, then, now, comparison, _note(then, now, common))


def _named(argument: str, snapshots: Sequence[Snapshot]) -> Snapshot | None:
    parsed = references.parse(request.args.get(argument, ""))
    return next((one for one in snapshots if parsed == (one.prefix, one.number)), None)


def _last_before(snapshots: Sequence[Snapshot], today: date) -> Snapshot:
    return next((one for one in snapshots if one.as_at < today), snapshots[0])


def _note(then: Snapshot, now: Snapshot | None, common: UUID | None) -> str:
    if now is None:
        return f"Only the actions that {then.board_name} watches over are compared." if common else ""
    if common is not None:
        watching = then if then.board_id else now
        return f"Only the actions that {watching.board_name} watches over are compared."
    if then.board_id != now.board_id:
        return (
            f"{then.reference} holds only the actions of {then.board_name}, and {now.reference} only those of "
            f"{now.board_name}: what is new or gone here may be in the plan all along."
        )
    return ""
