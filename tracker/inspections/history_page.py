"""What the pages of recorded reports show: every report of an authority, and one report from end to end."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.frameworks import queries as frameworks
from tracker.frameworks import rules as grades
from tracker.frameworks.lineage import former_rows
from tracker.frameworks.rules import GradeHistory, HistoryRow
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework, Grade
from tracker.inspections import queries
from tracker.inspections.grades_chart import GradesChart, chart_of
from tracker.inspections.models import Inspection, Judgement, Paragraph, Review
from tracker.people.models import Authority


@dataclass(frozen=True)
class Graded:
    """A judgement with its grade in the words of the report's own framework."""

    judgement: Judgement
    grade: Grade | None
    steps: int
    """How many grades the scale has."""


@dataclass(frozen=True)
class Report:
    """One recorded report with what its codes stand for."""

    inspection: Inspection
    framework: Framework
    kind: str
    judgements: Sequence[Graded]

    @property
    def sections(self) -> list[tuple[str, list[Paragraph]]]:
        """Its paragraphs under the areas or headings they stand under, in the report's order."""
        names = {area.code: area.name for area in self.framework.areas}
        other = "Before the first judgement" if any(one.area_code for one in self.inspection.paragraphs) else "Findings"
        found: list[tuple[str, list[Paragraph]]] = []
        for paragraph in self.inspection.paragraphs:
            name = names.get(paragraph.area_code or "") or paragraph.heading or other
            if not found or found[-1][0] != name:
                found.append((name, []))
            found[-1][1].append(paragraph)
        return found

    def listed_as(self, finding_type: str) -> str:
        """What the report lists an item as; empty where it lists all of them alike."""
        names = {one.code: one.name for one in self.framework.finding_types}
        kinds = {item.finding_type for item in self.inspection.items}
        return names.get(finding_type, "") if len(kinds) > 1 else ""

    @property
    def overall_note(self) -> str:
        """Why a graded report shows no overall grade."""
        if not self.judgements or self.framework.overall_area is not None:
            return ""
        return (
            "No overall grade: inspections whose fieldwork began on or after "
            f"{self.framework.fieldwork_from:%-d %B %Y} give none, and none is worked out here."
        )


@dataclass(frozen=True)
class HistoryPage:
    reports: Sequence[Report]
    """Latest fieldwork first."""
    grades: GradeHistory | None
    """None while no report with grades is recorded."""
    chart: GradesChart | None
    former: Sequence[HistoryRow]
    """Areas that an earlier framework graded and no row of ``grades`` shows."""
    steps: int
    reviews: Sequence[Review]


def of(authority: Authority) -> HistoryPage:
    recorded = queries.inspections_with_items(authority)
    current = frameworks.library().of_regime(CHILDRENS_SERVICES)[-1]
    past = [queries.as_past(one) for one in recorded if one.judgements]
    history = grades.grade_history(current, past)
    return HistoryPage(
        reports=[report_of(one) for one in recorded],
        grades=history if history.inspections else None,
        chart=chart_of(history.inspections) if history.inspections else None,
        former=former_rows(history),
        steps=len(current.scale),
        reviews=queries.reviews_waiting(authority),
    )


def report_of(inspection: Inspection) -> Report:
    framework = frameworks.library().framework(inspection.framework_id)
    known = {grade.code: grade for grade in framework.scale}
    judgements = [Graded(one, known.get(one.grade_code or ""), len(framework.scale)) for one in inspection.judgements]
    return Report(inspection, framework, kind_of(inspection), judgements)


def kind_of(inspection: Inspection) -> str:
    """What kind of visit it was, as its framework calls it."""
    framework = frameworks.library().framework(inspection.framework_id)
    kinds = {activity.code: activity.name for activity in framework.activities}
    return kinds.get(inspection.activity, inspection.activity)
