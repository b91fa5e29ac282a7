"""What inspectors ask for and are given: the clock, the second look, two at once, the export, and the room."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_evidence, page_check
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork, a_request
from tests.queries_counted import at_most
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking
from tracker.fieldwork import commands as fieldworks
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands, export, queries
from tracker.handover.models import HandedFile, InspectorRequest
from tracker.handover.room import commands as rooms
from tracker.handover.room import queries as room_queries
from tracker.people import commands as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import history, storage
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.staff import commands as staff
from tracker.staff.commands import What

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def inspector(brent: Authority) -> Person:
    one = people.create_person(email="a.lead@example.org", name="A. Lead", password="")
    people.give_role(one, authority=brent, role=Role.INSPECTOR, last_day=date(2026, 11, 27))
    db.session.flush()
    return one


def a_document(authority: Authority, content: bytes, *, sensitive: bool = False) -> Evidence:
    evidence = given_evidence.evidence(authority=authority, kind=Kind.FILE, title="Supervision policy")
    stored = storage.keep(io.BytesIO(content))
    evidence.file_sha256, evidence.file_size, evidence.file_name = stored.sha256, stored.size, "Policy: 2026.pdf"
    evidence.marking = Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL
    db.session.flush()
    return evidence


def given_over(request: InspectorRequest, by: Person, *documents: Evidence, answer: str = "") -> None:
    for one in documents:
        commands.choose(request, reference=one.reference, by=by, at=NOW)
    commands.hand_over(request, version=request.version, answer=answer, to="A. Lead", by=by, at=NOW)


def test_a_request_is_written_down_handed_over_and_told_through_the_pages(
    director: FlaskClient, fieldwork: Fieldwork, brent: Authority
) -> None:
    document = a_document(brent, b"%PDF the policy")
    told = {
        "version": "0", "sort": "Request", "words": "Please send the supervision policy", "asked_by": "A. Lead",
        "asked_on": "20 November 2026", "asked_at": "9:40", "due_on": "20 November 2026", "due_at": "16:00",
    }  # fmt: skip
    page = director.post("/brent/fieldwork/1/requests/new", data=told, follow_redirects=True).text
    assert "H-1 written down." in page
    assert "4 hours left" in page
    assert "Due within 24 hours (1)" in director.get("/brent/fieldwork/1/requests").text

    director.post("/brent/requests/1/files", data={"reference": document.reference})
    version = queries.by_number(brent, 1).version  # type: ignore[union-attr]  # written down above
    page = director.post(
        "/brent/requests/1/hand-over", data={"version": version, "answer": "As agreed.", "to": "A. Lead"},
        follow_redirects=True,
    ).text  # fmt: skip

    assert "H-1 handed over." in page
    assert "4 hours before it was due" in page
    assert str(document.file_sha256) in page
    assert "Nothing yet" not in director.get("/brent/fieldwork/1/requests").text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"due_at": ""}, "Enter the day and the time"),
        ({"asked_on": "21 November 2026"}, "cannot be still to come"),
        ({"due_on": "19 November 2026"}, "cannot be due before"),
        ({"words": "About 943 476 5919"}, "NHS number"),
        ({"asked_at": "half nine"}, "must be a time of day"),
    ],
)
def test_a_wrong_request_changes_nothing(
    director: FlaskClient, fieldwork: Fieldwork, wrong: dict[str, str], why: str
) -> None:
    told = {
        "version": "0", "sort": "Request", "words": "The policy", "asked_by": "A. Lead", "asked_on": "20 November 2026",
        "asked_at": "9:40", "due_on": "20 November 2026", "due_at": "16:00",
    }  # fmt: skip
    answer = director.post("/brent/fieldwork/1/requests/new", data=told | wrong)

    assert answer.status_code == 422
    assert why in answer.text
    assert queries.requests(fieldwork) == []


def test_what_is_marked_leaves_only_after_a_colleague_looked(
    fieldwork: Fieldwork, brent: Authority, amina: Person, priya: Person
) -> None:
    request, document = a_request(fieldwork), a_document(brent, b"%PDF sensitive", sensitive=True)
    file = commands.choose(request, reference=document.reference, by=amina, at=NOW)

    with pytest.raises(Refused, match="a colleague other than Amina Yusuf has to look"):
        commands.hand_over(request, version=request.version, answer="", to="A. Lead", by=priya, at=NOW)
    with pytest.raises(Refused, match="You chose E-1 yourself"):
        commands.look(file, by=amina, at=NOW)
    commands.look(file, by=priya, at=NOW)
    handing = commands.hand_over(request, version=request.version, answer="", to="A. Lead", by=amina, at=NOW)

    assert [one.looked_by for one in handing.files] == [priya]
    assert history.of(document)[0].what == "looked at"


def test_what_changed_since_it_was_chosen_does_not_leave(fieldwork: Fieldwork, brent: Authority, amina: Person) -> None:
    request, document = a_request(fieldwork), a_document(brent, b"%PDF first")
    file = commands.choose(request, reference=document.reference, by=amina, at=NOW)
    document.file_sha256 = storage.keep(io.BytesIO(b"%PDF second")).sha256

    with pytest.raises(Refused, match="has a newer file"):
        commands.hand_over(request, version=request.version, answer="", to="A. Lead", by=amina, at=NOW)
    commands.leave_out(file)
    with pytest.raises(Refused, match="nothing to hand over"):
        commands.hand_over(request, version=request.version, answer="", to="A. Lead", by=amina, at=NOW)
    for reference, why in (("E-77", "no E-77 here"), ("A-1", "such as E-12"), ("P-9", "no P-9 here")):
        with pytest.raises(Refused, match=why):
            commands.choose(request, reference=reference, by=amina, at=NOW)


def test_the_second_of_two_who_hand_over_sees_the_first(
    director: FlaskClient, fieldwork: Fieldwork, amina: Person
) -> None:
    request = a_request(fieldwork)
    opened = request.version
    given_over(request, amina, answer="It is on page 4.")

    answer = director.post("/brent/requests/1/hand-over", data={"version": opened, "answer": "Page 5.", "to": "B."})

    assert answer.status_code == 422
    assert "Amina Yusuf handed H-1 over to A. Lead at 12:00 on 20 November" in answer.text
    assert "It is on page 4." in answer.text
    assert len(request.handings) == 1
    with pytest.raises(Conflict):
        commands.withdraw(request, version=opened, because="Not needed", replaced_by=None, at=NOW)


def test_a_withdrawn_request_and_what_was_taken_back_stay_on_record(
    fieldwork: Fieldwork, amina: Person, brent: Authority
) -> None:
    first, second = a_request(fieldwork), a_request(fieldwork, words="The newer policy")
    given_over(first, amina, a_document(brent, b"%PDF old"))
    commands.take_back(first.handings[0], because="It was last year’s", at=NOW)
    commands.withdraw(first, version=first.version, because="Asked anew", replaced_by=second, at=NOW)

    with pytest.raises(Refused, match="no longer asked for"):
        commands.choose(first, reference="E-1", by=amina, at=NOW)
    with pytest.raises(Refused, match="taken back already"):
        commands.take_back(first.handings[0], because="Again", at=NOW)
    assert [one.withdrawn_because for one in queries.handed_over(fieldwork)] == ["It was last year’s"]
    fieldworks.close(fieldwork, at=NOW)
    with pytest.raises(Refused, match="is closed"):
        commands.hand_over(second, version=second.version, answer="Here", to="A. Lead", by=amina, at=NOW)


def test_the_export_has_every_file_an_index_and_checksums_and_is_the_same_twice(
    director: FlaskClient, brent: Authority, amina: Person
) -> None:
    fieldwork = a_fieldwork(authority=brent, rehearsal=True)
    assert director.post("/brent/fieldwork/1/requests/export").status_code == 409
    large = b"%PDF" + bytes(range(256)) * 9000
    given_over(a_request(fieldwork), amina, a_document(brent, large), a_document(brent, b"%PDF small"))
    given_over(a_request(fieldwork, words="=HYPERLINK"), amina, answer="In words alone")
    a_request(fieldwork, words="Never answered")
    db.session.flush()

    first = director.post("/brent/fieldwork/1/requests/export")
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        second = b"".join(export.stream(export.contents_of(fieldwork)))

    assert first.data == second
    assert "brent-rehearsal-N-1-handed-over.zip" in first.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(first.data)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        lines = [line.split("  ", 1) for line in packed.read("SHA256SUMS").decode().splitlines()]
        sums = {name: sha256 for sha256, name in lines}
        assert sums == {n: hashlib.sha256(packed.read(n)).hexdigest() for n in names if n != "SHA256SUMS"}
        rows = list(csv.DictReader(io.StringIO(packed.read("index.csv").decode("utf-8-sig"))))
        page = packed.read("index.html").decode()
    page_check.check_file(page)
    assert names[2:-1] == ["001 H-1/01 E-1 Policy_ 2026.pdf", "001 H-1/02 E-2 Policy_ 2026.pdf"]
    assert [row["Bytes"] for row in rows] == [str(len(large)), "10", ""]
    assert rows[2]["In the inspector’s words"] == "'=HYPERLINK"
    assert "REHEARSAL" in page
    assert "Never answered" in page
    assert history.of(fieldwork)[0].what == "everything that was handed over downloaded"


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


def test_the_page_of_the_inspection_says_how_many_requests_stand_how(
    director: FlaskClient, fieldwork: Fieldwork, amina: Person
) -> None:
    assert "None yet" in director.get("/brent/fieldwork/1").text
    a_request(fieldwork, due_at=NOW - timedelta(hours=1))
    a_request(fieldwork, due_at=NOW + timedelta(hours=2))
    given_over(a_request(fieldwork), amina, answer="Here.")

    page = " ".join(director.get("/brent/fieldwork/1").text.split())

    assert "3 requests</a>" in page
    assert "1 late" in page
    assert "1 due soon, 1 handed over" in page


def test_the_statements_of_the_board_do_not_grow(
    session: Session, fieldwork: Fieldwork, brent: Authority, amina: Person
) -> None:
    for number in range(5):
        given_over(a_request(fieldwork), amina, a_document(brent, b"%%PDF %d" % number))
    session.expire_all()
    with at_most(6):
        for request in queries.requests(fieldwork):
            assert [file.chosen_by.name for file in request.files] == ["Amina Yusuf"]
            assert request.handings[0].handed_by.name == "Amina Yusuf"
    assert session.query(HandedFile).count() == 5
