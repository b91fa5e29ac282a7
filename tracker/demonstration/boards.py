"""The boards that look at the plan: their dates, and the snapshots that were taken for them."""

from collections.abc import Iterator
from functools import partial

from tracker.actions import commands as actions
from tracker.actions import queries as known
from tracker.actions.models import GovernanceBoard
from tracker.boards import commands as boards
from tracker.boards import queries
from tracker.boards.models import BoardDate
from tracker.boards.rules import Covers, Repeat
from tracker.demonstration.schema import Day, Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.platform import clock


class Taken(Told):
    day: Past
    by: str = ""
    """Empty: it took itself."""


class Board(Told):
    key: str
    name: str
    added: Past
    by: str
    first: Day
    repeat: str
    covers: str
    taken: tuple[Taken, ...] = ()


class BoardsFile(Told):
    boards: tuple[Board, ...]


def scenes(stage: Stage, told: BoardsFile) -> Iterator[Scene]:
    for board in told.boards:
        yield Scene(board.added, board.by, partial(_meet, stage, board))
        for taken in board.taken:
            yield Scene(taken.day, taken.by, partial(_take, stage, board, taken))


def _meet(stage: Stage, told: Board) -> None:
    by = stage.person(told.by)
    boards.add_dates(
        _board(stage, told),
        first=stage.day(told.first),
        repeat=Repeat[told.repeat.upper()],
        covers=Covers[told.covers.upper()],
        by=by,
        on=stage.day(told.added),
    )


def _board(stage: Stage, told: Board) -> GovernanceBoard:
    """The one of this name, which an action may have named before; else a new one."""
    named = (board for board in known.boards(stage.council) if board.name == told.name)
    board = next(named, None) or actions.add_board(stage.council, name=told.name, by=stage.person(told.by))
    return stage.keep(f"board {told.key}", board)


def _take(stage: Stage, told: Board, taken: Taken) -> None:
    if not taken.by:
        boards.take_due(clock.now())
        return
    boards.take(_date(stage, told, taken), by=stage.person(taken.by), at=clock.now())


def _date(stage: Stage, told: Board, taken: Taken) -> BoardDate:
    board, on = stage.get(GovernanceBoard, f"board {told.key}"), stage.day(taken.day)
    return next(date for date in queries.dates(stage.council) if date.board_id == board.id and date.on == on)
