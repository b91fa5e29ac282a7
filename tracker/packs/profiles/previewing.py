"""Looking at a pack before it is made: asked for here, made and drawn by a worker, forgotten within a day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from tracker.packs.models import PackPreview, PackPreviewPage, PackProfile
from tracker.packs.profiles import rules
from tracker.packs.profiles.rules import Profile
from tracker.platform import clock, jobs
from tracker.platform.db import db
from tracker.platform.errors import Refused

PREVIEW = "packs.preview"
KEPT_FOR = timedelta(days=1)
MOST_KEPT = 10
"""Of one authority. Our choice: a form is seldom tried more often before it is saved."""

MOST_DRAWN = 60
"""Pages of one preview. Our choice: a longer pack is looked at once it is made."""


def ask(row: PackProfile, profile: Profile, *, at: datetime) -> PackPreview:
    """Queue the drawing of a pack as a profile would make it, saved or not. Raises Refused as saving it would."""
    for sentence in rules.why_not(profile).values():
        raise Refused(sentence)
    preview = PackPreview(authority=row.authority, profile=row, asked_at=at, settings=profile.to_json())
    db.session.add(preview)
    db.session.flush()
    tidy(at=at)
    preview.job = jobs.enqueue(PREVIEW, {"preview": str(preview.id)}, authority_id=row.authority_id)
    db.session.flush()
    return preview


def tidy(*, at: datetime) -> int:
    """Forget previews that are old or too many, and pictures that none of the rest shows; how many previews went."""
    newest: dict[object, int] = {}
    gone = []
    kept = select(PackPreview.id, PackPreview.authority_id, PackPreview.asked_at)
    for preview_id, authority_id, asked_at in db.session.execute(kept.order_by(PackPreview.asked_at.desc())):
        newest[authority_id] = newest.get(authority_id, 0) + 1
        if asked_at < at - KEPT_FOR or newest[authority_id] > MOST_KEPT:
            gone.append(preview_id)
    db.session.execute(delete(PackPreview).where(PackPreview.id.in_(gone)))
    shown = select(PackPreview.contents_sha256).where(PackPreview.contents_sha256.is_not(None))
    db.session.execute(delete(PackPreviewPage).where(PackPreviewPage.contents_sha256.not_in(shown)))
    return len(gone)


def forget(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """What a worker does from time to time, without loading what makes a pack."""
    return {"previews": tidy(at=clock.now())}
