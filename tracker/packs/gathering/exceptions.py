"""Only what a chair has to look at: what got worse or is late since the last snapshot, and measures off target."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reports.contents import Chapter, Kind, PackContents, Scored, WhatMoved
from tracker.boards import comparison, words
from tracker.boards.choosing import chosen
from tracker.boards.models import Snapshot
from tracker.boards.rules import Change
from tracker.indicators.reading import scorecard as scorecards
from tracker.indicators.reading.scored import Row
from tracker.packs.gathering import board, scorecard
from tracker.packs.gathering.cover import Cover, bound
from tracker.people.models import Authority

COVER = Cover(
    kind=Kind.EXCEPTIONS,
    title="Exceptions since the last board",
    subtitle="What has got worse or is late, and the measures to look at first",
    prepared_for="The chair of the board",
)
TO_LOOK_AT = (Change.LATE, Change.OFF_TRACK, Change.SLIPPED, Change.AT_RISK, Change.STILL_LATE)
"""What may have happened to an action that a chair is told of; the rest is in the board report."""
MOST_MEASURES = 25
"""Our choice: three pages."""
HOW_TO_READ = {
    "What is left out": "What was done, what is on its way as before and what is new: all that is in the board report.",
    "Exceptions first": board.HOW_TO_READ["Exceptions first"],
    "Usual range": scorecard.HOW_TO_READ["Usual range"],
}


def gather_exceptions(
    authority: Authority,
    since: Snapshot,
    *,
    reference: str,
    today: date,
    demonstration: bool,
    smallest: int,
    replaces: str = "",
) -> PackContents:
    """The plan as it is beside what ``since`` kept of it; what counts fewer than ``smallest`` is hidden."""
    rows = scorecards.scored(authority, today, smallest=smallest)
    chapters = (_moved(authority, since, today), _measures(rows), _method(authority, since, today, smallest))
    made = bound(
        COVER, authority, chapters, reference=reference, today=today,
        version=f"as at {words.day(today)}, since {since.reference}",
        demonstration=demonstration, replaces=replaces, how_to_read=HOW_TO_READ, status_meanings=board.MEANINGS,
    )  # fmt: skip
    return replace(
        made,
        short_title=f"{authority.name} children’s services: exceptions",
        prepared_for=f"The chair of the {words.lower(since.board_name)}",
    )


def _moved(authority: Authority, since: Snapshot, today: date) -> WhatMoved:
    days = chosen(authority, [], since, None, today).comparison
    tally = comparison.tally(days)
    found = [one for one in comparison.moved(days) if one.worst in TO_LOOK_AT]
    day = words.day(since.as_at)
    return WhatMoved(
        title="Actions that have got worse or are late",
        lede=f"Since {since.board_name}, {day}: {_how_many(len(found), tally.total_now)}.",
        figures=board.figures(tally),
        groups=tuple(board.groups(found)),
        nothing=f"Nothing is late, off track, at risk or put back that was not on {day}.",
    )


def _how_many(number: int, total: int) -> str:
    return f"{number or 'none'} of {words.count(total, 'action')} {'is' if number == 1 else 'are'} to be looked at"


def _measures(rows: Sequence[Row]) -> Scored:
    first = scorecard.exceptions(rows, most=MOST_MEASURES)
    more = sum(row.is_exception for row in rows) - len(first)
    return Scored(
        title="Measures to look at first",
        measures=tuple(map(scorecard.scored, first)),
        nothing="No measure is off target, not as usual or without a recent figure.",
        notes=(f"And {more} more, which the scorecard lists.",) if more else (),
    )


def _method(authority: Authority, since: Snapshot, today: date, smallest: int) -> Chapter:
    whole = scorecard.method(authority, today, smallest)
    first = replace(
        whole.rows[0],
        points=(
            f"{whole.rows[0].points[0]} The plan is compared with {since.reference}, taken for {since.board_name}.",
        ),
    )
    return replace(whole, rows=(first, *whole.rows[1:]))
