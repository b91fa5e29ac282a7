"""What we ask about actions. Which statuses are accepted, and from whom, is for the commands to say."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self
from uuid import UUID

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions import rules
from tracker.actions.models import Action, ActionUpdate, GovernanceBoard, Milestone
from tracker.actions.rules import Confidence, Priority, Status
from tracker.people.models import Membership, PartnerOrganisation
from tracker.people.rules import PartnerKind
from tracker.web.fields import (
    ChoiceField,
    DayField,
    Form,
    HiddenVersionField,
    PersonField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)

LONGEST = 4000
"""Characters of an answer: two pages. Our choice."""

LONGEST_LINE = 300
"""Characters of a title. Our choice: three lines of a list."""

LABELS = {Status.AWAITING_SIGN_OFF: "Delivered"}
"""Where the form's word is not the status's own: the lead delivers, and somebody else signs off."""

DIFFERENCE = "What difference did it make for children?"
SEEN_BY = "If none yet, leave empty. Say who it was seen by: an audit, a measure or a family."


def _text(most: int = LONGEST) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


def _uuid(value: Any) -> UUID:
    return UUID(str(value))


class StatusField(RadiosField):
    """Where an action is now. ``data`` is a Status: one that was not offered is for the command to refuse, in words."""

    def __init__(self, label: str, validators: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(label, validators, inline=True, coerce=Status, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Refuse nothing here: another person may have moved the action since the form was drawn."""


class ActionForm(Form):
    """A form about an action that is there: it carries the version of the action that it was drawn from."""

    version = HiddenVersionField(validators=[InputRequired("Open the action again, then save")])

    def on_version(self, version: int) -> None:
        """What was typed, to be saved over what somebody else saved meanwhile."""
        self.version.data, self.version.raw_data = version, None


class UpdateForm(ActionForm):
    now = StatusField("Where is it now?", [InputRequired("Say where it is now")])
    done = TextAreaField("What has happened so far?", [DataRequired("Say what has happened"), _text()])
    difference = TextAreaField(DIFFERENCE, [_text()], hint=SEEN_BY)
    next_step = TextAreaField("What is the next step?", [_text()], rows=2)
    confidence = ChoiceField("How sure are you of the due date?", Confidence, inline=True)
    reached = SelectField("Which milestone does this reach?", blank="None", coerce=_uuid)
    due_on = DayField("Due date")
    due_reason = TextAreaField("Reason for the new date", [_text()], rows=2)

    @classmethod
    def of(cls, action: Action, last: ActionUpdate | None, milestones: Sequence[Milestone] = ()) -> Self:
        """The form of one action, with what was posted if something was."""
        return cls(version=action.version, now=_likeliest(action), due_on=action.due_on).fit(action, last, milestones)

    def fit(self, action: Action, last: ActionUpdate | None, milestones: Sequence[Milestone] = ()) -> Self:
        """Offer what the action can become and the milestones to reach, and ask in its own dates."""
        self.now.offer([(status, LABELS.get(status, status.value)) for status in rules.choices(action.status)])
        self.reached.offer((one.id, f"{one.title}, due {one.due_on:%-d %B %Y}") for one in milestones)
        if last is not None:
            self.done.label.text = f"What has happened since {last.at:%-d %B}?"
        self.due_on.description = (
            f"{action.due_on:%-d %B %Y}. A new date needs a reason, and the old one stays in the history."
        )
        return self


def _likeliest(action: Action) -> Status | None:
    """What is chosen already: where it is, unless it has not started, which an update is likely to change."""
    return action.status if action.status in rules.UNDER_WAY else None


class ParticularsForm(Form):
    """What an action promises, besides who leads it and by when."""

    title = TextField(
        "What will be done?",
        [DataRequired("Say what will be done"), _text(LONGEST_LINE)],
        hint="One thing, by one person, that can be seen to be done.",
    )
    success_measure = TextAreaField(
        "What will be different for children, and how shall we know?",
        [_text()],
        hint="Name the audit, measure or voice that would show it.",
    )
    priority = ChoiceField("Priority", Priority, inline=True, default=Priority.MEDIUM)
    starts_on = DayField("Start date, if it does not start now")
    accountable = PersonField("Which director is accountable?", blank="Whoever is accountable for the item")
    partner = SelectField("Which partner organisation shares it?", blank="None", coerce=_uuid)
    partner_contact = TextField(
        "Whom do we speak to there?",
        [_text(LONGEST_LINE)],
        hint="The role, such as “Designated nurse”. No name, number or address is needed.",
    )
    board = SelectField("Which board watches over it?", blank="None", coerce=_uuid)

    def offer(
        self,
        colleagues: Sequence[Membership],
        partners: Sequence[PartnerOrganisation],
        boards: Sequence[GovernanceBoard],
    ) -> None:
        self.accountable.offer(_named(colleagues))
        self.partner.offer(_by_kind(partners))
        self.board.offer((board.id, board.name) for board in boards)


class AddActionForm(ParticularsForm):
    lead = PersonField("Who leads it?", [InputRequired("Choose who leads it")])
    due_on = DayField("Due date", [InputRequired("Enter a due date")], hint="Such as 11 December 2026.")

    def offer(
        self,
        colleagues: Sequence[Membership],
        partners: Sequence[PartnerOrganisation],
        boards: Sequence[GovernanceBoard],
    ) -> None:
        super().offer(colleagues, partners, boards)
        self.lead.offer(_named(colleagues))


class ReviseForm(ParticularsForm, ActionForm):
    """Change what an action promises."""

    @classmethod
    def of(cls, action: Action) -> Self:
        return cls(
            version=action.version,
            title=action.title,
            success_measure=action.success_measure,
            priority=action.priority,
            starts_on=action.starts_on,
            accountable=action.accountable_id,
            partner=action.partner_id,
            partner_contact=action.partner_contact,
            board=action.board_id,
        )


class SignOffForm(ActionForm):
    note = TextAreaField("What did you look at?", [_text()], rows=2)
    difference_due_on = DayField(
        "When should its lead say what difference it made?",
        [InputRequired("Enter the day by which its lead says what difference it made")],
    )


class ReasonForm(ActionForm):
    """A step that needs a reason and nothing else; the view words the question."""

    reason = TextAreaField("Reason", [DataRequired("Give the reason"), _text()])

    @classmethod
    def asking(cls, label: str, hint: str = "", *, version: int) -> Self:
        form = cls(version=version)
        form.reason.label.text, form.reason.description = label, hint
        return form


class RescheduleForm(ActionForm):
    due_on = DayField("New due date", [InputRequired("Enter the new due date")])
    reason = TextAreaField("Reason for the new date", [DataRequired("Give the reason for the new date"), _text()])


class ReassignForm(ActionForm):
    lead = PersonField("Who leads it from now on?", [InputRequired("Choose who leads it")])
    reason = TextAreaField(
        "Why does somebody else lead it now?", [DataRequired("Say why somebody else leads it now"), _text()], rows=2
    )

    def offer(self, colleagues: Sequence[Membership]) -> None:
        self.lead.offer(_named(colleagues))


class MilestoneForm(ActionForm):
    title = TextField("What is the milestone?", [DataRequired("Say what the milestone is"), _text(LONGEST_LINE)])
    due_on = DayField("Due date", [InputRequired("Enter the day it is due")], hint="Such as 11 December 2026.")


class ReachForm(ActionForm):
    """Say that a milestone is reached."""

    done = TextAreaField("What has happened?", [DataRequired("Say what has happened"), _text()])
    difference = TextAreaField(DIFFERENCE, [_text()], hint=SEEN_BY)
    next_step = TextAreaField("What is the next step?", [_text()], rows=2)
    confidence = ChoiceField("How sure are you of the action’s due date?", Confidence, inline=True)


class BoardForm(Form):
    version = HiddenVersionField()
    name = TextField("Name of the board", [DataRequired("Enter the name of the board"), _text(LONGEST_LINE)])


class PartnerForm(Form):
    version = HiddenVersionField()
    kind = ChoiceField("Kind of organisation", PartnerKind, [InputRequired("Choose the kind of organisation")])
    name = TextField(
        "Name of the organisation", [DataRequired("Enter the name of the organisation"), _text(LONGEST_LINE)]
    )


def _named(colleagues: Sequence[Membership]) -> Iterable[tuple[UUID, str]]:
    return [(colleague.person_id, colleague.person.name) for colleague in colleagues]


def _by_kind(partners: Sequence[PartnerOrganisation]) -> Mapping[str, list[tuple[UUID, str]]]:
    kinds: dict[str, list[tuple[UUID, str]]] = {kind.value: [] for kind in PartnerKind}
    for partner in partners:
        kinds[partner.kind.value].append((partner.id, partner.name))
    return {kind: offered for kind, offered in kinds.items() if offered}
