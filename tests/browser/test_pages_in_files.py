"""Pages that leave in a file and are opened from a folder, and pages that stand only while something is made.

Looked at as every other page is: no fault that axe knows, and nothing wider than the window.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from reports import html
from tests.browser.conftest import DIRECTOR, PHONE, WIDE, Site
from tests.browser.test_every_page import OF_A_SIZE, RULES, faults_of
from tracker.evidence import queries as evidence
from tracker.evidence.bundles import commands as bundles
from tracker.evidence.bundles import index_files
from tracker.fieldwork.models import Fieldwork
from tracker.handover import export
from tracker.handover import queries as handed
from tracker.packs import commands as packs
from tracker.packs import queries
from tracker.packs.models import PackPreview
from tracker.packs.profiles import choosing
from tracker.packs.rules import PackKind
from tracker.packs.sets import packing
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.jobs import Job, JobState

Visit = Callable[..., Page]


def brent() -> Authority:
    return db.session.scalars(select(Authority).where(Authority.slug == "brent")).one()


def index_of_a_bundle() -> str:
    pieces = evidence.register(brent())
    contents = bundles.gathered(brent(), pieces, about="all areas", at=clock.now(), demonstration=True)
    return index_files.page(contents).decode()


def index_of_inspection_day() -> str:
    entry = packing.Entry(
        reference="P-1", title="Self-evaluation, version 2 of autumn 2026", what_for="For inspection day.",
        file="01 self-evaluation P-1.pdf", pages=47, size=581_865, sha256="a" * 64, contents_sha256="b" * 64,
    )  # fmt: skip
    contents = packing.Contents(
        authority="Brent", marking="OFFICIAL", asked_at=clock.now(), entries=(entry,), demonstration=True,
        left_out=(("Board report", "There is no snapshot yet."),),
    )  # fmt: skip
    return packing.page(contents)


def index_of_what_was_handed_over() -> str:
    found = db.session.scalars(select(Fieldwork).where(Fieldwork.authority == brent())).all()
    contents = next(export.contents_of(one) for one in found if handed.handed_over(one))
    return export.page(contents)


def pack_as_a_page() -> str:
    return html.page(packs.gathered(brent(), PackKind.SELF_EVALUATION, on=clock.today()))


def test_pages_that_are_opened_from_a_folder_have_no_fault(site: Site, visit: Visit) -> None:
    page = visit()
    made = (index_of_a_bundle, index_of_inspection_day, index_of_what_was_handed_over, pack_as_a_page)
    with site.app.app_context(), site.app.test_request_context():
        pages = {one.__name__: one() for one in made}

    found = {name: faults_in(page, text) for name, text in pages.items()}

    assert found == {name: [] for name in pages}


def faults_in(page: Page, text: str) -> list[str]:
    page.set_content(text)
    faults = []
    for size, rules in ((WIDE, RULES), (PHONE, OF_A_SIZE)):
        page.set_viewport_size(size)
        faults += faults_of(page, size, rules)
    return faults


def test_the_page_of_a_preview_that_is_being_made_has_no_fault(site: Site, visit: Visit) -> None:
    with site.app.app_context():
        profile = queries.profiles(brent())[0]
        job = Job(
            task="packs.preview",
            queued_at=clock.now(),
            payload={},
            state=JobState.RUNNING,
            authority_id=profile.authority_id,
        )
        job.progress = {"done": 3, "of": 47, "now": "pages are drawn"}
        preview = PackPreview(authority=brent(), profile=profile, asked_at=clock.now(), job=job)
        preview.settings = choosing.settings(profile).to_json()
        db.session.add(preview)
        db.session.commit()
        address = f"/brent/packs/profiles/{profile.id}?preview={preview.id}"
    page = visit(DIRECTOR)

    for size, rules in ((WIDE, RULES), (PHONE, OF_A_SIZE)):
        page.set_viewport_size(size)
        page.goto(address)
        expect(page.get_by_role("status").filter(has_text="3 of 47, now: pages are drawn")).to_be_visible()
        assert faults_of(page, size, rules) == []
