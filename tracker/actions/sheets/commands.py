"""Bringing in somebody's spreadsheet of the plan, step by step, and sending out ours to be edited."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import BinaryIO

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
from tracker.platform import brought_in, child_data, clock, edited_copies, history, lines, previews, storage
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.lines import Line
from tracker.platform.previews import Meanings, Outcome, Preview
from tracker.platform.workbooks import Sheet, read

MOVED = "The plan has changed since you looked. Nothing was applied: look at what the file would do now."


def bring_in(authority: Authority, stream: BinaryIO, *, file_name: str, by: Person) -> PlanSheet:
    """Keep a file, find its heading row, and guess what its columns hold: as chosen before, else by likeness."""
    sheets = read(stream)
    stream.seek(0)
    memory = queries.memory(authority)
    export = _export_of(authority, sheets)
    sheet = PlanSheet(
        authority=authority,
        file_name=file_name,
        file_sha256=storage.keep(stream).sha256,
        brought_by=by,
        brought_at=clock.now(),
        meanings=dict(memory.meanings) if memory else {},
        export=export,
    )
    sheet.take(sheets, WANTED, brought_in.headings_before(memory))
    db.session.add(sheet)
    db.session.flush()
    return sheet


def choose_sheet(sheet: PlanSheet, *, name: str) -> None:
    """Say which sheet of the workbook holds the plan; its columns are guessed anew."""
    sheet.require_open()
    found = brought_in.named(queries.content(sheet), name)
    sheet.take([found], WANTED, brought_in.headings_before(queries.memory(sheet.authority)))
    db.session.flush()


def choose_columns(sheet: PlanSheet, *, chosen: Mapping[str, int]) -> None:
    """Say which column holds what, by place from 0; remembered for the next file with these headings."""
    sheet.require_open()
    lines.require_once(chosen, sheet.headings)
    missing = lines.missing(chosen, WANTED)
    if missing and Field.REFERENCE not in chosen:
        raise Refused(f"Choose the column for {missing}, or the one with the action references.")
    sheet.columns = dict(chosen)
    _memory(sheet.authority).remember(sheet)
    db.session.flush()


def explain(sheet: PlanSheet, *, meanings: Meanings, source: Source) -> None:
    """Say what words of the file mean here; remembered for the next file."""
    sheet.require_open()
    sheet.meanings = previews.joined(sheet.meanings, meanings)
    sheet.source = source
    memory = _memory(sheet.authority)
    lasting = {key: words for key, words in meanings.items() if key != Field.ITEM}
    memory.meanings = previews.joined(memory.meanings, lasting)
    db.session.flush()


def settle(sheet: PlanSheet, *, shown: Collection[int], left_out: Collection[int], settled: Mapping[str, str]) -> None:
    """Say which of the rows ``shown`` are not to be applied, and for cells whose value stands: ``file`` or ``here``."""
    sheet.leave_out(left_out, of=shown)
    sheet.settled = previews.settled(sheet.settled, settled)
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
    sheet.require_open()
    try:
        found = _carried_out(sheet, by=by, on=on)
    except StaleDataError:
        raise Conflict("Somebody changed the plan at this moment. Nothing was applied: look again.") from None
    brought_in.require_appliable(found, digest, moved=MOVED)
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
    number = edited_copies.download_of(sheets)
    return queries.export(authority, number) if number else None


def _memory(authority: Authority) -> SheetMemory:
    found = queries.memory(authority)
    if found is None:
        found = SheetMemory(authority=authority, headings={}, meanings={})
        db.session.add(found)
    return found
