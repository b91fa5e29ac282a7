from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from wtforms.validators import InputRequired, Length

from tracker.fieldwork.asked import person
from tracker.fieldwork.forms import TimeField, by_area, lasts
from tracker.fieldwork.plan.rules import MEETING_NAMES, MeetingKind
from tracker.fieldwork.timetable.commands import Said
from tracker.frameworks.schema import Area
from tracker.web.fields import (
    CheckboxesField,
    ChoiceField,
    DayField,
    HiddenVersionField,
    PersonField,
    SelectField,
    TextAreaField,
    TextField,
)
from tracker.web.form import Form

LONGEST = 200


class MeetingForm(Form):
    version = HiddenVersionField()
    name = TextField("What it is", [InputRequired("Say what it is"), Length(max=LONGEST)])
    kind = ChoiceField("Kind", MeetingKind, [InputRequired("Choose the kind")], labels=MEETING_NAMES, inline=True)
    day = DayField("Day", [InputRequired("Enter the day")])
    starts_at = TimeField("Begins at", [InputRequired("Enter when it begins")], hint="24 hours, for example 9:30")
    minutes = lasts()
    where_held = TextField("Where", [Length(max=LONGEST)], hint="A room, or that it is a video call.")
    about = SelectField("What it is about", blank="No one area or theme")
    owner = PersonField("Who sees to it", blank="Nobody yet")
    at_it = CheckboxesField("Who else of us is at it", inline=True)
    others = TextField(
        "Who else", [Length(max=LONGEST)],
        hint="Inspectors, partners, and colleagues who do not sign in here. Never a child or a parent by name.",
    )  # fmt: skip

    read = CheckboxesField("Read before it as well", hint="Suggested by what it is about and who is at it.")

    def offer(self, areas: Sequence[Area], staff: Sequence[tuple[UUID, str]]) -> None:
        self.about.offer(by_area(areas))
        self.owner.offer(staff)
        self.at_it.offer(staff)

    def offer_to_read(self, suggested: Mapping[str, tuple[str, str]]) -> None:
        """By how each is named, what it is and why."""
        self.read.offer(
            [(key, words) for key, (words, _) in suggested.items()],
            hints={key: why for key, (_, why) in suggested.items()},
        )

    @property
    def said(self) -> Said:
        """Of a form that validated."""
        there = [person(UUID(str(one))) for one in self.at_it.data or []]
        area, _, theme = (self.about.data or "").partition("/")
        return Said(
            name=self.name.data or "",
            kind=self.kind.data or MeetingKind.OTHER,
            day=self.day.data or date.min,
            starts_at=self.starts_at.at or time(),
            minutes=int(self.minutes.data or Decimal()),
            where_held=self.where_held.data or "",
            others=self.others.data or "",
            owner=person(self.owner.data),
            at_it=[one for one in there if one is not None],
            area_code=area or None,
            theme_code=theme or None,
        )


class CallOffForm(Form):
    version = HiddenVersionField()
    because = TextAreaField(
        "Why it is called off", [InputRequired("Say why it is called off"), Length(max=LONGEST)], rows=2
    )


class BriefForm(Form):
    version = HiddenVersionField()
    reference = TextField(
        "Something else",
        [InputRequired("Enter the reference of what is to be read")],
        hint="Its reference, such as P-3, E-12, I-4, A-10, F-2 or H-1.",
        width=10,
    )
