"""What inspectors ask for and are given: the clock, the second look, two at once, and the export."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import page_check
from tests.given_fieldwork import a_fieldwork, a_request
from tests.given_handover import NOW, a_document, given_over
from tests.given_handover import _now as _now  # a fixture
from tests.queries_counted import at_most
from tracker.fieldwork import commands as fieldworks
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands, export, queries
from tracker.handover.models import HandedFile
from tracker.people.models import Authority, Person
from tracker.platform import history, storage
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

pytestmark = pytest.mark.both_databases


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
