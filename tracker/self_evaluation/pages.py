"""What the pages of a version show, gathered from the rooms below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.evidence.models import Evidence
from tracker.evidence.placing import queries as placing
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Area, Grade
from tracker.improvements.rules import MappedTo
from tracker.indicators.models import Measure
from tracker.inspections.models import Inspection, Judgement
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db
from tracker.self_evaluation import queries
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.queries import Reading
from tracker.self_evaluation.rules import QUESTIONS, Question

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
    inspectors: Grade | None
    inspected_in: str
    questions: tuple[Answered, ...]

    @property
    def statements(self) -> tuple[Reading, ...]:
        return tuple(reading for answered in self.questions for reading in answered.statements)

    @property
    def kinder(self) -> bool:
        """Whether we grade ourselves higher than inspectors last did."""
        return bool(self.own and self.inspectors and self.own.rank > self.inspectors.rank)


@dataclass(frozen=True)
class VersionPage:
    version: SelfEvaluation
    areas: tuple[AreaPage, ...]

    @property
    def marks(self) -> int:
        return sum(len(reading.marks) for area in self.areas for reading in area.statements)

    @property
    def claims(self) -> int:
        return sum(reading.claims for area in self.areas for reading in area.statements)

    @property
    def statements(self) -> int:
        return sum(len(area.statements) for area in self.areas)


def version(authority: Authority, version: SelfEvaluation, today: date) -> VersionPage:
    """A version with its areas in the framework's order; a bounded number of database statements."""
    framework = frameworks.library().framework(version.framework_id)
    grades = {grade.code: grade for grade in framework.scale}
    readings = queries.readings(authority, version.statements, today)
    last = _last_judged(authority)
    return VersionPage(
        version,
        tuple(
            AreaPage(
                area=framework.area(view.area_code),
                view=view,
                own=grades.get(view.grade_code or ""),
                inspectors=grades.get(last[view.area_code][0] or "") if view.area_code in last else None,
                inspected_in=f"{last[view.area_code][1]:%B %Y}" if view.area_code in last else "",
                questions=_questions(version.statements, view.area_code, readings),
            )
            for view in version.views
        ),
    )


def _questions(
    statements: Sequence[Statement], area_code: str, readings: Mapping[str, Reading]
) -> tuple[Answered, ...]:
    here = [statement for statement in statements if statement.area_code == area_code]
    return tuple(
        Answered(words, question, tuple(readings[each.reference] for each in here if each.question is question))
        for question, words in QUESTIONS.items()
    )


def _last_judged(authority: Authority) -> dict[str, tuple[str | None, date]]:
    """Area code to the grade inspectors last gave it, and when."""
    rows = db.session.execute(
        select(Judgement.area_code, Judgement.grade_code, Inspection.fieldwork_from)
        .join(Judgement.inspection)
        .where(Inspection.authority_id == authority.id)
        .order_by(Inspection.fieldwork_from)
    )
    return {area: (grade, began) for area, grade, began in rows}


def saved(statement: Statement, today: date) -> str:
    """When it was last saved: the time alone today."""
    local = statement.saved_at.astimezone(clock.LONDON)
    return f"{local:%H:%M}" if local.date() == today else f"{local:%-d %B %Y at %H:%M}"


@dataclass(frozen=True)
class ToCite:
    """What there is about an area, beside the page on which somebody writes."""

    evidence: Sequence[Evidence]
    """The newest."""
    measures: Sequence[Measure]


def to_cite(authority: Authority, area: Area) -> ToCite:
    """Evidence of an area, of its themes and of its items; and its measures that have a figure."""
    evidence = db.session.scalars(
        select(Evidence)
        .where(
            Evidence.id.in_(placing.under(authority, MappedTo.AREA, area.code)),
        )
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
        .limit(MOST_SUGGESTIONS)
    ).all()
    measures = db.session.scalars(
        select(Measure)
        .where(Measure.authority_id == authority.id, Measure.area_code == area.code, Measure.values.any())
        .order_by(Measure.number)
        .limit(MOST_SUGGESTIONS)
    ).all()
    return ToCite(evidence, measures)
