"""Figures that a pack hides and that a sentence of ours may say all the same."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.contents import PackContents
from reports.parts import Measure, Statement
from tracker.indicators.models import MeasureValue
from tracker.packs.gathering.known import Known
from tracker.packs.gathering.measures import HIDDEN
from tracker.packs.gathering.wording import SPELT
from tracker.self_evaluation.sentences import pieces, references

NUMBER = re.compile(
    rf"(?<![\w\[.:-])(?:\d[\d,]*(?:\.\d+)?(?P<share>\s?(?:%|per cent\b))?|(?:{'|'.join(SPELT)})\b)(?![\w\]])",
    re.IGNORECASE,
)
"""In figures or in a word, and no part of a reference."""
PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+•|#]|\d+[.)]))")
LEFT_OUT = "[hidden]"

Numbers = Mapping[str, Collection[Decimal]]
"""Reference of a measure -> the numbers that would tell its hidden figures."""


def hidden_numbers(known: Known) -> Numbers:
    """Of every measure with a figure that does not leave the authority."""
    return {
        measure.reference: frozenset(number for value in gone for number in _told_by(value))
        for measure in known.measures
        if (gone := [value for value in measure.series if (measure.id, value.period_end) in known.hidden])
    }


def without_hidden_figures(text: str, hidden: Numbers) -> str:
    """What a sentence says of a hidden figure of a measure that it cites is left out of it.

    >>> without_hidden_figures("97% were held [M-17], 3 late. Of 42 schools 31 answered [E-2].", {"M-17": {Decimal(3)}})
    '[hidden] were held [M-17], [hidden] late. Of 42 schools 31 answered [E-2].'
    """
    for sentence in _sentences(text):
        if numbers := _of_those_cited(sentence, hidden):
            text = text.replace(sentence, NUMBER.sub(lambda found: _left_out(found, numbers), sentence), 1)
    return text


@dataclass(frozen=True)
class Said:
    """A statement that rests on what the pack hides, and has numbers of its own."""

    statement: str
    measures: Sequence[str]


def said_though_hidden(contents: PackContents) -> Sequence[Said]:
    """What to look at before the pack goes out; in the order of its statements."""
    hidden = {line.reference for line in contents.every(Measure) if line.value == HIDDEN}
    return [
        Said(statement.reference, cited)
        for statement in contents.every(Statement)
        if (cited := [reference for reference in _beside_numbers(statement.text) if reference in hidden])
    ]


def _beside_numbers(text: str) -> Sequence[str]:
    """What is cited in sentences with a number."""
    return list(dict.fromkeys(cited for one in _sentences(text) if _has_a_number(one) for cited in references(one)))


def _sentences(text: str) -> list[str]:
    """As they stand in the text, with their citations."""
    return [sentence for paragraph in PARAGRAPHS.split(text) for sentence in pieces(paragraph)]


def _has_a_number(sentence: str) -> bool:
    """“One” and “none” are mostly no count."""
    return any(found[0].lower() not in SPELT[:2] for found in NUMBER.finditer(sentence))


def _of_those_cited(sentence: str, hidden: Numbers) -> Collection[Decimal]:
    return {number for reference in references(sentence) for number in hidden.get(reference, ())}


def _told_by(value: MeasureValue) -> Collection[Decimal]:
    """The figure as people round it, and what is counted and left over."""
    rounded = {value.value.quantize(Decimal(places), ROUND_HALF_UP) for places in ("1", "0.1", "0.01")}
    counted = {Decimal(value.numerator)} if value.numerator is not None else set[Decimal]()
    if value.numerator is not None and value.denominator is not None:
        counted.add(Decimal(value.denominator - value.numerator))
    return {value.value, *rounded, *counted}


def _left_out(found: re.Match[str], numbers: Collection[Decimal]) -> str:
    """Every share: it may be that of another month; of other numbers those that would tell."""
    if found["share"]:
        return LEFT_OUT
    words = found[0].lower()
    number = Decimal(SPELT.index(words)) if words in SPELT else Decimal(words.replace(",", ""))
    return LEFT_OUT if number in numbers else found[0]
