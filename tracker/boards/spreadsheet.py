"""What moved between two days, and what a snapshot holds, as Excel files."""

from collections.abc import Sequence

from tracker.boards import comparison, queries
from tracker.boards.choosing import Chosen
from tracker.boards.models import Snapshot, SnapshotAction, SnapshotItem
from tracker.boards.movement import Moved
from tracker.web.spreadsheet import Cell, workbook

MOVED = (
    ("What changed most", 30), ("Action", 9), ("What will be done", 50), ("Item", 8), ("What needs to improve", 50),
    ("Lead", 20), ("Status then", 20), ("Status now", 20), ("Due then", 18), ("Due now", 18), ("First due", 18),
    ("Days put back", 10), ("Times moved", 10), ("Days late", 10), ("What has happened", 60),
)  # fmt: skip
KEPT = (
    ("Item", 8), ("What needs to improve", 50), ("Source", 22), ("Item owner", 20), ("Action", 9),
    ("What will be done", 50), ("Lead", 20), ("Status", 20), ("Start", 18), ("Due", 18), ("First due", 18),
    ("Times moved", 10), ("Delivered", 18), ("Signed off", 18), ("Difference due", 18),
)  # fmt: skip


def written(chosen: Chosen) -> bytes:
    """Every action that moved, as the page shows them."""
    days = chosen.comparison
    title = f"What moved in the plan from {days.then.day:%-d %B %Y} to {days.now.day:%-d %B %Y}"
    rows = [_moved(one) for one in comparison.moved(days)]
    return workbook(title, MOVED, rows, sheet="What moved")


def _moved(one: Moved) -> list[Cell]:
    then, now = one.then, one.now
    return [
        one.worst.value, one.reference, one.title, one.item_reference, one.item_title, one.lead,
        then.status.value if then else "", now.status.value if now else "", then.due_on if then else None,
        now.due_on if now else None, one.first_due_on, one.slipped or None, one.moves or None,
        one.stands.days_late or None, " ".join(one.sentences),
    ]  # fmt: skip


def kept(snapshot: Snapshot) -> bytes:
    """Every action of a snapshot."""
    title = f"{snapshot.reference}: the plan as at {snapshot.as_at:%-d %B %Y}"
    return workbook(title, KEPT, [_kept(*line) for line in queries.lines_kept(snapshot)], sheet=snapshot.reference)


def _kept(action: SnapshotAction, item: SnapshotItem) -> Sequence[Cell]:
    return [
        item.reference, item.title, item.source, item.owner_name or "No owner", action.reference, action.title,
        action.lead_name, action.status.value, action.starts_on, action.due_on, action.first_due_on,
        action.moves or None, action.delivered_on, action.signed_off_on, action.difference_due_on,
    ]  # fmt: skip
