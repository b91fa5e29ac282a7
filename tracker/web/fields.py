"""Forms and their fields. A form declares what it asks (``DayField("Due date", …)``); ``widgets`` decides how it looks.

Every field takes a label, validators, and perhaps a ``hint``: the line between the label and the box.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import wtforms
from flask_wtf import file as flask_files
from wtforms.validators import ValidationError

from tracker.platform import child_data, references
from tracker.web import widgets
from tracker.web.choices import CheckboxesField, ChoiceField, PersonField, RadiosField, SelectField
from tracker.web.days import DateField, DayField, MonthField
from tracker.web.form import Form
from tracker.web.typed import blank_is_nothing, stripped, typed_in

__all__ = [
    "CheckboxField", "CheckboxesField", "ChoiceField", "DateField", "DayField", "EmailField", "FileField", "FilesField",
    "Form", "HiddenVersionField", "MonthField", "NumberField", "PasswordField", "PersonField", "RadiosField",
    "ReferenceField", "SelectField", "SubmitField", "TextAreaField", "TextField",
]  # fmt: skip

Validators = Sequence[Any] | None

THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$")
A_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}$")
"""Not three digits after it: that is a thousand."""


class NamesNoChild:
    """A validator of free text: refuses what is sure to lead to a child, and says what to write instead."""

    def __call__(self, form: wtforms.Form, field: wtforms.Field) -> None:
        if why_not := child_data.why_not(field.data or ""):
            raise ValidationError(why_not)


class TextField(wtforms.StringField):
    """One line, without the spaces around it. ``width`` is of GOV.UK's: 2, 3, 4, 5, 10, 20 or 30 letters.

    What could lead to a child is refused unless ``guard`` is off: in an address, a search, or a room that asks why.
    """

    def __init__(
        self,
        label: str,
        validators: Validators = None,
        *,
        hint: str = "",
        width: int | None = None,
        autocomplete: str | None = None,
        guard: bool = True,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", widgets.TextBox(classes=_width(width), autocomplete=autocomplete))
        super().__init__(label, _guarded(validators, guard), description=hint, filters=[_stripped], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        blank_is_nothing(self)


class EmailField(TextField):
    def __init__(self, label: str, validators: Validators = None, **kwargs: Any) -> None:
        widget = widgets.EmailBox(autocomplete="username", spellcheck=False)
        super().__init__(label, validators, widget=widget, guard=False, **kwargs)


class PasswordField(wtforms.PasswordField):
    """``autocomplete``: for password managers, ``current-password`` or ``new-password``."""

    def __init__(
        self,
        label: str,
        validators: Validators = None,
        *,
        hint: str = "",
        autocomplete: str = "current-password",
        **kwargs: Any,
    ) -> None:
        widget = widgets.PasswordBox(autocomplete=autocomplete)
        super().__init__(label, validators, description=hint, widget=widget, **kwargs)


class TextAreaField(wtforms.TextAreaField):
    """Several lines, ``rows`` of them shown, with line ends as ``\\n``. ``guard`` as in ``TextField``."""

    def __init__(
        self,
        label: str,
        validators: Validators = None,
        *,
        hint: str = "",
        rows: int = 3,
        guard: bool = True,
        **kwargs: Any,
    ) -> None:
        widget = widgets.TextArea(rows=rows)
        filters = [_stripped, _one_line_end]
        super().__init__(label, _guarded(validators, guard), description=hint, widget=widget, filters=filters, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        blank_is_nothing(self)


class PastedCellsField(TextAreaField):
    """Cells of a table as a spreadsheet puts them on the clipboard.

    Unguarded: whoever reads it looks the whole table through, and empties it where it names a child.
    """

    def __init__(
        self, label: str, validators: Validators = None, *, hint: str = "", rows: int = 5, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, hint=hint, rows=rows, guard=False, **kwargs)

    @property
    def as_pasted(self) -> str:
        """Every character of it: a tab at its beginning is an empty cell."""
        return str(self.raw_data[0]) if self.raw_data else ""

    def empty(self) -> None:
        """Show nothing again of what was pasted."""
        self.data = ""
        self.raw_data: list[str] = []


class NumberField(wtforms.Field):
    """A number as people write it, with or without thousands commas or a percent sign. ``data`` is a Decimal or None.

    ``suffix`` is the unit shown after the box; ``whole`` refuses a fraction. ``called`` names it where an error stands
    apart from its page, if the label is said for several boxes.
    """

    data: Decimal | None

    def __init__(
        self,
        label: str,
        validators: Validators = None,
        *,
        hint: str = "",
        suffix: str | None = None,
        whole: bool = False,
        called: str = "",
        width: int = 5,
        **kwargs: Any,
    ) -> None:
        widget = widgets.TextBox(
            classes=_width(width),
            inputmode="numeric" if whole else "decimal",
            suffix={"text": suffix} if suffix else None,
        )
        super().__init__(label, validators, description=hint, widget=widget, **kwargs)
        self.whole, self.called = whole, called

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data):f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = typed_in(self)
        self.data = None
        if not typed:
            return
        plain, called = typed.removesuffix("%").strip(), self.called or self.label.text
        if A_DECIMAL_COMMA.match(plain) and not self.whole:
            raise ValueError(f"{called}: use a point, as in {plain.replace(',', '.')}")
        try:
            number = Decimal(plain.replace(",", "") if THOUSANDS.match(plain) else plain)
        except InvalidOperation:
            raise ValueError(f"{called} must be a number, such as 71") from None
        if not number.is_finite() or abs(number) > 10**12:
            raise ValueError(f"{called} must be a number, such as 71")
        if self.whole and number != number.to_integral_value():
            raise ValueError(f"{called} must be a whole number")
        self.data = number


class CheckboxField(wtforms.BooleanField):
    def __init__(self, label: str, validators: Validators = None, *, hint: str = "", **kwargs: Any) -> None:
        widget = widgets.OneCheckbox(classes="govuk-checkboxes--small")
        super().__init__(label, validators, description=hint, widget=widget, **kwargs)


class FileField(flask_files.FileField):
    """One file. ``data`` is a FileStorage or None."""

    def __init__(
        self, label: str, validators: Validators = None, *, hint: str = "", accept: str = "", **kwargs: Any
    ) -> None:
        widget = widgets.FileBox(attributes={"accept": accept} if accept else {})
        super().__init__(label, validators, description=hint, widget=widget, **kwargs)


class FilesField(flask_files.MultipleFileField):
    """Several files; a picture may also be pasted into the page. ``data`` is a list of FileStorage, perhaps empty."""

    def __init__(
        self, label: str, validators: Validators = None, *, hint: str = "", accept: str = "", **kwargs: Any
    ) -> None:
        attributes = {"multiple": "multiple", "data-paste": "true"} | ({"accept": accept} if accept else {})
        widget = widgets.FileBox(multiple=True, attributes=attributes)
        super().__init__(label, validators, description=hint, widget=widget, **kwargs)

    def process_data(self, value: list[Any] | None) -> None:
        self.data: list[Any] = value or []

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        super().process_formdata(valuelist)


class ReferenceField(wtforms.Field):
    """A reference of one kind, as people type it. ``data`` is its number or None: "i-9" is 9 where ``prefix`` is I."""

    data: int | None

    def __init__(
        self, label: str, validators: Validators = None, *, prefix: str, hint: str = "", **kwargs: Any
    ) -> None:
        super().__init__(label, validators, description=hint, widget=widgets.TextBox(classes=_width(5)), **kwargs)
        self.kind = prefix

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.kind}-{self.data}"

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = typed_in(self)
        self.data = None
        if typed:
            found = references.parse(typed)
            if found is None or found[0] != self.kind:
                raise ValueError(f"{self.label.text} must be a reference such as {self.kind}-9")
            self.data = found[1]


class HiddenVersionField(wtforms.Field):
    """The version of the thing when the page was made. ``data`` is an int, or None when it is missing or altered."""

    widget = widgets.Hidden()
    data: int | None

    def __init__(self, label: str = "Version", validators: Validators = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = int(valuelist[0]) if valuelist and valuelist[0].isdecimal() else None


class SubmitField(wtforms.SubmitField):
    """The button of a form that does not use the ``update_form`` component."""

    widget = widgets.Button(classes="app-btn", preventDoubleClick=True)


def _guarded(validators: Validators, guard: bool) -> Validators:
    return [*(validators or ()), NamesNoChild()] if guard else validators


def _stripped(text: str | None) -> str | None:
    return stripped(text) if isinstance(text, str) else text


def _one_line_end(text: str | None) -> str | None:
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


def _width(letters: int | None) -> str:
    return f"govuk-input--width-{letters}" if letters else ""
