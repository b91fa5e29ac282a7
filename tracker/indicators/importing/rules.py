"""How a spreadsheet of figures is laid out, and what each of its rows says. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.indicators.importing.figures import EMPTY
from tracker.indicators.importing.periods import Span, Unclear, names_a_year, read_period
from tracker.platform import columns
from tracker.platform.columns import HEADING_WITHIN, Headings, Wanted
from tracker.platform.workbooks import Row, Sheet, Value, address, text_of


class Layout(StrEnum):
    """How the figures stand in a sheet."""

    LONG = "a row for each figure"
    WIDE = "a column for each period"


class Field(StrEnum):
    """What a column can hold."""

    REFERENCE = "reference"
    MEASURE = "measure"
    PERIOD = "period"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    STATE = "state"
    SOURCE = "source"
    SOURCE_DATE = "source_date"
    PART = "part"


NAMES: Mapping[Field, str] = {
    Field.REFERENCE: "Reference of the measure, such as M-7",
    Field.MEASURE: "Name of the measure",
    Field.PERIOD: "Period",
    Field.FIRST_DAY: "First day",
    Field.LAST_DAY: "Last day",
    Field.NUMERATOR: "Above the line",
    Field.DENOMINATOR: "Below the line",
    Field.VALUE: "Figure",
    Field.STATE: "Provisional or final",
    Field.SOURCE: "Source",
    Field.SOURCE_DATE: "Date of the source",
    Field.PART: "Above or below the line, where each has a row",
}

_MEASURE = (
    Wanted(Field.REFERENCE, NAMES[Field.REFERENCE], ("Reference", "Ref", "Measure ref", "Measure number")),
    Wanted(
        Field.MEASURE,
        NAMES[Field.MEASURE],
        ("Measure", "Indicator", "Performance indicator", "Indicator name", "Measure name", "KPI", "PI", "Metric",
         "Description", "List", "List number", "Annex A list", "Name"),
    ),
)  # fmt: skip
_SOURCE = (
    Wanted(Field.SOURCE, NAMES[Field.SOURCE], ("Data source", "System", "Return")),
    Wanted(Field.SOURCE_DATE, NAMES[Field.SOURCE_DATE], ("Source date", "Date of source", "Extracted on", "Date run")),
    Wanted(Field.PART, NAMES[Field.PART], ("Part", "Num/Den", "Numerator or denominator", "Count type", "Row type")),
)

WANTED: Mapping[Layout, Sequence[Wanted]] = {
    Layout.LONG: (
        *_MEASURE,
        Wanted(Field.PERIOD, NAMES[Field.PERIOD], ("Month", "Quarter", "Reporting period", "Time period", "Date")),
        Wanted(Field.FIRST_DAY, NAMES[Field.FIRST_DAY], ("Period start", "Start date", "From")),
        Wanted(Field.LAST_DAY, NAMES[Field.LAST_DAY], ("Period end", "End date", "To", "As at")),
        Wanted(Field.NUMERATOR, NAMES[Field.NUMERATOR], ("Numerator", "Num")),
        Wanted(Field.DENOMINATOR, NAMES[Field.DENOMINATOR], ("Denominator", "Den", "Denom", "Out of", "Cohort")),
        Wanted(
            Field.VALUE,
            NAMES[Field.VALUE],
            ("Value", "Count", "Number", "Result", "Actual", "Performance", "Outturn", "Percentage", "Rate", "Total"),
        ),
        Wanted(Field.STATE, NAMES[Field.STATE], ("Status", "State", "Data status", "Provisional")),
        *_SOURCE,
    ),
    Layout.WIDE: (*_MEASURE, *_SOURCE),
}

NONE_OF_OURS = "none"
"""What a word of the file means where no measure here is meant, or no period."""

PERIODS = "periods"
"""Key of the explained periods, beside the fields: what a heading means in one file only."""


@dataclass(frozen=True)
class Found:
    """Where the figures stand: the sheet, its heading row and how they are laid out."""

    layout: Layout
    sheet: str
    headings: Headings


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where."""

    value: Value
    at: str

    @property
    def text(self) -> str:
        return text_of(self.value)


NOTHING = Cell(None, "")


@dataclass(frozen=True)
class PeriodColumn:
    """A column whose heading names a period, or would if it could mean one only."""

    place: int
    heading: Cell
    span: Span | None
    unclear: str = ""
    """Why it is no period yet, in a sentence."""


@dataclass(frozen=True)
class SaidFigure:
    """One figure as the file has it. ``heading`` is its period: over its column, or in its row."""

    heading: Cell
    span: Span | None
    unclear: str
    """Why the heading is no period yet, in a sentence; empty where it is one, or none at all."""
    value: Cell
    numerator: Cell = NOTHING
    denominator: Cell = NOTHING
    first_day: Cell = NOTHING
    last_day: Cell = NOTHING
    state: Cell = NOTHING

    @property
    def counts(self) -> tuple[Cell, Cell]:
        return self.numerator, self.denominator

    @property
    def has_day(self) -> bool:
        return bool(self.last_day.text)


@dataclass(frozen=True)
class Said:
    """A row of the file: what it calls its measure, and its figures."""

    row: int
    measure: Cell
    reference: Cell
    source: str
    figures: tuple[SaidFigure, ...]
    source_date: Cell = NOTHING
    part: Cell = NOTHING
    """Which of the two counts it holds, where each has a row of its own."""


def found_in(sheets: Sequence[Sheet], remembered: Mapping[str, str], *, layout: Layout | None = None) -> Found:
    """The sheet that is likeliest to hold figures, and how. ``layout`` is what somebody said instead of the guess."""
    return max((_found(sheet, remembered, layout) for sheet in sheets), key=lambda one: one[0])[1]


def period_above(sheet: Sheet, headings_row: int) -> str:
    """The period that a title over the headings names, for rows that name none; empty where none does."""
    above = [cell for row in sheet.rows if row.number < headings_row for cell in row.cells]
    return next((span.name for cell in above if (span := _period(cell)[0])), "")


def suggested(names: Sequence[str], layout: Layout, remembered: Mapping[str, str]) -> dict[str, int]:
    """Field -> place of its column; headings that were last chosen for a field of the other layout are left."""
    known = {one.key for one in WANTED[layout]}
    ours = {heading: field for heading, field in remembered.items() if field in known or not field}
    return columns.suggested(names, WANTED[layout], ours)


def _found(sheet: Sheet, remembered: Mapping[str, str], layout: Layout | None) -> tuple[float, Found]:
    """With how likely it is: columns that are found."""
    long = columns.headings(sheet, WANTED[Layout.LONG], remembered)
    chosen = suggested(long.names, Layout.LONG, remembered)
    about, when = {Field.REFERENCE, Field.MEASURE} & chosen.keys(), {Field.PERIOD, Field.LAST_DAY} & chosen.keys()
    what = {Field.VALUE, Field.NUMERATOR} & chosen.keys()
    near = [row for row in sheet.rows if row.number <= sheet.rows[0].number + HEADING_WITHIN]
    named = {row.number: _named(row) for row in near}
    wide = max(near, key=lambda row: (named[row.number], -row.number))
    periods = named[wide.number]
    own_row = bool(when) or not periods or wide.number != long.row
    if layout is Layout.LONG or (layout is None and (not periods or (about and what and own_row))):
        return len(chosen), Found(Layout.LONG, sheet.name, long)
    names = tuple(text_of(cell) for cell in wide.cells)
    return periods + len(suggested(names, Layout.WIDE, remembered)), Found(
        Layout.WIDE, sheet.name, Headings(wide.number, names)
    )


def _named(row: Row) -> int:
    """How many cells of a row name a period, clearly or not."""
    return sum(any(_period(cell)) for cell in row.cells)


def _period(value: Value, year: str = "") -> tuple[Span | None, str]:
    try:
        return read_period(value, year=year), ""
    except Unclear as unclear:
        return None, str(unclear)


def period_columns(sheet: Sheet, headings_row: int, chosen: Mapping[str, int]) -> list[PeriodColumn]:
    """The columns under headings that name a period, besides those that are chosen to hold something else."""
    heading = next((row for row in sheet.rows if row.number == headings_row), None)
    over = next((row for row in sheet.rows if row.number == headings_row - 1), None)
    found, year = [], ""
    for place, value in enumerate(heading.cells if heading else ()):
        above = over.at(place) if over else None
        if above is not None:
            year = text_of(above) if names_a_year(above) else ""
        if place in chosen.values() or value is None:
            continue
        span, unclear = _period(value, year)
        if span or unclear:
            found.append(PeriodColumn(place, Cell(value, address(headings_row, place)), span, unclear))
    return found


def said_in(
    sheet: Sheet, layout: Layout, headings_row: int, chosen: Mapping[str, int], *, period: str = ""
) -> Iterator[Said]:
    """What every row below the headings says. ``period`` is that of rows that name none."""
    over = period_columns(sheet, headings_row, chosen) if layout is Layout.WIDE else []
    for row in sheet.rows:
        if row.number <= headings_row:
            continue
        figures = tuple(_across(row, over)) if layout is Layout.WIDE else (_down(row, chosen, period),)
        said = Said(
            row=row.number,
            measure=_cell(row, chosen.get(Field.MEASURE)),
            reference=_cell(row, chosen.get(Field.REFERENCE)),
            source=_cell(row, chosen.get(Field.SOURCE)).text,
            figures=figures,
            source_date=_cell(row, chosen.get(Field.SOURCE_DATE)),
            part=_cell(row, chosen.get(Field.PART)),
        )
        if said.measure.text or said.reference.text or any(_holds(one) for one in figures):
            yield said


def _across(row: Row, over: Sequence[PeriodColumn]) -> Iterator[SaidFigure]:
    """The figures of a row that has a column for each period; empty cells are none."""
    for column in over:
        value = _cell(row, column.place)
        if value.text not in EMPTY:
            yield SaidFigure(column.heading, column.span, column.unclear, value)


def _down(row: Row, chosen: Mapping[str, int], period: str) -> SaidFigure:
    heading = _cell(row, chosen.get(Field.PERIOD))
    if not heading.text:
        heading = Cell(period, heading.at)
    span, unclear = _period(heading.value)
    return SaidFigure(
        heading=heading,
        span=span,
        unclear=unclear,
        value=_cell(row, chosen.get(Field.VALUE)),
        numerator=_cell(row, chosen.get(Field.NUMERATOR)),
        denominator=_cell(row, chosen.get(Field.DENOMINATOR)),
        first_day=_cell(row, chosen.get(Field.FIRST_DAY)),
        last_day=_cell(row, chosen.get(Field.LAST_DAY)),
        state=_cell(row, chosen.get(Field.STATE)),
    )


def _holds(figure: SaidFigure) -> bool:
    return any(cell.text not in EMPTY for cell in (figure.value, *figure.counts))


def _cell(row: Row, place: int | None) -> Cell:
    return NOTHING if place is None else Cell(row.at(place), address(row.number, place))
