from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from tracker.people.passkeys.rules import LONGEST_ANSWER
from tracker.web.fields import TextField
from tracker.web.form import Form

NAME = "Of the device, or of the password manager that keeps it: My work laptop"
NOTHING = "Your browser sent no passkey. Try again, or sign in with your password."


class PasskeyNameForm(Form):
    name = TextField("Name", [InputRequired("Give the passkey a name"), Length(max=60)], hint=NAME, autocomplete="off")


class AddPasskeyForm(PasskeyNameForm):
    credential = HiddenField()


class PasskeyForm(Form):
    credential = HiddenField(validators=[InputRequired(NOTHING), Length(max=LONGEST_ANSWER, message=NOTHING)])
