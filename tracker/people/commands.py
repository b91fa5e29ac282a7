"""Every way people, roles and authorities change."""

import re
from datetime import date
from typing import TypeVar

from tracker.people import queries, rules
from tracker.people.models import Authority, Membership, PartnerOrganisation, Person, ServiceArea, Team
from tracker.people.passwords import commands as passwords
from tracker.people.rules import Role
from tracker.platform.db import Model, db
from tracker.platform.errors import Refused

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RESERVED = frozenset((
    "static", "health", "ready", "sign-in", "sign-out", "help", "accessibility", "unsubscribe", "calendar", "account",
    "password", "invitations", "home",
))  # fmt: skip

Thing = TypeVar("Thing", bound=Model)


def create_authority(*, slug: str, name: str) -> Authority:
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise Refused(f"“{slug}” cannot be part of an address. Use lower-case letters, digits and hyphens.")
    if queries.authority(slug) is not None:
        raise Refused(f"There is an authority at /{slug}/ already")
    return _added(Authority(slug=slug, name=name))


def create_team(authority: Authority, *, name: str, service: str) -> Team:
    return _added(Team(authority=authority, name=name, service=service))


def create_person(*, email: str, name: str, password: str = "") -> Person:
    """Somebody new; without a password she cannot sign in."""
    if queries.person_by_email(email) is not None:
        raise Refused(f"Somebody signs in as {email} already")
    person = _added(Person(email=email.strip().lower(), name=name, password_hash=""))
    if password:
        passwords.set_password(person, password=password)
    return person


def give_role(
    person: Person,
    *,
    authority: Authority,
    role: Role,
    job_title: str = "",
    partner: PartnerOrganisation | None = None,
    service_area: ServiceArea | None = None,
    last_day: date | None = None,
) -> Membership:
    """Let ``person`` work in ``authority``; a second call changes what she is there."""
    why_not = rules.why_not_role(role, of_partner=partner is not None, last_day=last_day)
    if why_not:
        raise Refused(why_not)
    if partner is not None and partner.authority_id != authority.id:
        raise Refused(f"{partner.name} is not on {authority.name}’s list. Choose one that is.")
    if service_area is not None and service_area.authority_id != authority.id:
        raise Refused(f"{service_area.name} is not a service area of {authority.name}. Choose one that is.")
    if service_area is not None and role not in rules.OF_A_SERVICE_AREA:
        raise Refused("Only a head of service has a service area. Leave it empty for any other role.")
    membership = queries.membership(person, authority) or Membership(person=person, authority=authority)
    membership.role, membership.job_title, membership.last_day = role, job_title, last_day
    membership.partner, membership.service_area = partner, service_area
    return _added(membership)


def _added(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.flush()
    return thing
