"""The files of evidence: older versions, downloads, and a first look."""

import io
from datetime import date, timedelta

import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import ExifTags, Image
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given, given_evidence
from tests.given_pdf import Line, Sheet, pdf
from tracker.evidence import commands
from tracker.evidence.files import rules
from tracker.evidence.files.models import FilePreview
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking
from tracker.people.models import Authority
from tracker.platform import clock, history
from tracker.platform.jobs import Job
from tracker.platform.storage_check import check


def test_older_versions_stay_and_can_be_downloaded(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    given_evidence.evidence(kind=Kind.FILE)

    head_of_service.post(
        "/brent/evidence/1/file",
        data={"version": 1, "file": (io.BytesIO(b"month,late\n"), "late.csv"), "different": "Figures of week 47"},
    )

    rows = table(head_of_service.get("/brent/evidence/1"), "Versions of the file")
    assert [row.split()[0] for row in rows] == ["2", "1"]
    assert "late.csv" in rows[0]
    assert "Samira Okafor Figures of week 47" in rows[0]
    assert head_of_service.post("/brent/evidence/1/download").data == b"month,late\n"
    assert head_of_service.post("/brent/evidence/1/files/1/download").data == given_evidence.PDF
    assert history.of(session.query(Evidence).one())[0].what == "downloaded, version 1"
    assert check().lost == []


def test_only_who_may_read_it_gets_an_older_version(head_of_service: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(kind=Kind.FILE, authority=given.an_authority(slug="barnet", name="Barnet"))
    given_evidence.evidence(kind=Kind.FILE)

    assert head_of_service.post("/barnet/evidence/1/files/1/download").status_code == 404
    assert head_of_service.post("/brent/evidence/1/files/2/download").status_code == 404


def test_a_download_runs_nothing_and_is_kept_nowhere(head_of_service: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(kind=Kind.FILE)

    headers = head_of_service.post("/brent/evidence/1/download").headers

    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment; ")


def test_pages_of_a_pdf_are_looked_at_one_after_another(head_of_service: FlaskClient, brent: Authority) -> None:
    add(brent, pdf([Sheet([Line(f"Page {number}", 50, 50)]) for number in (1, 2)]), "two pages.pdf")

    first, second = head_of_service.get("/brent/evidence/1"), head_of_service.get("/brent/evidence/1?page=2")
    picture = head_of_service.get("/brent/evidence/1/files/1/pages/2")

    assert "Page 1 of the first 2." in first.text
    assert "/brent/evidence/1?page=2#look" in first.text
    assert "Page 2 of the first 2." in second.text
    assert picture.mimetype == "image/png"
    assert Image.open(io.BytesIO(picture.data)).width in {800, 801}
    assert head_of_service.get("/brent/evidence/1/files/1/pages/3").status_code == 404


def test_into_a_sensitive_file_one_looks_on_record_for_an_hour(
    head_of_service: FlaskClient, director: FlaskClient, session: Session, brent: Authority
) -> None:
    add(brent, pdf([Sheet([Line("Page 1", 50, 50)])]), "panel minutes.pdf")
    evidence = session.query(Evidence).one()
    evidence.marking = Marking.OFFICIAL_SENSITIVE
    picture = "/brent/evidence/1/files/1/pages/1"
    assert picture not in head_of_service.get("/brent/evidence/1").text
    assert head_of_service.get(picture).status_code == 404

    assert head_of_service.post("/brent/evidence/1/look").location == "/brent/evidence/1#look"

    newest = history.of(evidence)[0]
    assert (newest.what, newest.actor_name) == ("looked at", "Samira Okafor")
    assert picture in head_of_service.get("/brent/evidence/1").text
    shown = head_of_service.get(picture)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert director.get(picture).status_code == 404
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert head_of_service.get(picture).status_code == 404


def test_a_photograph_is_shown_smaller_without_where_it_was_taken(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    add(brent, a_photograph(2400, 1600), "wall.jpg")

    picture = Image.open(io.BytesIO(head_of_service.get("/brent/evidence/1/files/1/pages/1").data))

    assert picture.size == (800, 1200)  # it was taken on its side
    assert dict(picture.getexif()) == {}


def test_a_text_is_shown_by_its_first_lines_as_text(head_of_service: FlaskClient, brent: Authority) -> None:
    add(brent, b"month,late\nMay,<b>7</b>\n" + b"June,9\n" * 100, "late.csv")

    shown = BeautifulSoup(head_of_service.get("/brent/evidence/1").text, "html.parser").select_one(".app-look pre")

    assert shown is not None
    assert shown.get_text().splitlines()[:2] == ["month,late", "May,<b>7</b>"]
    assert len(shown.get_text().splitlines()) == rules.MOST_LINES


def test_what_cannot_be_drawn_has_no_first_look_and_harms_nobody(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    add(brent, given_evidence.PDF, "nothing in it.pdf")

    assert "app-look" not in head_of_service.get("/brent/evidence/1").text
    assert head_of_service.post("/brent/evidence/1/download").data == given_evidence.PDF


def test_the_same_content_is_looked_at_once_and_the_store_holds(session: Session, brent: Authority) -> None:
    add(brent, b"month,late\n", "one.csv")
    add(brent, b"month,late\n", "other.csv")

    assert session.query(FilePreview).count() == 1
    assert session.query(Job).filter_by(task="evidence.preview").count() == 1
    assert check().lost == []


def add(authority: Authority, content: bytes, name: str) -> Evidence:
    return commands.add_evidence(
        authority,
        kind=Kind.FILE,
        says=given_evidence.a_description(),
        upload=given_evidence.an_upload(content, name),
        by=given.a_person(authority=authority),
        on=date(2026, 11, 20),
    )


def a_photograph(width: int, height: int) -> bytes:
    """A JPEG that says where it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 33.0, 31.0)
    content = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(content, "JPEG", exif=exif)
    return content.getvalue()


def table(response: TestResponse, caption: str) -> list[str]:
    """The rows of the table of this name."""
    found = BeautifulSoup(response.text, "html.parser").find("caption", string=caption)
    assert found is not None
    assert found.parent is not None
    return [" ".join(row.get_text(" ").split()) for row in found.parent.select("tbody tr")]
