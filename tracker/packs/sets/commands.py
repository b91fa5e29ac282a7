"""Asking for everything at once: a worker freezes each pack at one moment, others make them, and then the zip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.contents import PackContents
from tracker.packs import commands as packs
from tracker.packs import queries
from tracker.packs.models import PackProfile, PackSet, PackSetMember
from tracker.packs.rules import PACK_NAMES, PackKind, State
from tracker.people.models import Authority, Person
from tracker.platform import history, jobs, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.storage import Stored

GATHER = "packs.gather_set"
COLLECT = "packs.collect"


@dataclass(frozen=True)
class Found:
    """What was known for one kind of pack, or why there is no pack of it."""

    kind: PackKind
    profile: PackProfile | None = None
    contents: PackContents | None = None
    why_not: str = ""


def ask(
    authority: Authority, kinds: Sequence[PackKind], *, by: Person, at: datetime, profile_name: str = ""
) -> PackSet:
    """Queue the gathering of every kind; profiles of a name are used where a kind has one, and none elsewhere.

    Raises Refused for no kind, and for a name that no profile of these kinds has.
    """
    if not kinds:
        raise Refused("Choose at least one pack.")
    if profile_name and not any(queries.profile_named(authority, kind, profile_name) for kind in kinds):
        raise Refused(f"None of these packs has a profile called “{profile_name}”. Choose another, or none.")
    made = PackSet(
        authority=authority,
        asked_at=at,
        asked_by=by,
        kinds=[kind.value for kind in kinds],
        profile_name=profile_name,
        left_out=[],
        members=[],
    )
    db.session.add(made)
    db.session.flush()
    _queue_gathering(made)
    return made


def keep_gathered(made: PackSet, found: Sequence[Found], *, at: datetime) -> None:
    """Freeze what was gathered at one moment and queue the making of it, and of the zip.

    A kind that cannot be made is left out, with the reason. Raises Refused, once that is kept, where none can.
    """
    made.frozen_at = at
    made.left_out = [{"name": PACK_NAMES[one.kind], "because": one.why_not} for one in found if one.contents is None]
    chosen = [asked for one in found if (asked := _kept(made, one, at=at))]
    made.members = [PackSetMember(pack=one.pack, position=position) for position, one in enumerate(chosen)]
    db.session.flush()
    if not chosen:
        raise Refused("None of these packs can be made. " + " ".join(one["because"] for one in made.left_out[:1]))
    for one in chosen:
        if not one.kept:
            packs.queue(one.pack)
    queue_zip(made)


def _kept(made: PackSet, found: Found, *, at: datetime) -> packs.Asked | None:
    if found.contents is None:
        return None
    kept = packs.kept_of_today(made.authority, found.kind, found.contents)
    if kept is not None:
        kept.kept_ready = False
        return packs.Asked(kept, kept=True)
    pack = packs.keep_contents(
        made.authority, found.contents, kind=found.kind, by=made.asked_by, at=at, profile=found.profile
    )
    return packs.Asked(pack, kept=False)


def ask_again(made: PackSet) -> None:
    """Queue what failed once more, and the zip after it; the zip of the rest stays until then.

    What was frozen stays as it was. Where nothing was frozen, all is gathered anew.
    """
    if made.state.is_under_way or (made.state is State.READY and not made.has_a_rest):
        raise Refused(f"This is {made.state.lower()}. Look at its page again.")
    if not made.members:
        made.job = None
        _queue_gathering(made)
        return
    for pack in made.packs:
        if pack.state in (State.FAILED, State.CANCELLED):
            packs.ask_again(pack)
    queue_zip(made)


def cancel(made: PackSet, *, by: Person, at: datetime) -> None:
    """Stop the zip and every pack that was asked for with it and is not made yet."""
    if made.job is None or not made.state.is_under_way:
        raise Refused("It is not being made. Look at its page again.")
    jobs.cancel(made.job, by=by.name, at=at)
    for pack in made.packs:
        if pack.state.is_under_way and pack.asked_at == made.frozen_at:
            packs.cancel(pack, by=by, at=at)


def keep_file(made: PackSet, stored: Stored, *, at: datetime) -> None:
    """The zip is made: say which file it is."""
    made.file_sha256, made.file_size, made.made_at = stored.sha256, stored.size, at
    db.session.flush()


def note_download(made: PackSet) -> str:
    """Record that somebody takes the zip away; the key of its content. Raises Refused until it is made."""
    if made.file_sha256 is None or not storage.exists(made.file_sha256):
        raise Refused("The zip is not there yet. Its page says when it is.")
    for pack in made.packs:
        pack.kept_ready = False
    history.record(made, "downloaded")
    return made.file_sha256


def _queue_gathering(made: PackSet) -> None:
    job = jobs.enqueue(GATHER, {"set": str(made.id)}, authority_id=made.authority_id)
    if made.job is None:  # an inline job has gone on to the zip by now
        made.job = job
    db.session.flush()


def queue_zip(made: PackSet) -> None:
    """A worker is to put the packs of a set together once all are made."""
    made.job = jobs.enqueue(COLLECT, {"set": str(made.id)}, authority_id=made.authority_id)
    db.session.flush()
