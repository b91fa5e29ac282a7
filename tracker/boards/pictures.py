"""The pictures of the plan over time, as the shapes that a page and a pack draw alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.actions.rules import Status
from tracker.boards import over_time
from tracker.boards.comparison import Side
from tracker.boards.finishes import ActionLine
from tracker.boards.over_time import Standing
from tracker.boards.rules import Finish
from tracker.boards.window import Expected
from tracker.boards.words import count
from tracker.web.charts import Bar, BurnUp, BurnUpPoint, States, StatesPoint, Timeline, Tone, Window, Word

AHEAD = timedelta(days=183)
"""How far a burn-up looks ahead where no inspection window is known, or it is open already. Our choice: half a year."""

WORDS: Mapping[Status, Word] = {
    Status.NOT_STARTED: Word(text="Not started"),
    Status.OFF_TRACK: Word(text="Off track", tone=Tone.BAD),
    Status.AT_RISK: Word(text="At risk", tone=Tone.CAUTION),
    Status.ON_TRACK: Word(text="On track", tone=Tone.STEADY),
    Status.AWAITING_SIGN_OFF: Word(text="Awaiting sign-off", tone=Tone.WAITING),
    Status.IMPACT_NOT_EVIDENCED: Word(text="Delivered, impact not yet evidenced", tone=Tone.PART),
    Status.EMBEDDED: Word(text="Embedded", tone=Tone.GOOD),
    Status.SUPERSEDED: Word(text="Superseded"),
}
SCALE = tuple(status for status in WORDS if status is not Status.SUPERSEDED)
"""From nothing done to all done: delivered without evidence has a part of its own, beside what is embedded."""


@dataclass(frozen=True)
class OverTime:
    burn_up: BurnUp
    states: States


def over_time_of(side: Side, at: datetime, window: Expected | None, months: int) -> OverTime:
    """How the actions of ``side`` came to stand where they do, over so many months until ``at``."""
    coming = over_time.days_to_come(side.day, _looks_to(side.day, window))
    story = over_time.story(side, at, over_time.days(side.day, months), coming)
    stood, promised = story.standings, story.promised
    coming = _until_all_is_promised(coming, promised)
    return OverTime(
        BurnUp(
            caption="Promised, delivered and embedded",
            today=side.day,
            points=(
                *(_point(standing, promised[standing.on]) for standing in stood),
                *(BurnUpPoint(on=day, promised=promised[day]) for day in coming if stood),
            ),
            window=window_of(window),
        ),
        States(
            caption="Actions by state",
            scale=tuple(WORDS[status] for status in SCALE),
            points=tuple(_states(standing) for standing in stood),
        ),
    )


def _until_all_is_promised(coming: Sequence[date], promised: Mapping[date, int]) -> list[date]:
    """Days to come up to the one by which everything is promised; after it nothing more is to be said."""
    most = max((promised[day] for day in coming), default=0)
    last = next((place for place, day in enumerate(coming) if promised[day] == most), -1)
    return list(coming[: last + 1])


def _looks_to(today: date, window: Expected | None) -> date:
    soonest = today + AHEAD
    return max(soonest, window.opens_on) if window else soonest


def _point(standing: Standing, promised: int) -> BurnUpPoint:
    return BurnUpPoint(
        on=standing.on,
        promised=promised,
        all=standing.all,
        delivered=standing.delivered,
        embedded=standing.embedded,
    )


def _states(standing: Standing) -> StatesPoint:
    return StatesPoint(on=standing.on, counts=tuple(standing.counts.get(status, 0) for status in SCALE))


def window_of(expected: Expected | None) -> Window | None:
    if expected is None:
        return None
    return Window(opens_on=expected.opens_on, closes_on=expected.closes_on, basis=expected.basis)


def behind(chart: BurnUp) -> str:
    """How far from what was promised, in a sentence or two."""
    last = chart.last
    if last is None or last.delivered is None or not last.all:
        return "No action has been planned yet."
    short = last.promised - last.delivered
    distance = f"that is {count(short, 'action')} short of what was promised" if short > 0 else "all that was promised"
    return (
        f"{last.promised} of {last.all} actions were first promised by {last.on:%-d %B %Y}. "
        f"{last.delivered} are delivered: {distance}. {last.embedded} are embedded."
    )


def items_timeline(
    finishes: Sequence[Finish], today: date, window: Expected | None, *, caption: str = "Improvement items"
) -> Timeline:
    return Timeline(
        caption=caption,
        today=today,
        bars=tuple(_item(finish) for finish in finishes),
        window=window_of(window),
    )


def _item(finish: Finish) -> Bar:
    return Bar(
        reference=finish.reference,
        title=finish.title,
        starts_on=finish.starts_on,
        planned_on=finish.planned_on,
        expected_on=finish.expected_on,
        word=item_word(finish),
        distance=finish.distance if finish.actions else "",
    )


def item_word(finish: Finish) -> Word:
    """How an item stands: by what is late, then by how far its actions are."""
    if not finish.actions:
        return Word(text="No action yet", tone=Tone.CAUTION)
    if finish.embedded == finish.actions:
        return Word(text="All embedded", tone=Tone.GOOD)
    if finish.finished:
        return Word(text="All delivered", tone=Tone.PART)
    if finish.late:
        return Word(text=f"{finish.late} late", tone=Tone.BAD)
    return Word(text=f"{finish.delivered} of {finish.actions} delivered", tone=Tone.STEADY)


def actions_timeline(caption: str, lines: Sequence[ActionLine], today: date, window: Expected | None) -> Timeline:
    return Timeline(
        caption=caption, today=today, bars=tuple(_action(line, today) for line in lines), window=window_of(window)
    )


def _action(line: ActionLine, today: date) -> Bar:
    return Bar(
        reference=line.reference,
        title=line.title,
        starts_on=line.starts_on,
        planned_on=line.first_due_on,
        expected_on=line.expected_on(today),
        word=WORDS[line.status],
        distance=line.distance(today),
    )
