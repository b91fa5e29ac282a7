"""Everything a pack may draw on, read once: the chapters then read no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits import figures
from tracker.audits.blind.queries import shown_to_all
from tracker.audits.figures import Counts
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState
from tracker.deadlines import queries as deadlines
from tracker.deadlines.queries import Clock, Line
from tracker.deadlines.rules import State
from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.frameworks import queries as frameworks
from tracker.frameworks import rules as framework_rules
from tracker.frameworks.rules import GradeHistory
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework, Grade
from tracker.improvements.models import ImprovementItem
from tracker.improvements.models import Mapping as ItemMapping
from tracker.improvements.rules import Decision
from tracker.indicators.comparing import queries as comparing
from tracker.indicators.comparing.rules import Compared
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.reading import leaving
from tracker.indicators.reading.counted import Place
from tracker.inspections import queries as past
from tracker.inspections.models import Inspection
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import citing, holding
from tracker.self_evaluation import queries as self_evaluation
from tracker.self_evaluation.citing import CitedThing
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.queries import Reading
from tracker.self_evaluation.sentences import references

STATEMENT = "statement_of_action"
"""The code, in every framework, of the deadline for the written statement."""
MOST_INSPECTIONS = 3
"""How many inspections the profile shows, the latest. Source: our choice; three columns and our own fit a page."""


@dataclass(frozen=True)
class Known:
    authority: Authority
    today: date
    framework: Framework
    version: SelfEvaluation | None
    readings: Mapping[str, Reading]
    """Statements of the version, by reference, in its order."""
    inspections: Sequence[Inspection]
    """Newest first."""
    history: GradeHistory
    items: Sequence[ImprovementItem]
    """Newest inspection first, in the report's order."""
    actions: Sequence[Action]
    evidence: Sequence[Evidence]
    audits: Sequence[Audit]
    """Finished ones, oldest first."""
    findings: Sequence[Finding]
    measures: Sequence[Measure]
    compared: Mapping[UUID, Compared]
    """Measure's id -> a figure of it beside those that were published for the same period on the same basis."""
    smallest: int
    """Below so many a measure counts few."""
    hidden: frozenset[Place]
    """Figures of measures that count so few that they do not leave the authority: measure and last day."""
    audits_of_item: Mapping[UUID, Counts]
    """What moderated audits say of each item since it was raised."""
    clock: Clock | None
    """Of the newest inspection whose report asks for a statement."""
    cited: Mapping[str, CitedThing]
    """Everything that any text of the pack cites."""
    kinder: Mapping[str, str]
    """Where our own grade is kinder than the evidence: a sentence that says so, by area."""

    @property
    def grades(self) -> Mapping[str, Grade]:
        return {grade.code: grade for grade in self.framework.scale}

    def shown(self, measure: Measure) -> list[MeasureValue]:
        """The figures of a measure that a pack may print and work with, oldest first."""
        return [value for value in measure.series if (measure.id, value.period_end) not in self.hidden]

    def is_hidden(self, measure: Measure) -> bool:
        """Whether its latest figure is not to be printed, nor anything that is said of it."""
        return measure.latest is not None and (measure.id, measure.latest.period_end) in self.hidden

    def actions_of(self, item: ImprovementItem) -> list[Action]:
        return [action for action in self.actions if action.item_id == item.id]


def read(authority: Authority, today: date, version: SelfEvaluation | None, *, smallest: int) -> Known:
    """A bounded number of statements, whatever the authority holds. What counts fewer than ``smallest`` is hidden."""
    library = frameworks.library()
    framework = library.framework(version.framework_id) if version else library.current(CHILDRENS_SERVICES, today)
    inspections, measures = _inspections(authority), _measures(authority)
    items, actions, findings = _items(authority), _actions(authority), _findings(authority)
    return Known(
        authority=authority,
        today=today,
        framework=framework,
        version=version,
        readings=self_evaluation.readings(authority, version.statements, today) if version else {},
        inspections=inspections,
        history=_history(framework, inspections),
        items=items,
        actions=actions,
        evidence=evidence.register(authority),
        audits=_audits(authority),
        findings=findings,
        measures=measures,
        compared=comparing.of_scorecard(authority),
        smallest=smallest,
        hidden=leaving.hidden(authority, smallest),
        audits_of_item=figures.counts_by_item(authority),
        clock=_clock(inspections, today),
        cited=citing.things(authority, _references(version, items, actions, findings), today),
        kinder=_kinder(authority, framework, version, today) if version else {},
    )


def _kinder(authority: Authority, framework: Framework, version: SelfEvaluation, today: date) -> Mapping[str, str]:
    holdings = holding.of_areas(authority, framework, version.views, today)
    return {code: each.contradiction for code, each in holdings.items() if each.contradiction}


def _references(
    version: SelfEvaluation | None,
    items: Sequence[ImprovementItem],
    actions: Sequence[Action],
    findings: Sequence[Finding],
) -> list[str]:
    """Everything that the texts which people wrote cite, wherever the pack prints them."""
    texts = [
        *(text for view in (version.views if version else ()) for text in (view.reason, view.not_sure_of)),
        *(statement.text for statement in (version.statements if version else ())),
        *(item.closed_because for item in items),
        *(action.difference for action in actions),
        *(finding.closed_because for finding in findings),
    ]
    return sorted({reference for text in texts for reference in references(text or "")})


def _inspections(authority: Authority) -> Sequence[Inspection]:
    return db.session.scalars(
        select(Inspection)
        .where(Inspection.authority_id == authority.id)
        .options(selectinload(Inspection.judgements), selectinload(Inspection.paragraphs))
        .order_by(Inspection.fieldwork_from.desc())
    ).all()


def _clock(inspections: Sequence[Inspection], today: date) -> Clock | None:
    """Newest first; a letter whose statement was said not to be required is passed over."""
    clocks = (deadlines.clock(inspection, today) for inspection in inspections)
    return next((clock for clock in clocks if any(_asked(line) for line in clock.lines)), None)


def _asked(line: Line) -> bool:
    return line.deadline.code == STATEMENT and line.standing.state is not State.NOT_REQUIRED


def _history(framework: Framework, inspections: Sequence[Inspection]) -> GradeHistory:
    graded = [inspection for inspection in inspections if inspection.judgements][:MOST_INSPECTIONS]
    return framework_rules.grade_history(
        framework,
        [past.as_past(inspection) for inspection in graded],
    )


def _items(authority: Authority) -> Sequence[ImprovementItem]:
    return db.session.scalars(
        select(ImprovementItem)
        .where(ImprovementItem.authority_id == authority.id)
        .options(
            joinedload(ImprovementItem.owner),
            joinedload(ImprovementItem.accountable),
            joinedload(ImprovementItem.inspection),
            joinedload(ImprovementItem.successor),
            selectinload(ImprovementItem.parts),
            selectinload(ImprovementItem.mappings.and_(ItemMapping.decision == Decision.CONFIRMED)).joinedload(
                ItemMapping.paragraph
            ),
        )
        .order_by(ImprovementItem.raised_on.desc(), ImprovementItem.position, ImprovementItem.number)
    ).all()


def _actions(authority: Authority) -> Sequence[Action]:
    return db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id, Action.status != Status.SUPERSEDED)
        .options(
            joinedload(Action.lead),
            joinedload(Action.accountable),
            joinedload(Action.partner),
            joinedload(Action.board),
            selectinload(Action.milestones),
        )
        .order_by(Action.number)
    ).all()


def _audits(authority: Authority) -> Sequence[Audit]:
    return db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.state != AuditState.DRAFT, shown_to_all())
        .options(selectinload(Audit.domains))
        .order_by(Audit.audited_on)
    ).all()


def _findings(authority: Authority) -> Sequence[Finding]:
    return db.session.scalars(
        select(Finding)
        .join(Finding.audit)
        .where(Finding.authority_id == authority.id, shown_to_all())
        .options(
            contains_eager(Finding.audit),
            joinedload(Finding.action),
            joinedload(Finding.item),
            joinedload(Finding.closed_by_reaudit),
        )
        .order_by(Finding.raised_on.desc(), Finding.number.desc())
    ).all()


def _measures(authority: Authority) -> Sequence[Measure]:
    return db.session.scalars(
        select(Measure)
        .where(Measure.authority_id == authority.id)
        .options(selectinload(Measure.values), selectinload(Measure.items))
        .order_by(Measure.number)
    ).all()
