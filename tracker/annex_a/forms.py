"""What we ask about the lists of children, and never the lists."""

from wtforms.validators import InputRequired, Length

from tracker.annex_a.rules import Band, Said
from tracker.web.fields import (
    ChoiceField,
    DayField,
    FileField,
    Form,
    HiddenVersionField,
    PersonField,
    SelectField,
    TextAreaField,
    TextField,
)

LONGEST = 1000
SAID_HINTS = {
    Said.NOT_TRIED: "Nobody has made this list for a test yet.",
    Said.NOT_READY: "It was tried, and something stands in the way. Say what below.",
    Said.READY: "It was tried and could be handed over.",
}


class ListForm(Form):
    version = HiddenVersionField()
    owner = PersonField("Who answers for it", blank="Nobody yet")
    said = ChoiceField("How does it stand?", Said, [InputRequired("Choose how the list stands")], hints=SAID_HINTS)
    tested_on = DayField("Last test run", hint="The day on which the list was last made. Such as 12 November 2026.")
    band = SelectField(
        "How many rows it had",
        hint="A band and never the number, so that nobody can be counted out.",
        blank="Not said",
        choices=[(band.value, band.value) for band in Band],
        coerce=Band,
    )
    known_faults = TextAreaField(
        "Known data faults",
        [Length(max=LONGEST, message=f"Use {LONGEST} letters or fewer")],
        hint="What is wrong or missing and who puts it right. No names, dates of birth or case numbers.",
        rows=4,
    )


class SummaryForm(Form):
    file = FileField(
        "Validator’s summary", [InputRequired("Choose the file with the summary")], accept=".csv,.json,.txt"
    )
    validator = TextField(
        "Which validator",
        [InputRequired("Say which validator it was"), Length(max=80, message="Use 80 letters or fewer")],
        hint="Its name and version, as your performance team calls it.",
    )
    validated_on = DayField("Day on which it ran", [InputRequired("Enter the day on which it ran")])
    of_list = SelectField(
        "The list it is about", hint="Only where the file does not say so itself.", blank="The file says which list"
    )
