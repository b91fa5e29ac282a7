"""What we ask about a spreadsheet of figures: the file, which column holds what, and what its words mean here."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import Length

from tracker.indicators.importing import asking
from tracker.indicators.importing.asking import Word
from tracker.indicators.importing.models import FigureSheet
from tracker.indicators.importing.queries import Measures
from tracker.indicators.importing.rules import NONE_OF_OURS, PERIODS, WANTED, Layout
from tracker.platform.workbooks import Sheet
from tracker.web.columns_form import ColumnsForm, columns_form, short
from tracker.web.fields import CheckboxField, FileField, Form, PastedCellsField, SelectField, TextAreaField, TextField
from tracker.web.words_form import Question, WordsForm, words_form

LONGEST_PERIOD = 60


class BringInForm(Form):
    file = FileField(
        "A spreadsheet of figures, as an Excel file (.xlsx) or .csv",
        hint="Yours as it is: a row for each figure, or a column for each month, quarter or year.",
        accept=".xlsx,.xlsm,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv",
    )
    table = PastedCellsField(
        "Or paste its cells, with their headings",
        hint="Copy them in Excel or LibreOffice. Only counts and figures: never a row for each child.",
    )


class ApplyForm(Form):
    reason = TextAreaField(
        "Why do final figures change?",
        [Length(max=1000, message="Use 1,000 characters or fewer")],
        hint="Once for the whole file. It stands in the history of each measure.",
        rows=2,
    )


def columns_form_of(sheet: FigureSheet, rows: Sheet) -> ColumnsForm:
    """The columns of the layout, then what holds for the whole file: ``period`` and ``provisional``."""
    wanted = WANTED[sheet.layout]
    form = columns_form(
        wanted,
        rows,
        headings=sheet.headings,
        headings_row=sheet.headings_row,
        chosen=sheet.columns,
        others={
            "period": TextField(
                "Period of rows that name none",
                [Length(max=LONGEST_PERIOD, message=f"Use {LONGEST_PERIOD} characters or fewer")],
                hint="Where the file has no column for it. Such as October 2026, 2026-27 Q3 or 2025/26.",
                width=20,
            ),
            "provisional": CheckboxField("New figures are provisional, where the file does not say"),
        },
        data={"period": sheet.period, "provisional": sheet.provisional},
    )
    if sheet.layout is Layout.WIDE:
        del form.period
    return form


class FigureWordsForm(WordsForm):
    def meanings(self) -> dict[str, dict[str, str]]:
        """A heading may be passed over by the word that stands for no measure, however it is written."""
        return {
            column: {key: NONE_OF_OURS if text.strip().lower() == NONE_OF_OURS else text for key, text in told.items()}
            for column, told in super().meanings().items()
        }


def words_form_of(asked: Sequence[Word], measures: Measures) -> FigureWordsForm:
    choices = list(asking.offered(measures))
    return words_form(
        FigureWordsForm,
        [
            Question(str(one.kind), str(one.kind), one.key, _question(one, choices), likeliest=one.likeliest or None)
            for one in asked
        ],
    )


def _question(one: Word, choices: list[tuple[str, str]]) -> Any:
    label = f"“{short(one.word)}”"
    if one.kind == PERIODS:
        hint = f"Cell {one.at}. {one.unclear} Or write none to pass it over."
        most = Length(max=LONGEST_PERIOD, message=f"Use {LONGEST_PERIOD} characters or fewer")
        return TextField(label, [most], hint=hint, width=20)
    times = "in 1 row" if one.times == 1 else f"in {one.times} rows"
    return SelectField(label, hint=f"Cell {one.at}, {times}.", blank="I shall say later", choices=choices)
