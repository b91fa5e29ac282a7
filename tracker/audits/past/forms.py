"""What we ask about a spreadsheet of past audits: the file, which column holds what, and what its words mean here."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import InputRequired

from tracker.audits.past.asking import Unknown
from tracker.audits.schema import Tool
from tracker.frameworks.schema import Area
from tracker.web.columns_form import short
from tracker.web.fields import FileField, Form, SelectField, TextAreaField
from tracker.web.words_form import Question, WordsForm, words_form


class BringInForm(Form):
    tool = SelectField(
        "Which tool were the audits made with?",
        blank="The file says it in a column",
        hint="Choose the one that asks about the same things as yours did.",
    )
    area = SelectField(
        "Which judgement area are they about, where a row does not say it?",
        blank="The file says it, or the tool is used in one area only",
    )
    file = FileField(
        "Your past audits, as an Excel file (.xlsx) or .csv",
        hint="One audit in a row, under your own headings. Take out columns of names, dates of birth and NHS numbers.",
        accept=".xlsx,.xlsm,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv",
    )

    def offer(self, tools: Sequence[Tool], areas: Sequence[Area]) -> None:
        self.tool.offer([(tool.id, tool.name) for tool in tools])
        self.area.offer([(area.code, area.short_name) for area in areas])


class TakeOutForm(Form):
    because = TextAreaField(
        "Why is it taken out?",
        [InputRequired("Say why it is taken out. Its history keeps the reason.")],
        hint="The history keeps it. Never a name.",
    )


def words_form_of(unknown: Sequence[Unknown]) -> WordsForm:
    return words_form(
        WordsForm,
        [
            Question(one.name, one.column, one.key, _question(one), likeliest=one.likeliest or None, told=one.told)
            for one in unknown
        ],
    )


def _question(one: Unknown) -> Any:
    times = "Stands in 1 cell." if one.times == 1 else f"Stands in {one.times} cells."
    times += " Explained before as what is chosen." if one.told else ""
    return SelectField(f"“{short(one.word)}”", hint=times, blank="I shall say later", choices=list(one.offered))
