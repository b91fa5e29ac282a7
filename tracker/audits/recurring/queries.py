"""Themes found in several audits since a day, with their teams, their share closed and the items that answer them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.audits.models import Audit, Finding
from tracker.audits.rules import FindingState
from tracker.improvements.models import ImprovementItem
from tracker.improvements.models import Mapping as ItemMapping
from tracker.improvements.rules import Decision, ItemState, MappedTo, Source
from tracker.people.models import Authority, Team
from tracker.platform.db import db

NEWEST = 8
"""Findings of a theme that the page lists; the rest is a link away. Our choice."""


@dataclass(frozen=True)
class Recurring:
    theme_code: str
    audits: int
    findings: int
    followed: int
    """Of the findings, those not brought in with a past audit: it is known whether they are closed."""
    closed: int
    free: int
    """Findings that are for no item yet."""
    last_on: date
    teams: Sequence[str]
    newest: Sequence[Finding]
    items: Sequence[ImprovementItem]
    """Open ones that were made of this theme."""


def recurring(authority: Authority, *, since: date, fewest: int) -> Sequence[Recurring]:
    """Themes found in at least so many audits, most first; four statements."""
    audits = func.count(Finding.audit_id.distinct())
    rows = db.session.execute(
        select(
            Finding.theme_code,
            audits,
            func.count(),
            func.count().filter(Finding.state != FindingState.PAST),
            func.count(Finding.closed_on),
            func.count().filter(Finding.item_id.is_(None)),
            func.max(Finding.raised_on),
        )
        .where(Finding.authority_id == authority.id, Finding.raised_on >= since, Finding.theme_code.is_not(None))
        .group_by(Finding.theme_code)
        .having(audits >= fewest)
        .order_by(audits.desc(), Finding.theme_code)
    ).all()
    codes = [row[0] for row in rows if row[0]]
    teams, newest = _teams(authority, codes, since), _newest(authority, codes, since)
    items = items_of(authority, codes)
    return [
        Recurring(code, found, findings, followed, closed, free, last, teams[code], newest[code], items.get(code, ()))
        for code, found, findings, followed, closed, free, last in rows
        if code
    ]


def findings_of(authority: Authority, theme_code: str, *, since: date) -> Sequence[Finding]:
    """Every finding on a theme since a day, oldest first, with its audit."""
    return db.session.scalars(
        select(Finding)
        .where(Finding.authority_id == authority.id, Finding.theme_code == theme_code, Finding.raised_on >= since)
        .options(joinedload(Finding.audit))
        .order_by(Finding.number)
    ).all()


def items_of(authority: Authority, codes: Sequence[str]) -> Mapping[str, Sequence[ImprovementItem]]:
    """Theme to the open items that came from audits and are confirmed to speak of it."""
    found = db.session.execute(
        select(ItemMapping.code, ImprovementItem)
        .join(ImprovementItem, ImprovementItem.id == ItemMapping.item_id)
        .where(
            ImprovementItem.authority_id == authority.id,
            ImprovementItem.source == Source.AUDIT_THEME,
            ImprovementItem.state == ItemState.OPEN,
            ItemMapping.to == MappedTo.THEME,
            ItemMapping.decision == Decision.CONFIRMED,
            ItemMapping.code.in_(codes),
        )
        .order_by(ImprovementItem.number)
    )
    items: defaultdict[str, list[ImprovementItem]] = defaultdict(list)
    for code, item in found:
        items[code or ""].append(item)
    return items


def _teams(authority: Authority, codes: Sequence[str], since: date) -> Mapping[str, Sequence[str]]:
    found = db.session.execute(
        select(Finding.theme_code, Team.name)
        .join(Audit, Audit.id == Finding.audit_id)
        .join(Team, Team.id == Audit.team_id)
        .where(Finding.authority_id == authority.id, Finding.theme_code.in_(codes), Finding.raised_on >= since)
        .distinct()
        .order_by(Team.name)
    )
    teams: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in found:
        teams[code or ""].append(name)
    return teams


def _newest(authority: Authority, codes: Sequence[str], since: date) -> Mapping[str, Sequence[Finding]]:
    order = (Finding.state.desc(), Finding.raised_on.desc(), Finding.number.desc())
    place = func.row_number().over(partition_by=Finding.theme_code, order_by=order).label("place")
    chosen = (
        select(Finding.id, place)
        .where(Finding.authority_id == authority.id, Finding.theme_code.in_(codes), Finding.raised_on >= since)
        .subquery()
    )
    found = db.session.scalars(
        select(Finding)
        .join(chosen, chosen.c.id == Finding.id)
        .where(chosen.c.place <= NEWEST)
        .options(joinedload(Finding.audit).joinedload(Audit.team), joinedload(Finding.item))
        .order_by(chosen.c.place)
    )
    newest: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        newest[finding.theme_code or ""].append(finding)
    return newest
