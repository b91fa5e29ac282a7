"""Gathering everything at one moment, and putting the packs together once all are made: what worker processes do."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from tracker.packs import commands as packs
from tracker.packs import mailing, queries
from tracker.packs.models import PackSet
from tracker.packs.profiles import choosing
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.packs.sets import commands
from tracker.packs.sets.commands import Found
from tracker.packs.sets.packing import contents_of, pack
from tracker.platform import clock, history, jobs, storage, under_way
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import TryLater

AGAIN_AFTER = timedelta(seconds=1)
"""Until it is looked again whether all packs are made. Our choice: a pack takes some seconds."""


def gather(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read everything as it is at one moment, while others may write; then freeze it."""
    set_id = UUID(payload["set"])
    under_way.stop_if_cancelled()
    at = clock.now()
    with jobs.one_moment():
        found = _found(db.session.get_one(PackSet, set_id))
    made = db.session.get_one(PackSet, set_id)
    with _acting_for(made), _told_if_refused(made):
        commands.keep_gathered(made, found, at=at)
    return {"packs": len(made.members)}


def _found(made: PackSet) -> Sequence[Found]:
    kinds, found = [PackKind(value) for value in made.kinds], list[Found]()
    for place, kind in enumerate(kinds):
        under_way.stop_if_cancelled()
        under_way.tell({"done": place, "of": len(kinds), "now": PACK_NAMES[kind]})
        found.append(_one(made, kind))
    return found


def _one(made: PackSet, kind: PackKind) -> Found:
    profile = queries.profile_named(made.authority, kind, made.profile_name) if made.profile_name else None
    try:
        contents = packs.gathered(made.authority, kind, on=clock.today(), chosen=choosing.chosen(profile))
    except Refused as refusal:
        return Found(kind, why_not=str(refusal))
    return Found(kind, profile, contents)


def _acting_for(made: PackSet) -> AbstractContextManager[None]:
    return history.acting(made.asked_by_id, made.asked_by.name if made.asked_by else history.NOBODY)


@contextmanager
def _told_if_refused(made: PackSet) -> Iterator[None]:
    """Whoever asked is mailed why nothing came of it; what was kept until then stays."""
    try:
        yield
    except under_way.Cancelled:
        raise
    except Refused as refusal:
        mailing.tell_of_set(made, why_not=str(refusal))
        jobs.let_others_write()
        raise


def collect(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the zip of a set and keep it, once none of its packs is on its way any more."""
    set_id = UUID(payload["set"])
    under_way.stop_if_cancelled()
    made = db.session.get_one(PackSet, set_id)
    waiting = [one.reference for one in made.packs if one.state.is_under_way]
    if waiting:
        raise TryLater(f"It waits for {', '.join(waiting)}.", at=clock.now() + AGAIN_AFTER)
    with _told_if_refused(made):
        contents = contents_of(made)
    jobs.let_others_write()
    with tempfile.TemporaryFile() as file:
        pack(contents, file)
        file.seek(0)
        stored = storage.keep_made(file)
    made = db.session.get_one(PackSet, set_id)
    commands.keep_file(made, stored, at=clock.now())
    mailing.tell_of_set(made)
    return {"packs": len(contents.entries), "bytes": stored.size}
