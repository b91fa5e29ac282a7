"""What is known of improvement items across the rooms: the values that ``gaps`` judges.

Three statements, however many items are asked about: what audits say takes two, everything else one.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Select,
    String,
    Subquery,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from tracker.actions import rules as action_rules
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits import figures as audit_figures
from tracker.audits.figures import Counts
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.rules import Kind as EvidenceKind
from tracker.improvements.models import ImprovementItem
from tracker.indicators.models import Measure, MeasureItem, MeasureTarget
from tracker.indicators.rules import Ambition
from tracker.overview.gaps import ItemFacts
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import rules as statement_rules
from tracker.self_evaluation.models import SelfEvaluation, Statement


@dataclass(frozen=True)
class Item:
    """What the facts start from; ``of`` makes it of a whole item."""

    id: UUID
    raised_on: date
    closed: bool = False
    has_owner: bool = True
    inspected: bool = True

    @classmethod
    def of(cls, item: ImprovementItem) -> "Item":
        return cls(item.id, item.raised_on, not item.is_open, item.owner_id is not None, item.inspection_id is not None)


@dataclass
class _Known:
    """What hangs on one item; superseded actions and withdrawn evidence left out."""

    actions: int = 0
    overdue: int = 0
    delivered: int = 0
    shown: int = 0
    evidence: int = 0
    voices: int = 0
    newest_evidence: date | None = None
    measures: int = 0
    without_target: list[int] = field(default_factory=list)
    statements: list[tuple[int, str]] = field(default_factory=list)


def facts_of(authority: Authority, items: Sequence[ImprovementItem], today: date) -> Mapping[UUID, ItemFacts]:
    """The facts of each item, by its id."""
    audits = audit_figures.counts_by_item(authority) if items else {}
    return facts_with(authority, [Item.of(item) for item in items], audits, today)


def facts_with(
    authority: Authority, items: Sequence[Item], audits: Mapping[UUID, Counts], today: date
) -> Mapping[UUID, ItemFacts]:
    """As ``facts_of`` where what audits say is known already."""
    if not items:
        return {}
    known = _known(authority, [item.id for item in items], today)
    return {item.id: _facts(item, known[item.id], audits.get(item.id, Counts())) for item in items}


def _facts(item: Item, known: _Known, audits: Counts) -> ItemFacts:
    return ItemFacts(
        raised_on=item.raised_on,
        closed=item.closed,
        has_owner=item.has_owner,
        inspected=item.inspected,
        actions=known.actions,
        overdue=known.overdue,
        delivered=known.delivered,
        shown=known.shown,
        evidence=known.evidence,
        voices=known.voices,
        newest_evidence=known.newest_evidence,
        audits=audits.audits,
        findings_without_action=audits.without_action,
        measures=known.measures,
        measures_without_target=[f"{Measure.prefix}-{number}" for number in sorted(known.without_target)],
        statements=[f"{Statement.prefix}-{number}" for number, _ in sorted(known.statements)],
        contradicted=[
            f"{Statement.prefix}-{number}" for number, text in sorted(known.statements) if contradicted(text, audits)
        ],
    )


def contradicted(text: str, audits: Counts) -> bool:
    """Whether a statement calls practice good where moderated audits mostly do not."""
    return statement_rules.contradicted(text, good=audits.now.good, count=audits.now.total)


def _known(authority: Authority, ids: Collection[UUID], today: date) -> Mapping[UUID, _Known]:
    found: dict[UUID, _Known] = defaultdict(_Known)
    asked = {"authority": authority.id, "ids": list(ids), "today": today}
    for kind, item_id, word, number, late, day in db.session.execute(_parts(), asked):
        _ADDED[kind](found[item_id], word, number, late, day)
    return found


@cache
def _parts() -> CompoundSelect[*tuple[Any, ...]]:
    """Put together once, which takes longer than asking it."""
    heirs = _heirs()
    return union_all(_actions(heirs), _evidence(heirs), _measures(heirs), _statements(heirs))


def _add_actions(known: _Known, status: str, number: int, late: int, day: object) -> None:
    known.actions += number
    known.overdue += late if Status(status) in action_rules.TO_DELIVER else 0
    known.delivered += number if Status(status) in action_rules.DELIVERED else 0
    known.shown += number if Status(status) is Status.EMBEDDED else 0


def _add_evidence(known: _Known, kind: str, number: int, late: object, day: date) -> None:
    known.evidence += number
    known.voices += number if EvidenceKind(kind) is EvidenceKind.VOICE else 0
    known.newest_evidence = max(day, known.newest_evidence or day)


def _add_measure(known: _Known, word: object, number: int, without_target: int, day: object) -> None:
    known.measures += 1
    if without_target:
        known.without_target.append(number)


def _add_statement(known: _Known, text: str, number: int, late: object, day: object) -> None:
    known.statements.append((number, text))


_ADDED = {"actions": _add_actions, "evidence": _add_evidence, "measure": _add_measure, "statement": _add_statement}
"""By kind of row, what it adds to what is known. Every row has the same columns: a word, two numbers and a day."""

NO_DAY = cast(null(), Date)


def _heirs() -> Subquery:
    """Each item, and each that gave way to it, with the item it now speaks for: what stayed behind still counts."""
    ids: BindParameter[UUID] = bindparam("ids", expanding=True)
    took_over = ImprovementItem.successor_id.in_(ids)
    heir = case((took_over, ImprovementItem.successor_id), else_=ImprovementItem.id)
    return (
        select(ImprovementItem.id.label("item_id"), heir.label("heir"))
        .where(ImprovementItem.authority_id == bindparam("authority"), or_(ImprovementItem.id.in_(ids), took_over))
        .subquery()
    )


def _actions(heirs: Subquery) -> Select[*tuple[Any, ...]]:
    """By status: how many, and how many of those are past their day."""
    late = func.count().filter(Action.due_on < bindparam("today"))
    return (
        select(literal("actions"), heirs.c.heir, cast(Action.status, String), func.count(), late, NO_DAY)
        .join(heirs, heirs.c.item_id == Action.item_id)
        .where(Action.status != Status.SUPERSEDED)
        .group_by(heirs.c.heir, Action.status)
    )


def _evidence(heirs: Subquery) -> Select[*tuple[Any, ...]]:
    """By kind: how many pieces are linked to the item or to one of its actions, and the newest day."""
    item_id = func.coalesce(EvidenceLink.item_id, Action.item_id)
    return (
        select(
            literal("evidence"),
            heirs.c.heir,
            cast(Evidence.kind, String),
            func.count(Evidence.id.distinct()),
            literal(0),
            func.max(Evidence.dated),
        )
        .select_from(EvidenceLink)
        .join(EvidenceLink.evidence)
        .outerjoin(EvidenceLink.action)
        .join(heirs, heirs.c.item_id == item_id)
        .where(Evidence.withdrawn_on.is_(None))
        .group_by(heirs.c.heir, Evidence.kind)
    )


def _measures(heirs: Subquery) -> Select[*tuple[Any, ...]]:
    aims = Measure.targets.any(
        (MeasureTarget.ambition == Ambition.TARGET) & MeasureTarget.since.is_not_distinct_from(Measure.comparable_since)
    )
    without_target = case((aims, 0), else_=1)
    return (
        select(literal("measure"), heirs.c.heir, literal(""), Measure.number, without_target, NO_DAY)
        .select_from(MeasureItem)
        .join(Measure, Measure.id == MeasureItem.measure_id)
        .join(heirs, heirs.c.item_id == MeasureItem.item_id)
    )


def _statements(heirs: Subquery) -> Select[*tuple[Any, ...]]:
    """What the newest self-evaluation says about each item."""
    authority: BindParameter[UUID] = bindparam("authority")
    newest = select(func.max(SelfEvaluation.edition)).where(SelfEvaluation.authority_id == authority)
    return (
        select(literal("statement"), heirs.c.heir, Statement.text, Statement.number, literal(0), NO_DAY)
        .select_from(Statement)
        .join(Statement.self_evaluation)
        .join(heirs, heirs.c.item_id == Statement.item_id)
        .where(
            SelfEvaluation.authority_id == authority,
            SelfEvaluation.edition == newest.scalar_subquery(),
        )
    )
