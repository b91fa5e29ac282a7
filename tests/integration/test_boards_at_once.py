"""A snapshot that several take at one moment, people and the clock alike, is taken once."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests import given, given_boards, page_check
from tests.integration.test_two_at_once import at_once, directors, faults
from tracker.boards import commands
from tracker.boards.models import BoardDate, Snapshot
from tracker.platform import clock
from tracker.platform.db import db


def snapshots() -> Sequence[Snapshot]:
    db.session.rollback()
    return db.session.scalars(select(Snapshot)).all()


def test_of_four_who_take_a_snapshot_at_once_one_succeeds_and_three_are_told(shared: Flask) -> None:
    given.an_action()
    address = f"/brent/boards/dates/{given_boards.a_board_date(on=clock.today()).id}/snapshot"
    people = directors(shared)
    db.session.commit()

    answers = at_once([lambda client=client: client.post(address) for client in people])  # type: ignore[misc]  # bound

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    for answer in answers:
        if answer.status_code == 422:
            page_check.check(answer.text)
    assert len(snapshots()) == 1
    assert faults() == []


def test_a_person_and_the_clock_take_one_snapshot_between_them(shared: Flask) -> None:
    board_date = given_boards.a_board_date(on=clock.today())
    given_boards.a_board_date(board=given_boards.a_board(name="Scrutiny"), on=clock.today())
    (person, *_), address = directors(shared), f"/brent/boards/dates/{board_date.id}/snapshot"
    db.session.commit()
    person.post(address)
    db.session.rollback()

    taken = commands.take_due(clock.now())
    db.session.commit()

    assert [one.board_name for one in taken] == ["Scrutiny"]
    assert len(snapshots()) == 2


def test_of_four_who_add_one_board_date_at_once_one_succeeds(shared: Flask) -> None:
    board = given_boards.a_board()
    day = clock.today() + timedelta(days=30)
    posted = {
        "board": str(board.id),
        "first": f"{day:%-d %B %Y}",
        "repeat": "Only this date",
        "covers": "The whole plan",
    }
    people = directors(shared)
    db.session.commit()

    answers = at_once(
        [lambda client=client: client.post("/brent/boards/dates/new", data=posted) for client in people]  # type: ignore[misc]  # bound
    )

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    db.session.rollback()
    assert len(db.session.scalars(select(BoardDate)).all()) == 1
