"""What the page of one measure shows beside its figures: aims, others, meanings, and the picture of it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.indicators import queries, rules
from tracker.indicators.breakdowns import page as breakdowns
from tracker.indicators.breakdowns.page import Breakdown
from tracker.indicators.comparing import queries as comparing
from tracker.indicators.comparing.rules import Compared
from tracker.indicators.library import definitions
from tracker.indicators.meanings import rules as meaning
from tracker.indicators.meanings.rules import Difference
from tracker.indicators.models import Measure, MeasureChange, MeasureTarget
from tracker.indicators.queries import Reading
from tracker.indicators.reading import pictures, usual
from tracker.indicators.reading import queries as reads
from tracker.indicators.reading.queries import figures_of
from tracker.indicators.reading.rules import Read
from tracker.indicators.rules import Ambition
from tracker.indicators.schema import Definition
from tracker.indicators.targets import reached
from tracker.web.charts import MeasureChart, MeasurePoint


@dataclass(frozen=True)
class MeasurePage:
    reading: Reading
    read: Read
    chart: MeasureChart
    points: Mapping[date, MeasurePoint]
    """Last day of a period -> its point in the chart, for figures that mean the same as the latest."""
    usual_finding: str
    tolerance: str
    """How far off still counts as near: "2 points of it"."""
    definition: Definition | None
    released: bool
    """Whether a release changed its definition, and nobody here has decided about it yet."""
    targets: Sequence[AimedAt]
    meanings: Sequence[MeaningNow]
    beside: BesideOthers
    breakdowns: Sequence[Breakdown]

    def version_of(self, day: date) -> int:
        """Number of the meaning in which a period is counted that begins on a day."""
        return 1 + sum(one.from_day <= day for one in self.reading.measure.changes)


def of(measure: Measure, today: date) -> MeasurePage:
    read = reads.read(measure, today)
    chart = pictures.whole(measure, read)
    return MeasurePage(
        reading=queries.reading(measure),
        read=read,
        chart=chart,
        points=_points(read, chart),
        usual_finding=usual.finding(read.charted).capitalize(),
        tolerance=_tolerance(measure),
        definition=definitions().get(measure.definition_id or ""),
        released=is_released(measure),
        targets=targets_of(measure, today),
        meanings=meanings_of(measure),
        beside=beside_others(measure),
        breakdowns=breakdowns.of(measure),
    )


def _points(read: Read, chart: MeasureChart) -> Mapping[date, MeasurePoint]:
    figures = read.charted.figures
    return {figure.end: point for figure, point in zip(reversed(figures), reversed(chart.points), strict=False)}


def _tolerance(measure: Measure) -> str:
    return "a twentieth of it" if measure.tolerance is None else f"{rules.apart(measure.tolerance, measure.unit)} of it"


@dataclass(frozen=True)
class AimedAt:
    """A target as its page shows it."""

    target: MeasureTarget
    figure: str
    outcome: str
    """Whether it was reached, or how far it is to go."""
    is_now: bool
    """Whether it was set for what the measure counts now."""


def targets_of(measure: Measure, today: date) -> Sequence[AimedAt]:
    """What the measure aims at, the earliest day first and what holds at all times last."""
    ordered = sorted(measure.targets, key=lambda one: (one.by or date.max, one.ambition != Ambition.TARGET))
    return [_aimed_at(measure, one, today) for one in ordered]


def _aimed_at(measure: Measure, target: MeasureTarget, today: date) -> AimedAt:
    is_now = target.since == measure.comparable_since
    outcome = ""
    if is_now:
        outcome = reached.outcome(target, figures_of(measure.series), measure.unit, measure.direction, today)
    unit = measure.counted_at(target.since or date.min).unit
    return AimedAt(target, rules.written(target.figure, unit), outcome or "Set for what it counted before", is_now)


@dataclass(frozen=True)
class BesideOthers:
    """A measure beside what was published of others."""

    compared: Compared | None
    """None: nothing of ours may be compared with anything that was published."""
    kept: int
    """Published figures that are kept, compared or not."""

    @property
    def sources(self) -> Sequence[tuple[str, date | None]]:
        return (
            list(dict.fromkeys((one.source, one.source_date) for one in self.compared.published))
            if self.compared
            else []
        )


def beside_others(measure: Measure) -> BesideOthers:
    told = comparing.published(measure)
    sets = comparing.neighbour_sets(measure.authority) if told else []
    return BesideOthers(comparing.compared(measure, told, sets), len(told))


@dataclass(frozen=True)
class MeaningNow:
    """One of the ways in which a measure was counted, with what changed when it began."""

    number: int
    change: MeasureChange | None
    """None: as it was first counted."""
    differences: Sequence[Difference]
    ended: date | None
    """The day from which it was counted otherwise again; None: it holds now."""


def meanings_of(measure: Measure) -> Sequence[MeaningNow]:
    """Newest first; one only where what it counts never changed."""
    changes = measure.changes
    sides = [*map(meaning.of, changes), meaning.of(measure)]
    return [
        MeaningNow(
            number=place + 1,
            change=changes[place - 1] if place else None,
            differences=meaning.differences(sides[place - 1], sides[place]) if place else [],
            ended=changes[place].from_day if place < len(changes) else None,
        )
        for place in reversed(range(len(sides)))
    ]


def is_released(measure: Measure) -> bool:
    """Whether a release changed its definition, and nobody here has decided about it yet."""
    definition = definitions().get(measure.definition_id or "")
    return definition is not None and meaning.released(meaning.of(measure), measure.shipped, definition) is not None
