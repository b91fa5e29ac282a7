"""What we ask about work that waits for other work."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import InputRequired

from tracker.actions.forms import ActionForm
from tracker.actions.models import Action
from tracker.platform import references
from tracker.web.fields import SelectField
from tracker.web.filters import short_day


class OtherActionField(SelectField):
    """An action by its reference. ``data`` is its number: one that was not offered is for the command to refuse."""

    def __init__(self, label: str, validators: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(label, validators, blank="Choose an action", coerce=_number, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = _number(typed) if typed else None

    def pre_validate(self, form: Any) -> None:
        """Refuse nothing here: another person may have changed the plan since the form was drawn."""


def _number(value: Any) -> int:
    if isinstance(value, int):
        return value
    found = references.parse(str(value))
    if found is None or found[0] != Action.prefix:
        raise ValueError(f"The action must be a reference such as {Action.prefix}-9")
    return found[1]


class WaitForm(ActionForm):
    other = OtherActionField(
        "Which action does it wait for?",
        [InputRequired("Choose the action it waits for")],
        hint="It cannot be finished before that one is.",
    )

    def offer(self, actions: Sequence[Action]) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for action in actions:
            named = f"{action.reference} {action.title}, due {short_day(action.due_on)}"
            groups.setdefault(f"{action.item.reference} {action.item.title}", []).append((action.reference, named))
        self.other.offer(groups)
