"""The guard on files of evidence: found, held back, taken out or kept for a reason, and reported."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given, given_child_data, given_evidence
from tests.conftest import signed_in
from tests.queries_counted import at_most
from tracker.evidence import commands as evidence_commands
from tracker.evidence.bundles import commands as bundles
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.files.models import FilePreview, FileVersion
from tracker.evidence.guard import jobs, queries
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.evidence.words.models import FileReading, FileWords
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import apart, clock, history, storage
from tracker.platform.db import db
from tracker.platform.jobs import Job

TEXT = b"Visits are in time.\n\nHer number is 943 476 5919, ring 020 7946 0123.\n"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def samira(brent: Authority) -> Person:
    return given.a_person(name="Samira Okafor", authority=brent)


@pytest.fixture
def owner(app: Flask, samira: Person) -> FlaskClient:
    return signed_in(app, samira)


@pytest.fixture
def colleague(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Jo Lee", authority=brent))


@pytest.fixture
def director(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Dee Grant", authority=brent, role=Role.DIRECTOR))


@pytest.fixture
def add(samira: Person, session: Session) -> Callable[..., Evidence]:
    def add(content: bytes = TEXT, name: str = "Notes.txt") -> Evidence:
        """A document of Samira's that a worker has looked through."""
        with history.acting(samira.id, samira.name):
            evidence = evidence_commands.add_evidence(
                given.an_authority(), kind=Kind.FILE, says=given_evidence.a_description(),
                upload=given_evidence.an_upload(content, name), by=samira, on=NOW.date(),
            )  # fmt: skip
        asked = session.scalars(select(Job).where(Job.task == "evidence.read_words").order_by(Job.queued_at)).all()
        jobs.read_words(asked[-1].payload)
        return evidence

    return add


def text_of(response_text: str) -> str:
    return " ".join(BeautifulSoup(response_text, "html.parser").main.get_text(" ").split())  # type: ignore[union-attr]


def warnings(session: Session) -> list[tuple[str, str, Decision | None]]:
    found = session.scalars(select(ChildDataWarning).order_by(ChildDataWarning.position))
    return [(one.sign.value, one.hidden, one.decision) for one in found]


def test_what_is_found_in_a_file_is_shown_with_its_place_and_hidden(
    owner: FlaskClient, add: Callable[..., Evidence]
) -> None:
    add()

    page = owner.get("/brent/evidence/1").text

    assert "Held back" in page
    assert "An NHS number Line 3 943 ••• ••••" in text_of(page)
    assert "943 476 5919" not in page
    assert "Held back: something in it could lead to a child" in owner.get("/brent/evidence").text


def test_the_words_of_a_file_are_kept_without_the_number(add: Callable[..., Evidence], session: Session) -> None:
    add()

    kept = session.scalars(select(FileWords).order_by(FileWords.position)).all()

    assert [(one.place, one.text) for one in kept] == [
        ("line 1", "Visits are in time."),
        ("line 3", "Her number is 943 ••• ••••, ring 020 •••• ••••."),
    ]


def test_a_file_that_is_held_back_opens_for_its_owner_and_who_decides_alone(
    owner: FlaskClient, colleague: FlaskClient, director: FlaskClient, add: Callable[..., Evidence]
) -> None:
    add()

    assert owner.post("/brent/evidence/1/download").data == TEXT
    assert director.post("/brent/evidence/1/download").data == TEXT
    refused = colleague.post("/brent/evidence/1/download")

    assert "The file is held back: something in it looks as if it could lead to a child." in refused.text
    assert "943" not in colleague.get("/brent/evidence/1").text
    assert colleague.get("/brent/evidence/1/child-data").status_code == 403


def test_one_number_is_taken_out_and_another_kept_for_a_reason(
    owner: FlaskClient, colleague: FlaskClient, add: Callable[..., Evidence], session: Session
) -> None:
    evidence = add()
    before = evidence.file_sha256
    assert before is not None
    number, _phone = queries.undecided(evidence, before)

    saved = owner.post(
        "/brent/evidence/1/child-data",
        data={"version": evidence.version, "take_out": str(number.id), "because": "It is the team’s own telephone"},
    )

    assert saved.status_code == 302
    assert colleague.post("/brent/evidence/1/download").data.decode("utf-8-sig") == (
        "Visits are in time.\n\nHer number is █████, ring 020 7946 0123.\n"
    )
    assert [one[2] for one in warnings(session)] == [Decision.TAKEN_OUT, Decision.KEPT]
    assert "A phone number (line 3): kept by Samira Okafor" in text_of(owner.get("/brent/evidence/1").text)
    assert not storage.exists(before)
    assert session.scalars(select(FileReading).where(FileReading.sha256 == before)).all() == []


def test_what_is_in_a_file_that_is_gone_is_not_taken_out_and_the_page_says_why(
    owner: FlaskClient, add: Callable[..., Evidence], session: Session
) -> None:
    evidence = add()
    assert evidence.file_sha256 is not None
    number, phone = queries.undecided(evidence, evidence.file_sha256)
    storage.remove_file(evidence.file_sha256)

    refused = owner.post(
        "/brent/evidence/1/child-data",
        data={"version": evidence.version, "take_out": [str(number.id), str(phone.id)]},
    )

    assert refused.status_code == 422
    assert "The file is not where files are kept. Tell whoever looks after this service." in refused.text
    assert [one[2] for one in warnings(session)] == [None, None]


def test_what_may_stay_is_asked_about_once(owner: FlaskClient, add: Callable[..., Evidence], session: Session) -> None:
    evidence = add()
    number, _phone = queries.undecided(evidence, evidence.file_sha256)
    said = {"version": evidence.version, "take_out": str(number.id), "because": "It is the team’s own telephone"}
    owner.post("/brent/evidence/1/child-data", data=said)

    asked = session.scalars(select(Job).where(Job.task == "evidence.read_words")).all()
    for job in asked:
        jobs.read_words(job.payload)

    assert len(warnings(session)) == 2
    assert "Held back" not in owner.get("/brent/evidence/1").text


def test_nothing_stays_without_a_reason(owner: FlaskClient, add: Callable[..., Evidence], session: Session) -> None:
    evidence = add()

    refused = owner.post("/brent/evidence/1/child-data", data={"version": evidence.version, "because": " "})

    assert refused.status_code == 422
    assert "Say why what is not ticked may stay, or tick it." in refused.text
    assert [one[2] for one in warnings(session)] == [None, None]


def test_the_second_of_two_who_decide_sees_what_the_first_did(owner: FlaskClient, add: Callable[..., Evidence]) -> None:
    evidence = add()
    version = evidence.version
    everything = [str(one.id) for one in queries.undecided(evidence, evidence.file_sha256)]
    owner.post("/brent/evidence/1/child-data", data={"version": version, "take_out": everything})

    again = owner.post("/brent/evidence/1/child-data", data={"version": version, "take_out": everything})

    assert "Nothing to decide" in again.text


def test_replacing_the_file_settles_what_was_found_in_it_and_removes_the_old_one(
    add: Callable[..., Evidence], session: Session, samira: Person
) -> None:
    evidence = add()
    old, new = evidence.file_sha256, given_evidence.an_upload(b"Visits are in time.", "Notes.txt")
    evidence_commands.replace_file(evidence, version=evidence.version, upload=new, by=samira)
    assert old is not None

    jobs.read_words({"authority": str(evidence.authority_id), "sha256": evidence.file_sha256, "by": None})

    assert [one[2] for one in warnings(session)] == [Decision.GONE, Decision.GONE]
    assert not storage.exists(old)
    assert [one.number for one in session.scalars(select(FileVersion))] == [2]


def test_a_file_that_cannot_be_read_says_so(owner: FlaskClient, add: Callable[..., Evidence]) -> None:
    add(given_evidence.PDF, "Scan.pdf")

    page = text_of(owner.get("/brent/evidence/1").text)

    assert "Not looked through for what could lead to a child" in page
    assert "The PDF is damaged. Open it, save it again and add the new copy." in page


def test_a_content_that_two_pieces_share_stays_for_the_other(
    owner: FlaskClient, add: Callable[..., Evidence], session: Session
) -> None:
    one, other = add(), add()
    everything = [str(each.id) for each in queries.undecided(one, one.file_sha256)]

    owner.post("/brent/evidence/1/child-data", data={"version": one.version, "take_out": everything})

    assert other.file_sha256 is not None
    assert storage.exists(other.file_sha256)
    assert len(queries.undecided(other, other.file_sha256)) == 2


def test_a_file_that_was_there_before_files_were_looked_through_is_asked_for(
    add: Callable[..., Evidence], session: Session
) -> None:
    given_evidence.evidence(kind=Kind.FILE)
    session.query(Job).delete()

    assert jobs.tidy({}) == {"asked": 1}
    assert [job.task for job in session.scalars(select(Job))] == ["evidence.read_words"]


def test_what_a_file_says_is_forgotten_once_no_evidence_has_it(
    add: Callable[..., Evidence], session: Session, samira: Person
) -> None:
    evidence = add(b"Visits are in time.")
    new = given_evidence.an_upload(b"Visits are late.", "Notes.txt")
    evidence_commands.replace_file(evidence, version=evidence.version, upload=new, by=samira)

    jobs.tidy({})

    assert session.scalars(select(FileWords)).all() == []


def test_the_report_lists_every_warning_and_never_the_value(
    owner: FlaskClient, director: FlaskClient, add: Callable[..., Evidence]
) -> None:
    evidence = add()
    number, _phone = queries.undecided(evidence, evidence.file_sha256)
    said = {"version": evidence.version, "take_out": str(number.id), "because": "It is the team’s own telephone"}
    owner.post("/brent/evidence/1/child-data", data=said)

    page = director.get("/brent/evidence/child-data").text
    file = load_workbook(io.BytesIO(director.get("/brent/evidence/child-data.xlsx?decision=kept").data))

    assert "Samira Okafor" in text_of(page)
    assert "Kept: It is the team’s own telephone" in text_of(page)
    assert "943" not in text_of(page)
    rows = [[cell.value for cell in row] for row in file["Warnings"].iter_rows(min_row=2)]
    assert [row[2:4] + row[6:9] for row in rows] == [
        ["a phone number", "line 3", "Kept", "It is the team’s own telephone", "Samira Okafor"]
    ]


def test_the_report_is_for_those_who_decide(owner: FlaskClient) -> None:
    assert owner.get("/brent/evidence/child-data").status_code == 403


def test_the_report_asks_the_database_no_more_for_many_warnings_than_for_one(
    director: FlaskClient, add: Callable[..., Evidence]
) -> None:
    for number in range(5):
        add(TEXT + f"Visit {number}\n".encode())

    director.get("/brent/evidence/child-data")

    with at_most(9):
        director.get("/brent/evidence/child-data")


def test_typed_text_that_was_kept_for_a_reason_is_in_the_report(
    owner: FlaskClient, director: FlaskClient, session: Session
) -> None:
    said = {
        "title": "Contract 1234567", "shows": "Dates are complete", "strength": "Outcome", "dated": "12 November 2025",
        "marking": "Official", "not_child_data_because": "It is the number of a contract",
    }  # fmt: skip

    owner.post("/brent/evidence/add/data", data=said, content_type="multipart/form-data")

    assert warnings(session) == [("a case number", "123••••", Decision.KEPT)]
    assert "Kept: It is the number of a contract" in text_of(director.get("/brent/evidence/child-data").text)


def test_what_was_typed_is_taken_out_when_somebody_asks_for_it(owner: FlaskClient, session: Session) -> None:
    said = {
        "title": "Visit of 943 476 5919", "shows": "Ring 07700 900123", "strength": "Outcome",
        "dated": "12 November 2025", "marking": "Official",
    }  # fmt: skip
    asked = owner.post("/brent/evidence/add/data", data=said, content_type="multipart/form-data")
    assert "Take it out for me, and save" in asked.text

    owner.post("/brent/evidence/add/data", data=said | {"take_out": "yes"}, content_type="multipart/form-data")

    evidence = session.query(Evidence).one()
    assert (evidence.title, evidence.shows) == ("Visit of █████", "Ring █████")


@pytest.mark.parametrize("kind", ["bomb", "nested", "entities"])
def test_a_hostile_file_ends_in_a_sentence(kind: str, add: Callable[..., Evidence], session: Session) -> None:
    add(HOSTILE[kind](), "Plan.docx")

    (reading,) = session.scalars(select(FileReading)).all()

    assert reading.gaps == [
        "The file is damaged, so not all of it was looked through. Open it, save it again and add the new copy."
    ]


def _word(body: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", body)
    return content.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: _word("<p>" * 300 + "<t>943 476 5919</t>" + "</p>" * 299),
    "nested": lambda: _word("<a>" * 5000 + "</a>" * 5000),
    "entities": lambda: _word(
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
        + "]><p><t>&i;</t>"
    ),
}
"""XML that does not end, that is nested without end, and that unfolds to a hundred million letters."""


@pytest.mark.any_database
def test_nothing_of_the_first_look_at_a_file_is_left(
    owner: FlaskClient, colleague: FlaskClient, add: Callable[..., Evidence], session: Session
) -> None:
    evidence = add(given_child_data.a_pdf(), "Plan.pdf")
    before = session.scalars(select(FilePreview.file_sha256)).all()
    address = "/brent/evidence/1/files/1/pages/1"
    assert [owner.get(address).status_code, colleague.get(address).status_code] == [200, 404]
    everything = [str(one.id) for one in queries.undecided(evidence, evidence.file_sha256)]

    owner.post("/brent/evidence/1/child-data", data={"version": evidence.version, "take_out": everything})

    assert len(before) == 2
    assert not storage.exists(before[0])


def test_nobody_waits_for_the_database_while_a_file_is_redacted(
    owner: FlaskClient, add: Callable[..., Evidence], monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence, really, held = add(TEXT, "Note.txt"), apart.call, []

    def call(*given: Any, **limits: Any) -> Any:
        held.append(db.session().in_transaction())
        return really(*given, **limits)

    monkeypatch.setattr(apart, "call", call)
    everything = [str(one.id) for one in queries.undecided(evidence, evidence.file_sha256)]
    owner.post("/brent/evidence/1/child-data", data={"version": evidence.version, "take_out": everything})

    assert held[0] is False
    assert queries.undecided(evidence, evidence.file_sha256) == []


def a_bundle_of_before(evidence: Evidence) -> str:
    """One that was made before anybody knew what is in the file; the key of its zip."""
    warnings = queries.undecided(evidence, evidence.file_sha256)
    for each in warnings:
        each.decision, each.decided_at, each.because = Decision.KEPT, clock.now(), "Nobody knew"
    contents = bundles.gathered(evidence.authority, [evidence], about="Plan", at=clock.now(), demonstration=False)
    owner = evidence.owner or given.a_person(authority=evidence.authority)
    bundle = bundles.ask(evidence.authority, contents, sensitive_agreed=False, by=owner, at=clock.now())
    for each in warnings:
        each.decision, each.decided_at, each.because = None, None, ""
    db.session.flush()
    assert bundle.file_sha256 is not None
    return bundle.file_sha256


@pytest.mark.any_database
def test_a_redacted_pdf_is_what_everybody_gets(
    owner: FlaskClient, colleague: FlaskClient, add: Callable[..., Evidence], tmp_path: Path
) -> None:
    evidence = add(given_child_data.a_pdf(), "Plan.pdf")
    everything = [str(one.id) for one in queries.undecided(evidence, evidence.file_sha256)]
    before = a_bundle_of_before(evidence)

    owner.post("/brent/evidence/1/child-data", data={"version": evidence.version, "take_out": everything})

    assert db.session.query(EvidenceBundle).all() == []
    assert not storage.exists(before)
    file = colleague.post("/brent/evidence/1/download")
    assert file.data.startswith(b"%PDF")
    assert file.headers["Content-Length"] == str(len(file.data))
    assert b"943 476 5919" not in file.data
