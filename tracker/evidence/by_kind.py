"""A form that asks one whole number for each kind of evidence."""

from collections.abc import Mapping
from typing import Any

from tracker.evidence.rules import Kind
from tracker.platform.errors import Refused
from tracker.web.fields import Form, HiddenVersionField, NumberField, TextAreaField


def field_name(kind: Kind) -> str:
    return kind.name.lower()


class ByKindForm(Form):
    """``numbers`` is what was asked for; ``start`` shows what holds now."""

    version = HiddenVersionField()

    def start(self, numbers: Mapping[Kind, int], version: int) -> None:
        for kind, number in numbers.items():
            self[field_name(kind)].process_data(number)
        self.version.process_data(version)

    @property
    def numbers(self) -> Mapping[Kind, int]:
        return {kind: self._number(kind) for kind in Kind}

    @property
    def fields_of_kinds(self) -> list[Any]:
        return [self[field_name(kind)] for kind in Kind]

    def _number(self, kind: Kind) -> int:
        asked = self[field_name(kind)].data
        if asked is None:
            raise Refused(f"{kind}: enter a whole number.")
        return int(asked)


def by_kind(unit: str, why: str) -> type[ByKindForm]:
    """The form for one unit, such as days, with a question for the reason."""
    fields = {field_name(kind): NumberField(kind.value, suffix=unit, whole=True) for kind in Kind}
    return type("ByKind", (ByKindForm,), {**fields, "because": TextAreaField(why, rows=2)})
