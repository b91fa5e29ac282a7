"""What is known of improvement items across the rooms: the values that ``gaps`` judges.

Six statements, however many items are asked about.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from tracker.actions import rules as action_rules
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits import figures as audit_figures
from tracker.audits.figures import Counts
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.rules import Kind as EvidenceKind
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.indicators.models import Measure, MeasureItem
from tracker.overview.gaps import ItemFacts
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import rules as statement_rules
from tracker.self_evaluation.models import SelfEvaluation, Statement


@dataclass
class ActionCounts:
    """An item's actions, superseded ones left out."""

    all: int = 0
    overdue: int = 0
    delivered: int = 0
    shown: int = 0


def facts_of(authority: Authority, items: Sequence[ImprovementItem], today: date) -> Mapping[UUID, ItemFacts]:
    """The facts of each item, by its id."""
    if not items:
        return {}
    ids = [item.id for item in items]
    actions, evidence = _actions(ids, today), _evidence(ids)
    audits = audit_figures.counts_by_item(authority)
    measures, said = _measures(ids), _statements(authority, ids)
    return {
        item.id: _facts(
            item,
            actions.get(item.id, ActionCounts()),
            list(evidence.get(item.id, {}).values()),
            audits=audits.get(item.id, Counts()),
            measures=measures.get(item.id, ()),
            statements=said.get(item.id, ()),
        )
        for item in items
    }


def _facts(
    item: ImprovementItem,
    actions: ActionCounts,
    evidence: Sequence[tuple[EvidenceKind, date]],
    *,
    audits: Counts,
    measures: Sequence[Measure],
    statements: Sequence[Statement],
) -> ItemFacts:
    return ItemFacts(
        raised_on=item.raised_on,
        closed=item.state is ItemState.CLOSED,
        has_owner=item.owner_id is not None,
        actions=actions.all,
        overdue=actions.overdue,
        delivered=actions.delivered,
        shown=actions.shown,
        evidence=len(evidence),
        voices=sum(kind is EvidenceKind.VOICE for kind, _ in evidence),
        newest_evidence=max((dated for _, dated in evidence), default=None),
        audits=audits.audits,
        findings_without_action=audits.without_action,
        measures=len(measures),
        measures_without_target=[measure.reference for measure in measures if measure.target is None],
        statements=[statement.reference for statement in statements],
        contradicted=contradicted(statements, audits),
    )


def _actions(ids: Sequence[UUID], today: date) -> Mapping[UUID, ActionCounts]:
    found: dict[UUID, ActionCounts] = defaultdict(ActionCounts)
    late = func.count().filter(Action.due_on < today)
    for item_id, status, number, overdue in db.session.execute(
        select(Action.item_id, Action.status, func.count(), late)
        .where(Action.item_id.in_(ids), Action.status != Status.SUPERSEDED)
        .group_by(Action.item_id, Action.status)
    ):
        counts = found[item_id]
        counts.all += number
        counts.overdue += overdue if status in action_rules.TO_DELIVER else 0
        counts.delivered += number if status in action_rules.DELIVERED else 0
        counts.shown += number if status is Status.EMBEDDED else 0
    return found


def _evidence(ids: Sequence[UUID]) -> Mapping[UUID, Mapping[UUID, tuple[EvidenceKind, date]]]:
    """Per item, the evidence linked to it or to one of its actions: kind and date by evidence."""
    found: dict[UUID, dict[UUID, tuple[EvidenceKind, date]]] = defaultdict(dict)
    item_id = func.coalesce(EvidenceLink.item_id, Action.item_id)
    for item, evidence_id, kind, dated in db.session.execute(
        select(item_id, Evidence.id, Evidence.kind, Evidence.dated)
        .join(EvidenceLink.evidence)
        .outerjoin(EvidenceLink.action)
        .where(item_id.in_(ids), Evidence.withdrawn_on.is_(None))
    ):
        found[item][evidence_id] = (kind, dated)
    return found


def _measures(ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Measure]]:
    found = defaultdict(list)
    for item_id, measure in db.session.execute(
        select(MeasureItem.item_id, Measure)
        .join(Measure, Measure.id == MeasureItem.measure_id)
        .where(MeasureItem.item_id.in_(ids))
        .order_by(Measure.number)
    ):
        found[item_id].append(measure)
    return found


def _statements(authority: Authority, ids: Sequence[UUID]) -> Mapping[UUID | None, Sequence[Statement]]:
    """What the newest self-evaluation says about each item."""
    newest = select(func.max(SelfEvaluation.edition)).where(SelfEvaluation.authority_id == authority.id)
    found: dict[UUID | None, list[Statement]] = defaultdict(list)
    for statement in db.session.scalars(
        select(Statement)
        .join(Statement.self_evaluation)
        .where(
            SelfEvaluation.authority_id == authority.id,
            SelfEvaluation.edition == newest.scalar_subquery(),
            Statement.item_id.in_(ids),
        )
        .order_by(Statement.number)
    ):
        found[statement.item_id].append(statement)
    return found


def contradicted(statements: Sequence[Statement], audits: Counts) -> list[str]:
    """References of the statements that call practice good where moderated audits mostly do not."""
    return [
        statement.reference
        for statement in statements
        if statement_rules.contradicted(statement.text, good=audits.now.good, count=audits.now.total)
    ]
