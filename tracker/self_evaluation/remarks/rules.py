"""What a remark is, which changes somebody suggests by writing a text anew, and where one still fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from tracker.self_evaluation.sentences import SENTENCE_END

LONGEST = 2_000
"""Characters of a comment. Source: our choice; a longer one is a statement."""


class RemarkKind(StrEnum):
    COMMENT = "Comment"
    SUGGESTION = "Suggested change"


class RemarkState(StrEnum):
    OPEN = "Open"
    ACCEPTED = "Accepted"
    REJECTED = "Rejected"
    RESOLVED = "Resolved"
    TAKEN_BACK = "Taken back"


@dataclass(frozen=True)
class Suggested:
    """One passage that somebody would have otherwise."""

    base: str
    """As it stands in the text, letter for letter."""
    words: str
    """What should stand there; empty where it should go."""
    place: int
    """Characters before it in the text."""


def suggested(before: str, after: str) -> list[Suggested]:
    """The changes between two texts, passage by passage, so that each can be settled by itself.

    What is only added is told with the sentence before it, or after it where there is none.

    >>> [(one.base, one.words) for one in suggested("One. Two. Three.", "One. Too. Three. Four.")]
    [('Two. ', 'Too. '), ('Three.', 'Three. Four.')]
    """
    old, new = _passages(before), _passages(after)
    if not old:
        return [Suggested("", after, 0)] if after.strip() else []
    found: list[Suggested] = []
    alike = SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in alike.get_opcodes():
        if tag == "equal":
            continue
        if old_from == old_to and old_from:
            old_from, new_from = old_from - 1, new_from - 1
        elif old_from == old_to:
            old_to, new_to = old_to + 1, new_to + 1
        if old_to - old_from == new_to - new_from:
            pairs = [(place, place + 1, new_from + place - old_from, new_from + place - old_from + 1)
                     for place in range(old_from, old_to)]  # fmt: skip
        else:
            pairs = [(old_from, old_to, new_from, new_to)]
        found += [
            Suggested("".join(old[begins:ends]), "".join(new[now:then]), len("".join(old[:begins])))
            for begins, ends, now, then in pairs
        ]
    return [each for each in found if each.base.split() != each.words.split()]


def _passages(text: str) -> Sequence[str]:
    """A text cut after each sentence and each line, with the spaces that follow, so that together they are the text."""
    ends = {match.end() for match in SENTENCE_END.finditer(text)} | {
        place + 1 for place, letter in enumerate(text) if letter == "\n"
    }
    cuts = sorted({0, len(text), *(_past_spaces(text, end) for end in ends)})
    return [text[start:end] for start, end in pairwise(cuts)]


def _past_spaces(text: str, place: int) -> int:
    while place < len(text) and text[place] == " ":
        place += 1
    return place


def fits(text: str, suggestion: Suggested) -> bool:
    """Whether the words that it would change still stand in the text, and where is clear."""
    return put_in(text, suggestion) is not None


def put_in(text: str, suggestion: Suggested) -> str | None:
    """The text with the suggestion in it; None where its words have changed since, or stand there more than once.

    >>> change = Suggested("Two. ", "Too. ", 5)
    >>> put_in("One. Two. Three.", change), put_in("One. Three.", change)
    ('One. Too. Three.', None)
    """
    if not suggestion.base:
        return None if text.strip() else suggestion.words
    for base, words in (
        (suggestion.base, suggestion.words),
        (suggestion.base.rstrip(), suggestion.words.rstrip()),
    ):
        at = _where(text, base, suggestion.place)
        if at is not None:
            return text[:at] + words + text[at + len(base) :]
    return None


def _where(text: str, base: str, place: int) -> int | None:
    if text.startswith(base, place):
        return place
    return text.find(base) if base and text.count(base) == 1 else None
