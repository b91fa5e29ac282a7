"""The figures that a pack prints: how new, how many and how exact they are."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from tests import given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tests.given_packs import TODAY, a_version, area, frozen
from tracker.audits.rules import SMALL_NUMBER
from tracker.indicators.models import Measure
from tracker.people.models import Authority
from tracker.platform.db import db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def test_what_is_dated_after_today_is_not_the_newest_evidence(brent: Authority) -> None:
    version = a_version(brent)
    yet_to_come = given_evidence.evidence(authority=brent, title="Review of the panel", dated=date(2027, 4, 1))
    given_se.a_statement(f"A review will follow [{yet_to_come.reference}].", version=version)

    newest = area(frozen(brent), "help_protection").figures[1]

    assert (newest.label, newest.value) == ("Newest evidence", "12 November 2026")


def test_a_share_of_audits_is_a_percentage_where_the_audits_themselves_say_so(brent: Authority) -> None:
    a_version(brent)

    grades = area(frozen(brent), "help_protection").audits

    assert grades is not None
    assert grades.percent_from == SMALL_NUMBER


def test_measures_are_rounded_wherever_they_are_printed(brent: Authority) -> None:
    a_version(brent)
    given_indicators.a_measure(
        authority=brent, name="Visits in time", figures=["66.6667", "70.8333"], until=date(2026, 10, 31)
    )

    shown = area(frozen(brent), "help_protection").measures

    assert shown is not None
    visits = shown.measures[1]
    assert (visits.was, visits.value, visits.distance) == ("66.7", "70.8", "19.2 points short of 90%")
    assert visits.series == (66.7, 70.8)


def with_counts(measure: Measure, *pairs: tuple[int, int]) -> Measure:
    for value, (numerator, denominator) in zip(measure.values, pairs, strict=True):
        value.numerator, value.denominator = numerator, denominator
    db.session.commit()
    return measure


def test_a_figure_that_counts_few_is_hidden_with_all_that_is_said_of_it(brent: Authority) -> None:
    a_version(brent)
    few = given_indicators.a_measure(
        authority=brent, name="Few", figures=["75", "75", "80", "10"], until=date(2026, 10, 31)
    )
    with_counts(few, (30, 40), (30, 40), (32, 40), (4, 40))
    before = given_indicators.a_measure(authority=brent, name="Before", figures=["5", "75"], until=date(2026, 10, 31))
    with_counts(before, (2, 40), (30, 40))

    contents = frozen(brent)

    shown = area(contents, "help_protection").measures
    assert shown is not None
    hidden, then = shown.measures[1:]
    assert (hidden.was, hidden.value, hidden.distance, hidden.travel) == ("80", "Hidden", "", "")
    assert hidden.against is not None
    assert hidden.against.text == "Not shown"
    assert hidden.series == (75, 75, 80)
    assert (then.was, then.value, then.series) == ("Hidden", "75", (75,))
    assert "Hidden: so few are counted" in shown.note
    assert "fewer than 5 on one side is hidden" in " ".join(contents.texts())


def test_the_range_in_a_pack_is_that_of_the_page_and_of_what_may_be_shown(brent: Authority) -> None:
    a_version(brent)
    steady = given_indicators.a_measure(
        authority=brent, name="Steady", figures=[*["75"] * 13, "5", "75"], until=date(2026, 10, 31)
    )
    with_counts(steady, *[(30, 40)] * 13, (2, 40), (30, 40))

    shown = area(frozen(brent), "help_protection").measures

    assert shown is not None
    (chart,) = shown.charts
    assert chart.caption == f"{steady.reference}, letter to decision in time"
    assert [point.value for point in chart.points] == [75.0] * 14
    assert (chart.points[-1].low, chart.points[-1].high) == (54.5, 95.5)
    assert "One figure is left out" in chart.shows
    assert chart.finding == "75% in October 2026, 15 points short of 90%, within its usual range"


def test_what_a_source_says_is_not_told_from_a_hidden_figure(brent: Authority) -> None:
    a_version(brent)
    (measure,) = db.session.query(Measure).all()
    with_counts(measure, *[(30, 40)] * (len(measure.values) - 1), (3, 40))

    (row,) = area(frozen(brent), "help_protection").agreements

    assert (row.measures.word, row.measures.note) == ("Not shown", "M-1 counts too few to show")
