"""One page of what a snapshot holds."""

from collections.abc import Sequence

from tracker.boards import queries
from tracker.boards.models import Snapshot, SnapshotAction, SnapshotItem
from tracker.web.paging import Page, asked_page

PER_PAGE = 20

Line = tuple[SnapshotAction, SnapshotItem]


def one_page(snapshot: Snapshot) -> Page[Line]:
    """The asked page of its actions by item, each with the item as it was. Two statements."""
    total = queries.count_kept(snapshot)
    number = asked_page(total, PER_PAGE)
    rows: Sequence[Line] = queries.lines_kept(snapshot, limit=PER_PAGE, skip=(number - 1) * PER_PAGE)
    return Page(rows, number, total, PER_PAGE)
