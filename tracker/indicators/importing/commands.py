"""Bringing in somebody's spreadsheet of figures, step by step. Each command checks, changes and flushes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from sqlalchemy.exc import IntegrityError

from tracker.indicators import commands as indicators
from tracker.indicators.commands import OfPeriod
from tracker.indicators.importing import children, kept, parts, periods, queries, rules
from tracker.indicators.importing.models import FigureMemory, FigureSheet
from tracker.indicators.importing.rules import PERIODS, Field, Layout, Said
from tracker.indicators.importing.verdicts import FigureVerdict, Rows
from tracker.people.models import Authority, Person
from tracker.platform import brought_in, child_data, clock, lines, previews
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.previews import Meanings, Preview
from tracker.platform.workbooks import Sheet, read, read_pasted

PASTED = "Pasted table"
LONGEST_NAME = 200

CHANGED_MEANWHILE = (
    "The figures have changed since you looked. Nothing was applied: look at what the file would do now."
)


def bring_in(authority: Authority, stream: BinaryIO, *, file_name: str, by: Person) -> FigureSheet:
    """Read a file, find where its figures stand, and keep its cells: never the file.

    Raises ChildLevel before anything is kept when it looks like a list of children.
    """
    return _keep(authority, read(stream, as_shown=True), file_name=file_name, by=by)


def bring_in_pasted(authority: Authority, table: str, *, by: Person) -> FigureSheet:
    """The same of cells that were copied out of a spreadsheet."""
    return _keep(authority, read_pasted(table, as_shown=True), file_name=PASTED, by=by)


def choose_sheet(sheet: FigureSheet, *, name: str) -> None:
    """Say which sheet of the workbook holds the figures; layout and columns are guessed anew."""
    sheet.require_open()
    _guess(sheet, [brought_in.named(queries.content(sheet), name)])
    db.session.flush()


def choose_layout(sheet: FigureSheet, *, layout: Layout) -> None:
    """Say how the figures stand; the columns are guessed anew."""
    sheet.require_open()
    _guess(sheet, [queries.chosen(sheet)], layout=layout)
    db.session.flush()


def choose_columns(sheet: FigureSheet, *, chosen: Mapping[str, int], period: str, provisional: bool) -> None:
    """Say which column holds what, by place from 0; remembered for the next file with these headings.

    ``period`` is that of rows that name none, as people write it.
    """
    sheet.require_open()
    lines.require_once(chosen, sheet.headings)
    if not {Field.REFERENCE, Field.MEASURE} & chosen.keys():
        raise Refused("Choose the column with the names of the measures, or the one with their references.")
    if sheet.layout is Layout.LONG:
        _require_figures(chosen, period)
    elif not rules.period_columns(queries.chosen(sheet), sheet.headings_row, chosen):
        raise Refused(f"No heading in row {sheet.headings_row} is a month, a quarter or a year, such as Apr-26.")
    sheet.columns, sheet.period, sheet.provisional = dict(chosen), period.strip(), provisional
    over = {one.place for one in rules.period_columns(queries.chosen(sheet), sheet.headings_row, chosen)}
    _memory(sheet.authority).remember(sheet, but=over)
    db.session.flush()


def explain(sheet: FigureSheet, *, meanings: Meanings) -> None:
    """Say which measure a name means, remembered for the next file; and which period a heading of this one means."""
    sheet.require_open()
    for words in meanings.get(PERIODS, {}).values():
        if words != rules.NONE_OF_OURS:
            _require_period(words)
    sheet.meanings = previews.joined(sheet.meanings, meanings)
    memory = _memory(sheet.authority)
    memory.measures = memory.measures | dict(meanings.get(Field.MEASURE, {}))
    db.session.flush()


def leave_out(sheet: FigureSheet, *, shown: Collection[int], left_out: Collection[int]) -> None:
    """Say which of the rows ``shown`` are not to be applied."""
    sheet.leave_out(left_out, of=shown)
    db.session.flush()


def forget(sheet: FigureSheet) -> None:
    """Let go of a file that was not applied, with all its cells."""
    sheet.require_open()
    db.session.delete(sheet)
    db.session.flush()


def preview(sheet: FigureSheet, *, on: date, lock: bool = False) -> Preview:
    """What every row would do to the figures as they stand."""
    rows = Rows(
        measures=queries.measures(sheet.authority, sheet.meanings, lock=lock),
        headings=dict(sheet.meanings.get(PERIODS, {})),
        provisional=sheet.provisional,
        file_name=sheet.file_name,
        on=on,
    )
    left_out = set(sheet.left_out)
    return Preview([rows.verdict(said, left_out=said.row in left_out) for said in said_by(sheet)])


def final_figures(found: Preview) -> int:
    """How many figures would change that are final."""
    return sum(one.final for one in found.verdicts if isinstance(one, FigureVerdict))


def apply(sheet: FigureSheet, *, digest: str, reason: str, on: date) -> Preview:
    """Record every figure that is not left out: all of them or none.

    Raises Refused when a row is refused or a final figure would change without a ``reason``, and Conflict when the
    figures have moved since the preview was shown.
    """
    sheet.require_open()
    found = preview(sheet, on=on, lock=True)
    _require_appliable(found, digest, reason)
    by_source: dict[tuple[int, str], list[OfPeriod]] = defaultdict(list)
    for one in found.verdicts:
        if isinstance(one, FigureVerdict):
            by_source[one.number, one.source].extend(one.records)
    measures = queries.measures(sheet.authority, sheet.meanings).by_number
    try:
        for (number, source), records in by_source.items():
            if records:
                why = f"Source: {source}." if source else ""
                indicators.record_values(
                    measures[number], records, brought_from=sheet.file_name, why=why, reason=reason, on=on
                )
    except IntegrityError:
        raise Conflict(CHANGED_MEANWHILE) from None
    sheet.applied_at = clock.now()
    sheet.applied = {**found.counts, "figures": sum(map(len, by_source.values()))}
    sheet.content, sheet.meanings, sheet.left_out = None, {}, []
    db.session.flush()
    return found


def said_by(sheet: FigureSheet) -> list[Said]:
    """The rows of the file as they are understood."""
    rows = queries.chosen(sheet)
    return parts.combined(rules.said_in(rows, sheet.layout, sheet.headings_row, sheet.columns, period=sheet.period))


def _keep(authority: Authority, sheets: Sequence[Sheet], *, file_name: str, by: Person) -> FigureSheet:
    kept.require_readable(sheets)
    children.require_none(sheets, file_name=file_name)
    content = kept.kept(sheets)
    memory = queries.memory(authority)
    sheet = FigureSheet(
        authority=authority,
        file_name=file_name.replace("\x00", "")[:LONGEST_NAME],
        brought_by=by,
        brought_at=clock.now(),
        content=content,
        meanings={Field.MEASURE.value: dict(memory.measures)} if memory else {},
        period="",
    )
    _guess(sheet, kept.sheets(content))
    db.session.add(sheet)
    db.session.flush()
    return sheet


def _guess(sheet: FigureSheet, among: Sequence[Sheet], *, layout: Layout | None = None) -> None:
    """Where the figures stand and what the columns hold: as chosen before, else by likeness."""
    remembered = brought_in.headings_before(queries.memory(sheet.authority))
    found = rules.found_in(among, remembered, layout=layout)
    sheet.sheet_name, sheet.layout = found.sheet, found.layout
    sheet.headings_row, sheet.headings = found.headings.row, list(found.headings.names)
    sheet.columns = rules.suggested(found.headings.names, found.layout, remembered)
    rows = next(one for one in among if one.name == found.sheet)
    sheet.period = rules.period_above(rows, found.headings.row) if found.layout is Layout.LONG else ""
    sheet.left_out = []


def _require_figures(chosen: Mapping[str, int], period: str) -> None:
    if not {Field.VALUE, Field.NUMERATOR} & chosen.keys():
        raise Refused("Choose the column with the figures, or those with the two counts.")
    if period.strip():
        _require_period(period)
    elif not {Field.PERIOD, Field.LAST_DAY} & chosen.keys():
        raise Refused("Choose the column with the periods, or say which period all rows are of, such as October 2026.")


def _require_period(text: str) -> None:
    if periods.read_period(text) is None:
        said = child_data.blotted(text.strip())[:40]
        raise Refused(f"“{said}” is no period. Write it like October 2026, 2026-27 Q3 or 2025/26.")


def _require_appliable(found: Preview, digest: str, reason: str) -> None:
    brought_in.require_appliable(found, digest, moved=CHANGED_MEANWHILE)
    final = final_figures(found)
    if final and not reason.strip():
        figures = "A final figure changes" if final == 1 else f"{final} final figures change"
        raise Refused(f"{figures}. Say why, once for the whole file.")


def _memory(authority: Authority) -> FigureMemory:
    found = queries.memory(authority)
    if found is None:
        found = FigureMemory(authority=authority, headings={}, measures={})
        db.session.add(found)
    return found
