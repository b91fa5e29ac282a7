from wtforms.validators import EqualTo, InputRequired, Length

from tracker.web.fields import EmailField, PasswordField
from tracker.web.form import Form

HINT = "At least 12 characters. Three random words are enough; a password manager may choose it, and pasting works."


class ForgottenForm(Form):
    email = EmailField("E-mail address", [InputRequired("Enter your e-mail address"), Length(max=254)])


class ResetForm(Form):
    new = PasswordField("New password", [InputRequired("Enter a new password")], hint=HINT, autocomplete="new-password")
    again = PasswordField(
        "New password again",
        [InputRequired("Enter the new password again"), EqualTo("new", "The two new passwords differ")],
        autocomplete="new-password",
    )


class ChangeForm(ResetForm):
    old = PasswordField("Old password", [InputRequired("Enter your old password"), Length(max=1000)])
