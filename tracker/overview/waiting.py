"""What waits for one person in the other rooms: one statement for all. ``waiting_words`` says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    DateTime,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from tracker.actions import queries as actions
from tracker.actions.models import Action
from tracker.actions.rules import TO_DELIVER, Status
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import FindingState
from tracker.audits.safety import queries as safety
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.safety.rules import EscalationState
from tracker.evidence import rules as evidence_rules
from tracker.evidence.files.models import FileContent
from tracker.evidence.models import Evidence
from tracker.evidence.several.models import UndescribedFile
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.overview import waiting_week
from tracker.overview.waiting_parts import AUTHORITY, NO_DAY, NO_ITEM, NOTHING, PERSON, SOON, TODAY, Part
from tracker.people import rules as people_rules
from tracker.people.models import Authority, Person, Team
from tracker.people.rules import Permission, Role
from tracker.platform.db import db
from tracker.self_evaluation.models import SelfEvaluation, Statement
from tracker.self_evaluation.remarks.models import Remark
from tracker.self_evaluation.remarks.rules import RemarkState
from tracker.self_evaluation.rules import StatementState, VersionState

MOST = 20
"""Things of one kind that are listed. Our choice: more than that is a list's business, not a reminder's."""

LISTED_WHOLE = frozenset({"late"})
"""What is counted by person is as long as a list of colleagues."""


@dataclass(frozen=True)
class Found:
    """One line of the answer: what each kind means by ``day`` and ``words`` stands where it is asked for."""

    number: int
    title: str
    day: date | None
    words: str
    about_id: UUID | None
    """The item it is about; where people are found, the person."""
    asks: str
    """Of a statement: the question it answers. Of what was passed up: the moment, as ISO 8601 in UTC. In an inspection:
    whether it is a rehearsal."""
    total: int
    """How many there are of its kind."""


@dataclass(frozen=True)
class WaitingRows:
    to_sign: Sequence[Found]
    with_others: Sequence[Found]
    findings: Sequence[Found]
    evidence: Sequence[Found]
    files: Sequence[Found]
    """One line, whose number says how many files she added and has not described; or none."""
    removed: Sequence[Found]
    """Her evidence from whose file the virus scanner took what it found; ``words`` is that."""
    statements: Sequence[Found]
    """Those of the newest self-evaluation that she wrote and nobody signed off; ``words`` is the text."""
    remarks: Sequence[Found]
    """Her statements of which colleagues say something that nobody has settled; ``words`` is how many remarks, ``asks``
    of whom, where it is one."""
    items: Sequence[Found]
    """Open items she owns, newest first; ``day`` is when it was raised."""
    safety: Sequence[Found] = ()
    """Audits passed up because a child may not be safe, until one who was told has answered; the oldest first."""
    meetings: Sequence[Found] = ()
    """Of today, in inspections that are open; ``words`` is when each begins and its minutes."""
    requests: Sequence[Found] = ()
    """Of inspectors, not answered; ``words`` is when each is due, as ISO 8601 in UTC, or empty."""
    documents: Sequence[Found] = ()
    """Not ready; ``number`` is the inspection's."""
    looks: Sequence[Found] = ()
    """Files chosen for inspectors that somebody else than who chose them looks at first; ``number`` is the request’s,
    ``words`` as of a request."""
    late: Sequence[Found] = ()
    """For a director: who leads overdue actions, by name, how many and since when; the one with the oldest first."""


_lead, _signer = aliased(Person), aliased(Person)


def found(authority: Authority, person: Person, role: Role, today: date) -> WaitingRows:
    """A director is also asked to sign what nobody of the item may."""
    asked = {
        "authority": authority.id, "person": person.id, "today": today, "soon": today + evidence_rules.SOON
    }  # fmt: skip
    kinds, everything = _everything(role)
    rows: dict[str, list[Found]] = {kind: [] for kind in kinds}
    for kind, _, *values in sorted(db.session.execute(everything, asked), key=lambda row: row[1]):
        rows[kind].append(Found(*values))
    return WaitingRows(**rows)


@cache
def _everything(role: Role) -> tuple[Sequence[str], CompoundSelect[*tuple[Any, ...]]]:
    """The kinds that somebody of a role is asked about, and all of them in one statement.

    Put together once, which takes longer than asking it: who asks, and when, is said as it is executed.
    """
    director = people_rules.may(role, Permission.SIGN_SELF_EVALUATION)
    parts = {
        "to_sign": _to_sign(director=director),
        "with_others": _with_others(),
        "findings": _findings(),
        "evidence": _evidence(),
        "files": _files(),
        "removed": _removed(),
        "statements": _statements(),
        "remarks": _remarks(),
        "items": _items(),
    }
    if director:
        parts["late"] = _late()
    if people_rules.may(role, Permission.READ_FIELDWORK):
        parts |= {
            "meetings": waiting_week.meetings(),
            "requests": waiting_week.requests(),
            "documents": waiting_week.documents(),
        }
    if people_rules.may(role, Permission.RUN_FIELDWORK):
        parts["looks"] = waiting_week.looks()
    if people_rules.may(role, Permission.ANSWER_FOR_SAFETY):
        parts["safety"] = _safety(role)
    return tuple(parts), union_all(*(_numbered(kind, *part) for kind, part in parts.items()))


def _numbered(kind: str, lines: Select[*tuple[Any, ...]], order: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """The first lines of one kind, each with its place and how many there are."""
    total, place = func.count().over(), func.row_number().over(order_by=tuple(order))
    every = lines.add_columns(total.label("total"), place.label("place")).order_by(*order)
    first = (every if kind in LISTED_WHOLE else every.limit(MOST)).subquery()
    *columns, number, at = first.c
    return select(literal(kind), at, *columns, number)


def _to_sign(*, director: bool) -> Part:
    asked, lead = actions.signer_id(), _lead
    hers = asked == PERSON
    if director:
        not_hers = or_(Action.delivered_by_id.is_(None), Action.delivered_by_id != PERSON)
        hers = or_(hers, and_(asked.is_(None), Action.lead_id != PERSON, not_hers))
    return (
        select(Action.number, Action.title, Action.delivered_on, lead.name, NO_ITEM, NOTHING)
        .join(Action.item)
        .join(lead, lead.id == Action.lead_id)
        .where(
            Action.authority_id == AUTHORITY,
            ImprovementItem.authority_id == AUTHORITY,  # said of both, or PostgreSQL reads every authority's
            Action.status == Status.AWAITING_SIGN_OFF,
            hers,
        )
    ), (Action.delivered_on, Action.number)


def _with_others() -> Part:
    signer = _signer
    return (
        select(Action.number, Action.title, Action.delivered_on, func.coalesce(signer.name, ""), NO_ITEM, NOTHING)
        .join(Action.item)
        .outerjoin(signer, signer.id == actions.signer_id())
        .where(
            Action.authority_id == AUTHORITY,
            ImprovementItem.authority_id == AUTHORITY,
            Action.status == Status.AWAITING_SIGN_OFF,
            Action.lead_id == PERSON,
        )
    ), (Action.delivered_on, Action.number)


def _findings() -> Part:
    """Open findings that she has to agree an action for: her own, and those without an owner on an item of hers."""
    hers = or_(Finding.owner_id == PERSON, and_(Finding.owner_id.is_(None), ImprovementItem.owner_id == PERSON))
    audit = literal(f"{Audit.prefix}-") + cast(Audit.number, String)
    return (
        select(Finding.number, Finding.what, Finding.agree_by, audit, NO_ITEM, NOTHING)
        .join(Finding.audit)
        .outerjoin(Finding.item)
        .where(
            Finding.authority_id == AUTHORITY,
            hers,
            Finding.state == FindingState.OPEN,
            Finding.action_id.is_(None),
        )
    ), (Finding.agree_by, Finding.number)


def _evidence() -> Part:
    """Hers that she has to look at again: what goes stale soon first, since it can still be renewed in time.

    ``words`` holds the day on which it is stale; what she looked at since is not asked about again for as long.
    """
    return (
        select(
            Evidence.number, Evidence.title, Evidence.dated, cast(Evidence.stale_on, String), NO_ITEM, NOTHING
        ).where(
            Evidence.authority_id == AUTHORITY,
            Evidence.owner_id == PERSON,
            Evidence.withdrawn_on.is_(None),
            Evidence.ask_again_on <= SOON,
        )
    ), (Evidence.dated.desc(), Evidence.number)


def _files() -> Part:
    file = UndescribedFile
    return (
        select(func.count(), NOTHING, NO_DAY, NOTHING, file.added_by_id, NOTHING)
        .where(file.authority_id == AUTHORITY, file.added_by_id == PERSON)
        .group_by(file.added_by_id)
    ), (file.added_by_id,)


def _removed() -> Part:
    return (
        select(Evidence.number, Evidence.title, NO_DAY, FileContent.found, NO_ITEM, NOTHING)
        .join(FileContent, FileContent.removed_sha256 == Evidence.file_sha256)
        .where(Evidence.authority_id == AUTHORITY, Evidence.owner_id == PERSON, Evidence.withdrawn_on.is_(None))
    ), (Evidence.number,)


def _statements() -> Part:
    newest = (
        select(SelfEvaluation.id)
        .where(SelfEvaluation.authority_id == AUTHORITY)
        .order_by(SelfEvaluation.edition.desc())
        .limit(1)
        .scalar_subquery()
    )
    asks = cast(Statement.question, String)
    return (
        select(Statement.number, Statement.title, NO_DAY, Statement.text, Statement.item_id, asks).where(
            Statement.self_evaluation_id == newest,
            Statement.author_id == PERSON,
            Statement.state != StatementState.SIGNED_OFF,
        )
    ), (Statement.number,)


def _remarks() -> Part:
    """Of what she wrote, wrote in last, or answers for where it has no author. What she said herself asks others."""
    one, said = Statement, Remark
    hers = or_(
        one.author_id == PERSON,
        one.saved_by_id == PERSON,
        and_(one.author_id.is_(None), ImprovementItem.owner_id == PERSON),
    )
    number = cast(func.count(said.id.distinct()), String)
    whose = case((func.count(said.by_id.distinct()) == 1, func.min(Person.name)), else_=NOTHING)
    return (
        select(one.number, one.title, NO_DAY, number, NO_ITEM, whose)
        .join(said, said.statement_id == one.id)
        .join(Person, Person.id == said.by_id)
        .join(SelfEvaluation, SelfEvaluation.id == one.self_evaluation_id)
        .outerjoin(ImprovementItem, ImprovementItem.id == one.item_id)
        .where(
            one.authority_id == AUTHORITY,
            said.authority_id == AUTHORITY,
            SelfEvaluation.state != VersionState.SIGNED_OFF,
            said.state == RemarkState.OPEN,
            said.by_id != PERSON,
            hers,
        )
        .group_by(one.id, one.number, one.title)
    ), (one.number,)


def _items() -> Part:
    item = ImprovementItem
    return (
        select(item.number, item.title, item.raised_on, NOTHING, item.id, NOTHING).where(
            item.authority_id == AUTHORITY, item.owner_id == PERSON, item.state == ItemState.OPEN
        )
    ), (item.raised_on.desc(), item.position, item.number)


def _late() -> Part:
    count, oldest = func.count(), func.min(Action.due_on)
    return (
        select(count, Person.name, oldest, NOTHING, Person.id, NOTHING)
        .join(Person, Person.id == Action.lead_id)
        .where(
            Action.authority_id == AUTHORITY,
            Action.status.in_(TO_DELIVER),
            Action.due_on < TODAY,
        )
        .group_by(Person.id, Person.name)
    ), (oldest, Person.name)


def _safety(role: Role) -> Part:
    """``title`` is who audited, ``words`` the team. A head of service sees those of whose area she is an owner."""
    one, at = SafetyEscalation, cast(type_coerce(SafetyEscalation.raised_at, DateTime), String)
    return (
        select(Audit.number, _lead.name, NO_DAY, func.coalesce(Team.name, ""), NO_ITEM, at)
        .join(one, one.audit_id == Audit.id)
        .join(_lead, _lead.id == Audit.auditor_id)
        .outerjoin(Team, Team.id == Audit.team_id)
        .where(
            one.authority_id == AUTHORITY,
            Audit.authority_id == AUTHORITY,
            one.state == EscalationState.OPEN,
            safety.is_told(PERSON, role),
        )
    ), (one.raised_at, Audit.number)
