"""Convening a panel, giving one's grades, and settling on the grade that counts."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.audits import commands as audits
from tracker.audits.commands.checks import domain_of, require_grade, require_may, require_words
from tracker.audits.models import Audit
from tracker.audits.panel import queries
from tracker.audits.panel.models import PanelSeat
from tracker.audits.rules import AuditState, Given
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused


def convene(audit: Audit, *, version: int, members: Sequence[Person], by: Person) -> None:
    """Ask colleagues to grade the case too, each without sight of the others. ``by`` leads and grades as well."""
    require_may(by, audit.authority, Permission.MODERATE_AUDITS)
    if audit.state is not AuditState.DONE:
        raise Refused(f"A panel looks at an audit that is finished and not moderated; {audit.reference} is not.")
    possible = queries.possible_members(audit, besides=by)
    if not members or any(member not in possible for member in members):
        raise Refused("Choose at least one colleague who may moderate this audit.")
    audits.begin_moderation(audit, version=version, by=by)
    for member in (by, *members):
        db.session.add(PanelSeat(authority=audit.authority, audit=audit, person=member))
    db.session.flush()


def give(
    seat: PanelSeat,
    *,
    version: int,
    domains: Mapping[str, Given],
    grade: str | None,
    reason: str,
    by: Person,
    on: date,
) -> None:
    """Give one's grades for every domain and the case. They stand: the others' are shown once all are in."""
    if seat.person_id != by.id:
        raise NotAllowed("This is a colleague’s seat. Give your own grades.")
    if seat.given_on is not None:
        raise Refused(f"You gave your grades on {seat.given_on:%-d %B %Y}, and they stand.")
    if seat.version != version:
        raise Conflict(f"{seat.reference} was changed after you opened it. Look at it again.")
    audit = seat.audit
    waiting = [one.domain.name for one in audit.domains if not domains.get(one.domain_code, Given(None)).is_in]
    if waiting:
        raise Refused(f"Grade every domain, or say that it does not apply. Not graded yet: {'; '.join(waiting)}.")
    for code, given in domains.items():
        domain_of(audit, code)
        if given.grade_code is not None:
            require_grade(audit, given.grade_code)
    seat.grade_code = require_grade(audit, grade)
    require_words(reason, "Say why: what in the record led you to this grade.")
    seat.reason, seat.given_on = reason.strip(), on
    seat.domains = {code: given.grade_code for code, given in domains.items()}
    db.session.flush()


def settle(
    audit: Audit,
    *,
    version: int,
    domains: Mapping[str, Given],
    grade: str | None,
    reason: str,
    safety_action: str = "",
    by: Person,
    on: date,
) -> None:
    """Say which grade counts once all are in and have been talked over. What each member gave is kept.

    The first grade that counts towards agreement is the one that the leader gave before she saw any other.
    """
    seats = queries.seats(audit)
    own = next((seat for seat in seats if seat.person_id == by.id == audit.moderator_id), None)
    if own is None:
        raise NotAllowed(f"Whoever leads the panel of {audit.reference} settles its grade.")
    if any(seat.given_on is None for seat in seats):
        raise Refused("Not every member has given her grades yet.")
    chosen = require_grade(audit, grade)
    first = own.grade_code
    for one in audit.domains:
        given = domains.get(one.domain_code, own.gave(one.domain_code))
        one.moderator_applies, one.moderated_grade_code = given.applies, given.grade_code if given.applies else None
        one.moderator_saves += 1
    audits.moderate(audit, version=version, grade=first, reason=own.reason, safety_action=safety_action, by=by, on=on)
    audits.agree_grade(audit, version=audit.version, grade=chosen, reason=reason, safety_action=safety_action, by=by)
