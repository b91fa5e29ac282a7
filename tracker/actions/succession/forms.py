"""What we ask when an item gives way to others."""

from collections.abc import Sequence
from typing import Self

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions.models import Action
from tracker.actions.succession.rules import Part
from tracker.improvements.models import ImprovementItem
from tracker.web.fields import Form, HiddenVersionField, RadiosField, SelectField, TextAreaField, TextField

LONGEST, LONGEST_TITLE = 4000, 120
"""Characters. As the forms of improvement items."""


def _text(most: int = LONGEST) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


class UndoForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the item again, then undo it")])


class GiveWayForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the item again, then save")])
    reason = TextAreaField(
        "Why?", [DataRequired("Say why, so that whoever asks after it can read it"), _text()],
        hint="It is shown on the page of the item for good.",
    )  # fmt: skip


class MergeForm(GiveWayForm):
    into = SelectField(
        "Into which item?", [InputRequired("Choose the item that it joins")], blank="Choose an item", coerce=int
    )

    def offer(self, items: Sequence[tuple[int, str]]) -> None:
        self.into.offer((number, f"I-{number} {title}") for number, title in items)


class SupersedeForm(GiveWayForm):
    successor = SelectField("Which item takes its place?", blank="Nothing has to", coerce=int)

    def offer(self, items: Sequence[tuple[int, str]]) -> None:
        self.successor.offer((number, f"I-{number} {title}") for number, title in items)


class SplitForm(GiveWayForm):
    """How many parts and which actions are known when it is drawn: ``of`` makes the fields."""

    numbers: Sequence[int] = ()
    owed: Sequence[Action] = ()

    @classmethod
    def of(cls, item: ImprovementItem, owed: Sequence[Action], *, parts: int) -> Self:
        numbers = range(1, parts + 1)
        fields = {name: field for number in numbers for name, field in _of_part(number).items()}
        fields |= {f"to_{action.number}": _goes_to(action) for action in owed}
        words = {f"wording_{number}": item.wording for number in numbers}
        form: Self = type("SplitForm", (cls,), fields)(version=item.version, **words)
        form.numbers, form.owed = numbers, owed
        for action in owed:
            form[f"to_{action.number}"].offer((number, f"Part {number}") for number in numbers)
        return form

    @property
    def parts(self) -> list[Part]:
        """What was typed, part by part."""
        return [
            Part(
                title=(self[f"title_{number}"].data or "").strip(),
                wording=(self[f"wording_{number}"].data or "").strip(),
                actions=frozenset(action.id for action in self.owed if self[f"to_{action.number}"].data == number),
            )
            for number in self.numbers
        ]


def _of_part(number: int) -> dict[str, TextField | TextAreaField]:
    return {
        f"title_{number}": TextField(
            "Short title, for lists", [DataRequired(f"Give part {number} a short title"), _text(LONGEST_TITLE)]
        ),
        f"wording_{number}": TextAreaField(
            "Its words",
            [DataRequired(f"Leave the words that part {number} is about"), _text()],
            hint="Take out the words that belong to another part. Add none: they are not ours.",
        ),
    }


def _goes_to(action: Action) -> RadiosField:
    return RadiosField(
        f"{action.reference} {action.title}",
        [InputRequired(f"Say to which part {action.reference} goes")],
        inline=True,
        coerce=int,
    )
