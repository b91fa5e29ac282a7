"""Who works in an authority, and who did."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.people.models import Authority, Membership, PartnerOrganisation, Person, ServiceArea
from tracker.platform.db import db


def everybody(authority: Authority, today: date, *, left: bool = False) -> Sequence[Membership]:
    """Who gets in today, or who does no more, by name, each with the person and her organisation; one statement."""
    here = _gets_in(today)
    return db.session.scalars(
        select(Membership)
        .join(Membership.person)
        .options(joinedload(Membership.person), joinedload(Membership.partner))
        .where(Membership.authority_id == authority.id, ~here if left else here)
        .order_by(Person.name, Person.email)
    ).all()


def one(authority: Authority, membership_id: UUID) -> Membership | None:
    return db.session.scalars(
        select(Membership)
        .where(Membership.authority_id == authority.id, Membership.id == membership_id)
        .options(joinedload(Membership.person), joinedload(Membership.partner), joinedload(Membership.authority))
    ).one_or_none()


def organisations(authority: Authority) -> Sequence[PartnerOrganisation]:
    return db.session.scalars(
        select(PartnerOrganisation)
        .where(PartnerOrganisation.authority_id == authority.id)
        .order_by(PartnerOrganisation.name)
    ).all()


def service_areas(authority: Authority) -> Sequence[ServiceArea]:
    return db.session.scalars(
        select(ServiceArea).where(ServiceArea.authority_id == authority.id).order_by(ServiceArea.name)
    ).all()


def service_area(authority: Authority, area_id: UUID) -> ServiceArea | None:
    return db.session.scalars(
        select(ServiceArea).where(ServiceArea.authority_id == authority.id, ServiceArea.id == area_id)
    ).one_or_none()


def members_of(area: ServiceArea) -> Sequence[Membership]:
    """Whom it bounds, or bounded when she left."""
    return db.session.scalars(
        select(Membership).options(joinedload(Membership.person)).where(Membership.service_area_id == area.id)
    ).all()


def count_others(membership: Membership, today: date) -> int:
    """How many others have the same role here and get in today."""
    same = select(func.count()).select_from(Membership).join(Membership.person)
    return (
        db.session.scalar(
            same.where(
                Membership.authority_id == membership.authority_id,
                Membership.role == membership.role,
                Membership.id != membership.id,
                _gets_in(today),
            )
        )
        or 0
    )


def _gets_in(today: date) -> ColumnElement[bool]:
    return and_(Person.active, or_(Membership.last_day.is_(None), Membership.last_day >= today))
