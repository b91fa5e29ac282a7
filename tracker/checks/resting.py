"""What is said, marked or closed, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState, FindingState
from tracker.checks.faults import Fault, Fix
from tracker.checks.rules import CLOSED_WITHIN, SILENT_AFTER
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing.queries import place
from tracker.evidence.rules import Kind
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision, ItemState, MappedTo
from tracker.indicators.resting.models import SuccessMeasure
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import holding
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.marks.rules import key
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import Mark

UNPROVED = frozenset({Mark.NO_EVIDENCE, Mark.WITHDRAWN, Mark.NOT_FOUND})


@dataclass(frozen=True)
class Statements:
    claims: Sequence[Fault]
    kinder: Sequence[Fault]


def statements(authority: Authority, today: date) -> Statements:
    """What the newest version claims without evidence, and where it is kinder than others without a reason."""
    newest = self_evaluations.newest(authority)
    version = self_evaluations.version(authority, newest.edition) if newest else None
    if version is None:
        return Statements((), ())
    return Statements(_claims(authority, version, today), _kinder(authority, version, today))


def _claims(authority: Authority, version: SelfEvaluation, today: date) -> Sequence[Fault]:
    readings = self_evaluations.readings(authority, version.statements, today)
    return [
        Fault(
            f"{reference} {key(marked)}",
            reference,
            marked.sentence.text,
            "Cites nothing" if marked.mark is Mark.NO_EVIDENCE else marked.because,
            Fix("Cite evidence, or change the words", "self_evaluation.write", {"number": reading.statement.number}),
        )
        for reference, reading in readings.items()
        for marked in reading.marks
        if marked.mark in UNPROVED
    ]


def _kinder(authority: Authority, version: SelfEvaluation, today: date) -> Sequence[Fault]:
    framework = frameworks.library().framework(version.framework_id)
    unexplained = [view for view in version.views if not view.reason.strip()]
    held = holding.of_areas(authority, framework, unexplained, today)
    return [
        Fault(
            f"{view.area_code} {view.grade_code}",
            "",
            framework.area(view.area_code).short_name,
            held[view.area_code].contradiction or "",
            Fix("Change the grade, or say why", "self_evaluation.area", {"area_code": view.area_code}),
        )
        for view in unexplained
        if held[view.area_code].contradiction
    ]


def embedded(authority: Authority) -> Sequence[Fault]:
    """Embedded actions with neither evidence that stands nor a measure which shows a difference."""
    by_evidence = exists().where(
        EvidenceLink.action_id == Action.id,
        EvidenceLink.shows_difference,
        EvidenceLink.evidence_id == Evidence.id,
        Evidence.withdrawn_on.is_(None),
    )
    by_measure = exists().where(SuccessMeasure.action_id == Action.id, SuccessMeasure.shows_difference)
    rows = db.session.execute(
        select(Action.number, Action.title)
        .where(Action.authority_id == authority.id, Action.status == Status.EMBEDDED, ~or_(by_evidence, by_measure))
        .order_by(Action.number)
    )
    return [
        Fault(
            f"A-{number}", f"A-{number}", title, "Embedded, and nothing that stands shows a difference",
            Fix("Show the difference", "overview.difference", {"number": number}),
        )
        for number, title in rows
    ]  # fmt: skip


def not_audited_again(authority: Authority, today: date) -> Sequence[Fault]:
    """Findings closed within the last year, of audits that no finished audit has followed; the oldest closed first."""
    again = aliased(Audit)
    followed = exists().where(
        again.reaudit_of_id == Finding.audit_id, again.state != AuditState.DRAFT, again.audited_on >= Finding.closed_on
    )
    rows = db.session.execute(
        select(Finding.number, Finding.what, Finding.closed_on, Audit.number)
        .join(Audit, Audit.id == Finding.audit_id)
        .where(
            Finding.authority_id == authority.id,
            Finding.state == FindingState.CLOSED,
            Finding.closed_by_reaudit_id.is_(None),
            Finding.closed_on >= today - CLOSED_WITHIN,
            ~followed,
        )
        .order_by(Finding.closed_on, Finding.number)
    )
    return [
        Fault(
            f"F-{number}", f"F-{number}", what, f"Closed on {closed_on:%-d %B %Y}",
            Fix(f"Audit Q-{audit} again", "audits.again", {"number": audit}),
        )
        for number, what, closed_on, audit in rows
    ]  # fmt: skip


def stale(authority: Authority, today: date) -> Sequence[Fault]:
    """Evidence that something rests on and that is past its day, the longest stale first."""
    rests = exists().where(EvidenceLink.evidence_id == Evidence.id)
    rows = db.session.execute(
        select(Evidence.number, Evidence.title, Evidence.stale_on)
        .where(
            Evidence.authority_id == authority.id,
            Evidence.withdrawn_on.is_(None),
            Evidence.stale_on <= today,
            rests,
        )
        .order_by(Evidence.stale_on, Evidence.number)
    )
    return [
        Fault(
            f"E-{number}", f"E-{number}", title, f"Stale since {stale_on:%-d %B %Y}",
            Fix("Look at it again", "evidence_freshness.look_again", {"number": number}),
        )
        for number, title, stale_on in rows
    ]  # fmt: skip


def silent(authority: Authority, today: date) -> Sequence[Fault]:
    """Themes that open items were mapped to and on which nobody was heard lately, those never heard first."""
    names = {theme.code: theme.name for area in _framework(today).areas for theme in area.themes}
    heard: dict[str, date] = dict(db.session.execute(_heard(authority)).all())
    asked = [(code, items) for code, items in db.session.execute(_themes(authority)) if code in names]
    late = [
        (heard.get(code), code, items) for code, items in asked if heard.get(code, date.min) <= today - SILENT_AFTER
    ]
    return [
        Fault(
            code,
            "",
            names[code],
            f"{_last(day)} {items} open item{'' if items == 1 else 's'}",
            Fix("Add what somebody said", "evidence.add_kind", {"kind": "voice", "theme": code}),
        )
        for day, code, items in sorted(late, key=lambda each: (each[0] or date.min, -each[2], each[1]))
    ]


def _last(day: date | None) -> str:
    return f"Last heard of {day:%-d %B %Y}." if day else "Nobody was heard."


def _framework(today: date) -> Framework:
    return frameworks.library().current(CHILDRENS_SERVICES, today)


def _heard(authority: Authority) -> Select[str, date]:
    """Each theme with the newest day of a voice on it."""
    return (
        select(place.code, func.max(place.dated))
        .where(place.authority_id == authority.id, place.to == MappedTo.THEME, place.stands, place.kind == Kind.VOICE)
        .group_by(place.code)
    )


def _themes(authority: Authority) -> Select[str | None, int]:
    """Each theme with how many open items a person mapped to it."""
    return (
        select(Mapping.code, func.count())
        .join(ImprovementItem, ImprovementItem.id == Mapping.item_id)
        .where(
            ImprovementItem.authority_id == authority.id,
            ImprovementItem.state == ItemState.OPEN,
            Mapping.to == MappedTo.THEME,
            Mapping.decision == Decision.CONFIRMED,
        )
        .group_by(Mapping.code)
    )
