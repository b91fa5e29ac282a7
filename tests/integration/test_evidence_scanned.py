"""Where there is a virus scanner, a file is in quarantine until nothing was found in it."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import clamd_server, given, given_evidence
from tests.clamd_server import Clamd
from tracker.evidence import commands
from tracker.evidence.files import commands as files
from tracker.evidence.files import jobs, queries
from tracker.evidence.files.rules import Scan
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.evidence.several import commands as several
from tracker.people.models import Authority, Person
from tracker.platform import clock, history, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import Job, JobState, TryLater
from tracker.platform.scanning import NotScanned, found_in
from tracker.platform.storage_check import check

CLEAN, INFECTED = b"month,late\nMay,7\n", b"month,late\nMay,planted harm\n"


@pytest.fixture
def clamd(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clamd]:
    with clamd_server.a_clamd() as clamd:
        monkeypatch.setitem(app.config, "CLAMD", clamd.address)
        yield clamd


@pytest.fixture
def away(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner is set, and nobody answers there."""
    monkeypatch.setitem(app.config, "CLAMD", "unix:///nowhere/clamd.ctl")


def add(authority: Authority, content: bytes = CLEAN, *, by: Person | None = None) -> Evidence:
    return commands.add_evidence(
        authority,
        kind=Kind.FILE,
        says=given_evidence.a_description(),
        upload=given_evidence.an_upload(content, "late.csv"),
        by=by or given.a_person(authority=authority),
        on=date(2026, 11, 20),
    )


def scan_of(evidence: Evidence) -> Scan:
    content = queries.content(evidence.file_sha256)
    assert content is not None
    return content.scan


@pytest.mark.usefixtures("clamd")
def test_a_clean_file_leaves_quarantine_and_is_looked_at(head_of_service: FlaskClient, brent: Authority) -> None:
    evidence = add(brent)

    page = head_of_service.get("/brent/evidence/1").text

    assert scan_of(evidence) is Scan.CLEAN
    assert "Nothing harmful was found in it." in page
    assert "How late.csv begins" in page
    assert head_of_service.post("/brent/evidence/1/download").data == CLEAN


@pytest.mark.usefixtures("away")
def test_an_infected_file_is_removed_and_its_evidence_says_what_was_found(
    app: Flask, head_of_service: FlaskClient, monkeypatch: pytest.MonkeyPatch, brent: Authority
) -> None:
    evidence = add(brent, INFECTED)
    with clamd_server.a_clamd() as clamd:
        monkeypatch.setitem(app.config, "CLAMD", clamd.address)
        jobs.scan({"sha256": evidence.file_sha256})

    page = head_of_service.get("/brent/evidence/1").text

    assert "The virus scanner found “Planted-Harm” in this file on" in page
    assert "Download late.csv" not in page
    assert head_of_service.post("/brent/evidence/1/download").status_code == 409
    assert not storage.exists(str(evidence.file_sha256))
    assert history.of(evidence)[0].what == "file removed: the virus scanner found “Planted-Harm”"
    assert check().lost == []


@pytest.mark.usefixtures("clamd")
def test_whoever_owns_it_finds_on_my_work_that_its_file_was_removed(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    add(brent, INFECTED, by=session.query(Person).filter_by(name="Samira Okafor").one())

    assert "E-1 has lost its file" in " ".join(head_of_service.get("/brent/").text.replace("</a>", "").split())


@pytest.mark.usefixtures("away")
def test_a_file_stays_in_quarantine_while_the_scanner_does_not_answer(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    evidence = add(brent)

    page = head_of_service.get("/brent/evidence/1").text

    assert scan_of(evidence) is Scan.WAITING
    assert "In quarantine" in page
    assert "How late.csv begins" not in page
    assert head_of_service.post("/brent/evidence/1/download").status_code == 409
    assert head_of_service.get("/brent/evidence/1/files/1/pages/1").status_code == 404
    assert queries.why_shut(str(evidence.file_sha256)).startswith("The virus scanner has not looked at this file yet")
    job = session.query(Job).filter_by(task="evidence.scan").one()
    assert (job.state, job.message) == (JobState.QUEUED, "The virus scanner could not look at the file.")
    assert job.not_before is not None


@pytest.mark.usefixtures("away")
def test_it_is_tried_again_and_let_out_when_the_scanner_answers(
    app: Flask, monkeypatch: pytest.MonkeyPatch, brent: Authority
) -> None:
    evidence = add(brent)
    with pytest.raises(TryLater):
        jobs.scan({"sha256": evidence.file_sha256})

    with clamd_server.a_clamd() as clamd:
        monkeypatch.setitem(app.config, "CLAMD", clamd.address)
        jobs.scan({"sha256": evidence.file_sha256})

    assert scan_of(evidence) is Scan.CLEAN


@pytest.mark.usefixtures("away")
def test_without_a_scanner_any_more_what_waited_for_it_is_let_out(
    app: Flask, monkeypatch: pytest.MonkeyPatch, brent: Authority
) -> None:
    evidence = add(brent)
    monkeypatch.setitem(app.config, "CLAMD", "")

    jobs.scan({"sha256": evidence.file_sha256})

    assert scan_of(evidence) is Scan.NOT_ASKED


def test_a_service_that_gets_a_scanner_has_it_look_at_what_was_there_before(
    app: Flask, monkeypatch: pytest.MonkeyPatch, brent: Authority
) -> None:
    before = given_evidence.evidence(kind=Kind.FILE)
    since, infected = add(brent), add(brent, INFECTED)
    with pytest.raises(Refused, match="Set TRACKER_CLAMD first"):
        files.send_to_scanner()

    with clamd_server.a_clamd() as clamd:
        monkeypatch.setitem(app.config, "CLAMD", clamd.address)
        assert files.send_to_scanner() == 3
        assert files.send_to_scanner() == 0

    assert [scan_of(one) for one in (before, since, infected)] == [Scan.CLEAN, Scan.CLEAN, Scan.INFECTED]


def test_the_same_content_is_scanned_once(clamd: Clamd, brent: Authority) -> None:
    add(brent)
    add(brent)

    assert clamd.scanned == 1


def test_what_was_removed_is_scanned_afresh_when_somebody_adds_it_again(
    clamd: Clamd, monkeypatch: pytest.MonkeyPatch, brent: Authority
) -> None:
    removed = add(brent, INFECTED)
    monkeypatch.setattr(clamd_server, "HARMFUL", b"something else")  # its signatures were mended

    again = add(brent, INFECTED)

    assert clamd.scanned == 2
    assert scan_of(removed) is scan_of(again) is Scan.CLEAN
    assert b"".join(storage.pieces(str(again.file_sha256))) == INFECTED


def test_a_scanner_that_has_had_enough_gives_no_verdict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with clamd_server.a_clamd(largest=1000) as clamd:
        monkeypatch.setitem(app.config, "CLAMD", clamd.address)

        with pytest.raises(NotScanned, match=r"size limit exceeded|reset|Broken pipe"):
            found_in(bytes(100_000) for _ in range(200))


@pytest.mark.usefixtures("away")
def test_a_file_with_harm_in_it_is_not_described_but_thrown_away(brent: Authority) -> None:
    person = given.a_person(authority=brent)
    file = several.add_file(brent, upload=given_evidence.an_upload(INFECTED, "late.csv"), by=person)
    content = queries.content(file.file_sha256)
    assert content is not None
    files.note_verdict(content, found="Planted-Harm", at=clock.now())

    with pytest.raises(Refused, match=r"found “Planted-Harm” in this file on .* Throw it away\."):
        several.describe(file, kind=Kind.FILE, says=given_evidence.a_description(), by=person, on=date(2026, 11, 20))

    several.throw_away(file)
    assert db.session.query(Evidence).count() == 0
    assert queries.content(file.file_sha256) is None
