"""A board report: a snapshot beside the one before it. Everything in it is as the snapshot kept it, or older."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from reports.contents import (
    Chapter,
    FinishRow,
    HowFar,
    KeyFigure,
    Kind,
    Meaning,
    Method,
    MovedAction,
    MovedGroup,
    OverTime,
    PackContents,
    Row,
    StandingRow,
    ThenAndNow,
    Tone,
    WhatMoved,
    Word,
)
from tracker.actions.rules import Status
from tracker.boards import comparison, finishes, integrity, movement, pictures, queries, window, words
from tracker.boards.choosing import chosen
from tracker.boards.comparison import Comparison
from tracker.boards.models import Snapshot
from tracker.boards.movement import Moved
from tracker.boards.pictures import WORDS
from tracker.boards.rules import Change, Finish, Tally
from tracker.evidence.rules import Marking
from tracker.packs.gathering.packs import INVENTED
from tracker.platform.errors import Refused

MOST_OF_A_CHANGE = 60
"""Actions printed under one heading. Our choice: two pages; the page "What has moved" lists them all."""
MOST_BARS = 20
"""Items that the timeline shows, the furthest behind: one page."""
LOOKS_BACK = 24
"""Months that the pictures look back."""
NO_EARLIER = "There is no earlier snapshot."
FIRST = (
    "This is the first snapshot of this board, so there is nothing to compare it with. "
    "The next report says what has moved since."
)
NOTE = (
    "The planned finish is the last day first promised for one of an item’s actions. The expected finish is the last "
    "of their days at the time of the snapshot: what is late counts as finished on that day at the earliest, and what "
    "is delivered on the day it was. What waits for something else is not reckoned in."
)

MEANINGS = (
    Meaning(word=WORDS[Status.NOT_STARTED], meaning="nobody has begun"),
    Meaning(word=WORDS[Status.ON_TRACK], meaning="under way, and expected by its day"),
    Meaning(word=WORDS[Status.AT_RISK], meaning="may miss its day"),
    Meaning(word=WORDS[Status.OFF_TRACK], meaning="will miss its day, or has"),
    Meaning(word=WORDS[Status.AWAITING_SIGN_OFF], meaning="done, its lead says; somebody else has yet to agree"),
    Meaning(word=WORDS[Status.IMPACT_NOT_EVIDENCED], meaning="done and agreed; not counted as embedded"),
    Meaning(word=WORDS[Status.EMBEDDED], meaning="what changed for children is shown by evidence"),
)


HOW_TO_READ = {
    "What is real": INVENTED,
    "Exceptions first": (
        "What has got worse stands before what has been done. An action to which several things happened stands once, "
        "under the first of them, with a sentence for each."
    ),
    "Delivered": (
        "Delivered is not embedded: it says that the work was done and agreed, and not yet what it changed for "
        "children. The two are counted apart."
    ),
    "References": (
        "Everything has a short reference that does not change: item I-9, action A-104, snapshot B-3. "
        "Typed into the tracker’s search it opens what it names."
    ),
}


def gather_board(
    snapshot: Snapshot,
    *,
    among: Sequence[Snapshot],
    reference: str,
    today: date,
    demonstration: bool,
    replaces: str = "",
) -> PackContents:
    """The report of one snapshot, ``among`` all there are, latest first. Raises Refused if it is not what was taken."""
    if not integrity.holds(snapshot):
        raise Refused(f"{snapshot.reference} is no longer what was taken. Somebody has changed the database behind it.")
    authority = snapshot.authority
    return PackContents(
        kind=Kind.BOARD,
        reference=reference,
        title=f"Report to the {words.lower(snapshot.board_name)}",
        short_title=f"{authority.name} children’s services: board report",
        authority=authority.name,
        version=f"as at {words.day(snapshot.as_at)}, {snapshot.reference}",
        made_on=today,
        as_at=snapshot.as_at,
        marking=str(Marking.OFFICIAL).upper(),
        marking_note="no child can be identified from it",
        subtitle="What has moved in the improvement plan, exceptions first, and how far it is from target",
        prepared_for=f"{snapshot.board_name}, {words.day(snapshot.board_date.on)}",
        replaces=replaces,
        demonstration=INVENTED if demonstration else "",
        how_to_read=tuple(
            Row(head=head, points=(words,))
            for head, words in HOW_TO_READ.items()
            if demonstration or words is not INVENTED
        ),
        status_meanings=MEANINGS,
        chapters=chapters(snapshot, queries.before(snapshot, among)),
    )


def chapters(snapshot: Snapshot, before: Snapshot | None) -> tuple[Chapter, ...]:
    days = chosen(snapshot.authority, [], before or snapshot, snapshot, snapshot.as_at).comparison
    tally = comparison.tally(days)
    return (
        _what_moved(days, tally, before, _then_and_now(snapshot, tally, before)),
        _how_far(snapshot, days, before),
        _over_time(snapshot, days),
        _method(snapshot, before),
    )


def before_words(before: Snapshot | None) -> str:
    return f"{before.reference}, {words.day(before.as_at)}" if before else "none"


def _what_moved(days: Comparison, tally: Tally, before: Snapshot | None, standing: ThenAndNow | None) -> WhatMoved:
    if before is None:
        return WhatMoved(lede=FIRST, figures=figures(tally), nothing=NO_EARLIER, standing=standing)
    since = f"Since {words.day(before.as_at)}: "
    return WhatMoved(
        lede=since + words.lower(" ".join(movement.headline(tally))),
        figures=figures(tally),
        groups=tuple(groups(comparison.moved(days))),
        standing=standing,
    )


def figures(tally: Tally) -> tuple[KeyFigure, ...]:
    total = tally.total_now
    return (
        KeyFigure(label="Late now", value=str(tally.late_now), note=f"of {total} actions; {tally.late_then} before"),
        KeyFigure(label="Put back", value=str(tally.of(Change.SLIPPED)), note=_by_up_to(tally)),
        KeyFigure(
            label="Delivered, impact not evidenced", value=str(tally.not_evidenced), note="not counted as embedded"
        ),
        KeyFigure(label="Embedded", value=str(tally.now.get(Status.EMBEDDED, 0)), note=f"of {total} actions"),
    )


def _by_up_to(tally: Tally) -> str:
    return f"by up to {words.count(tally.most_slipped, 'day')}" if tally.most_slipped else "no due date"


def groups(moved: Sequence[Moved]) -> list[MovedGroup]:
    made = []
    for change, found in groupby(moved, key=lambda one: one.worst):
        actions = list(found)
        printed = actions[:MOST_OF_A_CHANGE]
        head = f"{change.value} ({len(actions)})"
        more = len(actions) - len(printed)
        made.append(MovedGroup(head=head, actions=tuple(_action(one) for one in printed), more=more))
    return made


def _action(moved: Moved) -> MovedAction:
    late = moved.stands.days_late
    return MovedAction(
        reference=moved.reference,
        title=moved.title,
        item=f"{moved.item_reference} {moved.item_title}",
        lead=moved.lead,
        due=moved.stands.due_on,
        status=WORDS[moved.stands.status],
        says=tuple(moved.sentences),
        late=f"{words.count(late, 'day')} late" if late else "",
    )


def _then_and_now(snapshot: Snapshot, tally: Tally, before: Snapshot | None) -> ThenAndNow | None:
    if not (tally.total_now or tally.total_then):
        return None
    return ThenAndNow(
        then_head=words.day(before.as_at) if before else "Before",
        now_head=words.day(snapshot.as_at),
        rows=tuple(
            StandingRow(word=line.word, then=line.then if before else None, now=line.now, apart=line.apart)
            for line in movement.standing(tally)
        ),
        apart=movement.not_evidenced(tally),
    )


def _how_far(snapshot: Snapshot, days: Comparison, before: Snapshot | None) -> HowFar:
    items = finishes.finishes(days)
    drawn = [item for item in items if not item.finished][:MOST_BARS]
    expected = window.expected(snapshot.authority, snapshot.as_at)
    chart = pictures.items_timeline(drawn, snapshot.as_at, expected, caption=_drawn_words(len(drawn), items))
    return HowFar(
        lede=_how_far_words(items),
        timeline=chart if drawn else None,
        items=tuple(_finish(item, compared=before is not None) for item in items),
        note=NOTE,
    )


def _drawn_words(drawn: int, items: Sequence[Finish]) -> str:
    unfinished = sum(not item.finished for item in items)
    return "Items still to finish" if drawn == unfinished else f"The {drawn} items furthest behind"


def _how_far_words(items: Sequence[Finish]) -> str:
    if not items:
        return "No item is open."
    behind = [item.days_behind for item in items if item.days_behind > 0 and not item.finished]
    how_many = f"{len(behind) or 'None'} of {words.count(len(items), 'open item')}"
    by = f", by up to {words.count(max(behind), 'day')}" if behind else ""
    return f"{how_many} {_is(len(behind))} behind the planned finish{by}.{_furthest(items)}{_without(items)}"


def _furthest(items: Sequence[Finish]) -> str:
    """What a finish that more actions put off does not tell."""
    late = [item.furthest for item in items if item.furthest > 0]
    if not late:
        return ""
    return (
        f" In {len(late)} an action is behind the day first promised for it, by up to {words.count(max(late), 'day')}."
    )


def _without(items: Sequence[Finish]) -> str:
    none = sum(not item.actions for item in items)
    return f" {none} {'has' if none == 1 else 'have'} no action yet." if none else ""


def _is(number: int) -> str:
    return "is" if number <= 1 else "are"


def _finish(item: Finish, *, compared: bool) -> FinishRow:
    tone = Tone.PLAIN if item.actions else Tone.CAUTION
    if item.days_behind > 0 and not item.finished:
        tone = Tone.BAD
    return FinishRow(
        reference=item.reference,
        title=item.title,
        delivered=f"{item.delivered} of {item.actions}, {item.embedded} embedded" if item.actions else "",
        planned_on=item.planned_on,
        expected_on=item.expected_on,
        distance=Word(text=item.distance, tone=tone),
        since=item.since.lower() if compared and item.actions else "",
        furthest=item.furthest_words,
    )


def _over_time(snapshot: Snapshot, days: Comparison) -> OverTime:
    expected = window.expected(snapshot.authority, snapshot.as_at)
    drawn = pictures.over_time_of(days.now, snapshot.taken_at, expected, LOOKS_BACK)
    return OverTime(
        lede=pictures.behind(drawn.burn_up),
        burn_up=drawn.burn_up,
        states=drawn.states,
        note=_expected(expected),
    )


def _expected(expected: window.Expected | None) -> str:
    if expected is None:
        return "Nobody has said when the next inspection is to be expected."
    between = f"between {words.day(expected.opens_on)} and {words.day(expected.closes_on)}"
    return f"The next inspection is to be expected {between}. {expected.basis}"


def _method(snapshot: Snapshot, before: Snapshot | None) -> Method:
    taken = f"by {snapshot.taken_by.name}" if snapshot.taken_by else "by itself, on the day"
    rows = {
        "How it was made": (
            f"From {snapshot.reference}, the plan of {snapshot.authority.name} as it stood on "
            f"{words.day(snapshot.as_at)}, taken {taken}. Compared with: {before_words(before)}. "
            f"SHA-256 of the snapshot: {snapshot.sha256}."
        ),
        "What it covers": f"{snapshot.covers.value}. Superseded actions count in no total.",
        "Late": "An action is late that is still to be delivered after its due date, on the day of each snapshot.",
        "Over time": "How the plan stood before is worked out from the trail of updates, which is only added to.",
    }
    return Method(rows=tuple(Row(head=head, points=(words,)) for head, words in rows.items()))
