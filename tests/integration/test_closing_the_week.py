"""Closing an inspection: what is still open is named first, its room is closed with it, and it can be opened again."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.given_fieldwork import NOON, a_fieldwork, a_request, evidence_to_hand_over
from tests.given_fieldwork import at_noon_of_the_week as at_noon_of_the_week  # a fixture
from tracker.fieldwork import commands as fieldworks
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands
from tracker.handover.room import commands as rooms
from tracker.handover.room import queries as room_queries
from tracker.people import commands as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.errors import Refused

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("at_noon_of_the_week")]


@pytest.fixture
def inspector(brent: Authority, fieldwork: Fieldwork, priya: Person) -> Person:
    one = people.create_person(email="a.lead@example.org", name="A. Lead", password="")
    people.give_role(one, authority=brent, role=Role.INSPECTOR, last_day=date(2026, 11, 27))
    rooms.let_in(fieldwork, one, by=priya)
    return one


def test_what_is_open_is_named_first_and_the_room_is_closed_with_it(
    director: FlaskClient, session: Session, brent: Authority, fieldwork: Fieldwork, inspector: Person, priya: Person
) -> None:
    checklist.add(fieldwork, name="Rotas", due_on=date(2026, 11, 19), owner=None, note="")
    request = a_request(fieldwork)
    commands.choose(request, reference=evidence_to_hand_over(brent, "Policy").reference, by=priya, at=NOON)
    rooms.open_room(fieldwork, by=priya, at=NOON)
    session.commit()

    page = " ".join(director.get("/brent/fieldwork/1/close").text.split())

    assert fieldwork.is_open
    for told in (
        "on site until 27 November 2026", "not ready: Rotas", "H-1</a> is not answered",
        "E-1 Policy is chosen for", "room</a> is open since",
    ):  # fmt: skip
        assert told in page
    assert 'name="with_room" type="checkbox" value="y" checked' in page
    done = director.post("/brent/fieldwork/1/close", data={"with_room": "y"}, follow_redirects=True).text
    assert (
        "N-1 closed. Everything in it stays and can be read. The inspectors’ room is closed: 1 inspector out." in done
    )
    assert room_queries.open_in(brent) is None
    assert inspector.memberships[0].last_day == date(2026, 11, 19)
    assert "is closed since" in director.get("/brent/fieldwork/1/close").text


def test_told_so_the_room_stays_open(
    director: FlaskClient, session: Session, brent: Authority, fieldwork: Fieldwork, inspector: Person, priya: Person
) -> None:
    rooms.open_room(fieldwork, by=priya, at=NOON)
    session.commit()

    director.post("/brent/fieldwork/1/close")

    assert not fieldwork.is_open
    assert room_queries.open_in(brent) is not None
    assert inspector.memberships[0].last_day == date(2026, 11, 27)


def test_with_nothing_open_the_page_says_so(director: FlaskClient, session: Session, fieldwork: Fieldwork) -> None:
    fieldwork.remote_from = fieldwork.first_day = fieldwork.last_day = date(2026, 11, 19)
    session.commit()

    page = director.get("/brent/fieldwork/1/close").text

    assert "Nothing: every meeting is over" in page
    assert "with_room" not in page
    assert "/brent/fieldwork/1/close" in director.get("/brent/fieldwork/1").text


def test_a_closed_one_is_opened_again_for_a_reason_that_the_history_keeps(
    director: FlaskClient, brent: Authority, fieldwork: Fieldwork
) -> None:
    with pytest.raises(Refused, match="open already"):
        fieldworks.reopen(fieldwork, reason="Too early")
    fieldworks.close(fieldwork, at=NOON)
    assert 'href="/brent/fieldwork/1/reopen"' in director.get("/brent/fieldwork/1").text
    assert director.post("/brent/fieldwork/1/reopen", data={"reason": ""}).status_code == 422

    told = director.post("/brent/fieldwork/1/reopen", data={"reason": "Two days to come"}, follow_redirects=True).text

    assert "N-1 is open again." in told
    assert fieldwork.is_open
    assert history.of(fieldwork)[0].why == "Two days to come"
    assert "/reopen" not in told


def test_while_another_of_its_sort_is_open_it_stays_closed(brent: Authority, fieldwork: Fieldwork) -> None:
    fieldworks.close(fieldwork, at=NOON)
    a_fieldwork(authority=brent)

    with pytest.raises(Refused, match="N-2 is still open"):
        fieldworks.reopen(fieldwork, reason="Too early")
    assert not fieldwork.is_open
