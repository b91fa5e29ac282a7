"""The board report: a snapshot beside the one before it, frozen, and refused where it is no longer what was taken."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
import time_machine
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from reports import contents as pack
from reports.contents import PackContents
from tests import given, given_boards
from tests.given_boards import noon
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.boards import integrity, queries
from tracker.packs import commands, jobs
from tracker.packs import queries as packs
from tracker.packs.gathering import board as gathering
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.errors import Refused

SEPTEMBER, OCTOBER, TODAY = date(2026, 9, 28), date(2026, 10, 26), date(2026, 11, 22)
Chapter = TypeVar("Chapter")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(noon(TODAY), tick=False):
        yield


@pytest.fixture
def slipped(brent: Authority) -> Action:
    """An action that was put back between two snapshots, and went off track after the second."""
    board = given_boards.a_board()
    item = given.an_item(title="Care proceedings")
    action = given.an_action(item=item, title="Weekly panel", due_on=date(2026, 11, 1))
    given_boards.a_snapshot(board=board, on=SEPTEMBER)
    action.due_on = date(2026, 12, 1)
    given.an_action(item=item, title="Ask families", due_on=date(2027, 1, 8), status=Status.NOT_STARTED)
    given_boards.a_snapshot(board=board, on=OCTOBER)
    action.status = Status.OFF_TRACK
    return action


def frozen(brent: Authority, number: int | None = None) -> PackContents:
    snapshot = queries.snapshot(brent, number) if number else None
    made = commands.freeze(brent, kind=PackKind.BOARD, by=None, at=clock.now(), about=snapshot)
    return PackContents.from_json(made.contents)


def chapter(contents: PackContents, kind: type[Chapter]) -> Chapter:
    return next(each for each in contents.chapters if isinstance(each, kind))


def test_the_report_says_what_moved_between_the_snapshot_and_the_one_before(brent: Authority, slipped: Action) -> None:
    moved = chapter(frozen(brent), pack.WhatMoved)

    assert moved.lede == "Since 28 September 2026: 1 action is put back by 30 days. 1 action is new."
    assert [(group.head, [action.reference for action in group.actions]) for group in moved.groups] == [
        ("Due date put back (1)", ["A-1"]),
        ("New (1)", ["A-2"]),
    ]
    (action,) = moved.groups[0].actions
    assert action.says == ("Put back by 30 days, from 1 November 2026 to 1 December 2026.",)
    assert (action.status.text, action.item) == ("On track", "I-1 Care proceedings")


def test_what_happened_after_the_snapshot_is_not_in_it(brent: Authority, slipped: Action) -> None:
    contents = frozen(brent)

    assert contents.as_at == OCTOBER
    assert contents.made_on == TODAY
    assert "Off track" not in str(chapter(contents, pack.WhatMoved))
    assert chapter(contents, pack.OverTime).states.points[-1].on == OCTOBER


def test_then_and_now_sets_what_is_delivered_without_evidence_apart(brent: Authority) -> None:
    board = given_boards.a_board()
    action = given.an_action()
    given_boards.a_snapshot(board=board, on=SEPTEMBER)
    action.status, action.signed_off_on = Status.IMPACT_NOT_EVIDENCED, OCTOBER
    given_boards.a_snapshot(board=board, on=OCTOBER)

    standing = chapter(frozen(brent), pack.WhatMoved).standing

    assert standing is not None
    assert [(row.word, row.then, row.now) for row in standing.rows if row.apart] == [
        ("Delivered, impact not yet evidenced", 0, 1)
    ]
    assert standing.apart.startswith("1 of 1 actions is delivered, but")


def test_how_far_each_item_is_from_target_is_drawn_and_listed(brent: Authority, slipped: Action) -> None:
    far = chapter(frozen(brent), pack.HowFar)

    (item,) = far.items
    assert (item.reference, item.planned_on, item.expected_on) == ("I-1", date(2027, 1, 8), date(2027, 1, 8))
    assert (item.distance.text, item.since, item.furthest) == (
        "As planned", "68 days later", "one action 30 days behind",
    )  # fmt: skip
    assert far.timeline is not None
    assert [bar.reference for bar in far.timeline.bars] == ["I-1"]
    assert "In 1 an action is behind the day first promised for it, by up to 30 days." in far.lede


def test_the_first_report_of_a_board_has_nothing_to_compare_with(brent: Authority, slipped: Action) -> None:
    moved = chapter(frozen(brent, 1), pack.WhatMoved)

    assert moved.groups == ()
    assert "first snapshot of this board" in moved.lede
    assert moved.standing is not None
    assert all(row.then is None for row in moved.standing.rows)


def test_the_same_snapshot_makes_the_same_contents(brent: Authority, slipped: Action) -> None:
    first, second = (frozen(brent).to_json() for _ in range(2))

    assert first | {"reference": ""} == second | {"reference": ""}


def test_a_report_without_a_snapshot_is_refused_in_its_page(director: FlaskClient, brent: Authority) -> None:
    page = director.post("/brent/packs/", data={"kind": "board"})

    assert page.status_code == 422
    assert "There is no snapshot yet. Take one for a board date, then make its report." in page.text
    assert packs.packs(brent) == []


def test_a_snapshot_that_was_tampered_with_makes_no_report(
    brent: Authority, slipped: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "holds", lambda snapshot: False)

    with pytest.raises(Refused, match="B-2 is no longer what was taken"):
        frozen(brent)


def test_long_lists_are_cut_and_say_how_many_more(
    brent: Authority, slipped: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = given.a_person(authority=brent)
    for number in range(4):
        given.an_action(lead=lead, due_on=date(2027, 1, 1 + number))
    given_boards.a_snapshot(board=queries.snapshots(brent)[0].board_date.board, on=TODAY)
    monkeypatch.setattr(gathering, "MOST_OF_A_CHANGE", 3)

    new = chapter(frozen(brent), pack.WhatMoved).groups[-1]

    assert (new.head, len(new.actions), new.more) == ("New (4)", 3, 1)


def test_the_report_of_a_snapshot_is_made_from_its_page_and_downloaded(
    director: FlaskClient, brent: Authority, slipped: Action
) -> None:
    assert "Make the board report" in director.get("/brent/boards/snapshots/1").text

    page = director.post("/brent/packs/board/2", follow_redirects=True)

    assert page.request.path == "/brent/packs/1"
    assert "Board report, as at 26 October 2026, B-2" in page.text
    file = director.post("/brent/packs/1/download")
    with PdfDocument(file.data) as pdf:
        assert "Report to the improvement board" in pdf[0].get_textpage().get_text_bounded().replace("\r\n", " ")
    assert director.post("/brent/packs/board/9").status_code == 404


def test_the_command_line_makes_the_report_of_the_newest_snapshot(
    brent: Authority, slipped: Action, tmp_path: Path
) -> None:
    made = jobs.make_file(PackKind.BOARD, authority=brent, to=tmp_path / "board.pdf")

    assert made.title == "Board report, as at 26 October 2026, B-2"
    assert (tmp_path / "board.pdf").stat().st_size == made.file_size
