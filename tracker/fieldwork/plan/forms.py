from dataclasses import replace
from decimal import Decimal

from wtforms.validators import InputRequired, Length, NumberRange

from tracker.fieldwork.forms import TimeField, lasts
from tracker.fieldwork.plan.rules import MEETING_NAMES, Line, LineSort, MeetingKind
from tracker.fieldwork.rules import EVERY_NAMES, RUNS_FROM_NAMES, Every, RunsFrom
from tracker.web.fields import ChoiceField, HiddenVersionField, NumberField, PersonField, SelectField, TextField
from tracker.web.form import Form

LONGEST = 200
MOST_DAYS = 60


class DocumentLineForm(Form):
    version = HiddenVersionField()
    name = TextField("What it is called", [InputRequired("Say what it is called"), Length(max=LONGEST)])
    working_days = NumberField(
        "Working days",
        [
            InputRequired("Enter a number of working days; 0 is the day itself"),
            NumberRange(-MOST_DAYS, MOST_DAYS, f"Enter a number from -{MOST_DAYS} to {MOST_DAYS}"),
        ],
        hint="After the day below; 0 is that day itself, and -1 the working day before it.",
        whole=True,
    )
    runs_from = ChoiceField(
        "Counted from", RunsFrom, [InputRequired("Choose from which day it is counted")], labels=RUNS_FROM_NAMES
    )
    owner = PersonField("Who has it", blank="Whoever alone has its usual role, or nobody yet")

    def line(self, before: Line | None = None) -> Line:
        """As the form says it; the code and the usual role stay."""
        return Line(
            sort=LineSort.DOCUMENT,
            code=before.code if before else "",
            role=before.role if before else "",
            name=self.name.data or "",
            runs_from=self.runs_from.data or RunsFrom.CALL,
            working_days=int(self.working_days.data or Decimal()),
            owner=self.owner.data,
        )


class MeetingLineForm(DocumentLineForm):
    kind = ChoiceField("Kind", MeetingKind, [InputRequired("Choose the kind")], labels=MEETING_NAMES)
    every = ChoiceField("How often", Every, [InputRequired("Choose how often")], labels=EVERY_NAMES)
    starts_at = TimeField("Begins at", [InputRequired("Enter when it begins")], hint="24 hours, for example 9:30")
    minutes = lasts()
    about = SelectField(
        "What it is about", blank="No one area or theme", hint="What to read before it is suggested by it."
    )

    def line(self, before: Line | None = None) -> Line:
        at = self.starts_at.at
        return replace(
            super().line(before),
            sort=LineSort.MEETING,
            kind=self.kind.data or MeetingKind.OTHER,
            every=self.every.data or Every.ONCE,
            starts_at=f"{at:%H:%M}" if at else "",
            minutes=int(self.minutes.data or Decimal()),
            about=self.about.data or "",
        )
