"""The words of the self-evaluation, and what can be said about a statement from its text and what it cites."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.platform.lists import listed
from tracker.self_evaluation.sentences import Sentence, blocks


class Question(StrEnum):
    KNOW = "know"
    HOW = "how"
    PLANS = "plans"


QUESTIONS = {
    Question.KNOW: "What do you know about the quality and impact of practice?",
    Question.HOW: "How do you know it?",
    Question.PLANS: "What are your plans for the next 12 months?",
}
"""Ofsted's three questions.

Source: Ofsted social care blog, "Learning from annual engagement meetings", 12 November 2018.
"""


class Kind(StrEnum):
    """What a statement is about. How we know, and plans, need be neither."""

    STRENGTH = "Strength"
    DEVELOPMENT = "Area for development"


class VersionState(StrEnum):
    """How far a version has come. Noted by the lead member and published are facts about one that is signed off."""

    DRAFT = "Draft"
    IN_REVIEW = "In review"
    WITH_DIRECTOR = "With the director"
    SIGNED_OFF = "Signed off"


class StatementState(StrEnum):
    DRAFT = "Draft"
    IN_REVIEW = "In review"
    SIGNED_OFF = "Signed off"


class Confidence(StrEnum):
    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"


class Mark(StrEnum):
    """What an inspector would ask about a sentence. Worst first."""

    NO_EVIDENCE = "no evidence"
    WITHDRAWN = "withdrawn"
    NOT_FOUND = "not found"
    """It cites what there is not, or what cannot be cited, beside what carries it."""
    STALE = "stale"
    ACTIVITY_ONLY = "activity only"


CITED = "EQMWFAIR"
"""First letters of what a statement can cite."""

NOT_CITED = {
    "B": "what a board saw",
    "D": "a list of evidence to let go",
    "H": "what was handed to inspectors",
    "N": "an inspection while it happens",
    "P": "a pack",
    "S": "a statement",
    "V": "a survey",
}
"""By the first letter of its reference: what a statement cannot cite. All other letters name nothing."""

LIKE_A_CITATION = re.compile(rf"\[\s*([{CITED}{CITED.lower()}])[\s._–—]?(\d{{1,9}})\s*\]")
"""``[M7]``, ``[M 7]``, or with a long dash: what somebody may have meant as a citation."""

LONGEST_STATEMENT = 20_000
"""Characters, about ten pages. Our choice: nobody reads a longer one on inspection day."""

ADMISSION = re.compile(r"\bwe (?:do not|are not|don[’']t) (?:yet )?(?:know|sure|certain|have)\b", re.IGNORECASE)
"""A sentence that owns up to a gap is no claim, and needs no evidence."""

PRAISE = re.compile(
    r"\b(?:(?:consistently|mostly|generally|usually|very|always)\s+)?"
    r"(?:good|strong|effective|robust|excellent|outstanding|timely|well[- ]managed|embedded|thorough)\b"
    r"(?!\s+or\b)",
    re.IGNORECASE,
)
"""Words that call practice good. What is so called is held against what auditors found."""

NO_PRAISE = frozenset(
    ["not", "nor", "never", "less", "without", "until", "be", "become", "more", "rated", "graded", "judged", "how"]
)
"""Words shortly before that deny praise, promise it, or report somebody else's."""

OTHERS_WORDS = re.compile(r"“[^”]{0,500}”|\"[^\"]{0,500}\"")
A_COUNT = re.compile(r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:of|in|out of) \w+", re.IGNORECASE)
"""A sentence with its own count says how good it was: nothing is left to contradict."""

LEAST_AUDITS = 3
"""How many audits it takes to agree or disagree with us. Source: our choice; one or two may be chance."""
MOSTLY = 0.75
"""From this share of audits good or better on, audits agree that practice is good. Source: our choice."""
SELDOM = 0.5
"""Below this share they disagree. Source: our choice; what fewer than half found good is not good."""


class Verdict(StrEnum):
    """What one kind of source says of a statement that calls practice good."""

    AGREES = "Agrees"
    IN_PART = "In part"
    DISAGREES = "Disagrees"
    TOO_FEW = "Too few"
    NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Cited:
    """What a reference leads to, as far as a mark depends on it."""

    exists: bool
    stale: str = ""
    """Why it no longer bears weight, as the end of a sentence about it; empty while it does."""
    withdrawn: bool = False
    shows_difference: bool = True
    """False of evidence of an activity or an output: it says what was done, not what changed."""


@dataclass(frozen=True)
class Marked:
    """A sentence and what would be asked about it; ``mark`` is None when nothing would."""

    sentence: Sentence
    mark: Mark | None
    because: str = ""
    answered: bool = False
    """Somebody said why it may stay."""

    @property
    def waits(self) -> bool:
        """Whether it has to be settled."""
        return self.mark is not None and not self.answered


def mark(sentence: Sentence, *, question: Question, cited: Mapping[str, Cited]) -> Marked:
    """What would be asked about one sentence. Plans are promises, not claims, and owning up needs no proof."""
    found = {reference: cited.get(reference, Cited(exists=False)) for reference in sentence.cites}
    known = {reference: thing for reference, thing in found.items() if thing.exists and not thing.withdrawn}
    if not known:
        return _unproved(sentence, question, found)
    if gone := _withdrawn(found):
        return Marked(sentence, Mark.WITHDRAWN, _joined([gone, *not_there(_missing(found))]))
    if missing := not_there(_missing(found)):
        return Marked(sentence, Mark.NOT_FOUND, _joined(missing))
    if all(thing.stale for thing in known.values()):
        return Marked(sentence, Mark.STALE, "; ".join(f"{each} {thing.stale}" for each, thing in known.items()))
    if question is not Question.PLANS and not any(thing.shows_difference for thing in known.values()):
        return Marked(sentence, Mark.ACTIVITY_ONLY, f"{_say(known)} what was done, not what changed for children")
    return Marked(sentence, None)


def not_there(references: Sequence[str]) -> list[str]:
    """What to say of references that lead to nothing that can be cited, as sentences without their full stop.

    >>> not_there(["E-9999", "X-1", "S-30"])
    ['There is nothing called E-9999 or X-1', 'S-30 cannot be cited: that is the reference of a statement']
    """
    known = [reference for reference in references if reference[0] in NOT_CITED]
    unknown = [reference for reference in references if reference not in known]
    told = [f"There is nothing called {listed(unknown, 'or')}"] if unknown else []
    return told + [f"{each} cannot be cited: that is the reference of {NOT_CITED[each[0]]}" for each in known]


def misspelt(text: str) -> list[str]:
    """What looks like a citation and is read as plain words, as sentences without their full stop.

    >>> misspelt("Fewer wait [M7], as audits found [Q-88].")
    ['[M7] is read as plain words: write [M-7] to cite']
    """
    typed = {match[0]: f"[{match[1].upper()}-{match[2]}]" for match in LIKE_A_CITATION.finditer(text)}
    return [f"{words} is read as plain words: write {meant} to cite" for words, meant in typed.items()]


def _missing(found: Mapping[str, Cited]) -> list[str]:
    return [reference for reference, thing in found.items() if not thing.exists]


def _withdrawn(found: Mapping[str, Cited]) -> str:
    gone = [reference for reference, thing in found.items() if thing.withdrawn]
    return f"{listed(gone)} {'was' if len(gone) == 1 else 'were'} withdrawn" if gone else ""


def _joined(told: Sequence[str]) -> str:
    return ". ".join(filter(None, told))


def _unproved(sentence: Sentence, question: Question, found: Mapping[str, Cited]) -> Marked:
    if fallen := _joined([_withdrawn(found), *not_there(_missing(found))]):
        return Marked(sentence, Mark.NO_EVIDENCE, fallen)
    if question is Question.PLANS or not sentence.claims or ADMISSION.search(sentence.text):
        return Marked(sentence, None)
    return Marked(sentence, Mark.NO_EVIDENCE, "It makes a claim and cites nothing")


def _say(found: Mapping[str, Cited]) -> str:
    return f"{listed(list(found))} {'says' if len(found) == 1 else 'say'}"


def praise(text: str) -> str | None:
    """The first words that call practice good, unless they are denied, promised, counted or somebody else's.

    >>> praise("Oversight is now consistently good in two teams.")
    'consistently good'
    >>> praise("Practice is not yet good."), praise("Letters were good in 9 of 12 cases.")
    (None, None)
    """
    sentences = (sentence for block in blocks(text) for sentence in block.sentences if sentence.claims)
    return next(filter(None, (_praise_in(sentence.text) for sentence in sentences)), None)


def _praise_in(sentence: str) -> str | None:
    if A_COUNT.search(sentence):
        return None
    ours = OTHERS_WORDS.sub(" ", sentence)
    for match in PRAISE.finditer(ours):
        if not NO_PRAISE & set(ours[: match.start()].lower().split()[-4:]):
            return match[0]
    return None


def audits_say(good: int, count: int) -> Verdict:
    """Whether audits agree that practice is good, from how many found it so.

    >>> [audits_say(*one).value for one in ((5, 12), (9, 12), (7, 12), (0, 2), (0, 0))]
    ['Disagrees', 'Agrees', 'In part', 'Too few', 'Not known']
    """
    if count == 0:
        return Verdict.NOT_KNOWN
    if count < LEAST_AUDITS:
        return Verdict.TOO_FEW
    share = good / count
    if share >= MOSTLY:
        return Verdict.AGREES
    return Verdict.DISAGREES if share < SELDOM else Verdict.IN_PART


LEAST_MEASURES = 3
"""How many measures with a target it takes to disagree with us. Source: our choice; one or two may be chance."""


def measures_say(met: Sequence[bool]) -> Verdict:
    """Whether measures agree that practice is good, from which of them are at their target.

    >>> [measures_say(one).value for one in ([False, False, False, True], [True, True, False], [False], [])]
    ['Disagrees', 'In part', 'Too few', 'Not known']
    """
    if not met:
        return Verdict.NOT_KNOWN
    if len(met) < LEAST_MEASURES:
        return Verdict.TOO_FEW
    if all(met):
        return Verdict.AGREES
    return Verdict.DISAGREES if sum(met) / len(met) < SELDOM else Verdict.IN_PART


def contradicted(text: str, *, good: int, count: int) -> bool:
    """Whether audits contradict a statement: it calls practice good, and most of them did not find it so.

    >>> contradicted("Oversight is good.", good=5, count=12), contradicted("Oversight is good.", good=1, count=2)
    (True, False)
    """
    return audits_say(good, count) is Verdict.DISAGREES and praise(text) is not None


def may_move(state: VersionState, to: VersionState) -> bool:
    """From draft to a head of service, to the director, and back to draft from either; what is signed stays signed.

    New words in a version that the director has go to the head of service again.
    """
    return (state, to) in {
        (VersionState.DRAFT, VersionState.IN_REVIEW),
        (VersionState.IN_REVIEW, VersionState.DRAFT),
        (VersionState.IN_REVIEW, VersionState.WITH_DIRECTOR),
        (VersionState.WITH_DIRECTOR, VersionState.IN_REVIEW),
        (VersionState.WITH_DIRECTOR, VersionState.DRAFT),
        (VersionState.WITH_DIRECTOR, VersionState.SIGNED_OFF),
    }


def standing(state: VersionState, *, noted: bool, published: bool) -> str:
    """
    >>> standing(VersionState.SIGNED_OFF, noted=True, published=False)
    'Noted by the lead member'
    """
    if published:
        return "Published"
    return "Noted by the lead member" if noted else state.value
