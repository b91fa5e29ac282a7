"""The tables of a report to a board."""

from collections.abc import Iterator

from reports.board_parts import HowFar, OverTime, WhatMoved
from reports.table_shapes import Table


def moved_tables(chapter: WhatMoved) -> Iterator[Table]:
    """What happened to which action, and how many stand in each state, then and now."""
    yield Table(
        name="What moved",
        caption=chapter.title,
        columns=("What happened", "Action", "What", "For", "Lead", "Details", "Due", "Late", "Status"),
        rows=tuple(
            (
                group.head, one.reference, one.title, one.item, one.lead, " ".join(one.says), one.due, one.late,
                one.status.text,
            )
            for group in chapter.groups
            for one in group.actions
        ),
    )  # fmt: skip
    if chapter.standing:
        yield Table(
            name="Then and now",
            caption="Actions in each state",
            columns=("State", chapter.standing.then_head, chapter.standing.now_head),
            rows=tuple((row.word, row.then, row.now) for row in chapter.standing.rows),
        )


def how_far_tables(chapter: HowFar) -> Iterator[Table]:
    """Planned and expected finish of each open item."""
    yield Table(
        name="How far",
        caption="Planned and expected finish of each open item",
        columns=(
            "Ref",
            "Item",
            "Delivered",
            "Planned finish",
            "Expected finish",
            "Since then",
            "From target",
            "Furthest",
        ),
        rows=tuple(
            (
                one.reference,
                one.title,
                one.delivered,
                one.planned_on,
                one.expected_on,
                one.since,
                one.distance.text,
                one.furthest,
            )
            for one in chapter.items
        ),
    )


def over_time_tables(chapter: OverTime) -> Iterator[Table]:
    """The burn-up, and the states over time."""
    yield Table(
        name="Burn-up",
        caption=chapter.burn_up.caption,
        columns=("By", "In the plan", "First promised by then", "Delivered", "Embedded"),
        rows=tuple((one.on, one.all, one.promised, one.delivered, one.embedded) for one in chapter.burn_up.points),
    )
    yield Table(
        name="States",
        caption=chapter.states.caption,
        columns=("On", *(word.text for word in chapter.states.scale)),
        rows=tuple((one.on, *one.counts) for one in chapter.states.points),
    )
