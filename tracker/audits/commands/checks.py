"""What every command of this room asks before it changes anything."""

from typing import TypeVar

from sqlalchemy.orm.exc import StaleDataError

from tracker.audits.models import Audit, DomainGrade
from tracker.audits.rules import AuditState
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, may
from tracker.platform.db import Model, db
from tracker.platform.errors import Conflict, NotAllowed, Refused

Thing = TypeVar("Thing", bound=Model)


def added(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.flush()
    return thing


def flush(reference: str) -> None:
    """Write the change; two people who both read the same version meet here when they save at one moment."""
    try:
        db.session.flush()
    except StaleDataError:
        db.session.rollback()
        raise changed_since(reference) from None


def changed_since(reference: str) -> Conflict:
    return Conflict(
        f"{reference} was saved by somebody else, or in another window, after you opened it. "
        "Nothing of yours is lost: look at both, then save again."
    )


def require(why_not: str | None) -> None:
    """Refuse with the sentence, if there is one."""
    if why_not:
        raise Refused(why_not)


def require_words(text: str, sentence: str) -> None:
    if not text.strip():
        raise Refused(sentence)


def require_version(thing: Audit, version: int) -> None:
    if thing.version != version:
        raise changed_since(thing.reference)


def require_may(by: Person, authority: Authority, permission: Permission) -> None:
    membership = people.membership(by, authority)
    if membership is None or not may(membership.role, permission):
        raise NotAllowed(f"You may not {permission.value} in {authority.name}. Ask a colleague who may.")


def require_colleague(person: Person, authority: Authority) -> None:
    if not person.active or people.membership(person, authority) is None:
        raise Refused(f"{person.name} does not work in {authority.name}. Choose a colleague from the list.")


def require_auditor(audit: Audit, by: Person) -> None:
    if audit.auditor_id != by.id:
        raise NotAllowed(
            f"{audit.reference} is {audit.auditor.name}’s audit. Only the auditor can change what it says."
        )


def require_draft(audit: Audit) -> None:
    if audit.state is not AuditState.DRAFT:
        raise Refused(
            f"{audit.reference} was finished on {audit.audited_on:%-d %B %Y}. "
            "Take it up again to change it, as long as nobody has begun to moderate it."
        )


def require_made_here(audit: Audit) -> None:
    if audit.is_past:
        raise Refused(
            f"{audit.reference} is a past audit, brought in from {audit.brought_in}, so it stands as it is. "
            "Put the file right and bring it in again, or start a re-audit."
        )


def domain_of(audit: Audit, code: str) -> DomainGrade:
    for domain in audit.domains:
        if domain.domain_code == code:
            return domain
    raise Refused(f"{audit.tool.name} has no such domain. Open {audit.reference} again and choose one from its list.")


def require_grade(audit: Audit, code: str | None) -> str:
    """The grade, if it is one of the tool's."""
    if code is None or not audit.tool.offers(code):
        raise Refused("Choose one of the grades.")
    return code
