"""Packs that are kept: asked for again, verified, compared, and everything as at now in one zip."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from reports import build
from reports.contents import PackContents
from tests import given, page_check
from tests.given_packs import PLAN
from tracker.packs import commands, queries, verifying
from tracker.packs import jobs as pack_jobs
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import storage


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def ask(client: FlaskClient) -> str:
    return client.post("/brent/packs/", data={"kind": "improvement-plan"}, follow_redirects=True).text


# Asked for again ----------------------------------------------------------------------------------------------


@pytest.fixture
def _on_the_23rd() -> Iterator[None]:
    with time_machine.travel(at(23), tick=False):
        yield


@pytest.mark.any_database
@pytest.mark.usefixtures("_on_the_23rd")
def test_a_pack_asked_for_again_comes_back_as_it_was_kept(director: FlaskClient, brent: Authority) -> None:
    item = given.an_item(authority=brent)
    given.an_action(item=item, due_on=date(2027, 3, 1))
    commands.ask(brent, kind=PLAN, by=None, at=at(20))
    first = director.post("/brent/packs/1/download").data

    page = ask(director)

    assert "This is P-1 of 20 November 2026, which was made already: nothing in it has changed since" in page
    assert director.post("/brent/packs/1/download").data == first
    anew = director.post("/brent/packs/1/anew", follow_redirects=True)
    assert anew.request.path == "/brent/packs/2"
    given.an_action(item=item, title="Another")
    assert "which was made already" not in ask(director)

    assert [pack.number for pack in queries.packs(brent)] == [3, 2, 1]


@pytest.mark.any_database
def test_a_day_that_makes_something_late_is_something_new(brent: Authority) -> None:
    given.an_action(item=given.an_item(authority=brent), due_on=date(2026, 11, 21))
    first = commands.ask(brent, kind=PLAN, by=None, at=at(20))

    assert commands.ask_unless_kept(brent, kind=PLAN, by=None, at=at(20)) == commands.Asked(first, kept=True)
    assert not commands.ask_unless_kept(brent, kind=PLAN, by=None, at=at(23)).kept


def test_a_date_that_moved_with_the_days_is_something_new(brent: Authority, session: Session) -> None:
    action = given.an_action(item=given.an_item(authority=brent), due_on=date(2026, 11, 20))
    commands.ask(brent, kind=PLAN, by=None, at=at(20))

    action.due_on = date(2026, 11, 21)
    session.flush()

    assert not commands.ask_unless_kept(brent, kind=PLAN, by=None, at=at(21)).kept


def test_a_pack_made_at_a_prompt_again_is_the_same_file(brent: Authority, tmp_path: Path) -> None:
    with time_machine.travel(at(20), tick=False):
        first = pack_jobs.make_file(PLAN, authority=brent, to=tmp_path / "one.pdf")
        again = pack_jobs.make_file(PLAN, authority=brent, to=tmp_path / "two.pdf")

    assert again is first
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


# Verified -----------------------------------------------------------------------------------------------------


def verified(client: FlaskClient, content: bytes) -> str:
    return client.post("/brent/packs/verify", data={"file": (io.BytesIO(content), "some pack.pdf")}).text


@pytest.mark.any_database
def test_a_file_is_told_to_be_the_kept_one_saved_again_changed_or_unknown(
    director: FlaskClient, brent: Authority
) -> None:
    given.an_action(item=given.an_item(authority=brent), title="Weekly panel")
    commands.ask(brent, kind=PLAN, by=None, at=at(20))
    kept = director.post("/brent/packs/1/download").data
    html = director.post("/brent/packs/1/download/html").data
    word = director.post("/brent/packs/1/download/docx").data

    page = verified(director, kept)
    assert "P-1 Improvement plan, as at 20 November 2026, frozen for Brent on 20 November 2026 at 09:00" in page
    assert "byte for byte" in page
    assert "it was saved again" in verified(director, kept + b"\n% a remark\n")
    assert "the Word document of it, byte for byte" in verified(director, word)
    assert "it was changed" in verified(director, html.replace(b"Weekly panel", b"Monthly panel"))
    assert "none of the packs that are kept here" in verified(director, b"Another file")
    assert "The PDF is damaged" in verified(director, b"%PDF-1.7 nothing")
    assert "Choose a file" in director.post("/brent/packs/verify", data={}).text


def test_a_pdf_whose_words_were_changed_names_the_page(brent: Authority, tmp_path: Path) -> None:
    action = given.an_action(item=given.an_item(authority=brent), title="Weekly panel")
    kept = commands.ask(brent, kind=PLAN, by=None, at=at(20))
    frozen = PackContents.from_json(kept.contents)
    changed = frozen.reworded(lambda text: text.replace(action.title, "Monthly panel"))

    (tmp_path / "pack.pdf").write_bytes(with_hash_of(frozen, changed))
    found = verifying.verify(tmp_path / "pack.pdf", of=brent)

    assert (found.verdict, found.pack) == (verifying.Verdict.CHANGED, kept)
    assert "Its text was changed: page" in found.sentence


def with_hash_of(frozen: PackContents, changed: PackContents) -> bytes:
    """The PDF of other contents that pretends to be of the frozen ones."""

    class Pretending(PackContents):
        def digest(self) -> str:
            return frozen.digest()

    pretending = Pretending(**{one.name: getattr(changed, one.name) for one in fields(changed)})
    return build.pdf(pretending)


def test_another_authoritys_pack_is_not_told_of(director: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    theirs = commands.ask(barnet, kind=PLAN, by=None, at=at(20))
    file = b"".join(storage.pieces(theirs.file_sha256 or ""))

    assert "none of the packs that are kept here" in verified(director, file)


# Compared -----------------------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_two_packs_are_compared_on_a_page_and_in_an_annex(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    item = given.an_item(authority=brent, wording="Pre-proceedings work")
    panel = given.an_action(item=item, title="Weekly panel", due_on=date(2027, 3, 1))
    dropped = given.an_item(authority=brent, wording="Life-story work")
    commands.ask(brent, kind=PLAN, by=None, at=at(20))
    assert "There is no earlier pack of this kind" in director.get("/brent/packs/1/changes").text
    panel.due_on = date(2027, 4, 1)
    given.an_action(item=item, title="Train everybody", due_on=date(2027, 5, 1))
    session.delete(dropped)
    commands.ask(brent, kind=PLAN, by=None, at=at(21))

    page = " ".join(director.get("/brent/packs/2/changes").text.split())
    assert "1 added, 1 dropped" in page
    assert "Train everybody" in page
    assert "1 March 2027" in page
    assert "1 April 2027" in page
    assert "Life-story work" in page

    made = director.post("/brent/packs/1/with-changes", follow_redirects=True)
    assert made.request.path == "/brent/packs/3"
    third = queries.pack(brent, 3)
    assert third is not None
    contents = PackContents.from_json(third.contents)
    assert [chapter.title for chapter in contents.chapters][-2:] == [
        "Changes since P-1",
        "Method, licence and integrity",
    ]
    assert third.file_sha256 is not None


def test_only_packs_of_the_kind_and_the_authority_are_compared(director: FlaskClient, brent: Authority) -> None:
    commands.ask(brent, kind=PackKind.SCORECARD, by=None, at=at(20))
    commands.ask(brent, kind=PLAN, by=None, at=at(20))
    commands.ask(brent, kind=PLAN, by=None, at=at(21))

    assert director.get("/brent/packs/3/changes?since=1").status_code == 404
    assert director.get("/brent/packs/3/changes?since=2").status_code == 200


# Everything as at now -----------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_everything_as_at_now_is_one_zip_with_index_and_checksums(director: FlaskClient, brent: Authority) -> None:
    given.an_action(item=given.an_item(authority=brent))

    page = director.post("/brent/packs/everything", follow_redirects=True)

    assert "There is no self-evaluation yet" in page.text
    file = director.post(f"{page.request.path}/download")
    assert file.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        names = archive.namelist()
        lines = archive.read("SHA256SUMS").decode().splitlines()
        sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names if name != "SHA256SUMS"} == sums
        index = archive.read("index.html").decode()
    page_check.check_file(index)
    plan = next(pack for pack in queries.packs(brent) if pack.kind is PLAN)
    assert sums[f"01 improvement-plan {plan.reference}.pdf"] == plan.file_sha256
    assert plan.contents_sha256 in index
    assert "There is no snapshot yet" in index
    other = given.an_authority(slug="barnet", name="Barnet")
    assert queries.pack_set(other, UUID(page.request.path.rpartition("/")[2])) is None


def test_only_what_is_chosen_is_made(director: FlaskClient, brent: Authority) -> None:
    nothing = director.post("/brent/packs/everything", data={"chosen": "1"}, follow_redirects=True)
    assert "Choose at least one pack." in nothing.text

    director.post("/brent/packs/everything", data={"chosen": "1", "kind": ["scorecard", "improvement-plan"]})

    assert [pack.kind for pack in queries.packs(brent)] == [PackKind.SCORECARD, PLAN]
