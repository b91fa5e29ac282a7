"""What stays with an item that gave way, shown on the page of the one that takes its place: "from I-3"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.actions.succession import queries as succession
from tracker.actions.succession.queries import Predecessor
from tracker.audits.blind.queries import shown_to
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Finding
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.improvements.models import ImprovementItem
from tracker.indicators.models import Measure, MeasureItem
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.models import Statement

Thing = TypeVar("Thing")
ByItem = Mapping[UUID, Sequence[Thing]]


@dataclass(frozen=True)
class Left:
    """One item that gave way, and what stayed with it."""

    item: Predecessor
    actions: Sequence[Action]
    evidence: Sequence[Evidence]
    findings: Sequence[Finding]
    measures: Sequence[Measure]
    statements: Sequence[Statement]

    @property
    def any(self) -> bool:
        return any((self.actions, self.evidence, self.findings, self.measures, self.statements))


def left_for(authority: Authority, item: ImprovementItem, viewer: Viewer) -> Sequence[Left]:
    """By number of the items that gave way to this one; seven statements, or one where there is none."""
    before = succession.predecessors(authority).get(item.id, ())
    if not before:
        return []
    ids = [one.id for one in before]
    actions, evidence, findings = _actions(ids), _evidence(ids), _findings(ids, viewer)
    measures, statements = _measures(ids), _statements(authority, ids)
    return [
        Left(
            one,
            actions=actions.get(one.id, ()),
            evidence=evidence.get(one.id, ()),
            findings=findings.get(one.id, ()),
            measures=measures.get(one.id, ()),
            statements=statements.get(one.id, ()),
        )
        for one in before
    ]


def _actions(ids: Sequence[UUID]) -> ByItem[Action]:
    found = select(Action).where(Action.item_id.in_(ids), Action.status != Status.SUPERSEDED)
    return _by_item((one.item_id, one) for one in db.session.scalars(found.order_by(Action.number)))


def _evidence(ids: Sequence[UUID]) -> ByItem[Evidence]:
    """Linked to an item or to an action that stayed with it, newest first, each piece once."""
    links = db.session.scalars(
        select(EvidenceLink)
        .join(EvidenceLink.evidence)
        .outerjoin(Action, Action.id == EvidenceLink.action_id)
        .where(or_(EvidenceLink.item_id.in_(ids), Action.item_id.in_(ids)), Evidence.withdrawn_on.is_(None))
        .options(joinedload(EvidenceLink.evidence), joinedload(EvidenceLink.action))
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    ).all()
    pairs = {(link.item_id or _item_of(link), link.evidence_id): link.evidence for link in links}
    return _by_item((item_id, evidence) for (item_id, _), evidence in pairs.items())


def _item_of(link: EvidenceLink) -> UUID:
    if link.action is None:
        raise LookupError(f"The link {link.id} leads neither to an item nor to an action")
    return link.action.item_id


def _findings(ids: Sequence[UUID], viewer: Viewer) -> ByItem[Finding]:
    found = select(Finding).join(Finding.audit).where(Finding.item_id.in_(ids), shown_to(viewer))
    found = found.order_by(Finding.number)
    return _by_item((one.item_id, one) for one in db.session.scalars(found))


def _measures(ids: Sequence[UUID]) -> ByItem[Measure]:
    rows = db.session.execute(
        select(MeasureItem.item_id, Measure)
        .join(Measure, Measure.id == MeasureItem.measure_id)
        .where(MeasureItem.item_id.in_(ids))
        .order_by(Measure.number)
    )
    return _by_item((item_id, measure) for item_id, measure in rows)


def _statements(authority: Authority, ids: Sequence[UUID]) -> ByItem[Statement]:
    """Of the newest self-evaluation."""
    newest = self_evaluations.newest(authority)
    if newest is None:
        return {}
    found = select(Statement).where(Statement.self_evaluation_id == newest.id, Statement.item_id.in_(ids))
    return _by_item((one.item_id, one) for one in db.session.scalars(found.order_by(Statement.number)))


def _by_item(pairs: Iterable[tuple[UUID | None, Thing]]) -> ByItem[Thing]:
    found: dict[UUID, list[Thing]] = defaultdict(list)
    for item_id, thing in pairs:
        if item_id is not None:
            found[item_id].append(thing)
    return found
