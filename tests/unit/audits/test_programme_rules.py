"""Who may audit which case, how cases are shared out, and when a month is behind."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from tracker.audits.programme.rules import Auditor, Case, Load, Progress, allocate, why_not_audit

EAST, WEST = UUID(int=1), UUID(int=2)
DUE = date(2026, 11, 30)
AMINA = Auditor(UUID(int=10), "Amina", 5)
NADIA = Auditor(UUID(int=11), "Nadia", 5)
OF_EAST = Auditor(UUID(int=12), "Eve", 5, EAST)


def case(number: int, team: UUID | None = EAST, not_by: frozenset[UUID] = frozenset(), due_on: date = DUE) -> Case:
    return Case(f"BR-{number}", due_on, team, not_by)


def given(cases: Sequence[Case], *auditors: Auditor, load: Load | None = None) -> dict[str, str]:
    """Case to the name of its auditor, or to why it has none."""
    return {
        one.reference: chosen.name if chosen else why for one, chosen, why in allocate(cases, auditors, load or Load())
    }


def test_nobody_audits_a_case_of_her_own_team() -> None:
    assert given([case(1, EAST), case(2, EAST)], AMINA, OF_EAST) == {"BR-1": "Amina", "BR-2": "Amina"}


def test_nobody_audits_a_case_that_she_works_on_or_whose_worker_she_manages() -> None:
    assert given([case(1, not_by=frozenset({AMINA.id}))], AMINA, NADIA) == {"BR-1": "Nadia"}


def test_cases_are_shared_by_the_room_that_each_auditor_has() -> None:
    small = Auditor(UUID(int=13), "Sam", 1)

    found = given([case(number, None) for number in range(6)], AMINA, small)

    assert sorted(found.values()) == ["Amina"] * 5 + ["Sam"]


def test_the_month_before_takes_no_room_of_this_one() -> None:
    one = Auditor(UUID(int=13), "Sam", 1)

    found = given([case(1, None), case(2, None, due_on=date(2026, 12, 31))], one)

    assert found == {"BR-1": "Sam", "BR-2": "Sam"}


def test_two_cases_running_of_one_team_go_to_two_auditors_where_they_can() -> None:
    load = Load()
    load.add(AMINA.id, case(0, EAST, due_on=date(2026, 10, 31)))

    assert given([case(1, EAST)], AMINA, NADIA, load=load) == {"BR-1": "Nadia"}


def test_the_case_that_fewest_may_audit_goes_first() -> None:
    one_each = [Auditor(AMINA.id, "Amina", 1), Auditor(NADIA.id, "Nadia", 1)]

    found = given([case(1, WEST), case(2, WEST, frozenset({NADIA.id}))], *one_each)

    assert found == {"BR-1": "Nadia", "BR-2": "Amina"}


def test_a_case_that_nobody_may_have_says_why_of_each() -> None:
    full = Auditor(NADIA.id, "Nadia", 0)

    found = given([case(1, EAST)], OF_EAST, full)

    assert found["BR-1"] == ("BR-1: Eve works in the team of BR-1 and Nadia was taken off the programme.")
    assert given([case(1)])["BR-1"] == "BR-1: the programme has no auditors yet."


def test_a_change_by_hand_is_checked_by_the_same_rule() -> None:
    assert why_not_audit(OF_EAST, case(1, EAST), Load()) == "Eve works in the team of BR-1"
    assert why_not_audit(OF_EAST, case(1, WEST), Load()) is None


@pytest.mark.parametrize(
    ("progress", "today", "behind"),
    [
        (Progress(planned=3, allocated=3, done=1), date(2026, 11, 20), ""),
        (Progress(planned=3, allocated=1, done=0), date(2026, 11, 20), "2 not allocated"),
        (Progress(planned=3, allocated=1, done=0), date(2026, 11, 5), ""),
        (Progress(planned=3, allocated=3, done=1), date(2026, 12, 1), "2 not done"),
        (Progress(planned=3, allocated=3, done=4), date(2026, 12, 1), ""),
    ],
)
def test_a_month_is_behind_for_what_is_missing(progress: Progress, today: date, behind: str) -> None:
    assert progress.behind(date(2026, 11, 1), today) == behind
