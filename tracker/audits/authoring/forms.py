"""What is asked of somebody who writes an audit tool."""

import re
from collections.abc import Mapping, Sequence

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.audits.authoring.commands import Whole
from tracker.audits.authoring.rules import ANSWER_LABELS, SCALE_LABELS
from tracker.audits.facts import AGE_BANDS, LEGAL_STATUSES
from tracker.audits.schema import (
    AnswerKind,
    Applies,
    ClosesBy,
    Domain,
    Question,
    ReauditAfter,
    Scale,
    ScaleKind,
    Tool,
)
from tracker.frameworks.schema import Area, Grade
from tracker.platform.errors import Refused
from tracker.platform.lists import listed
from tracker.web.fields import (
    CheckboxesField,
    CheckboxField,
    ChoiceField,
    Form,
    HiddenVersionField,
    NumberField,
    TextAreaField,
    TextField,
)

_line = Length(max=300, message="Use at most 300 characters")
_lines = Length(max=2_000, message="Use at most 2,000 characters")
PLACEHOLDER = "part"
"""Code of a domain or question until a command gives it one of its own."""


class CopyForm(Form):
    name = TextField("Name of the copy", [DataRequired("Give the copy a name"), _line], width=30)


class DomainForm(Form):
    version = HiddenVersionField()
    name = TextField("Name", [DataRequired("Give the domain a name"), _line], width=30)
    short_name = TextField("Short name", [_line], hint="As a button says it. Empty: the name.", width=20)
    question = TextAreaField("What does it ask?", [DataRequired("Say what the domain asks"), _lines], rows=2)
    guidance = TextAreaField("Look for", [_lines], hint="What good looks like here; shown on request.")
    themes = TextField(
        "Themes", [_line], hint="Codes such as HP08, with commas between. Findings of this domain land on the first."
    )
    weight = NumberField(
        "Weight",
        whole=True,
        hint="1 to 10, for the weighted profile beside the grades. Empty: none. No grade is ever worked out from it.",
    )
    ages = CheckboxesField("Only for some ages", hint="None ticked: for every age.", inline=True)
    legal_statuses = CheckboxesField("Only for some legal statuses", hint="None ticked: for every one.", inline=True)

    def offer(self) -> None:
        _offer_facts(self)

    def start(self, domain: Domain) -> None:
        for name in ("name", "short_name", "question", "guidance", "weight"):
            self[name].data = getattr(domain, name)
        self.themes.data = ", ".join(domain.themes)
        self.ages.data, self.legal_statuses.data = list(domain.applies.ages), list(domain.applies.legal_statuses)

    @property
    def domain(self) -> Domain:
        """What was entered; its code is the command's business."""
        weight = self.weight.data
        if weight is not None and not 1 <= weight <= 10:
            raise Refused("A weight is a whole number from 1 to 10.")
        return Domain(
            code=PLACEHOLDER,
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            question=self.question.data or "",
            guidance=self.guidance.data or "",
            themes=tuple(re.findall(r"[^\s,;]+", (self.themes.data or "").upper())),
            weight=int(weight) if weight is not None else None,
            applies=Applies(ages=_chosen(self.ages), legal_statuses=_chosen(self.legal_statuses)),
        )


class QuestionForm(Form):
    version = HiddenVersionField()
    text = TextAreaField("Question", [DataRequired("Write the question"), _lines], rows=2)
    guidance = TextAreaField("Look for", [_lines], rows=2)
    answer = ChoiceField(
        "How is it answered?", AnswerKind, [InputRequired("Say how it is answered")], labels=ANSWER_LABELS
    )
    required = CheckboxField("An audit cannot be finished without it")
    ages = CheckboxesField("Only for some ages", hint="None ticked: for every age.", inline=True)
    legal_statuses = CheckboxesField("Only for some legal statuses", hint="None ticked: for every one.", inline=True)
    follows = CheckboxesField("Only after some answers", hint="None ticked: whatever was answered before.")

    def offer(self, tool: Tool, domain: Domain, question: Question | None) -> None:
        """Fill the choices; a question can follow from those that stand before it."""
        _offer_facts(self)
        place = domain.questions.index(question) if question else len(domain.questions)
        self.follows.offer(
            [
                (f"{one.code}={code}", f"“{one.text}” is answered {word}")
                for one in domain.questions[:place]
                for code, word in tool.answers(one).items()
            ]
        )

    def start(self, question: Question) -> None:
        for name in ("text", "guidance", "answer", "required"):
            self[name].data = getattr(question, name)
        applies = question.applies
        self.ages.data, self.legal_statuses.data = list(applies.ages), list(applies.legal_statuses)
        self.follows.data = [f"{code}={one}" for code, wanted in applies.answers.items() for one in wanted]

    @property
    def question(self) -> Question:
        answers: dict[str, tuple[str, ...]] = {}
        for chosen in self.follows.data or []:
            code, _, answer = chosen.partition("=")
            answers[code] = (*answers.get(code, ()), answer)
        return Question(
            code=PLACEHOLDER,
            text=" ".join((self.text.data or "").split()),
            guidance=self.guidance.data or "",
            answer=self.answer.data,
            required=bool(self.required.data),
            applies=Applies(ages=_chosen(self.ages), legal_statuses=_chosen(self.legal_statuses), answers=answers),
        )


class WholeForm(Form):
    """What a tool says beside its domains."""

    version = HiddenVersionField()
    name = TextField("Name", [DataRequired("Give the tool a name"), _line], width=30)
    short_name = TextField("Short name", [DataRequired("Give it a short name"), _line], hint="As lists say it.")
    areas = CheckboxesField("Judgement areas it is used in", [DataRequired("Choose at least one area")])
    scale = ChoiceField("Grades", ScaleKind, [InputRequired("Say how it grades")], labels=SCALE_LABELS)
    own_words = TextAreaField("Words of your own", [_line], hint="One to a line, the best first.")
    good_from = TextField("Good from which grade on?", [_line], hint="The word as the scale has it. No grade: empty.")
    grade_question = TextField(
        "How the grade is asked for", [DataRequired("Say how the grade is asked for"), _line], width=30
    )
    difference_question = TextField(
        "How the difference is asked for", [DataRequired("Say how the difference is asked for"), _line], width=30
    )
    closes_by = ChoiceField("A finding closes by", ClosesBy, [InputRequired("Say what closes a finding")], inline=True)
    safety = TextField(
        "Grades that ask what was done at once to make the child safe", [_line], hint="Words with commas between."
    )
    again_case = TextAreaField(
        "When is the case audited again?", [_line], rows=2, hint="One to a line: Inadequate: 2, for two months."
    )
    again_domain = TextAreaField("And for any one domain?", [_line], rows=2, hint="The same: Inadequate: 3.")

    def offer(self, areas: Sequence[Area]) -> None:
        self.areas.offer([(area.code, area.short_name) for area in areas])

    def start(self, tool: Tool) -> None:
        for name in ("name", "short_name", "grade_question", "difference_question", "closes_by"):
            self[name].data = getattr(tool, name)
        self.areas.data, self.scale.data = list(tool.areas), tool.scale.kind
        own = tool.scale.kind is ScaleKind.OWN
        self.own_words.data = "\n".join(grade.label for grade in tool.grades) if own else ""
        self.good_from.data = tool.grade(tool.scale.good_from).short_label if tool.gives_grades else ""
        self.safety.data = ", ".join(tool.grade(code).short_label for code in tool.safety_action_for)
        after = tool.reaudit_after_months
        self.again_case.data, self.again_domain.data = (
            _months_shown(tool, after.case),
            _months_shown(tool, after.domain),
        )

    def whole(self, of_framework: tuple[Grade, ...]) -> Whole:
        """What was entered. Raises Refused where it names a grade that the scale does not have."""
        scale = self._scale(of_framework)
        by_word = {grade.short_label.lower(): grade.code for grade in scale.worded(of_framework).grades}
        safety = [word.strip() for word in (self.safety.data or "").split(",") if word.strip()]
        return Whole(
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            areas=_chosen(self.areas),
            scale=scale,
            grade_question=self.grade_question.data or "",
            difference_question=self.difference_question.data or "",
            closes_by=self.closes_by.data,
            safety_action_for=tuple(_code(word, by_word) for word in safety),
            reaudit_after_months=ReauditAfter(
                case=_months(self.again_case.data, by_word), domain=_months(self.again_domain.data, by_word)
            ),
        )

    def _scale(self, of_framework: tuple[Grade, ...]) -> Scale:
        kind: ScaleKind = self.scale.data
        if kind is ScaleKind.NONE:
            return Scale(kind=kind)
        words = list(dict.fromkeys(line.strip() for line in (self.own_words.data or "").splitlines() if line.strip()))
        if kind is ScaleKind.OWN and len(words) < 2:
            raise Refused("Give at least two words of your own, one to a line, the best first.")
        own = _graded(words) if kind is ScaleKind.OWN else ()
        grades = Scale(kind=kind, grades=own, good_from=PLACEHOLDER).worded(of_framework).grades
        by_word = {grade.short_label.lower(): grade.code for grade in grades}
        if not self.good_from.data:
            offered = listed([grade.short_label for grade in grades], "or")
            raise Refused(f"Say from which grade on a case counts as good: {offered}.")
        return Scale(kind=kind, grades=own, good_from=_code(self.good_from.data or "", by_word))


def _graded(words: Sequence[str]) -> tuple[Grade, ...]:
    codes = [re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_") for word in words]
    if len(set(codes)) != len(codes) or "" in codes:
        raise Refused("Each of your words must differ from the others in its letters. Change one of them.")
    ranks = range(len(words), 0, -1)
    return tuple(
        Grade(code=code, label=word, short_label=word, rank=rank)
        for code, word, rank in zip(codes, words, ranks, strict=True)
    )


def _code(word: str, by_word: Mapping[str, str]) -> str:
    code = by_word.get(word.strip().lower())
    if code is None:
        raise Refused(
            f"“{word.strip()}” is no grade of this scale. It has {listed([one.capitalize() for one in by_word])}."
        )
    return code


def _months(text: str | None, by_word: Mapping[str, str]) -> Mapping[str, int]:
    months = {}
    for line in filter(None, (text or "").splitlines()):
        word, _, number = line.rpartition(":")
        if not number.strip().isdigit() or not 1 <= int(number) <= 60:
            raise Refused(f"“{line.strip()}” is not a grade and months. Write it as “Inadequate: 2”.")
        months[_code(word, by_word)] = int(number)
    return months


def _months_shown(tool: Tool, months: Mapping[str, int]) -> str:
    return "\n".join(f"{tool.grade(code).short_label}: {number}" for code, number in months.items())


def _offer_facts(form: DomainForm | QuestionForm) -> None:
    form.ages.offer([(word, word) for word in AGE_BANDS])
    form.legal_statuses.offer([(word, word) for word in LEGAL_STATUSES])


def _chosen(field: CheckboxesField) -> tuple[str, ...]:
    return tuple(field.data or ())
