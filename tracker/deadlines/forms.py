from wtforms.validators import InputRequired, Length

from tracker.web.fields import DateField, Form, HiddenVersionField, PersonField, TextAreaField, TextField

LONGEST = 500


class ReceiptForm(Form):
    received_on = DateField(
        "Day on which the final report was received",
        [InputRequired("Enter the day on which the report was received")],
        hint="The day it reached the council, which is not counted. For example, 17 6 2026",
    )
    reason = TextAreaField(
        "Why the day is corrected",
        [Length(max=LONGEST, message=f"Use {LONGEST} letters or fewer")],
        hint="Only for a correction. The history keeps it.",
        rows=2,
    )


class LeadForm(Form):
    version = HiddenVersionField()
    lead = PersonField("Who sees to it", blank="The directors")


class DoneForm(Form):
    version = HiddenVersionField()
    done_on = DateField("Day on which it was done", [InputRequired("Enter the day on which it was done")])
    sent_to = TextField(
        "Sent to, or published at",
        [InputRequired("Say whom it was sent to, or where it was published"), Length(max=LONGEST)],
        hint="For example, the Secretary of State and HM Chief Inspector",
    )


class NotRequiredForm(Form):
    version = HiddenVersionField()
    because = TextAreaField(
        "Why it is not required", [InputRequired("Say why it is not required"), Length(max=LONGEST)], rows=2
    )


class TakeBackForm(Form):
    version = HiddenVersionField()
    reason = TextAreaField(
        "Why it is taken back", [InputRequired("Say why it is taken back"), Length(max=LONGEST)], rows=2
    )
