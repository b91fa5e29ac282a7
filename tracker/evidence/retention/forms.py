from wtforms.validators import InputRequired, Length

from tracker.evidence.by_kind import by_kind
from tracker.web.fields import DayField, Form, HiddenVersionField, ReferenceField, TextAreaField

YearsForm = by_kind("years", "Where do these years come from?")


def _reason(label: str, needed: str, hint: str = "") -> TextAreaField:
    length = Length(max=1000, message="Use 1,000 characters or fewer")
    return TextAreaField(label, [InputRequired(needed), length], hint=hint, rows=2)


class HoldForm(Form):
    evidence = ReferenceField("Evidence", prefix="E", hint="Such as E-231. Leave it empty to hold everything here.")
    reason = _reason("Why must it be kept?", "Say why it must be kept", "An inquiry, a claim, a request.")


class LiftForm(Form):
    because = _reason("Why may the hold end?", "Say why it may end", "Who said so, and when.")


class KeepForm(Form):
    until = DayField(
        "Keep it until", [InputRequired("Enter the day until which it is kept")], hint="Such as 31 March 2030."
    )
    because = _reason("Why is it kept?", "Say why it is kept")


class SendBackForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then send it back")])
    because = _reason("What has to be looked at again?", "Say what has to be looked at again")
