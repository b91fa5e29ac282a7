"""Bringing past audits in from somebody's own spreadsheet, step by step: all of its rows or none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from sqlalchemy.orm.exc import StaleDataError

from tracker.audits.commands.checks import require_may
from tracker.audits.past import queries, rows, rules
from tracker.audits.past.models import PastMemory, PastSheet
from tracker.audits.past.queries import Known
from tracker.audits.past.rows import Judged, Rows
from tracker.audits.past.words import Words
from tracker.audits.schema import Tool
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission
from tracker.platform import brought_in, clock, columns, history, lines, previews, storage
from tracker.platform.columns import Wanted
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.lines import Line
from tracker.platform.previews import Meanings, Outcome, Preview
from tracker.platform.workbooks import Sheet, read

AT_ONCE = 500
"""Audits written in one flush. Our choice: the counts of audits are put right once for each."""
MOVED = "Something has changed since you looked. Nothing was brought in: look at it again."


def bring_in(
    authority: Authority, stream: BinaryIO, *, file_name: str, tool_id: str | None, area_code: str | None, by: Person
) -> PastSheet:
    """Keep a file, find its heading row, and guess what its columns hold: as chosen before, else by likeness.

    ``tool_id`` and ``area_code`` are for the whole file; None where its rows say it.
    """
    require_may(by, authority, Permission.LOG_AUDITS)
    sheets, known, memory = read(stream), queries.known(authority), queries.memory(authority)
    if tool_id is not None and tool_id not in known.tools_by_id:
        raise Refused("There is no such audit tool. Choose one from the list.")
    remembered = brought_in.headings_before(memory)
    wanted = rules.wanted(_possible(known, tool_id), asks_for_tool=tool_id is None)
    for each in sheets:
        rules.require_harmless_headings(columns.headings(each, wanted, remembered).names)
    stream.seek(0)
    sheet = PastSheet(
        authority=authority,
        file_name=file_name,
        file_sha256=storage.keep(stream).sha256,
        brought_by=by,
        brought_at=clock.now(),
        meanings=dict(memory.meanings) if memory else {},
        tool_id=tool_id,
        area_code=area_code,
        left_out=[],
    )
    sheet.take(sheets, wanted, remembered)
    db.session.add(sheet)
    db.session.flush()
    return sheet


def choose_sheet(sheet: PastSheet, *, name: str) -> None:
    """Say which sheet of the workbook holds the audits; its columns are guessed anew."""
    sheet.require_open()
    found = brought_in.named(queries.content(sheet), name)
    wanted = rules.wanted(_possible(queries.known(sheet.authority), sheet.tool_id), asks_for_tool=sheet.tool_id is None)
    sheet.take([found], wanted, brought_in.headings_before(queries.memory(sheet.authority)))
    db.session.flush()


def asked_columns(sheet: PastSheet, content: Sheet, known: Known) -> tuple[Wanted, ...]:
    """What the columns of a file can hold: domains only of the tools that its rows name."""
    if sheet.tool_id is not None:
        return rules.wanted(_possible(known, sheet.tool_id), asks_for_tool=False)
    words = Words(known, sheet.meanings)
    named = {tool.id: tool for line in said_by(sheet, content) if (tool := words.known_tool(line))}
    return rules.wanted(sorted(named.values(), key=lambda tool: tool.name), asks_for_tool=True)


def choose_columns(sheet: PastSheet, *, wanted: Sequence[Wanted], chosen: Mapping[str, int]) -> None:
    """Say which column holds what, by place from 0; remembered for the next file with these headings."""
    sheet.require_open()
    lines.require_once(chosen, sheet.headings)
    missing = lines.missing(chosen, wanted)
    if missing:
        raise Refused(f"Choose the column for {missing}.")
    asked = {one.key for one in wanted}
    kept = {key: place for key, place in sheet.columns.items() if key not in asked and place not in chosen.values()}
    sheet.columns = {**kept, **chosen}
    _memory(sheet.authority).remember(sheet)
    db.session.flush()


def explain(sheet: PastSheet, *, meanings: Meanings) -> None:
    """Say what words of the file mean here; remembered for the next file."""
    sheet.require_open()
    sheet.meanings = previews.joined(sheet.meanings, meanings)
    memory = _memory(sheet.authority)
    memory.meanings = previews.joined(memory.meanings, meanings)
    db.session.flush()


def settle(sheet: PastSheet, *, shown: Collection[int], left_out: Collection[int]) -> None:
    """Say which of the rows ``shown`` are not to be applied."""
    sheet.leave_out(left_out, of=shown)
    db.session.flush()


def preview(sheet: PastSheet, *, on: date) -> Preview:
    """What every row would do. Nothing is written to find that out."""
    return Preview([one.verdict for one in _judged(sheet, queries.known(sheet.authority), on)])


def apply(sheet: PastSheet, *, digest: str, by: Person, on: date) -> Preview:
    """Bring every row in that is not left out: all of them or none.

    Raises Refused when a row is refused, and Conflict when something has moved since the preview was shown.
    """
    require_may(by, sheet.authority, Permission.LOG_AUDITS)
    sheet.require_open()
    history.take_turn(db.session.connection(), sheet.authority_id)  # two files at once would both find nothing there
    known = queries.known(sheet.authority)
    judged = _judged(sheet, known, on)
    found = Preview([one.verdict for one in judged])
    brought_in.require_appliable(found, digest, moved=MOVED, apply="bring in", applied="brought in")
    try:
        _write(sheet, judged, known, by)
    except StaleDataError:
        raise Conflict("Somebody changed an audit at this moment. Nothing was brought in: look again.") from None
    sheet.applied_at, sheet.applied = clock.now(), found.counts
    db.session.flush()
    history.record(sheet, f"brought in, {found.counts[Outcome.NEW]} new and {found.counts[Outcome.CHANGED]} changed")
    return found


def said_by(sheet: PastSheet, content: Sheet | None = None) -> list[Line]:
    """The rows of the file that say something."""
    chosen = content or sheet.among(queries.content(sheet))
    return lines.lines(chosen.rows, sheet.columns, below=sheet.headings_row)


def _judged(sheet: PastSheet, known: Known, on: date) -> list[Judged]:
    said, words = said_by(sheet), Words(known, sheet.meanings, sheet.tool_id)
    used = {tool.id for line in said if (tool := words.known_tool(line))}
    there = queries.same_cases(sheet.authority, used, rows.cases_in(said)) if used else {}
    reading = Rows(known=known, words=words, there=there, area_code=sheet.area_code, on=on)
    left_out = set(sheet.left_out)
    return [rows.left_out(line) if line.row in left_out else reading.judged(line) for line in said]


def _write(sheet: PastSheet, judged: Iterable[Judged], known: Known, by: Person) -> None:
    doing = [
        (one.verdict.row, one.past, one.audit)
        for one in judged
        if one.past is not None and one.verdict.outcome in {Outcome.NEW, Outcome.CHANGED}
    ]
    with history.because(f"Brought in from {sheet.file_name}"), db.session.no_autoflush:
        for place, (row, past, audit) in enumerate(doing, start=1):
            if audit is not None:
                rows.written(audit, past, known=known, by=by)
            else:
                db.session.add(rows.added(past, sheet=sheet, row=row, known=known, by=by))
            if place % AT_ONCE == 0:
                db.session.flush()
        db.session.flush()


def _possible(known: Known, tool_id: str | None) -> Sequence[Tool]:
    return [known.tools_by_id[tool_id]] if tool_id in known.tools_by_id else known.box.latest


def _memory(authority: Authority) -> PastMemory:
    found = queries.memory(authority)
    if found is None:
        found = PastMemory(authority=authority, headings={}, meanings={})
        db.session.add(found)
    return found
