"""What we ask about surveys."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.frameworks.schema import Framework
from tracker.improvements.models import ImprovementItem
from tracker.indicators.surveys.commands import Described, WaveSaid
from tracker.indicators.surveys.models import Question, Survey, Wave
from tracker.indicators.surveys.rules import Asked, FindingKind
from tracker.people.models import Membership
from tracker.web.fields import (
    CheckboxesField,
    CheckboxField,
    ChoiceField,
    DayField,
    FileField,
    Form,
    HiddenVersionField,
    NumberField,
    PastedCellsField,
    PersonField,
    SelectField,
    TextAreaField,
    TextField,
)


def _within(most: int) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


class SurveyForm(Form):
    version = HiddenVersionField()
    name = TextField("Name", [DataRequired("Enter a name"), _within(120)], hint="Such as: What care leavers tell us")
    asked = ChoiceField("Who is asked?", Asked, [InputRequired("Say who is asked")])
    about = TextAreaField("What does it want to know?", [_within(500)], hint="In a sentence.", rows=2)
    said_by = TextField("Who runs it?", [_within(120)], hint="A team or an organisation, not a person.")
    area = SelectField("Judgement area", [InputRequired("Choose a judgement area")], blank="Choose an area")
    theme = SelectField("Theme", blank="No theme")
    scheme = TextField(
        "Which accreditation or self-assessment scheme does it belong to, if any?",
        [_within(120)],
        hint="Such as: race equality awareness scheme. Its strengths and areas for development stand on its page.",
    )
    level = TextField("What did the scheme give?", [_within(60)], hint="As it is called there. Such as: bronze")
    accredited_on = DayField("Accredited on", hint="Such as 14 March 2026")
    ends_on = DayField("Accreditation ends on")

    def offer(self, framework: Framework) -> None:
        self.area.offer((area.code, area.short_name) for area in framework.judged_areas)
        self.theme.offer(
            {
                area.short_name: [(theme.code, f"{theme.code} {theme.name}") for theme in area.themes]
                for area in framework.judged_areas
                if area.themes
            }
        )

    def start_with(self, survey: Survey) -> None:
        for name in ("version", "name", "asked", "about", "said_by", "scheme", "level", "accredited_on", "ends_on"):
            self[name].data = getattr(survey, name)
        self.area.data, self.theme.data = survey.area_code, survey.theme_code

    def says(self) -> Described:
        texts = {name: self[name].data or "" for name in ("name", "about", "said_by", "scheme", "level")}
        return Described(
            **texts,
            asked=self.asked.data,
            area_code=self.area.data,
            theme_code=self.theme.data,
            accredited_on=self.accredited_on.data,
            ends_on=self.ends_on.data,
        )


class WaveForm(Form):
    version = HiddenVersionField()
    first_day = DayField("First day", [InputRequired("Enter its first day")], hint="Such as 1 October 2026")
    last_day = DayField("Last day", [InputRequired("Enter its last day")])
    invited = NumberField("How many were asked?", [InputRequired("Say how many were asked")], whole=True)
    answered = NumberField("How many of them answered?", [InputRequired("Say how many answered")], whole=True)
    origin = TextField("Where do the counts come from?", [_within(200)], hint="The report or the survey tool.")

    def start_with(self, wave: Wave) -> None:
        for name in ("version", "first_day", "last_day", "invited", "answered", "origin"):
            self[name].data = getattr(wave, name)

    def says(self) -> WaveSaid:
        return WaveSaid(
            first_day=self.first_day.data,  # type: ignore[arg-type]  # required by the form
            last_day=self.last_day.data,  # type: ignore[arg-type]  # required by the form
            invited=int(self.invited.data or 0),
            answered=int(self.answered.data or 0),
            origin=self.origin.data or "",
        )


class QuestionForm(Form):
    text = TextField("Question", [DataRequired("Enter the question"), _within(500)], hint="As it was asked.")
    options = TextAreaField(
        "The answers it offers",
        [DataRequired("Enter the answers"), _within(1000)],
        hint="One to a line, in the order of the scale.",
        rows=6,
    )


class FavourableForm(Form):
    version = HiddenVersionField()
    favourable = CheckboxesField("Which answers are favourable?", coerce=int)
    measure = CheckboxField("Count their share as a measure")
    short_name = TextField("Short name of the measure", [_within(40)], hint="Such as: feel safe at home")

    def fit(self, question: Question) -> None:
        self.favourable.offer((place, option) for place, option in enumerate(question.options))


class AnswersForm(Form):
    """How many chose each answer: a box for each, by question; ``answers_form`` makes it."""

    reason = TextAreaField(
        "Why do they change?", [_within(1000)], hint="Only if answers of this wave are recorded already.", rows=2
    )

    def boxes(self, question: Question) -> Sequence[Any]:
        return [self[_box(question, place)] for place in range(len(question.options))]

    def counts(self, questions: Iterable[Question]) -> Mapping[UUID, Sequence[int]]:
        """Of the questions in which something was typed; an empty box beside a number is 0."""
        typed = {one.id: [box.data for box in self.boxes(one)] for one in questions}
        return {
            key: [int(number or 0) for number in numbers]
            for key, numbers in typed.items()
            if any(number is not None for number in numbers)
        }


def answers_form(questions: Sequence[Question], wave: Wave) -> AnswersForm:
    """A box for each answer of each question, with what is recorded."""
    there = {one.question_id: one.counts for one in wave.answers}
    boxes = {
        _box(question, place): NumberField(option, whole=True, called=f"“{option}” of question {question.position}")
        for question in questions
        for place, option in enumerate(question.options)
    }
    recorded = {
        _box(question, place): count for question in questions for place, count in enumerate(there.get(question.id, ()))
    }
    made: AnswersForm = type("AnswersForm", (AnswersForm,), boxes)(data=recorded)
    return made


def _box(question: Question, place: int) -> str:
    return f"q{question.position}_{place}"


class BringForm(Form):
    file = FileField(
        "A table of counts, as an Excel file (.xlsx) or .csv",
        hint="A row for each question. The first row names the answers: Question, Strongly agree, Agree, Disagree.",
        accept=".xlsx,.xlsm,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv",
    )
    table = PastedCellsField(
        "Or paste its cells, with their headings",
        hint="Only counts: never a row for each person who answered.",
    )


class ApplyForm(Form):
    reason = TextAreaField(
        "Why do recorded answers change?", [_within(1000)], hint="Only if some of these are recorded already.", rows=2
    )


class FindingForm(Form):
    kind = ChoiceField("What is it?", FindingKind, [InputRequired("Say what it is")], inline=True)
    text = TextAreaField("What was found?", [DataRequired("Say what was found"), _within(1000)], rows=3)


class ActionForm(Form):
    item = SelectField(
        "For which improvement item?", [InputRequired("Choose an item")], blank="Choose an item", coerce=int
    )
    title = TextField("What will be done?", [DataRequired("Say what will be done"), _within(200)])
    lead = PersonField("Who leads it?", [InputRequired("Choose who leads it")])
    due_on = DayField("Due", [InputRequired("Enter its day")], hint="Such as 31 March 2027")

    def offer(self, items: Iterable[ImprovementItem], colleagues: Iterable[Membership]) -> None:
        self.item.offer((item.number, f"{item.reference} {item.title}") for item in items)
        self.lead.offer((one.person_id, one.person.name) for one in colleagues)
