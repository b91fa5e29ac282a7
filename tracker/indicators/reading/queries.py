"""What the figures of a measure say, as read from the database. Nothing is found across authorities."""

from collections.abc import Iterable
from datetime import date

from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.reading.rules import Aim, Read
from tracker.indicators.reading.usual import Figure


def aim_of(measure: Measure) -> Aim:
    return Aim(
        unit=measure.unit,
        direction=measure.direction,
        period=measure.period,
        target=measure.target,
        target_by=measure.target_by,
    )


def figures_of(values: Iterable[MeasureValue]) -> list[Figure]:
    return [
        Figure(
            start=value.period_start,
            end=value.period_end,
            value=value.value,
            numerator=value.numerator,
            denominator=value.denominator,
            provisional=value.provisional,
        )
        for value in values
    ]


def read(measure: Measure, today: date) -> Read:
    """What all figures of one measure say."""
    return of_values(measure, measure.values, today)


def of_values(measure: Measure, values: Iterable[MeasureValue], today: date) -> Read:
    """What some figures of a measure say, given oldest first."""
    return Read(aim_of(measure), figures_of(values), today)
