"""What we ask about improvement items, about what they are mapped to, and about where we think we are."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from tracker.frameworks.schema import Area, Framework, NationalReference
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Decision, Source
from tracker.inspections.models import Paragraph
from tracker.people.models import Membership, Person
from tracker.web.fields import (
    ChoiceField,
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

Colleagues = Sequence[Membership]


def _at_most(most: int = LONGEST) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


def _offer(fields: Iterable[PersonField], colleagues: Colleagues) -> None:
    for field in fields:
        field.offer((colleague.person_id, colleague.person.name) for colleague in colleagues)


class ItemForm(Form):
    """An item that no report lists."""

    wording = TextAreaField(
        "What needs to improve?",
        [DataRequired("Say what needs to improve"), _at_most()],
        hint="In the words of whoever found it. Never a child’s name.",
    )
    title = TextField("Short title, for lists", [DataRequired("Give it a short title"), _at_most(LONGEST_TITLE)])
    source = ChoiceField("Where it comes from", Source, [InputRequired("Choose where it comes from")])
    raised_on = DayField("When it was raised", [InputRequired("Enter the day it was raised")])
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
    together_with = TextField("Who took part, besides you", [_at_most(300)])


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
