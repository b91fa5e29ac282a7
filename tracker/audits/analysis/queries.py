"""Counts as they are kept, for figures over time and by member. What is read does not grow with the audits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, case, func, select

from tracker.audits.analysis.rules import LOOK_BACK, Period
from tracker.audits.models import Audit
from tracker.audits.rules import months_after
from tracker.audits.summaries import counting
from tracker.audits.summaries.models import AuditSummary
from tracker.audits.summaries.rules import By, Counted, Key, Tally
from tracker.people.models import Authority
from tracker.platform.db import db

Counting = tuple[Key, Tally]

BROKEN_DOWN = (By.TEAM, By.AREA, By.DOMAIN, By.THEME)


def over_time(authority: Authority, period: Period, *, by: By = By.WHOLE, member: str = "") -> Sequence[Counting]:
    """Every count of one member in the months that charts look back over; one statement.

    How long findings took is told week by week from the period before on, and as one number a month before that.
    """
    row = AuditSummary
    old = and_(row.counted == Counted.CLOSED, row.month < period.before.first)
    value = case((old, ""), else_=row.value).label("told")
    found = db.session.execute(
        select(row.counted, row.month, value, row.place, func.sum(row.number), func.sum(row.good), func.sum(row.days))
        .where(
            row.authority_id == authority.id,
            row.by == by,
            row.member == member,
            row.month >= months_after(period.last, 1 - LOOK_BACK),
            row.month <= period.last,
            row.counted != Counted.TO_AGREE,
            row.number != 0,
        )
        .group_by(row.counted, row.month, value, row.place)
    )
    return [
        (Key(by, member, counted, month, told, place), Tally(number, good, days))
        for counted, month, told, place, number, good, days in found
    ]


def by_member(authority: Authority, period: Period) -> Mapping[By, Mapping[str, Sequence[Counting]]]:
    """The counts of a period for each team, area, domain and theme; one statement."""
    row = AuditSummary
    told = (Counted.RAISED, Counted.REAUDIT)
    value = case((row.counted.in_(told), row.value), else_="graded").label("told")
    found = db.session.execute(
        select(row.by, row.member, row.counted, value, func.sum(row.number), func.sum(row.good), func.sum(row.days))
        .where(
            row.authority_id == authority.id,
            row.by.in_(BROKEN_DOWN),
            row.counted.in_((Counted.AUDIT, Counted.DOMAIN, Counted.CLOSED, *told)),
            row.month >= period.first,
            row.month <= period.last,
            row.number != 0,
            (row.counted != Counted.AUDIT) | (row.value != ""),
        )
        .group_by(row.by, row.member, row.counted, value)
    )
    counts: dict[By, defaultdict[str, list[Counting]]] = {by: defaultdict(list) for by in BROKEN_DOWN}
    for by, member, counted, said, number, good, days in found:
        key = Key(by, member, counted, period.first, "00" if counted is Counted.CLOSED else said)
        counts[by][member].append((key, Tally(number, good, days)))
    return counts


def domains_of_team(authority: Authority, period: Period, team_id: UUID) -> Mapping[str, Sequence[Counting]]:
    """The graded domains of one team's audits in a period, by tool and domain; read from the audits themselves."""
    ends = months_after(period.last, 1)
    mine = (Audit.team_id == team_id, Audit.audited_on >= period.first, Audit.audited_on < ends)
    counts: defaultdict[str, list[Counting]] = defaultdict(list)
    for key, tally in counting.domains(db.session.connection(), authority.id, mine):
        counts[key.member].append((key, tally))
    return counts


def late(authority: Authority, today: date, *, by: By = By.WHOLE, member: str = "") -> int:
    """Open findings for which an action should have been agreed before today."""
    row = AuditSummary
    found = db.session.scalar(
        select(func.sum(row.number)).where(
            row.authority_id == authority.id,
            row.by == by,
            row.member == member,
            row.counted == Counted.TO_AGREE,
            row.value < today.isoformat(),
        )
    )
    return found or 0
