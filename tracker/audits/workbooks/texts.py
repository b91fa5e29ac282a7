"""What an audit says, cell by cell, in the words of its workbook; and which words may stand in a cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.audits import asking
from tracker.audits.asking import NOT_ANSWERED
from tracker.audits.models import Audit, DomainGrade
from tracker.audits.rules import DOES_NOT_APPLY, Given
from tracker.audits.schema import Question
from tracker.audits.workbooks.rules import WHOLE, Column, Texts

LEFT_OUT = "does_not_apply"
"""Code of the word that says that a domain does not apply."""


@dataclass(frozen=True)
class Line:
    """One row of an audit's sheet."""

    key: str
    part: str
    look_for: str
    texts: Mapping[str, str]
    offered: Mapping[str, str]
    """Code to word of what may be chosen in its first cell; empty where it is answered in words."""
    asks: frozenset[Column]
    """The cells that may be filled in."""


def lines(audit: Audit) -> Iterator[Line]:
    """Every row in order: each domain with its questions below it, then the whole case."""
    for domain in audit.domains:
        yield _domain(domain)
        for question in domain.domain.asked(age=audit.age_band, legal_status=audit.legal_status):
            yield _question(domain, question)
    yield _whole(audit)


def texts(audit: Audit) -> Texts:
    return {line.key: line.texts for line in lines(audit)}


def given(line: Line, word: str) -> Given:
    """The grade that a word of a domain's first cell means; the word must be one that is offered."""
    code = next((code for code, label in line.offered.items() if label.casefold() == word.strip().casefold()), None)
    return Given(None, applies=False) if code == LEFT_OUT else Given(code)


def _row(answer: str, seen: str, difference: str = "") -> Mapping[str, str]:
    return {Column.ANSWER: answer, Column.SEEN: seen, Column.DIFFERENCE: difference}


def _domain(domain: DomainGrade) -> Line:
    tool, words = domain.audit.tool, {}
    for grade in tool.grades:
        words[grade.code] = grade.short_label
    words[LEFT_OUT] = DOES_NOT_APPLY
    answer = words[LEFT_OUT] if not domain.applies else words.get(domain.grade_code or "", "")
    look_for = " ".join(filter(None, [domain.domain.question, domain.domain.guidance]))
    return Line(
        domain.domain_code,
        domain.domain.name,
        look_for,
        _row(answer, domain.seen, domain.difference),
        words,
        frozenset(Column),
    )


def _question(domain: DomainGrade, question: Question) -> Line:
    offered = domain.audit.tool.answers(question)
    answered = domain.answered.get(question.code, NOT_ANSWERED)
    asks = frozenset({Column.ANSWER, Column.SEEN}) if offered else frozenset({Column.SEEN})
    return Line(
        f"{domain.domain_code}/{question.code}",
        question.text,
        asking.look_for(question),
        _row(offered.get(answered.answer, ""), answered.note),
        offered,
        asks,
    )


def _whole(audit: Audit) -> Line:
    words = {grade.code: grade.short_label for grade in audit.tool.grades}
    look_for = (
        "Your own judgement. Beside it: what was good, and what was done at once to make the child safe, "
        "if a grade asks for that."
    )
    return Line(
        WHOLE,
        "The whole case",
        look_for,
        _row(words.get(audit.grade_code or "", ""), audit.strengths, audit.safety_action),
        words,
        frozenset(Column),
    )
