"""The grades of an authority's inspections as the drawing needs them: plain words, steps and what joins what."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.frameworks.lineage import Lineage, lineage
from tracker.frameworks.rules import PastInspection
from tracker.frameworks.schema import Area
from tracker.web.charts import Grades, Join, Judged, Stage

MOST_ACROSS = 6
"""Inspections in columns beside each other; more stand one under the other at every width."""
NOT_GIVEN = "Not given"


@dataclass(frozen=True)
class GradesChart:
    grades: Grades
    finding: str
    """The drawing's title."""
    notes: Sequence[str]
    """What merged, split or ended, in sentences."""

    @property
    def fits_across(self) -> bool:
        return len(self.grades.stages) <= MOST_ACROSS


def chart_of(inspections: Sequence[PastInspection]) -> GradesChart:
    """The chart of inspections of one regime, of which there is at least one."""
    known = lineage(inspections)
    joins = [Join(stage=tie.column, earlier=tie.earlier, later=tie.later) for tie in known.ties]
    stages = [_stage(known, column) for column, _ in enumerate(known.inspections)]
    steps = max(len(one.framework.scale) for one in known.inspections)
    return GradesChart(Grades(stages=stages, joins=joins, steps=steps), _finding(known), known.sentences)


def _stage(known: Lineage, column: int) -> Stage:
    inspection, areas = known.inspections[column], known.columns[column]
    overall = inspection.framework.overall_area
    words, _ = _grade(inspection, overall) if overall else (NOT_GIVEN, None)
    return Stage(
        label=_when(known, column),
        framework=inspection.framework.short_name,
        judged=[_judged(inspection, area) for area in areas],
        overall=words,
    )


def _judged(inspection: PastInspection, area: Area) -> Judged:
    words, step = _grade(inspection, area)
    return Judged(label=area.short_name, words=words, step=step, part=area.parent is not None)


def _grade(inspection: PastInspection, area: Area) -> tuple[str, int | None]:
    code = inspection.grades.get(area.code)
    if code is None:
        return NOT_GIVEN, None
    grade = inspection.framework.grade(code)
    return grade.short_label, grade.rank


def _when(known: Lineage, column: int) -> str:
    """The year; the month too where two inspections began in one year."""
    day = known.inspections[column].fieldwork_began
    same_year = [one for one in known.inspections if one.fieldwork_began.year == day.year]
    return f"{day:%b %Y}" if len(same_year) > 1 else f"{day.year}"


def _finding(known: Lineage) -> str:
    first, last = known.inspections[0].fieldwork_began.year, known.inspections[-1].fieldwork_began.year
    count = len(known.inspections)
    if count == 1:
        return f"Grades by judgement area at the inspection of {first}"
    return f"Grades by judgement area at {count} inspections, {first} to {last}"
