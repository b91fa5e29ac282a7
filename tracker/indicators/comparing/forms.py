"""What we ask about published figures and about neighbours."""

from collections.abc import Sequence
from io import BytesIO
from typing import cast

from werkzeug.datastructures import FileStorage
from wtforms.validators import DataRequired, InputRequired

from tracker.indicators.comparing.commands import Publication
from tracker.indicators.forms import within
from tracker.indicators.importing import children
from tracker.indicators.importing.periods import read_period
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Sheet, read, read_pasted, text_of
from tracker.web.fields import (
    DayField,
    FileField,
    Form,
    HiddenVersionField,
    NumberField,
    PastedCellsField,
    TextField,
)


class TableForm(Form):
    """Names, one in a row, pasted or from a file."""

    file = FileField(
        "Or choose a file: an Excel file (.xlsx) or .csv",
        hint="Its first sheet is read, and nothing of it is kept but names and figures.",
        accept=".xlsx,.xlsm,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv",
    )

    def sheets_of(self, table: str) -> Sequence[Sheet]:
        """What was pasted or chosen. Raises Refused where it is neither, both, or a list of children."""
        file = cast("FileStorage | None", self.file.data)
        chosen = file is not None and bool(file.filename)
        if chosen == bool(table.strip()):
            raise Refused("Write or paste the names, or choose a file: one of the two.")
        if file is not None and chosen:
            sheets = read(cast("BytesIO", file.stream), as_shown=True)
        else:
            sheets = read_pasted(table, as_shown=True)
        children.require_none(sheets)
        return sheets


class PublishedForm(TableForm):
    period = TextField(
        "For which period?",
        [DataRequired("Say for which period they were published"), within(60)],
        hint="Such as 2025/26, 31 March 2026 or October 2026. Figures are compared for the very same period only.",
        width=20,
    )
    basis = TextField(
        "On which basis?",
        [DataRequired("Say on which basis they were published"), within(300)],
        hint="Change it if they were counted in another way: they are then shown and not compared.",
    )
    source = TextField(
        "Where were they published?",
        [DataRequired("Say where they were published"), within(200)],
        hint="So that somebody else finds them: publisher, title, table.",
    )
    source_date = DayField("When were they published?", hint="Such as 13 November 2026.")
    table = PastedCellsField(
        "Names and figures",
        hint="A line each, with a tab or comma between: England, a region, Statistical neighbours, or a council. Write "
        "n/a or c where none was published.",
        rows=8,
    )

    def publication(self) -> Publication:
        span = read_period(self.period.data or "")
        if span is None:
            raise Refused("This is no period. Write it like 2025/26, 31 March 2026 or October 2026.")
        return Publication(
            period=span,
            basis=self.basis.data or "",
            source=self.source.data or "",
            source_date=self.source_date.data,
        )

    def sheets(self) -> Sequence[Sheet]:
        return self.sheets_of(self.table.as_pasted)


class NeighboursForm(TableForm):
    year = NumberField(
        "From which year?", whole=True, hint="2025 holds for periods that end from 1 April 2025 on, until the next set."
    )
    names = PastedCellsField("Names of the councils", hint="A line each, as they are published.", rows=11)
    source = TextField(
        "Who names them?",
        [DataRequired("Say who names them"), within(200)],
        hint="The model and where its list was published.",
    )
    source_date = DayField("When was that published?", hint="Such as 6 November 2025.")

    def named(self) -> list[str]:
        """One of each row: the last cell that is a text, since lists number their councils."""
        found = []
        for row in self.sheets_of(_as_one_column(self.names.as_pasted))[0].rows:
            texts = [text_of(cell) for cell in row.cells if isinstance(cell, str) and text_of(cell)]
            found.extend(texts[-1:])
        return found


class ChangeNeighboursForm(NeighboursForm):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then save")])


def _as_one_column(table: str) -> str:
    """Commas belong to a name ("Bristol, City of"), so that tabs alone part the cells of what is pasted."""
    lines = [line for line in table.splitlines() if line.strip()]
    return "\n".join(line if "\t" in line else f"{line}\t" for line in lines)
