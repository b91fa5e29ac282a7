import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from tracker.fieldwork.rules import LONDON, LONGEST_NAME, Dates
from tracker.frameworks.schema import Activity, Area
from tracker.web.fields import (
    CheckboxField,
    ChoiceField,
    DayField,
    HiddenVersionField,
    NumberField,
    RadiosField,
    TextField,
)
from tracker.web.form import Form

MOST_MINUTES = 600
"""Of a meeting. Our choice: a long day."""
TIME = re.compile(r"(\d{1,2})[:.](\d{2})")


class TimeField(TextField):
    """A time of day in one box, as 9:30 or 14.05; ``at`` is what was typed."""

    def __init__(self, label: str, validators: Sequence[Any] | None = None, *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators, hint=hint, width=5, autocomplete="off", guard=False, **kwargs)

    def process_data(self, value: time | str | None) -> None:
        self.data = f"{value:%H:%M}" if isinstance(value, time) else value

    def pre_validate(self, form: Any) -> None:
        if self.data and self.at is None:
            raise ValidationError(f"{self.label.text} must be a time of day, such as 9:30")

    @property
    def at(self) -> time | None:
        found = TIME.fullmatch((self.data or "").strip())
        try:
            return time(int(found[1]), int(found[2])) if found else None
        except ValueError:
            return None


class Sort(StrEnum):
    REAL = "A real inspection"
    REHEARSAL = "A rehearsal"


def lasts() -> NumberField:
    """How long a meeting lasts."""
    return NumberField(
        "Lasts",
        [
            InputRequired("Enter how long it lasts"),
            NumberRange(5, MOST_MINUTES, f"Enter a number from 5 to {MOST_MINUTES}"),
        ],
        suffix="minutes",
        whole=True,
    )


class SaysDays(Form):
    """A form that asks for the days of an inspection, each in its own place."""

    called_on: DayField
    called_at: TimeField
    remote_from: DayField
    first_day: DayField
    last_day: DayField

    @property
    def dates(self) -> Dates:
        """Of a form that validated."""
        return Dates(
            called_at=moment(self.called_on.data, self.called_at.at),
            remote_from=self.remote_from.data or date.min,
            first_day=self.first_day.data or date.min,
            last_day=self.last_day.data or date.min,
        )


def places(area: Area) -> Iterator[tuple[str, str]]:
    """A judgement area and its themes, as a field offers them: "leadership", "leadership/LD08"."""
    yield area.code, f"{area.short_name}, no one theme"
    yield from ((f"{area.code}/{theme.code}", theme.name) for theme in area.themes)


def by_area(areas: Sequence[Area]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What something of an inspection can be about, for a field that groups them."""
    return {area.short_name: list(places(area)) for area in areas}


def moment(day: date | None, at: time | None) -> datetime:
    """In England, where the telephone rings."""
    return datetime.combine(day or date.min, at or time(), tzinfo=LONDON)


class StartForm(SaysDays):
    sort = ChoiceField(
        "What is it?",
        Sort,
        [InputRequired("Say whether it is real or a rehearsal")],
        hints={Sort.REHEARSAL: "Practice: marked as one on every page, and never mixed with a real inspection."},
    )
    activity = RadiosField("Kind of visit", [InputRequired("Choose the kind of visit")])
    called_on = DayField("Day of the call", [InputRequired("Enter the day of the call")])
    called_at = TimeField(
        "Time of the call", [InputRequired("Enter the time of the call")], hint="24 hours, for example 9:40"
    )
    lead_inspector = TextField(
        "Lead inspector", [Length(max=LONGEST_NAME)], hint="As told on the telephone. It can be added later."
    )
    remote_from = DayField(
        "First day of the remote week", [InputRequired("Enter the first day of the remote week")],
        hint="Inspectors work from afar. For a visit without one, the first day on site.",
    )  # fmt: skip
    first_day = DayField("First day on site", [InputRequired("Enter the first day on site")])
    last_day = DayField("Last day on site", [InputRequired("Enter the last day on site")])
    with_packs = CheckboxField("Make every pack as at now, in one zip")

    def offer(self, activities: Sequence[Activity], hints: Mapping[str, str]) -> None:
        self.activity.offer([(one.code, one.name) for one in activities], hints=hints)


class DatesForm(SaysDays):
    """The days once more; what they change is shown before they are saved."""

    version = HiddenVersionField()
    called_on = DayField("Day of the call", [InputRequired("Enter the day of the call")])
    called_at = TimeField("Time of the call", [InputRequired("Enter the time of the call")])
    remote_from = DayField("First day of the remote week", [InputRequired("Enter the first day of the remote week")])
    first_day = DayField("First day on site", [InputRequired("Enter the first day on site")])
    last_day = DayField("Last day on site", [InputRequired("Enter the last day on site")])
    lead_inspector = TextField("Lead inspector", [Length(max=LONGEST_NAME)])
    reason = TextField("Why the dates move", [Length(max=LONGEST_NAME)], hint="The history keeps it.")


class CloseForm(Form):
    with_room = CheckboxField(
        "Close the inspectors’ room with it",
        hint="It ends the access of the inspectors of this inspection at once. Without a tick the room stays open.",
    )


class ReopenForm(Form):
    reason = TextField(
        "Why is it opened again?",
        [InputRequired("Say why it is opened again"), Length(max=LONGEST_NAME)],
        hint="The history keeps it.",
    )


class PressedForm(Form):
    """Nothing is asked, but a refusal has a page to stand on."""
