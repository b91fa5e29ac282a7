"""An invented board report with everything that one can hold, and one of a board's first day."""

from dataclasses import replace
from datetime import date, timedelta

from reports.contents import (
    FinishRow,
    HowFar,
    KeyFigure,
    Kind,
    Method,
    MovedAction,
    MovedGroup,
    OverTime,
    PackContents,
    StandingRow,
    ThenAndNow,
    Tone,
    WhatMoved,
    Word,
)
from reports.plan_parts import Bar, BurnUp, BurnUpPoint, States, StatesPoint, Timeline, Window
from tests.unit.reports import sample

TODAY = date(2026, 10, 26)
SCALE = (
    Word(text="Not started"),
    Word(text="Off track", tone=Tone.BAD),
    Word(text="At risk", tone=Tone.CAUTION),
    Word(text="On track", tone=Tone.STEADY),
    Word(text="Awaiting sign-off", tone=Tone.WAITING),
    Word(text="Delivered, impact not yet evidenced", tone=Tone.PART),
    Word(text="Embedded", tone=Tone.GOOD),
)
WINDOW = Window(opens_on=date(2028, 10, 27), closes_on=date(2029, 10, 27), basis="The third anniversary.")


def board_report() -> PackContents:
    return replace(
        sample.improvement_plan(),
        kind=Kind.BOARD,
        reference="P-17",
        title="Report to the improvement board",
        short_title="Brent children’s services: board report",
        subtitle="What has moved in the improvement plan, exceptions first, and how far it is from target",
        chapters=(what_moved(), how_far(), over_time(), Method(attribution="Ofsted reports.")),
    )


def first_report() -> PackContents:
    """Nothing has been planned, and there was no board before."""
    nothing = BurnUp(caption="Promised", today=TODAY, points=())
    return replace(
        board_report(),
        chapters=(
            WhatMoved(nothing="There is no earlier snapshot."),
            HowFar(lede="No item is open."),
            OverTime(burn_up=nothing, states=States(caption="Actions by state", scale=SCALE, points=())),
        ),
    )


def what_moved() -> WhatMoved:
    late = MovedAction(
        reference="A-104",
        title="Review every plan & letter",
        item="I-9 Pre-proceedings work",
        lead="Priya Raman",
        due=date(2026, 10, 3),
        status=SCALE[1],
        says=("23 days late; it was due on 3 October 2026.", "Off track, was at risk."),
        late="23 days late",
    )
    slipped = replace(late, reference="A-105", title="=1+1", late="", says=("Put back by 30 days.",))
    return WhatMoved(
        lede="Since 28 September 2026: 1 action is newly late.",
        figures=(KeyFigure(label="Late now", value="1", note="of 41 actions; none before"),),
        groups=(
            MovedGroup(head="Newly late (1)", actions=(late,)),
            MovedGroup(head="Due date put back (8)", actions=(slipped,), more=7),
        ),
        standing=ThenAndNow(
            then_head="28 September 2026",
            now_head="26 October 2026",
            rows=(
                StandingRow(word="On track", then=12, now=9),
                StandingRow(word="Delivered, impact not yet evidenced", then=None, now=10, apart=True),
            ),
            apart="10 of 41 actions are delivered, but their impact for children is not evidenced yet.",
        ),
    )


def how_far() -> HowFar:
    return HowFar(
        lede="1 of 2 open items is behind the planned finish, by up to 44 days.",
        timeline=timeline(),
        items=(
            FinishRow(
                reference="I-9",
                title="Pre-proceedings work",
                delivered="1 of 3, 1 embedded",
                planned_on=date(2026, 10, 1),
                expected_on=date(2026, 11, 14),
                distance=Word(text="44 days behind", tone=Tone.BAD),
                since="14 days later",
                furthest="one action 55 days behind",
            ),
            FinishRow(
                reference="I-10",
                title="History",
                delivered="",
                planned_on=None,
                expected_on=None,
                distance=Word(text="No action yet", tone=Tone.CAUTION),
                since="",
            ),
        ),
        note="What waits for something else is not reckoned in.",
    )


def timeline() -> Timeline:
    return Timeline(
        caption="Items still to finish",
        today=TODAY,
        bars=(
            Bar(
                reference="I-9",
                title="Pre-proceedings work and the plans that come of it, for every child",
                starts_on=date(2024, 3, 1),
                planned_on=date(2026, 10, 1),
                expected_on=date(2026, 11, 14),
                word=Word(text="1 late", tone=Tone.BAD),
                distance="44 days behind",
            ),
            Bar(
                reference="I-11",
                title="Life-story work",
                starts_on=None,
                planned_on=date(2027, 2, 1),
                expected_on=date(2027, 1, 15),
                word=SCALE[5],
                distance="17 days ahead",
            ),
            Bar(
                reference="I-10",
                title="History",
                starts_on=date(2026, 9, 1),
                planned_on=None,
                expected_on=None,
                word=Word(text="No action yet", tone=Tone.CAUTION),
            ),
        ),
        window=Window(opens_on=date(2026, 12, 1), closes_on=date(2028, 1, 1), basis="Said by inspectors."),
    )


def over_time() -> OverTime:
    return OverTime(
        lede="21 of 41 actions were first promised by 26 October 2026. 18 are delivered.",
        burn_up=burn_up(),
        states=states(),
        note="The next inspection is to be expected between 27 October 2028 and 27 October 2029.",
    )


def burn_up() -> BurnUp:
    known = [
        BurnUpPoint(
            on=TODAY - timedelta(days=61 * (3 - n)), promised=7 * n, all=14 * n, delivered=6 * n, embedded=3 * n
        )
        for n in range(4)
    ]
    coming = BurnUpPoint(on=date(2027, 4, 30), promised=41)
    return BurnUp(caption="Promised, delivered and embedded", today=TODAY, points=(*known, coming), window=WINDOW)


def states() -> States:
    return States(
        caption="Actions by state",
        scale=SCALE,
        points=(
            StatesPoint(on=date(2026, 8, 31), counts=(4, 0, 2, 12, 0, 15, 3)),
            StatesPoint(on=TODAY, counts=(10, 1, 6, 9, 1, 10, 8)),
        ),
    )
