"""What the pages of recorded reports show: every report of an authority, and one report from end to end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.frameworks import queries as frameworks
from tracker.frameworks import rules as grades
from tracker.frameworks import working_days
from tracker.frameworks.rules import GradeHistory
from tracker.frameworks.schema import CHILDRENS_SERVICES, Deadline, Framework, Grade
from tracker.inspections import queries
from tracker.inspections.models import Inspection, Judgement, Paragraph, Review
from tracker.people.models import Authority
from tracker.platform.errors import Refused


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
        """Its paragraphs under the areas they stand under, in the report's order."""
        names = {area.code: area.name for area in self.framework.areas}
        found: list[tuple[str, list[Paragraph]]] = []
        for paragraph in self.inspection.paragraphs:
            name = names.get(paragraph.area_code or "", "Before the first judgement")
            if not found or found[-1][0] != name:
                found.append((name, []))
            found[-1][1].append(paragraph)
        return found

    @property
    def deadlines(self) -> list[tuple[str, date]]:
        """What the regulations ask of the authority, and by when; empty until the day of receipt is known."""
        received = self.inspection.received_on
        if received is None:
            return []
        due = [(one.name, _due(received, one)) for one in self.framework.deadlines if one.runs_from == "receipt"]
        return [(name, day) for name, day in due if day is not None]

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
    steps: int
    reviews: Sequence[Review]


def of(authority: Authority) -> HistoryPage:
    recorded = queries.inspections_with_items(authority)
    current = frameworks.library().of_regime(CHILDRENS_SERVICES)[-1]
    past = [queries.as_past(one) for one in recorded if one.judgements]
    return HistoryPage(
        reports=[report_of(one) for one in recorded],
        grades=grades.grade_history(current, past) if past else None,
        steps=len(current.scale),
        reviews=queries.reviews_waiting(authority),
    )


def report_of(inspection: Inspection) -> Report:
    framework = frameworks.library().framework(inspection.framework_id)
    kinds = {activity.code: activity.name for activity in framework.activities}
    known = {grade.code: grade for grade in framework.scale}
    judgements = [Graded(one, known.get(one.grade_code or ""), len(framework.scale)) for one in inspection.judgements]
    return Report(inspection, framework, kinds.get(inspection.activity, inspection.activity), judgements)


def _due(received: date, deadline: Deadline) -> date | None:
    """The last day, or None in a year whose bank holidays are not known: better no day than a guess."""
    try:
        return working_days.add_working_days(received, deadline.working_days, frameworks.bank_holidays())
    except Refused:
        return None
