"""What was found in evidence and could lead to a child is decided: taken out, or kept for a reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given, given_child_data, given_evidence
from tests.given_child_data_guard import TEXT, text_of
from tests.given_child_data_guard import add as add  # a fixture
from tests.given_child_data_guard import colleague as colleague  # a fixture
from tests.given_child_data_guard import director as director  # a fixture
from tests.given_child_data_guard import owner as owner  # a fixture
from tests.given_child_data_guard import samira as samira  # a fixture
from tracker.evidence import commands as evidence_commands
from tracker.evidence.bundles import commands as bundles
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.files.models import FilePreview, FileVersion
from tracker.evidence.guard import jobs, queries
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence
from tracker.evidence.words.models import FileReading
from tracker.people.models import Person
from tracker.platform import apart, clock, storage
from tracker.platform.db import db
from tracker.platform.jobs import Job


def warnings(session: Session) -> list[tuple[str, str, Decision | None]]:
    found = session.scalars(select(ChildDataWarning).order_by(ChildDataWarning.position))
    return [(one.sign.value, one.hidden, one.decision) for one in found]


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


def test_a_content_that_two_pieces_share_stays_for_the_other(
    owner: FlaskClient, add: Callable[..., Evidence], session: Session
) -> None:
    one, other = add(), add()
    everything = [str(each.id) for each in queries.undecided(one, one.file_sha256)]

    owner.post("/brent/evidence/1/child-data", data={"version": one.version, "take_out": everything})

    assert other.file_sha256 is not None
    assert storage.exists(other.file_sha256)
    assert len(queries.undecided(other, other.file_sha256)) == 2


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
