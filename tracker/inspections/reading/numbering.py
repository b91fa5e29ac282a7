"""Which lines begin a numbered paragraph: by where the number stands, and by whether it carries the numbering on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.inspections.reading.flow import Flow

_NUMBER = re.compile(r"(?P<number>\d{1,3})(?:(?P<stop>[.)])\s*|(?P<space>\s+)|(?=[A-Z‘“'\"]))(?P<text>\S.*)?$")
FARTHEST_BACK = 40
"""How many candidates back the one before may be. Source: our choice; false ones are few."""


@dataclass(frozen=True)
class Start:
    """A row that may begin a numbered paragraph."""

    index: int
    number: int
    text: str
    """The row without the number."""
    weight: int
    """How much its place on the page speaks for it."""
    opens: bool
    """It stands right under a heading, where numbering may begin anew."""


def starts(flow: Flow, rows: Iterable[int], ends: frozenset[int]) -> list[Start]:
    """Which of the rows begin numbered paragraphs, in order. ``ends`` are the rows right below headings."""
    found = [start for index in rows if (start := _candidate(flow, index, ends))]
    return _chain(found)


def _candidate(flow: Flow, index: int, ends: frozenset[int]) -> Start | None:
    row = flow.rows[index]
    match = _NUMBER.match(row.text)
    if match is None or (match["text"] is None and len(row.cells) == 1 and index + 1 == len(flow.rows)):
        return None
    text = match["text"] or ""
    number = int(match["number"])
    weight = _outdent(flow, index) + _apart(flow, index, ends) + _form(match["stop"], text, len(match["number"]))
    return Start(index, number, text, weight, index in ends)


def _outdent(flow: Flow, index: int) -> int:
    """Whether the number stands out to the left of the lines around it."""
    row = flow.rows[index]
    below = flow.rows[index + 1] if index + 1 < len(flow.rows) else None
    weight = 0
    if below is not None and not flow.parted(index + 1) and below.page == row.page:
        weight = 3 if below.left - row.left > 5 else -1
    above = flow.rows[index - 1] if index else None
    if above is not None and above.left - row.left > 5:
        weight += 1
    if above is not None and abs(above.left - row.left) <= 3 and not flow.parted(index):
        weight -= 2
    if row.left > _margin(flow, row.page) + 0.6 * flow.size * 2:
        weight -= 3
    return weight


def _margin(flow: Flow, page: int) -> float:
    """Where the text of a page begins on the left."""
    return flow.margins.get(page, 0.0)


def _apart(flow: Flow, index: int, ends: frozenset[int]) -> int:
    if index in ends:
        return 2
    gap = flow.gap(index)
    if gap is None:
        return 1 if flow.rows[index - 1].text.endswith((".", "’", "”", ")", ":", "!", "?")) else -2
    return 3 if flow.parted(index) else -3


def _form(stop: str | None, text: str, digits: int) -> int:
    """Whether what follows the number reads like a beginning."""
    starts_well = text[:1].isupper() or text[:1] in "‘“'\"(" or text[:1].isdigit() or not text
    return (1 if stop else -1) + (1 if starts_well else -2)


def _chain(found: Sequence[Start]) -> list[Start]:
    """The candidates that make the likeliest numbering together."""
    best: list[int] = []
    before: list[int | None] = []
    for at, start in enumerate(found):
        score, previous = start.weight + _opening(start), None
        for back in range(max(0, at - FARTHEST_BACK), at):
            joined = best[back] + start.weight + _step(found[back], start)
            if joined > score:
                score, previous = joined, back
        best.append(score)
        before.append(previous)
    chosen: list[Start] = []
    last: int | None = max(range(len(found)), key=lambda index: best[index], default=None)
    while last is not None:
        chosen.append(found[last])
        last = before[last]
    return chosen[::-1]


def _opening(start: Start) -> int:
    """How readily a numbering begins with this candidate."""
    return 3 if start.number == 1 else (-1 if start.opens else -4)


def _step(before: Start, start: Start) -> int:
    """How readily one number follows another."""
    step = start.number - before.number
    if step == 1:
        return 3
    if start.number == 1 and start.opens:
        return 0
    if step == 2:
        return -2
    return -3 if step in (0, 3) else (-4 if step == -1 else -7)
