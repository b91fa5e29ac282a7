"""Measures are added, figures recorded, targets set, and read together with what they say."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_indicators
from tests.queries_counted import at_most
from tracker.indicators import commands, queries, speaking
from tracker.indicators.commands import Figure, Meaning
from tracker.indicators.library import definitions
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.rules import Direction, Period, Standing, Unit
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Refused

TODAY = date(2026, 11, 20)


def its_own(
    *, name: str = "Tracker dates complete", basis: str = "on the last day", area: str = "leadership"
) -> Meaning:
    return Meaning(
        name=name,
        definition="Children whose tracker dates are complete.",
        unit=Unit.PER_CENT,
        basis=basis,
        direction=Direction.HIGHER,
        period=Period.MONTH,
        area_code=area,
    )


def recorded(measure: Measure, *, figure: Figure, reason: str = "") -> MeasureValue:
    """The figure of November 2026."""
    return commands.record_value(
        measure,
        period_start=date(2026, 11, 1),
        period_end=date(2026, 11, 30),
        figure=figure,
        reason=reason,
        on=date(2026, 12, 8),
    )


def test_a_measure_follows_its_definition(brent: Authority) -> None:
    measure = commands.add_from_definition(brent, definition=definitions()["unregistered-homes"])

    assert measure.reference == "M-1"
    assert (measure.unit, measure.direction, measure.target) == (Unit.COUNT, Direction.LOWER, Decimal(0))
    assert (measure.area_code, measure.theme_code) == ("children_in_care", "CC14")


def test_the_same_on_another_basis_is_another_measure(brent: Authority) -> None:
    conferences = definitions()["conferences-15-days"]
    commands.add_from_definition(brent, definition=conferences)

    with pytest.raises(Refused, match="M-1 counts the same on the same basis"):
        commands.add_from_definition(brent, definition=conferences)
    other = commands.add_from_definition(brent, definition=conferences, basis="from the strategy discussion")

    assert (other.reference, other.basis) == ("M-2", "from the strategy discussion")


@pytest.mark.parametrize(
    ("means", "sentence"),
    [
        (its_own(name=" "), "Enter a name"),
        (its_own(basis=""), "Say how it is counted"),
        (its_own(area="overall_vibes"), "Choose a judgement area"),
    ],
)
def test_an_own_measure_says_what_it_counts(session: Session, brent: Authority, means: Meaning, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        commands.add_own(brent, means=means)

    assert session.query(Measure).count() == 0


def test_a_figure_is_worked_out_from_its_counts_and_the_history_says_so(brent: Authority) -> None:
    measure = given_indicators.a_measure()

    value = recorded(measure, figure=Figure(numerator=17, denominator=24, provisional=True))

    assert value.value == Decimal("70.8333")
    assert history.of(measure)[0].what == "November 2026 recorded as 70.8% (provisional)"


def test_a_provisional_figure_is_replaced_for_a_reason(brent: Authority) -> None:
    measure = given_indicators.a_measure()
    recorded(measure, figure=Figure(value=Decimal(70), provisional=True))

    with pytest.raises(Refused, match=r"November 2026 has a provisional figure already: 70%. Say why it changes"):
        recorded(measure, figure=Figure(value=Decimal(71)))
    recorded(measure, figure=Figure(value=Decimal(71)), reason="Two late entries")

    assert [(value.value, value.provisional) for value in measure.values] == [(Decimal(71), False)]
    assert history.of(measure)[0].why == "Two late entries"
    with pytest.raises(Refused, match="final, so it cannot become provisional again"):
        recorded(measure, figure=Figure(value=Decimal(70), provisional=True), reason="Oops")


def test_a_figure_that_cannot_be_changes_nothing(session: Session, brent: Authority) -> None:
    measure = given_indicators.a_measure()

    with pytest.raises(Refused, match="25 of 24 is more than all of them"):
        recorded(measure, figure=Figure(numerator=25, denominator=24))
    with pytest.raises(Refused, match="has not begun"):
        commands.record_value(
            measure,
            period_start=date(2026, 12, 1),
            period_end=date(2026, 12, 31),
            figure=Figure(value=Decimal(1)),
            on=TODAY,
        )

    assert session.query(MeasureValue).count() == 0


def test_a_measure_speaks_for_items_of_its_own_authority(brent: Authority) -> None:
    item = given.an_item()
    measure = given_indicators.a_measure()
    elsewhere = given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))

    speaking.link_to_item(measure, item=item)
    with pytest.raises(Refused, match="M-1 speaks for I-1 already"):
        speaking.link_to_item(measure, item=item)
    with pytest.raises(Refused, match="belongs to another authority"):
        speaking.link_to_item(measure, item=elsewhere)

    assert [reading.measure for reading in queries.measures_of_item(item)] == [measure]
    speaking.unlink(measure, item=item)
    assert queries.measures_of_item(item) == []


def test_what_the_figures_say(brent: Authority) -> None:
    measure = given_indicators.a_measure(figures=(54, 58, 57, 63, 69, 71))

    (reading,) = queries.with_latest(brent)

    assert (reading.figure, reading.target, reading.when) == ("71%", "90%", "November 2026")
    assert reading.distance is not None
    assert reading.distance.words == "19 points away"
    assert reading.travel_words == "up in four of the last five months"
    assert reading.standing is Standing.OFF
    assert queries.reading(measure).numbers == reading.numbers


def test_exceptions_come_first(brent: Authority) -> None:
    fine = given_indicators.a_measure(name="Fine", figures=(90, 91, 92))
    empty = given_indicators.a_measure(name="Empty")
    off = given_indicators.a_measure(name="Off", figures=(60, 61, 62))
    worse = given_indicators.a_measure(name="Worse", figures=(62, 61, 60))
    aimless = given_indicators.a_measure(name="Aimless", figures=(62, 61, 60), target=None)

    in_order = [reading.measure for reading in queries.with_latest(brent)]

    assert in_order == [worse, off, empty, aimless, fine]


def test_lists_read_the_last_thirteen_figures_in_as_many_statements_for_many_measures_as_for_few(
    brent: Authority,
) -> None:
    item = given.an_item()
    for place in range(10):
        given_indicators.a_measure(name=f"Measure {place}", figures=range(20), item=item)

    with at_most(3):
        readings = queries.with_latest(brent)
    with at_most(3):
        of_item = queries.measures_of_item(item)

    assert [len(reading.values) for reading in readings] == [13] * 10
    assert readings[0].numbers[-1] == 19
    assert of_item == readings


def test_nothing_of_another_authority_is_found(brent: Authority) -> None:
    given_indicators.a_measure(authority=given.an_authority(slug="barnet", name="Barnet"), figures=(1, 2))

    assert queries.with_latest(brent) == []
    assert queries.measure(brent, 1) is None


def test_the_database_refuses_half_a_fraction(session: Session, brent: Authority) -> None:
    measure = given_indicators.a_measure(figures=(71,))
    measure.values[0].numerator = 17

    with pytest.raises(IntegrityError, match=r"both_counts_or_neither|CHECK"):
        session.flush()
