"""What the pages that read many rooms ask."""

from collections.abc import Sequence
from typing import Self

from wtforms.validators import DataRequired, Length

from tracker.actions import rules
from tracker.actions.forms import DIFFERENCE, LABELS, LONGEST, ActionForm
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.evidence.models import Evidence
from tracker.indicators.resting.pictures import Moving
from tracker.web.fields import CheckboxesField, SelectField, TextAreaField, TextField


class DifferenceForm(ActionForm):
    """What a delivered action changed, and the evidence that shows it, if there is any yet."""

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

    measures = CheckboxesField(
        "Which measure shows it?",
        hint="Those that it is judged by and that moved, or held at target. One that moved does not say why it did.",
    )

    @classmethod
    def of(cls, action: Action, evidence: Sequence[Evidence], measures: Sequence[Moving]) -> Self:
        """The form of one action, with what was posted if something was."""
        return cls(version=action.version).fit(evidence, measures)

    def fit(self, evidence: Sequence[Evidence], measures: Sequence[Moving]) -> Self:
        named = [(str(one.success.id), one) for one in measures]
        self.measures.offer(
            [(key, f"{one.success.measure.reference} {one.success.measure.name}") for key, one in named],
            hints={key: one.said.sentence for key, one in named},
        )
        self.evidence.offer(
            [(str(one.id), f"{one.reference} {one.title}") for one in evidence],
            hints={str(one.id): f"{one.kind.value}, {one.strength.value.lower()}: {one.shows}" for one in evidence},
        )
        return self


class LineForm(ActionForm):
    """The update of one action as one line of many; nothing said leaves the action as it is."""

    class Meta:
        csrf = False  # the form round all the lines carries the token

    now = SelectField("Where is it now?", coerce=Status)
    done = TextField(
        "What has happened?",
        [Length(max=LONGEST, message=f"Use {LONGEST:,} characters or fewer")],
    )

    @classmethod
    def of(cls, action: Action) -> Self:
        """With what was posted if something was; it starts where the action is."""
        form = cls(prefix=f"a{action.number}-", version=action.version, now=action.status)
        form.offer(action)
        return form

    def offer(self, action: Action) -> None:
        """What the action can become, and where it is."""
        offered = list(dict.fromkeys([action.status, *rules.choices(action.status)]))
        self.now.offer((status, LABELS.get(status, status.value)) for status in offered)

    def says_something(self, action: Action) -> bool:
        return bool(self.done.data) or self.now.data not in {None, action.status}
