from collections.abc import Sequence
from uuid import UUID

from wtforms.validators import InputRequired, Length, Optional

from tracker.inspections.models import Inspection
from tracker.web.fields import (
    DayField,
    HiddenVersionField,
    RadiosField,
    ReferenceField,
    TextAreaField,
    TextField,
)
from tracker.web.form import Form

LONGEST = 2000


class DraftForm(Form):
    version = HiddenVersionField()
    received_on = DayField("Day on which the draft report came", [InputRequired("Enter the day on which it came")])
    due_on = DayField(
        "Comments are due by", [InputRequired("Enter the day by which comments are due")],
        hint="As the letter with the draft says.",
    )  # fmt: skip


class CommentForm(Form):
    version = HiddenVersionField()
    place = TextField("Where it stands", [Length(max=200)], hint="For example, paragraph 12.", width=20)
    passage = TextAreaField(
        "The passage, as printed", [InputRequired("Copy the passage as it is printed"), Length(max=LONGEST)]
    )
    inaccurate = TextAreaField(
        "What is inaccurate", [InputRequired("Say what is inaccurate"), Length(max=LONGEST)],
        hint="A fact that is wrong, not a judgement that you would have made otherwise.",
    )  # fmt: skip
    proposed = TextAreaField("How it could read", [Length(max=LONGEST)], rows=2)
    evidence = ReferenceField("Evidence that shows it", [Optional()], prefix="E", hint="Such as E-9, if it is here.")
    proof = TextField("What shows it, in words", [Length(max=500)])


class AnswerForm(Form):
    version = HiddenVersionField()
    answer = TextAreaField(
        "What the inspectors made of it", [InputRequired("Say what they made of it"), Length(max=LONGEST)], rows=2
    )


class SentForm(Form):
    version = HiddenVersionField()
    sent_on = DayField("Day on which they were sent", [InputRequired("Enter the day on which they were sent")])
    sent_to = TextField("Sent to", [InputRequired("Say whom they were sent to"), Length(max=200)])


class ReportForm(Form):
    version = HiddenVersionField()
    report = RadiosField("The report", [InputRequired("Choose the report")], coerce=UUID)

    def offer(self, reports: Sequence[Inspection]) -> None:
        self.report.offer([(one.id, f"{one.reference} {one.title}, {one.dates_as_printed}") for one in reports])
