"""Which questions of a domain a case leads to, and what may be answered. Rules are data: words compared with words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.audits.schema import AnswerKind, Domain, Question, Tool
from tracker.platform.lists import listed

LONGEST_NOTE = 5_000
"""Characters of a note, or of an answer in words. Our choice: two pages, as for what was seen."""

MUST_BE_ANSWERED = "Must be answered."


@dataclass(frozen=True)
class Answered:
    """An answer to one question: one of its codes, or none where it is answered in words; and a note."""

    answer: str = ""
    note: str = ""

    @property
    def is_in(self) -> bool:
        return bool(self.answer or self.note)


NOT_ANSWERED = Answered()


def weighted(tool: Tool, grades: Mapping[str, str]) -> str:
    """The weighted profile in words: of the weight of graded domains, how much is good or better.

    Shown beside the grades and never instead of one; empty where the tool weighs nothing or nothing weighed is graded.
    """
    weights = {domain.code: domain.weight for domain in tool.domains if domain.weight and domain.code in grades}
    if not weights or not tool.gives_grades:
        return ""
    good = sum(weight for code, weight in weights.items() if tool.is_good(grades[code]))
    return f"By weight, {good} of {sum(weights.values())} {tool.good_words}"


def asked(domain: Domain, given: Mapping[str, Answered], *, age: str, legal_status: str) -> tuple[Question, ...]:
    """The questions of a domain that this case leads to, by its facts and the answers so far."""
    answers = {code: answered.answer for code, answered in given.items()}
    questions = domain.asked(age=age, legal_status=legal_status)
    return tuple(question for question in questions if question.applies.follows_from(answers))


def why_not_answer(tool: Tool, question: Question, answered: Answered) -> str | None:
    """Why a question cannot be answered this way, or None."""
    words = tool.answers(question)
    if answered.answer and answered.answer not in words:
        return f"Choose one of the answers to “{question.text}”"
    if len(answered.note) > LONGEST_NOTE:
        return f"The note to “{question.text}” is too long. Use at most {LONGEST_NOTE:,} characters."
    return None


def leads_on(tool: Tool, domain: Domain, question: Question) -> str:
    """When a question is asked, as a hint under it: "Only where “Was an interpreter needed?” is answered Yes."."""
    earlier = {one.code: one for one in domain.questions}
    parts = [_answered_so(tool, earlier[code], wanted) for code, wanted in question.applies.answers.items()]
    return f"Only where {listed(parts)}." if parts else ""


def _answered_so(tool: Tool, question: Question, wanted: Sequence[str]) -> str:
    words = tool.answers(question)
    return f"“{question.text}” is answered {listed([words.get(code, code) for code in wanted], 'or')}"


def why_not_asked(tool: Tool, domain: Domain, question: Question) -> str:
    """Said where somebody answered a question that her other answers do not lead to."""
    when = leads_on(tool, domain, question) or "Only asked for other ages or legal statuses."
    return f"“{question.text}” does not follow from the answers. {when} Clear its answer, or change the other."


def unanswered(domain: Domain, given: Mapping[str, Answered], *, age: str, legal_status: str) -> list[Question]:
    """Questions that must be answered and are not yet."""
    waiting = [one for one in asked(domain, given, age=age, legal_status=legal_status) if one.required]
    return [one for one in waiting if not _is_answered(one, given.get(one.code, NOT_ANSWERED))]


def look_for(question: Question) -> str:
    """What stands under a question: whether it must be answered, and what to look for."""
    return " ".join(filter(None, [MUST_BE_ANSWERED if question.required else "", question.guidance]))


def _is_answered(question: Question, answered: Answered) -> bool:
    return bool(answered.note.strip()) if question.answer is AnswerKind.TEXT else bool(answered.answer)
