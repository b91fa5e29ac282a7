from wtforms.validators import InputRequired, Length

from tracker.web.fields import Form, ReferenceField, TextAreaField


class AttachForm(Form):
    """Evidence that is there already, by its reference."""

    evidence = ReferenceField(
        "Evidence", [InputRequired("Enter the reference of the evidence")], prefix="E", hint="Such as E-231."
    )
    shows_there = TextAreaField(
        "What does it show about this finding?",
        [
            InputRequired("Say what it shows about this finding"),
            Length(max=1000, message="Use 1,000 characters or fewer"),
        ],
        rows=2,
    )
