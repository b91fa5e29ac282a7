"""How judgement areas become one another from one inspection to the next: which carried on, merged, split or ended.

Which area continues which is said by the framework files; no area is named here. Overall grades are no area and never
part of a lineage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.frameworks.rules import GradeHistory, HistoryCell, HistoryRow, PastInspection, carried_on_by
from tracker.frameworks.schema import Area, Framework


@dataclass(frozen=True)
class Tie:
    """An area of one inspection that an area of the next carries on; places are in ``Lineage.columns``."""

    column: int
    """Of the earlier of the two."""
    earlier: int
    later: int


@dataclass(frozen=True)
class Lineage:
    inspections: tuple[PastInspection, ...]
    """Earliest first, of one regime."""
    columns: tuple[tuple[Area, ...], ...]
    """The areas that each could judge, in an order in which few ties cross."""
    ties: tuple[Tie, ...]

    @property
    def sentences(self) -> list[str]:
        """What merged, what split and what ended, as one would say it, earliest first."""
        found = []
        for column, (before, after) in enumerate(pairwise(self.columns)):
            ties = [tie for tie in self.ties if tie.column == column]
            year = self.inspections[column + 1].fieldwork_began.year
            found += [*_merged(before, after, ties, year), *_split(before, after, ties, year)]
            found += _ended(before, ties, year)
        return found


def lineage(inspections: Sequence[PastInspection]) -> Lineage:
    """Every inspection with the areas of its own framework, and what became of each of them at the next one."""
    ordered = tuple(sorted(inspections, key=lambda one: one.fieldwork_began))
    frameworks = [one.framework for one in ordered]
    columns = [frameworks[-1].graded_areas] if frameworks else []
    for framework in reversed(frameworks[:-1]):
        columns.insert(0, _in_order(framework, columns[0]))
    ties = [tie for column, pair in enumerate(pairwise(columns)) for tie in _ties(column, *pair)]
    return Lineage(ordered, tuple(columns), tuple(ties))


def former_rows(history: GradeHistory) -> tuple[HistoryRow, ...]:
    """The areas that inspections graded and no row of ``history`` shows: each is part of another area by now."""
    shown = {
        (one.framework.id, area.code)
        for one in history.inspections
        for row in history.rows
        if (area := carried_on_by(row.area, one.framework)) is not None
    }
    former = {
        area.code: area
        for one in history.inspections
        for area in one.framework.graded_areas
        if (one.framework.id, area.code) not in shown
    }
    return tuple(
        HistoryRow(area, tuple(_former_cell(area, one) for one in history.inspections)) for area in former.values()
    )


def _former_cell(former: Area, inspection: PastInspection) -> HistoryCell:
    area = next((area for area in inspection.framework.graded_areas if area.code == former.code), None)
    if area is None:
        now = next((one for one in inspection.framework.graded_areas if carries_on(one, former.code)), None)
        return HistoryCell("Not judged apart", note=f"part of {_lower(now)}" if now else "")
    code = inspection.grades.get(area.code)
    grade = inspection.framework.grade(code) if code else None
    return HistoryCell(grade.short_label if grade else "Not judged", grade)


def carries_on(area: Area, code: str) -> bool:
    """Whether ``area`` is, or carries on, the area that an earlier framework calls ``code``."""
    return code == area.code or code in area.continues


def _in_order(framework: Framework, later: Sequence[Area]) -> tuple[Area, ...]:
    """A framework's areas in the order of those that carry them on; what ends stands after what it was part of."""

    def place(area: Area) -> float:
        own = [number for number, one in enumerate(later) if carries_on(one, area.code)]
        if own:
            return sum(own) / len(own)
        return place(framework.area(area.parent)) if area.parent else float(len(later))

    return tuple(sorted(framework.graded_areas, key=place))


def _ties(column: int, before: Sequence[Area], after: Sequence[Area]) -> list[Tie]:
    return [
        Tie(column, earlier, later)
        for earlier, area in enumerate(before)
        for later, one in enumerate(after)
        if carries_on(one, area.code)
    ]


def _merged(before: Sequence[Area], after: Sequence[Area], ties: Sequence[Tie], year: int) -> list[str]:
    origins = [[before[tie.earlier] for tie in ties if tie.later == later] for later in range(len(after))]
    return [
        f"In {year} {_and(areas)} became one judgement, {_lower(one)}."
        for one, areas in zip(after, origins, strict=True)
        if len(areas) > 1
    ]


def _split(before: Sequence[Area], after: Sequence[Area], ties: Sequence[Tie], year: int) -> list[str]:
    successors = [[after[tie.later] for tie in ties if tie.earlier == earlier] for earlier in range(len(before))]
    return [
        f"In {year} {_lower(one)} split into {_and(areas)}."
        for one, areas in zip(before, successors, strict=True)
        if len(areas) > 1
    ]


def _ended(before: Sequence[Area], ties: Sequence[Tie], year: int) -> list[str]:
    carried = {tie.earlier for tie in ties}
    return [
        f"In {year} {_lower(area)} was no longer judged." for place, area in enumerate(before) if place not in carried
    ]


def _and(areas: Sequence[Area]) -> str:
    """
    >>> _and([Area(code="a", name="", short_name="Looked after"), Area(code="b", name="", short_name="Adoption")])
    'looked after, and adoption'
    """
    names = [_lower(area) for area in areas]
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _lower(area: Area) -> str:
    return area.short_name[:1].lower() + area.short_name[1:]
