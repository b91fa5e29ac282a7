"""Profiles of packs through their pages: kept, refused, used, looked at page by page, and forgotten."""

import io
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from reports.contents import PackContents
from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.evidence.rules import Kind, Marking
from tracker.packs import commands as packs
from tracker.packs import queries
from tracker.packs.models import Pack, PackPreview, PackPreviewPage, PackProfile
from tracker.packs.profiles import choosing, commands, previewing, sections
from tracker.packs.profiles.rules import LeftOut, Profile
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.errors import Conflict
from tracker.platform.jobs import JobState

TODAY = date(2026, 11, 20)
PLAN = PackKind.IMPROVEMENT_PLAN
HOME = "/brent/packs/profiles"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def plan_profile(brent: Authority) -> PackProfile:
    given.an_action(item=given.an_item(authority=brent))
    return commands.create(brent, kind=PLAN, name="Scrutiny committee")


def typed(row: PackProfile, **changed: Any) -> dict[str, Any]:
    codes = list(sections.usual(row.kind))
    usual = {
        "version": str(row.version), "name": row.name, "order": codes, "printed": codes, "marking": "Official",
        "watermark": "", "ink": "#14324a", "accent": "#0b5563", "left_out": [],
    }  # fmt: skip
    return usual | changed


def a_picture(kind: str = "PNG", size: tuple[int, int] = (900, 500)) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "#5c1246").save(file, kind, **({"exif": b"Exif\x00\x00taken by"} if kind == "JPEG" else {}))
    file.seek(0)
    return file


def crest(row: PackProfile, file: io.BytesIO, name: str = "crest.png", **changed: Any) -> dict[str, Any]:
    shown = {"version": str(row.version), "file": (file, name), "alt": "Shield of the council", "ours": "y"}
    return shown | changed


# Kept ---------------------------------------------------------------------------------------------------------


def test_a_profile_is_made_changed_and_used_for_a_pack(
    director: FlaskClient, brent: Authority, session: Session, plan_profile: PackProfile
) -> None:
    address = f"{HOME}/{plan_profile.id}"
    moved = director.post(address, data=typed(plan_profile, move="down:improvement-plan", watermark="NOT YET"))
    assert moved.text.index("Evidence register") < moved.text.index("Improvement plan <small>")
    assert 'value="NOT YET"' in moved.text
    session.expire_all()
    assert plan_profile.watermark == ""

    chosen = replace(choosing.settings(plan_profile), watermark="NOT YET", marking=Marking.OFFICIAL_SENSITIVE)
    commands.change(plan_profile, version=plan_profile.version, profile=chosen)
    made = director.post("/brent/packs/", data={"kind": PLAN.value, "profile": str(plan_profile.id)})

    page = director.get(made.location).text
    assert "Improvement plan (Scrutiny committee), as at 20 November 2026" in page
    assert f'href="{address}">Scrutiny committee</a>' in page
    pack = queries.pack(brent, 1)
    assert pack
    contents = PackContents.from_json(pack.contents)
    assert (contents.marking, contents.watermark) == ("OFFICIAL-SENSITIVE", "NOT YET")
    assert "NOT YET" in director.post("/brent/packs/1/download/html").text
    now = clock.now()
    again = packs.freeze_unless_kept(brent, kind=PLAN, by=None, at=now, profile=plan_profile)
    assert again == packs.Asked(pack, kept=True)
    assert not packs.freeze_unless_kept(brent, kind=PLAN, by=None, at=now).kept


@pytest.mark.any_database
def test_a_profile_of_another_kind_is_refused(director: FlaskClient, plan_profile: PackProfile) -> None:
    answer = director.post("/brent/packs/", data={"kind": "scorecard", "profile": str(plan_profile.id)})

    assert answer.status_code == 422
    assert "“Scrutiny committee” is a profile of: Improvement plan." in answer.text


@pytest.mark.any_database
def test_what_cannot_be_kept_changes_nothing(
    director: FlaskClient, plan_profile: PackProfile, session: Session
) -> None:
    address = f"{HOME}/{plan_profile.id}"

    pale = director.post(address, data=typed(plan_profile, accent="#ffcc00", watermark="NEW"))
    twice = director.post(HOME, data={"kind": PLAN.value, "name": "scrutiny COMMITTEE"})
    unnamed = director.post(address, data=typed(plan_profile, order=["nonsense"], printed=["nonsense"], name=""))

    assert "stands out 1.3 to 1" in pale.text
    assert "has a profile called “scrutiny COMMITTEE” already" in twice.text
    assert (pale.status_code, twice.status_code, unnamed.status_code) == (422, 422, 422)
    session.expire_all()
    assert plan_profile.watermark == ""


def test_the_second_of_two_who_save_is_told(plan_profile: PackProfile, brent: Authority) -> None:
    profile = Profile.usual(PLAN, "Board")
    commands.change(plan_profile, version=plan_profile.version, profile=profile)

    with pytest.raises(Conflict, match="Somebody else changed this profile"):
        commands.change(plan_profile, version=plan_profile.version - 1, profile=profile)


@pytest.mark.any_database
def test_who_only_makes_packs_looks_at_profiles_and_changes_none(
    qa_officer: FlaskClient, director: FlaskClient, plan_profile: PackProfile
) -> None:
    page = qa_officer.get(f"{HOME}/{plan_profile.id}")

    assert "Save the profile" not in page.text
    assert "Make it now" in page.text
    assert qa_officer.post(HOME, data={"kind": PLAN.value, "name": "Mine"}).status_code == 403


@pytest.mark.any_database
def test_a_profile_that_is_put_away_is_offered_no_more(director: FlaskClient, plan_profile: PackProfile) -> None:
    assert "Scrutiny committee" in director.get("/brent/packs/").text

    director.post(f"{HOME}/{plan_profile.id}/put-away", data={"version": plan_profile.version})

    assert "is put away" in director.get(HOME).text
    assert "Scrutiny committee" not in director.get("/brent/packs/").text
    assert "Put away" in director.get(HOME).text


# Crest --------------------------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_a_crest_is_written_again_and_frozen_with_the_pack(director: FlaskClient, plan_profile: PackProfile) -> None:
    address = f"{HOME}/{plan_profile.id}"
    director.post(f"{address}/crest", data=crest(plan_profile, a_picture("JPEG"), "crest.jpg"))

    shown = director.get(f"{address}/crest.png").data
    with Image.open(io.BytesIO(shown)) as picture:
        assert (picture.format, picture.size, len(picture.getexif())) == ("PNG", (576, 320), 0)
    director.post("/brent/packs/", data={"kind": PLAN.value, "profile": str(plan_profile.id)})
    page = director.post("/brent/packs/1/download/html").text
    assert 'alt="Shield of the council"' in page
    assert b64decode(page.split("data:image/png;base64,")[1].split('"')[0]) == shown


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("file", "name", "changed", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "crest.svg", {}, "An SVG can hold programs"),
        (b"GIF89a", "crest.gif", {}, "Choose a PNG or a JPEG"),
        (b"\x89PNG\r\n\x1a\nbroken", "crest.png", {}, "The picture cannot be read"),
        (a_picture().getvalue(), "Ofsted_logo.png", {}, "Ofsted’s logo"),
        (a_picture().getvalue(), "crest.png", {"ours": ""}, "Say that it is your authority’s own"),
        (a_picture().getvalue(), "crest.png", {"alt": ""}, "what the picture shows"),
        (a_picture(size=(60, 60)).getvalue(), "crest.png", {}, "Choose one of at least 100"),
    ],
)
def test_what_is_no_crest_is_refused_with_a_sentence(
    director: FlaskClient, plan_profile: PackProfile, file: bytes, name: str, changed: dict[str, Any], sentence: str
) -> None:
    answer = director.post(
        f"{HOME}/{plan_profile.id}/crest", data=crest(plan_profile, io.BytesIO(file), name, **changed)
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert plan_profile.crest_sha256 is None


# Looked at ----------------------------------------------------------------------------------------------------


def test_a_preview_shows_each_page_of_what_was_typed_and_is_forgotten(
    director: FlaskClient, brent: Authority, session: Session, plan_profile: PackProfile
) -> None:
    address = f"{HOME}/{plan_profile.id}"
    asked = director.post(address, data=typed(plan_profile, do="preview", watermark="NOT YET"))

    page = director.get(asked.location)
    assert "What stands here is not saved" in page.text
    assert "Page 1 of" in page.text
    preview = session.query(PackPreview).one()
    picture = director.get(f"{HOME}/previews/{preview.id}/2.png")
    with Image.open(io.BytesIO(picture.data)) as drawn:
        assert drawn.size[0] == 900
    assert director.get(f"{HOME}/previews/{preview.id}/99.png").status_code == 404
    words = director.get(f"{HOME}/previews/{preview.id}/words")
    assert "OFFICIAL · NOT YET" in words.text
    assert words.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'; style-src 'sha256-")
    with at_most(12):
        director.get(asked.location)
    assert session.query(Pack).count() == 0

    pictures = session.query(PackPreviewPage).count()
    director.post(address, data=typed(plan_profile, do="preview", watermark="NOT YET"))
    assert session.query(PackPreviewPage).count() == pictures == preview.pages

    assert previewing.tidy(at=clock.now() + timedelta(days=2)) == 2
    assert session.query(PackPreviewPage).count() == 0
    assert "That preview is forgotten" in director.get(asked.location).text


# Everything as at now -----------------------------------------------------------------------------------------


def test_everything_of_a_profile_uses_it_where_a_kind_has_one(
    director: FlaskClient, brent: Authority, plan_profile: PackProfile
) -> None:
    kinds = ["improvement-plan", "exceptions"]
    page = director.post(
        "/brent/packs/everything",
        data={"chosen": "1", "kind": kinds, "profile": "Scrutiny committee"},
        follow_redirects=True,
    ).text

    assert "Improvement plan (Scrutiny committee)" in page
    assert "Exceptions since the last board: There is no snapshot yet." in page
    assert "Set of packs asked for." in page
    unknown = director.post(
        "/brent/packs/everything", data={"chosen": "1", "kind": kinds, "profile": "Nobody"}, follow_redirects=True
    )
    assert "None of these packs has a profile called “Nobody”" in unknown.text


def test_posts_stand_for_names_where_a_profile_says_so(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    ruth = given.a_person(name="Ruth Anyanwu", authority=brent, role=Role.HEAD_OF_SERVICE)
    ruth.memberships[0].job_title = "Head of help and protection"
    given_se.a_statement("Ruth Anyanwu leads. Three of 29 parents answered.", version=version)
    row = commands.create(brent, kind=PackKind.SELF_EVALUATION, name="Region")
    codes = [code for code in row.sections if code != "what-children-and-families-say"]
    chosen = replace(choosing.settings(row), order=tuple(codes), left_out=tuple(LeftOut))
    commands.change(row, version=row.version, profile=chosen)

    pack = packs.freeze(brent, kind=row.kind, by=None, at=clock.now(), profile=row)

    contents = PackContents.from_json(pack.contents)
    said = "\n".join(contents.texts())
    assert "Anyanwu" not in said
    assert "The head of help and protection leads. Some of 29 parents answered." in said
    assert contents.look
    assert contents.look.note == "Left out: small numbers; names of people; internal remarks."


def test_the_trail_says_what_was_changed(plan_profile: PackProfile) -> None:
    chosen = replace(choosing.settings(plan_profile), watermark="NOT YET")
    commands.change(plan_profile, version=plan_profile.version, profile=chosen)

    assert "watermark" in history.of(plan_profile)[0].changes


def test_a_pack_of_before_says_that_it_was_never_kept(director: FlaskClient, brent: Authority) -> None:
    given.an_action(item=given.an_item(authority=brent))
    packs.freeze(brent, kind=PLAN, by=None, at=clock.now()).said_sha256 = None

    page = director.get("/brent/packs/1").text

    assert "Frozen before packs were kept by what they say" in page
    assert "Make it again, and keep it" in page


def test_a_preview_that_is_being_made_can_be_waited_for(
    director: FlaskClient, session: Session, plan_profile: PackProfile
) -> None:
    asked = director.post(f"{HOME}/{plan_profile.id}", data=typed(plan_profile, do="preview"))
    preview = session.query(PackPreview).one()
    assert preview.job
    preview.pages, preview.job.state = None, JobState.RUNNING
    preview.job.progress = {"done": 3, "of": 11, "now": "pages are drawn"}

    page = director.get(asked.location).text

    assert "Its pages are being made: 3 of 11, now: pages are drawn." in page
    assert 'data-live="1"' in page
    assert f"preview={preview.id}" in BeautifulSoup(page, "html.parser").find("a", string="Look again")["href"]  # type: ignore[index]


# A practice example --------------------------------------------------------------------------------------------


@pytest.fixture
def region(brent: Authority) -> PackProfile:
    row = commands.create(brent, kind=PackKind.PRACTICE_EXAMPLE, name="Region")
    chosen = replace(choosing.settings(row), watermark="FOR OUR REGION", ink="#5c1246")
    commands.change(row, version=row.version, profile=chosen)
    return row


def test_the_page_of_a_practice_example_is_made_and_looked_at_with_a_profile(
    director: FlaskClient, brent: Authority, region: PackProfile
) -> None:
    example = given_evidence.evidence(authority=brent, kind=Kind.PRACTICE_EXAMPLE)
    address = f"{HOME}/{region.id}"

    looked = director.post(address, data=typed(region, do="preview", watermark="NOT YET"))
    assert "Page 1 of 1" in director.get(looked.location).text
    made = director.post(f"{address}/example", data={"number": str(example.number)})

    assert "Practice example (Region)" in director.get(made.location).text
    pack = queries.pack(brent, 1)
    assert pack
    contents = PackContents.from_json(pack.contents)
    assert contents.look
    assert (contents.watermark, contents.look.ink) == ("FOR OUR REGION", "#5c1246")
    assert pack.pages == 1
    again = director.post(f"{address}/example", data={"number": str(example.number)}, follow_redirects=True)
    assert "nothing in it has changed since" in again.text


def test_an_example_that_is_not_there_or_too_long_or_of_another_pack_is_refused(
    director: FlaskClient, brent: Authority, region: PackProfile, plan_profile: PackProfile
) -> None:
    none = director.get(f"{HOME}/{region.id}")
    unseen = director.post(f"{HOME}/{region.id}", data=typed(region, do="preview"), follow_redirects=True)
    assert "No practice example fits on one page yet" in none.text
    assert "There is no practice example that fits on one page." in unseen.text
    example = given_evidence.evidence(authority=brent, kind=Kind.PRACTICE_EXAMPLE)
    missing = director.post(f"{HOME}/{region.id}/example", data={"number": "999"})
    another = director.post(f"{HOME}/{plan_profile.id}/example", data={"number": str(example.number)})

    assert (missing.status_code, another.status_code) == (422, 422)
    assert "is a profile of: Improvement plan" in another.text
    assert not queries.packs(brent)


def test_a_profile_of_a_practice_example_is_offered_only_where_one_is_made(
    director: FlaskClient, region: PackProfile
) -> None:
    assert f'value="{region.id}"' not in director.get("/brent/packs/").text
    assert "Region" not in director.get("/brent/packs/everything").text
