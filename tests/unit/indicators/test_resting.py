"""What may be said of a measure since an action was done, and when an action may rest on it."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.indicators.test_reading import TODAY, aim, figures
from tracker.indicators.reading.rules import Read
from tracker.indicators.reading.usual import Figure
from tracker.indicators.resting.rules import SHOWS, Baseline, BeforeAfter, Since, place_of
from tracker.indicators.rules import Direction, Period

DONE = date(2026, 7, 10)
JUNE = Baseline(Decimal("60"), date(2026, 6, 1), date(2026, 6, 30))


def said(
    *values: float,
    done: date | None = DONE,
    baseline: Baseline | None = None,
    direction: Direction = Direction.HIGHER,
    target: int | None = 90,
    period: Period = Period.MONTH,
    provisional: bool = False,
    counts: tuple[tuple[int, int], ...] = (),
) -> BeforeAfter:
    """Months that end with October 2026: of five, one is before July, and three begin after the 10th."""
    found = figures(*values, period=period, counts=counts)
    if provisional:
        last = found[-1]
        found[-1] = Figure(start=last.start, end=last.end, value=last.value, provisional=True)
    read = Read(aim(target, direction=direction, period=period), found, TODAY)
    return BeforeAfter("A-104", "M-7", read, done, baseline)


def test_the_month_in_which_it_was_done_is_neither_before_nor_since() -> None:
    found = said(60, 99, 70, 71, 72)

    assert found.before is not None
    assert found.before.end == date(2026, 6, 30)
    assert [figure.value for figure in found.since] == [70, 71, 72]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((60, 60, 61, 62, 63), Since.MOVED),
        ((60, 60, 61, 62, 60), Since.UNCLEAR),
        ((60, 60, 59, 58, 57), Since.BACK),
        ((60, 60, 59, 61, 58), Since.UNCLEAR),
        ((95, 95, 92, 91, 90), Since.HELD),
        ((95, 95, 92, 91, 89), Since.BACK),
        ((60, 60, 60.04, 60.04, 60.04), Since.UNCLEAR),
    ],
)
def test_it_moved_when_each_of_the_last_figures_is_better_and_held_when_each_is_at_target(
    values: tuple[float, ...], expected: Since
) -> None:
    found = said(*values)

    assert found.standing is expected
    assert (found.why_not_show == "") == (expected in SHOWS)


def test_where_lower_is_better_a_fall_is_a_move() -> None:
    assert said(60, 60, 59, 58, 57, direction=Direction.LOWER, target=20).standing is Since.MOVED
    assert said(60, 60, 61, 62, 63, direction=Direction.LOWER, target=20).standing is Since.BACK


def test_a_provisional_figure_does_not_count_and_too_few_say_nothing() -> None:
    found = said(60, 60, 70, 71, 72, provisional=True)

    assert found.standing is Since.TOO_SOON
    assert found.why_not_show == (
        "M-7 has 2 of the 3 final figures since A-104 was done on 10 July 2026 that it takes."
    )
    assert "Two of the three final figures that it takes to say more." in found.sentence


def test_nothing_is_compared_before_it_is_done_without_a_start_or_a_direction() -> None:
    assert said(60, 70, done=None).standing is Since.NOT_DONE
    assert said(60, 70, 71, 72, done=date(2026, 1, 1)).standing is Since.NOTHING_BEFORE
    assert said(60, 70, 71, 72, done=date(2026, 1, 1), baseline=JUNE).standing is Since.MOVED
    assert said(60, 60, 70, 71, 72, direction=Direction.CONTEXT, target=None).standing is Since.CONTEXT


def test_a_year_needs_one_figure_and_a_quarter_two() -> None:
    quarter = said(60, 61, 62, 63, period=Period.QUARTER, done=date(2026, 3, 10))
    assert quarter.enough == 2
    assert said(60, 61, period=Period.YEAR, done=date(2025, 10, 31)).standing is Since.MOVED


def test_the_sentence_says_before_after_and_chance_and_claims_no_cause() -> None:
    assert said(54, 60, 69, 71, 79, baseline=Baseline(Decimal(54), date(2026, 6, 1), date(2026, 6, 30))).sentence == (
        "54% in June 2026, the baseline. Since A-104 was done on 10 July 2026: 79% in October 2026, 25 points better. "
        "Better than before in each of the last three months. "
        "There are too few figures to say whether chance alone explains it. "
        "That it came after does not say that it came because of A-104."
    )


def test_chance_is_judged_by_the_usual_range_else_by_the_counts() -> None:
    few = said(50, 50, 60, 60, 60, counts=((5, 10), (5, 10), (6, 10), (6, 10), (6, 10)))
    many = said(50, 50, 60, 60, 60, counts=((500, 1000), (500, 1000), (600, 1000), (600, 1000), (600, 1000)))
    charted = said(*(60, 61) * 5, 60, 62, 61, 62, 63)

    assert "Two such shares may differ as much by chance alone." in few.sentence
    assert "Chance alone would seldom make two such shares differ so much." in many.sentence
    assert "within its usual range, so chance alone may explain it." in charted.sentence


def test_a_day_lies_after_the_last_period_that_had_ended() -> None:
    found = figures(60, 61, 62)

    assert place_of(date(2026, 9, 15), found) == 0.5
    assert place_of(date(2026, 11, 5), found) == 2.5
    assert place_of(date(2026, 8, 1), found) is None


def test_a_baseline_from_before_the_measure_counted_otherwise_is_not_compared() -> None:
    read = Read(aim(90), figures(61, 62, 63), TODAY)
    found = BeforeAfter("A-104", "M-7", read, DONE, JUNE, date(2026, 7, 1))

    assert found.standing is Since.NOTHING_BEFORE
    assert "counts otherwise since 1 July 2026, so its baseline of before then is not compared." in found.sentence
