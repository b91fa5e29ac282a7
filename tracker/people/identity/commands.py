"""Accounts made when somebody first comes in with her organisation's, and roles that follow its groups."""

from collections.abc import Mapping
from datetime import datetime

from tracker.people import commands as people
from tracker.people import queries as people_queries
from tracker.people.identity import queries
from tracker.people.identity.groups import Groups
from tracker.people.identity.models import ProviderAccount
from tracker.people.identity.rules import Told, granted
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Refused

NO_ROLE = "Your organisation's account is in no group that has a role here. Ask {contact} to be added to one."
TAKEN = (
    "Somebody signs in here with your address already, and your organisation's account does not say that it is "
    "proven to be yours. Ask {contact} to join the two."
)
LEFT = "Your access to this service has ended. Ask {contact} if that is a mistake."


def come_in(told: Told, *, issuer: str, groups: Groups, join_by_email: bool, contact: str, at: datetime) -> Person:
    """The person whose account this is, with the roles that its groups give her now. Raises Refused.

    Somebody who is new here gets an account, if a group of hers has a role.
    """
    roles = granted(groups.mapping, told.groups)
    known = queries.account(issuer, told.subject)
    person = known.person if known else _join(told, issuer, roles, join_by_email, contact, at)
    if not person.active:
        raise Refused(LEFT.format(contact=contact))
    history.act_as(person.id, person.name)
    follow_groups(person, roles, groups)
    return person


def whose(told: Told, *, issuer: str) -> Person | None:
    """Whose account this is, if it is somebody's here."""
    known = queries.account(issuer, told.subject)
    return known.person if known else None


def follow_groups(person: Person, roles: Mapping[str, Role], groups: Groups) -> None:
    """In authorities that the mapping names she has what it gives her and nothing else; in others she keeps hers."""
    with history.because("As the groups of the organisation's account say"):
        for slug in sorted(groups.authorities):
            authority = people_queries.authority(slug)
            if authority is None:
                continue
            membership = people_queries.membership(person, authority)
            role = roles.get(slug)
            if role is None and membership is not None:
                db.session.delete(membership)
            elif role is not None and (membership is None or membership.role is not role):
                people.give_role(person, authority=authority, role=role)
    db.session.flush()


def _join(
    told: Told, issuer: str, roles: Mapping[str, Role], join_by_email: bool, contact: str, at: datetime
) -> Person:
    """An address alone joins an account to a person only where the provider, or the operator, vouches for it."""
    person = people_queries.person_by_email(told.email)
    if person is None:
        if not roles:
            raise Refused(NO_ROLE.format(contact=contact))
        person = people.create_person(email=told.email, name=told.name)
    elif not (told.email_is_verified or join_by_email):
        raise Refused(TAKEN.format(contact=contact))
    db.session.add(ProviderAccount(person=person, issuer=issuer, subject=told.subject, linked_at=at))
    db.session.flush()
    return person
