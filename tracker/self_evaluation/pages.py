"""What the pages of a version show, gathered from the rooms below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, false, or_, select
from sqlalchemy.orm import selectinload

from tracker.evidence.models import Evidence
from tracker.evidence.placing import queries as placing
from tracker.evidence.queries import evidence_of_item
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Area, Grade
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.indicators.models import Measure
from tracker.indicators.queries import Reading as Latest
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db
from tracker.self_evaluation import holding, queries
from tracker.self_evaluation.holding import Holding
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.queries import Reading
from tracker.self_evaluation.remarks import queries as remarks
from tracker.self_evaluation.rules import QUESTIONS, Kind, Question, StatementState
from tracker.self_evaluation.turns import queries as turns
from tracker.self_evaluation.turns.models import WritingTurn

MOST_SUGGESTIONS = 12


@dataclass(frozen=True)
class Answered:
    """One of the three questions and the statements that answer it."""

    words: str
    question: Question
    statements: tuple[Reading, ...]


@dataclass(frozen=True)
class AreaPage:
    area: Area
    view: AreaView
    own: Grade | None
    questions: tuple[Answered, ...]
    holding: Holding
    """What everybody else says of the area, and whether our grade is kinder."""

    @property
    def inspectors(self) -> Grade | None:
        return self.holding.judged[0] if self.holding.judged else None

    @property
    def inspected_in(self) -> str:
        return f"{self.holding.judged[1].fieldwork_from:%B %Y}" if self.holding.judged else ""

    @property
    def statements(self) -> tuple[Reading, ...]:
        return tuple(reading for answered in self.questions for reading in answered.statements)

    @property
    def names_no_weakness(self) -> bool:
        """Whether something is said of practice, and nothing of it is to become better."""
        known = [reading.statement.kind for answered in self.questions[:2] for reading in answered.statements]
        return Kind.STRENGTH in known and Kind.DEVELOPMENT not in known


@dataclass(frozen=True)
class VersionPage:
    version: SelfEvaluation
    areas: tuple[AreaPage, ...]
    writing: Mapping[UUID, WritingTurn]
    """Who is writing in which statement now."""
    remarks: Mapping[UUID, int]
    """How many remarks of colleagues wait, by statement."""

    @property
    def marks(self) -> int:
        return sum(len(reading.marks) for area in self.areas for reading in area.statements)

    @property
    def answered(self) -> int:
        return sum(len(reading.answered) for area in self.areas for reading in area.statements)

    @property
    def claims(self) -> int:
        return sum(reading.claims for area in self.areas for reading in area.statements)

    @property
    def standing(self) -> int:
        """Drafts that were carried forward, still stand and have no open mark."""
        every = (reading for area in self.areas for reading in area.statements)
        return sum(
            reading.statement.still_stands and reading.statement.state is StatementState.DRAFT and not reading.marks
            for reading in every
        )

    @property
    def statements(self) -> int:
        return sum(len(area.statements) for area in self.areas)


def version(authority: Authority, version: SelfEvaluation, now: datetime) -> VersionPage:
    """A version with its areas in the framework's order; a bounded number of database statements."""
    today = now.astimezone(clock.LONDON).date()
    framework = frameworks.library().framework(version.framework_id)
    grades = {grade.code: grade for grade in framework.scale}
    readings = queries.readings(authority, version.statements, today)
    holdings = holding.of_areas(authority, framework, version.views, today)
    return VersionPage(
        version,
        tuple(
            AreaPage(
                area=framework.area(view.area_code),
                view=view,
                own=grades.get(view.grade_code or ""),
                questions=_questions(version.statements, view.area_code, readings),
                holding=holdings[view.area_code],
            )
            for view in version.views
        ),
        turns.at(version.statements, now),
        remarks.open_counts(version.statements),
    )


def _questions(
    statements: Sequence[Statement], area_code: str, readings: Mapping[str, Reading]
) -> tuple[Answered, ...]:
    here = [statement for statement in statements if statement.area_code == area_code]
    return tuple(
        Answered(words, question, tuple(readings[each.reference] for each in here if each.question is question))
        for question, words in QUESTIONS.items()
    )


def saved(statement: Statement, today: date) -> str:
    """When it was last saved: the time alone today."""
    local = statement.saved_at.astimezone(clock.LONDON)
    return f"{local:%H:%M}" if local.date() == today else f"{local:%-d %B %Y at %H:%M}"


@dataclass(frozen=True)
class ToCite:
    """What there is about an area, beside the page on which somebody writes."""

    of_item: Sequence[Evidence]
    """What speaks for the item that the statement answers, newest first."""
    evidence: Sequence[Evidence]
    """The newest of the rest."""
    measures: Sequence[Latest]
    """Those of the item first."""


def to_cite(authority: Authority, area: Area, item: ImprovementItem | None) -> ToCite:
    """Evidence of an area, of its themes and of its items; and its measures that have a figure: an item's own first."""
    of_item = [found.evidence for found in evidence_of_item(item)[:MOST_SUGGESTIONS]] if item else []
    evidence = db.session.scalars(
        select(Evidence)
        .where(
            Evidence.id.in_(placing.under(authority, MappedTo.AREA, area.code)),
            Evidence.id.not_in([each.id for each in of_item]),
        )
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
        .limit(MOST_SUGGESTIONS - len(of_item))
    ).all()
    speaks = Measure.items.any(ImprovementItem.id == item.id) if item else false()
    measures = db.session.scalars(
        select(Measure)
        .where(Measure.authority_id == authority.id, or_(Measure.area_code == area.code, speaks), Measure.values.any())
        .options(selectinload(Measure.values))
        .order_by(case((speaks, 0), else_=1), Measure.number)
        .limit(MOST_SUGGESTIONS)
    ).all()
    return ToCite(of_item, evidence, [Latest(measure, measure.series) for measure in measures])
