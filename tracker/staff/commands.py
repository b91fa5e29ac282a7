"""Adding people to an authority, changing what they are, and seeing them off with nothing left lying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from tracker.handover.room import commands as rooms
from tracker.people import commands as people
from tracker.people import invitations
from tracker.people import queries as people_queries
from tracker.people.models import Authority, Membership, PartnerOrganisation, Person, ServiceArea
from tracker.people.rules import Role
from tracker.people.sessions import commands as sessions
from tracker.platform import history, jobs
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused
from tracker.reminders import commands as reminders
from tracker.self_evaluation.models import SelfEvaluation, Statement
from tracker.self_evaluation.turns.models import WritingTurn
from tracker.staff import held, queries
from tracker.staff.rules import why_not_change, why_not_the_last

LONGEST_REASON = 1_000


@dataclass(frozen=True)
class What:
    """What somebody is to be here."""

    role: Role
    job_title: str = ""
    partner: PartnerOrganisation | None = None
    last_day: date | None = None
    service_area: ServiceArea | None = None


@dataclass(frozen=True)
class HandedOver:
    """What went to somebody else, and what nobody took, each kind in words with its count."""

    taken: Sequence[str]
    left: Sequence[str]


def add(authority: Authority, *, email: str, name: str, what: What, by: Person, on: date) -> Membership:
    """Somebody new here; who signs in already keeps her name and her password."""
    _require_may(authority, by, person=None, before=None, after=what.role)
    _require_day(what, on)
    person = people_queries.person_by_email(email)
    there = people_queries.membership(person, authority) if person is not None else None
    if there is not None and there.counts_on(on):
        raise Refused(f"{there.person.name} is here already, as {there.title.lower()}. Change what she is on her page.")
    if person is None:
        person = people.create_person(email=email, name=name)
    person.active = True
    return _let_in(_become(person, authority, what), by)


def change(membership: Membership, *, what: What, by: Person, on: date) -> None:
    _require_may(membership.authority, by, person=membership.person, before=membership.role, after=what.role)
    _require_not_the_last(membership, what.role, on)
    _require_day(what, on)
    _let_in(_become(membership.person, membership.authority, what), by)


def invite(membership: Membership, *, by: Person, at: datetime) -> str:
    """A link, shown once, with which she chooses a password; what was sent before opens nothing any more."""
    _require_may(membership.authority, by, person=membership.person, before=membership.role, after=membership.role)
    token = invitations.invite(membership, by=by, at=at)
    history.record(membership, "given a link to choose a password")
    return token


def take_back(membership: Membership, *, at: datetime) -> None:
    """What was sent to her, or made for her, and not used opens nothing any more."""
    if invitations.waiting(membership, at=at) is not None:
        history.record(membership, "no longer let in by the link")
    invitations.revoke(membership, at=at)


def mail_invitation(membership: Membership, *, by: Person, at: datetime) -> None:
    """Have her mailed a link with which she chooses a password; what was sent before opens nothing any more."""
    _require_may(membership.authority, by, person=membership.person, before=membership.role, after=membership.role)
    invitations.require_no_password(membership)
    invitations.revoke(membership, at=at)
    asked = {"membership": str(membership.id), "by": str(by.id), "asked_at": at.isoformat()}
    jobs.enqueue("people.mail_invitation", asked, authority_id=membership.authority_id)


def hand_over(membership: Membership, *, to: Membership, reason: str) -> HandedOver:
    """All that she has to somebody of the same authority, as far as that one may take it. Each is in the history."""
    if to.authority_id != membership.authority_id or to.id == membership.id:
        raise Refused("Choose a colleague here who takes it over.")
    if not reason.strip():
        raise Refused("Say why it is handed over.")
    taken, left = list[str](), list[str]()
    said = f"{membership.person.name} to {to.person.name}. {reason.strip()}"  # history keeps ids; her name outlasts her
    with history.because(said):
        for kind, things in held.of(membership.authority, membership.person):
            going = [one for one in things if held.can_take(kind, one, role=to.role, person=to.person)]
            for thing in going:
                setattr(thing, kind.column.key, to.person_id)
            db.session.flush()
            taken += [kind.words(len(going))] if going else []
            left += [kind.words(len(things) - len(going))] if len(going) < len(things) else []
    db.session.expire_all()
    return HandedOver(taken, left)


def leave(
    membership: Membership, *, to: Membership | None, reason: str, by: Person, on: date, at: datetime
) -> HandedOver:
    """See somebody off: what she has goes to another, her way in here ends today, her name stays where it stands.

    All or nothing. Without anybody to take it over she must have nothing. Who works nowhere else cannot sign in.
    """
    authority, person = membership.authority, membership.person
    _require_may(authority, by, person=person, before=membership.role, after=None)
    _require_not_the_last(membership, None, on)
    if to is None and held.of(authority, person):
        raise Refused(f"{person.name} has work here. Choose who takes it over.")
    if to is not None and not (to.person.active and to.counts_on(on)):
        raise Refused(f"{to.person.name} does not work here any more. Choose somebody else.")
    done = hand_over(membership, to=to, reason=reason) if to is not None else HandedOver([], [])
    reminders.revoke_calendar_address(authority, person, at=at)
    invitations.revoke(membership, at=at)
    _give_up_turns(authority, person)
    membership.last_day = on - timedelta(days=1)
    db.session.flush()
    person.active = bool(people_queries.memberships_of(person))
    if not person.active:
        sessions.end_all(person, at=at)
    db.session.flush()
    return done


def _give_up_turns(authority: Authority, person: Person) -> None:
    """A statement that she has open to write in is free at once, not only when her turn has run out."""
    own = select(Statement.id).join(SelfEvaluation).where(SelfEvaluation.authority_id == authority.id)
    db.session.execute(delete(WritingTurn).where(WritingTurn.person_id == person.id, WritingTurn.statement_id.in_(own)))


def _let_in(membership: Membership, by: Person) -> Membership:
    """An inspector comes at once into the room of the inspection that is open, if it is the only one."""
    if membership.role is Role.INSPECTOR:
        rooms.let_into_the_only_one(membership, by=by)
    return membership


def _become(person: Person, authority: Authority, what: What) -> Membership:
    return people.give_role(
        person,
        authority=authority,
        role=what.role,
        job_title=what.job_title.strip(),
        partner=what.partner,
        last_day=what.last_day,
        service_area=what.service_area,
    )


def _require_may(
    authority: Authority, by: Person, *, person: Person | None, before: Role | None, after: Role | None
) -> None:
    hers = people_queries.membership(by, authority)
    if hers is None:
        raise NotAllowed(f"You do not work in {authority.name}.")
    why_not = why_not_change(hers.standing, person.id if person else None, before, after)
    if why_not:
        raise NotAllowed(why_not)


def _require_not_the_last(membership: Membership, after: Role | None, on: date) -> None:
    others = queries.count_others(membership, on)
    why_not = why_not_the_last(membership.role, after, others)
    if why_not:
        raise Refused(why_not)


def _require_day(what: What, on: date) -> None:
    if what.last_day is not None and what.last_day < on:
        raise Refused("The last day is past. Choose today or later; to end it now, say that she leaves.")
