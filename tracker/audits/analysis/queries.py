"""Counts as they are kept, for figures over time and by member. What is read does not grow with the audits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, bindparam, case, func, literal, select, union_all

from tracker.audits.analysis import rules
from tracker.audits.analysis.rules import LOOK_BACK, Period
from tracker.audits.models import Audit
from tracker.audits.rules import months_after
from tracker.audits.summaries import counting
from tracker.audits.summaries.models import AuditSummary
from tracker.audits.summaries.rules import WAITS, By, Counted, Key, Tally
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.statistics.two_ways import Cell, Counts

Counting = tuple[Key, Tally]
Cells = Mapping[Cell, Counts]
"""Team and area to how many were good, and how many were graded."""

BROKEN_DOWN = (By.TEAM, By.AREA, By.TEAM_IN_AREA, By.DOMAIN, By.THEME)
BY_MONTH = (Counted.AUDIT, Counted.DOMAIN, Counted.CLOSED)
"""What charts show, and so is asked for month by month."""
BY_PERIOD = tuple(counted for counted in Counted if counted not in (Counted.AUDIT, Counted.DOMAIN, Counted.TO_AGREE))
"""What is said of a period as a whole."""


@dataclass(frozen=True)
class OverTime:
    """The counts of one member: of a period, of the one before it, and of the months that charts look back over."""

    now: Sequence[Counting]
    then: Sequence[Counting]
    months: Sequence[Counting]
    """Grades, and how long findings took: as one number a month, no weeks told."""


def over_time(authority: Authority, period: Period, *, by: By = By.WHOLE, member: str = "") -> OverTime:
    """One statement; what it brings is bounded by the months that are looked back over, whatever was audited in them.

    Grades come month by month; all else only for the two periods as wholes, and weeks to close a finding with it.
    """
    before, charts_begin = period.before.first, months_after(period.last, 1 - LOOK_BACK)
    asked = {
        "authority_id": authority.id, "by": by, "member": member, "since": min(charts_begin, before),
        "before": before, "first": period.first, "last": period.last,
    }  # fmt: skip
    now: list[Counting] = []
    then: list[Counting] = []
    months: list[Counting] = []
    for of_period, counted, month, value, place, number, good, days in db.session.execute(_over_time(), asked):
        pair = Key(by, member, counted, month, value, place), Tally(number, good, days)
        if not of_period and month >= charts_begin:
            months.append(pair)
        if (of_period or counted is not Counted.CLOSED) and month >= before:
            (now if month >= period.first else then).append(pair)
    return OverTime(now, then, months)


@cache
def _over_time() -> CompoundSelect[*tuple[Any, ...]]:
    """Made once: putting it together costs as much as running it."""
    row = AuditSummary
    first, before = (bindparam(name, type_=Date) for name in ("first", "before"))
    mine = (
        row.authority_id == bindparam("authority_id"),
        row.by == bindparam("by", type_=row.by.type),
        row.member == bindparam("member"),
        row.month <= bindparam("last"),
        row.number != 0,
    )
    sums = (func.sum(row.number), func.sum(row.good), func.sum(row.days))
    value = case((row.counted == Counted.CLOSED, ""), else_=row.value).label("told")
    months = (
        select(literal(value=False).label("of_period"), row.counted, row.month, value, row.place, *sums)
        .where(*mine, row.counted.in_(BY_MONTH), row.month >= bindparam("since"))
        .group_by(row.counted, row.month, value, row.place)
    )
    begins = case((row.month >= first, first), else_=before).label("begins")
    periods = (
        select(literal(value=True), row.counted, begins, row.value, literal(0), *sums)
        .where(*mine, row.counted.in_(BY_PERIOD), row.month >= before)
        .group_by(row.counted, begins, row.value)
    )
    return union_all(months, periods)


def by_member(authority: Authority, period: Period) -> Mapping[By, Mapping[str, Sequence[Counting]]]:
    """The counts of a period for each team, area, team in an area, domain and theme; one statement.

    Findings closed are not among them.
    """
    row = AuditSummary
    told = (Counted.RAISED, Counted.REAUDIT)
    value = case((row.counted.in_(told), row.value), else_="graded").label("told")
    found = db.session.execute(
        select(row.by, row.member, row.counted, value, func.sum(row.number), func.sum(row.good))
        .where(
            row.authority_id == authority.id,
            row.by.in_(BROKEN_DOWN),
            row.counted.in_((Counted.AUDIT, Counted.DOMAIN, *told)),
            row.month >= period.first,
            row.month <= period.last,
            row.number != 0,
            (row.counted != Counted.AUDIT) | row.value.not_in(("", WAITS)),
        )
        .group_by(row.by, row.member, row.counted, value)
    )
    counts: dict[By, defaultdict[str, list[Counting]]] = {by: defaultdict(list) for by in BROKEN_DOWN}
    for by, member, counted, said, number, good in found:
        counts[by][member].append((Key(by, member, counted, period.first, said), Tally(number, good)))
    return counts


def in_areas(authority: Authority, period: Period) -> Mapping[date, Cells]:
    """Month to what each team did in each area, for the months that charts look back over; one statement."""
    row = AuditSummary
    found = db.session.execute(
        select(row.month, row.member, func.sum(row.good), func.sum(row.number))
        .where(
            row.authority_id == authority.id,
            row.by == By.TEAM_IN_AREA,
            row.counted == Counted.AUDIT,
            row.month >= min(months_after(period.last, 1 - LOOK_BACK), period.before.first),
            row.month <= period.last,
        )
        .group_by(row.month, row.member)
    )
    months: defaultdict[date, dict[Cell, Counts]] = defaultdict(dict)
    for month, member, good, number in found:
        months[month][rules.cell(member)] = good, number
    return months


def cells(found: Mapping[By, Mapping[str, Sequence[Counting]]]) -> Cells:
    """What each team did in each area, of what ``by_member`` found."""
    return {
        rules.cell(member): (sum(tally.good for _, tally in pairs), sum(tally.number for _, tally in pairs))
        for member, pairs in found[By.TEAM_IN_AREA].items()
    }


def domains_of_teams(authority: Authority, period: Period) -> Mapping[str, Mapping[str, Counts]]:
    """Domain to the graded domains of each team's audits in a period, good and all; the empty team is none.

    Read from the audits themselves.
    """
    ends = months_after(period.last, 1)
    meant = (Audit.audited_on >= period.first, Audit.audited_on < ends)
    domains: defaultdict[str, dict[str, Counts]] = defaultdict(dict)
    for team_id, key, tally in counting.domains(db.session.connection(), authority.id, meant):
        good, number = domains[key.member].get(str(team_id or ""), (0, 0))
        domains[key.member][str(team_id or "")] = good + tally.good, number + tally.number
    return domains


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
