"""From asking for a pack to the file: frozen at once, rendered by a job, downloaded and remembered."""

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from reports import build
from reports.contents import PackContents
from tests import given
from tests.given_packs import a_version, frozen, words
from tracker.packs import commands, jobs, queries
from tracker.packs.models import Pack
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock, history
from tracker.platform.errors import Refused
from tracker.platform.jobs import JobState

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def test_a_pack_is_asked_for_made_and_downloaded(director: FlaskClient, brent: Authority) -> None:
    a_version(brent)
    assert "No pack yet" in director.get("/brent/packs/").text

    page = director.post("/brent/packs/", data={"kind": "self-evaluation"}, follow_redirects=True)
    assert page.request.path == "/brent/packs/1"
    assert "Download the PDF" in page.text
    assert "P-1" in director.get("/brent/packs/").text

    file = director.post("/brent/packs/1/download")
    made = queries.pack(brent, 1)
    assert made is not None
    assert (file.mimetype, len(file.data)) == ("application/pdf", made.file_size)
    assert 'filename="brent-self-evaluation-P-1.pdf"' in file.headers["Content-Disposition"]
    with PdfDocument(file.data) as pdf:
        assert len(pdf) == made.pages
    assert "Self-evaluation of children’s services" in words(file.data)
    assert history.of(made)[0].what == "downloaded"
    shown = director.get("/brent/packs/1").text
    assert "P-1 downloaded." in shown
    assert made.contents_sha256 in shown


@pytest.mark.any_database
def test_a_later_pack_says_which_it_replaces(brent: Authority, tmp_path: Path) -> None:
    a_version(brent)
    jobs.make_file(PackKind.IMPROVEMENT_PLAN, authority=brent, to=tmp_path / "plan.pdf")

    assert frozen(brent, PackKind.IMPROVEMENT_PLAN).replaces == "P-1, 20 November 2026"
    assert frozen(brent, PackKind.SELF_EVALUATION).replaces == ""


def test_what_changes_after_it_was_asked_for_is_not_in_it(director: FlaskClient, brent: Authority) -> None:
    version = a_version(brent)
    made = commands.freeze(brent, kind=PackKind.SELF_EVALUATION, by=None, at=clock.now())
    version.statements[0].text = "Written later."

    jobs.render({"pack": str(made.id)})

    assert "Written later" not in words(director.post("/brent/packs/1/download").data)


@pytest.mark.any_database
def test_a_pack_written_to_a_file_is_the_one_that_is_kept(brent: Authority, tmp_path: Path) -> None:
    a_version(brent)

    made = jobs.make_file(PackKind.SELF_EVALUATION, authority=brent, to=tmp_path / "pack.pdf")

    assert (tmp_path / "pack.pdf").stat().st_size == made.file_size
    assert made.asked_by is None


def test_a_pack_of_a_self_evaluation_that_is_not_there_is_refused(director: FlaskClient, brent: Authority) -> None:
    page = director.post("/brent/packs/", data={"kind": "self-evaluation"})

    assert page.status_code == 422
    assert "There is no self-evaluation yet. Start the first version" in page.text
    assert queries.packs(brent) == []


@pytest.mark.parametrize("kind", ["", "everything"])
def test_a_pack_of_no_known_kind_is_refused(director: FlaskClient, kind: str) -> None:
    page = director.post("/brent/packs/", data={"kind": kind})

    assert page.status_code == 422
    assert "There is a problem" in page.text


def test_a_pack_that_could_not_be_made_says_why_and_can_be_tried_again(
    director: FlaskClient, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(contents: PackContents) -> build.Document:
        raise build.CannotBuild("The pack cannot be made: a picture is missing")

    monkeypatch.setattr(build, "document", cannot)
    page = director.post("/brent/packs/", data={"kind": "improvement-plan"}, follow_redirects=True).text
    assert "It could not be made" in page
    assert "a picture is missing" in page
    assert "Failed" in director.get("/brent/packs/").text
    assert "not made yet" in director.post("/brent/packs/1/download", follow_redirects=True).text

    monkeypatch.undo()
    assert "Download the PDF" in director.post("/brent/packs/1/again", follow_redirects=True).text
    assert director.post("/brent/packs/1/again").status_code == 409


def test_a_pack_that_is_being_made_can_be_waited_for(director: FlaskClient, brent: Authority) -> None:
    made = commands.ask(brent, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=clock.now())
    assert made.job is not None
    made.file_sha256, made.job.state = None, JobState.RUNNING

    page = director.get("/brent/packs/1").text

    assert "It is being made: running." in page
    assert "Look again" in page
    with pytest.raises(Refused, match="is being made already"):
        commands.ask_again(made)


def test_another_authoritys_pack_is_not_found(director: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    commands.ask(barnet, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=clock.now())

    for address in ("/brent/packs/1", "/brent/packs/1/download", "/brent/packs/1/again"):
        assert (director.get if address.endswith("1") else director.post)(address).status_code == 404


@pytest.mark.any_database
def test_the_file_never_changes_once_it_is_made(brent: Authority, tmp_path: Path) -> None:
    a_version(brent)
    made: Pack = jobs.make_file(PackKind.SELF_EVALUATION, authority=brent, to=tmp_path / "one.pdf")

    again = build.pdf(PackContents.from_json(made.contents))

    assert io.BytesIO(again).getvalue() == (tmp_path / "one.pdf").read_bytes()


@pytest.mark.any_database
def test_a_link_to_a_pack_has_it_chosen_already(director: FlaskClient) -> None:
    def chosen(kind: str) -> list[str]:
        page = BeautifulSoup(director.get(f"/brent/packs/?kind={kind}").text, "html.parser")
        return [str(one["value"]) for one in page.select("input[name=kind][checked]")]

    assert chosen("statement-of-action") == ["statement-of-action"]
    assert chosen("practice-example") == chosen("x") == []
