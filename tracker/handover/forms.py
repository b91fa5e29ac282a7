"""What we ask about requests and handing over."""

from datetime import datetime

from wtforms.validators import InputRequired, Length

from tracker.evidence.forms import OneFileForm
from tracker.evidence.rules import Marking
from tracker.fieldwork.forms import TimeField, moment
from tracker.handover import rules
from tracker.handover.models import InspectorRequest
from tracker.handover.rules import Sort
from tracker.platform import clock
from tracker.web.fields import (
    CheckboxesField,
    ChoiceField,
    DayField,
    Form,
    HiddenVersionField,
    PersonField,
    SelectField,
    TextAreaField,
    TextField,
)

LONGEST = 4000
SORT_HINTS = {
    Sort.DOCUMENT_LIST: "A list of documents that inspectors ask for at the beginning.",
    Sort.REQUEST: "Anything that an inspector asks for.",
}


class RequestForm(Form):
    version = HiddenVersionField()
    sort = ChoiceField("What is it?", Sort, [InputRequired("Choose what it is")], hints=SORT_HINTS)
    words = TextAreaField(
        "In the inspector’s words",
        [InputRequired("Enter what was asked for"), Length(max=LONGEST, message=f"Use {LONGEST} letters or fewer")],
        hint="Exactly as it was asked. No name of a child.",
        rows=4,
    )
    asked_by = TextField("Asked by", [InputRequired("Say who asked"), Length(max=120)], hint="The inspector’s name.")
    asked_on = DayField("Day on which it was asked", [InputRequired("Enter the day on which it was asked")])
    asked_at = TimeField("Time", [InputRequired("Enter the time at which it was asked")], hint="24 hours, such as 9:40")
    due_on = DayField("Day by which it is due", hint="Leave both empty where no time was given.")
    due_at = TimeField("Time by which it is due", hint="24 hours, such as 17:00")
    owner = PersonField("Who sees to it", blank="Nobody yet")
    documents = CheckboxesField(
        "Documents of the checklist that it asks for",
        hint="Each is asked for by one request. Whoever hands over says which of them are ready by it.",
    )

    @property
    def asked(self) -> datetime:
        return moment(self.asked_on.data, self.asked_at.at)

    @property
    def due(self) -> datetime | None:
        return moment(self.due_on.data, self.due_at.at) if self.due_on.data and self.due_at.at else None

    @property
    def half_due(self) -> bool:
        """A day without a time, or a time without a day."""
        return bool(self.due_on.data) != bool(self.due_at.at)

    @classmethod
    def of(cls, request: InspectorRequest) -> "RequestForm":
        asked, due = _in_england(request.asked_at), request.due_at and _in_england(request.due_at)
        return cls(
            version=request.version, sort=request.sort, words=request.words, asked_by=request.asked_by,
            asked_on=asked.date(), asked_at=asked.time(), due_on=due and due.date(), due_at=due and due.time(),
            owner=request.owner_id, documents=[str(one.document_id) for one in request.asks_for],
        )  # fmt: skip


def _in_england(at: datetime) -> datetime:
    return at.astimezone(clock.LONDON)


class ChooseForm(Form):
    reference = TextField(
        "Evidence or pack", [InputRequired("Give the reference, such as E-12 or P-3")], width=10,
        hint="Its reference, such as E-12 or P-3. Its file is frozen as it is now.",
    )  # fmt: skip


class AddFileForm(OneFileForm):
    """A file that is no evidence and no pack."""

    title = TextField("What it is", [InputRequired("Say what the file is"), Length(max=200)])
    marking = ChoiceField("Security marking", Marking, [InputRequired("Choose a marking")], inline=True)


class HandOverForm(Form):
    version = HiddenVersionField()
    answer = TextAreaField(
        "Answer in words",
        [Length(max=LONGEST, message=f"Use {LONGEST} letters or fewer")],
        hint="Inspectors read it beside the files. It may be left empty.",
        rows=4,
    )
    answers = CheckboxesField(
        "Documents of the checklist that this answers",
        hint="They are ready on the checklist from then on. Those without a tick go on waiting.",
    )
    to = TextField("Handed over to", [InputRequired("Say to whom"), Length(max=120)], hint="The inspector’s name.")

    @classmethod
    def of(cls, request: InspectorRequest) -> "HandOverForm":
        """As it is shown first: ticked is the one document that was asked for, or what a chosen file plainly is."""
        titles = [one.title for one in request.chosen]
        plain = [
            str(one.id) for one in request.awaited if len(request.asks_for) == 1 or rules.is_plain(one.name, titles)
        ]
        return cls(formdata=None, version=request.version, to=request.asked_by, answers=plain)


class WithdrawForm(Form):
    version = HiddenVersionField()
    because = TextAreaField(
        "Why is it no longer asked for?", [InputRequired("Say why it is no longer asked for"), Length(max=500)], rows=2
    )
    replaced_by = SelectField("The request that took its place", blank="None", coerce=int)


class TakeBackForm(Form):
    because = TextAreaField(
        "Why is it taken back?", [InputRequired("Say why it is taken back"), Length(max=500)], rows=2
    )
