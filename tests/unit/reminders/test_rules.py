from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tracker.reminders import rules
from tracker.reminders.rules import LONDON, Choice, Kind, Line, Numbers, Owed, Part, Thing, Told, Weekday

MONDAY = date(2026, 11, 23)
SAMIRA, HELEN, DANA = uuid4(), uuid4(), uuid4()
NUMBERS = Numbers()


def owed(due_on: date | None = MONDAY, **about: Any) -> Owed:
    given: dict[str, Any] = {"thing": Thing.ACTION, "thing_id": UUID(int=1), "reference": "A-1", "title": "Review"}
    given |= {"whose": SAMIRA, "whose_name": "Samira Okafor", "due_on": due_on, "accountable": HELEN}
    return Owed(**{**given, **about})


def hers(due_on: date | None, **about: Any) -> Line:
    return Line(owed(due_on, **about), Part.HERS)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock in England."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


# Quiet --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (at(MONDAY, 6, 59), True),
        (at(MONDAY, 7), False),
        (at(MONDAY, 17, 59), False),
        (at(MONDAY, 18), True),
        (at(date(2026, 11, 22), 12), True),  # a Sunday
        (at(date(2026, 12, 28), 12), True),  # Boxing Day's substitute
        (at(date(2026, 4, 3), 12), True),  # Good Friday
    ],
)
def test_nobody_is_mailed_at_night_at_weekends_or_on_bank_holidays(moment: datetime, quiet: bool) -> None:
    assert rules.is_quiet(moment, NUMBERS) is quiet


def test_nobody_is_mailed_while_the_authority_is_closed() -> None:
    closed = replace(NUMBERS, closed=frozenset({date(2026, 12, 29)}))

    assert rules.is_quiet(at(date(2026, 12, 29), 12), closed)
    assert not rules.is_quiet(at(date(2026, 12, 30), 12), closed)


def test_quiet_hours_follow_the_clock_in_england_in_summer_and_in_winter() -> None:
    before, after = date(2026, 10, 23), date(2026, 10, 26)
    assert not rules.is_quiet(datetime(2026, 10, 23, 6, 30, tzinfo=UTC), NUMBERS)
    assert rules.is_quiet(datetime(2026, 10, 26, 6, 30, tzinfo=UTC), NUMBERS)

    morning = rules.next_morning(at(before, 20), NUMBERS)

    assert morning == at(after, 7)
    assert morning.astimezone(UTC) == datetime(2026, 10, 26, 7, 0, tzinfo=UTC)
    assert rules.next_morning(at(date(2026, 3, 27), 20), NUMBERS).astimezone(UTC).hour == 6


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (at(MONDAY, 3), at(MONDAY, 7)),
        (at(MONDAY, 12), at(MONDAY, 12)),
        (at(date(2026, 11, 27), 19), at(date(2026, 11, 30), 7)),
        (at(date(2026, 12, 24), 19), at(date(2026, 12, 29), 7)),
    ],
)
def test_what_may_not_be_sent_waits_for_the_next_working_morning(moment: datetime, morning: datetime) -> None:
    assert rules.next_morning(moment, NUMBERS) == morning


def test_without_quiet_hours_only_days_are_quiet() -> None:
    always = replace(NUMBERS, quiet_from=0, quiet_until=0)

    assert not rules.is_quiet(at(MONDAY, 3), always)
    assert rules.next_morning(at(date(2026, 11, 28), 3), always) == at(date(2026, 11, 30), 0)


def test_quiet_hours_may_lie_within_a_day() -> None:
    lunch = replace(NUMBERS, quiet_from=12, quiet_until=14)

    assert [rules.is_quiet_hour(hour, lunch) for hour in (11, 12, 13, 14)] == [False, True, True, False]
    assert rules.next_morning(at(MONDAY, 13), lunch) == at(MONDAY, 14)


# The digest ---------------------------------------------------------------------------------------------------


def test_a_digest_goes_once_a_week_and_late_rather_than_not_at_all() -> None:
    choice, this_week = Choice(), MONDAY
    assert rules.digest_is_due(this_week, choice, NUMBERS, last=this_week - timedelta(days=7))
    assert rules.digest_is_due(this_week + timedelta(days=1), choice, NUMBERS, last=this_week - timedelta(days=7))

    assert not rules.digest_is_due(this_week, choice, NUMBERS, last=this_week)
    assert not rules.digest_is_due(this_week + timedelta(days=4), choice, NUMBERS, last=this_week)


def test_the_digest_of_a_bank_holiday_comes_on_the_next_working_day() -> None:
    last = date(2026, 12, 21)

    due = [day for day in range(22, 32) if rules.digest_is_due(date(2026, 12, day), Choice(), NUMBERS, last=last)]

    assert due[0] == 29


def test_a_person_chooses_the_day_and_what_came_before_is_not_sent_again() -> None:
    friday = Choice(digest_weekday=Weekday.FRIDAY, chosen_on=date(2026, 11, 24))

    assert not rules.digest_is_due(date(2026, 11, 25), friday, NUMBERS, last=None)
    assert rules.digest_is_due(date(2026, 11, 27), friday, NUMBERS, last=MONDAY)
    assert not rules.digest_is_due(date(2026, 11, 27), replace(friday, digest=False), NUMBERS, last=None)


def test_a_digest_comes_at_the_hour_that_was_chosen_and_other_mails_at_the_authoritys() -> None:
    late_riser = Choice(digest_hour=10)

    assert not rules.may_write(at(MONDAY, 9), late_riser, NUMBERS, digest=True)
    assert rules.may_write(at(MONDAY, 10), late_riser, NUMBERS, digest=True)
    assert rules.may_write(at(MONDAY, 9), late_riser, NUMBERS, digest=False)
    assert not rules.may_write(at(MONDAY, 7, 30), Choice(), NUMBERS, digest=False)


def test_an_hour_that_has_become_a_quiet_one_is_no_reason_to_send_nothing() -> None:
    assert rules.may_write(at(MONDAY, 8), Choice(digest_hour=6), NUMBERS, digest=True)


# Who is told what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_late", "told"),
    [(0, {SAMIRA}), (13, {SAMIRA}), (14, {SAMIRA, HELEN}), (27, {SAMIRA, HELEN}), (28, {SAMIRA, HELEN, DANA})],
)
def test_what_stays_overdue_is_told_to_the_accountable_person_and_then_to_directors(
    days_late: int, told: set[UUID]
) -> None:
    late = owed(MONDAY - timedelta(days=days_late))

    parts = {
        person: rules.part_of(late, person, directs=person == DANA, today=MONDAY, numbers=NUMBERS)
        for person in (SAMIRA, HELEN, DANA)
    }

    assert {person for person, part in parts.items() if part} == told


def test_directors_are_told_of_a_statutory_deadline_on_its_first_day_late() -> None:
    duty = owed(MONDAY - timedelta(days=1), thing=Thing.DUTY, accountable=None)

    assert rules.part_of(duty, DANA, directs=True, today=MONDAY, numbers=NUMBERS) is Part.DIRECTS


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (hers(MONDAY + timedelta(days=8)), None),
        (hers(MONDAY + timedelta(days=7)), Kind.DUE_SOON),
        (hers(MONDAY), Kind.DUE_SOON),
        (hers(MONDAY - timedelta(days=1)), Kind.OVERDUE),
        (hers(None, thing=Thing.SIGN_OFF), Kind.WAITING),
        (hers(MONDAY + timedelta(days=14), thing=Thing.DUTY), Kind.DUE_SOON),
        (Line(owed(MONDAY - timedelta(days=30)), Part.DIRECTS), Kind.ESCALATED),
    ],
)
def test_the_day_decides_as_what_something_is_told(line: Line, kind: Kind | None) -> None:
    assert rules.kind_of(line, MONDAY, NUMBERS) == kind


def test_due_soon_is_told_once_and_again_only_when_the_day_moves() -> None:
    line = hers(MONDAY + timedelta(days=5))
    told = {Told(Kind.DUE_SOON, line.owed.thing_id, line.owed.due_on): MONDAY - timedelta(days=1)}

    assert rules.is_news(line, Kind.DUE_SOON, MONDAY, NUMBERS, {})
    assert not rules.is_news(line, Kind.DUE_SOON, MONDAY, NUMBERS, told)
    assert rules.is_news(hers(MONDAY + timedelta(days=6)), Kind.DUE_SOON, MONDAY, NUMBERS, told)


def test_overdue_is_told_again_after_the_days_that_were_chosen() -> None:
    line = hers(MONDAY - timedelta(days=20))

    def told(days_ago: int) -> dict[Told, date]:
        return {Told(Kind.OVERDUE, line.owed.thing_id, line.owed.due_on): MONDAY - timedelta(days=days_ago)}

    assert not rules.is_news(line, Kind.OVERDUE, MONDAY, NUMBERS, told(6))
    assert rules.is_news(line, Kind.OVERDUE, MONDAY, NUMBERS, told(7))


def test_a_digest_lists_this_week_and_what_waits() -> None:
    assert rules.this_week(hers(MONDAY + timedelta(days=6)), MONDAY)
    assert rules.this_week(hers(None), MONDAY)
    assert not rules.this_week(hers(MONDAY + timedelta(days=7)), MONDAY)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"due_soon_days": 0}, "between 1 and 90"),
        ({"overdue_every_days": 91}, "between 1 and 90"),
        ({"director_after_days": 13}, "after the accountable person"),
        ({"hour": 24}, "between 0 and 23"),
        ({"hour": 6}, "outside the quiet ones"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_with_a_sentence(change: dict[str, Any], why: str) -> None:
    assert rules.why_not_numbers(NUMBERS) is None
    assert why in str(rules.why_not_numbers(replace(NUMBERS, **change)))
