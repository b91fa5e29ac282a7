"""Asking for a day: in three boxes, or in one that takes what people type."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import wtforms

from tracker.platform.days import FIRST_YEAR, LAST_YEAR, lacks_year, read_month, read_typed_day
from tracker.web import widgets
from tracker.web.typed import typed_in


class DateField(wtforms.Field):
    """Day, month and year boxes. ``data`` is a date, or None when all three are blank."""

    widget = widgets.DateBoxes()
    data: date | None

    def __init__(self, label: str, validators: Sequence[Any] | None = None, *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators, description=hint, **kwargs)
        self.id: str = f"{self.name}-day"
        self.label.field_id = self.id
        self.boxes: list[str] | None = None

    def _value(self) -> str:
        return ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.boxes = [*(box.strip() for box in valuelist), "", "", ""][:3]
        # Validators look at the first piece of raw data only: a date without its day would pass as blank.
        self.raw_data = [" ".join(self.boxes).strip()]
        self.data = None
        if any(self.boxes):
            self.data = _real_date(self.label.text, self.boxes)


class DayField(wtforms.Field):
    """A day in one box, shown as 11 December 2026, typed as ``read_typed_day`` knows it. ``data`` is a date or None."""

    data: date | None
    read, shown = staticmethod(read_typed_day), "%-d %B %Y"
    real, such_as = "a real date", "11 December 2026"

    def __init__(self, label: str, validators: Sequence[Any] | None = None, *, hint: str = "", **kwargs: Any) -> None:
        widget = widgets.TextBox(classes="govuk-input--width-10", autocomplete="off")
        super().__init__(label, validators, description=hint, widget=widget, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:{self.shown}}"

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = typed_in(self)
        self.data = None
        if typed:
            self.data = self.read(typed)
            if self.data is None and lacks_year(typed):
                raise ValueError(f"{self.label.text}: add the year, such as {self.such_as}")
            if self.data is None:
                raise ValueError(f"{self.label.text} must be {self.real}, such as {self.such_as}")


class MonthField(DayField):
    """A month in one box, shown as December 2026; a day of it does as well. ``data`` is a date in it, or None."""

    read, shown = staticmethod(read_month), "%B %Y"
    real, such_as = "a real month", "December 2026"


def _real_date(label: str, boxes: Sequence[str]) -> date:
    try:
        day, month, year = (int(box) for box in boxes)
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise ValueError(f"{label} must be a real date") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{label} must have a year of 4 digits")
    return found
