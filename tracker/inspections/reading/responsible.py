"""Tables that say beside each thing to improve which body is responsible for it."""

import re
from dataclasses import dataclass

from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.flow import paragraphs as spaced
from tracker.inspections.reading.rows import Row
from tracker.inspections.reading.wording import joined

_HEAD = re.compile(r"\b(?:responsible|lead) (?:bod(?:y|ies)|agenc(?:y|ies)|partners?)\b", re.IGNORECASE)
FARTHEST_HEAD = 4
"""Rows below the heading within which the head of the table stands."""


@dataclass(frozen=True)
class TableRow:
    rows: tuple[int, ...]
    """Indices of the lines it takes."""
    bodies: tuple[str, ...]
    text: str


def without_bodies(heading: str) -> str:
    """A heading without the head of the column of bodies, where the heading is the head of a table.

    >>> without_bodies("Responsible body Areas for priority action")
    'Areas for priority action'
    """
    return _HEAD.sub("", heading).strip()


def responsible_table(flow: Flow, heading: int, start: int, end: int) -> list[TableRow] | None:
    """The rows of the table between two lines; None if there is none with a column for bodies.

    The table's head may be part of the heading, which begins at row ``heading``.
    """
    near = range(heading, min(start + FARTHEST_HEAD, end))
    head = next((at for at in near if _is_head(flow.rows[at])), None)
    if head is None:
        return None
    first, second = flow.rows[head].cells[0], flow.rows[head].cells[-1]
    bodies_first = _HEAD.search(first.text) is not None
    split = second.left - 0.5 * flow.size
    found: list[TableRow] = []
    for top, below in spaced(flow, max(head + 1, start), end):
        left, right = _columns(flow, range(top, below), split)
        body, text = (left, right) if bodies_first else (right, left)
        _put(found, tuple(range(top, below)), body, text)
    return found


def _is_head(row: Row) -> bool:
    return len(row.cells) > 1 and _HEAD.search(row.text) is not None


def _columns(flow: Flow, rows: range, split: float) -> tuple[str, str]:
    """The text of some lines left and right of the line between the columns."""
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in (flow.rows[index] for index in rows):
        for piece in row.pieces:
            side = sides[piece.left >= split]
            if side and side[-1].baseline == row.baseline:
                side[-1] = Row(row.page, [*side[-1].pieces, piece])
            else:
                side.append(Row(row.page, [piece]))
    return joined(sides[0], flow.words), joined(sides[1], flow.words)


def _put(found: list[TableRow], rows: tuple[int, ...], body: str, text: str) -> None:
    """Add a row of the table, or what carries on the one above: text without a body beside it."""
    if text and (body or not found):
        found.append(TableRow(rows, (body,) if body else (), text))
    elif text or body:
        last = found.pop() if found else TableRow(rows, (), "")
        bodies = (f"{' '.join(last.bodies)} {body}".strip(),) if body else last.bodies
        found.append(TableRow((*last.rows, *rows), bodies, f"{last.text} {text}".strip()))


_SUBJECT = re.compile(r"(?P<body>[A-Z][^.;:]{2,140}?),?\s+(?:should|must|needs? to|are to|will)\b")
_BRACKETED = re.compile(r"[(\[](?P<body>[^()\[\]]{3,140})[)\]]\s*\.?$")
_BODY = re.compile(
    r"\b(?:local authority|councils?|integrated care boards?|ICBs?|NHS|clinical commissioning groups?|CCGs?|police|"
    r"constabulary|probation|partnership|partners|health providers?|hospitals?|schools?|trusts?)\b",
    re.IGNORECASE,
)


def bodies_named(text: str) -> tuple[str, ...]:
    """Who is responsible, where an item says so itself: who should act, or a body in brackets at its end.

    >>> bodies_named("The local authority and the police should improve the timeliness of strategy meetings.")
    ('The local authority and the police',)
    >>> bodies_named("Referrals are late. (Brent Council)")
    ('Brent Council',)
    """
    said = _BRACKETED.search(text) or _SUBJECT.match(text)
    return (said["body"],) if said and _BODY.search(said["body"]) else ()
