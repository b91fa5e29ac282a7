"""What we ask about a report: the files, and each thing that was read of one when it has to be put right."""

from datetime import date
from decimal import Decimal

from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tracker.frameworks.schema import Framework
from tracker.inspections.checking.rules import ITEMS, JUDGEMENTS, PARAGRAPHS, Entry, Value
from tracker.web.fields import DayField, FilesField, Form, NumberField, SelectField, TextAreaField, TextField

LONGEST_TEXT = 20_000
"""Characters of one paragraph: several pages. Our choice."""


class ImportForm(Form):
    files = FilesField(
        "Reports, as PDF files",
        hint="As published at reports.ofsted.gov.uk. You can choose several, or drop them here.",
        accept=".pdf,application/pdf",
    )


class DatesForm(Form):
    """What a report does not print of itself."""

    published_on = DayField("Published")
    received_on = DayField(
        "Final report received", hint="The deadlines for publishing it and for the written statement run from this day."
    )


class ChangeForm(Form):
    """Puts one entry right. Each kind of entry has its own."""

    def fill(self, entry: Entry) -> None:
        """Show the entry as it stands."""
        raise NotImplementedError

    def offer(self, framework: Framework) -> None:
        """Offer what the framework knows."""

    def value(self, entry: Entry) -> Value:
        """The entry as it was put right."""
        raise NotImplementedError


class TextChange(ChangeForm):
    text = TextField("What it should say", [Length(max=300, message="Use 300 characters or fewer")])

    def fill(self, entry: Entry) -> None:
        self.text.data = entry["value"] or ""

    def value(self, entry: Entry) -> Value:
        return {"value": self.text.data or ""}


class DayChange(ChangeForm):
    day = DayField("Day")

    def fill(self, entry: Entry) -> None:
        self.day.data = _day(entry["value"])

    def value(self, entry: Entry) -> Value:
        return {"value": self.day.data.isoformat() if self.day.data else None}


class DatesChange(ChangeForm):
    begin = DayField("First day of fieldwork", [InputRequired("Enter the first day of fieldwork")])
    end = DayField("Last day of fieldwork", [InputRequired("Enter the last day of fieldwork")])

    def fill(self, entry: Entry) -> None:
        self.begin.data, self.end.data = _day(entry["from"]), _day(entry["to"])

    def value(self, entry: Entry) -> Value:
        begin, end = self.begin.data, self.end.data
        return {
            "from": begin.isoformat() if begin else None,
            "to": end.isoformat() if end else None,
            "printed": entry["printed"],
        }


class ChoiceChange(ChangeForm):
    """An entry whose choices are known: the kind of inspection, a part of the national framework."""

    choice = SelectField("What it should be", [InputRequired("Choose what it should be")], blank="Choose")

    def fill(self, entry: Entry) -> None:
        self.choice.data = entry[entry.key]

    def offer_of(self, entry: Entry) -> None:
        self.choice.offer((choice.value, choice.label) for choice in entry.choices)

    def value(self, entry: Entry) -> Value:
        return {**(entry.value or {}), entry.key: self.choice.data}


class ItemChange(ChangeForm):
    text = TextAreaField(
        "In the inspectors’ words",
        [DataRequired("Write what the report says"), Length(max=LONGEST_TEXT)],
        rows=5,
        hint="As printed, with any reference at its end.",
    )
    finding_type = SelectField("Listed as", [InputRequired("Choose what the report lists it as")])
    responsible = TextField(
        "Responsible body",
        [Length(max=300, message="Use 300 characters or fewer")],
        hint="As printed, where the report names one.",
    )

    def fill(self, entry: Entry) -> None:
        self.text.data, self.finding_type.data = entry["text"], entry["type"]
        self.responsible.data = entry["responsible"] or ""

    def offer(self, framework: Framework) -> None:
        self.finding_type.offer((one.code, one.name) for one in framework.finding_types)

    def value(self, entry: Entry) -> Value:
        return {
            "text": self.text.data,
            "type": self.finding_type.data,
            "responsible": (self.responsible.data or "").strip(),
        }


class JudgementChange(ChangeForm):
    area = SelectField("Judgement", [InputRequired("Choose the judgement")], blank="Choose")
    grade = SelectField("Grade", blank="No grade given")

    def fill(self, entry: Entry) -> None:
        self.area.data, self.grade.data = entry["area"], entry["grade"]

    def offer(self, framework: Framework) -> None:
        self.area.offer((area.code, area.name) for area in framework.areas)
        self.grade.offer((grade.code, grade.label) for grade in framework.scale)
        self.names = {area.code: area.name for area in framework.areas}

    def value(self, entry: Entry) -> Value:
        label = entry["label"] or self.names.get(self.area.data or "", "")
        return {"area": self.area.data, "label": label, "grade": self.grade.data}


class ParagraphChange(ChangeForm):
    number = NumberField(
        "Number, as printed", [Optional(), NumberRange(1, 999, "Use a number from 1 to 999")], whole=True, width=3
    )
    area = SelectField("Under which judgement", blank="None")
    text = TextAreaField("Text", [DataRequired("Write what the paragraph says"), Length(max=LONGEST_TEXT)], rows=10)

    def fill(self, entry: Entry) -> None:
        self.number.data = None if entry["number"] is None else Decimal(entry["number"])
        self.area.data, self.text.data = entry["area"], entry["text"]

    def offer(self, framework: Framework) -> None:
        self.area.offer((area.code, area.short_name) for area in framework.areas)

    def value(self, entry: Entry) -> Value:
        number = self.number.data
        return {
            "number": None if number is None else int(number),
            "area": self.area.data,
            "text": self.text.data,
            "heading": entry["heading"] or "",
        }


FORMS: dict[str, type[ChangeForm]] = {
    ITEMS: ItemChange,
    JUDGEMENTS: JudgementChange,
    PARAGRAPHS: ParagraphChange,
    "dates": DatesChange,
    "published": DayChange,
    "received": DayChange,
    "activity": ChoiceChange,
    "national": ChoiceChange,
}
"""Kind of entry to its form; any other is a line of text."""


def change_form(entry: Entry, framework: Framework) -> ChangeForm:
    """The form that puts ``entry`` right, filled with it as it stands unless it was posted."""
    form = FORMS.get(entry.kind, TextChange)()
    form.offer(framework)
    if isinstance(form, ChoiceChange):
        form.offer_of(entry)
    if not form.is_submitted():
        form.fill(entry)
    return form


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
