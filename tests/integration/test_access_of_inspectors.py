"""Inspectors' access does not move with the dates by itself: that is said, and one button extends it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import signed_in
from tracker.fieldwork.models import Fieldwork
from tracker.handover.room import commands as rooms
from tracker.handover.room import queries
from tracker.people import commands as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.errors import Refused

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOVED = {
    "version": "1", "called_on": "16 November 2026", "called_at": "9:40", "remote_from": "16 November 2026",
    "first_day": "30 November 2026", "last_day": "4 December 2026", "lead_inspector": "A. Lead",
    "reason": "They asked",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def inspector(brent: Authority, fieldwork: Fieldwork, priya: Person, session: Session) -> Person:
    one = people.create_person(email="a.lead@example.org", name="A. Lead", password="")
    people.give_role(one, authority=brent, role=Role.INSPECTOR, last_day=date(2026, 11, 27))
    rooms.let_in(fieldwork, one, by=priya)
    session.commit()
    return one


def test_dates_that_move_say_whose_access_ends_too_early_and_one_button_extends_it(
    app: Flask, director: FlaskClient, fieldwork: Fieldwork, inspector: Person, priya: Person
) -> None:
    assert "ends too early" not in director.get("/brent/fieldwork/1").text
    shown = director.post("/brent/fieldwork/1/dates", data=MOVED).text
    assert "A. Lead comes in until 27 November 2026 only" in shown

    seen = shown.partition('name="seen" value="')[2].partition('"')[0].replace("&#39;", "'")
    page = director.post("/brent/fieldwork/1/dates", data={**MOVED, "seen": seen}, follow_redirects=True).text
    missing = " ".join(page.partition('id="missing"')[2].partition("</section>")[0].split())
    assert "before the last day on site, 4 December 2026: A. Lead on 27 November 2026." in missing
    assert "Extend it to 4 December 2026" in missing
    assert "A director or an administrator extends it." in signed_in(app, priya).get("/brent/fieldwork/1/room").text
    assert signed_in(app, priya).post("/brent/fieldwork/1/room/extend").status_code == 403

    done = director.post("/brent/fieldwork/1/room/extend", follow_redirects=True).text

    assert "The access of A. Lead lasts until 4 December 2026." in done
    assert inspector.memberships[0].last_day == date(2026, 12, 4)
    assert "ends too early" not in done
    assert "ends too early" not in director.get("/brent/fieldwork/1").text


def test_a_room_that_is_opened_with_nobody_named_says_that_it_is_open_for_nobody(
    director: FlaskClient, fieldwork: Fieldwork
) -> None:
    assert "so it would open for nobody" in director.get("/brent/fieldwork/1/room").text

    page = director.post("/brent/fieldwork/1/room/open", follow_redirects=True).text

    assert "The room is open. It is open for nobody yet: name an inspector" in page
    assert "Inspectors see what is handed over" not in page


def test_access_that_has_run_out_is_named_and_access_that_the_closed_room_ended_is_not(
    fieldwork: Fieldwork, inspector: Person, priya: Person
) -> None:
    membership = inspector.memberships[0]
    membership.last_day = date(2026, 11, 18)
    assert queries.inspectors(fieldwork).out_before(fieldwork.last_day) == [membership]

    rooms.close_room(rooms.open_room(fieldwork, by=priya, at=NOW), by=priya, at=NOW)

    assert queries.inspectors(fieldwork).out_before(fieldwork.last_day) == []


def test_nobodys_access_is_extended_beyond_a_day_that_is_past_or_for_nothing(
    fieldwork: Fieldwork, inspector: Person
) -> None:
    with pytest.raises(Refused, match="until the last day on site already"):
        rooms.extend(fieldwork, on=NOW.date())
    with pytest.raises(Refused, match="The last day on site is past"):
        rooms.extend(fieldwork, on=date(2026, 11, 28))
    assert inspector.memberships[0].last_day == date(2026, 11, 27)
