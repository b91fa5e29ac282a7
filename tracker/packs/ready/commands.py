"""Keeping the packs of inspection day as they would be made now; nothing is made again that says the same."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tracker.packs import commands as packs
from tracker.packs.models import Pack, PackSet, PackSetMember, ReadyPacks
from tracker.packs.ready import queries
from tracker.packs.ready.rules import KEPT_SETS
from tracker.packs.rules import PACK_NAMES, State
from tracker.packs.sets import commands as sets
from tracker.packs.sets.commands import Found
from tracker.people.models import Authority
from tracker.platform.db import db


def keep(
    authority: Authority, found: Sequence[Found], kept: Sequence[UUID | None], *, head: int, at: datetime
) -> PackSet | None:
    """Keep what was found at one moment; the set that has to be made for it, or None where there is nothing to make.

    ``kept`` names for each of ``found`` the pack that says it already. ``head`` is the newest entry of the trail
    before anything was read.
    """
    state = queries.state_of(authority) or ReadyPacks(authority=authority, looked_at=at, head=head, why_not="")
    db.session.add(state)
    state.looked_at, state.head, state.why_not = at, head, ""
    known = [one for one in found if one.contents is not None]
    if not known:
        state.why_not = next((one.why_not for one in found), "")
        db.session.flush()
        return None
    if _holds(state, found, kept):
        db.session.flush()
        return None
    state.made = _made(authority, found, kept, at=at)
    _put_old_ones_away(authority)
    db.session.flush()
    return state.made


def _holds(state: ReadyPacks, found: Sequence[Found], kept: Sequence[UUID | None]) -> bool:
    """Whether the newest set is of just these packs, and was made or is being made."""
    made = state.made
    if made is None or not (made.state is State.READY or made.state.is_under_way) or made.has_a_rest:
        return False
    said = [key for one, key in zip(found, kept, strict=True) if one.contents is not None]
    return [member.pack_id for member in made.members] == said and made.left_out == _left_out(found)


def _left_out(found: Sequence[Found]) -> list[dict[str, str]]:
    return [{"name": PACK_NAMES[one.kind], "because": one.why_not} for one in found if one.contents is None]


def _made(authority: Authority, found: Sequence[Found], kept: Sequence[UUID | None], *, at: datetime) -> PackSet:
    made = PackSet(
        authority=authority, asked_at=at, asked_by=None, kinds=[one.kind.value for one in found], profile_name="",
        frozen_at=at, left_out=_left_out(found), members=[],
    )  # fmt: skip
    db.session.add(made)
    new = list[Pack]()
    for one, key in zip(found, kept, strict=True):
        if one.contents is None:
            continue
        pack = db.session.get(Pack, key) if key else None
        if pack is None:
            pack = packs.keep_contents(authority, one.contents, kind=one.kind, by=None, at=at, ahead=True)
            new.append(pack)
        made.members.append(PackSetMember(pack=pack, position=len(made.members)))
    db.session.flush()
    for pack in new:
        packs.queue(pack)
    sets.queue_zip(made)
    return made


def _put_old_ones_away(authority: Authority) -> None:
    """Sets that a newer one took the place of, with those of their packs that nobody asked for or took away.

    The newest that can be taken stays until the one that is being made can be.
    """
    db.session.flush()
    others = queries.made_ahead(authority)
    ready = [one for one in others if one.file_sha256 is not None]
    staying = {one.id for one in (*others[:KEPT_SETS], *ready[:1])}
    for old in (one for one in others if one.id not in staying and not one.state.is_under_way):
        unused = [pack for pack in old.packs if pack.kept_ready and not _elsewhere(pack, old)]
        db.session.delete(old)
        db.session.flush()
        for pack in unused:
            db.session.delete(pack)


def _elsewhere(pack: Pack, than: PackSet) -> bool:
    return db.session.scalars(queries.elsewhere(pack, than).limit(1)).first() is not None
