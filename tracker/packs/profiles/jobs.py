"""Making and drawing previews, which worker processes do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from reports.contents import PackContents
from tracker.evidence.models import Evidence
from tracker.packs import commands, queries
from tracker.packs import jobs as packs
from tracker.packs.models import PackPreview, PackPreviewPage
from tracker.packs.profiles import choosing, drawing, previewing
from tracker.packs.profiles.choosing import Chosen
from tracker.packs.profiles.rules import Profile
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock, jobs, under_way
from tracker.platform.db import db
from tracker.platform.errors import Refused

REFERENCE = "Preview"
"""Where a pack prints its reference."""


def preview(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Gather what a pack would say, make it and draw its pages; those of the same contents are drawn once."""
    preview_id = UUID(payload["preview"])
    under_way.stop_if_cancelled()
    with jobs.one_moment():
        contents = _as_it_would_be(_row(preview_id))
    digest = contents.digest()
    row = _row(preview_id)
    row.contents, row.contents_sha256 = contents.to_json(), digest
    drawn = queries.drawn(digest)
    jobs.let_others_write()
    if drawn is None:
        drawn = _draw(contents, digest)
    _row(preview_id).pages = drawn[1]
    previewing.tidy(at=clock.now())
    return {"pages": drawn[1]}


def _row(preview_id: UUID) -> PackPreview:
    """Raises Refused where it was forgotten meanwhile."""
    row = db.session.get(PackPreview, preview_id)
    if row is None:
        raise Refused("The preview was forgotten meanwhile. Ask for it again.")
    return row


def _as_it_would_be(row: PackPreview) -> PackContents:
    chosen = Chosen(Profile.from_json(row.settings), choosing.crest(row.profile))
    about = _an_example(row.authority) if row.profile.kind is PackKind.PRACTICE_EXAMPLE else None
    contents = commands.gathered(row.authority, row.profile.kind, about, on=clock.today(), chosen=chosen)
    return replace(contents, reference=REFERENCE)


def _an_example(authority: Authority) -> Evidence:
    """The newest that fits on a page: a profile is of all of them."""
    found = queries.examples(authority)
    if not found:
        raise Refused("There is no practice example that fits on one page. Record one as evidence, then look again.")
    return found[0]


def _draw(contents: PackContents, digest: str) -> tuple[int, int]:
    """How many pages were drawn, and how many there are."""
    made = packs.watched(contents)
    number, most = 0, previewing.MOST_DRAWN
    for number, picture in enumerate(drawing.pages(made.file, most=most), start=1):
        under_way.tell({"done": number, "of": min(made.pages, most), "now": "pages are drawn"})
        db.session.add(PackPreviewPage(contents_sha256=digest, number=number, of=made.pages, picture=picture))
    db.session.flush()
    return number, made.pages
