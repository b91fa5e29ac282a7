"""Taking a file of past audits out again, with all that it brought in, while nothing rests on it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.audits.commands.checks import require_may, require_words
from tracker.audits.models import Audit
from tracker.audits.past import uses
from tracker.audits.past.models import PastSheet
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Refused

AT_ONCE = 500
"""Audits taken out in one flush. Our choice: the counts of audits are put right once for each."""
NAMED = 3
"""Uses that a refusal names. Our choice: the page lists the rest."""


def take_out(sheet: PastSheet, *, because: str, by: Person) -> int:
    """Take every audit out that the file brought in, with its findings; how many they were.

    What the trail of changes says of them stays, and their references are not given again. An audit of another file
    that this one corrected stays as it is. Raises Refused, naming what is used, where anything rests on one of them.
    """
    require_may(by, sheet.authority, Permission.LOG_AUDITS)
    if sheet.applied_at is None or sheet.taken_out_at is not None:
        raise Refused(f"{sheet.file_name} has no audits here that could be taken out.")
    require_words(because, "Say why it is taken out. Its history keeps the reason.")
    history.take_turn(db.session.connection(), sheet.authority_id)  # nobody begins to use one meanwhile
    _require_unused(sheet)
    with history.because(f"{sheet.file_name} was taken out: {because.strip()}"), db.session.no_autoflush:
        number = _delete(sheet)
    sheet.taken_out_at, sheet.taken_out_by, sheet.taken_out_because = clock.now(), by, because.strip()
    db.session.flush()
    history.record(sheet, f"taken out, {number} {'audit' if number == 1 else 'audits'}", why=because.strip())
    return number


def _require_unused(sheet: PastSheet) -> None:
    found = uses.uses(sheet)
    if not found:
        return
    more = f", and {len(found) - NAMED} more" if len(found) > NAMED else ""
    said = "; ".join(use.said for use in found[:NAMED])
    raise Refused(f"{sheet.file_name} cannot be taken out, because what it brought in is used: {said}{more}.")


def _delete(sheet: PastSheet) -> int:
    ids: Sequence[UUID] = db.session.scalars(
        select(Audit.id).where(Audit.past_sheet_id == sheet.id).order_by(Audit.number)
    ).all()
    for begin in range(0, len(ids), AT_ONCE):
        some = select(Audit).where(Audit.id.in_(ids[begin : begin + AT_ONCE]))
        whole = selectinload(Audit.domains), selectinload(Audit.findings), selectinload(Audit.answers)
        for audit in db.session.scalars(some.options(*whole)):
            for part in (*audit.findings, *audit.domains, audit):
                db.session.delete(part)
        db.session.flush()
    return len(ids)
