"""Bringing in somebody's spreadsheet of the plan, step by step, and sending out ours to be edited."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm.exc import StaleDataError

from tracker.actions.models import Action
from tracker.actions.sheets import queries, rules
from tracker.actions.sheets.models import PlanExport, PlanSheet, SheetMemory
from tracker.actions.sheets.rows import Rows
from tracker.actions.sheets.rules import WANTED, Field, Verdict
from tracker.actions.sheets.texts import texts
from tracker.actions.sheets.words import Words
from tracker.improvements.rules import Source
from tracker.people.models import Authority, Person
from tracker.platform import child_data, clock, columns, history, lines, previews, storage
from tracker.platform.columns import folded
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.lines import Line
from tracker.platform.previews import Meanings, Outcome, Preview
from tracker.platform.workbooks import Sheet, read

ABOUT = "About this file"
ABOUT_CELL = "Download number"
"""Stands beside the number that tells which download a file is the edited copy of."""


def bring_in(authority: Authority, stream: BinaryIO, *, file_name: str, by: Person) -> PlanSheet:
    """Keep a file, find its heading row, and guess what its columns hold: as chosen before, else by likeness."""
    sheets = read(stream)
    stream.seek(0)
    memory = queries.memory(authority)
    chosen, headings = columns.likeliest_sheet(sheets, WANTED, memory.headings if memory else {})
    export = _export_of(authority, sheets)
    sheet = PlanSheet(
        authority=authority,
        file_name=file_name,
        file_sha256=storage.keep(stream).sha256,
        brought_by=by,
        brought_at=clock.now(),
        sheet_name=chosen.name,
        headings_row=headings.row,
        headings=list(headings.names),
        columns=columns.suggested(headings.names, WANTED, memory.headings if memory else {}),
        meanings=dict(memory.meanings) if memory else {},
        export=export,
    )
    db.session.add(sheet)
    db.session.flush()
    return sheet


def choose_sheet(sheet: PlanSheet, *, name: str) -> None:
    """Say which sheet of the workbook holds the plan; its columns are guessed anew."""
    _require_open(sheet)
    found = next((one for one in queries.content(sheet) if one.name == name), None)
    if found is None:
        raise Refused("The file has no sheet of this name. Choose one of those it has.")
    memory = queries.memory(sheet.authority)
    headings = columns.headings(found, WANTED, memory.headings if memory else {})
    sheet.sheet_name, sheet.headings_row, sheet.headings = found.name, headings.row, list(headings.names)
    sheet.columns = columns.suggested(headings.names, WANTED, memory.headings if memory else {})
    db.session.flush()


def choose_columns(sheet: PlanSheet, *, chosen: Mapping[str, int]) -> None:
    """Say which column holds what, by place from 0; remembered for the next file with these headings."""
    _require_open(sheet)
    lines.require_once(chosen, sheet.headings)
    missing = lines.missing(chosen, WANTED)
    if missing and Field.REFERENCE not in chosen:
        raise Refused(f"Choose the column for {missing}, or the one with the action references.")
    sheet.columns = dict(chosen)
    held = {place: key for key, place in chosen.items()}
    memory = _memory(sheet.authority)
    memory.headings = memory.headings | {
        folded(name): held.get(place, "") for place, name in enumerate(sheet.headings) if name
    }
    db.session.flush()


def explain(sheet: PlanSheet, *, meanings: Meanings, source: Source) -> None:
    """Say what words of the file mean here; remembered for the next file."""
    _require_open(sheet)
    sheet.meanings = previews.joined(sheet.meanings, meanings)
    sheet.source = source
    memory = _memory(sheet.authority)
    lasting = {key: words for key, words in meanings.items() if key != Field.ITEM}
    memory.meanings = previews.joined(memory.meanings, lasting)
    db.session.flush()


def settle(sheet: PlanSheet, *, shown: Collection[int], left_out: Collection[int], settled: Mapping[str, str]) -> None:
    """Say which of the rows ``shown`` are not to be applied, and for cells whose value stands: ``file`` or ``here``."""
    _require_open(sheet)
    sheet.left_out = sorted(set(sheet.left_out) - set(shown) | set(left_out))
    sheet.settled = sheet.settled | {cell: side for cell, side in settled.items() if side in {"file", "here"}}
    db.session.flush()


def preview(sheet: PlanSheet, *, by: Person, on: date) -> Preview:
    """Carry every row out and take it all back: what is shown is what the plan's own rules say, not a guess."""
    with db.session.begin_nested() as tried:
        found = _carried_out(sheet, by=by, on=on)
        tried.rollback()
    return found


def apply(sheet: PlanSheet, *, digest: str, by: Person, on: date) -> Preview:
    """Carry every row out that is not left out: all of them or none.

    Raises Refused when a row is refused, and Conflict when the plan has moved since the preview was shown.
    """
    _require_open(sheet)
    try:
        found = _carried_out(sheet, by=by, on=on)
    except StaleDataError:
        raise Conflict("Somebody changed the plan at this moment. Nothing was applied: look again.") from None
    refused = found.counts[Outcome.REFUSED]
    if refused:
        raise Refused(
            f"{previews.rows(refused)} refused, so nothing was applied. Put right or leave out what is refused."
        )
    if found.digest != digest:
        raise Conflict(
            "The plan has changed since you looked. Nothing was applied: look at what the file would do now."
        )
    if not (found.counts[Outcome.NEW] or found.counts[Outcome.CHANGED]):
        raise Refused("No row would change anything, so there is nothing to apply.")
    sheet.applied_at, sheet.applied = clock.now(), found.counts
    db.session.flush()
    history.record(sheet.authority, f"plan changed from the spreadsheet {sheet.file_name}")
    return found


def export_plan(authority: Authority, *, by: Person) -> tuple[PlanExport, Sequence[Action]]:
    """Remember what each cell says now, so that the edited copy can be told from what changed here meanwhile."""
    actions = queries.actions(authority)
    export = PlanExport(
        authority=authority,
        made_by=by,
        made_at=clock.now(),
        actions={str(action.number): {key.value: text for key, text in texts(action).items()} for action in actions},
    )
    db.session.add(export)
    db.session.flush()
    history.record(authority, "plan downloaded to be edited")
    return export, actions


def _carried_out(sheet: PlanSheet, *, by: Person, on: date) -> Preview:
    plan = queries.plan(sheet.authority)
    rows = Rows(
        plan=plan,
        words=Words(plan, sheet.meanings),
        source=sheet.source,
        file_name=sheet.file_name,
        by=by,
        on=on,
        base=sheet.export.actions if sheet.export else None,
        settled=sheet.settled,
    )
    left_out = set(sheet.left_out)
    return Preview(
        [
            Verdict(line.row, Outcome.LEFT_OUT, child_data.blotted(line.text(Field.TITLE)))
            if line.row in left_out
            else rows.verdict(line)
            for line in said_by(sheet)
        ]
    )


def said_by(sheet: PlanSheet) -> list[Line]:
    """The rows of the file as they are understood, each item carried down over its actions."""
    found = lines.lines(queries.chosen(sheet).rows, sheet.columns, below=sheet.headings_row)
    return rules.carried_down(found)


def _export_of(authority: Authority, sheets: Sequence[Sheet]) -> PlanExport | None:
    """The download that a file says it is the edited copy of, if this authority made it."""
    for sheet in sheets:
        if sheet.name == ABOUT:
            for row in sheet.rows:
                if row.at(0) == ABOUT_CELL:
                    return _export(authority, str(row.at(1)))
    return None


def _export(authority: Authority, number: str) -> PlanExport | None:
    try:
        return queries.export(authority, UUID(number))
    except ValueError:
        return None


def _memory(authority: Authority) -> SheetMemory:
    found = queries.memory(authority)
    if found is None:
        found = SheetMemory(authority=authority, headings={}, meanings={})
        db.session.add(found)
    return found


def _require_open(sheet: PlanSheet) -> None:
    if sheet.applied_at is not None:
        raise Refused(f"{sheet.file_name} was applied on {sheet.applied_at:%-d %B %Y}. Bring the file in again.")
