from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wtforms.validators import InputRequired, Length

from tracker.fieldwork.asked import person
from tracker.fieldwork.forms import by_area
from tracker.fieldwork.notes.commands import Said
from tracker.fieldwork.notes.rules import LONGEST, NOTE_HINTS, NOTE_NAMES, NoteKind
from tracker.fieldwork.timetable.models import Meeting
from tracker.frameworks.schema import Area
from tracker.web.fields import (
    ChoiceField,
    DayField,
    HiddenVersionField,
    PersonField,
    ReferenceField,
    SelectField,
    TextAreaField,
)
from tracker.web.form import Form


class NoteForm(Form):
    version = HiddenVersionField()
    kind = ChoiceField(
        "What it is", NoteKind, [InputRequired("Choose what it is")], labels=NOTE_NAMES, hints=NOTE_HINTS
    )
    text = TextAreaField(
        "What was said or asked",
        [InputRequired("Write down what was said"), Length(max=LONGEST)],
        hint="As near to the words as you have them. Never a child by name, and no grade.",
        rows=4,
    )
    place = SelectField(
        "Area or theme", [InputRequired("Choose an area or a theme")], blank="Choose an area or a theme"
    )
    said_on = DayField("Day", [InputRequired("Enter the day on which it was said")])
    meeting = SelectField("Meeting", blank="In no meeting of the timetable", coerce=UUID)
    owner = PersonField("Who finds the answer", blank="Nobody yet")

    def offer(self, areas: Sequence[Area], meetings: Sequence[Meeting], staff: Sequence[tuple[UUID, str]]) -> None:
        self.place.offer(by_area(areas))
        self.meeting.offer([(one.id, f"{one.day:%-d %B}, {one.begins:%-H:%M}: {one.name}") for one in meetings])
        self.owner.offer(staff)

    def said(self, meeting: Meeting | None) -> Said:
        """Of a form that validated."""
        area, _, theme = (self.place.data or "").partition("/")
        return Said(
            kind=self.kind.data or NoteKind.LINE_OF_ENQUIRY,
            text=self.text.data or "",
            area_code=area,
            theme_code=theme or None,
            said_on=self.said_on.data or date.min,
            meeting=meeting,
            owner=person(self.owner.data),
        )


class SettleForm(Form):
    version = HiddenVersionField()
    outcome = TextAreaField(
        "What became of it",
        [InputRequired("Say what became of it"), Length(max=LONGEST)],
        hint="For example: answered with E-12 at the keep-in-touch meeting of 5 May.",
        rows=2,
    )


class OfferForm(Form):
    version = HiddenVersionField()
    evidence = ReferenceField(
        "Evidence to offer", [InputRequired("Enter a reference such as E-9")], prefix="E", hint="Such as E-9."
    )
