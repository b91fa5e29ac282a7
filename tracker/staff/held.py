"""What somebody can have in her hands when she leaves: every column that says whose turn it is to do something.

A column that refers to a person and is not here says who did something, and stays: a test goes through the database
for those that are neither.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.actions import rules as action_rules
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.annex_a.models import AnnexList
from tracker.audits.models import Audit, Finding
from tracker.audits.panel.models import PanelSeat
from tracker.audits.programme.models import Allocation, Programme, ProgrammeAuditor
from tracker.audits.programme.rules import CaseState
from tracker.audits.rules import AuditState, FindingState
from tracker.deadlines.models import StatutoryDuty
from tracker.evidence.models import Evidence
from tracker.evidence.several.models import UndescribedFile
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes.models import Note
from tracker.fieldwork.plan.models import PlanLine
from tracker.fieldwork.timetable.models import Meeting, Seat
from tracker.handover.models import InspectorRequest
from tracker.improvements.models import AreaOwner, ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, Role, may
from tracker.platform.db import db
from tracker.self_evaluation.models import SelfEvaluation, Statement
from tracker.self_evaluation.rules import StatementState

OWED = action_rules.OPEN | {Status.IMPACT_NOT_EVIDENCED}


@dataclass(frozen=True)
class Held:
    """One way of having something: ``column`` names who has it, while ``when`` holds of it."""

    one: str
    several: str
    column: InstrumentedAttribute[Any]
    when: Callable[[Authority], Sequence[ColumnElement[bool]]]
    needs: Permission
    """What whoever takes it over must be allowed."""
    clashes: Callable[[Any, UUID], bool] = lambda thing, to: False
    """Whether somebody cannot take over this one, although others of the kind."""

    @property
    def name(self) -> str:
        """As the database names the column: "action.lead_id"."""
        return f"{self.column.class_.__tablename__}.{self.column.key}"

    def words(self, count: int) -> str:
        return f"{count} {self.one if count == 1 else self.several}"


def _in(model: Any, *conditions: ColumnElement[bool]) -> Callable[[Authority], Sequence[ColumnElement[bool]]]:
    return lambda authority: (model.authority_id == authority.id, *conditions)


def _programme(authority: Authority) -> Sequence[ColumnElement[bool]]:
    return (ProgrammeAuditor.programme_id.in_(select(Programme.id).where(Programme.authority_id == authority.id)),)


def _statement(authority: Authority) -> Sequence[ColumnElement[bool]]:
    own = select(SelfEvaluation.id).where(SelfEvaluation.authority_id == authority.id)
    return Statement.self_evaluation_id.in_(own), Statement.state != StatementState.SIGNED_OFF


def _seated(thing: Any, to: UUID) -> bool:
    """Whether she sits there already, or would look at her own work."""
    return to in {thing.audit.auditor_id, thing.audit.moderator_id, *_seats(thing.audit_id)}


def _seats(audit_id: UUID) -> Sequence[UUID]:
    return db.session.scalars(select(PanelSeat.person_id).where(PanelSeat.audit_id == audit_id)).all()


def _audits_there(thing: Any, to: UUID) -> bool:
    return to in [one.person_id for one in thing.programme.auditors]


def _at_it(thing: Any, to: UUID) -> bool:
    return to in {thing.meeting.owner_id, *(seat.person_id for seat in thing.meeting.seats)}


WEEK_IS_OPEN = select(Fieldwork.id).where(Fieldwork.closed_at.is_(None))
OF_AN_OPEN_WEEK = select(Meeting.id).where(Meeting.fieldwork_id.in_(WEEK_IS_OPEN))

ALL: Sequence[Held] = (
    Held("action led", "actions led", Action.lead_id, _in(Action, Action.status.in_(OWED)),
         Permission.SHOW_DIFFERENCE, lambda thing, to: thing.signed_off_by_id == to),
    Held("action answered for", "actions answered for", Action.accountable_id,
         _in(Action, Action.status.in_(OWED)), Permission.READ),
    Held("improvement item owned", "improvement items owned", ImprovementItem.owner_id,
         _in(ImprovementItem, ImprovementItem.state == ItemState.OPEN), Permission.READ),
    Held("improvement item answered for", "improvement items answered for",
         ImprovementItem.accountable_id, _in(ImprovementItem, ImprovementItem.state == ItemState.OPEN),
         Permission.READ),
    Held("judgement area", "judgement areas", AreaOwner.person_id, _in(AreaOwner), Permission.READ),
    Held("piece of evidence", "pieces of evidence", Evidence.owner_id, _in(Evidence, Evidence.withdrawn_on.is_(None)),
         Permission.ADD_EVIDENCE),
    Held("file to describe", "files to describe", UndescribedFile.added_by_id, _in(UndescribedFile),
         Permission.ADD_EVIDENCE),
    Held("audit to finish", "audits to finish", Audit.auditor_id, _in(Audit, Audit.state == AuditState.DRAFT),
         Permission.LOG_AUDITS, lambda thing, to: to == thing.moderator_id),
    Held("audit to moderate", "audits to moderate", Audit.moderator_id, _in(Audit, Audit.state == AuditState.DONE),
         Permission.MODERATE_AUDITS, lambda thing, to: to == thing.auditor_id),
    Held("seat on a panel", "seats on panels", PanelSeat.person_id, _in(PanelSeat, PanelSeat.given_on.is_(None)),
         Permission.MODERATE_AUDITS, _seated),
    Held("case to audit", "cases to audit", Allocation.auditor_id,
         _in(Allocation, Allocation.state == CaseState.ALLOCATED), Permission.LOG_AUDITS),
    Held("audit programme", "audit programmes", ProgrammeAuditor.person_id, _programme,
         Permission.LOG_AUDITS, _audits_there),
    Held("audit finding", "audit findings", Finding.owner_id, _in(Finding, Finding.state == FindingState.OPEN),
         Permission.READ),
    Held("statement to write", "statements to write", Statement.author_id, _statement,
         Permission.WRITE_SELF_EVALUATION),
    Held("statutory deadline", "statutory deadlines", StatutoryDuty.lead_id,
         _in(StatutoryDuty, StatutoryDuty.done_on.is_(None), StatutoryDuty.not_required_because == ""),
         Permission.READ_PLAN),
    Held("meeting of an inspection", "meetings of an inspection", Meeting.owner_id,
         _in(Meeting, Meeting.fieldwork_id.in_(WEEK_IS_OPEN)), Permission.READ_FIELDWORK),
    Held("seat at a meeting of an inspection", "seats at meetings of an inspection", Seat.person_id,
         _in(Seat, Seat.meeting_id.in_(OF_AN_OPEN_WEEK)), Permission.READ_FIELDWORK, _at_it),
    Held("document for an inspection", "documents for an inspection", Document.owner_id,
         _in(Document, Document.ready_on.is_(None), Document.fieldwork_id.in_(WEEK_IS_OPEN)),
         Permission.READ_FIELDWORK),
    Held("note of an inspection to answer", "notes of an inspection to answer", Note.owner_id,
         _in(Note, Note.settled_on.is_(None), Note.fieldwork_id.in_(WEEK_IS_OPEN)), Permission.READ_FIELDWORK),
    Held("line of what usually happens at an inspection", "lines of what usually happens at an inspection",
         PlanLine.owner_id, _in(PlanLine, PlanLine.taken_out.is_(False)), Permission.READ_FIELDWORK),
    Held("inspector’s request", "inspectors’ requests", InspectorRequest.owner_id,
         _in(InspectorRequest, InspectorRequest.handed_at.is_(None), InspectorRequest.withdrawn_at.is_(None)),
         Permission.READ_FIELDWORK),
    Held("Annex A list", "Annex A lists", AnnexList.owner_id, _in(AnnexList), Permission.READ),
)  # fmt: skip
"""In the order in which they are told. Milestones go with their action."""


def of(authority: Authority, person: Person) -> Sequence[tuple[Held, Sequence[Any]]]:
    """What somebody has here, kind by kind; kinds of which she has nothing are left out. One statement a kind."""
    found = [(kind, _things(kind, authority, person)) for kind in ALL]
    return [(kind, things) for kind, things in found if things]


def _things(kind: Held, authority: Authority, person: Person) -> Sequence[Any]:
    wanted = select(kind.column.class_).where(kind.column == person.id, *kind.when(authority))
    return db.session.scalars(wanted).all()


def can_take(kind: Held, thing: Any, *, role: Role, person: Person) -> bool:
    return may(role, kind.needs) and not kind.clashes(thing, person.id)
