"""What the pages that read many rooms ask."""

from collections.abc import Sequence
from typing import Self

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions.forms import DIFFERENCE, LONGEST
from tracker.actions.models import Action
from tracker.evidence.models import Evidence
from tracker.web.fields import CheckboxesField, Form, HiddenVersionField, TextAreaField


class DifferenceForm(Form):
    """What a delivered action changed, and the evidence that shows it, if there is any yet."""

    version = HiddenVersionField(validators=[InputRequired("Open the action again, then save")])
    difference = TextAreaField(
        DIFFERENCE,
        [
            DataRequired("Say what difference it made for children"),
            Length(max=LONGEST, message=f"Use {LONGEST:,} characters or fewer"),
        ],
    )
    evidence = CheckboxesField(
        "What shows it?",
        hint="Choose none if nothing shows it yet: what you say is kept, and the action stays at “Not shown yet”.",
    )

    @classmethod
    def of(cls, action: Action, evidence: Sequence[Evidence]) -> Self:
        """The form of one action, with what was posted if something was."""
        return cls(version=action.version).fit(evidence)

    @classmethod
    def blank(cls, action: Action, evidence: Sequence[Evidence]) -> Self:
        """The form of one action, beside another that was posted."""
        return cls(formdata=None, version=action.version).fit(evidence)

    def fit(self, evidence: Sequence[Evidence]) -> Self:
        self.evidence.offer(
            [(str(one.id), f"{one.reference} {one.title}") for one in evidence],
            hints={str(one.id): f"{one.kind.value}, {one.strength.value.lower()}: {one.shows}" for one in evidence},
        )
        return self
