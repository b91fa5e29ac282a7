from wtforms.validators import DataRequired, Length

from tracker.audits.rules import LONGEST_TEXT
from tracker.web.fields import Form, HiddenVersionField, TextAreaField


class AnswerForm(Form):
    version = HiddenVersionField()
    said = TextAreaField(
        "What have you done?",
        [
            DataRequired("Say what you have done, and who else knows"),
            Length(max=LONGEST_TEXT, message=f"Use at most {LONGEST_TEXT:,} characters"),
        ],
        hint="And who else knows. Never a name, date of birth, NHS number or UPN.",
    )
