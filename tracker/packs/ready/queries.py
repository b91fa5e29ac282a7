"""How the packs that are made ahead stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.packs.models import Pack, PackSet, PackSetMember, ReadyPacks
from tracker.packs.ready.rules import CHANGES_NOTHING
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.history import ROWS, HistoryEntry, HistoryHead


@dataclass(frozen=True)
class Ahead:
    """What the readiness page says: the newest that can be taken, and whether newer ones are due."""

    state: ReadyPacks
    offered: PackSet | None
    """None: not made yet."""
    changed: bool
    """Something was changed since it was last looked."""

    @property
    def is_under_way(self) -> bool:
        return self.state.made is not None and self.state.made.state.is_under_way


def ahead(authority: Authority) -> Ahead | None:
    """None before the first look."""
    state = state_of(authority)
    if state is None:
        return None
    made = (
        select(PackSet)
        .where(PackSet.authority_id == authority.id, PackSet.asked_by_id.is_(None), PackSet.file_sha256.is_not(None))
        .options(selectinload(PackSet.members), joinedload(PackSet.job))
        .order_by(PackSet.frozen_at.desc())
    )
    return Ahead(state, db.session.scalars(made.limit(1)).first(), has_changed(authority, state))


def state_of(authority: Authority) -> ReadyPacks | None:
    wanted = select(ReadyPacks).where(ReadyPacks.authority_id == authority.id)
    return db.session.scalars(wanted.options(joinedload(ReadyPacks.made).joinedload(PackSet.job))).one_or_none()


def newest_entry(authority: Authority) -> int:
    """The number of the newest entry of an authority's trail."""
    return db.session.scalar(select(HistoryHead.sequence).where(HistoryHead.id == authority.id)) or 0


def has_changed(authority: Authority, state: ReadyPacks) -> bool:
    """Whether anything that a pack may tell of was changed since it was last looked."""
    newer = exists().where(
        HistoryEntry.chain == authority.id,
        HistoryEntry.sequence > state.head,
        HistoryEntry.what.in_(ROWS),
        HistoryEntry.thing_kind.not_in(CHANGES_NOTHING),
    )
    return bool(db.session.scalar(select(newer)))


def made_ahead(authority: Authority) -> Sequence[PackSet]:
    """The sets that nobody asked for, the newest first, with their packs; what those say stays in the database."""
    members = selectinload(PackSet.members).joinedload(PackSetMember.pack)
    return db.session.scalars(
        select(PackSet)
        .where(PackSet.authority_id == authority.id, PackSet.asked_by_id.is_(None))
        .options(members.defer(Pack.contents), joinedload(PackSet.job))
        .order_by(PackSet.frozen_at.desc())
    ).all()


def elsewhere(pack: Pack, than: PackSet) -> Select[PackSetMember]:
    """The places of a pack in other sets."""
    return select(PackSetMember).where(PackSetMember.pack_id == pack.id, PackSetMember.set_id != than.id)
