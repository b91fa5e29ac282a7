"""What each row of a file would do to the figures as they stand: nothing is changed to find out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.indicators import commands, rules
from tracker.indicators.commands import Figure, OfPeriod
from tracker.indicators.importing import figures, periods
from tracker.indicators.importing.periods import Span
from tracker.indicators.importing.queries import Measures
from tracker.indicators.importing.reading import (
    SHOWN,
    NotCounted,
    NotThisCell,
    about_cell,
    by_days,
    read_figure,
    read_source_day,
    says,
)
from tracker.indicators.importing.rules import NONE_OF_OURS, Cell, Said, SaidFigure
from tracker.indicators.models import Measure, MeasureValue
from tracker.platform import child_data
from tracker.platform.columns import folded
from tracker.platform.errors import Refused
from tracker.platform.previews import Change, Outcome, Verdict

MOST_SAID = 5
"""Faults of one row that are said at once. Our choice."""
LONGEST_TITLE = 120


Source = tuple[str, date | None]
"""What figures were read from, and its day."""


@dataclass(frozen=True)
class FigureVerdict(Verdict):
    """What a row would do, with the figures that it would record."""

    number: int = 0
    """Of the measure."""
    records: tuple[OfPeriod, ...] = ()
    final: int = 0
    """How many of its changes are of figures that are final."""
    source: str = ""


@dataclass
class _Told:
    """What the figures of one row come to."""

    changes: list[Change] = field(default_factory=list)
    records: list[OfPeriod] = field(default_factory=list)
    faults: list[NotThisCell] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    new: int = 0
    final: int = 0

    @property
    def outcome(self) -> Outcome:
        if not self.records:
            return Outcome.SAME
        return Outcome.NEW if self.new == len(self.records) else Outcome.CHANGED


@dataclass
class Rows:
    """Reads one row after another; the second of two that give one figure must give the same."""

    measures: Measures
    headings: dict[str, str]
    """Heading as ``folded`` -> the period that somebody said it means."""
    provisional: bool
    on: date
    file_name: str = ""
    """The source of figures whose rows name none."""
    given: dict[tuple[int, date], tuple[Decimal, str]] = field(default_factory=dict)
    """Number of a measure and last day -> the figure, and the cell that gave it first."""

    def verdict(self, said: Said, *, left_out: bool) -> FigureVerdict:
        title = child_data.blotted(" ".join(said.measure.text.split()))[:LONGEST_TITLE] or said.reference.text[:20]
        if left_out:
            return FigureVerdict(said.row, Outcome.LEFT_OUT, title)
        if not any(says(figure) for figure in said.figures):
            return FigureVerdict(said.row, Outcome.SAME, title, reason=_nothing(said.figures))
        words = said.measure if said.measure.text else said.reference
        measure = self.measures.by_reference(said.reference.text) or self.measures.meant(words.text)
        if measure is None and self.measures.is_none(words.text):
            why = "Somebody said that no measure here is meant."
            return FigureVerdict(said.row, Outcome.LEFT_OUT, title, reason=why, elsewhere=True)
        if measure is None:
            why = f"No measure here is called “{title}”. Say which is meant." if title else "It names no measure."
            return FigureVerdict(said.row, Outcome.REFUSED, title, reason=why, cell=words.at)
        return self._of(said, measure, measure.name if title == measure.reference else title)

    def _of(self, said: Said, measure: Measure, title: str) -> FigureVerdict:
        there = {value.period_end: value for value in measure.values}
        told = _Told()
        source = self._source(said, told)
        for one in filter(says, said.figures):
            try:
                self._add(told, one, measure, there, source)
            except NotThisCell as fault:
                told.faults.append(fault)
            except NotCounted as note:
                told.notes.append(str(note))
        if len(told.notes) == sum(map(says, said.figures)):
            told.faults.append(NotThisCell(said.figures[0].heading.at, told.notes[0]))
        if told.faults:
            why, cell = _why(told.faults), told.faults[0].cell
            return FigureVerdict(said.row, Outcome.REFUSED, title, measure.reference, reason=why, cell=cell)
        return FigureVerdict(
            row=said.row,
            outcome=told.outcome,
            title=title,
            reference=measure.reference,
            changes=tuple(told.changes),
            reason=_left(told.notes),
            number=measure.number,
            records=tuple(told.records),
            final=told.final,
            source=said.source[:LONGEST_TITLE],
        )

    def _source(self, said: Said, told: _Told) -> Source:
        """Where the figures of a row come from: as it says, else the file; a day that is none is a fault."""
        name, day = said.source[:LONGEST_TITLE] or self.file_name, None
        try:
            day = read_source_day(said.source_date, self.on)
        except NotThisCell as fault:
            told.faults.append(fault)
        return name, day

    def _add(
        self,
        told: _Told,
        one: SaidFigure,
        measure: Measure,
        there: Mapping[date, MeasureValue],
        source: Source,
    ) -> None:
        """Take one figure of a row, unless it is there already or its heading is to be passed over."""
        period = self._period(one, measure, there)
        if period is None:
            return
        before = there.get(period[1])
        figure = self._figure(one, measure, before, source, *period)
        if figure is None:
            return
        told.records.append(OfPeriod(*period, figure))
        told.changes.append(
            Change(rules.period_name(*period), _told(measure, before), _told_of(measure, figure, period[0]))
        )
        told.new += before is None
        told.final += before is not None and not before.provisional

    def _period(
        self, one: SaidFigure, measure: Measure, there: Mapping[date, MeasureValue]
    ) -> tuple[date, date] | None:
        """First and last day; None where somebody said that the heading is to be passed over."""
        if one.has_day:
            return by_days(one, measure, there)
        span = one.span or self._explained(one.heading)
        if span is None and self.headings.get(folded(one.heading.text)) == NONE_OF_OURS:
            return None
        with about_cell(one.heading.at or one.value.at):
            if span is None:
                said = one.heading.text[:SHOWN]
                raise Refused(one.unclear or (f"“{said}” is no period." if said else "It says no period."))
            try:
                return periods.fitted(span, measure.period, what=measure.reference)
            except Refused as refusal:
                raise NotCounted(str(refusal)) from None

    def _explained(self, heading: Cell) -> Span | None:
        told = self.headings.get(folded(heading.text), "")
        try:
            return periods.read_period(told) if told else None
        except Refused:
            return None

    def _figure(
        self,
        one: SaidFigure,
        measure: Measure,
        before: MeasureValue | None,
        source: Source,
        start: date,
        end: date,
    ) -> Figure | None:
        """The figure to record; None where it is there already."""
        said, at = read_figure(one, measure.unit)
        value = commands.value_of(measure, said, start)
        with about_cell(one.state.at):
            state = figures.read_state(one.state.value)
        if state is None and one.span is not None:
            state = one.span.provisional
        if self._is_given(measure, end, value, at):
            return None
        if before is not None and _is_same(before, said, value):
            if state is None or state == before.provisional:
                return None
            said = Figure(value=before.value, numerator=before.numerator, denominator=before.denominator)
        if state is None and not rules.has_ended(start, end, self.on):
            state = True
        elif state is None:
            state = self.provisional and (before is None or before.provisional)
        figure = Figure(
            value=None if said.denominator else said.value,
            numerator=said.numerator,
            denominator=said.denominator,
            provisional=state,
            source=source[0],
            source_date=source[1],
        )
        with about_cell(at):
            commands.require_recordable(measure, before, period_start=start, period_end=end, figure=figure, on=self.on)
        return figure

    def _is_given(self, measure: Measure, end: date, value: Decimal, at: str) -> bool:
        """Whether the file gave this figure before; it may not give another one."""
        first, cell = self.given.setdefault((measure.number, end), (value, at))
        if first != value:
            raise NotThisCell(at, f"Cell {cell} gives another figure for the same period. Leave one of the two.")
        return cell != at


def _is_same(before: MeasureValue, said: Figure, value: Decimal) -> bool:
    """A figure without its counts is the one that was worked out from them, rounded."""
    if said.numerator is not None:
        return (before.numerator, before.denominator) == (said.numerator, said.denominator)
    return before.value == value or (before.denominator is not None and figures.agree(before.value, value))


def _told(measure: Measure, value: MeasureValue | None) -> str:
    if value is None:
        return ""
    return _words(measure, value.value, value.numerator, value.denominator, value.provisional)


def _told_of(measure: Measure, figure: Figure, start: date) -> str:
    value = commands.value_of(measure, figure, start)
    return _words(measure, value, figure.numerator, figure.denominator, figure.provisional)


def _words(measure: Measure, value: Decimal, numerator: int | None, denominator: int | None, provisional: bool) -> str:
    """As in "70.8% (17 of 24 children), provisional"; to all its places where one place would hide a change."""
    counted = rules.out_of(numerator, denominator, measure.of_whom, measure.unit)
    exact = rules.WRITTEN[measure.unit].format(f"{value.normalize():,f}")
    figure = f"{rules.written(value, measure.unit)} ({counted})" if counted else exact
    return f"{figure}, provisional" if provisional else figure


def _why(faults: list[NotThisCell]) -> str:
    """The first, whose cell the page names, then the others with theirs."""
    others = [f"Cell {fault.cell}: {fault}" for fault in faults[1:MOST_SAID]]
    more = f"And {len(faults) - MOST_SAID} more." if len(faults) > MOST_SAID else ""
    return " ".join([str(faults[0]), *others, more]).strip()


def _left(notes: list[str]) -> str:
    """Why some figures of a row are passed over, each reason once."""
    return " ".join(["Passed over:", *dict.fromkeys(notes)][: MOST_SAID + 1]) if notes else ""


def _nothing(said: Iterable[SaidFigure]) -> str:
    marks = dict.fromkeys(one.value.text for one in said if one.value.text not in figures.EMPTY)
    return f"It holds no figure, only “{'”, “'.join(list(marks)[:MOST_SAID])}”." if marks else "It holds no figure."
