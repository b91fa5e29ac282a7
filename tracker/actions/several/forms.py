"""What we ask when several things change together."""

from collections.abc import Sequence

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions.several.rules import LABELS, Change
from tracker.people.models import Membership
from tracker.web.fields import ChoiceField, DayField, Form, NumberField, PersonField, TextAreaField

REASON = [
    DataRequired("Give the reason, once for all of them"),
    Length(max=1000, message="Use 1,000 characters or fewer"),
]


class SeveralForm(Form):
    change = ChoiceField("What changes?", Change, [InputRequired("Say what changes")], labels=LABELS)
    lead = PersonField("New lead", blank="Choose a colleague", hint="Only for another lead.")
    to = DayField("New due date, the same for all", hint="Only for due dates. Or leave it empty and say how many days:")
    days = NumberField("Or move each by so many days", suffix="days", whole=True, hint="14 is two weeks later.")
    reason = TextAreaField("Reason", REASON, rows=2)

    def offer(self, colleagues: Sequence[Membership]) -> None:
        self.lead.offer((colleague.person_id, colleague.person.name) for colleague in colleagues)


class HandOverForm(Form):
    leaver = PersonField("Whose work?", [InputRequired("Choose whose work it is")], blank="Choose a colleague")
    to = PersonField("Who takes it over?", [InputRequired("Choose who takes it over")], blank="Choose a colleague")
    reason = TextAreaField("Reason", REASON, rows=2)

    def offer(self, colleagues: Sequence[Membership]) -> None:
        for field in (self.leaver, self.to):
            field.offer((colleague.person_id, colleague.person.name) for colleague in colleagues)
