"""Counts as the audits themselves give them: of all of an authority, or of some. Four statements, grouped.

The same statements keep the counts when an audit changes and make them anew, so the two cannot come to differ. They are
the same for everybody who reads them, so grades and findings count only once nobody has to be kept from them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum, auto
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tracker.audits import tools
from tracker.audits.blind.queries import shown_to_all
from tracker.audits.models import Audit, DomainGrade, Finding
from tracker.audits.queries import COUNTED
from tracker.audits.rules import AuditState, FindingState
from tracker.audits.schema import Tool
from tracker.audits.summaries.rules import (
    LAST_WEEK,
    WAITS,
    By,
    Counted,
    Counts,
    Key,
    Tally,
    added,
    compared,
    members,
    month_of,
)
from tracker.platform.day_counts import days_between

Counting = tuple[Key, Tally]

AUTHORITY: BindParameter[UUID] = bindparam("authority_id")
AUDITS: BindParameter[Collection[UUID]] = bindparam("audits", expanding=True)
OF_AUDIT = (Audit.authority_id, Audit.team_id, Audit.area_code, Audit.tool_id, Audit.tool_version)
"""What an audit is counted under, and what its tool is found by."""

DOMAIN_COUNTED = case(
    (
        and_(
            or_(DomainGrade.moderated_grade_code.is_not(None), DomainGrade.moderator_applies.is_(False)),
            or_(DomainGrade.grade_code.is_not(None), DomainGrade.applies.is_(False)),
        ),
        DomainGrade.moderated_grade_code,
    ),
    else_=DomainGrade.grade_code,
)
"""As ``DomainGrade.counted``, in a statement: the moderator's grade once both are in, else the auditor's."""


class Part(Enum):
    """What is counted in a statement of its own."""

    AUDITS = auto()
    REAUDITS = auto()
    DOMAINS = auto()
    FINDINGS = auto()


ALL = tuple(Part)


def counts(
    connection: Connection, authority_id: UUID, audits: Collection[UUID] | None = None, parts: Collection[Part] = ALL
) -> Counts:
    """What the audits, their domains and their findings come to. Audits that repeat one of them are compared too.

    ``audits`` are ids; None: all of the authority's.
    """
    given = {"authority_id": authority_id} | ({} if audits is None else {"audits": tuple(audits)})
    return added(
        pair
        for part in parts
        for row in connection.execute(_statement(part, some=audits is not None), given)
        for pair in TOLD[part](row)
    )


def domains(
    connection: Connection, authority_id: UUID, conditions: Collection[ColumnElement[bool]]
) -> Iterator[tuple[UUID | None, Key, Tally]]:
    """What the domains of the audits that meet some conditions come to, by team and domain."""
    asked = _statement(Part.DOMAINS, some=False).where(*conditions)
    by_team = asked.add_columns(Audit.team_id).group_by(Audit.team_id)
    for row in connection.execute(by_team, {"authority_id": authority_id}):
        yield from ((row.team_id, *pair) for pair in _of_domain(row) if pair[0].by is By.DOMAIN)


@cache
def _statement(part: Part, *, some: bool) -> Select[*tuple[Any, ...]]:
    """Made once: putting one together costs more than running it for an audit."""
    return ASKED[part](some)


# Audits ---------------------------------------------------------------------------------------------------------


def _audits(some: bool) -> Select[*tuple[Any, ...]]:
    columns = (
        _months(Audit.audited_on).label("months"), *OF_AUDIT,
        COUNTED.label("grade"), Audit.grade_code, Audit.moderator_grade_code, Audit.with_practitioner,
        Audit.family_feedback, case((shown_to_all(), 1), else_=0).label("is_final"),
    )  # fmt: skip
    return _grouped(columns).where(*_finished(), *_among(Audit.id, some))


def _of_audits(row: Row[*tuple[Any, ...]]) -> Iterator[Counting]:
    tool = tools.tool(row.authority_id, row.tool_id, row.tool_version)
    number = row.number
    said = []
    if row.with_practitioner is not None:  # else the file of past audits does not say it
        said.append((Counted.PRACTITIONER, "took part" if row.with_practitioner else "did not", 0, Tally(number)))
    if row.family_feedback is not None:
        said.append((Counted.FAMILY, row.family_feedback.value, 0, Tally(number)))
    if not row.is_final:
        graded = (Counted.AUDIT, WAITS, 0, Tally(number))
    else:
        graded = (Counted.AUDIT, *_graded(tool, row.grade, number))
    if row.is_final and row.moderator_grade_code and row.grade_code:
        ranks = tool.grade(row.grade_code).rank, tool.grade(row.moderator_grade_code).rank
        said.append((Counted.MODERATED, compared(*ranks), 0, Tally(number)))
    for by, member in _members(row):
        for counted, value, place, tally in (graded, *said):
            yield Key(by, member, counted, month_of(row.months), value, place), tally
    if row.is_final and graded[1]:
        member = f"{row.team_id or ''}/{row.area_code}"
        yield Key(By.TEAM_IN_AREA, member, Counted.AUDIT, month_of(row.months), *graded[1:3]), graded[3]


def _graded(tool: Tool, code: str | None, number: int) -> tuple[str, int, Tally]:
    """The value, place and tally of a grade; of none where the tool has no scale."""
    if code is None:
        return "", 0, Tally(number)
    grade = tool.grade(code)
    place = 1000 * tool.grades.index(grade) // max(1, len(tool.grades) - 1)
    return grade.short_label, place, Tally(number, good=number if tool.is_good(code) else 0)


# Re-audits ------------------------------------------------------------------------------------------------------


def _reaudits(some: bool) -> Select[*tuple[Any, ...]]:
    first = aliased(Audit)
    columns = (
        _months(Audit.audited_on).label("months"), *OF_AUDIT,
        COUNTED.label("grade"), first.tool_version.label("first_version"),
        func.coalesce(first.moderated_grade_code, first.grade_code).label("first_grade"),
    )  # fmt: skip
    concerned = (or_(Audit.id.in_(AUDITS), Audit.reaudit_of_id.in_(AUDITS)),) if some else ()
    return (
        _grouped(columns)
        .join(first, first.id == Audit.reaudit_of_id)
        .where(*_finished(), *concerned, COUNTED.is_not(None), shown_to_all(), shown_to_all(first))
    )


def _of_reaudit(row: Row[*tuple[Any, ...]]) -> Iterator[Counting]:
    if row.first_grade is None:
        return
    before = tools.tool(row.authority_id, row.tool_id, row.first_version).grade(row.first_grade).rank
    after = tools.tool(row.authority_id, row.tool_id, row.tool_version).grade(row.grade).rank
    for by, member in _members(row):
        yield Key(by, member, Counted.REAUDIT, month_of(row.months), compared(before, after)), Tally(row.number)


# Domains --------------------------------------------------------------------------------------------------------


def _domains(some: bool) -> Select[*tuple[Any, ...]]:
    columns = (
        _months(Audit.audited_on).label("months"), Audit.tool_id, Audit.tool_version, Audit.authority_id, Audit.lenses,
        DomainGrade.domain_code, DOMAIN_COUNTED.label("grade"),
    )  # fmt: skip
    return (
        _grouped(columns)
        .select_from(DomainGrade)
        .join(Audit, Audit.id == DomainGrade.audit_id)
        .where(*_finished(), *_among(DomainGrade.audit_id, some), DOMAIN_COUNTED.is_not(None), shown_to_all())
    )


def _of_domain(row: Row[*tuple[Any, ...]]) -> Iterator[Counting]:
    value, place, tally = _graded(tools.tool(row.authority_id, row.tool_id, row.tool_version), row.grade, row.number)
    month, asks = month_of(row.months), _asks(row)
    yield Key(By.DOMAIN, f"{asks.id}/{row.domain_code}", Counted.DOMAIN, month, value, place), tally
    for theme in asks.domain(row.domain_code).themes:
        yield Key(By.THEME, theme, Counted.DOMAIN, month, value, place), tally


# Findings -------------------------------------------------------------------------------------------------------


def _findings(some: bool) -> Select[*tuple[Any, ...]]:
    waits = and_(Finding.state == FindingState.OPEN, Finding.action_id.is_(None))
    columns = (
        _months(Finding.raised_on).label("months"), Finding.state, _months(Finding.closed_on).label("closed_months"),
        days_between(Finding.raised_on, Finding.closed_on).label("days"),
        case((waits, Finding.agree_by)).label("agree_by"),
        *OF_AUDIT, Audit.lenses, Finding.theme_code, Finding.domain_code,
    )  # fmt: skip
    return (
        _grouped(columns)
        .select_from(Finding)
        .join(Audit, Audit.id == Finding.audit_id)
        .where(Finding.authority_id == AUTHORITY, *_among(Finding.audit_id, some), shown_to_all())
    )


def _of_findings(row: Row[*tuple[Any, ...]]) -> Iterator[Counting]:
    said = [(Counted.RAISED, month_of(row.months), row.state.value, Tally(row.number))]
    if row.closed_months is not None:
        weeks = f"{min(row.days // 7, LAST_WEEK):02d}"
        said.append((Counted.CLOSED, month_of(row.closed_months), weeks, Tally(row.number, days=row.days * row.number)))
    if row.agree_by is not None:
        said.append((Counted.TO_AGREE, row.agree_by.replace(day=1), row.agree_by.isoformat(), Tally(row.number)))
    under = list(_members(row))
    if row.theme_code is not None:
        under.append((By.THEME, row.theme_code))
    if row.domain_code is not None:
        under.append((By.DOMAIN, f"{_asks(row).id}/{row.domain_code}"))
    for by, member in under:
        for counted, month, value, tally in said:
            yield Key(by, member, counted, month, value), tally


def _asks(row: Row[*tuple[Any, ...]]) -> Tool:
    """The tool, or the lens that the audit carries, that has the row's domain."""
    tool = tools.tool(row.authority_id, row.tool_id, row.tool_version)
    for asks in (tool, *tools.carried(row.authority_id, row.lenses)):
        if any(domain.code == row.domain_code for domain in asks.domains):
            return asks
    return tool


# What the statements share --------------------------------------------------------------------------------------


def _grouped(columns: tuple[Any, ...]) -> Select[*tuple[Any, ...]]:
    return select(*columns, func.count().label("number")).group_by(*columns)


def _months(day: InstrumentedAttribute[Any]) -> ColumnElement[int]:
    """Twelve times the year and the month's place from 0: both databases can group by it."""
    return cast(extract("year", day) * literal(12) + extract("month", day) - literal(1), Integer)


def _finished() -> tuple[ColumnElement[bool], ...]:
    return Audit.authority_id == AUTHORITY, Audit.state != AuditState.DRAFT


def _among(column: InstrumentedAttribute[UUID], some: bool) -> tuple[ColumnElement[bool], ...]:
    return (column.in_(AUDITS),) if some else ()


def _members(row: Row[*tuple[Any, ...]]) -> Iterator[tuple[By, str]]:
    return members(team=str(row.team_id) if row.team_id else "", area=row.area_code, tool=row.tool_id)


ASKED: Mapping[Part, Callable[[bool], Select[*tuple[Any, ...]]]] = {
    Part.AUDITS: _audits,
    Part.REAUDITS: _reaudits,
    Part.DOMAINS: _domains,
    Part.FINDINGS: _findings,
}
"""The statement of each part: of some audits, or of all of an authority."""

TOLD: Mapping[Part, Callable[[Row[*tuple[Any, ...]]], Iterator[Counting]]] = {
    Part.AUDITS: _of_audits,
    Part.REAUDITS: _of_reaudit,
    Part.DOMAINS: _of_domain,
    Part.FINDINGS: _of_findings,
}
"""What a row of each part's statement adds to the counts."""
