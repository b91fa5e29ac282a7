"""What auditors and their moderators gave, as pairs. The authority comes first.

Only blind moderation counts: where the first grade could be read before, agreement says nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from tracker.audits import tools
from tracker.audits.agreement.rules import Agreement, Interval, Pair, agreement, severity
from tracker.audits.blind.rules import Moderation
from tracker.audits.models import Audit, DomainGrade
from tracker.audits.rules import AuditState
from tracker.audits.schema import Tool
from tracker.audits.tools import Toolbox
from tracker.people.models import Authority, Person
from tracker.platform.db import db

Columns = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class OnScale:
    """Agreement on one scale, in its words, best first."""

    grades: Sequence[str]
    tools: Sequence[str]
    cases: Agreement
    domains: Agreement
    """Of single domains. Those of one audit are not independent, so no kappa is said of them."""


@dataclass(frozen=True)
class Auditor:
    name: str
    audits: int
    severity: Interval | None


@dataclass(frozen=True)
class Coverage:
    """How much of what was finished was moderated, and what waits."""

    finished: int
    moderated: int
    blind: int
    waiting: int


def on_each_scale(
    authority: Authority, *, since: date | None, before: date | None = None, tool_id: str | None = None
) -> Sequence[OnScale]:
    """Agreement on every scale that was used, the most used first; two statements.

    Audits of the day ``since`` count, those of ``before`` do not.
    """
    tool = (Audit.tool_id, Audit.tool_version)
    counted = _earlier(_counted(select(*tool, Audit.grade_code, Audit.moderator_grade_code), authority), before)
    of_domains = _counted(
        select(*tool, DomainGrade.grade_code, DomainGrade.moderated_grade_code).join(
            Audit, Audit.id == DomainGrade.audit_id
        ),
        authority,
    ).where(DomainGrade.grade_code.is_not(None), DomainGrade.moderated_grade_code.is_not(None))
    box = tools.of(authority.id)
    cases, names = _by_scale(box, _narrowed(counted, since, tool_id))
    domains, _ = _by_scale(box, _narrowed(_earlier(of_domains, before), since, tool_id))
    found = [
        OnScale(scale, sorted(names[scale]), agreement(pairs, len(scale)), agreement(domains[scale], len(scale)))
        for scale, pairs in cases.items()
    ]
    return sorted(found, key=lambda one: -one.cases.pairs)


def auditors(authority: Authority, *, since: date | None, tool_id: str | None = None) -> Sequence[Auditor]:
    """How strict each auditor is, by name; steps of all scales together. One statement."""
    columns = select(
        Person.id, Person.name, Audit.tool_id, Audit.tool_version, Audit.grade_code, Audit.moderator_grade_code
    ).join(Person, Person.id == Audit.auditor_id)
    box = tools.of(authority.id)
    pairs: dict[UUID, list[Pair]] = defaultdict(list)
    names: dict[UUID, str] = {}
    for person_id, name, *graded in db.session.execute(_narrowed(_counted(columns, authority), since, tool_id)):
        found = _pair(box, *graded)
        names[person_id] = name
        if found is not None:
            pairs[person_id].append(found[1])
    each = [Auditor(name, len(pairs[one]), severity(pairs[one])) for one, name in names.items()]
    return sorted(each, key=lambda one: one.name)


def coverage(authority: Authority, *, since: date | None, tool_id: str | None = None) -> Coverage:
    """One statement."""
    moderated = Audit.state == AuditState.MODERATED
    blind = moderated & (Audit.moderation == Moderation.CHOSEN)
    waiting = ~moderated & Audit.moderation.in_((Moderation.CHOSEN, Moderation.ASKED))
    counts = select(func.count(), *(func.count().filter(one) for one in (moderated, blind, waiting)))
    finished = counts.select_from(Audit).where(
        Audit.authority_id == authority.id, Audit.state != AuditState.DRAFT, Audit.brought_in == ""
    )
    return Coverage(*db.session.execute(_narrowed(finished, since, tool_id)).one())


def _counted(columns: Columns, authority: Authority) -> Columns:
    return columns.where(
        Audit.authority_id == authority.id,
        Audit.state == AuditState.MODERATED,
        Audit.moderation == Moderation.CHOSEN,
    )


def _narrowed(statement: Columns, since: date | None, tool_id: str | None) -> Columns:
    if since is not None:
        statement = statement.where(Audit.audited_on >= since)
    return statement.where(Audit.tool_id == tool_id) if tool_id else statement


def _earlier(statement: Columns, before: date | None) -> Columns:
    return statement.where(Audit.audited_on < before) if before is not None else statement


Scale = tuple[str, ...]


def _by_scale(box: Toolbox, statement: Columns) -> tuple[Mapping[Scale, list[Pair]], Mapping[Scale, set[str]]]:
    """The words of a scale to its pairs, and to the tools that grade in them."""
    pairs: dict[Scale, list[Pair]] = defaultdict(list)
    names: dict[Scale, set[str]] = defaultdict(set)
    for graded in db.session.execute(statement):
        found = _pair(box, *graded)
        if found is not None:
            tool, pair = found
            scale = tuple(grade.short_label for grade in tool.grades)
            pairs[scale].append(pair)
            names[scale].add(tool.short_name)
    return pairs, names


def _pair(box: Toolbox, tool_id: str, version: int, first: str, second: str) -> tuple[Tool, Pair] | None:
    """Both places on the tool's scale; None for a tool that gives no grades."""
    tool = box.tool(tool_id, version)
    codes = [grade.code for grade in tool.grades]
    return (tool, (codes.index(first), codes.index(second))) if len(codes) > 1 else None
