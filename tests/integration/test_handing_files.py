"""Handing over a file that is no evidence: the same rules for what comes in, and for what may leave."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import clamd_server, given_evidence
from tests.clamd_server import Clamd
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork, a_request
from tracker.evidence.files import commands as files
from tracker.evidence.files import jobs as scanning
from tracker.evidence.files import queries as contents
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Marking
from tracker.handover import commands, export, jobs
from tracker.handover.models import HandedFile, InspectorRequest
from tracker.packs import commands as packs
from tracker.packs.rules import PackKind
from tracker.people.models import Authority, Person
from tracker.platform import storage_check
from tracker.platform.db import db
from tracker.platform.errors import Refused

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROTA = b"day,team\nMonday,North\nTuesday,South\n"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def request_(brent: Authority) -> InspectorRequest:
    return a_request(a_fieldwork(authority=brent), words="The duty rota")


def added(
    request: InspectorRequest, by: Person, content: bytes = ROTA, marking: Marking = Marking.OFFICIAL
) -> HandedFile:
    kept = files.keep(io.BytesIO(content), "Duty rota.csv", authority_id=request.authority_id)
    return commands.add_file(request, kept, title="Duty rota", marking=marking, by=by, at=NOW)


def hand_over(request: InspectorRequest, by: Person) -> None:
    commands.hand_over(request, version=request.version, answer="", to="A. Lead", by=by, at=NOW)


def test_a_file_goes_from_a_computer_to_the_inspectors_and_is_no_evidence(
    director: FlaskClient, request_: InspectorRequest, session: Session
) -> None:
    session.commit()
    sent = {"file": (io.BytesIO(ROTA), "Duty rota.csv"), "title": "Duty rota", "marking": "Official"}
    page = director.post("/brent/requests/1/files/new", data=sent, follow_redirects=True).text
    assert "H-1 file 1 Duty rota" in " ".join(page.split())

    told = {"version": request_.version, "answer": "", "to": "A. Lead"}
    page = director.post("/brent/requests/1/hand-over", data=told, follow_redirects=True).text

    assert "H-1 handed over." in page
    (file,) = request_.files
    assert (file.called, file.file_name, file.read_at) == ("H-1 file 1", "Duty rota.csv", NOW)
    assert session.query(Evidence).count() == 0
    assert export.contents_of(request_.fieldwork).files[0][0] == "001 H-1/01 H-1 file 1 Duty rota.csv"
    assert storage_check.is_referred_to(file.file_sha256)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"title": "Rota"}, "Choose the file."),
        ({"file": (io.BytesIO(b"MZ\x90\x00 runs"), "rota.exe"), "title": "Rota"}, "You can add PDF"),
        ({"file": (io.BytesIO(ROTA), "rota.csv"), "title": ""}, "Say what the file is"),
        ({"file": (io.BytesIO(ROTA), "rota.csv"), "title": "Of 943 476 5919"}, "NHS number"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_words_and_changes_nothing(
    director: FlaskClient, request_: InspectorRequest, session: Session, sent: dict[str, object], why: str
) -> None:
    session.commit()

    answer = director.post("/brent/requests/1/files/new", data={"marking": "Official", **sent})

    assert answer.status_code == 422
    assert why in answer.text
    assert session.query(HandedFile).count() == 0


def test_what_surely_leads_to_a_child_never_leaves(request_: InspectorRequest, amina: Person, priya: Person) -> None:
    file = added(request_, amina, b"name,nhs number\nA,943 476 5919\n")

    with pytest.raises(Refused, match=r"has an NHS number at .*\. Leave it out, take that out of it"):
        hand_over(request_, amina)
    with pytest.raises(Refused, match="an NHS number"):
        commands.look(file, by=priya, at=NOW)


def test_what_may_lead_to_a_child_leaves_after_a_colleague_looked(
    app: Flask, request_: InspectorRequest, amina: Person, priya: Person
) -> None:
    file = added(request_, amina, b"team,call\nNorth,020 7946 0991\n")
    db.session.commit()

    assert "A phone number" in signed_in(app, priya).get("/brent/requests/1").text
    with pytest.raises(Refused, match="has something that could lead to a child: a colleague other than Amina Yusuf"):
        hand_over(request_, amina)
    commands.look(file, by=priya, at=NOW)
    hand_over(request_, amina)

    assert file.handing is not None


def test_a_marked_file_needs_the_second_look_as_evidence_does(
    request_: InspectorRequest, amina: Person, priya: Person
) -> None:
    file = added(request_, amina, marking=Marking.OFFICIAL_SENSITIVE)

    with pytest.raises(Refused, match="is marked Official-Sensitive: a colleague other than Amina Yusuf"):
        hand_over(request_, amina)
    with pytest.raises(Refused, match="You chose H-1 file 1 yourself"):
        commands.look(file, by=amina, at=NOW)
    commands.look(file, by=priya, at=NOW)
    hand_over(request_, amina)


def test_nothing_leaves_before_it_was_looked_through(
    request_: InspectorRequest, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.handover.commands.jobs.enqueue", lambda *said, **named: None)
    file = added(request_, amina)

    with pytest.raises(Refused, match="still being looked through"):
        hand_over(request_, amina)
    jobs.look_through({"file": str(file.id)})
    jobs.look_through({"file": str(file.id)})
    hand_over(request_, amina)


def test_a_scanner_holds_it_and_takes_it_away(
    app: Flask, session: Session, request_: InspectorRequest, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clamd_server.a_clamd() as clamd:
        file = _held(app, request_, amina, clamd, monkeypatch)
        with pytest.raises(Refused, match="virus scanner"):
            hand_over(request_, amina)
        scanning.scan({"sha256": file.file_sha256})

    with pytest.raises(Refused, match="scanner"):
        hand_over(request_, amina)
    assert signed_in(app, amina).post(f"/brent/requests/files/{file.id}/download").status_code == 409


def _held(
    app: Flask, request: InspectorRequest, by: Person, clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> HandedFile:
    monkeypatch.setitem(app.config, "CLAMD", clamd.address)
    monkeypatch.setattr("tracker.evidence.files.commands.jobs.enqueue", lambda *said, **named: None)
    return added(request, by, b"day,team\nMonday,planted harm\n")


def test_left_out_it_is_gone_and_forgotten(request_: InspectorRequest, amina: Person) -> None:
    file = added(request_, amina)
    sha256 = file.file_sha256

    commands.leave_out(file)

    assert not storage_check.is_referred_to(sha256)
    assert contents.content(sha256) is None
    assert added(request_, amina, b"day,team\nMonday,East\n").called == "H-1 file 1"


def test_the_same_file_is_chosen_once_and_a_row_is_of_evidence_or_a_pack_or_neither(
    brent: Authority, request_: InspectorRequest, amina: Person, session: Session
) -> None:
    file = added(request_, amina)
    with pytest.raises(Refused, match="chosen already"):
        added(request_, amina)

    file.evidence = given_evidence.evidence(authority=brent)
    file.pack = packs.freeze(brent, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=NOW)
    with pytest.raises(IntegrityError):
        session.flush()
