from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, Self

from wtforms.validators import InputRequired, Length, ValidationError

from tracker.platform.days import read_day
from tracker.reminders.rules import Choice, Numbers, Weekday, is_quiet_hour
from tracker.web.fields import (
    CheckboxField,
    ChoiceField,
    Form,
    HiddenVersionField,
    NumberField,
    SelectField,
    TextAreaField,
)

MOST_CLOSED_DAYS = 100


def hours(numbers: Numbers | None = None) -> list[tuple[int, str]]:
    """Hours to choose from as a clock says them, without the quiet ones of ``numbers``."""
    return [(hour, f"{hour:02}:00") for hour in range(24) if numbers is None or not is_quiet_hour(hour, numbers)]


class ChoiceForm(Form):
    """Which mails somebody wants."""

    version = HiddenVersionField()
    digest = CheckboxField("A weekly digest of everything I owe this week")
    due_soon = CheckboxField("When something of mine is due soon")
    overdue = CheckboxField("When something of mine is overdue")
    waiting = CheckboxField("When something waits for me: to sign off, to moderate, to close")
    escalated = CheckboxField("When something that others owe, and I answer for, is overdue for long")
    packs = CheckboxField("When a pack that I asked for is made, or could not be made")
    week = CheckboxField("When something of mine in an inspection moves, or becomes mine")
    digest_weekday = SelectField("Day of the digest")
    digest_hour = SelectField("Hour of the digest", coerce=int)

    def offer(self, numbers: Numbers) -> None:
        self.digest_weekday.blank = f"As everybody: {numbers.digest_weekday}"
        self.digest_weekday.offer([(day.value, day.value) for day in Weekday])
        self.digest_hour.blank = f"As everybody: {numbers.hour:02}:00"
        self.digest_hour.offer(hours(numbers))

    def choice(self, today: date) -> Choice:
        return Choice(
            due_soon=self.due_soon.data,
            overdue=self.overdue.data,
            escalated=self.escalated.data,
            packs=self.packs.data,
            week=self.week.data,
            waiting=self.waiting.data,
            digest=self.digest.data,
            digest_weekday=Weekday(self.digest_weekday.data) if self.digest_weekday.data else None,
            digest_hour=self.digest_hour.data,
            chosen_on=today,
        )


def _days(label: str, **kwargs: Any) -> NumberField:
    return NumberField(label, [InputRequired(f"{label}: enter a number of days")], suffix="days", whole=True, **kwargs)


class NumbersForm(Form):
    """When an authority reminds."""

    version = HiddenVersionField()
    due_soon_days = _days("Due soon: how long before its day")
    statutory_soon_days = _days("The same for a statutory deadline")
    overdue_every_days = _days("Overdue: told again after")
    accountable_after_days = _days("The accountable person is told after", hint="Days late")
    director_after_days = _days("Directors are told after", hint="Days late. A statutory deadline: on the first day")
    digest_weekday = ChoiceField("Day of the weekly digest", Weekday, [InputRequired("Choose a day")], inline=True)
    hour = SelectField("Mails are sent from", choices=hours(), coerce=int)
    quiet_from = SelectField("Quiet from", choices=hours(), coerce=int)
    quiet_until = SelectField("Quiet until", choices=hours(), coerce=int)
    closed = TextAreaField(
        "Days on which nobody is mailed",
        [Length(max=4000)],
        hint="One date on each line, such as 29 December 2026. Weekends and bank holidays are left out already.",
        rows=4,
    )

    @classmethod
    def showing(cls, numbers: Numbers, *, version: int) -> Self:
        """The form with what counts now in it."""
        shown: dict[str, Any] = {
            name: Decimal(value) if name.endswith("_days") else value for name, value in asdict(numbers).items()
        }
        return cls(**shown | {"version": version, "closed": listed(numbers.closed)})

    def validate_closed(self, field: TextAreaField) -> None:
        wrong = [line for line in _lines(field.data) if read_day(line) is None]
        if wrong:
            raise ValidationError(f"“{wrong[0]}” is not a date. Write it as 29 December 2026.")
        if len(_lines(field.data)) > MOST_CLOSED_DAYS:
            raise ValidationError(f"Enter {MOST_CLOSED_DAYS} days or fewer: past ones are not needed any more.")

    def numbers(self) -> Numbers:
        return Numbers(
            due_soon_days=int(self.due_soon_days.data or 0),
            statutory_soon_days=int(self.statutory_soon_days.data or 0),
            overdue_every_days=int(self.overdue_every_days.data or 0),
            accountable_after_days=int(self.accountable_after_days.data or 0),
            director_after_days=int(self.director_after_days.data or 0),
            digest_weekday=self.digest_weekday.data,
            hour=self.hour.data or 0,
            quiet_from=self.quiet_from.data or 0,
            quiet_until=self.quiet_until.data or 0,
            closed=frozenset(day for line in _lines(self.closed.data) if (day := read_day(line))),
        )


def listed(days: frozenset[date]) -> str:
    """Days as the form shows them, one on each line."""
    return "\n".join(f"{day:%-d %B %Y}" for day in sorted(days))


def _lines(text: str | None) -> Sequence[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
