"""Many files of evidence brought in together: looked through row by row, then all of them or none."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given, given_evidence
from tests.given_imports import a_manifest, a_pdf, a_row, a_zip
from tracker.evidence.importing import commands, jobs, queries
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.importing.rules import LookedThrough, Outcome, Step, Verdict
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking, VoiceOf
from tracker.people.models import Authority
from tracker.platform import clock, storage
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

LARGEST = 1024 * 1024
FILE = {"PLO tracker.pdf": a_pdf()}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(date(2026, 11, 20), tick=False):
        yield


def with_manifest(brent: Authority, manifest: bytes | None, zipped: BinaryIO | None = None) -> EvidenceImport:
    """A zip with a manifest beside it, or in it."""
    return commands.bring_in(
        brent,
        zipped or a_zip(FILE),
        file_name="evidence.zip",
        manifest=(io.BytesIO(manifest), "list.csv") if manifest else None,
        largest=LARGEST,
        by=given.a_person(name="Amina Yusuf", authority=brent),
        at=clock.now(),
    )


def brought(brent: Authority, zipped: BinaryIO, manifest: bytes | None = None) -> EvidenceImport:
    """Brought in, with the columns that were guessed, and looked through."""
    imported = with_manifest(brent, manifest, zipped)
    commands.choose_columns(imported, chosen=imported.columns)
    return imported


def looked(imported: EvidenceImport) -> LookedThrough:
    assert imported.looked is not None, imported.job and imported.job.message
    return LookedThrough.from_kept(imported.looked)


def only(imported: EvidenceImport) -> Verdict:
    (verdict,) = looked(imported).verdicts
    return verdict


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Evidence)) or 0


# What a row becomes -------------------------------------------------------------------------------------------


def test_a_row_with_its_file_becomes_evidence_with_what_it_speaks_for(session: Session, brent: Authority) -> None:
    item = given.an_item(authority=brent)
    owner = given.a_person(name="Samira Okafor", authority=brent)
    row = a_row(
        kind="Data", owner=owner.email.upper(), marking="Official-Sensitive", origin="Case system",
        period_from="1 October 2025", period_to="31 October 2025",
        links="I-1: plans are dated; HP11, Help and protection", shows_there="visits are in time",
    )  # fmt: skip

    imported = brought(brent, a_zip(FILE, manifest=[row]))
    commands.confirm(imported, digest=looked(imported).digest)

    evidence = session.scalars(select(Evidence)).one()
    assert (evidence.kind, evidence.marking, evidence.owner) == (Kind.DATA, Marking.OFFICIAL_SENSITIVE, owner)
    assert (evidence.dated, evidence.period_to) == (date(2025, 11, 12), date(2025, 10, 31))
    assert (evidence.file_name, evidence.origin) == ("PLO tracker.pdf", "Case system")
    places = [(link.item or link.theme_code or link.area_code, link.shows_there) for link in evidence.links]
    assert places == [
        (item, "plans are dated"),
        ("HP11", "visits are in time"),
        ("help_protection", "visits are in time"),
    ]
    assert imported.step is Step.DONE
    assert imported.taken == 1


def test_links_and_voices_need_no_file(session: Session, brent: Authority) -> None:
    link = a_row(file="", title="Policy", url="https://intranet.example.org/plo")
    voice = a_row(file="", title="A parent", words="They listened", voice_of="Parent", consent="Asked on the day")

    imported = brought(brent, a_zip({}, manifest=[link, voice]))
    commands.confirm(imported, digest=looked(imported).digest)

    kinds = session.scalars(select(Evidence).order_by(Evidence.number)).all()
    assert [one.kind for one in kinds] == [Kind.LINK, Kind.VOICE]
    assert kinds[1].voice_of is VoiceOf.PARENT


@pytest.mark.parametrize(
    ("said", "cell", "why"),
    [
        ({"title": ""}, "B2", "Enter a title"),
        ({"dated": "soon"}, "C2", "is not a day"),
        ({"dated": "1 January 2027"}, "C2", "in the future"),
        ({"strength": "Strong"}, "E2", "Use Activity, Output, Outcome or Impact"),
        ({"file": "../../etc/passwd"}, "A2", "There is no file"),
        ({"file": "other.pdf"}, "A2", "There is no file"),
        ({"owner": "nobody@example.org"}, "F2", "No colleague here"),
        ({"links": "I-9"}, "F2", "no item, action, area or theme"),
        ({"marking": "Secret"}, "F2", "is no marking"),
        ({"kind": "Practice example"}, "F2", "on its own page"),
        ({"url": "javascript:alert(1)", "kind": "Link"}, "F2", "starting with https"),
        ({"period_from": "2 May 2026", "period_to": "1 May 2026"}, "G2", "ends before it starts"),
        ({"shows": "NHS number 943 476 5919"}, "D2", "looks like an NHS number"),
        ({"origin": "x" * 301}, "F2", "300 characters or fewer"),
    ],
)
def test_a_row_is_refused_with_the_cell_to_put_right(
    session: Session, brent: Authority, said: dict[str, str], cell: str, why: str
) -> None:
    verdict = only(brought(brent, a_zip(FILE, manifest=[a_row(**said)])))

    assert (verdict.outcome, verdict.cell) == (Outcome.REFUSED, cell)
    assert why in verdict.reason
    assert count(session) == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"MZ\x90\x00program", "cannot be added"), (a_zip(FILE).read(), "zip archive"), (b"", "empty"),
     (b"%PDF-1.7 cut", "stops before its end")],
)  # fmt: skip
def test_a_file_is_checked_like_a_single_upload(brent: Authority, content: bytes, why: str) -> None:
    verdict = only(brought(brent, a_zip({"PLO tracker.pdf": content}, manifest=[a_row()])))

    assert (verdict.outcome, verdict.cell) == (Outcome.REFUSED, "A2")
    assert why in verdict.reason


def test_two_rows_may_not_ask_for_one_file(brent: Authority) -> None:
    found = looked(brought(brent, a_zip(FILE, manifest=[a_row(), a_row(title="Again")])))

    assert found.refused == 2


def test_what_is_here_already_is_known_by_its_content(session: Session, brent: Authority) -> None:
    files = {"new name.pdf": given_evidence.PDF, "b.pdf": a_pdf(1), "copy.pdf": a_pdf(1)}
    given_evidence.evidence(authority=brent, kind=Kind.FILE)

    imported = brought(brent, a_zip(files, manifest=[a_row(file=name, title=name) for name in files]))
    found = looked(imported)

    assert [one.outcome for one in found.verdicts] == [Outcome.SAME, Outcome.TAKEN, Outcome.SAME]
    assert [one.reason for one in found.verdicts] == [
        "E-1 has the same file.",
        "",
        "Row 3 has the same file.",
    ]


def test_files_without_a_row_are_named(brent: Authority) -> None:
    imported = brought(brent, a_zip({**FILE, "Visits/left.pdf": a_pdf(1)}, manifest=[a_row()]))

    assert looked(imported).without_row == ("Visits/left.pdf",)


def test_a_file_is_found_in_whatever_folder_and_capitals(brent: Authority) -> None:
    imported = brought(brent, a_zip({"Evidence/Visits/plo TRACKER.pdf": a_pdf()}, manifest=[a_row()]))

    assert only(imported).outcome is Outcome.TAKEN


# All or nothing -----------------------------------------------------------------------------------------------


def test_nothing_comes_in_while_a_row_is_refused(session: Session, brent: Authority) -> None:
    imported = brought(brent, a_zip({**FILE, "b.pdf": a_pdf(1)}, manifest=[a_row(), a_row(file="b.pdf", title="")]))

    with pytest.raises(Refused, match="1 row is refused"):
        commands.confirm(imported, digest=looked(imported).digest)
    assert count(session) == 0


def test_looking_through_stores_no_file_and_adds_nothing(session: Session, brent: Authority) -> None:
    content = a_pdf(77)
    imported = brought(brent, a_zip({"PLO tracker.pdf": content}, manifest=[a_row()]))

    kept = {one.sha256 for one in storage.kept()}

    assert only(imported).outcome is Outcome.TAKEN
    assert count(session) == 0
    assert {imported.file_sha256, imported.manifest_sha256} <= kept
    assert not [sha for sha in kept if b"".join(storage.pieces(sha)) == content]


def test_what_changed_since_it_was_shown_is_not_carried_out(session: Session, brent: Authority) -> None:
    imported = brought(brent, a_zip({"a.pdf": given_evidence.PDF}, manifest=[a_row(file="a.pdf")]))
    shown = looked(imported).digest
    given_evidence.evidence(authority=brent, kind=Kind.FILE)

    commands.confirm(imported, digest=shown)

    assert imported.step is Step.FAILED
    assert imported.job is not None
    assert "has changed since" in imported.job.message
    assert count(session) == 1


def test_only_what_a_person_saw_is_confirmed(brent: Authority) -> None:
    imported = brought(brent, a_zip(FILE, manifest=[a_row()]))

    with pytest.raises(Conflict, match="looked through again"):
        commands.confirm(imported, digest="another")


def test_a_job_that_is_done_twice_adds_nothing_twice(session: Session, brent: Authority) -> None:
    imported = brought(brent, a_zip(FILE, manifest=[a_row()]))
    commands.confirm(imported, digest=looked(imported).digest)

    jobs.carry_out({"import": str(imported.id)})

    assert count(session) == 1


def test_the_zip_is_let_go_when_it_is_brought_in_or_given_up(brent: Authority) -> None:
    done = brought(brent, a_zip(FILE, manifest=[a_row()]))
    left = brought(brent, a_zip({"b.pdf": a_pdf(1)}, manifest=[a_row(file="b.pdf")]))

    commands.confirm(done, digest=looked(done).digest)
    commands.give_up(left, at=clock.now())

    assert [one.file_sha256 for one in (done, left)] == [None, None]
    assert left.step is Step.GIVEN_UP


# The manifest -------------------------------------------------------------------------------------------------


def test_a_manifest_may_lie_beside_the_zip(brent: Authority) -> None:
    assert only(brought(brent, a_zip(FILE), a_manifest(a_row()))).outcome is Outcome.TAKEN


def test_a_zip_without_a_manifest_is_refused(brent: Authority) -> None:
    with pytest.raises(Refused, match="no manifest"):
        brought(brent, a_zip(FILE))


def test_columns_are_remembered_from_the_last_import(brent: Authority) -> None:
    odd = b"Ablage,Titel,Tag,Aussage,Kraft\r\nPLO tracker.pdf,PLO,12 November 2025,Dates complete,Outcome"
    chosen = {"file": 0, "title": 1, "dated": 2, "shows": 3, "strength": 4}
    by = given.a_person(authority=brent)
    first = commands.bring_in(
        brent,
        a_zip(FILE),
        file_name="a.zip",
        manifest=(io.BytesIO(odd), "m.csv"),
        largest=LARGEST,
        by=by,
        at=clock.now(),
    )
    assert first.columns == {}
    commands.choose_columns(first, chosen=chosen)
    commands.confirm(first, digest=looked(first).digest)

    again = commands.bring_in(
        brent,
        a_zip(FILE),
        file_name="a.zip",
        manifest=(io.BytesIO(odd), "m.csv"),
        largest=LARGEST,
        by=by,
        at=clock.now(),
    )

    assert again.columns == chosen


def test_columns_that_every_row_needs_are_asked_for(brent: Authority) -> None:
    imported = with_manifest(brent, a_manifest(a_row()))

    with pytest.raises(Refused, match="Choose the column for “Title” and “The most that it shows”"):
        commands.choose_columns(imported, chosen={"file": 0, "dated": 2, "shows": 3})


# The pages ----------------------------------------------------------------------------------------------------


def posted(client: FlaskClient, zipped: BinaryIO) -> TestResponse:
    return client.post(
        "/brent/evidence/import", data={"zip": (zipped, "evidence.zip")}, content_type="multipart/form-data"
    )


def test_a_zip_is_brought_in_by_its_pages(session: Session, head_of_service: FlaskClient, brent: Authority) -> None:
    answer = posted(head_of_service, a_zip(FILE, manifest=[a_row()]))
    columns = answer.headers["Location"]
    page = columns.removesuffix("/columns")
    fields = {
        str(select["name"]): [str(option["value"]) for option in select.find_all("option", selected=True)]
        for select in BeautifulSoup(head_of_service.get(columns).text, "html5lib").find_all("select")
    }

    head_of_service.post(columns, data=fields)
    shown = BeautifulSoup(head_of_service.get(page).text, "html5lib")
    digest = shown.find("input", {"name": "digest"})
    assert digest is not None
    head_of_service.post(page, data={"digest": digest["value"]})

    assert "1 piece of evidence added" in head_of_service.get(page).text
    assert count(session) == 1
    assert "Brought in" in head_of_service.get("/brent/evidence/import").text


def test_the_columns_lead_back_to_what_every_row_would_do(head_of_service: FlaskClient, brent: Authority) -> None:
    imported = brought(brent, a_zip(FILE, manifest=[a_row()]))
    page = f"/brent/evidence/import/{imported.id}"

    columns = BeautifulSoup(head_of_service.get(f"{page}/columns").text, "html5lib")

    assert {link.text for link in columns.find_all("a", href=page)} == {
        "evidence.zip",
        "Back to what every row would do",
    }


def test_a_hostile_zip_is_refused_on_the_page(head_of_service: FlaskClient) -> None:
    answer = posted(head_of_service, a_zip({"../evil.pdf": a_pdf()}, manifest=[a_row()]))

    assert answer.status_code == 422
    assert "leads to another folder" in answer.text


def test_the_template_is_read_as_it_comes_and_its_example_is_never_brought_in(
    head_of_service: FlaskClient, brent: Authority, tmp_path: Path
) -> None:
    content = head_of_service.get("/brent/evidence/import/manifest.xlsx").data
    book = load_workbook(io.BytesIO(content))
    page = book["Manifest"]
    page.append(["PLO tracker.pdf", "PLO tracker", "Data", date(2025, 11, 12), "Dates complete", "Outcome"])
    saved = io.BytesIO()
    book.save(saved)
    zipped = a_zip({**FILE, "manifest.xlsx": saved.getvalue()})

    imported = brought(brent, zipped)

    assert only(imported).outcome is Outcome.TAKEN
    assert len(page.data_validations.dataValidation) == 5


def test_nobody_sees_the_import_of_another_authority(brent: Authority) -> None:
    imported = brought(brent, a_zip(FILE, manifest=[a_row()]))

    assert queries.imported(given.an_authority(slug="barnet", name="Barnet"), imported.id) is None
    assert queries.imported(brent, imported.id) is db.session.get(EvidenceImport, imported.id)
