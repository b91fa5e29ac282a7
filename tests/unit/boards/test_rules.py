"""When boards meet, what can have happened to an action between two of them, and how it is said."""

from datetime import date

import pytest

from tracker.actions.rules import Status
from tracker.boards import movement, rules
from tracker.boards.movement import Moved, Stood
from tracker.boards.rules import Between, Change, Finish, Repeat, Tally

SEPTEMBER, OCTOBER = date(2026, 9, 28), date(2026, 10, 26)


def moved(then: Stood | None, now: Stood | None, *, moves: int = 0, first_due_on: date | None = None) -> Moved:
    known = now or then
    assert known is not None
    return Moved(
        reference="A-104",
        title="Review every plan",
        item_reference="I-9",
        item_title="Plans",
        lead="Priya Raman",
        first_due_on=first_due_on or known.due_on,
        moves=moves,
        then=then,
        now=now,
    )


def stood(status: Status, due_on: date, on: date) -> Stood:
    return Stood(status, due_on, on)


# Dates ----------------------------------------------------------------------------------------------------------


def test_a_board_can_meet_once_every_four_weeks_or_on_one_weekday_of_the_month() -> None:
    assert rules.dates(date(2026, 10, 15), Repeat.ONCE) == [date(2026, 10, 15)]

    weekly = rules.dates(date(2026, 10, 15), Repeat.FOUR_WEEKS)
    assert (len(weekly), weekly[1], weekly[-1]) == (13, date(2026, 11, 12), date(2027, 9, 16))

    monthly = rules.dates(date(2026, 10, 15), Repeat.MONTHLY)
    assert len(monthly) == 12
    assert {day.weekday() for day in monthly} == {3}
    assert {(day.day - 1) // 7 for day in monthly} == {2}


def test_a_fifth_weekday_becomes_the_last_of_a_month_that_has_four() -> None:
    assert rules.dates(date(2026, 10, 30), Repeat.MONTHLY)[1] == date(2026, 11, 27)


@pytest.mark.parametrize("today", [date(2026, 10, 12), OCTOBER, date(2026, 11, 2)])
def test_a_snapshot_can_be_taken_from_two_weeks_before_until_a_week_after(today: date) -> None:
    assert rules.why_not_take(OCTOBER, today) is None


def test_a_snapshot_too_early_or_too_late_is_refused_with_the_reason() -> None:
    early = rules.why_not_take(OCTOBER, date(2026, 10, 11))
    late = rules.why_not_take(OCTOBER, date(2026, 11, 3))

    assert early is not None
    assert "from 12 October 2026, two weeks before the board" in early
    assert late is not None
    assert "no longer what it saw" in late


# What happened --------------------------------------------------------------------------------------------------


def between(
    then: Status | None, now: Status | None, *, late_then: bool = False, late_now: bool = False, due: int = 0
) -> list[Change]:
    return rules.changes(Between(then=then, now=now, late_then=late_then, late_now=late_now, due=due))


def test_an_action_that_stands_as_it_stood_has_not_moved() -> None:
    for status in Status:
        assert between(status, status) == []


def test_exceptions_come_before_news() -> None:
    assert between(Status.ON_TRACK, Status.OFF_TRACK, late_now=True, due=1) == [
        Change.LATE,
        Change.OFF_TRACK,
        Change.SLIPPED,
    ]


def test_what_was_late_before_is_still_late_and_not_newly() -> None:
    assert between(Status.AT_RISK, Status.AT_RISK, late_then=True, late_now=True) == [Change.STILL_LATE]


@pytest.mark.parametrize(
    ("now", "change"),
    [
        (Status.AWAITING_SIGN_OFF, Change.DONE),
        (Status.IMPACT_NOT_EVIDENCED, Change.DELIVERED),
        (Status.EMBEDDED, Change.EMBEDDED),
        (Status.SUPERSEDED, Change.CLOSED),
    ],
)
def test_done_delivered_embedded_and_superseded_are_four_things(now: Status, change: Change) -> None:
    assert between(Status.ON_TRACK, now) == [change]


def test_an_action_that_was_not_there_is_new_unless_it_is_superseded_already() -> None:
    assert between(None, Status.NOT_STARTED) == [Change.NEW]
    assert between(None, Status.SUPERSEDED) == [Change.CLOSED]
    assert between(None, None) == []


def test_an_action_that_a_board_no_longer_watches_has_left_it() -> None:
    assert between(Status.ON_TRACK, None) == [Change.LEFT]


def test_an_action_back_on_track_says_so() -> None:
    assert between(Status.OFF_TRACK, Status.ON_TRACK) == [Change.RECOVERED]
    assert between(Status.NOT_STARTED, Status.ON_TRACK) == []


def test_only_what_is_still_to_deliver_can_be_late() -> None:
    assert stood(Status.OFF_TRACK, date(2026, 10, 3), OCTOBER).days_late == 23
    assert stood(Status.AWAITING_SIGN_OFF, date(2026, 10, 3), OCTOBER).days_late == 0
    assert stood(Status.ON_TRACK, OCTOBER, OCTOBER).days_late == 0


# Sentences ------------------------------------------------------------------------------------------------------


def test_a_slip_says_by_how_much_from_when_and_how_often() -> None:
    slipped = moved(
        stood(Status.ON_TRACK, date(2026, 10, 31), SEPTEMBER),
        stood(Status.ON_TRACK, date(2026, 11, 30), OCTOBER),
        moves=3,
        first_due_on=date(2026, 8, 1),
    )

    assert slipped.slipped == 30
    (sentence,) = slipped.sentences
    assert sentence == (
        "Put back by 30 days, from 31 October 2026 to 30 November 2026. "
        "Moved 3 times since it was first promised for 1 August 2026."
    )


def test_a_late_action_off_track_says_both() -> None:
    late = moved(
        stood(Status.AT_RISK, date(2026, 10, 3), SEPTEMBER), stood(Status.OFF_TRACK, date(2026, 10, 3), OCTOBER)
    )

    assert late.worst is Change.LATE
    assert late.sentences == ["23 days late; it was due on 3 October 2026.", "Off track, was at risk."]


@pytest.mark.parametrize(
    ("then", "now", "sentence"),
    [
        (None, stood(Status.NOT_STARTED, date(2027, 1, 4), OCTOBER), "New in the plan, due on 4 January 2027."),
        (None, stood(Status.AT_RISK, date(2027, 1, 4), OCTOBER), "At risk."),
        (
            stood(Status.ON_TRACK, date(2026, 11, 5), SEPTEMBER),
            stood(Status.ON_TRACK, date(2026, 11, 4), OCTOBER),
            "Brought forward by 1 day, from 5 November 2026 to 4 November 2026.",
        ),
        (
            stood(Status.AT_RISK, date(2026, 9, 20), SEPTEMBER),
            stood(Status.AT_RISK, date(2026, 9, 20), OCTOBER),
            "36 days late, 8 before.",
        ),
        (
            stood(Status.ON_TRACK, date(2026, 11, 5), SEPTEMBER),
            None,
            "Another board watches over it now, or none.",
        ),
    ],
)
def test_each_change_is_said_in_a_sentence(then: Stood | None, now: Stood | None, sentence: str) -> None:
    assert moved(then, now).sentences[0] == sentence


def test_an_action_that_left_is_told_of_as_it_last_was() -> None:
    left = moved(stood(Status.ON_TRACK, date(2026, 11, 5), SEPTEMBER), None)

    assert left.stands.status is Status.ON_TRACK


def tally(**changes: int) -> Tally:
    by_change = {Change[name]: number for name, number in changes.items()}
    return Tally(by_change, sum(changes.values()), {}, {}, 0, 0, most_slipped=92)


def test_the_headline_says_what_got_worse_and_what_got_done() -> None:
    assert movement.headline(tally(LATE=2, OFF_TRACK=1, SLIPPED=3, DONE=1, EMBEDDED=4)) == [
        "2 actions are newly late, 1 newly off track and 3 put back by up to 92 days.",
        "1 action is newly done and awaiting sign-off and 4 newly embedded.",
    ]
    assert movement.headline(tally(SLIPPED=1, STILL_LATE=2)) == [
        "1 action is put back by 92 days.",
        "2 actions are still late.",
        "Nothing was delivered, added or superseded.",
    ]
    assert movement.headline(tally()) == [
        "Nothing is newly late, newly off track or put back.",
        "Nothing was delivered, added or superseded.",
    ]


def test_delivered_without_evidence_is_said_apart_and_never_counts_as_embedded() -> None:
    counts = {Status.IMPACT_NOT_EVIDENCED: 9, Status.EMBEDDED: 8, Status.ON_TRACK: 20, Status.SUPERSEDED: 5}
    known = Tally({}, 0, counts, counts, 0, 0)

    assert known.total_now == 37
    assert movement.not_evidenced(known) == (
        "9 of 37 actions are delivered, but their impact for children is not evidenced yet. "
        "They are not counted as embedded."
    )
    assert movement.not_evidenced(tally()) == "Nothing is delivered without evidence of its impact."


# How far --------------------------------------------------------------------------------------------------------


def finish(*, planned: date | None, expected: date | None, then: date | None = None, actions: int = 2) -> Finish:
    return Finish(
        reference="I-9",
        title="Plans",
        actions=actions,
        delivered=1,
        embedded=0,
        late=0,
        planned_on=planned,
        expected_on=expected,
        expected_then=then,
        starts_on=date(2026, 1, 1),
    )


def test_an_item_says_how_far_from_target_and_what_moved_since() -> None:
    late = finish(planned=date(2026, 10, 1), expected=date(2026, 11, 14), then=date(2026, 10, 31))

    assert (late.distance, late.since) == ("44 days behind", "14 days later")
    ahead = finish(planned=date(2026, 10, 2), expected=date(2026, 10, 1), then=date(2026, 10, 2))
    assert (ahead.distance, ahead.since) == ("1 day ahead", "1 day sooner")
    same = finish(planned=date(2026, 10, 1), expected=date(2026, 10, 1), then=date(2026, 10, 1))
    assert (same.distance, same.since) == ("As planned", "No change")


def test_an_item_without_an_action_has_no_target_to_be_far_from() -> None:
    without = finish(planned=None, expected=None, actions=0)

    assert (without.distance, without.since, without.finished) == ("No action yet", "New", False)
