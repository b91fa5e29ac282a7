"""What waits for what: no circles, the chain that decides a last day, and what a late action delays."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.dependencies import rules
from tracker.actions.dependencies.rules import Moved, Waits, Work, Works

TODAY = date(2026, 11, 20)
ITEM, OTHER_ITEM = UUID(int=1_007), UUID(int=1_009)
A20, A22, A31, A40 = (UUID(int=number) for number in (20, 22, 31, 40))


def work(
    id: UUID,
    due_on: date,
    *,
    starts_on: date | None = None,
    item: UUID = ITEM,
    given: Mapping[UUID, int] | None = None,
) -> Work:
    return Work(id, f"A-{id.int}", f"Work {id.int}", item, due_on, starts_on, given or {})


def plan(*works: Work) -> Works:
    return {each.id: each for each in works}


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_a_circle_is_named_from_the_action_that_would_be_waited_for() -> None:
    waits = {A31: [A22], A22: [A20]}

    assert rules.circle(waits, A20, A31) == [A31, A22, A20]
    assert rules.circle(waits, A40, A31) == []


def test_an_action_that_waits_for_itself_is_the_smallest_circle() -> None:
    assert rules.circle({}, A20, A20) == [A20]


EDGES = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=60)


@given(EDGES)
def test_whatever_is_added_link_by_link_work_can_always_be_put_in_order(edges: list[tuple[int, int]]) -> None:
    waits: dict[UUID, set[UUID]] = {}
    for one, other in edges:
        waiting, before = UUID(int=one), UUID(int=other)
        ring = rules.circle(waits, waiting, before)
        if ring:
            assert ring[0] == before
            assert ring[-1] == waiting
            assert all(later in waits[earlier] for earlier, later in pairwise(ring))
        else:
            waits.setdefault(waiting, set()).add(before)

    works = plan(*(work(UUID(int=number), TODAY + days(number)) for number in range(1, 13)))
    assert len(rules.finishes(works, waits, {})) == 12


@given(EDGES, st.lists(st.integers(-40, 40), min_size=12, max_size=12))
def test_nothing_is_finished_before_its_due_date_or_before_what_it_waits_for(
    edges: list[tuple[int, int]], dues: list[int]
) -> None:
    waits = {
        UUID(int=one): {UUID(int=other) for first, other in edges if first == one and other < one} for one, _ in edges
    }
    works = plan(*(work(UUID(int=number), TODAY + days(dues[number - 1])) for number in range(1, 13)))

    found = rules.finishes(works, waits, rules.now_late(works, TODAY))

    for one, finish in found.items():
        assert finish >= works[one].due_on
        assert finish >= TODAY or works[one].due_on >= TODAY
        assert all(finish >= found[other] for other in waits.get(one, ()))


def test_an_action_takes_as_long_after_what_it_waits_for_as_the_plan_gave_it() -> None:
    works = plan(work(A20, TODAY - days(12)), work(A22, TODAY + days(10)))
    waits = {A22: [A20]}

    found = rules.finishes(works, waits, {A20: TODAY})

    assert found[A22] == TODAY + days(22)


@given(st.integers(-40, 80), st.integers(0, 40), st.integers(1, 60), st.integers(-40, 80))
def test_putting_off_what_is_waited_for_never_finishes_what_waits_sooner(
    due: int, later: int, days_given: int, waiting_due: int
) -> None:
    waiting = work(A22, TODAY + days(waiting_due), given={A20: days_given})
    before, after = plan(work(A20, TODAY + days(due)), waiting), plan(work(A20, TODAY + days(due + later)), waiting)

    sooner, put_off = (rules.finishes(each, {A22: [A20]}, rules.now_late(each, TODAY)) for each in (before, after))

    assert sooner[A22] <= put_off[A22]


def test_an_action_that_starts_keeps_its_days_though_what_it_waits_for_is_due_after_it() -> None:
    works = plan(work(A20, TODAY + days(30)), work(A22, TODAY + days(10), starts_on=TODAY + days(3)))

    assert rules.finishes(works, {A22: [A20]}, {})[A22] == TODAY + days(37)


def test_an_action_in_time_holds_up_what_it_leaves_too_few_days() -> None:
    works = plan(work(A20, TODAY + days(12)), work(A22, TODAY + days(5), given={A20: 9}), work(A40, TODAY + days(8)))

    delay = rules.delay(works, {A22: [A20]}, A20, TODAY)

    assert [each.reference for each in delay.held_up] == ["A-22"]
    assert delay.items == {ITEM: Moved(TODAY + days(12), TODAY + days(21))}


def test_days_to_spare_before_a_start_are_used_first() -> None:
    works = plan(work(A20, TODAY - days(12)), work(A22, TODAY + days(30), starts_on=TODAY + days(5)))
    waits = {A22: [A20]}

    assert rules.spare(works[A22], works[A20], works, waits) == 17
    assert rules.finishes(works, waits, {A20: TODAY})[A22] == TODAY + days(30)


def test_an_action_due_before_what_it_waits_for_is_finished_with_it() -> None:
    works = plan(work(A20, TODAY + days(30)), work(A22, TODAY + days(10)))

    assert rules.finishes(works, {A22: [A20]}, {})[A22] == TODAY + days(30)


def test_a_late_action_moves_what_waits_for_it_and_the_last_day_of_its_item() -> None:
    works = plan(
        work(A20, TODAY - days(12)), work(A22, TODAY + days(5)), work(A31, TODAY + days(9)), work(A40, TODAY - days(3))
    )
    waits: Waits = {A22: [A20], A31: [A22]}

    delay = rules.delay(works, waits, A20, TODAY)

    assert [each.reference for each in delay.held_up] == ["A-22", "A-31"]
    assert delay.items == {ITEM: Moved(TODAY + days(9), TODAY + days(21))}


def test_a_late_action_may_move_another_item_and_leave_its_own() -> None:
    works = plan(work(A20, TODAY - days(12)), work(A40, TODAY + days(90)), work(A22, TODAY + days(5), item=OTHER_ITEM))

    delay = rules.delay(works, {A22: [A20]}, A20, TODAY)

    assert delay.items == {OTHER_ITEM: Moved(TODAY + days(5), TODAY + days(17))}


def test_another_late_action_is_not_blamed_on_this_one() -> None:
    works = plan(work(A20, TODAY - days(1)), work(A22, TODAY - days(40)), work(A31, TODAY + days(5)))

    delay = rules.delay(works, {A31: [A22]}, A20, TODAY)

    assert (delay.held_up, delay.items) == ([], {})


def test_the_chain_leads_from_what_everything_hangs_on_to_the_last_day() -> None:
    works = plan(
        work(A20, TODAY - days(12)), work(A22, TODAY + days(5)), work(A31, TODAY + days(9)), work(A40, TODAY + days(20))
    )

    chain = rules.chain(works, {A22: [A20], A31: [A22]}, works, TODAY)

    assert chain is not None
    assert [step.work.reference for step in chain.steps] == ["A-20", "A-22", "A-31"]
    assert chain.finish == TODAY + days(21)
    assert [(step.late, step.moved) for step in chain.steps] == [(12, 12), (0, 12), (0, 12)]


def test_what_has_days_to_spare_is_not_in_the_chain() -> None:
    works = plan(work(A20, TODAY + days(1)), work(A22, TODAY + days(30), starts_on=TODAY + days(20)))

    chain = rules.chain(works, {A22: [A20]}, works, TODAY)

    assert chain is not None
    assert [step.work.reference for step in chain.steps] == ["A-22"]


def test_there_is_no_chain_where_nothing_is_left_to_deliver() -> None:
    assert rules.chain({}, {}, [A20], TODAY) is None
