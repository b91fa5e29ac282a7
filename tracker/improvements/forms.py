"""What we ask about improvement items, about what they are mapped to, and about where we think we are."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

import wtforms
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from tracker.frameworks.schema import Area, Framework, NationalReference
from tracker.improvements.models import Appraisal, ImprovementItem
from tracker.improvements.rules import Decision, Source
from tracker.improvements.sources.rules import LONGEST_LINK, QUESTIONS, Origin, Question, why_not_link
from tracker.inspections.models import Paragraph
from tracker.people.models import Membership, Person
from tracker.web.fields import (
    DayField,
    Form,
    HiddenVersionField,
    NumberField,
    PersonField,
    SelectField,
    TextAreaField,
    TextField,
)

LONGEST = 4000
"""Characters of an answer: two pages. Our choice."""
LONGEST_TITLE = 120
LONGEST_NAME = 300
IF_THERE = "(if there is one)"

Colleagues = Sequence[Membership]


def _at_most(most: int = LONGEST) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


def _offer(fields: Iterable[PersonField], colleagues: Colleagues) -> None:
    for field in fields:
        field.offer((colleague.person_id, colleague.person.name) for colleague in colleagues)


class SourceForm(Form):
    """Where an item was said, asked in the words of its kind of source."""

    document = TextField("Which document?", [_at_most(LONGEST_NAME)])
    dated = DayField("Date on it")
    place = TextField("On which page or in which paragraph?", [_at_most(LONGEST_NAME)])
    said_by = TextField("Who said it?", [_at_most(LONGEST_NAME)])
    url = TextField(
        "Link to it",
        [_at_most(LONGEST_LINK)],
        hint="Starting with https://, for people who may open it. We never open it ourselves.",
        guard=False,
    )

    def __init__(self, source: Source, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Ask what this kind of source needs, before anything is read: what is wrong is then said in the same words."""
        for part, question in QUESTIONS[self.source]:
            self._ask(self[part], question)
        self.url.label.text = f"{self.url.label.text} {IF_THERE}"
        super().process(*args, **kwargs)

    def _ask(self, field: wtforms.Field, question: Question) -> None:
        field.description = question.hint
        field.label.text = question.label if question.needed else f"{question.label} {IF_THERE}"
        if question.needed:
            field.validators = [InputRequired(question.needed), *field.validators]

    def validate_url(self, field: TextField) -> None:
        if why_not := why_not_link(field.data or ""):
            raise ValidationError(why_not)

    @property
    def origin(self) -> Origin:
        return Origin(
            document=self.document.data or "",
            dated=self.dated.data,
            place=self.place.data or "",
            said_by=self.said_by.data or "",
            url=self.url.data or "",
        )


class CorrectSourceForm(SourceForm):
    version = HiddenVersionField(validators=[InputRequired("Open the item again, then save")])


class ItemForm(SourceForm):
    """An item that no report lists."""

    wording = TextAreaField(
        "What needs to improve?",
        [DataRequired("Say what needs to improve"), _at_most()],
        hint="In the words of whoever found it. Never a child’s name.",
    )
    title = TextField("Short title, for lists", [DataRequired("Give it a short title"), _at_most(LONGEST_TITLE)])
    raised_on = DayField(
        "When did we take it into the plan?",
        [InputRequired("Enter the day on which we took it into the plan")],
        hint="Progress, audits and evidence count from this day.",
    )
    owner = PersonField("Owner, who sees that it improves", blank="Nobody yet")
    accountable = PersonField("Accountable, who answers for it", blank="Nobody yet")

    def offer(self, colleagues: Colleagues) -> None:
        _offer((self.owner, self.accountable), colleagues)


class EditForm(Form):
    """What may change of an item: never the inspectors' wording."""

    version = HiddenVersionField(validators=[InputRequired("Open the item again, then save")])
    title = TextField("Short title, for lists", [DataRequired("Give it a short title"), _at_most(LONGEST_TITLE)])
    owner = PersonField("Owner, who sees that it improves", blank="Nobody yet")
    accountable = PersonField("Accountable, who answers for it", blank="Nobody yet")

    def offer(self, colleagues: Colleagues) -> None:
        _offer((self.owner, self.accountable), colleagues)


class AppraiseForm(Form):
    worried_about = TextAreaField("What are we worried about?", [_at_most()], hint="One point a line.", rows=4)
    working_well = TextAreaField("What is working well?", [_at_most()], hint="One point a line.", rows=4)
    needs_to_happen = TextAreaField("What needs to happen?", [_at_most()], hint="One point a line.", rows=4)
    scale = NumberField(
        "Where are we now, from 0 to 10?",
        [InputRequired("Say where we are now, from 0 to 10"), NumberRange(0, 10, "Use a number from 0 to 10")],
        hint="0 is as bad as it could be for children; 10 is no concern.",
        whole=True,
        width=2,
    )
    aim = NumberField(
        "Where do we aim to be?",
        [InputRequired("Say where we aim to be, from 0 to 10"), NumberRange(0, 10, "Use a number from 0 to 10")],
        whole=True,
        width=2,
    )
    next_step = TextAreaField("What would make it one higher?", [_at_most()], rows=2)
    together_with = TextField(
        "Who took part this time, besides you",
        [_at_most(300)],
        hint="Colleagues and partners, by role or name. Never a child.",
    )

    @classmethod
    def after(cls, last: Appraisal | None) -> Self:
        """The form with what was said last time, but for where we are now and who took part: both are of today."""
        if last is None:
            return cls()
        form = cls(
            worried_about=last.worried_about,
            working_well=last.working_well,
            needs_to_happen=last.needs_to_happen,
            aim=Decimal(last.aim),
            next_step=last.next_step,
        )
        if last.together_with:
            form.together_with.description = f"{form.together_with.description} Last time: {last.together_with}."
        form.scale.description = f"{form.scale.description} On {last.on:%-d %B %Y} it was {last.scale}."
        return form


class MappingForm(Form):
    """What was not suggested, chosen by hand. Decisions on suggestions are read by ``decisions_in``."""

    area = SelectField("A judgement area", blank="None")
    theme = SelectField("A theme", blank="None")
    paragraph = SelectField("A paragraph of the report", blank="None", coerce=lambda value: UUID(str(value)))
    national = SelectField("A part of the national framework", blank="None")
    earlier = SelectField("An earlier item that says the same", blank="None", coerce=lambda value: UUID(str(value)))

    def offer(
        self,
        framework: Framework,
        national: Sequence[NationalReference],
        paragraphs: Sequence[Paragraph],
        earlier: Sequence[ImprovementItem],
    ) -> None:
        areas = [area for area in framework.judged_areas if area.graded]
        self.area.offer((area.code, area.short_name) for area in areas)
        self.theme.offer({area.short_name: _themes(area) for area in areas})
        self.paragraph.offer((paragraph.id, _named(paragraph)) for paragraph in paragraphs)
        self.national.offer((one.key, f"{one.kind.capitalize()} {one.number}: {one.name}") for one in national)
        self.earlier.offer((item.id, f"{item.reference} {item.title}") for item in earlier)


def _themes(area: Area) -> list[tuple[str, str]]:
    return [(theme.code, f"{theme.code} {theme.name}") for theme in area.themes]


def _named(paragraph: Paragraph) -> str:
    number = paragraph.printed_number or "–"
    return f"{number}. {paragraph.text[:70]}…"


def decisions_in(posted: Mapping[str, str]) -> dict[UUID, Decision]:
    """What was decided on each suggestion: fields named ``decision-<id>``. What makes no sense is left undecided."""
    found = {}
    for name, value in posted.items():
        if name.startswith("decision-") and value in set(Decision):
            try:
                found[UUID(name.removeprefix("decision-"))] = Decision(value)
            except ValueError:
                continue
    return found


class AreaOwnersForm(Form):
    """Who answers for each judgement area: one choice for each, made by ``for_areas``."""

    @classmethod
    def for_areas(cls, areas: Sequence[Area], colleagues: Colleagues, owners: Mapping[str, Person]) -> "AreaOwnersForm":
        fields = {f"area_{area.code}": PersonField(area.short_name, blank="Nobody yet") for area in areas}
        form: AreaOwnersForm = type("AreaOwnersForm", (cls,), fields)(
            data={f"area_{code}": person.id for code, person in owners.items()}
        )
        _offer((form[name] for name in fields), colleagues)
        return form

    def chosen(self, area: Area) -> UUID | None:
        person_id: UUID | None = self[f"area_{area.code}"].data
        return person_id
