"""What we ask about the parts of a measure: the figures of one breakdown and one period in one form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from wtforms.validators import DataRequired

from tracker.indicators import rules
from tracker.indicators.breakdowns.commands import LONGEST_NAME, OfPart
from tracker.indicators.breakdowns.models import MeasurePart, PartValue
from tracker.indicators.breakdowns.pasting import read
from tracker.indicators.breakdowns.rules import is_divided
from tracker.indicators.commands import Figure
from tracker.indicators.forms import within
from tracker.indicators.models import Measure
from tracker.indicators.rules import Period, Unit
from tracker.platform.errors import Refused
from tracker.web.fields import CheckboxField, DayField, Form, NumberField, SelectField, TextAreaField, TextField

SPARE = 3
"""Lines for parts that are new; more can be pasted. Our choice."""
SPARE_AT_FIRST = 6


@dataclass(frozen=True)
class Line:
    """One line of the form: its fields begin with ``key``."""

    key: str
    name: str
    """Empty: a part that is new, whose name is asked for."""


class PartsForm(Form):
    """Made by ``parts_form``, with fields for each part."""

    lines: ClassVar[Sequence[Line]]
    counts: ClassVar[bool]
    """Whether a figure is worked out from two counts."""

    kind = TextField(
        "What is it broken down by?",
        [DataRequired("Say what it is broken down by"), within(LONGEST_NAME)],
        hint="In your own words, such as: Team, Age or Ethnicity.",
    )
    period = SelectField("Which period?", blank="Choose a period", coerce=date.fromisoformat)
    day = DayField("Which day?", hint="Such as 31 March 2026")
    pasted = TextAreaField(
        "Or paste a table",
        [within(10_000)],
        hint="A line for each part. All of it is taken, or nothing.",
        rows=4,
    )
    provisional = CheckboxField("Provisional: they may still change")
    reason = TextAreaField(
        "Why do they change?", [within(1000)], hint="Only where this period has other figures already.", rows=2
    )

    def end(self, measure: Measure) -> date | None:
        chosen: date | None = self.day.data if measure.period is Period.DAY else self.period.data
        return chosen

    def boxes(self, line: Line) -> list[Any]:
        """The boxes for the figure of one line."""
        return [self[f"{line.key}_{name}"] for name in (("above", "below") if self.counts else ("value",))]

    def name(self, line: Line) -> Any:
        return self[f"{line.key}_name"]

    def given(self, there: Mapping[str, PartValue]) -> list[OfPart]:
        """The lines that hold a figure, typed or pasted. A figure that is there may not be emptied."""
        found = [self._typed(line, there) for line in self.lines]
        typed = [one for one in found if one is not None]
        return typed + read(self.pasted.data or "", counts=self.counts, provisional=self.provisional.data)

    def _typed(self, line: Line, there: Mapping[str, PartValue]) -> OfPart | None:
        numbers = [box.data for box in self.boxes(line)]
        name = line.name or self.name(line).data or ""
        if all(number is None for number in numbers):
            if not line.name and name:
                raise Refused(f"{name}: enter its figure, or leave its name out.")
            if line.name in there and not self.pasted.data:
                raise Refused(f"{name} has a figure for this period. Enter what it should be.")
            return None
        if self.counts:
            above, below = (None if number is None else int(number) for number in numbers)
            return OfPart(name, Figure(numerator=above, denominator=below, provisional=self.provisional.data))
        return OfPart(name, Figure(value=numbers[0], provisional=self.provisional.data))


def asks_counts(measure: Measure) -> bool:
    return bool(measure.out_of or measure.of_whom) and is_divided(measure.unit)


def parts_form(
    measure: Measure,
    parts: Sequence[MeasurePart],
    there: Mapping[UUID, PartValue],
    *,
    kind: str,
    end: date | None,
    today: date,
) -> PartsForm:
    """A line for each part of a breakdown, with the figures that are there; without a ``kind`` a breakdown is begun."""
    counts = asks_counts(measure)
    spare = SPARE if parts else SPARE_AT_FIRST
    lines = [Line(f"part_{part.id.hex}", part.name) for part in parts]
    lines += [Line(f"new_{place}", "") for place in range(1, spare + 1)]
    fields: dict[str, Any] = {"lines": lines, "counts": counts}
    for line in lines:
        called = line.name or f"New part {line.key.removeprefix('new_')}"
        if not line.name:
            fields[f"{line.key}_name"] = TextField(f"{called}: name", [within(LONGEST_NAME)])
        fields[f"{line.key}_above"] = NumberField(f"{called}: {_above(measure)}", whole=True)
        fields[f"{line.key}_below"] = NumberField(f"{called}: {_below(measure)}", whole=True)
        fields[f"{line.key}_value"] = NumberField(f"{called}: figure")
    data: dict[str, Any] = {"kind": kind, "period": end, "day": end}
    data["provisional"] = any(value.provisional for value in there.values())
    for part in parts:
        if part.id in there:
            data |= _shown(f"part_{part.id.hex}", there[part.id])
    form: PartsForm = type("PartsForm", (PartsForm,), fields)(data=data)
    form.period.offer(
        (one.isoformat(), rules.period_name(rules.period_start(measure.period, one), one))
        for one in sorted({*rules.recent_ends(measure.period, today), *([end] if end else [])}, reverse=True)
    )
    form.pasted.description = (
        "A line for each part: its name, then "
        + ("its counts above and below the line, such as: Localities 2; 18; 28" if counts else "its figure")
        + ". Cells of a spreadsheet do as well. All of it is taken, or nothing."
    )
    return form


def headings(measure: Measure) -> list[str]:
    if asks_counts(measure):
        return [_first_capital(_above(measure)), _first_capital(_below(measure))]
    return ["Figure" if measure.unit is Unit.COUNT else f"Figure ({measure.unit.value})"]


def _shown(key: str, value: PartValue) -> dict[str, Decimal | None]:
    numbers = {"above": value.numerator, "below": value.denominator}
    shown = {f"{key}_{name}": None if number is None else Decimal(number) for name, number in numbers.items()}
    return shown | {f"{key}_value": value.value.normalize()}


def _above(measure: Measure) -> str:
    return measure.counts or "above the line"


def _below(measure: Measure) -> str:
    return f"out of {measure.out_of or measure.of_whom}"


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
