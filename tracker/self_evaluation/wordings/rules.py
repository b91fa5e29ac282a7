"""How a wording came about, and what became of one text in another: sentence beside sentence, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from tracker.self_evaluation.sentences import written

SITTING = timedelta(minutes=10)
"""Saves that a page made by itself within so long are one wording. Source: our choice; a list of every pause in
somebody's typing helps nobody."""

ALIKE = 0.4
"""From this share of common words on, two sentences are one that was changed. Source: our choice."""
MOST_PAIRED = 40
"""Sentences of a passage that are held against each other; of a longer one each stands for itself. Source: our choice;
the work grows with the square."""

WORD = re.compile(r"\S+\s*")


class How(StrEnum):
    WRITTEN = "Written"
    BY_ITSELF = "Saved by itself"
    SUGGESTED = "Suggestion accepted"
    PUT_BACK = "Put back"
    CARRIED = "Carried forward"


class Change(StrEnum):
    """What became of a sentence."""

    KEPT = "Kept"
    CHANGED = "Changed"
    ADDED = "Added"
    TAKEN_OUT = "Taken out"


@dataclass(frozen=True)
class Piece:
    """Words that stand together; ``changed`` where the other text has something else."""

    text: str
    changed: bool = False


Side = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """A sentence as it was and as it is; a side is empty where the sentence is not there."""

    before: Side
    after: Side

    @property
    def change(self) -> Change:
        if not self.before:
            return Change.ADDED
        if not self.after:
            return Change.TAKEN_OUT
        return Change.CHANGED if any(piece.changed for piece in (*self.before, *self.after)) else Change.KEPT


def side_by_side(before: str, after: str) -> list[Row]:
    """Two texts sentence beside sentence, with the words that differ.

    >>> rows = side_by_side("One is old. Two.", "One is new.")
    >>> [(row.change.value, [piece.text for piece in row.after if piece.changed]) for row in rows]
    [('Changed', ['new.']), ('Taken out', [])]
    """
    old, new = written(before), written(after)
    rows: list[Row] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row((Piece(words),), (Piece(words),)) for words in new[new_from:new_to]]
        else:
            rows += _passage(old[old_from:old_to], new[new_from:new_to])
    return rows


def _passage(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Sentences that stand in each other's place: those that are alike side by side, in the order of both."""
    rest = list(new)
    for sentence in old:
        like = _likest(sentence, rest) if max(len(old), len(new)) <= MOST_PAIRED else None
        if like is None:
            yield Row((Piece(sentence, changed=True),), ())
            continue
        yield from (Row((), (Piece(added, changed=True),)) for added in rest[:like])
        yield word_by_word(sentence, rest[like])
        rest = rest[like + 1 :]
    yield from (Row((), (Piece(added, changed=True),)) for added in rest)


def _likest(sentence: str, among: Sequence[str]) -> int | None:
    words = WORD.findall(sentence)
    shares = [SequenceMatcher(None, words, WORD.findall(each), autojunk=False).ratio() for each in among]
    best = max(shares, default=0.0)
    return shares.index(best) if best >= ALIKE else None


def word_by_word(before: str, after: str) -> Row:
    """One passage as it was and as it is.

    >>> word_by_word("Visits are late.", "Visits are in time.").after
    (Piece(text='Visits are ', changed=False), Piece(text='in time.', changed=True))
    """
    old, new = WORD.findall(before), WORD.findall(after)
    was: list[Piece] = []
    now: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was += _piece(old[old_from:old_to], changed=tag != "equal")
        now += _piece(new[new_from:new_to], changed=tag != "equal")
    return Row(tuple(was), tuple(now))


def _piece(words: Sequence[str], *, changed: bool) -> list[Piece]:
    return [Piece("".join(words), changed)] if words else []
