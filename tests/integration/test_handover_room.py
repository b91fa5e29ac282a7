"""The room that inspectors read in: what it shows, who is let in, and how it is closed."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import given
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork, a_request
from tests.given_handover import NOW, a_document, given_over
from tests.given_handover import _now as _now  # a fixture
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands
from tracker.handover.room import commands as rooms
from tracker.handover.room import queries as room_queries
from tracker.people import commands as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.staff import commands as staff
from tracker.staff.commands import What

pytestmark = pytest.mark.both_databases


@pytest.fixture
def inspector(brent: Authority) -> Person:
    one = people.create_person(email="a.lead@example.org", name="A. Lead", password="")
    people.give_role(one, authority=brent, role=Role.INSPECTOR, last_day=date(2026, 11, 27))
    db.session.flush()
    return one


def test_the_room_shows_what_was_handed_over_on_record_and_is_closed_at_once(
    app: Flask, director: FlaskClient, brent: Authority, amina: Person, inspector: Person, fieldwork: Fieldwork
) -> None:
    request, document = a_request(fieldwork), a_document(brent, b"%PDF given")
    given_over(request, amina, document, answer="It is attached.")
    chosen = commands.choose(request, reference=a_document(brent, b"%PDF kept").reference, by=amina, at=NOW)
    rehearsed = a_request(a_fieldwork(authority=brent, rehearsal=True), words="Only practised")
    given_over(rehearsed, amina, document)
    client = signed_in(app, inspector)
    rooms.let_in(fieldwork, inspector, by=amina)
    db.session.commit()
    file = request.handings[0].files[0]
    others = [chosen.id, rehearsed.handings[0].files[0].id]

    assert "The room is closed" in client.get("/brent/inspectors-room").text
    director.post("/brent/fieldwork/1/room/open")
    assert "It is attached." not in client.get("/brent/inspectors-room").text
    page = client.post("/brent/inspectors-room/enter", follow_redirects=True).text
    assert "It is attached." in page
    assert "Only practised" not in page
    assert client.post(f"/brent/inspectors-room/files/{file.id}").data == b"%PDF given"
    assert [client.post(f"/brent/inspectors-room/files/{one}").status_code for one in others] == [404, 404]
    assert [client.get(f"/brent/{one}").status_code for one in ("readiness", "fieldwork/1/requests")] == [403, 403]

    there = director.get("/brent/fieldwork/1/room").text
    assert "taken in the inspectors’ room" in there
    assert "A. Lead" in there

    assert "1 inspector out" in director.post("/brent/fieldwork/1/room/close", follow_redirects=True).text
    assert client.get("/brent/inspectors-room").status_code == 404
    assert client.post(f"/brent/inspectors-room/files/{file.id}").status_code == 404


def an_inspector(brent: Authority, name: str) -> Person:
    one = people.create_person(email=f"{name[0].lower()}@example.org", name=name, password="")
    people.give_role(one, authority=brent, role=Role.INSPECTOR, last_day=date(2026, 11, 27))
    return one


def test_closing_a_room_ends_the_access_of_its_own_inspectors_alone(
    app: Flask, director: FlaskClient, brent: Authority, amina: Person, inspector: Person, fieldwork: Fieldwork
) -> None:
    practice = a_fieldwork(authority=brent, rehearsal=True)
    friend, both = an_inspector(brent, "C. Friend"), an_inspector(brent, "B. Both")
    for one, where in ((inspector, fieldwork), (both, fieldwork), (friend, practice), (both, practice)):
        rooms.let_in(where, one, by=amina)
    rooms.open_room(fieldwork, by=amina, at=NOW)
    db.session.commit()

    closed = director.post("/brent/fieldwork/1/room/close", follow_redirects=True).text

    assert "1 inspector out" in closed
    days = {one.name: one.memberships[0].last_day for one in (inspector, friend, both)}
    assert days == {"A. Lead": date(2026, 11, 19), "C. Friend": date(2026, 11, 27), "B. Both": date(2026, 11, 27)}
    director.post("/brent/fieldwork/2/room/open")
    reads = {one.name: signed_in(app, one).get("/brent/inspectors-room") for one in (inspector, friend, both)}
    assert {name: answer.status_code for name, answer in reads.items()} == {
        "A. Lead": 404, "C. Friend": 200, "B. Both": 200,
    }  # fmt: skip
    assert "Go in" in reads["C. Friend"].text


def test_who_was_not_let_in_finds_a_closed_room_and_is_let_in_from_its_page(
    app: Flask, director: FlaskClient, brent: Authority, amina: Person, inspector: Person, fieldwork: Fieldwork
) -> None:
    request = a_request(fieldwork)
    given_over(request, amina, a_document(brent, b"%PDF given"))
    rooms.open_room(fieldwork, by=amina, at=NOW)
    db.session.commit()
    client, file = signed_in(app, inspector), request.handings[0].files[0]

    assert "The room is closed" in client.get("/brent/inspectors-room").text
    assert client.post("/brent/inspectors-room/enter").status_code == 409
    assert client.post(f"/brent/inspectors-room/files/{file.id}").status_code == 409
    assert "is not let in here" in director.get("/brent/fieldwork/1/room").text

    there = director.post("/brent/fieldwork/1/room/let-in", data={"person": inspector.id}, follow_redirects=True).text
    assert "A. Lead comes into the room of N-1 while it is open." in there
    assert "Go in" in client.get("/brent/inspectors-room").text
    nobody = director.post("/brent/fieldwork/1/room/let-in", data={"person": amina.id}, follow_redirects=True).text
    assert "Choose an inspector who is not let in yet." in nobody


def test_the_page_of_the_inspection_says_what_opening_the_room_needs_and_opens_it(
    app: Flask, director: FlaskClient, brent: Authority, fieldwork: Fieldwork
) -> None:
    before = director.get("/brent/fieldwork/1").text
    assert "It stands ready, and is closed" in before
    assert "so it would open for nobody. Give the name of each, her e-mail address, and until when" in before
    form = director.get("/brent/people/new?inspector_until=2026-11-27").text
    assert 'value="27 November 2026"' in form
    assert 'value="inspector" checked' in form
    assert director.get("/brent/people/new?inspector_until=soon").status_code == 200

    new = {"name": "S. Second", "email": "s@example.org", "role": "inspector", "last_day": "27 November 2026"}
    added = director.post("/brent/people/new", data=new).text
    assert "S. Second is added, and comes into the room of N-1 while it is open." in added

    rooms.let_in(fieldwork, an_inspector(brent, "F. First"), by=fieldwork.started_by)
    db.session.commit()
    assert "S. Second would come in until 27 November 2026" in director.get("/brent/fieldwork/1").text
    assert "F. First would come in until 27 November 2026" in director.get("/brent/fieldwork/1").text
    assert 'action="/brent/fieldwork/1/room/open"' in director.get("/brent/fieldwork/1").text
    director.post("/brent/fieldwork/1/room/open")

    assert "F. First comes in until 27 November 2026" in director.get("/brent/fieldwork/1").text
    lead = signed_in(app, given.a_person(authority=brent, role=Role.ACTION_LEAD))
    seen = lead.get("/brent/fieldwork/1").text
    assert "It is open since" in seen
    assert "/room/close" not in seen

    director.post("/brent/fieldwork/1/close")
    over = director.get("/brent/fieldwork/1").text
    assert "/room/close" in over
    assert "N-1 is closed: nobody else is let in." in over
    director.post("/brent/fieldwork/1/room/close")
    assert "/room/" not in director.get("/brent/fieldwork/1").text.replace('href="/brent/fieldwork/1/room"', "")


def test_a_new_inspector_is_of_the_inspection_that_is_open_and_of_none_where_two_are(
    brent: Authority, fieldwork: Fieldwork
) -> None:
    dana = given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR)
    what = What(role=Role.INSPECTOR, last_day=date(2026, 11, 27))
    first = staff.add(brent, email="f@example.org", name="F. First", what=what, by=dana, on=NOW.date())
    practice = a_fieldwork(authority=brent, rehearsal=True)
    second = staff.add(brent, email="s@example.org", name="S. Second", what=what, by=dana, on=NOW.date())

    assert room_queries.inspectors(fieldwork).let_in == [first]
    assert room_queries.inspectors(practice).let_in == []
    assert second in room_queries.inspectors(practice).others
    with pytest.raises(Refused, match="Only an inspector"):
        rooms.let_in(practice, dana, by=dana)


def test_what_was_taken_back_is_not_offered_and_one_room_alone_is_open(
    brent: Authority, amina: Person, fieldwork: Fieldwork
) -> None:
    request = a_request(fieldwork)
    given_over(request, amina, a_document(brent, b"%PDF given"))
    room = rooms.open_room(fieldwork, by=amina, at=NOW)
    file = request.handings[0].files[0]
    assert room_queries.file(room, file.id) is file

    commands.take_back(request.handings[0], because="Wrong file", at=NOW)
    assert room_queries.file(room, file.id) is None
    rehearsal = a_fieldwork(authority=brent, rehearsal=True)
    with pytest.raises(Refused, match="The room of N-1 is open"):
        rooms.open_room(rehearsal, by=amina, at=NOW)
    rooms.close_room(room, by=amina, at=NOW)
    with pytest.raises(Refused, match="closed already"):
        rooms.close_room(room, by=amina, at=NOW)
