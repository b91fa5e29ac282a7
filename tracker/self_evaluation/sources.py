"""What inspectors, auditors, measures and families say of judgement areas, and open findings: read all at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from tracker.actions.models import Action
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState, FindingState
from tracker.evidence import rules as evidence_rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing import queries as placing
from tracker.evidence.placing.models import evidence_place
from tracker.frameworks.schema import Framework, Grade
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.indicators.comparing import queries as comparing
from tracker.indicators.comparing.rules import Compared
from tracker.indicators.models import Measure
from tracker.inspections.models import Inspection, Judgement
from tracker.people.models import Authority
from tracker.platform.db import db

AUDIT_WINDOW = timedelta(days=182)
"""For an area: audits older than this say nothing about now. Source: our choice; half a year."""

Thing = TypeVar("Thing")
Judged = tuple[Grade, Inspection]


@dataclass(frozen=True)
class Sources:
    """By the code of an area; one of which nothing is known is left out."""

    judged: Mapping[str, Judged]
    """The grade that inspectors last gave the area by itself, on the scale of the framework in force."""
    audits: Mapping[str, Sequence[Audit]]
    """Moderated ones of two windows, newest first."""
    measures: Mapping[str, Sequence[Measure]]
    """Those that have a figure."""
    voices: Mapping[str, Sequence[Evidence]]
    """What families and others said, newest first."""
    findings: Mapping[str, Sequence[Finding]]
    """Open ones."""
    beside: Mapping[UUID, Compared]
    """By measure: its figure beside those of England, the region and neighbours, where these are held."""


def of_areas(authority: Authority, framework: Framework, codes: Iterable[str], today: date) -> Sources:
    """A bounded number of database statements, however many areas."""
    wanted = list(codes)
    return Sources(
        _judged(authority, framework, wanted),
        _audits(authority, wanted, today),
        _by_area((each.area_code, each) for each in _measures(authority, wanted)),
        _voices(authority, wanted),
        _findings(authority, wanted),
        comparing.of_scorecard(authority),
    )


def measures_of_item(authority: Authority, item: ImprovementItem) -> Sequence[Measure]:
    about = Measure.items.any(ImprovementItem.id == item.id)
    found = _with_figures().where(Measure.authority_id == authority.id, about)
    return [measure for measure in db.session.scalars(found) if measure.series]


def voices_of_item(authority: Authority, item: ImprovementItem) -> Sequence[Evidence]:
    """Those that an item counts as heard: linked to it, to one of its actions, or to an item that gave way to it."""
    it = select(ImprovementItem.id).where(or_(ImprovementItem.id == item.id, ImprovementItem.successor_id == item.id))
    of_it = or_(EvidenceLink.item_id.in_(it), EvidenceLink.action.has(Action.item_id.in_(it)))
    found = _heard(authority).where(Evidence.links.any(of_it))
    return db.session.scalars(found.order_by(Evidence.dated.desc(), Evidence.number.desc())).all()


def _judged(authority: Authority, framework: Framework, codes: Sequence[str]) -> dict[str, Judged]:
    scale = {grade.code: grade for grade in framework.scale}
    rows = db.session.execute(
        select(Judgement.area_code, Judgement.grade_code, Inspection)
        .join(Judgement.inspection)
        .where(Inspection.authority_id == authority.id, Judgement.area_code.in_(codes))
        .order_by(Inspection.fieldwork_from)
    )
    return {area: (scale[code], inspection) for area, code, inspection in rows if code in scale}


def _audits(authority: Authority, codes: Sequence[str], today: date) -> Mapping[str, Sequence[Audit]]:
    found = db.session.scalars(
        select(Audit)
        .where(
            Audit.authority_id == authority.id,
            Audit.area_code.in_(codes),
            Audit.state == AuditState.MODERATED,
            Audit.audited_on > today - 2 * AUDIT_WINDOW,
        )
        .order_by(Audit.audited_on.desc(), Audit.number.desc())
    )
    return _by_area((audit.area_code, audit) for audit in found)


def _measures(authority: Authority, codes: Sequence[str]) -> Iterable[Measure]:
    found = _with_figures().where(Measure.authority_id == authority.id, Measure.area_code.in_(codes))
    return [measure for measure in db.session.scalars(found) if measure.series]


def _with_figures() -> Select[Measure]:
    figures = (selectinload(Measure.values), selectinload(Measure.targets), selectinload(Measure.changes))
    return select(Measure).options(*figures).order_by(Measure.number)


def _heard(authority: Authority) -> Select[Evidence]:
    return select(Evidence).where(
        Evidence.authority_id == authority.id,
        Evidence.kind == evidence_rules.Kind.VOICE,
        Evidence.withdrawn_on.is_(None),
    )


def _voices(authority: Authority, codes: Sequence[str]) -> Mapping[str, Sequence[Evidence]]:
    """Those that stand under an area as the register of evidence counts: by itself, a theme of its or an item."""
    rows = db.session.execute(
        _heard(authority)
        .join(evidence_place, evidence_place.c.evidence_id == Evidence.id)
        .where(*placing.those(authority, MappedTo.AREA, codes))
        .add_columns(evidence_place.c.code)
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    )
    return _by_area((code, evidence) for evidence, code in rows)


def _findings(authority: Authority, codes: Sequence[str]) -> Mapping[str, Sequence[Finding]]:
    found = db.session.scalars(
        select(Finding)
        .join(Finding.audit)
        .where(Finding.authority_id == authority.id, Finding.state == FindingState.OPEN, Audit.area_code.in_(codes))
        .options(contains_eager(Finding.audit))
        .order_by(Finding.number)
    )
    return _by_area((finding.audit.area_code, finding) for finding in found)


def _by_area(found: Iterable[tuple[str | None, Thing]]) -> Mapping[str, Sequence[Thing]]:
    grouped: dict[str, list[Thing]] = defaultdict(list)
    for code, thing in found:
        grouped[code or ""].append(thing)
    return grouped
