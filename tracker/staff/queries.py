"""Who works in an authority, and who did."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.people import invitations
from tracker.people.identity.models import ProviderAccount
from tracker.people.models import Authority, Invitation, Membership, PartnerOrganisation, Person, ServiceArea
from tracker.people.rules import Role
from tracker.platform.db import db


@dataclass(frozen=True)
class Wanted:
    """What the list of people is asked to show; None leaves a question out."""

    show: str | None = None
    """``active``, ``invited`` or ``left``; None: whoever gets in."""
    role: Role | None = None
    of: UUID | None = None
    """A partner organisation, or a service area."""


EVERYBODY = Wanted()


@dataclass(frozen=True)
class Listed:
    membership: Membership
    signs_in: bool
    """She has a password, or an account of the identity provider."""
    invited: bool
    """A link that she was sent still opens."""


@dataclass(frozen=True)
class Counts:
    """How many people each choice of a filter would show, the other filters kept."""

    shows: Mapping[str | None, int]
    roles: Mapping[str | None, int]
    places: Mapping[str | None, int]
    """By the id of a service area or a partner organisation; one that would show nobody is left out."""


def everybody(authority: Authority, today: date, *, now: datetime, wanted: Wanted = EVERYBODY) -> Sequence[Listed]:
    """Who gets in today, or who does no more, by name, each with the person and her organisation; one statement."""
    found = db.session.execute(
        select(Membership, _signs_in(), _is_invited(now))
        .join(Membership.person)
        .options(contains_eager(Membership.person), joinedload(Membership.partner))
        .where(Membership.authority_id == authority.id, _shown(wanted.show, today, now), *_role(wanted), *_of(wanted))
        .order_by(Person.name, Person.email)
    ).all()
    return [Listed(*row) for row in found]


def counts(authority: Authority, today: date, *, now: datetime, wanted: Wanted) -> Counts:
    """One statement for each filter that has counts."""
    shows = (None, "active", "invited", "left")
    here = [Membership.authority_id == authority.id, *_of(wanted)]
    found = db.session.execute(
        select(*(func.count().filter(_shown(show, today, now)) for show in shows))
        .select_from(Membership)
        .join(Membership.person)
        .where(*here, *_role(wanted))
    ).one()
    by_role = db.session.execute(
        select(Membership.role, func.count())
        .join(Membership.person)
        .where(*here, _shown(wanted.show, today, now))
        .group_by(Membership.role)
    ).all()
    by_place = db.session.execute(
        select(Membership.partner_id, Membership.service_area_id, func.count())
        .join(Membership.person)
        .where(Membership.authority_id == authority.id, *_role(wanted), _shown(wanted.show, today, now))
        .group_by(Membership.partner_id, Membership.service_area_id)
    ).all()
    roles: dict[str | None, int] = {role.value: number for role, number in by_role}
    places: Counter[str | None] = Counter()
    for partner_id, area_id, number in by_place:
        places.update({str(place): number for place in (partner_id, area_id) if place} | {None: number})
    return Counts(dict(zip(shows, found, strict=True)), roles | {None: sum(roles.values())}, places)


def _shown(show: str | None, today: date, now: datetime) -> ColumnElement[bool]:
    here = _gets_in(today)
    if show == "left":
        return ~here
    if show == "active":
        return and_(here, _signs_in())
    return and_(here, ~_signs_in(), _is_invited(now)) if show == "invited" else here


def _role(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    return [Membership.role == wanted.role] if wanted.role else []


def _of(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    return [or_(Membership.partner_id == wanted.of, Membership.service_area_id == wanted.of)] if wanted.of else []


def _signs_in() -> ColumnElement[bool]:
    return or_(Person.password_hash != "", exists().where(ProviderAccount.person_id == Person.id))


def _is_invited(now: datetime) -> ColumnElement[bool]:
    return exists().where(Invitation.membership_id == Membership.id, *invitations.still_open(now))


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
