"""Codes made from names, and what differs between two versions of a tool. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tracker.audits.schema import ANSWER_WORDS, AnswerKind, Applies, Domain, Question, ScaleKind, Tool
from tracker.platform.lists import listed

OWN = "own-"
"""How the id of an authority's own tool begins, so that it can never be one that a later release ships."""

ANSWER_LABELS: Mapping[AnswerKind, str] = {
    AnswerKind.GRADE: "A grade",
    AnswerKind.MET: "Met, partly met or not met",
    AnswerKind.YES_NO: "Yes, no or not applicable",
    AnswerKind.TEXT: "In words",
}
SCALE_LABELS: Mapping[ScaleKind, str] = {
    ScaleKind.FRAMEWORK: "The framework’s words",
    ScaleKind.SCALING: "0 to 10",
    ScaleKind.MET: "Met or not met",
    ScaleKind.OWN: "Words of your own",
    ScaleKind.NONE: "No grade",
}


def code_for(name: str, taken: Collection[str], *, joined: str = "_") -> str:
    """A code that is not taken yet, from a name. It stays when the name changes, so that figures run on.

    >>> code_for("Plan & review", ["plan_review"]), code_for("3 months on", [])
    ('plan_review_2', 'part_3_months_on')
    """
    words = re.findall(r"[a-z0-9]+", name.lower().replace("’", "").replace("'", ""))
    code = joined.join(words)[:50].strip(joined) or "part"
    code = code if code[0].isalpha() else f"part{joined}{code}"
    number, found = 1, code
    while found in taken:
        number += 1
        found = f"{code}{joined}{number}"
    return found


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently. Empty before: it is new; empty after: it was taken out."""

    where: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        if not self.before:
            return "Added"
        return "Changed" if self.after else "Taken out"


def differences(before: Tool, after: Tool) -> tuple[Difference, ...]:
    """What the later version says differently, in its own order; what was taken out comes last.

    Domains and questions are compared by code: one that was renamed is changed, not taken out and added.
    """
    old, new = dict(_said(before)), dict(_said(after))
    labels = _labels(before) | _labels(after)
    places = [place for place in new if old.get(place, "") != new[place]]
    places += [place for place, text in old.items() if text and place not in new]
    return tuple(Difference(labels[place], old.get(place, ""), new.get(place, "")) for place in places)


Place = tuple[str, ...]


def _said(tool: Tool) -> Iterator[tuple[Place, str]]:
    """Everything that a tool says, each with its place."""
    yield ("name",), tool.name
    yield ("short name",), tool.short_name
    yield ("areas",), ", ".join(tool.areas)
    yield ("scale",), scale_said(tool)
    yield ("grade question",), tool.grade_question
    yield ("difference question",), tool.difference_question
    yield ("closes by",), tool.closes_by.value
    yield ("safety",), listed([tool.grade(code).short_label for code in tool.safety_action_for])
    yield ("again, case",), months_said(tool, tool.reaudit_after_months.case)
    yield ("again, domain",), months_said(tool, tool.reaudit_after_months.domain)
    yield ("order",), ", ".join(domain.name for domain in tool.domains)
    for domain in tool.domains:
        yield from _of_domain(tool, domain)


def _of_domain(tool: Tool, domain: Domain) -> Iterator[tuple[Place, str]]:
    yield (domain.code, "name"), domain.name
    yield (domain.code, "question"), domain.question
    yield (domain.code, "guidance"), domain.guidance
    yield (domain.code, "themes"), ", ".join(domain.themes)
    yield (domain.code, "asked"), applies_said(domain.applies)
    yield (domain.code, "weight"), str(domain.weight or "")
    yield (domain.code, "order of questions"), " / ".join(one.text for one in domain.questions)
    for question in domain.questions:
        yield (domain.code, "questions", question.code), _question_said(tool, domain, question)


def _question_said(tool: Tool, domain: Domain, question: Question) -> str:
    parts = [question.text, question.guidance, f"Answer: {ANSWER_LABELS[question.answer].lower()}"]
    parts += ["Must be answered" if question.required else "", applies_said(question.applies, tool, domain)]
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts if part)


def _labels(tool: Tool) -> dict[Place, str]:
    labels: dict[Place, str] = {}
    for place, _ in _said(tool):
        if len(place) == 1:
            labels[place] = place[0].capitalize()
        else:
            domain = tool.domain(place[0])
            labels[place] = f"{domain.name}: {'a question' if place[1] == 'questions' else place[1]}"
    return labels


def scale_said(tool: Tool) -> str:
    """The scale in words: "Met or not met: Met and Not met. Counts as good: Met." """
    if not tool.gives_grades:
        return "No grade"
    words = listed([grade.short_label for grade in tool.grades])
    good = listed([grade.short_label for grade in tool.grades if tool.is_good(grade.code)])
    return f"{SCALE_LABELS[tool.scale.kind]}: {words}. Counts as good: {good}."


def months_said(tool: Tool, months: Mapping[str, int]) -> str:
    """ "Inadequate: 2 months; Requires improvement: 6 months" """
    return "; ".join(f"{tool.grade(code).short_label}: {number} months" for code, number in months.items())


def applies_said(applies: Applies, tool: Tool | None = None, domain: Domain | None = None) -> str:
    """For which cases something is asked, in words; empty where always."""
    parts = [f"age {listed(applies.ages, 'or')}"] if applies.ages else []
    parts += [f"legal status {listed(applies.legal_statuses, 'or')}"] if applies.legal_statuses else []
    for code, wanted in applies.answers.items():
        asked = next((one for one in (domain.questions if domain else ()) if one.code == code), None)
        words = (tool.answers(asked) if tool else ANSWER_WORDS[asked.answer]) if asked else {}
        said = listed([words.get(one, one) for one in wanted], "or")
        parts.append(f"“{asked.text if asked else code}” answered {said}")
    return f"Only for {listed(parts)}" if parts else ""
