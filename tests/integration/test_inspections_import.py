"""Importing real reports, and files that are no reports, through the page."""

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.unit.reading.test_refusals import encrypted, scanned
from tracker.inspections import commands, queries
from tracker.inspections.commands import Received
from tracker.inspections.models import Inspection, Review
from tracker.people.models import Authority
from tracker.platform import storage
from tracker.platform.db import db
from tracker.settings import SEED

REPORTS = sorted((SEED / "inspections" / "brent").glob("*.pdf"))
REPORT_2018 = next(path for path in REPORTS if "2018" in path.name)


def upload(client: FlaskClient, *files: tuple[bytes, str], follow: bool = False) -> TestResponse:
    data = {"files": [(BytesIO(content), name) for content, name in files]}
    return client.post("/brent/inspections", data=data, follow_redirects=follow)


def counted(session: Session) -> tuple[int, int]:
    reviews = session.scalar(select(func.count()).select_from(Review)) or 0
    return reviews, session.scalar(select(func.count()).select_from(Inspection)) or 0


@pytest.mark.parametrize("path", REPORTS, ids=[path.stem for path in REPORTS])
def test_a_published_report_is_read_and_waits_to_be_checked(
    qa_officer: FlaskClient, session: Session, brent: Authority, path: Path
) -> None:
    page = upload(qa_officer, (path.read_bytes(), path.name), follow=True)

    assert page.status_code == 200
    assert "Check what was read" in page.text
    assert counted(session) == (1, 0)


def test_the_same_file_twice_is_one_review(qa_officer: FlaskClient, session: Session) -> None:
    upload(qa_officer, (REPORT_2018.read_bytes(), "report.pdf"))

    page = upload(qa_officer, (REPORT_2018.read_bytes(), "the same under another name.pdf"), follow=True)

    assert "This file was read before and waits to be checked" in page.text
    assert counted(session) == (1, 0)


NOT_REPORTS = {
    "a report with a password": encrypted(),
    "a scan": scanned(),
    "a Word file": b"PK\x03\x04" + bytes(2000),
    "an empty file": b"",
    "a web page": b"<!doctype html><html><body>Report</body></html>",
    "a text": b"What needs to improve: nothing.",
    "half a report": REPORT_2018.read_bytes()[:20_000],
    "a PDF without pages": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF",
}


@pytest.mark.parametrize("content", NOT_REPORTS.values(), ids=NOT_REPORTS)
def test_a_file_that_is_no_report_is_refused_in_a_sentence_and_nothing_is_recorded(
    qa_officer: FlaskClient, session: Session, content: bytes
) -> None:
    page = upload(qa_officer, (content, "wrong.pdf"))

    assert page.status_code == 422
    assert "wrong.pdf: " in page.text
    assert counted(session) == (0, 0)
    assert not storage.exists(sha256(content).hexdigest())


def test_no_file_at_all_is_said_so(qa_officer: FlaskClient) -> None:
    page = upload(qa_officer, (b"", ""))

    assert page.status_code == 422
    assert "Choose a PDF file first" in page.text


def test_one_bad_file_stops_none_of_the_others(qa_officer: FlaskClient, session: Session) -> None:
    files = [(path.read_bytes(), path.name) for path in REPORTS[:2]]

    page = upload(qa_officer, (b"nothing", "wrong.pdf"), *files, follow=True)

    assert "2 reports are read" in page.text
    assert "wrong.pdf: " in page.text
    assert counted(session) == (2, 0)


def test_nobody_who_saves_a_page_waits_while_reports_are_read(
    app: Flask, qa_officer: FlaskClient, session: Session, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.commit()
    held: list[bool] = []
    receive = commands.receive

    def watched(files: Iterable[tuple[str, BinaryIO]]) -> list[Received]:
        held.append(db.session().in_transaction())
        received = receive(files)
        held.append(db.session().in_transaction())
        return received

    monkeypatch.setitem(app.config, "JOBS", "local")
    monkeypatch.setattr(commands, "receive", watched)

    upload(qa_officer, (REPORT_2018.read_bytes(), "report.pdf"))

    assert held == [False, False]
    assert counted(session) == (1, 0)


def test_a_page_of_a_report_is_a_picture_that_the_browser_may_keep(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    upload(qa_officer, (REPORT_2018.read_bytes(), "report.pdf"))
    review = queries.reviews_waiting(brent)[0]
    url = f"/brent/inspections/reviews/{review.id}/pages"

    picture = qa_officer.get(f"{url}/2.png")

    assert picture.data.startswith(b"\x89PNG")
    assert picture.cache_control.private
    assert qa_officer.get(f"{url}/99.png").status_code == 404


def test_a_report_is_downloaded_never_opened_in_our_page(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    upload(qa_officer, (REPORT_2018.read_bytes(), "report.pdf"))
    review = queries.reviews_waiting(brent)[0]

    download = qa_officer.get(f"/brent/inspections/reviews/{review.id}/report.pdf")

    assert download.data == REPORT_2018.read_bytes()
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_whose_name_cannot_be_read_is_asked_for_again(qa_officer: FlaskClient) -> None:
    body = (
        b'--part\r\nContent-Disposition: form-data; name="files"; filename="\xff\xfe.csv"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\na,b\n1,2\n\r\n--part--\r\n"
    )

    answer = qa_officer.post("/brent/inspections", data=body, content_type="multipart/form-data; boundary=part")

    assert answer.status_code == 422
    assert "Choose a PDF file first." in answer.text
