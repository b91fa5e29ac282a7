"""Sending audits out as a workbook and taking one back: all of it or nothing, and no change made here is lost."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from tracker.audits import commands as auditing
from tracker.audits.asking import Answered
from tracker.audits.commands.checks import require_may
from tracker.audits.models import Audit
from tracker.audits.programme import commands as programme
from tracker.audits.workbooks import queries
from tracker.audits.workbooks.filled import Filled, filled
from tracker.audits.workbooks.models import AuditExport, AuditReturn
from tracker.audits.workbooks.rules import WHOLE, Column, Outcome, Verdict
from tracker.audits.workbooks.texts import given, lines, texts
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission
from tracker.platform import clock, edited_copies, history, previews, storage
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.lists import listed
from tracker.platform.workbooks import Sheet, read

MOST_AUDITS = 25
"""Audits of one workbook: with its other sheets fewer than are read of any file."""


@dataclass(frozen=True)
class Preview:
    """What every audit would become. ``digest`` names this outcome: nothing else may be applied in its place."""

    verdicts: Sequence[Verdict]

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return Counter(verdict.outcome for verdict in self.verdicts)

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self.verdicts).encode()).hexdigest()


def send_out(
    authority: Authority, numbers: Sequence[int], *, begin: Sequence[UUID] = (), by: Person
) -> tuple[AuditExport, Sequence[Audit]]:
    """Remember what each cell of these drafts says now, so that the edited copy can be told from later changes.

    Cases that she was given and has not begun become drafts of hers first: ``begin`` has their allocations.
    """
    require_may(by, authority, Permission.LOG_AUDITS)
    wanted = set(numbers) | {audit.number for audit in _begun(authority, begin, by)}
    chosen = [audit for audit in queries.drafts(authority, by) if audit.number in wanted]
    if not chosen:
        raise Refused("Choose at least one of your drafts, or of the cases that you were given.")
    if len(chosen) > MOST_AUDITS:
        raise Refused(f"Choose at most {MOST_AUDITS} audits for one workbook.")
    export = AuditExport(
        authority=authority,
        made_by=by,
        made_at=clock.now(),
        audits={
            str(audit.number): {key: {column: row[column] for column in Column} for key, row in texts(audit).items()}
            for audit in chosen
        },
    )
    db.session.add(export)
    db.session.flush()
    history.record(
        authority, f"{listed([audit.reference for audit in chosen])} downloaded to be answered in a workbook"
    )
    return export, chosen


def bring_back(authority: Authority, stream: BinaryIO, *, file_name: str, by: Person) -> AuditReturn:
    """Keep a workbook that came back. Nothing of it counts before it is applied."""
    require_may(by, authority, Permission.LOG_AUDITS)
    export = _export_of(authority, read(stream))
    if export is None:
        raise Refused(
            "This is no workbook of audits that was downloaded here. Download your drafts, answer them in that file, "
            f"and keep its sheet “{edited_copies.ABOUT}”."
        )
    stream.seek(0)
    back = AuditReturn(
        authority=authority,
        file_name=file_name,
        file_sha256=storage.keep(stream).sha256,
        brought_by=by,
        brought_at=clock.now(),
        export=export,
    )
    db.session.add(back)
    db.session.flush()
    return back


def settle(back: AuditReturn, *, settled: Mapping[str, str]) -> None:
    """Say for cells that changed on both sides whose text stands: ``file`` or ``here``."""
    _require_open(back)
    back.settled = previews.settled(back.settled, settled)
    db.session.flush()


def preview(back: AuditReturn, *, by: Person) -> Preview:
    """Carry everything out and take it all back: what is shown is what the audits' own rules say, not a guess."""
    with db.session.begin_nested() as tried:
        found = _carried_out(back, by)
        tried.rollback()
    return found


def apply(back: AuditReturn, *, digest: str, by: Person) -> Preview:
    """Carry everything out, or nothing.

    Raises Refused while a cell is refused or not settled, and Conflict when an audit has moved since the preview.
    """
    _require_open(back)
    found = _carried_out(back, by)
    if found.counts[Outcome.REFUSED]:
        raise Refused("Some of it is refused, so nothing was applied. Put it right in the file and bring it back.")
    if found.counts[Outcome.CONFLICT]:
        raise Refused("Some cells changed on both sides. Choose whose text stands, then apply.")
    if found.digest != digest:
        raise Conflict("An audit has changed since you looked. Nothing was applied: look at what would happen now.")
    if not (found.counts[Outcome.NEW] or found.counts[Outcome.CHANGED]):
        raise Refused("The file changes nothing, so there is nothing to apply.")
    back.applied_at = clock.now()
    db.session.flush()
    return found


def _begun(authority: Authority, begin: Sequence[UUID], by: Person) -> Sequence[Audit]:
    cases = [case for case in queries.to_begin(authority, by) if case.id in set(begin)] if begin else []
    if len(cases) < len(set(begin)):
        raise Refused("One of the cases is begun or no longer yours. Look at the list again, then download.")
    return [programme.start_as_known(case, by=by, on=clock.today()) for case in cases]


def _carried_out(back: AuditReturn, by: Person) -> Preview:
    known = {str(audit.number): audit for audit in queries.audits(back.authority, [*map(int, back.export.audits)])}
    sheets = {sheet.name: sheet for sheet in queries.content(back)}
    verdicts = []
    for number, was in back.export.audits.items():
        reference = f"{Audit.prefix}-{number}"
        if number not in known or reference not in sheets:
            continue
        found = filled(known[number], sheets[reference], was=was, settled=back.settled)
        verdicts.append(_one(known[number], found, by))
    return Preview(verdicts)


def _one(audit: Audit, found: Filled, by: Person) -> Verdict:
    """Carry one audit out; what its own rules refuse becomes its reason."""
    verdict = found.verdict
    if verdict.outcome not in {Outcome.NEW, Outcome.CHANGED}:
        return verdict
    try:
        with db.session.begin_nested():
            _write(audit, found, by)
    except Refused as refused:
        return Verdict(verdict.audit, Outcome.REFUSED, verdict.cells, str(refused))
    return verdict


def _write(audit: Audit, found: Filled, by: Person) -> None:
    by_key = {line.key: line for line in lines(audit)}
    codes = [domain.domain_code for domain in audit.domains]
    for domain in audit.domains:
        if not found.touches(domain.domain_code):
            continue
        row = found.rows[domain.domain_code]
        auditing.grade_domain(
            audit,
            domain.domain_code,
            saves=domain.auditor_saves,
            given=given(by_key[domain.domain_code], row[Column.ANSWER]),
            seen=row[Column.SEEN],
            difference=row[Column.DIFFERENCE],
            answers={key.partition("/")[2]: _answered(found, key) for key in found.answered_in(domain.domain_code)},
            by=by,
        )
    if WHOLE not in codes and found.touches(WHOLE):
        row = found.rows[WHOLE]
        grade = given(by_key[WHOLE], row[Column.ANSWER]).grade_code
        said = {"strengths": row[Column.SEEN], "safety_action": row[Column.DIFFERENCE]}
        auditing.keep_whole(audit, version=audit.version, grade=grade, **said, by=by)


def _answered(found: Filled, key: str) -> Answered:
    row = found.rows[key]
    return Answered(found.code(key), row[Column.SEEN])


def _export_of(authority: Authority, sheets: Sequence[Sheet]) -> AuditExport | None:
    """The download that a file says it is the edited copy of, if this authority made it."""
    number = edited_copies.download_of(sheets)
    return queries.export(authority, number) if number else None


def _require_open(back: AuditReturn) -> None:
    if back.applied_at is not None:
        raise Refused(f"{back.file_name} was applied on {back.applied_at:%-d %B %Y}. Bring the file back again.")
