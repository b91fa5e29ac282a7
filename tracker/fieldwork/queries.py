"""Every question asked about an inspection while it happens. The authority, or its fieldwork, comes first."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.fieldwork.models import Fieldwork, PacksOfFieldwork
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.packs.models import PackSet
from tracker.people.models import Authority
from tracker.platform.db import db


def current(authority: Authority, *, rehearsal: bool = False) -> Fieldwork | None:
    """The one that is open: real, or with ``rehearsal`` the rehearsal. Never the one for the other."""
    return db.session.scalars(
        select(Fieldwork).where(
            Fieldwork.authority_id == authority.id,
            Fieldwork.rehearsal.is_(rehearsal),
            Fieldwork.closed_at.is_(None),
        )
    ).one_or_none()


def by_number(authority: Authority, number: int) -> Fieldwork | None:
    return db.session.scalars(
        select(Fieldwork)
        .where(Fieldwork.authority_id == authority.id, Fieldwork.number == number)
        .options(joinedload(Fieldwork.started_by))
    ).one_or_none()


def of_authority(authority: Authority) -> Sequence[Fieldwork]:
    """All of them, the newest call first."""
    return db.session.scalars(
        select(Fieldwork)
        .where(Fieldwork.authority_id == authority.id)
        .order_by(Fieldwork.called_at.desc(), Fieldwork.number.desc())
    ).all()


def framework(day: date) -> Framework:
    """The framework that fieldwork begun on ``day`` follows. Raises Refused before the first."""
    return frameworks.library().for_fieldwork(CHILDRENS_SERVICES, day)


def pack_sets(fieldwork: Fieldwork) -> Sequence[PackSet]:
    """Everything that was asked for because of the call, the newest first."""
    return db.session.scalars(
        select(PackSet)
        .join(PacksOfFieldwork, PacksOfFieldwork.pack_set_id == PackSet.id)
        .where(PacksOfFieldwork.authority_id == fieldwork.authority_id, PacksOfFieldwork.fieldwork_id == fieldwork.id)
        .order_by(PackSet.asked_at.desc())
    ).all()
