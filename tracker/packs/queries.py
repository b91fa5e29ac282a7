"""Every question asked about packs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.packs.models import Pack
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform.db import db


def packs(authority: Authority, *, limit: int = 50) -> Sequence[Pack]:
    """The newest first, each with who asked and how its job stands."""
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == authority.id)
        .options(joinedload(Pack.asked_by), joinedload(Pack.job))
        .order_by(Pack.number.desc())
        .limit(limit)
    ).all()


def pack(authority: Authority, number: int) -> Pack | None:
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == authority.id, Pack.number == number)
        .options(joinedload(Pack.asked_by), joinedload(Pack.job))
    ).one_or_none()


def last_made(authority: Authority, kind: PackKind) -> Pack | None:
    """The newest pack of a kind that has its file."""
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == authority.id, Pack.kind == kind, Pack.file_sha256.is_not(None))
        .order_by(Pack.number.desc())
        .limit(1)
    ).first()
