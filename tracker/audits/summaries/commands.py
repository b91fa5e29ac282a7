"""Making the counts anew from the audits themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, select

from tracker.audits.models import Audit
from tracker.audits.rules import AuditState
from tracker.audits.summaries import counting, keeping
from tracker.audits.summaries.models import AuditSummary
from tracker.audits.summaries.rules import Counts, change
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.db import db


@dataclass(frozen=True)
class Recounted:
    counts: int
    wrong: int
    """How many had been wrong, missing or left over."""


def recount(authority: Authority) -> Recounted:
    """Put the counts of an authority right. Others who change its audits wait meanwhile."""
    db.session.flush()
    connection = db.session.connection()
    history.take_turn(connection, authority.id)
    right = counting.counts(connection, authority.id)
    wrong = change(kept(authority), right)
    connection.execute(delete(AuditSummary).where(AuditSummary.authority_id == authority.id))
    keeping.add(connection, authority.id, right)
    return Recounted(len(right), len(wrong))


def kept(authority: Authority) -> Counts:
    """The counts as they are kept; a count of nothing is none."""
    db.session.flush()
    mine = select(AuditSummary).where(AuditSummary.authority_id == authority.id, AuditSummary.number != 0)
    rows = db.session.scalars(mine.execution_options(populate_existing=True))
    return {row.key: row.tally for row in rows}


def not_counted() -> Sequence[Authority]:
    """Authorities that have finished audits and no counts: a migration took those of an older kind away."""
    return db.session.scalars(
        select(Authority).where(
            exists().where(Audit.authority_id == Authority.id, Audit.state != AuditState.DRAFT),
            ~exists().where(AuditSummary.authority_id == Authority.id),
        )
    ).all()
