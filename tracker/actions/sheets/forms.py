"""What we ask about a spreadsheet: the file, which column holds what, and what its words mean here."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from tracker.actions.sheets import asking
from tracker.actions.sheets.asking import Unknown
from tracker.actions.sheets.models import PlanSheet
from tracker.actions.sheets.queries import Plan
from tracker.actions.sheets.rules import NAMES, WANTED, Field
from tracker.improvements.rules import Source
from tracker.platform.workbooks import Sheet
from tracker.web.columns_form import ColumnsForm, columns_form, short
from tracker.web.fields import DayField, FileField, Form, SelectField


class BringInForm(Form):
    file = FileField(
        "Your plan, as an Excel file (.xlsx) or .csv",
        hint="Yours as it is: you say which column holds what, and see every row before anything changes.",
        accept=".xlsx,.xlsm,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv",
    )


def columns_form_of(sheet: PlanSheet, rows: Sheet) -> ColumnsForm:
    return columns_form(WANTED, rows, headings=sheet.headings, headings_row=sheet.headings_row, chosen=sheet.columns)


class WordsForm(Form):
    """A question for each word that nobody here can know: made by ``words_form``."""

    unknown: Sequence[Unknown] = ()

    def meanings(self) -> dict[str, dict[str, str]]:
        """Field -> word as it is remembered -> its meaning; what was left open is left out."""
        told: dict[str, dict[str, str]] = {}
        for place, one in enumerate(self.unknown):
            meaning = self[f"word{place}"].data
            if meaning:
                text = meaning.isoformat() if isinstance(meaning, date) else str(meaning)
                told.setdefault(one.field.value, {})[one.key] = text
        return told

    def by_column(self) -> list[tuple[str, list[Any]]]:
        """The questions under the names of their columns."""
        places = groupby(enumerate(self.unknown), key=lambda one: one[1].field)
        return [(NAMES[column], [self[f"word{place}"] for place, _one in group]) for column, group in places]

    @property
    def asks_for_items(self) -> bool:
        return any(one.field is Field.ITEM for one in self.unknown)


def words_form(sheet: PlanSheet, unknown: Sequence[Unknown], plan: Plan) -> WordsForm:
    fields: dict[str, Any] = {f"word{place}": _question(one, plan) for place, one in enumerate(unknown)}
    fields["source"] = SelectField(
        "New items come from", choices=[(source.value, source.value) for source in Source], coerce=Source
    )
    data: dict[str, Any] = {f"word{place}": _answer(one) for place, one in enumerate(unknown)}
    form: WordsForm = type("WordsForm", (WordsForm,), fields)(data={**data, "source": sheet.source})
    form.unknown = unknown
    return form


def _question(one: Unknown, plan: Plan) -> Any:
    label = f"“{short(one.word)}”"
    times = "Stands in 1 row." if one.times == 1 else f"Stands in {one.times} rows."
    if one.field is Field.DUE:
        return DayField(label, hint=f"{times} Which day is meant?")
    choices = list(asking.offered(one.field, plan))
    return SelectField(label, hint=times, blank="I shall say later", choices=choices)


def _answer(one: Unknown) -> Any:
    if one.field is Field.DUE:
        return date.fromisoformat(one.likeliest) if one.likeliest else None
    return one.likeliest or None
