"""A bundle of evidence: frozen, packed, opened with other programs, and nothing in it that may not leave."""

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests import given, given_evidence, page_check
from tests.queries_counted import at_most
from tracker.evidence.bundles import commands, queries
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.bundles.packing import pack
from tracker.evidence.bundles.rules import Contents, State
from tracker.evidence.files.models import FileContent
from tracker.evidence.files.rules import Scan
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority
from tracker.platform import clock, history, storage
from tracker.platform.child_data import Sign
from tracker.platform.db import db
from tracker.platform.errors import Refused


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(date(2026, 11, 20), tick=False):
        yield


def a_shelf(brent: Authority) -> ImprovementItem:
    """An item with a document, a voice, a link, and a document that was withdrawn."""
    item = given.an_item(authority=brent, title="Legal planning")
    owner = given.a_person(name="Samira Okafor", authority=brent)
    given_evidence.evidence(
        item=item, kind=Kind.FILE, title="=PLO: tracker / week 46", owner=owner, shows_there="Plans are dated"
    )
    given_evidence.evidence(item=item, kind=Kind.VOICE, title="A parent")
    given_evidence.evidence(item=item, kind=Kind.LINK, title="Policy")
    given_evidence.evidence(item=item, kind=Kind.FILE, title="Old list", withdrawn_on=date(2026, 11, 1))
    return item


def gathered(brent: Authority) -> Contents:
    pieces = db.session.query(Evidence).filter_by(authority_id=brent.id).all()
    return commands.gathered(brent, pieces, about="I-1 Legal planning", at=clock.now(), demonstration=True)


def asked(brent: Authority, *, sensitive_agreed: bool = False) -> EvidenceBundle:
    by = given.a_person(authority=brent)
    return commands.ask(brent, gathered(brent), sensitive_agreed=sensitive_agreed, by=by, at=clock.now())


def unpacked(bundle: EvidenceBundle, folder: Path) -> Path:
    """By a program that is none of ours."""
    assert bundle.file_sha256 is not None, bundle.job and bundle.job.message
    (folder / "bundle.zip").write_bytes(b"".join(storage.pieces(bundle.file_sha256)))
    subprocess.run(["unzip", "-q", "bundle.zip", "-d", "out"], cwd=folder, check=True)
    return folder / "out"


def test_a_bundle_opens_elsewhere_and_its_checksums_hold(brent: Authority, tmp_path: Path) -> None:
    a_shelf(brent)

    folder = unpacked(asked(brent), tmp_path)
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, check=True, capture_output=True, text=True)

    names = ["E-1 =PLO tracker week 46.pdf", "SHA256SUMS", "index.html", "index.xlsx"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert checked.stdout.count(": OK") == 3
    assert (folder / names[0]).read_bytes() == given_evidence.PDF


def test_checksums_find_a_file_that_was_altered(brent: Authority, tmp_path: Path) -> None:
    a_shelf(brent)
    folder = unpacked(asked(brent), tmp_path)
    (folder / "E-1 =PLO tracker week 46.pdf").write_bytes(b"altered")

    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, check=False, capture_output=True, text=True)

    assert checked.returncode == 1
    assert "E-1 =PLO tracker week 46.pdf: FAILED" in checked.stdout


def test_the_index_page_is_whole_and_leads_to_the_files(brent: Authority, tmp_path: Path) -> None:
    a_shelf(brent)
    text = (unpacked(asked(brent), tmp_path) / "index.html").read_text(encoding="utf-8")

    page_check.check_file(text)
    page = BeautifulSoup(text, "html.parser")
    words = " ".join(page.get_text(" ").split())

    assert [heading.get_text() for heading in page.find_all("h1")] == ["Evidence: I-1 Legal planning"]
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert "E-1%20%3DPLO%20tracker%20week%2046.pdf" in [link["href"] for link in page.find_all("a")]
    assert not page.find_all(["script", "img", "link"])
    for said in (
        "OFFICIAL Evidence", "Brent children’s services, as at 20 November 2026", "Owner: Samira Okafor",
        "I-1 Legal planning : Plans are dated", "“She told us what would happen next”",
        "Kept at: https://intranet.example.org/plo", "Left out (1)",
        "E-4 Old list: Withdrawn on 1 November 2026: Counted twice", "Demonstration",
    ):  # fmt: skip
        assert said in words.replace("Legal planning:", "Legal planning :"), said


def test_the_index_sheet_has_real_days_and_no_formula(brent: Authority, tmp_path: Path) -> None:
    a_shelf(brent)

    sheet = load_workbook(unpacked(asked(brent), tmp_path) / "index.xlsx")["Evidence"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))

    assert [row[0] for row in rows] == ["E-1", "E-2", "E-3", "E-4"]
    assert rows[0][2] == "'=PLO: tracker / week 46"
    assert rows[0][7] == datetime(2026, 11, 12)  # noqa: DTZ001  a spreadsheet has no zone
    assert str(rows[3][14]).startswith("Withdrawn")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_same_contents_make_the_same_bytes(brent: Authority) -> None:
    a_shelf(brent)
    first, second = asked(brent), asked(brent)

    assert first.file_sha256 == second.file_sha256
    assert first.contents_sha256 == second.contents_sha256


def test_names_inside_are_safe_and_in_the_order_of_their_numbers(brent: Authority) -> None:
    for title in ("A" * 200, "CON", "a<b>c|d?", "trailing. . "):
        given_evidence.evidence(authority=brent, kind=Kind.FILE, title=title)

    bundle = asked(brent)
    assert bundle.file_sha256 is not None
    with zipfile.ZipFile(io.BytesIO(b"".join(storage.pieces(bundle.file_sha256)))) as archive:
        names = archive.namelist()

    assert names[2:-1] == [f"E-1 {'A' * 80}.pdf", "E-2 CON.pdf", "E-3 a b c d.pdf", "E-4 trailing.pdf"]


def test_what_is_sensitive_is_asked_about_and_marks_the_whole(brent: Authority) -> None:
    given_evidence.evidence(authority=brent).marking = Marking.OFFICIAL_SENSITIVE

    with pytest.raises(Refused, match="Official-Sensitive"):
        asked(brent)
    bundle = asked(brent, sensitive_agreed=True)

    assert bundle.file_name == "OFFICIAL-SENSITIVE-brent-evidence-i-1-legal-planning-2026-11-20.zip"


def test_what_waits_for_the_scanner_is_left_out_and_an_older_bundle_with_it_is_shut(brent: Authority) -> None:
    document = given_evidence.evidence(authority=brent, kind=Kind.FILE, title="Not scanned")
    given_evidence.evidence(authority=brent)
    before = asked(brent)

    db.session.add(FileContent(sha256=document.file_sha256, media_type="application/pdf", scan=Scan.WAITING))
    (left,) = gathered(brent).left_out

    assert "has not looked at this file yet" in left.left_out
    assert (left.file, left.sha256) == ("", "")
    with pytest.raises(Refused, match="E-1: The virus scanner"):
        commands.note_download(before)


def test_what_is_held_back_for_child_data_is_left_out_and_an_older_bundle_with_it_is_shut(brent: Authority) -> None:
    document = given_evidence.evidence(authority=brent, kind=Kind.FILE, title="Letter")
    given_evidence.evidence(authority=brent)
    before = asked(brent)

    db.session.add(
        ChildDataWarning(
            authority_id=brent.id, evidence_id=document.id, file_sha256=document.file_sha256, position=0,
            sign=Sign.NHS_NUMBER, place="page 1", hidden="943•••••••", warned_at=clock.now(),
        )
    )  # fmt: skip
    (left,) = gathered(brent).left_out

    assert "could lead to a child" in left.left_out
    assert (left.file, left.sha256) == ("", "")
    with pytest.raises(Refused, match="E-1: The file is held back"):
        commands.note_download(before)


def test_a_stored_file_that_is_damaged_stops_the_bundle(brent: Authority) -> None:
    a_shelf(brent)
    contents = gathered(brent)
    wrong = storage.keep(io.BytesIO(b"other words")).sha256
    kept = contents.to_json()
    kept["entries"][0]["sha256"] = "0" * 64

    with tempfile.TemporaryFile() as file, pytest.raises(Refused, match="no longer where files are kept"):
        pack(Contents.from_json(kept), file)
    assert wrong


def test_a_bundle_without_anything_is_refused(brent: Authority) -> None:
    given_evidence.evidence(authority=brent, withdrawn_on=date(2026, 11, 1))

    with pytest.raises(Refused, match="no evidence to put"):
        asked(brent)


def test_a_bundle_is_made_from_its_pages_and_every_download_is_remembered(
    session: Session, brent: Authority, head_of_service: FlaskClient
) -> None:
    a_shelf(brent)
    assert "/brent/evidence/bundles/new?item=I-1" in head_of_service.get("/brent/items/1").text

    page = head_of_service.get("/brent/evidence/bundles/new?item=I-1")
    answer = head_of_service.post("/brent/evidence/bundles/new?item=I-1")
    made = head_of_service.get(answer.headers["Location"])
    file = head_of_service.post(f"{answer.headers['Location']}/download")

    assert "Left out (1)" in page.text
    assert "3 pieces of evidence" in made.text.lower()
    assert "-2026-11-20.zip" in file.headers["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(file.data)).testzip() is None
    bundle = session.query(EvidenceBundle).one()
    assert bundle.state is State.READY
    assert "downloaded" in [entry.what for entry in history.of(bundle)]
    assert "I-1 Legal planning" in head_of_service.get("/brent/evidence/bundles").text


def test_a_bundle_of_an_area_holds_what_coverage_counts(brent: Authority, head_of_service: FlaskClient) -> None:
    given_evidence.evidence(authority=brent, theme_code="HP11", title="Counted")
    given_evidence.evidence(authority=brent, title="Elsewhere")

    head_of_service.post("/brent/evidence/bundles/new?area=help_protection")

    (bundle,) = queries.last_bundles(brent)
    assert (bundle.about, [entry.title for entry in bundle.held.entries]) == ("Help and protection", ["Counted"])


def test_what_a_bundle_would_hold_is_read_in_a_bounded_number_of_statements(
    brent: Authority, head_of_service: FlaskClient
) -> None:
    for _ in range(15):
        given_evidence.evidence(authority=brent, item=given.an_item(authority=brent))

    with at_most(22):
        head_of_service.get("/brent/evidence/bundles/new")


def test_nobody_sees_the_bundle_of_another_authority(brent: Authority) -> None:
    a_shelf(brent)

    assert queries.bundle(given.an_authority(slug="barnet", name="Barnet"), asked(brent).id) is None
