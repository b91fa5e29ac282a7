"""Which target a figure is read against, and whether it was reached by its day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.indicators.test_reading import figures
from tracker.indicators.rules import Ambition, Direction, Standing, Travel, Unit, distance, standing
from tracker.indicators.targets.reached import outcome
from tracker.indicators.targets.rules import due

TODAY = date(2026, 11, 20)


@dataclass
class Aim:
    figure: Decimal
    by: date | None = None
    since: date | None = None
    ambition: Ambition = Ambition.TARGET


def aim(figure: int, by: str = "", *, since: str = "", ambition: Ambition = Ambition.TARGET) -> Aim:
    days = [date.fromisoformat(day) if day else None for day in (by, since)]
    return Aim(Decimal(figure), days[0], days[1], ambition)


STEPS = [aim(90), aim(85, "2027-03-31"), aim(75, "2026-03-31"), aim(95, "2027-03-31", ambition=Ambition.STRETCH)]


@pytest.mark.parametrize(
    ("day", "figure"), [("2026-03-31", 75), ("2026-04-30", 85), ("2027-03-31", 85), ("2027-04-30", 90)]
)
def test_a_figure_is_read_against_the_target_to_be_reached_next(day: str, figure: int) -> None:
    found = due(STEPS, Ambition.TARGET, date.fromisoformat(day), since=None)

    assert found is not None
    assert found.figure == figure


def test_what_was_due_last_stays_the_target_where_nothing_comes_after() -> None:
    dated = [one for one in STEPS if one.by]

    found = due(dated, Ambition.TARGET, date(2028, 1, 31), since=None)
    stretch = due(dated, Ambition.STRETCH, date(2028, 1, 31), since=None)

    assert [found and found.figure, stretch and stretch.figure] == [85, 95]
    assert due([], Ambition.TARGET, TODAY, since=None) is None


def test_a_target_for_another_meaning_is_none_for_this() -> None:
    after = [*STEPS, aim(60, "2027-03-31", since="2026-10-01")]

    found = due(after, Ambition.TARGET, TODAY, since=date(2026, 10, 1))

    assert found is not None
    assert found.figure == 60
    assert due(STEPS, Ambition.TARGET, TODAY, since=date(2026, 10, 1)) is None


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (aim(85, "2027-03-31"), "14 points to go: 71% in October 2026"),
        (aim(70), "Met now: 71% in October 2026"),
        (aim(75, "2026-09-30"), "Missed by 6 points: 69% in September 2026"),
        (aim(63, "2026-08-31"), "Reached: 63% in August 2026"),
        (aim(63, "2026-03-31"), "No figure by then"),
    ],
)
def test_an_outcome_is_held_against_the_last_period_that_had_ended_by_the_day(target: Aim, words: str) -> None:
    assert outcome(target, figures(63, 69, 71), Unit.PER_CENT, Direction.HIGHER, TODAY) == words


@pytest.mark.parametrize(
    ("value", "tolerance", "near"), [(88, "2", True), (87, "2", False), (86, None, True), (85, None, False)]
)
def test_near_is_what_the_measure_says_or_a_twentieth_of_the_target(
    value: int, tolerance: str | None, near: bool
) -> None:
    away = distance(
        Decimal(value),
        Decimal(90),
        Unit.PER_CENT,
        Direction.HIGHER,
        None if tolerance is None else Decimal(tolerance),
    )

    assert away is not None
    assert (away.is_near, away.at_target) == (near, False)
    stands = standing(away, Travel.STEADY, has_figure=True, direction=Direction.HIGHER)
    assert stands is (Standing.NEAR_TARGET if near else Standing.OFF)
