"""Shares and counts: how good the audited work is, and what the audits changed. A figure always carries its number.

An audit touches an improvement item when one of these is true: a finding of it is for the item; a finding of it has
been joined to one of the item's actions; or the theme of the audit, or of one of its findings, is a theme that
somebody has confirmed for the item. Only finished audits count.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import Case, ColumnElement, CompoundSelect, Select, Uuid, and_, bindparam, case, func, select, union
from sqlalchemy.orm import aliased, joinedload

from tracker.actions.models import Action
from tracker.audits import rules, tools
from tracker.audits.blind.queries import shown_to_all
from tracker.audits.models import Audit, Finding
from tracker.audits.queries import COUNTED
from tracker.audits.rules import NOTHING_GRADED, AuditState, FindingState, GradeCount, Share
from tracker.audits.schema import Tool
from tracker.improvements.models import ImprovementItem
from tracker.improvements.models import Mapping as ItemMapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.people.models import Authority
from tracker.platform.db import db

PERIOD_MONTHS = 6
"""What "now" means for a share of audits, and how long the period before it is. Our choice: two quarters."""

FINISHED = frozenset({AuditState.DONE, AuditState.MODERATED})
MODERATED = frozenset({AuditState.MODERATED})

_AUTHORITY, _ITEM = bindparam("authority", type_=Uuid()), bindparam("item", type_=Uuid())
_first = aliased(Audit)
"""Made once: each copies every column."""

Graded = tuple[Tool, str, int]
"""Tool, grade that counts, how many audits."""


@dataclass(frozen=True)
class Counts:
    """What audits say of an area or an item. Shares are of moderated audits; ``audits`` are all that are finished."""

    now: Share = NOTHING_GRADED
    before: Share = NOTHING_GRADED
    audits: int = 0
    """Finished since the day."""
    newest: date | None = None
    open_findings: int = 0
    without_action: Sequence[str] = ()
    """References of open findings that have no action."""


@dataclass(frozen=True)
class ItemAudits:
    """What audits say of one item: the counts, and the things behind them."""

    counts: Counts
    audits: Sequence[Audit] = ()
    """Finished since the day, newest first. Show a grade only where ``audit.shows_grades_to(person.id)``."""
    open_findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class Changes:
    """What audits changed over a period. ``days`` is the median from raised to closed, None when none was closed."""

    raised: int
    closed: int
    """Of those raised in the period."""
    days: float | None
    reaudits: Mapping[str, int]
    """How finished re-audits of the period compare with what they repeat: higher, the same, lower."""


@dataclass
class _Tally:
    now: list[Graded] = field(default_factory=list)
    before: list[Graded] = field(default_factory=list)
    audits: int = 0
    newest: date | None = None


def counts_by_area(
    authority: Authority,
    *,
    since: date,
    before: date | None = None,
    states: frozenset[AuditState] = MODERATED,
    only: ColumnElement[bool] | None = None,
) -> Mapping[str, Counts]:
    """Area code to what audits since a day say, against those between ``before`` and it; two statements.

    ``only`` leaves out audits that the reader must not know the grades of.
    """
    is_now = case((Audit.audited_on >= since, 1), else_=0)
    graded = select(
        Audit.area_code, is_now, Audit.state, Audit.tool_id, Audit.tool_version, COUNTED, func.count(),
        func.max(Audit.audited_on),
    ).where(Audit.authority_id == authority.id, Audit.state != AuditState.DRAFT)  # fmt: skip
    if before is not None:
        graded = graded.where(Audit.audited_on >= before)
    if only is not None:
        graded = graded.where(only)
    tallies = _tallied(authority, graded.group_by(Audit.area_code, *_grade_columns(is_now)), states)
    open_findings = _references(
        select(Audit.area_code, Finding.number, Finding.action_id)
        .join(Audit, Audit.id == Finding.audit_id)
        .where(Finding.authority_id == authority.id, Finding.state == FindingState.OPEN)
        .order_by(Finding.number)
    )
    return {code: _counts(tallies[code], open_findings[code]) for code in {*tallies, *open_findings}}


def counts_by_item(
    authority: Authority, *, since: date | None = None, states: frozenset[AuditState] = MODERATED
) -> Mapping[UUID, Counts]:
    """Item to what the audits that touch it say since a day, or since the item was raised; two statements."""
    asked = {"authority": authority.id} | ({"since": since} if since is not None else {})
    tallies = _tallied(authority, _graded_by_item(of_a_day=since is not None), states, asked)
    open_findings = _references(_open_by_item(), {"authority": authority.id})
    return {item_id: _counts(tallies[item_id], open_findings[item_id]) for item_id in {*tallies, *open_findings}}


# These are put together once, which takes longer than asking them; what is asked for is said as they are executed.


@cache
def _graded_by_item(*, of_a_day: bool) -> Select[*tuple[Any, ...]]:
    touches = _touches().subquery()
    is_now = case((Audit.audited_on >= (bindparam("since") if of_a_day else ImprovementItem.raised_on), 1), else_=0)
    return (
        select(
            touches.c.item_id, is_now, Audit.state, Audit.tool_id, Audit.tool_version, COUNTED, func.count(),
            func.max(Audit.audited_on),
        )
        .join(Audit, Audit.id == touches.c.audit_id)
        .join(ImprovementItem, ImprovementItem.id == touches.c.item_id)
        .where(Audit.state != AuditState.DRAFT)
        .group_by(touches.c.item_id, *_grade_columns(is_now))
    )  # fmt: skip


@cache
def _open_by_item() -> Select[*tuple[Any, ...]]:
    found = _landed().subquery()
    return (
        select(found.c.item_id, Finding.number, Finding.action_id)
        .join(Finding, Finding.id == found.c.finding_id)
        .where(Finding.state == FindingState.OPEN)
        .order_by(Finding.number)
    )


def of_item(
    item: ImprovementItem, *, since: date | None = None, states: frozenset[AuditState] = MODERATED
) -> ItemAudits:
    """What the audits that touch an item say, since a day or since it was raised; two statements."""
    since = since or item.raised_on
    asked = {"authority": item.authority_id, "item": item.id}
    touching = db.session.scalars(_audits_of_item(), asked).all()
    findings = db.session.scalars(_open_findings_of_item(), asked).all()
    now = [audit for audit in touching if audit.audited_on >= since]
    earlier = [audit for audit in touching if audit.audited_on < since]
    counts = Counts(
        now=share_of(now, states),
        before=share_of(earlier, states),
        audits=len(now),
        newest=now[0].audited_on if now else None,
        open_findings=len(findings),
        without_action=tuple(finding.reference for finding in reversed(findings) if finding.action_id is None),
    )
    return ItemAudits(counts, now, findings)


@cache
def _audits_of_item() -> Select[Audit]:
    touches = _touches(of_item=True).subquery()
    return (
        select(Audit)
        .join(touches, touches.c.audit_id == Audit.id)
        .where(Audit.state != AuditState.DRAFT)
        .options(joinedload(Audit.team), joinedload(Audit.auditor))
        .order_by(Audit.audited_on.desc(), Audit.number.desc())
    )


@cache
def _open_findings_of_item() -> Select[Finding]:
    landed = _landed(of_item=True).subquery()
    return (
        select(Finding)
        .join(landed, landed.c.finding_id == Finding.id)
        .where(Finding.state == FindingState.OPEN)
        .options(joinedload(Finding.audit), joinedload(Finding.action), joinedload(Finding.owner))
        .order_by(Finding.number.desc())
    )


def share_of(audits: Iterable[Audit], states: frozenset[AuditState] = FINISHED) -> Share:
    """The share of these audits that is good or better."""
    return _share([(audit.tool, audit.counted_grade or "", 1) for audit in audits if audit.state in states])


def what_changed(authority: Authority, *, since: date) -> Changes:
    """What the audits since a day changed, as far as nobody has to be kept from it; two statements."""
    raised = db.session.execute(
        select(Finding.raised_on, Finding.closed_on)
        .join(Audit, Audit.id == Finding.audit_id)
        .where(
            Finding.authority_id == authority.id,
            Finding.raised_on >= since,
            Finding.state != FindingState.PAST,
            shown_to_all(),
        )
    ).all()
    days = [(closed - begun).days for begun, closed in raised if closed is not None]
    return Changes(
        raised=len(raised),
        closed=len(days),
        days=median(days) if days else None,
        reaudits=_reaudits_since(authority, since),
    )


def _reaudits_since(authority: Authority, since: date) -> Mapping[str, int]:
    first = _first
    counted_before = func.coalesce(first.moderated_grade_code, first.grade_code)
    rows = db.session.execute(
        select(first.tool_id, first.tool_version, counted_before, Audit.tool_id, Audit.tool_version, COUNTED)
        .join(first, first.id == Audit.reaudit_of_id)
        .where(Audit.authority_id == authority.id, Audit.audited_on >= since, shown_to_all(), shown_to_all(first))
    ).all()
    ranks = [(_rank(authority, *row[:3]), _rank(authority, *row[3:])) for row in rows]
    return rules.grade_changes(ranks)


def _rank(authority: Authority, tool_id: str, version: int, code: str) -> int:
    return tools.tool(authority.id, tool_id, version).grade(code).rank


def _grade_columns(is_now: Case[int]) -> tuple[ColumnElement[Any], ...]:
    return (is_now, *(column.expression for column in (Audit.state, Audit.tool_id, Audit.tool_version)), COUNTED)


def _tallied(
    authority: Authority,
    statement: Select[*tuple[Any, ...]],
    states: frozenset[AuditState],
    asked: Mapping[str, Any] | None = None,
) -> defaultdict[Any, _Tally]:
    tallies: defaultdict[Any, _Tally] = defaultdict(_Tally)
    for key, is_now, state, tool_id, version, code, count, newest in db.session.execute(statement, asked):
        tally = tallies[key]
        if state in states:
            (tally.now if is_now else tally.before).append((tools.tool(authority.id, tool_id, version), code, count))
        if is_now:
            tally.audits += count
            tally.newest = max(newest, tally.newest or newest)
    return tallies


def _counts(tally: _Tally, open_findings: Sequence[tuple[str, bool]]) -> Counts:
    return Counts(
        now=_share(tally.now),
        before=_share(tally.before),
        audits=tally.audits,
        newest=tally.newest,
        open_findings=len(open_findings),
        without_action=tuple(reference for reference, answered in open_findings if not answered),
    )


def _share(rows: Sequence[Graded]) -> Share:
    by_grade: dict[tuple[float, str], int] = defaultdict(int)
    good = total = 0
    for tool, code, count in rows:
        if not tool.gives_grades:
            continue
        total += count
        grade = tool.grade(code)
        by_grade[tool.grades.index(grade) / max(1, len(tool.grades) - 1), grade.short_label] += count
        good += count if tool.is_good(code) else 0
    each = tuple(GradeCount(label, count, place) for (place, label), count in sorted(by_grade.items()))
    return Share(good, total, each)


def _references(
    statement: Select[*tuple[Any, ...]], asked: Mapping[str, Any] | None = None
) -> defaultdict[Any, list[tuple[str, bool]]]:
    """Key to (reference, whether it has an action) of each open finding."""
    found: defaultdict[Any, list[tuple[str, bool]]] = defaultdict(list)
    for key, number, action_id in db.session.execute(statement, asked):
        found[key].append((f"{Finding.prefix}-{number}", action_id is not None))
    return found


def _touches(*, of_item: bool = False) -> CompoundSelect[tuple[UUID, UUID]]:
    """Pairs of item and audit that touch, each once: the definition at the top of this module."""
    landed = _landed(of_item=of_item).subquery()
    by_finding = select(landed.c.item_id, Finding.audit_id).join(Finding, Finding.id == landed.c.finding_id)
    by_theme = select(ItemMapping.item_id, Audit.id.label("audit_id")).join(
        Audit, and_(Audit.theme_code == ItemMapping.code, _is_confirmed_theme())
    )
    by_theme = by_theme.join(ImprovementItem, ImprovementItem.id == ItemMapping.item_id).where(
        Audit.authority_id == _AUTHORITY, ImprovementItem.authority_id == _AUTHORITY
    )
    if of_item:
        by_theme = by_theme.where(ItemMapping.item_id == _ITEM)
    return union(by_finding, by_theme)


def _landed(*, of_item: bool = False) -> CompoundSelect[tuple[UUID, UUID]]:
    """Pairs of item and finding: for the item itself, by way of its action, or by a confirmed theme."""
    mine = Finding.authority_id == _AUTHORITY
    direct = select(Finding.item_id.label("item_id"), Finding.id.label("finding_id")).where(
        mine, Finding.item_id.is_not(None)
    )
    acted = select(Action.item_id, Finding.id).join(Action, Action.id == Finding.action_id).where(mine)
    themed = (
        select(ItemMapping.item_id, Finding.id)
        .join(Finding, and_(Finding.theme_code == ItemMapping.code, _is_confirmed_theme()))
        .join(ImprovementItem, ImprovementItem.id == ItemMapping.item_id)
        .where(mine, ImprovementItem.authority_id == _AUTHORITY)
    )
    if of_item:
        direct = direct.where(Finding.item_id == _ITEM)
        acted = acted.where(Action.item_id == _ITEM)
        themed = themed.where(ItemMapping.item_id == _ITEM)
    return union(direct, acted, themed)


def _is_confirmed_theme() -> ColumnElement[bool]:
    return and_(ItemMapping.to == MappedTo.THEME, ItemMapping.decision == Decision.CONFIRMED)
