"""How a field looks: the one door to govuk-frontend-wtf, with its faults mended.

Mended here: an empty hint named by every group of radios or checkboxes, ``required`` on elements that cannot
have it, an error link that cannot move the focus, a crash when a date's boxes are missing, ids that follow the
name (so that two forms on a page clash), and selects without groups.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import wtforms
from flask import render_template
from govuk_frontend_wtf import wtforms_widgets as govuk
from markupsafe import Markup, escape

Params = dict[str, Any]


class Mended:
    """What every widget of ours does to the parameters of the GOV.UK macro; ``extra`` is added to them."""

    def __init__(self, **extra: Any) -> None:
        super().__init__()
        self.extra = extra

    def map_gov_params(self, field: wtforms.Field, **kwargs: Any) -> Params:
        params: Params = super().map_gov_params(field, **kwargs)  # type: ignore[misc]  # mixed into govuk widgets
        params.setdefault("attributes", {}).pop("required", None)
        if not (params.get("hint") or {}).get("text"):
            params["hint"] = None
        return {**params, **self.extra}


class TextBox(Mended, govuk.GovTextInput):
    pass


class EmailBox(Mended, govuk.GovTextInput):
    input_type = "email"


class PasswordBox(Mended, govuk.GovPasswordInput):
    pass


class TextArea(Mended, govuk.GovTextArea):
    pass


class FileBox(Mended, govuk.GovFileInput):
    def __init__(self, *, multiple: bool = False, **extra: Any) -> None:
        super().__init__(**extra)
        self.multiple = multiple


class Button(Mended, govuk.GovSubmitInput):
    pass


class Group(Mended):
    """Radios or checkboxes: ids follow the field's id, and each item may have a hint of its own.

    The field may have ``item_hints``: value to hint.
    """

    def map_gov_params(self, field: wtforms.Field, **kwargs: Any) -> Params:
        params = super().map_gov_params(field, **kwargs)
        params["idPrefix"] = field.id
        hints: Mapping[str, str] = getattr(field, "item_hints", {})
        for item in params["items"]:
            if item["value"] in hints:
                item["hint"] = {"text": hints[item["value"]]}
        return params


class Radios(Group, govuk.GovRadioInput):
    pass


class Checkboxes(Group, govuk.GovCheckboxesInput):
    pass


class OneCheckbox(Group, govuk.GovCheckboxInput):
    pass


class Select(Mended, govuk.GovSelect):
    """A select whose choices may stand in groups, which the GOV.UK macro cannot draw."""

    template = "components/select.html"

    def __call__(self, field: wtforms.Field, **kwargs: Any) -> Markup:
        kwargs.setdefault("id", field.id)
        params = self.map_gov_params(field, items=[], **kwargs)
        params["groups"] = list(_groups(field))
        return Markup(render_template(self.template, params=params))  # noqa: S704  # rendered by Jinja, which escapes


def _groups(field: wtforms.Field) -> Iterator[tuple[str | None, list[Any]]]:
    """Each group's label and choices; choices outside any group have none."""
    if field.has_groups():
        yield from field.iter_groups()
    else:
        yield None, list(field.iter_choices())


class DateBoxes(Mended, govuk.GovDateInput):
    """Day, month and year. ``field.boxes`` holds what was typed."""

    def map_gov_params(self, field: wtforms.Field, **kwargs: Any) -> Params:
        typed, field.raw_data = field.raw_data, field.boxes
        params = super().map_gov_params(field, **kwargs)
        field.raw_data = typed
        params["id"] = field.id.removesuffix("-day")
        for part, box in zip(("day", "month", "year"), params["items"], strict=True):
            box["id"] = f"{params['id']}-{part}"
        return params


class Hidden:
    """A hidden input without an id, so that any number of forms may stand on a page."""

    def __call__(self, field: wtforms.Field, **kwargs: Any) -> Markup:
        return Markup('<input type="hidden" name="{}" value="{}">').format(field.name, escape(field._value()))
