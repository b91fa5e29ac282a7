"""The calendar of what one owes: its days, its secret address, and what ends it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Component
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tests.given_deadlines import a_received_inspection
from tests.given_reminders import MORNING
from tests.given_reminders import _monday as _monday  # a fixture
from tests.given_reminders import person as person  # a fixture
from tests.given_reminders import samira as samira  # a fixture
from tests.queries_counted import at_most
from tracker.actions.models import Milestone
from tracker.actions.rules import Status
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock, history, sealing
from tracker.platform.db import db
from tracker.platform.errors import Conflict
from tracker.reminders import commands
from tracker.reminders.models import CalendarAddress


def calendar_path(client: FlaskClient) -> str:
    """A new address, from the page that shows it this once."""
    page = client.post("/brent/reminders/calendar")
    found = re.search(r"http://127\.0\.0\.1:8000(/calendar/[^<]+\.ics)", page.text)
    assert found is not None
    return found[1]


def events(content: bytes) -> list[Component]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_calendar_holds_the_days_of_what_one_owes_and_nothing_else(
    client: FlaskClient, samira: FlaskClient, person: Person
) -> None:
    action = given.an_action(lead=person, title="Weekly panel", due_on=date(2027, 3, 28))
    action.success_measure = "Children know their plan"
    action.milestones.append(
        Milestone(position=0, title="Terms agreed", due_on=date(2026, 12, 1), first_due_on=date(2026, 12, 1))
    )
    given.an_action(lead=person, title="Done long ago", status=Status.AWAITING_SIGN_OFF)
    given.an_action(title="Somebody else's")

    answer = client.get(calendar_path(samira))

    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    found = events(answer.data)
    assert [str(event["SUMMARY"]) for event in found] == [
        "Reach a milestone of A-1: Terms agreed",
        "Deliver A-1: Weekly panel",
    ]
    due = found[1]
    assert (due.decoded("DTSTART"), due.decoded("DTEND")) == (date(2027, 3, 28), date(2027, 3, 29))
    assert due["DTSTART"].params["VALUE"] == "DATE"
    assert str(due["UID"]) == f"action-{action.id}@inspection-readiness-tracker"
    assert str(due["URL"]) == "http://127.0.0.1:8000/brent/actions/1"
    assert "Children know their plan" not in answer.text


def test_a_directors_calendar_has_the_statutory_deadlines(
    client: FlaskClient, director: FlaskClient, brent: Authority
) -> None:
    a_received_inspection(date(2026, 10, 23))

    found = events(client.get(calendar_path(director)).data)

    assert [(str(event["SUMMARY"]), event.decoded("DTSTART")) for event in found] == [
        ("Statutory deadline of R-1: Publish the report", date(2026, 12, 4)),
        ("Statutory deadline of R-1: Send the written statement of proposed action", date(2027, 2, 3)),
    ]


def test_an_entry_keeps_its_identity_and_counts_up_when_its_day_moves(
    client: FlaskClient, samira: FlaskClient, person: Person
) -> None:
    action = given.an_action(lead=person, due_on=date(2026, 12, 1))
    path = calendar_path(samira)
    (before,) = events(client.get(path).data)
    with time_machine.travel(MORNING + timedelta(hours=1)):
        action.due_on = date(2026, 12, 11)
        db.session.flush()
        (after,) = events(client.get(path).data)

    assert after["UID"] == before["UID"]
    assert after.decoded("SEQUENCE") == before.decoded("SEQUENCE") + 1
    assert after.decoded("LAST-MODIFIED") > before.decoded("LAST-MODIFIED")
    assert after.decoded("LAST-MODIFIED").replace(microsecond=0) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert after.decoded("DTSTART") == date(2026, 12, 11)


def test_a_calendar_that_asks_again_is_told_that_nothing_changed(
    client: FlaskClient, samira: FlaskClient, person: Person
) -> None:
    action = given.an_action(lead=person)
    path = calendar_path(samira)
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, max-age=900"

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

    action.title = "Another title"
    db.session.flush()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(client: FlaskClient, samira: FlaskClient) -> None:
    first, second = calendar_path(samira), calendar_path(samira)

    assert [client.get(path).status_code for path in (first, second)] == [404, 200]
    samira.post("/brent/reminders/calendar/revoke")
    assert [client.get(path).status_code for path in (first, second)] == [404, 404]
    assert client.get("/calendar/nothing-like-it.ics").status_code == 404


def test_the_address_is_shown_once_and_only_its_hash_is_kept(
    samira: FlaskClient, session: Session, person: Person
) -> None:
    token = calendar_path(samira).removeprefix("/calendar/").removesuffix(".ics")

    assert token not in samira.get("/brent/reminders").text
    address = session.query(CalendarAddress).one()
    assert address.token_sha256 == sealing.hashed(token)
    assert all(token not in str(entry.changes) and address.token_sha256 not in str(entry.changes)
               for entry in history.of(address))  # fmt: skip


def test_two_addresses_made_at_one_moment_do_not_both_work(
    brent: Authority, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.new_calendar_address(brent, person, at=clock.now())
    monkeypatch.setattr(commands, "revoke_calendar_address", lambda *args, **more: None)

    with pytest.raises(Conflict, match="in another window"):
        commands.new_calendar_address(brent, person, at=clock.now())


def test_somebody_who_has_left_has_no_calendar(client: FlaskClient, samira: FlaskClient, person: Person) -> None:
    path = calendar_path(samira)

    person.active = False
    assert client.get(path).status_code == 404
    person.active = True
    assert client.get(path).status_code == 200
    db.session.delete(person.memberships[0])
    db.session.flush()
    assert client.get(path).status_code == 404


def test_a_calendar_is_only_read(client: FlaskClient, samira: FlaskClient) -> None:
    assert client.post(calendar_path(samira)).status_code == 405


def test_a_calendar_takes_the_same_number_of_statements_however_long_it_is(
    client: FlaskClient, samira: FlaskClient, person: Person
) -> None:
    item = given.an_item()
    for number in range(40):
        given.an_action(item=item, lead=person, title=f"Action {number}")
    path = calendar_path(samira)

    with at_most(10):
        answer = client.get(path)

    assert len(events(answer.data)) == 40


def test_long_titles_and_commas_arrive_whole(client: FlaskClient, samira: FlaskClient, person: Person) -> None:
    title = "Plans, reviews; and “visits” – " + "every child’s own words " * 8
    given.an_action(lead=person, title=title.strip())

    (event,) = events(client.get(calendar_path(samira)).data)

    assert str(event["SUMMARY"]) == f"Deliver A-1: {title.strip()}"


def test_who_owes_nothing_has_an_empty_calendar(app: Flask, client: FlaskClient, brent: Authority) -> None:
    amina = signed_in(app, given.a_person(name="Amina Yusuf", role=Role.QA_OFFICER))

    assert events(client.get(calendar_path(amina)).data) == []
