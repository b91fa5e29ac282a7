from wtforms.validators import InputRequired, Length

from tracker.evidence.by_kind import by_kind
from tracker.web.fields import Form, HiddenVersionField, TextAreaField

DaysForm = by_kind("days", "Why do you change them?")


class LookAgainForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then say that you looked at it")])
    because = TextAreaField(
        "How do you know that it is still true?",
        [
            InputRequired("Say how you know that it is still true"),
            Length(max=1000, message="Use 1,000 characters or fewer"),
        ],
        hint="Such as: read it through with the practice lead, nothing has changed.",
        rows=2,
        guard=False,
    )
