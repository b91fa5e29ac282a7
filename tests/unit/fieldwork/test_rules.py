"""How days of an inspection are counted, what clashes, and what moves with its dates."""

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import pytest

from tracker.fieldwork import rules
from tracker.fieldwork.plan.rules import Line, LineSort, of_file, owner_of
from tracker.fieldwork.rules import Dates, Every, RunsFrom, counted, days_of
from tracker.fieldwork.timetable.rules import Slot, Timed, changes, clashes
from tracker.frameworks import queries as frameworks
from tracker.people.rules import Role

CALLED = datetime(2027, 3, 22, 9, 40, tzinfo=UTC)
"""A Monday; Good Friday is the 26th and Easter Monday the 29th."""


def dates(*, remote: date = date(2027, 3, 23), first: date = date(2027, 3, 30), last: date = date(2027, 4, 2)) -> Dates:
    return Dates(called_at=CALLED, remote_from=remote, first_day=first, last_day=last)


def test_days_after_the_call_leave_out_easter() -> None:
    assert counted(dates(), RunsFrom.CALL, 3) == date(2027, 3, 25)
    assert counted(dates(), RunsFrom.CALL, 4) == date(2027, 3, 30)
    assert counted(dates(), RunsFrom.FIRST_DAY, -1) == date(2027, 3, 25)


def test_the_day_itself_is_the_next_working_day_where_it_is_none() -> None:
    assert counted(dates(last=date(2027, 4, 4)), RunsFrom.LAST_DAY, 0) == date(2027, 4, 5)


def test_the_remote_week_ends_where_fieldwork_on_site_begins() -> None:
    assert days_of(dates(), Every.REMOTE_DAY) == [date(2027, 3, 23), date(2027, 3, 24), date(2027, 3, 25)]
    assert days_of(dates(), Every.SITE_DAY)[0] == date(2027, 3, 30)
    assert days_of(dates(remote=date(2027, 3, 30)), Every.REMOTE_DAY) == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (dates(remote=date(2027, 3, 19)), "cannot begin before the call"),
        (dates(first=date(2027, 3, 22)), "cannot begin before the remote week"),
        (dates(last=date(2027, 3, 29)), "cannot be before its first"),
        (dates(last=date(2028, 4, 2)), "Check the years"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(wrong: Dates, why: str) -> None:
    assert why in rules.why_not_dates(wrong)
    assert rules.why_not_dates(dates()) == ""


def test_only_a_rehearsal_may_be_called_for_a_day_to_come() -> None:
    before = datetime(2027, 3, 20, tzinfo=UTC)

    assert "still to come" in rules.why_not_called(CALLED, now=before, rehearsal=False)
    assert rules.why_not_called(CALLED, now=before, rehearsal=True) == ""


def slot(name: str, at: time, *people: str, day: date = date(2027, 3, 30), minutes: int = 60) -> Slot:
    return Slot(uuid4(), name, day, at, minutes, frozenset(people))


def test_somebody_at_two_meetings_at_once_is_named() -> None:
    found = clashes(
        [slot("Feedback", time(10, 30), "Tom Ferris"), slot("Visit", time(10), "Tom Ferris", "Amina Yusuf")]
    )

    assert [one.words for one in found] == [
        "Tom Ferris is at two meetings at once: Visit at 10:00, until 11:00, and Feedback at 10:30"
    ]


def test_meetings_that_follow_each_other_or_share_nobody_do_not_clash() -> None:
    first = slot("Visit", time(10), "Tom Ferris")

    assert clashes([first, slot("Feedback", time(11), "Tom Ferris")]) == []
    assert clashes([first, slot("Feedback", time(10), "Amina Yusuf")]) == []
    assert clashes([first, slot("Feedback", time(10), "Tom Ferris", day=date(2027, 3, 31))]) == []


def timed(
    name: str, day: date, *, every: Every = Every.ONCE, place: int = 0, fixed: bool = False, away: bool = False
) -> Timed:
    runs_from = None if fixed else RunsFrom.LAST_DAY
    return Timed(f"{name}-{place}", name, day, name, every, place, runs_from, 0, away=away)


def words(things: list[Timed], under: Dates) -> list[str]:
    return [one.words for one in changes(things, under).told]


def on_each_day(of: Dates) -> list[Timed]:
    days = days_of(of, Every.SITE_DAY)
    return [timed("kit", day, every=Every.SITE_DAY, place=place) for place, day in enumerate(days)]


def test_what_is_counted_moves_and_what_somebody_put_on_a_day_stays() -> None:
    things = [timed("feedback", date(2027, 4, 2)), timed("visit", date(2027, 3, 31), fixed=True)]

    assert words(things, dates(last=date(2027, 4, 8))) == [
        "feedback moves from Friday 2 April to Thursday 8 April 2027"
    ]


def test_days_that_go_fall_away_and_days_that_come_are_told() -> None:
    held = on_each_day(dates())

    assert words(held, dates()) == []
    assert words(held, dates(last=date(2027, 4, 1))) == ["kit (on site) on Friday 2 April 2027 falls away"]
    assert words(held, dates(last=date(2027, 4, 5))) == ["kit (on site) is held on Monday 5 April 2027 as well"]
    assert words(held, dates(first=date(2027, 3, 31))) == ["kit (on site) on Tuesday 30 March 2027 falls away"]


def test_a_week_that_moves_as_a_whole_takes_its_meetings_along() -> None:
    moved = changes(on_each_day(dates()), dates(first=date(2027, 4, 6), last=date(2027, 4, 9)))

    assert [(one.before, one.after) for one in moved.moves] == [
        (date(2027, 3, 30), date(2027, 4, 6)),
        (date(2027, 3, 31), date(2027, 4, 7)),
        (date(2027, 4, 1), date(2027, 4, 8)),
        (date(2027, 4, 2), date(2027, 4, 9)),
    ]
    assert moved.added == []


def test_a_meeting_of_each_day_that_was_moved_by_hand_is_not_made_a_second_time() -> None:
    first, *others = on_each_day(dates())
    by_hand = timed("kit", date(2027, 4, 7), every=Every.SITE_DAY, fixed=True)
    away = timed("kit", first.day, every=Every.SITE_DAY, away=True)

    assert words([by_hand, *others], dates()) == []
    assert words([away, *others], dates()) == ["kit (on site) is held on Tuesday 30 March 2027 as well"]
    assert changes([away, *others], dates()).added == []


def a_line(*, role: str = "qa_officer", owner: UUID | None = None) -> Line:
    return Line(
        sort=LineSort.DOCUMENT,
        code="lists",
        name="Lists",
        runs_from=RunsFrom.CALL,
        working_days=1,
        role=role,
        owner=owner,
    )


def test_a_line_goes_to_whom_the_authority_named_then_to_who_alone_has_its_role() -> None:
    amina, nadia, tom = uuid4(), uuid4(), uuid4()

    assert owner_of(a_line(owner=tom), {"qa_officer": [amina], "head_of_service": [tom]}) == tom
    assert owner_of(a_line(), {"qa_officer": [amina]}) == amina
    assert owner_of(a_line(), {"qa_officer": [amina, nadia]}) is None
    assert owner_of(a_line(owner=tom), {"qa_officer": [amina]}) == amina


def test_every_line_of_the_files_has_a_role_that_there_is() -> None:
    plans = [plan for one in frameworks.library().frameworks.values() for plan in one.fieldwork]
    roles = {line.role for plan in plans for line in of_file(plan)}

    assert plans
    assert roles - {""} <= {role.value for role in Role}
