"""The brief of a day or of a meeting as one page. What does not fit is counted, by a rule that the page states."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.contents import DailyBrief, Kind, PackContents, Row
from tracker.evidence.rules import Marking
from tracker.packs.rules import PACK_NAMES, PackKind

LINES = 38
"""What the parts of a page may take together, so that the fullest page is one A4 page. Measured on pages of wide
letters, of long words and of the most parts, with the notice of a demonstration beneath them."""
WIDE = 72
"""Letters of a line, counted as ``_width`` counts. Measured likewise: some are lost where a word does not fit."""
OTHER_SCRIPTS = 0x250
"""Letters from here on may be in no font of a pack; the Latin ones before are."""
PRINTED = "‘’“”–—…€"
BETWEEN = 0.35
"""Lines between two points."""
AROUND = 0.8
"""Lines that a fact takes beside its text. Measured."""
FACTS = 5 + 3 * AROUND
"""Lines of facts that ``LINES`` leaves room for: three, of which two are as long as they may be."""
TITLE = 56
"""Letters of one line of a title, counted as ``_width`` counts; it has two at most."""
SECOND_LINE = 2
"""Lines that the second one of a title takes. Measured."""
LONGEST = 4 * WIDE
"""Of one point. Our choice: four lines; the tracker has the rest."""
INVENTED = "What was said, and by whom, is invented, and describes no child, family, inspector or member of staff."
NOTE = (
    "For our own staff, and never handed over. No grade is worked out from what was said. What does not fit on this "
    "page is counted on it, and the tracker has all of it."
)


@dataclass(frozen=True)
class Part:
    """``nothing``: what stands there if it has no point; empty: then it is left out."""

    head: str
    points: Sequence[str]
    nothing: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page is made of."""

    authority: str
    of: str
    """"N-1, Tuesday 24 November 2026"."""
    title: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    """The most urgent first."""


def gather_brief(
    told: Told, *, kind: PackKind = PackKind.DAILY_BRIEF, today: date, demonstration: bool
) -> PackContents:
    """Freeze the brief of a day, or of a meeting, as things are known today; it has no reference yet."""
    facts = [(head, _short(words, 2 * WIDE)) for head, words in told.facts if words]
    title = _short(told.title, 2 * TITLE)
    room = LINES - max(0, sum(_lines(words) - BETWEEN + AROUND for _, words in facts) - FACTS)
    room -= SECOND_LINE if _width(title) > TITLE else 0
    return PackContents(
        kind=Kind(kind.value),
        reference="",
        title=PACK_NAMES[kind],
        short_title=f"{told.authority} children’s services: {PACK_NAMES[kind].lower()}",
        authority=f"{told.authority} children’s services",
        version=told.of,
        made_on=today,
        as_at=today,
        marking=str(Marking.OFFICIAL_SENSITIVE).upper(),
        marking_note="for our own staff",
        demonstration=INVENTED if demonstration else "",
        chapters=(
            DailyBrief(
                title=title,
                facts=tuple(Row(head=head, points=(words,)) for head, words in facts),
                sections=tuple(Row(head=part.head, points=tuple(part.points)) for part in fitted(told.parts, room)),
                note=NOTE,
            ),
        ),
    )


def fitted(parts: Sequence[Part], room: float = LINES) -> Sequence[Part]:
    """What of each part is printed: in turn one point of each, while there are lines, and then how many are left out.

    Nothing is passed over for something shorter that comes after it. Of what is printed no text is longer than four
    lines.
    """
    shown = [Part(one.head, [_short(point) for point in one.points] or [one.nothing]) for one in parts]
    shown = [one for one in shown if one.points != [""]]
    left = room - sum(1 + (len(one.points) > 1) for one in shown)
    taken, waiting = [0] * len(shown), set(range(len(shown)))
    while waiting:
        for place in sorted(waiting):
            points = shown[place].points
            if taken[place] == len(points) or _lines(points[taken[place]]) > left:
                waiting.remove(place)
                continue
            left -= _lines(points[taken[place]])
            taken[place] += 1
    return [Part(one.head, _cut(one.points, number)) for one, number in zip(shown, taken, strict=True)]


def _cut(points: Sequence[str], number: int) -> Sequence[str]:
    rest = len(points) - number
    if rest == 0:
        return points
    return [*points[:number], f"And {rest} more, in the tracker" if number else f"{rest}, in the tracker"]


def _lines(text: str) -> float:
    """With what stands between it and the next."""
    return -(-_width(text) // WIDE) + BETWEEN


def _width(text: str) -> int:
    return sum(_wide(letter) for letter in text)


def _wide(letter: str) -> int:
    """In small letters. Others are as wide as two, and what no font has is told by its name."""
    if letter not in PRINTED and ord(letter) >= OTHER_SCRIPTS:
        return len(unicodedata.name(letter, "")) + 2
    return 1 if letter.islower() or letter in " .,;:’'()-" else 2


def _short(text: str, longest: int = LONGEST) -> str:
    """Without ends of lines, and no longer than it may be; cut between words where there are any.

    >>> _short("  Two   words ")
    'Two words'
    """
    plain = " ".join(text.split())
    if _width(plain) <= longest:
        return plain
    kept = plain
    while _width(kept) >= longest:
        kept = kept[:-1]
    return f"{kept.rpartition(' ')[0] or kept}…"
