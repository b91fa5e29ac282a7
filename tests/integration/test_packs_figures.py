"""The figures that a pack prints: how new, how many and how exact they are."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from tests import given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tests.integration.test_packs import TODAY, a_version, area, frozen
from tracker.audits.rules import SMALL_NUMBER
from tracker.people.models import Authority


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
    assert (visits.was, visits.value, visits.distance) == ("66.7", "70.8", "19.2 points away")
    assert visits.series == (66.7, 70.8)
