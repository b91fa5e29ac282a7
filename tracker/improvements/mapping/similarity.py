"""How alike texts are, from the words and pairs of words they share, so that every answer has its reason.

Okapi BM25 over stemmed words and pairs of neighbouring words. Measured on the one report to hand that prints which
paragraphs each recommendation rests on (single inspection framework, 2015, 118 paragraphs): for 8 of its 11
recommendations a right paragraph comes first, for all of them within the first 3. Weighing single sentences, words
that find fault, or the words of the likeliest theme made that no better, so none of it is here.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import snowballstemmer

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""BM25's k1 and b, at the values usual where nothing better is known."""
PAIR_WEIGHT = 0.5
"""What a shared pair of neighbours counts beside its two words. Our choice, as are the next two."""
VAGUE_WEIGHT = 0.3
"""What a word counts that nearly every item has."""
MOST_SHARED = 4
"""How many shared words a reason names."""

WORD = re.compile(r"[^\W_]+(?:[-‑’'][^\W_]+)*")

SENTENCE_END = re.compile(r"[.;:!?]")

STOP = (
    "a about above across after again against all also although am an and any are as at be because been before being "
    "below between both but by can could did do does doing down during each example few for from further had has have "
    "having he her here hers him his how however i if in include includes including into is it its itself just may me "
    "more most must my no nor not of off on once only or other our out over own particular particularly s same she "
    "should so some stage subject such than that the their them then there these they this those through to too under "
    "until up upon very was way ways we were what when where whether which while who whom whose why will with within "
    "without would you your"
)
VAGUE = (
    "action actions always appropriate appropriately area areas arrangement arrangements authority care child "
    "children clear clearly consistency consistent consistently council effective effectively effectiveness enough "
    "ensure families family focus follow following full fully good impact improve improved improvement improving "
    "increase increased level levels local make manager managers meet need needed needs oversight people person "
    "practice process processes provide provided quality quickly range respond response robust service services "
    "social staff strengthen strengthened strengthening sufficiency sufficient sufficiently support take timeliness "
    "timely use used well work worker workers young"
)
"""Words that say how good or who, not what. English as reports write it, not one report's."""

_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Match:
    """How one of several texts matches what was asked."""

    place: int
    """Which of the texts, from 0."""
    score: float
    """0 to 1, where 1 is the likeliest of these texts: comparable only among them."""
    shared: tuple[str, ...]
    """What both say, as the text that was asked words it, what tells most first; empty if it is only vague words."""


@cache
def stem(word: str) -> str:
    """
    >>> stem("Children’s"), stem("pre-proceedings")
    ('children', 'preproceed')
    """
    plain = re.sub(r"[-‑]", "", word.lower().replace("’", "'").removesuffix("'s"))
    return str(_stemmer.stemWord(plain.replace("'", "")))


_STOP = frozenset(map(stem, STOP.split()))
_VAGUE = frozenset(map(stem, VAGUE.split()))


class Text:
    """A text as the words and pairs of neighbours that can be compared."""

    def __init__(self, text: str) -> None:
        found = [(stem(match[0]), match) for match in WORD.finditer(text)]
        self._text = text
        self._found = [(stemmed, match) for stemmed, match in found if stemmed not in _STOP]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(stemmed for stemmed, _ in self._found)

    @cached_property
    def terms(self) -> Counter[str]:
        """How often each word and each pair, joined by a space, stands here."""
        return Counter(term for term, _ in self._worded())

    @cached_property
    def wording(self) -> dict[str, str]:
        """Each term as it is printed where it stands first."""
        wording: dict[str, str] = {}
        for term, printed in self._worded():
            wording.setdefault(term, printed)
        return wording

    def _worded(self) -> Iterator[tuple[str, str]]:
        for stemmed, match in self._found:
            yield stemmed, match[0]
        for (first, left), (second, right) in pairwise(self._found):
            if not SENTENCE_END.search(self._text, left.end(), right.start()):
                yield f"{first} {second}", self._text[left.start() : right.end()]


class Collection:
    """Texts that questions are asked of: how rare each term is among them is counted once.

    A few short texts cannot tell a rare word from a common one; ``background`` is
    more of the same language, counted too.
    """

    def __init__(self, texts: Sequence[str], *, background: Sequence[str] = ()) -> None:
        self._terms = [Text(text).terms for text in texts]
        self._mean_length = sum(terms.total() for terms in self._terms) / max(len(texts), 1) or 1.0
        counted = [*self._terms, *(Text(text).terms for text in background)]
        within = Counter(term for terms in counted for term in terms)
        self._rarity = {
            term: math.log(1 + (len(counted) - count + 0.5) / (count + 0.5)) for term, count in within.items()
        }

    def like(self, text: str) -> list[Match]:
        """The texts that share a telling word with ``text``, likeliest first."""
        asked = Text(text)
        shares = [self._shares(asked.terms, terms) for terms in self._terms]
        totals = [sum(share.values()) for share in shares]
        best = max(totals, default=0.0)
        order = sorted(range(len(totals)), key=lambda place: -totals[place])
        return [
            Match(place, round(totals[place] / best, 3), _telling(shares[place], asked.wording))
            for place in order
            if totals[place] > 0
        ]

    def share(self, one: int, other: int) -> float:
        """How much of what text ``one`` says text ``other`` says too: 0 to 1, where a text says all of itself."""
        said = sum(self._shares(self._terms[one], self._terms[one]).values())
        return sum(self._shares(self._terms[one], self._terms[other]).values()) / said if said else 0.0

    def _shares(self, asked: Mapping[str, int], terms: Counter[str]) -> dict[str, float]:
        """What each shared term adds to the score."""
        length = 1 - LENGTH_SHARE + LENGTH_SHARE * terms.total() / self._mean_length
        return {
            term: weight(term)
            * self._rarity[term]
            * terms[term]
            * (SATURATION + 1)
            / (terms[term] + SATURATION * length)
            for term in asked
            if term in terms
        }


def weight(term: str) -> float:
    """What a term counts before its rarity: a vague pair, and a pair with a vague word, count less."""
    vague = [word in _VAGUE for word in term.split()]
    return (PAIR_WEIGHT if len(vague) == 2 else 1.0) * (VAGUE_WEIGHT if any(vague) else 1.0)


def _telling(shares: Mapping[str, float], wording: Mapping[str, str]) -> tuple[str, ...]:
    """The terms that add most, pairs instead of their words; none of the vague ones."""
    ranked = sorted(shares, key=lambda term: -shares[term])
    telling = [term for term in ranked if weight(term) in (1.0, PAIR_WEIGHT)]
    in_pairs = {word for term in telling if " " in term for word in term.split()}
    return tuple(wording[term].lower() for term in telling if term not in in_pairs)[:MOST_SHARED]


def marked(text: str, asked: str) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is a telling word that ``asked`` has too.

    >>> marked("The children’s response was slow.", "Slow escalation for children")
    [('The children’s response was ', False), ('slow', True), ('.', False)]
    """
    wanted = Text(asked).words - _VAGUE
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in WORD.finditer(text):
        if stem(match[0]) in wanted:
            pieces += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]
