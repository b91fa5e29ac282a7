"""The words of a text and of a question, as both databases compare them: stems, made here and nowhere else.

Each database has a stemmer and a stop list of its own, and they differ. What is indexed and what is asked are stems
already, so that the same question finds the same passages in both, and what is marked is what was found.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from tracker.improvements.mapping.similarity import STOP
from tracker.platform.full_text import Phrase

LONGEST_QUESTION = 300
"""Characters of a question that count. Our choice, as are the next two: more would only slow it."""
MOST_PHRASES = 12
MOST_WORDS = 12
"""Words of one phrase."""
LONGEST_WORD = 60
KNOWN_STEMS = 50_000

WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
ASKED = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
LEAD_IN = re.compile(
    r"^\W*(?:what|how|where|which|when)?\s*(?:did|do|does|have|has)\s+(?:the\s+)?(?:inspectors?|ofsted|reports?)\s+"
    r"(?:write|wrote|written|say|said|find|found|think|thought|report|reported)\b\s*(?:about|on|of|that)?\b",
    re.IGNORECASE,
)
"""How people begin a question to a person: it says nothing of what they look for."""

_STOP = frozenset(STOP.split())
_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = Lock()  # the stemmer keeps the word it is at in itself, and a web process has several threads


@dataclass(frozen=True)
class Word:
    """A word of a text: where it stands, and its stem."""

    start: int
    end: int
    stem: str


@dataclass(frozen=True)
class Question:
    """What somebody looks for. A passage must have every wanted phrase, and none of the unwanted."""

    wanted: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def words_of(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        stemmed = stem(match[0][:LONGEST_WORD])
        if stemmed:
            yield Word(match.start(), match.end(), stemmed)


def stems_of(text: str) -> str:
    """What the databases index of a text.

    >>> stems_of("Life-story work; the child’s café (16–17)")
    'life stori work the child cafe 16 17'
    """
    return " ".join(word.stem for word in words_of(text))


@lru_cache(maxsize=KNOWN_STEMS)
def stem(word: str) -> str:
    """Letters a to z and digits only, so that no text is an operator of any database; empty if nothing is left.

    >>> stem("Interviews"), stem("children’s"), stem("Zoë"), stem("☂")
    ('interview', 'children', 'zoe', '')
    """
    folded = unicodedata.normalize("NFKD", word.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]", "", folded.removesuffix("'s"))
    with _one_at_a_time:
        return str(_stemmer.stemWord(plain)) if plain else ""


def question(typed: str) -> Question:
    """What was typed: words, "words in quotation marks" that stand together, and -words that must not be there.

    Anything may be typed. What is no word is passed over, and so are words such as "the" outside quotation marks.

    >>> question('return interviews "care leavers" -adoption')
    Question(wanted=(('return',), ('interview',), ('care', 'leaver')), unwanted=(('adopt',),))
    >>> question("What did inspectors write about life-story work?")
    Question(wanted=(('life', 'stori'), ('work',)), unwanted=())
    """
    text = without_lead_in(typed)[:LONGEST_QUESTION].translate(QUOTES)
    wanted: dict[Phrase, None] = {}
    unwanted: dict[Phrase, None] = {}
    for minus, quoted, bare in ASKED.findall(text):
        phrase = _phrase(quoted or bare, quoted=bool(quoted))
        if phrase:
            (unwanted if minus else wanted)[phrase] = None
    return Question(tuple(wanted)[:MOST_PHRASES], tuple(unwanted)[:MOST_PHRASES])


def without_lead_in(typed: str) -> str:
    """
    >>> without_lead_in("What did inspectors write about neglect?")
    'neglect?'
    """
    return LEAD_IN.sub("", typed).strip()


def _phrase(text: str, *, quoted: bool) -> Phrase:
    if not quoted and text.strip(".,;:!?()[]'’").lower() in _STOP:
        return ()
    return tuple(word.stem for word in words_of(text))[:MOST_WORDS]


def places(text: str, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where the phrases stand in a text, in order and without overlap.

    >>> places("Care leavers are well cared for.", [("care", "leaver"), ("care",)])
    [(0, 12), (22, 27)]
    """
    words = list(words_of(text))
    stems = [word.stem for word in words]
    found: list[tuple[int, int]] = []
    at = 0
    longest_first = sorted(phrases, key=len, reverse=True)
    while at < len(words):
        length = next((len(phrase) for phrase in longest_first if tuple(stems[at : at + len(phrase)]) == phrase), 0)
        if length:
            found.append((words[at].start, words[at + length - 1].end))
        at += length or 1
    return found
