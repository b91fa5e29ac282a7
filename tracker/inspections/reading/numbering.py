"""Which lines begin a numbered paragraph: by where the number stands, and by whether it carries the numbering on."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.rows import Row

_NUMBER = re.compile(
    r"(?P<number>\d{1,3})(?:\s?(?P<stop>[.)]+)\s*|(?P<misprint>[,:;])(?=\s|$|[A-Z‘“])\s*|(?P<space>\s+)|(?=[A-Z‘“'\"]))"
    r"(?P<text>\S.*)?$"
)
_ALONE = re.compile(r"\d{1,3}\s?[.),:;]*")
CLOSE = -3
"""What a number is set apart by that stands close below the end of a sentence."""
SURELY = 10
"""How much more a number speaks for itself that stands alone in the margin where paragraphs are numbered."""
_SENTENCE_ENDS = (".", "’", "”", ")", ":", "!", "?")
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
    matched = [(index, match) for index in rows if (match := _NUMBER.match(flow.rows[index].text))]
    column = _column(flow, matched)
    return _chain([_candidate(flow, index, match, ends, column) for index, match in matched])


def _column(flow: Flow, matched: Sequence[tuple[int, re.Match[str]]]) -> float:
    """How far from the left most numbers stand that are set apart and have a stop."""
    lefts = Counter(
        round(flow.rows[index].left) for index, match in matched if match["stop"] and flow.parted(index)
    ) or Counter(round(flow.rows[index].left) for index, _ in matched)
    return lefts.most_common(1)[0][0] if lefts else 0.0


def _candidate(flow: Flow, index: int, match: re.Match[str], ends: frozenset[int], column: float) -> Start:
    text = match["text"] or ""
    weight = _outdent(flow, index) + _apart(flow, index, ends) + _form(match["stop"], text)
    weight -= 3 * (flow.rows[index].left > column + flow.size)
    weight += SURELY * _in_margin(flow, index, ends, column)
    return Start(index, int(match["number"]), text, weight, index in ends)


def _in_margin(flow: Flow, index: int, ends: frozenset[int], column: float) -> bool:
    """Whether a number stands out where numbers stand, beside the text of a paragraph that begins there."""
    row = flow.rows[index]
    if abs(row.left - column) > 0.5 * flow.size or _apart(flow, index, ends) < CLOSE:
        return False
    first, *others = row.pieces
    tabbed = bool(others) and others[0].left - first.left > 1.2 * flow.size and _ALONE.fullmatch(first.text.strip())
    below = _below(flow, index)
    return bool(tabbed) or (below is not None and below.left - row.left > 0.8 * flow.size)


def _below(flow: Flow, index: int) -> Row | None:
    """The row that carries on the text of a row, on the next page if need be."""
    if index + 1 == len(flow.rows):
        return None
    over_the_page = flow.gap(index + 1) is None and not flow.stands_out(index + 1)
    return flow.rows[index + 1] if over_the_page or not flow.parted(index + 1) else None


def _outdent(flow: Flow, index: int) -> int:
    """Whether the number stands out to the left of the lines around it."""
    row = flow.rows[index]
    below = _below(flow, index)
    weight = 0
    if below is not None:
        weight = 3 if below.left - row.left > 5 else -1
    above = flow.rows[index - 1] if index else None
    if above is not None and above.left - row.left > 5:
        weight += 1
    if above is not None and abs(above.left - row.left) <= 3 and not flow.parted(index):
        weight -= 2
    return weight


def _apart(flow: Flow, index: int, ends: frozenset[int]) -> int:
    if index in ends:
        return 2
    ended = flow.rows[index - 1].text.endswith(_SENTENCE_ENDS) if index else True
    if flow.gap(index) is None:
        return 2 if ended else -5
    if flow.parted(index):
        return 3
    return CLOSE if ended else -9


def _form(stop: str | None, text: str) -> int:
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
            if joined >= score:
                score, previous = joined, back
        best.append(score)
        before.append(previous)
    chosen: list[Start] = []
    last: int | None = max(range(len(found)), key=lambda index: (best[index], index), default=None)
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
        return 5
    if start.number == 1 and start.opens:
        return 0
    if step == 2:
        return -2
    return -3 if step in (0, 3) else (-4 if step == -1 else -7)
