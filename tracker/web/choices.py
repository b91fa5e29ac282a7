"""Fields that offer choices. Nothing chosen is None; what was never offered is refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

import wtforms
from wtforms.fields.choices import SelectChoice, enum_coerce

from tracker.web import widgets

Validators = Sequence[Any] | None
Choices = Iterable[tuple[Any, str]]
GroupedChoices = Mapping[str, Choices]


class ChoiceField(wtforms.RadioField):
    """One of a StrEnum's members, as radio buttons. ``data`` is a member, or None.

    ``among`` offers some members only; ``labels`` and ``hints`` are by member; ``inline`` puts short ones in columns
    and ``wide`` columns suit grades.
    """

    def __init__(
        self,
        label: str,
        kind: type[StrEnum],
        validators: Validators = None,
        *,
        among: Iterable[StrEnum] | None = None,
        labels: Mapping[Any, str] | None = None,
        hints: Mapping[Any, str] | None = None,
        hint: str = "",
        inline: bool = False,
        wide: bool = False,
        **kwargs: Any,
    ) -> None:
        offered = list(kind if among is None else among)
        super().__init__(
            label,
            validators,
            description=hint,
            choices=[SelectChoice(member.value, (labels or {}).get(member, str(member))) for member in offered],
            coerce=_none_or(enum_coerce(kind)),
            invalid_value_message=_not_offered(label),
            widget=widgets.Radios(classes=_columns(inline, wide)),
            **kwargs,
        )
        self.item_hints = {member.value: text for member, text in (hints or {}).items()}

    def pre_validate(self, form: wtforms.Form) -> None:
        _must_be_offered(self)


class RadiosField(wtforms.RadioField):
    """One of a few choices known only at run time: ``form.grade.offer([("good", "Good"), …])``.

    ``data`` is a str, or what ``coerce`` makes of it, or None.
    """

    def __init__(
        self,
        label: str,
        validators: Validators = None,
        *,
        hint: str = "",
        inline: bool = False,
        wide: bool = False,
        coerce: Callable[[Any], Any] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            label,
            validators,
            description=hint,
            coerce=_none_or(coerce),
            invalid_value_message=_not_offered(label),
            choices=[],
            widget=widgets.Radios(classes=_columns(inline, wide)),
            **kwargs,
        )
        self.item_hints: Mapping[str, str] = {}

    def offer(self, choices: Choices, *, hints: Mapping[str, str] | None = None) -> None:
        self.choices = [SelectChoice(str(value), text) for value, text in choices]
        self.item_hints = hints or {}

    def pre_validate(self, form: wtforms.Form) -> None:
        _must_be_offered(self)


class SelectField(wtforms.SelectField):
    """One of many. Choices are (value, text) pairs, or a mapping from a group's name to its pairs; ``offer`` sets them
    at run time. ``blank`` is the text of an empty first choice, whose ``data`` is None.
    """

    def __init__(
        self,
        label: str,
        validators: Validators = None,
        *,
        choices: Choices | GroupedChoices = (),
        hint: str = "",
        blank: str | None = None,
        coerce: Callable[[Any], Any] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            label,
            validators,
            description=hint,
            coerce=_none_or(coerce),
            invalid_value_message=_not_offered(label),
            choices=[],
            widget=widgets.Select(),
            **kwargs,
        )
        self.blank = blank
        self.offer(choices)

    def offer(self, choices: Choices | GroupedChoices) -> None:
        first = [] if self.blank is None else [SelectChoice("", self.blank)]
        self.choices = first + _select_choices(choices)

    def pre_validate(self, form: wtforms.Form) -> None:
        if not (self.data is None and self.blank is not None):
            _must_be_offered(self)


class PersonField(SelectField):
    """Somebody of the authority: ``form.lead.offer([(person.id, person.name), …])``. ``data`` is a UUID or None."""

    def __init__(
        self, label: str, validators: Validators = None, *, blank: str | None = "Choose a person", **kwargs: Any
    ) -> None:
        super().__init__(label, validators, blank=blank, coerce=_uuid, **kwargs)


class CheckboxesField(wtforms.SelectMultipleField):
    """Any number of choices. ``data`` is a list of values."""

    def __init__(
        self,
        label: str,
        validators: Validators = None,
        *,
        choices: Choices = (),
        hint: str = "",
        inline: bool = False,
        coerce: Callable[[Any], Any] = str,
        **kwargs: Any,
    ) -> None:
        widget = widgets.Checkboxes(classes=_columns(inline, False, kind="checkboxes"))
        super().__init__(
            label,
            validators,
            description=hint,
            choices=[],
            coerce=coerce,
            invalid_value_message=_not_offered(label),
            widget=widget,
            **kwargs,
        )
        self.item_hints: Mapping[str, str] = {}
        self.offer(choices)

    def offer(self, choices: Choices, *, hints: Mapping[str, str] | None = None) -> None:
        self.choices = [SelectChoice(str(value), text) for value, text in choices]
        self.item_hints = hints or {}

    def pre_validate(self, form: wtforms.Form) -> None:
        offered = {choice.value for choice in self.choices}
        if any(str(value) not in offered for value in self.data or []):
            raise wtforms.ValidationError(_not_offered(self.label.text))


def _columns(inline: bool, wide: bool, *, kind: str = "radios") -> str:
    return f"govuk-{kind}--small" + (" app-choose" if inline or wide else "") + (" app-choose--grades" if wide else "")


def _not_offered(label: str) -> str:
    return f"{label}: choose from the list"


def _none_or(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Nothing chosen is None, and so is what the browser cannot have sent from our page."""

    def coerced(value: Any) -> Any:
        return None if value in (None, "") else coerce(value)

    return coerced


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def _must_be_offered(field: Any) -> None:
    """Nothing chosen is the business of the field's validators; something else than was offered is refused here."""
    value = getattr(field.data, "value", field.data)
    if value is not None and str(value) not in {choice.value for choice in field.choices}:
        raise wtforms.ValidationError(_not_offered(field.label.text))


def _select_choices(choices: Choices | GroupedChoices) -> list[SelectChoice]:
    if isinstance(choices, Mapping):
        return [
            SelectChoice(str(value), text, optgroup=name) for name, group in choices.items() for value, text in group
        ]
    return [SelectChoice(str(value), text) for value, text in choices]
