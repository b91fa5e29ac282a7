"""The readiness page: for every judgement area and item, what is there and what is missing.

It names what is missing in words, and computes neither a grade nor a score. The number of database statements does
not grow with the number of items.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tracker.audits import figures as audit_figures
from tracker.audits.figures import Counts
from tracker.evidence import queries as evidence
from tracker.evidence.rules import Tally
from tracker.frameworks import queries as frameworks
from tracker.frameworks import rules as framework_rules
from tracker.frameworks.rules import GradeHistory
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area, Framework, Grade
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.indicators.models import Measure
from tracker.inspections import queries as past
from tracker.inspections.models import Inspection
from tracker.overview import facts, gaps, standing
from tracker.overview.gaps import Column, Gap, ItemFacts
from tracker.overview.standing import ActionsOf
from tracker.people.models import Authority, Membership, Person
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.models import AreaView, SelfEvaluation
from tracker.self_evaluation.queries import Reading

MOST_INSPECTIONS = 3
"""Inspections that the grade profile shows, the latest. Our choice: three and our own fit beside the missing list."""
POINTS = 6
"""Values that a line in a cell shows. Our choice: half a year of months."""


@dataclass(frozen=True)
class ItemRow:
    """One improvement item across the matrix."""

    item: ImprovementItem
    gaps: Sequence[Gap]
    actions: ActionsOf
    evidence: Tally
    audits: Counts
    measure: Measure | None
    """The first of those that speak for it."""
    statements: Sequence[Reading]

    @property
    def gap_count(self) -> int:
        return gaps.count(self.gaps)

    def gap(self, column: str) -> str | None:
        found = gaps.worst_by_column(self.gaps).get(Column(column))
        return found.words if found else None

    @property
    def values(self) -> list[float]:
        return [float(value.value) for value in self.measure.series[-POINTS:]] if self.measure else []


@dataclass(frozen=True)
class AreaBlock:
    """A judgement area with its totals, and its items beneath."""

    area: Area
    owner: Person | None
    owner_title: str
    judged: Grade | None
    judged_in: str
    actions: ActionsOf
    evidence: Tally
    audits: Counts
    at_target: int
    with_target: int
    view: AreaView | None
    own: Grade | None
    uncited: int
    """Statements about it that cite nothing."""
    items: Sequence[ItemRow] = ()

    @property
    def kinder(self) -> bool:
        return bool(self.own and self.judged and framework_rules.kinder_than(self.own, self.judged))


@dataclass(frozen=True)
class Readiness:
    today: date
    framework: Framework
    last: Inspection | None
    version: SelfEvaluation | None
    history: GradeHistory
    blocks: Sequence[AreaBlock]
    unplaced: Sequence[ItemRow] = field(default_factory=list)
    """Items that nobody has mapped to a judgement area yet."""

    @property
    def joint(self) -> bool:
        """Whether an inspection shown gave two of the areas one grade."""
        return any(cell.joint for row in self.history.rows for cell in row.cells)

    @property
    def shared(self) -> bool:
        """Whether an item belongs to several areas: it stands under the first of them alone."""
        return any(len(_areas_of(row.item, self.framework)) > 1 for row in self.rows)

    @property
    def rows(self) -> list[ItemRow]:
        """Every item once, though it may stand under several areas."""
        every = [row for block in self.blocks for row in block.items] + list(self.unplaced)
        return list({row.item.id: row for row in every}.values())


@dataclass(frozen=True)
class _Read:
    """All that the rows are made of, by item or by area."""

    facts: Mapping[UUID, ItemFacts]
    actions: Mapping[UUID, ActionsOf]
    evidence: Mapping[UUID, Tally]
    audits: Mapping[UUID, Counts]
    measures: Sequence[Measure]
    readings: Mapping[str, Reading]


def page(authority: Authority, today: date) -> Readiness:
    """What stands behind every open item, and behind every area that the framework in force judges."""
    framework = frameworks.library().current(CHILDRENS_SERVICES, today)
    inspections = standing.inspections(authority)
    version = _newest_version(authority)
    items = improvements.items(authority, state=ItemState.OPEN)
    audits = audit_figures.counts_by_item(authority)
    read = _Read(
        facts=facts.facts_with(authority, [facts.Item.of(item) for item in items], audits, today),
        actions=standing.actions_by_item(authority, today),
        evidence=evidence.counts_by_item(authority, today),
        audits=audits,
        measures=standing.measures(authority),
        readings=self_evaluations.readings(authority, version.statements, today) if version else {},
    )
    rows = [_row(item, read, today) for item in items]
    return Readiness(
        today=today,
        framework=framework,
        last=inspections[0] if inspections else None,
        version=version,
        history=_history(framework, inspections),
        blocks=_blocks(authority, framework, inspections, version, read, rows, today),
        unplaced=[row for row in rows if not _areas_of(row.item, framework)],
    )


def _newest_version(authority: Authority) -> SelfEvaluation | None:
    newest = self_evaluations.newest(authority)
    return self_evaluations.version(authority, newest.edition) if newest else None


def _history(framework: Framework, inspections: Sequence[Inspection]) -> GradeHistory:
    graded = [inspection for inspection in inspections if inspection.judgements][:MOST_INSPECTIONS]
    return framework_rules.grade_history(
        framework,
        [past.as_past(inspection) for inspection in graded],
    )


def _row(item: ImprovementItem, read: _Read, today: date) -> ItemRow:
    speaking = [measure for measure in read.measures if item in measure.items]
    return ItemRow(
        item=item,
        gaps=gaps.gaps(read.facts[item.id], today),
        actions=read.actions.get(item.id, ActionsOf()),
        evidence=read.evidence.get(item.id, Tally()),
        audits=read.audits.get(item.id, Counts()),
        measure=speaking[0] if speaking else None,
        statements=[reading for reading in read.readings.values() if reading.statement.item_id == item.id],
    )


def _blocks(
    authority: Authority,
    framework: Framework,
    inspections: Sequence[Inspection],
    version: SelfEvaluation | None,
    read: _Read,
    rows: Sequence[ItemRow],
    today: date,
) -> list[AreaBlock]:
    owners = standing.area_owners(authority)
    tallies = evidence.counts_by_area(authority, framework, today)
    since = inspections[0].fieldwork_to if inspections else date.min
    audits = audit_figures.counts_by_area(authority, since=since)
    return [
        _block(framework, area, inspections, version, read, _under(rows, area, framework), owners, tallies, audits)
        for area in framework.graded_areas
    ]


def _block(
    framework: Framework,
    area: Area,
    inspections: Sequence[Inspection],
    version: SelfEvaluation | None,
    read: _Read,
    rows: Sequence[ItemRow],
    owners: Mapping[str, Membership],
    tallies: Mapping[str, Tally],
    audits: Mapping[str, Counts],
) -> AreaBlock:
    grades = {grade.code: grade for grade in framework.scale}
    view = self_evaluations.view(version, area.code) if version else None
    judged, judged_in = standing.last_judged(inspections, area, grades)
    counted = [measure for measure in read.measures if measure.area_code == area.code and measure.series]
    met = [standing.at_target(measure) for measure in counted]
    return AreaBlock(
        area=area,
        owner=owners[area.code].person if area.code in owners else None,
        owner_title=owners[area.code].title if area.code in owners else "",
        judged=judged,
        judged_in=judged_in,
        actions=standing.total([row.actions for row in rows]),
        evidence=tallies.get(area.code, Tally()),
        audits=audits.get(area.code, Counts()),
        at_target=sum(one is True for one in met),
        with_target=sum(one is not None for one in met),
        view=view,
        own=grades.get(view.grade_code or "") if view else None,
        uncited=standing.uncited(read.readings.values(), area.code),
        items=rows,
    )


def _under(rows: Sequence[ItemRow], area: Area, framework: Framework) -> list[ItemRow]:
    """The items whose first confirmed area this is: an item stands once in the matrix."""
    return [row for row in rows if (areas := _areas_of(row.item, framework)) and areas[0] == area.code]


def _areas_of(item: ImprovementItem, framework: Framework) -> list[str]:
    codes = [area.code for area in improvements.areas_of(item)]
    return [code for code in codes if code in {area.code for area in framework.graded_areas}]
