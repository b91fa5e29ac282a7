"""What a measure says: how far off, better or worse, its usual range, and why a director looks at it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.platform.test_statistics import MONTGOMERY, NIST, SHIPMENTS
from tracker.indicators.reading import pictures, usual
from tracker.indicators.reading.rules import Aim, Attention, Read, first_things
from tracker.indicators.reading.usual import CHARTED, Figure, Kind, charted
from tracker.indicators.rules import Direction, Period, Unit, period_start
from tracker.platform.statistics.control_limits import Signal

Counts = Sequence[tuple[int, int] | tuple[None, None]]

TODAY = date(2026, 11, 20)
UNTIL = date(2026, 10, 31)
STEADY = (70, 72, 69, 71, 70, 73, 69, 70, 72, 71, 70, 69)


def figures(*values: float, period: Period = Period.MONTH, until: date = UNTIL, counts: Counts = ()) -> list[Figure]:
    """Of periods that follow each other, the last of them until a day."""
    found: list[Figure] = []
    pairs: Counts = counts or [(None, None)] * len(values)
    end = until
    for value, (numerator, denominator) in zip(reversed(values), reversed(pairs), strict=True):
        start = period_start(period, end)
        found.insert(
            0,
            Figure(start=start, end=end, value=Decimal(str(value)), numerator=numerator, denominator=denominator),
        )
        end = date.fromordinal(start.toordinal() - 1)
    return found


def aim(
    target: int | None = 90,
    *,
    unit: Unit = Unit.PER_CENT,
    direction: Direction = Direction.HIGHER,
    period: Period = Period.MONTH,
    by: date | None = None,
) -> Aim:
    return Aim(
        unit=unit,
        direction=direction,
        period=period,
        target=None if target is None else Decimal(target),
        target_by=by,
    )


def read(*values: float, of: Aim | None = None) -> Read:
    return Read(of or aim(), figures(*values), TODAY)


@pytest.mark.parametrize(
    ("value", "of", "words"),
    [
        (78, aim(by=date(2027, 3, 31)), "12 points short of 90%, due by 31 March 2027"),
        (78, aim(by=date(2026, 3, 31)), "12 points short of 90%, was due by 31 March 2026"),
        (24, aim(20, direction=Direction.LOWER), "4 points above 20%"),
        (13.5, aim(12, unit=Unit.MONTHS, direction=Direction.LOWER), "1.5 months above 12 months"),
        (93, aim(by=date(2027, 3, 31)), "3 points better than 90%"),
        (90, aim(), "At target: 90%"),
        (17, aim(20, direction=Direction.LOWER), "3 points better than 20%"),
        (78, aim(None), ""),
        (78, aim(None, direction=Direction.CONTEXT), ""),
    ],
)
def test_how_far_is_said_in_the_unit_and_in_the_direction_of_good(value: float, of: Aim, words: str) -> None:
    assert read(value, of=of).how_far == words


@pytest.mark.parametrize(
    ("values", "of", "arrow", "words"),
    [
        ((63, 69, 71), aim(), "↑", "Better: up over three months"),
        ((63, 69, 71), aim(20, direction=Direction.LOWER), "↑", "Worse: up over three months"),
        ((71, 69, 63), aim(20, direction=Direction.LOWER), "↓", "Better: down over three months"),
        ((63, 69, 71), aim(None, direction=Direction.CONTEXT), "↑", "Rising over three months"),
        ((63, 71, 69), aim(), "→", "No clear change over three months"),
        ((71, 71, 71), aim(), "→", "No change over three months"),
        ((63, 69), aim(), "", "Three figures in a row are needed to say which way it is going"),
    ],
)
def test_the_way_over_three_periods_has_words_and_an_arrow(
    values: Sequence[float], of: Aim, arrow: str, words: str
) -> None:
    found = read(*values, of=of).course

    assert (found.arrow, found.words) == (arrow, words)


def test_a_period_left_out_leaves_too_few_to_say_which_way() -> None:
    with_a_gap = [*figures(63, 69, until=date(2026, 8, 31)), *figures(71)]
    days = [*figures(63, 69, period=Period.DAY, until=date(2025, 3, 31)), *figures(71, period=Period.DAY)]

    assert Read(aim(), with_a_gap, TODAY).course.arrow == ""
    assert Read(aim(period=Period.DAY), days, TODAY).course.words == "Better: up over the last three figures"


# The usual range ------------------------------------------------------------------------------------------------


def test_shares_with_their_counts_are_a_p_chart_with_the_limits_that_montgomery_printed() -> None:
    counts = [(part, 50) for part in MONTGOMERY]
    shares = figures(*(2 * part for part in MONTGOMERY), counts=counts)

    found = charted(shares, Unit.PER_CENT)

    limits = found.limits_at(0)
    assert found.kind is Kind.P
    assert limits is not None
    assert (round(limits.mean, 2), round(limits.low, 2), round(limits.high, 2)) == (23.13, 5.24, 41.02)


def test_counts_against_a_base_are_a_u_chart_with_the_limits_that_montgomery_printed() -> None:
    counts = [(number, 50) for number in SHIPMENTS]
    rates = figures(*(200 * number for number in SHIPMENTS), counts=counts)

    found = charted(rates, Unit.RATE)

    limits = found.limits_at(0)
    assert found.kind is Kind.U
    assert limits is not None
    assert (round(limits.mean), round(limits.high)) == (740, 1894)


def test_single_values_are_an_xmr_chart_whose_average_is_that_of_the_nist_handbook() -> None:
    """The ten values of the handbook are too few for limits here; given twice they keep their average."""
    few, enough = charted(figures(*NIST), Unit.SCORE), charted(figures(*NIST, *NIST), Unit.SCORE)

    assert few.kind is enough.kind is Kind.XMR
    assert few.chart is None
    limits = enough.limits_at(0)
    assert limits is not None
    assert limits.mean == pytest.approx(50.81)


@pytest.mark.parametrize(
    ("counts", "unit", "kind"),
    [
        ([(7, 10)] * 12, Unit.PER_CENT, Kind.P),
        ([(7, 10)] * 12, Unit.CASES, Kind.U),
        ([(7, 10)] * 12, Unit.MONTHS, Kind.XMR),
        ([(7, 10)] * 11 + [(None, None)], Unit.PER_CENT, Kind.XMR),
        ([(None, None)] * 12, Unit.RATE, Kind.XMR),
    ],
)
def test_the_chart_follows_from_the_unit_and_from_whether_every_count_is_known(
    counts: Counts, unit: Unit, kind: Kind
) -> None:
    assert charted(figures(*[70] * 12, counts=counts), unit).kind is kind


def test_with_too_few_figures_there_are_no_limits_and_it_says_how_many_more() -> None:
    eleven, nine = (charted(figures(*STEADY[:number]), Unit.PER_CENT) for number in (11, 9))

    assert (eleven.chart, nine.chart) == (None, None)
    assert "it takes 12, and 1 more is needed" in usual.shows(eleven, Unit.PER_CENT)
    assert "it takes 12, and 3 more are needed" in usual.shows(nine, Unit.PER_CENT)
    assert usual.finding(nine) == "too few figures for a usual range"


def test_a_chart_looks_back_so_many_figures() -> None:
    assert len(charted(figures(*[50] * 50), Unit.SCORE).figures) == CHARTED


def test_within_the_usual_range_nothing_says_that_anything_changed() -> None:
    found = charted(figures(*STEADY), Unit.PER_CENT)

    assert found.at_last is None
    assert usual.shows(found, Unit.PER_CENT) == (
        "Every figure lies within its usual range, 65.4% to 75.6%: nothing says that anything changed."
    )
    assert "not whether it is good enough: for that, look at the target" in usual.does_not_show(found, has_target=True)
    assert "it has no target to say that" in usual.does_not_show(found, has_target=False)


@pytest.mark.parametrize(
    ("values", "signal", "words"),
    [
        ((*STEADY, 90), Signal.OUTSIDE, "above its usual range"),
        ((*STEADY, 50), Signal.OUTSIDE, "below its usual range"),
        ((*STEADY, *[60, 61] * 6), Signal.SHIFT, "12 in a row below its average"),
        ((70, 90, 62, 85, 64, 88, 60, 62, 64, 66, 68, 70, 72, 74), Signal.TREND, "8 in a row rising"),
    ],
)
def test_what_chance_seldom_does_is_said_of_the_latest_figure(
    values: Sequence[float], signal: Signal, words: str
) -> None:
    found = charted(figures(*values), Unit.PER_CENT)

    assert found.at_last is signal
    assert usual.finding(found) == words
    assert "so something has changed" in usual.shows(found, Unit.PER_CENT)


def test_what_changed_earlier_is_said_to_be_earlier() -> None:
    found = charted(figures(*STEADY, 90, *STEADY), Unit.PER_CENT)

    assert found.at_last is None
    assert "Something changed earlier: see Oct 2025" in usual.shows(found, Unit.PER_CENT)


@pytest.mark.parametrize(
    ("period", "until", "label"),
    [
        (Period.MONTH, UNTIL, "Oct 2026"),
        (Period.QUARTER, date(2026, 9, 30), "Jul to Sep 2026"),
        (Period.YEAR, date(2026, 3, 31), "2025/26"),
        (Period.DAY, date(2026, 3, 31), "31 Mar 2026"),
    ],
)
def test_a_period_is_short_on_an_axis(period: Period, until: date, label: str) -> None:
    assert figures(1, period=period, until=until)[0].label == label


# First things first -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "of", "attention"),
    [
        ((75, 73, 71), aim(), Attention.OFF_AND_WORSE),
        ((71, 75, 73), aim(), Attention.OFF),
        ((*STEADY, 95), aim(), Attention.UNUSUAL),
        ((*STEADY, 95), aim(None, direction=Direction.CONTEXT), Attention.UNUSUAL),
        ((91, 92, 93), aim(), Attention.AT_TARGET),
        ((91, 92, 93), aim(None), Attention.NO_TARGET),
        ((91, 92, 93), aim(None, direction=Direction.CONTEXT), Attention.CONTEXT),
        ((), aim(), Attention.NOT_RECENT),
    ],
)
def test_why_a_director_looks_at_it(values: Sequence[float], of: Aim, attention: Attention) -> None:
    assert read(*values, of=of).attention is attention


def test_a_figure_is_not_recent_once_the_next_should_long_have_come() -> None:
    old, newer = (Read(aim(), figures(91, until=until), TODAY) for until in (date(2026, 7, 31), date(2026, 8, 31)))

    assert (old.attention, newer.attention) == (Attention.NOT_RECENT, Attention.AT_TARGET)


def test_the_picture_says_the_finding_and_the_same_digits_as_the_page() -> None:
    counts = [(17, 24)] * 12
    found = Read(aim(), figures(*[70.8333] * 12, counts=counts), TODAY)

    picture = pictures.over_time("M-1, letters", found, of_whom="children")

    assert picture.finding == "70.8% in October 2026, 19.2 points short of 90%, within its usual range"
    assert (picture.points[0].value, picture.points[0].basis) == (70.8, "17 of 24 children")
    assert picture.target == 90.0


@pytest.mark.parametrize(
    ("values", "of", "is_good"),
    [
        ((*STEADY, 95), aim(), True),
        ((*STEADY, 95), aim(99, direction=Direction.LOWER), False),
        ((*STEADY, 95), aim(None, direction=Direction.CONTEXT), None),
        (STEADY, aim(), None),
        ((70, 90, 62, 85, 64, 88, 60, 62, 64, 66, 68, 70, 72, 74), aim(), True),
    ],
)
def test_what_is_unusual_may_be_welcome(values: Sequence[float], of: Aim, is_good: bool | None) -> None:
    assert read(*values, of=of).unusual_is_good is is_good


def test_first_things_come_first() -> None:
    reads = {
        "fine": read(91, 92, 93),
        "old": Read(aim(), figures(91, until=date(2026, 1, 31)), TODAY),
        "unusual, better": read(*STEADY, 95),
        "unusual, worse": read(*STEADY, 95, of=aim(99, direction=Direction.LOWER)),
        "off": read(71, 75, 73),
        "off and worse": read(75, 73, 71),
    }

    assert sorted(reads, key=lambda name: first_things(reads[name])) == [
        "off and worse", "off", "unusual, worse", "unusual, better", "old", "fine",
    ]  # fmt: skip
