from dataclasses import dataclass
from datetime import date

import pytest

from tracker.deadlines import rules
from tracker.deadlines.rules import Moved, Standing, State
from tracker.frameworks.schema import Certainty, Deadline

PUBLISH = Deadline(
    code="publish_report",
    name="Publish the report",
    working_days=30,
    runs_from="receipt",
    source="SI 2007/462, regulation 2",
    certainty=Certainty.VERIFIED,
)


@dataclass(frozen=True)
class Dates:
    fieldwork_to: date = date(2026, 5, 1)
    published_on: date | None = None
    received_on: date | None = date(2026, 6, 17)


def standing(today: date, done_on: date | None = None, *, dates: Dates | None = None) -> Standing:
    return rules.standing(PUBLISH, dates or Dates(), done_on=done_on, not_required=False, today=today)


def test_the_clock_runs_from_the_day_after_receipt_and_leaves_bank_holidays_out() -> None:
    over_christmas = Dates(received_on=date(2026, 12, 1))

    assert rules.due_on(PUBLISH, Dates()) == date(2026, 7, 29)
    assert rules.due_on(PUBLISH, over_christmas) == date(2027, 1, 15)


def test_it_stands_still_until_the_day_of_receipt_is_recorded() -> None:
    stands = standing(date(2026, 7, 1), dates=Dates(received_on=None))

    assert stands == Standing(State.NOT_STARTED, None, "Runs from the day the report is received, not yet recorded")
    assert not stands.is_open


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (date(2026, 6, 17), State.RUNNING, "30 working days left"),
        (date(2026, 7, 28), State.RUNNING, "1 working day left"),
        (date(2026, 7, 29), State.DUE_TODAY, "Due today"),
        (date(2026, 7, 30), State.LATE, "1 working day late"),
        (date(2026, 8, 31), State.LATE, "22 working days late"),
    ],
)
def test_it_counts_working_days_down_and_then_up(today: date, state: State, words: str) -> None:
    stands = standing(today)

    assert (stands.state, stands.words, stands.is_open) == (state, words, True)


@pytest.mark.parametrize(
    ("done_on", "state", "words"),
    [
        (date(2026, 7, 27), State.DONE, "Done 2 working days before its last day"),
        (date(2026, 7, 29), State.DONE, "Done on its last day"),
        (date(2026, 7, 30), State.DONE_LATE, "Done 1 working day late"),
    ],
)
def test_what_is_done_is_done_whatever_day_it_is(done_on: date, state: State, words: str) -> None:
    for today in (done_on, date(2027, 1, 4)):
        stands = standing(today, done_on)
        assert (stands.state, stands.words, stands.is_open) == (state, words, False)


def test_late_on_a_weekend_is_late_without_a_working_day() -> None:
    friday = Dates(received_on=date(2026, 6, 12))
    assert rules.due_on(PUBLISH, friday) == date(2026, 7, 24)

    assert standing(date(2026, 7, 25), dates=friday).words == "Late since its last day"
    assert standing(date(2026, 7, 25), date(2026, 7, 25), dates=friday).words == "Done late"


def test_nothing_is_done_before_it_could_be() -> None:
    today = date(2026, 7, 1)

    assert rules.why_not_done(PUBLISH, Dates(), done_on=date(2026, 6, 30), today=today) is None
    for day, why in ((date(2026, 7, 2), "has not come yet"), (date(2026, 6, 16), "before the clock started")):
        assert why in str(rules.why_not_done(PUBLISH, Dates(), done_on=day, today=today))
    assert "Record the day" in str(
        rules.why_not_done(PUBLISH, Dates(received_on=None), done_on=date(2026, 6, 30), today=today)
    )


def test_a_moved_deadline_says_both_days_or_that_none_is_known() -> None:
    assert Moved("Publish the report", None, date(2026, 7, 29)).words == "Publish the report: now by 29 July 2026"
    assert "not known any more" in Moved("Publish the report", date(2026, 7, 29), None).words
