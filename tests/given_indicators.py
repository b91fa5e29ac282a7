"""What a test about measures is given."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tests.given import an_authority, stored
from tracker.improvements.models import ImprovementItem
from tracker.indicators import rules
from tracker.indicators.models import Measure, MeasureTarget, MeasureValue
from tracker.indicators.rules import Ambition, Direction, Period, Unit
from tracker.people.models import Authority


def a_measure(
    *,
    authority: Authority | None = None,
    name: str = "Letter before proceedings to decision within 16 weeks",
    unit: Unit = Unit.PER_CENT,
    direction: Direction = Direction.HIGHER,
    period: Period = Period.MONTH,
    basis: str = "from the date the letter was sent",
    target: int | str | None = 90,
    by: date | None = None,
    figures: Sequence[int | str] = (),
    until: date = date(2026, 11, 30),
    area_code: str = "help_protection",
    item: ImprovementItem | None = None,
) -> Measure:
    """A measure with ``figures``, the last of them for the period that ends on ``until``."""
    measure = Measure(
        authority=authority or (item.authority if item else an_authority()),
        name=name,
        short_name="letter to decision in time",
        definition="Children whose case was decided within 16 weeks of the letter.",
        unit=unit,
        basis=basis,
        of_whom="children",
        direction=direction,
        period=period,
        area_code=area_code,
        theme_code="HP11" if area_code == "help_protection" else None,
    )
    if target is not None:
        measure.targets.append(a_target(target, by=by))
    end = until
    for figure in reversed(figures):
        start = rules.period_start(period, end)
        measure.values.insert(0, MeasureValue(period_start=start, period_end=end, value=Decimal(figure)))
        end = date.fromordinal(start.toordinal() - 1)
    if item is not None:
        measure.items.append(item)
    return stored(measure)


def a_target(
    figure: int | str, *, by: date | None = None, ambition: Ambition = Ambition.TARGET, since: date | None = None
) -> MeasureTarget:
    return MeasureTarget(ambition=ambition, figure=Decimal(figure), by=by, since=since, why="Agreed at the board")
