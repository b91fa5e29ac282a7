from collections.abc import Sequence
from uuid import UUID

from wtforms.validators import InputRequired, Length

from tracker.actions.models import GovernanceBoard
from tracker.boards.rules import Covers, Repeat
from tracker.web.fields import ChoiceField, DayField, HiddenVersionField, SelectField, TextAreaField
from tracker.web.form import Form


class AddDatesForm(Form):
    board = SelectField("Board", [InputRequired("Choose a board")], blank="Choose a board", coerce=UUID)
    first = DayField("First date", [InputRequired("Enter the first date")], hint="For example, 17 December 2026")
    repeat = ChoiceField("How it goes on", Repeat, [InputRequired("Choose how it goes on")])
    covers = ChoiceField("What its snapshots hold", Covers, [InputRequired("Choose what its snapshots hold")])

    def offer(self, boards: Sequence[GovernanceBoard]) -> None:
        self.board.offer([(board.id, board.name) for board in boards])


class TakeForm(Form):
    """Takes a snapshot: nothing is asked, but a refusal has a page to stand on."""


class ExpectInspectionForm(Form):
    version = HiddenVersionField()
    opens_on = DayField("Inspectors may come from", [InputRequired("Enter the first day")])
    closes_on = DayField("Until", [InputRequired("Enter the last day")])
    because = TextAreaField(
        "How do you know?",
        [InputRequired("Say how you know"), Length(max=500)],
        hint="For example, what was said at the annual engagement meeting.",
    )

    def stand_on(self, version: int) -> None:
        """What is saved next is saved over what stands above the form now, whoever said it."""
        self.version.data, self.version.raw_data = version, None
