"""One group along a pathway as the picture that a page and a pack draw alike."""

from math import inf

from tracker.indicators.difference.rules import Against, Compared, Reading, Stage
from tracker.indicators.difference.saying import Said, finding_of, others_said
from tracker.web.charts import DifferenceChart, IndexLine, IndexPoint


def of_group(reading: Reading, said: Said, *, reference: str) -> DifferenceChart:
    return DifferenceChart(
        caption=reference,
        finding=finding_of(reading, said),
        group=said.group.said,
        compared_with=others_said(reading),
        lines=tuple(_line(reading, said, stage) for stage in reading.stages),
    )


def _line(reading: Reading, said: Said, stage: Stage) -> IndexLine:
    population = reading.at(stage, said.group, Against.POPULATION)
    before = reading.at(stage, said.group, Against.BEFORE)
    is_first = reading.shape.base_of(stage) == reading.shape.population
    return IndexLine(
        stage=stage.name,
        population=_point(population),
        before=None if is_first else _point(before),
        without=str(population.verdict).lower(),
    )


def _point(one: Compared) -> IndexPoint | None:
    """None where it is not read, or where there is no number for it."""
    ratio = one.ratio
    if ratio is None or not one.is_read or ratio.value == inf:
        return None
    return IndexPoint(
        value=round(ratio.value, 2),
        low=round(ratio.low, 2),
        high=None if ratio.high == inf else round(ratio.high, 2),
        told=one.is_told,
    )
