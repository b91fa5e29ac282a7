"""What we ask about actions. Which statuses are accepted, and from whom, is for the commands to say."""

from collections.abc import Sequence
from typing import Any, Self

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions import rules
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Status
from tracker.people.models import Membership
from tracker.web.fields import DayField, Form, HiddenVersionField, PersonField, RadiosField, TextAreaField, TextField

LONGEST = 4000
"""Characters of an answer: two pages. Our choice."""

LABELS = {Status.AWAITING_SIGN_OFF: "Delivered"}
"""Where the form's word is not the status's own: the lead delivers, and somebody else signs off."""

DIFFERENCE = "What difference did it make for children?"
SEEN_BY = "If none yet, leave empty. Say who it was seen by: an audit, a measure or a family."


def _text(most: int = LONGEST) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


class StatusField(RadiosField):
    """Where an action is now. ``data`` is a Status: one that was not offered is for the command to refuse, in words."""

    def __init__(self, label: str, validators: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(label, validators, inline=True, coerce=Status, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Refuse nothing here: another person may have moved the action since the form was drawn."""


class UpdateForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the action again, then save your update")])
    now = StatusField("Where is it now?", [InputRequired("Say where it is now")])
    done = TextAreaField("What has happened so far?", [DataRequired("Say what has happened"), _text()])
    difference = TextAreaField(DIFFERENCE, [_text()], hint=SEEN_BY)
    due_on = DayField("Due date")
    due_reason = TextAreaField("Reason for the new date", [_text()], rows=2)

    @classmethod
    def of(cls, action: Action, last: ActionUpdate | None) -> Self:
        """The form of one action, with what was posted if something was."""
        return cls(version=action.version, now=_likeliest(action), due_on=action.due_on).fit(action, last)

    @classmethod
    def blank(cls, action: Action, last: ActionUpdate | None) -> Self:
        """The form of one action, beside another that was posted."""
        form = cls(formdata=None, version=action.version, now=_likeliest(action), due_on=action.due_on)
        return form.fit(action, last)

    def fit(self, action: Action, last: ActionUpdate | None) -> Self:
        """Offer what the action can become, and ask in its own dates."""
        self.now.offer([(status, LABELS.get(status, status.value)) for status in rules.choices(action.status)])
        if last is not None:
            self.done.label.text = f"What has happened since {last.at:%-d %B}?"
        self.due_on.description = (
            f"{action.due_on:%-d %B %Y}. A new date needs a reason, and the old one stays in the history."
        )
        return self

    def on_version(self, version: int) -> None:
        """What was typed, to be saved over what somebody else saved meanwhile."""
        self.version.data, self.version.raw_data = version, None


def _likeliest(action: Action) -> Status | None:
    """What is chosen already: where it is, unless it has not started, which an update is likely to change."""
    return action.status if action.status in rules.UNDER_WAY else None


class AddActionForm(Form):
    title = TextField(
        "What will be done?",
        [DataRequired("Say what will be done"), _text(300)],
        hint="One thing, by one person, that can be seen to be done.",
    )
    lead = PersonField("Who leads it?", [InputRequired("Choose who leads it")])
    starts_on = DayField("Start date, if it does not start now")
    due_on = DayField("Due date", [InputRequired("Enter a due date")], hint="Such as 11 December 2026.")
    success_measure = TextAreaField(
        "What will be different for children, and how shall we know?",
        [_text()],
        hint="Name the audit, measure or voice that would show it.",
    )

    def offer(self, colleagues: Sequence[Membership]) -> None:
        self.lead.offer((colleague.person_id, colleague.person.name) for colleague in colleagues)


class SignOffForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the action again, then sign it off")])
    note = TextAreaField("What did you look at?", [_text()], rows=2)
    difference_due_on = DayField(
        "When should its lead say what difference it made?",
        [InputRequired("Enter the day by which its lead says what difference it made")],
    )


class ReasonForm(Form):
    """A step that needs a reason and nothing else; the view words the question."""

    version = HiddenVersionField(validators=[InputRequired("Open the page again, then save")])
    reason = TextAreaField("Reason", [DataRequired("Give the reason"), _text()])

    def ask(self, label: str, hint: str) -> None:
        self.reason.label.text, self.reason.description = label, hint


class RescheduleForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the action again, then change the date")])
    due_on = DayField("New due date", [InputRequired("Enter the new due date")])
    reason = TextAreaField("Reason for the new date", [DataRequired("Give the reason for the new date"), _text()])


class ReassignForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the action again, then change its lead")])
    lead = PersonField("Who leads it from now on?", [InputRequired("Choose who leads it")])
    reason = TextAreaField(
        "Why does somebody else lead it now?", [DataRequired("Say why somebody else leads it now"), _text()], rows=2
    )

    def offer(self, colleagues: Sequence[Membership]) -> None:
        self.lead.offer((colleague.person_id, colleague.person.name) for colleague in colleagues)
