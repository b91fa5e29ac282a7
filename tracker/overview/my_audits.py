"""The part of My work that is a QA officer's: audits to finish or moderate, findings to close, cases to see again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func

from tracker.audits import finding_queries, queries
from tracker.audits.blind import rules as blind
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Audit, Finding
from tracker.audits.programme import queries as programmes
from tracker.audits.programme import rules
from tracker.audits.programme.models import Allocation, Programme
from tracker.audits.programme.rules import Progress
from tracker.people.models import Authority
from tracker.people.rules import Permission, may
from tracker.platform.db import db

MOST = 20
"""Lines of one list before it refers to the audits page. Our choice."""


@dataclass(frozen=True)
class AuditWork:
    """Each list starts with what has waited longest; the numbers count everything, not only what is listed."""

    drafts: Sequence[Audit]
    drafts_number: int
    to_moderate: Sequence[Audit]
    to_moderate_number: int
    findings: Sequence[Finding]
    findings_number: int
    reaudits: Sequence[Audit]
    reaudits_number: int
    to_begin: Sequence[Allocation]
    """Cases that she was given and has not begun, soonest due first."""
    programmes: Sequence[tuple[Programme, Progress, int]]
    """Programmes of this month, how far each has come, and how many audits it is behind."""
    moderates: bool
    """Whether she grades other people's audits a second time."""


def of_person(authority: Authority, viewer: Viewer, today: date) -> AuditWork:
    """Four statements, and three for each programme of this month."""
    work = queries.work_of(authority, viewer, today, limit=MOST)
    findings, number = _findings(authority, viewer, today)
    to_begin = programmes.waiting_for(authority, until=date.max, auditor_id=viewer.id)
    lists = (*work["drafts"], *work["moderate"], findings, number, *work["reaudit"])
    knows_all = may(viewer.role, Permission.READ_EVERY_AUDIT)
    return AuditWork(
        *lists, to_begin, _programmes(authority, today) if knows_all else [], moderates=blind.moderates(viewer)
    )


def _programmes(authority: Authority, today: date) -> Sequence[tuple[Programme, Progress, int]]:
    running = [one for one in programmes.programmes(authority) if one.begins <= today <= one.ends]
    plans = [(one, programmes.progress(one)) for one in running]
    return [(one, rules.so_far(plan, today), rules.behind(plan, today)) for one, plan in plans]


def _findings(authority: Authority, viewer: Viewer, today: date) -> tuple[Sequence[Finding], int]:
    lines = finding_queries.findings(authority, finding_queries.Wanted(show="open"), viewer=viewer, today=today)
    found = db.session.execute(lines.add_columns(func.count().over()).limit(MOST)).all()
    return [row[0] for row in found], found[0][1] if found else 0
