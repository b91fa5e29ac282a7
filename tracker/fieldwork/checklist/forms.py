from wtforms.validators import InputRequired, Length

from tracker.web.fields import DayField, HiddenVersionField, PersonField, TextField
from tracker.web.form import Form

LONGEST = 200


class DocumentForm(Form):
    version = HiddenVersionField()
    name = TextField("What it is", [InputRequired("Say what it is"), Length(max=LONGEST)])
    due_on = DayField("Due", [InputRequired("Enter the day on which it is due")])
    owner = PersonField("Who has it", blank="Nobody yet")
    note = TextField(
        "Where it is, or what is missing", [Length(max=LONGEST)],
        hint="Lists of children are never kept here: say only where they are and whether they are ready.",
    )  # fmt: skip
