"""Looking from time to time whether the packs made ahead still say what is known, and having them made if not."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.packs import commands as packs
from tracker.packs.ready import commands, queries
from tracker.packs.ready.rules import AHEAD, is_due
from tracker.packs.rules import PackKind
from tracker.packs.sets.commands import Found
from tracker.people.models import Authority
from tracker.platform import clock, jobs
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import Job, JobState

LOOK = "packs.look_ahead"


def run(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """Have a worker look after every authority for which it is time; those that wait already are left."""
    due = [authority for authority in db.session.scalars(select(Authority).order_by(Authority.slug)) if _due(authority)]
    for authority in due:
        ask(authority)
    return {"asked": len(due)}


def ask(authority: Authority) -> None:
    """A worker is to look now, unless one is to look already."""
    if not _waits(authority):
        jobs.enqueue(LOOK, {"authority": str(authority.id)}, authority_id=authority.id)


def _due(authority: Authority) -> bool:
    state, now = queries.state_of(authority), clock.now()
    if state is None:
        return is_due(None, None, changed=True, now=now, today=clock.today())
    looked_on = state.looked_at.astimezone(clock.LONDON).date()
    changed = queries.has_changed(authority, state)
    return is_due(state.looked_at, looked_on, changed=changed, now=now, today=clock.today())


def _waits(authority: Authority) -> bool:
    waiting = Job.state.in_((JobState.QUEUED, JobState.RUNNING))
    wanted = select(Job.id).where(Job.task == LOOK, Job.authority_id == authority.id, waiting)
    return db.session.scalars(wanted.limit(1)).first() is not None


def look(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read everything as it is at one moment, then keep it: what is said already is not made again."""
    key, at = UUID(payload["authority"]), clock.now()
    with jobs.one_moment():
        authority = db.session.get_one(Authority, key)
        head = queries.newest_entry(authority)
        found = [_one(authority, kind) for kind in AHEAD]
        kept = [_kept(authority, one) for one in found]
    made = commands.keep(db.session.get_one(Authority, key), found, kept, head=head, at=at)
    return {"made": len(made.members) if made else 0}


def _one(authority: Authority, kind: PackKind) -> Found:
    try:
        return Found(kind, contents=packs.gathered(authority, kind, on=clock.today()))
    except Refused as refusal:
        return Found(kind, why_not=str(refusal))


def _kept(authority: Authority, found: Found) -> UUID | None:
    kept = packs.kept_of_any_day(authority, found.kind, found.contents) if found.contents else None
    return kept.id if kept else None
