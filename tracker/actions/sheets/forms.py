"""What we ask about a spreadsheet: the file, which column holds what, and what its words mean here."""

from collections.abc import Sequence
from datetime import date
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
from tracker.web.words_form import Question, WordsForm, words_form


class BringInForm(Form):
    file = FileField(
        "Your plan, as an Excel file (.xlsx) or .csv",
        hint="Yours as it is: you say which column holds what, and see every row before anything changes.",
        accept=".xlsx,.xlsm,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv",
    )


def columns_form_of(sheet: PlanSheet, rows: Sheet) -> ColumnsForm:
    return columns_form(WANTED, rows, headings=sheet.headings, headings_row=sheet.headings_row, chosen=sheet.columns)


class PlanWordsForm(WordsForm):
    """Besides the words it asks for the ``source`` of items that are new, where there may be some."""

    @property
    def asks_for_items(self) -> bool:
        return any(one.column == Field.ITEM for one in self.questions)


def words_form_of(sheet: PlanSheet, unknown: Sequence[Unknown], plan: Plan) -> PlanWordsForm:
    return words_form(
        PlanWordsForm,
        [
            Question(NAMES[one.field], one.field.value, one.key, _question(one, plan), likeliest=_answer(one))
            for one in unknown
        ],
        others={
            "source": SelectField(
                "New items come from", choices=[(source.value, source.value) for source in Source], coerce=Source
            )
        },
        data={"source": sheet.source},
    )


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
