"""Who answers for what is open: things that nobody owns, and things of people who left."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, select

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits.models import Finding
from tracker.audits.rules import FindingState
from tracker.checks.faults import Fault, Fix
from tracker.evidence.models import Evidence
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority, Membership, Person
from tracker.platform.db import db

OVER = frozenset({Status.EMBEDDED, Status.SUPERSEDED})
"""Actions of which nothing is left to do."""


def nobody(authority: Authority) -> Sequence[Fault]:
    """Open items without an owner, the oldest first."""
    rows = db.session.execute(
        select(ImprovementItem.number, ImprovementItem.title)
        .where(
            ImprovementItem.authority_id == authority.id,
            ImprovementItem.state == ItemState.OPEN,
            ImprovementItem.owner_id.is_(None),
        )
        .order_by(ImprovementItem.raised_on, ImprovementItem.number)
    )
    return [
        Fault(
            f"I-{number}", f"I-{number}", title, "Nobody answers for it",
            Fix("Give it an owner", "improvements.edit", {"number": number}),
        )
        for number, title in rows
    ]  # fmt: skip


def left(authority: Authority) -> Sequence[Fault]:
    """What is open and belongs to somebody who does not work here any more: one statement for each kind."""
    return [
        *_of(_items(authority), "I", "Owns it", "Give it to a colleague", "improvements.edit"),
        *_of(_actions(authority), "A", "Leads it", "Choose another lead", "actions.reassign"),
        *_of(_findings(authority), "F", "Owns it", "Give it to a colleague", "audits.change_finding"),
        *_of(_evidence(authority), "E", "Keeps it", "Give it to a colleague", "evidence.correct"),
    ]


def _of(rows: Select[int, str, str], prefix: str, what: str, words: str, endpoint: str) -> list[Fault]:
    return [
        Fault(
            f"{prefix}-{number} {name}", f"{prefix}-{number}", title,
            f"{what}, and left: {name}", Fix(words, endpoint, {"number": number}),
        )
        for number, title, name in db.session.execute(rows)
    ]  # fmt: skip


def _gone(authority: Authority) -> ColumnElement[bool]:
    """Of a person: she is not active, or does not work in this authority."""
    works_here = exists().where(Membership.person_id == Person.id, Membership.authority_id == authority.id)
    return ~and_(Person.active, works_here)


def _items(authority: Authority) -> Select[int, str, str]:
    return (
        select(ImprovementItem.number, ImprovementItem.title, Person.name)
        .join(Person, Person.id == ImprovementItem.owner_id)
        .where(
            ImprovementItem.authority_id == authority.id,
            ImprovementItem.state == ItemState.OPEN,
            _gone(authority),
        )
        .order_by(ImprovementItem.number)
    )


def _actions(authority: Authority) -> Select[int, str, str]:
    return (
        select(Action.number, Action.title, Person.name)
        .join(Person, Person.id == Action.lead_id)
        .where(Action.authority_id == authority.id, Action.status.not_in(OVER), _gone(authority))
        .order_by(Action.number)
    )


def _findings(authority: Authority) -> Select[int, str, str]:
    return (
        select(Finding.number, Finding.what, Person.name)
        .join(Person, Person.id == Finding.owner_id)
        .where(Finding.authority_id == authority.id, Finding.state == FindingState.OPEN, _gone(authority))
        .order_by(Finding.number)
    )


def _evidence(authority: Authority) -> Select[int, str, str]:
    return (
        select(Evidence.number, Evidence.title, Person.name)
        .join(Person, Person.id == Evidence.owner_id)
        .where(Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None), _gone(authority))
        .order_by(Evidence.number)
    )
