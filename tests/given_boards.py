"""What a test about boards is given."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine

from tests.given import a_person, an_authority, stored
from tracker.actions.models import GovernanceBoard
from tracker.boards import commands, comparison
from tracker.boards.comparison import Comparison
from tracker.boards.models import BoardDate, Snapshot
from tracker.boards.movement import Moved
from tracker.boards.rules import Covers
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock

SEPTEMBER, OCTOBER, TODAY = date(2026, 9, 28), date(2026, 10, 26), date(2026, 11, 22)


def a_board(*, name: str = "Improvement board", authority: Authority | None = None) -> GovernanceBoard:
    return stored(GovernanceBoard(authority=authority or an_authority(), name=name))


def a_board_date(
    *, board: GovernanceBoard | None = None, on: date = date(2026, 10, 26), covers: Covers = Covers.WHOLE_PLAN
) -> BoardDate:
    board = board or a_board()
    return stored(BoardDate(authority_id=board.authority_id, board=board, on=on, covers=covers))


def a_snapshot(
    *, board: GovernanceBoard | None = None, on: date = date(2026, 10, 26), covers: Covers = Covers.WHOLE_PLAN
) -> Snapshot:
    """The plan as it is now, kept as though it had been on that day."""
    board_date = a_board_date(board=board, on=on, covers=covers)
    planner = a_person(name="Dana Whitfield", authority=board_date.authority, role=Role.DIRECTOR)
    return commands.take(board_date, by=planner, at=noon(on))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.LONDON)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(noon(TODAY), tick=False):
        yield


def one(comparison_: Comparison) -> Moved:
    (found,) = comparison.moved(comparison_)
    return found
