"""A word that was perhaps meant, where one that was typed is not there."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from tracker.corpus.words import stem

NEAR = 82
"""How alike two words must be, of 100. Our choice: two letters of eight changed round are near, three are not."""
SHORTEST = 4
"""Letters of a word that may be misspelt: short words are near to too many."""
WORD = re.compile(r"[^\W\d_]+")


def nearest(typed: str, titles: Iterable[str]) -> str:
    """What was typed, with the words that no title has replaced by near ones that some title has; empty for none.

    >>> nearest("pre-procedings pathway", ["Pre-proceedings and the pathway"])
    'pre-proceedings pathway'
    >>> nearest("unicorns", ["Pre-proceedings"])
    ''
    """
    known = sorted({word for title in titles for word in WORD.findall(title.lower()) if len(word) >= SHORTEST})
    stems = {stem(word) for word in known}
    meant = WORD.sub(lambda match: _meant(match[0], known, stems), typed)
    return "" if meant == typed else meant


def _meant(word: str, known: Sequence[str], stems: set[str]) -> str:
    if len(word) < SHORTEST or stem(word) in stems:
        return word
    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=NEAR)
    return str(found[0]) if found else word
