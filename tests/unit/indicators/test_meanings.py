"""From which day a measure may count otherwise, and what a new release would change."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.indicators.library import definitions
from tracker.indicators.meanings.rules import Counted, counted_by, differences, released, said_by, why_not_from
from tracker.indicators.rules import Period

TODAY = date(2026, 11, 20)
CONFERENCES = definitions()["conferences-15-days"]
SHIPPED = said_by(CONFERENCES)


def counted(**changed: object) -> Counted:
    return replace(counted_by(CONFERENCES), **changed)  # type: ignore[arg-type]  # any of its fields


@pytest.mark.parametrize(
    ("day", "period", "after", "sentence"),
    [
        (date(2026, 10, 1), Period.MONTH, None, ""),
        (date(2026, 10, 15), Period.MONTH, None, "would be counted in two ways. Choose the first day of a month."),
        (date(2026, 8, 1), Period.QUARTER, None, "quarter from 1 July 2026"),
        (date(2026, 4, 1), Period.YEAR, None, ""),
        (date(2026, 10, 15), Period.DAY, None, ""),
        (date(2026, 8, 1), Period.HALF_YEAR, None, ""),
        (date(2026, 12, 1), Period.MONTH, None, "said once it holds"),
        (date(2026, 10, 1), Period.MONTH, date(2026, 10, 1), "changed on 1 October 2026 already"),
    ],
)
def test_a_period_is_counted_in_one_way(day: date, period: Period, after: date | None, sentence: str) -> None:
    why_not = why_not_from(day, counted(period=period), today=TODAY, after=after)

    assert sentence in why_not
    assert bool(why_not) == bool(sentence)


def test_what_differs_is_laid_side_by_side_in_words() -> None:
    found = differences(counted(), counted(basis="from the strategy discussion", period=Period.QUARTER, of_whom=""))

    assert [(one.part, one.before, one.after) for one in found] == [
        ("Those below the line", "conferences", "Nothing"),
        ("Basis", "from the start of the section 47 enquiry", "from the strategy discussion"),
        ("One figure covers", "A month", "Three months"),
    ]


def test_a_release_that_changes_nothing_asks_nothing() -> None:
    own = counted(basis="from the strategy discussion")

    assert released(counted(), SHIPPED, CONFERENCES) is None
    assert released(own, SHIPPED, CONFERENCES) is None
    assert released(own, None, CONFERENCES) is None


def test_a_release_offers_what_it_changed_and_leaves_what_is_counted_in_our_own_way() -> None:
    own = counted(basis="from the strategy discussion")
    later = CONFERENCES.model_copy(update={"numerator": "conferences held in time", "basis": CONFERENCES.basis})

    found = released(own, SHIPPED, later)

    assert found == replace(own, counts="conferences held in time")
    assert released(own, said_by(later), later) is None
