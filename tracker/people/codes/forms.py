from wtforms.validators import InputRequired, Length

from tracker.web.fields import TextField
from tracker.web.form import Form

CODE = "The six digits that your app shows now"


class CodeForm(Form):
    code = TextField(
        "Code",
        [InputRequired("Enter the code that your app shows"), Length(max=20)],
        hint=CODE,
        width=10,
        autocomplete="one-time-code",
        guard=False,
    )


class RecoveryForm(Form):
    code = TextField(
        "Recovery code",
        [InputRequired("Enter one of your recovery codes"), Length(max=40)],
        hint="Twelve letters and digits, from the list that you printed. Each works once",
        width=20,
        autocomplete="off",
        guard=False,
    )
