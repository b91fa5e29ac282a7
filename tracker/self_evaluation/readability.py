"""How long a text is and how easily it reads. Shown beside a statement; nothing is refused for it."""

import re
from dataclasses import dataclass

from tracker.self_evaluation.sentences import blocks

LEAST_WORDS = 30
"""Fewer tell nothing about how a text reads. Source: our choice."""
VOWELS = re.compile(r"[aeiouy]+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
YOUNGEST, OLDEST = 6, 25


@dataclass(frozen=True)
class Readability:
    words: int
    sentences: int
    age: int | None
    """About how old a reader has to be, by the Flesch-Kincaid grade; None for a short text or one that is not in Latin
    letters. Source: Kincaid and others, US Navy research report 8-75, 1975; a grade is five years short of an age."""

    @property
    def a_sentence(self) -> int:
        return round(self.words / self.sentences) if self.sentences else 0


def readability(text: str) -> Readability:
    """
    >>> readability("We met. We know why.")
    Readability(words=5, sentences=2, age=None)
    """
    read = [sentence.text for block in blocks(text) for sentence in block.sentences if sentence.text]
    words = sum(len(sentence.split()) for sentence in read)
    spelt = [word for sentence in read for word in WORD.findall(sentence)]
    latin = [word for word in spelt if word.isascii()]
    if len(spelt) < LEAST_WORDS or len(latin) < 0.9 * len(spelt):
        return Readability(words, len(read), None)
    syllables = sum(_syllables(word.lower()) for word in latin)
    grade = 0.39 * len(latin) / len(read) + 11.8 * syllables / len(latin) - 15.59
    return Readability(words, len(read), min(OLDEST, max(YOUNGEST, round(grade) + 5)))


def _syllables(word: str) -> int:
    """Groups of vowels, without an e at the end that is not heard.

    >>> [_syllables(word) for word in ("late", "visits", "family", "the")]
    [1, 2, 3, 1]
    """
    found = len(VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and found > 1
    return max(1, found - silent)
