"""Every question asked about single audits, and lists of them. Shares and counts are in ``figures``.

The authority comes first: nothing is found across authorities.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from tracker.audits import rules, tools
from tracker.audits.blind.queries import known_to, shown_to, waits_for
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState
from tracker.people.models import Authority, Person, Team
from tracker.platform.db import db

COUNTED = func.coalesce(Audit.moderated_grade_code, Audit.grade_code)
"""The grade that counts, in a statement."""
_again = aliased(Audit)
"""Made once: each copies every column."""


@dataclass(frozen=True)
class Wanted:
    """What the list of audits is asked to show; None leaves a question out. ``show`` is a key of SHOWS."""

    show: str | None = None
    tool_id: str | None = None
    team: str | None = None
    area_code: str | None = None
    programme: str | None = None
    since: date | None = None


SHOWS: Mapping[str | None, str] = {
    None: "All",
    "mine": "Mine",
    "draft": "Drafts",
    "moderate": "To moderate",
    "moderated": "Moderated",
    "weak": "Below good",
    "reaudit": "Re-audit due",
}

SORTS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = {
    "audit": (Audit.number,),
    "team": (Team.name, Audit.audited_on),
    "auditor": (Person.name, Audit.audited_on),
    "date": (Audit.audited_on, Audit.number),
}
"""What the list can be sorted by; the first column of each is the one that turns round."""


def audit(authority: Authority, number: int) -> Audit | None:
    """One audit with its people, its domains, its findings and what they lead to, and its re-audits."""
    return db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.number == number)
        .options(
            joinedload(Audit.team),
            joinedload(Audit.auditor),
            joinedload(Audit.moderator),
            joinedload(Audit.reaudit_of),
            selectinload(Audit.domains),
            selectinload(Audit.answers),
            selectinload(Audit.reaudits).joinedload(Audit.auditor),
            selectinload(Audit.findings).options(
                joinedload(Finding.owner), joinedload(Finding.action), joinedload(Finding.item)
            ),
        )
    ).one_or_none()


def chain(audit: Audit) -> Sequence[Audit]:
    """Every audit of the same case that repeats this one or is repeated by it, first to last; two statements.

    A re-audit looks at the same case with the same tool, so the chain is found by those.
    """
    same = db.session.scalars(
        select(Audit)
        .where(
            Audit.authority_id == audit.authority_id,
            Audit.case_reference == audit.case_reference,
            Audit.tool_id == audit.tool_id,
        )
        .options(joinedload(Audit.auditor))
        .order_by(Audit.number)
    ).all()
    linked = {audit.id}
    while True:
        ties = [{again.id, again.reaudit_of_id} for again in same if again.reaudit_of_id]
        grown = linked | {one for tie in ties if linked & tie for one in tie}
        if grown == linked:
            return [again for again in same if again.id in linked]
        linked = grown


def audits(
    authority: Authority, wanted: Wanted, *, viewer: Viewer, today: date, sort: str = "date", descending: bool = True
) -> Select[Audit]:
    """The list of audits in order, with the people and teams that its rows name."""
    first, *then = SORTS[sort]
    return (
        select(Audit)
        .join(Person, Person.id == Audit.auditor_id)
        .outerjoin(Team, Team.id == Audit.team_id)
        .where(Audit.authority_id == authority.id, known_to(viewer), *_about(wanted))
        .where(_shown(authority, wanted.show, viewer, today))
        .options(joinedload(Audit.auditor), joinedload(Audit.moderator), joinedload(Audit.team))
        .order_by(first.desc() if descending else first.asc(), *(column.desc() for column in then))
    )


def audit_counts(authority: Authority, wanted: Wanted, *, viewer: Viewer, today: date) -> Mapping[str | None, int]:
    """How many audits each of SHOWS would list, the other filters kept; one statement."""
    counts = [func.count().filter(_shown(authority, show, viewer, today)) for show in SHOWS]
    found = db.session.execute(
        select(*counts)
        .select_from(Audit)
        .outerjoin(Team, Team.id == Audit.team_id)
        .where(Audit.authority_id == authority.id, known_to(viewer), *_about(wanted))
    ).one()
    return dict(zip(SHOWS, found, strict=True))


def work_of(
    authority: Authority, viewer: Viewer, today: date, *, limit: int
) -> Mapping[str, tuple[Sequence[Audit], int]]:
    """Audits that a person has in draft, may moderate, and whose re-audit is due: the first few and how many there are.

    By the names "drafts", "moderate" and "reaudit", oldest or soonest first, in one statement. Those that wait for a
    moderator are not ordered by grade: she must not learn it before she has given hers.
    """
    draft = and_(Audit.auditor_id == viewer.id, Audit.state == AuditState.DRAFT)
    lists: Mapping[str, tuple[ColumnElement[bool], tuple[Any, ...]]] = {
        "drafts": (draft, (Audit.audited_on, Audit.number)),
        "moderate": (waits_for(viewer), (Audit.moderator_id.is_(None), Audit.audited_on, Audit.number)),
        "reaudit": (
            and_(_reaudit_due(today), known_to(viewer), shown_to(viewer)),
            (Audit.reaudit_due_on, Audit.number),
        ),
    }
    chosen = union_all(*(_first(authority, name, *asked, limit) for name, asked in lists.items())).subquery()
    rows = db.session.execute(
        select(Audit, chosen.c.list, chosen.c.total)
        .join(chosen, chosen.c.id == Audit.id)
        .options(joinedload(Audit.team), joinedload(Audit.auditor))
        .order_by(chosen.c.place)
    ).all()
    found = {name: [row for row in rows if row.list == name] for name in lists}
    return {name: ([row[0] for row in of], of[0].total if of else 0) for name, of in found.items()}


def _first(
    authority: Authority, name: str, wanted: ColumnElement[bool], order: tuple[Any, ...], limit: int
) -> Select[str, UUID, int, int]:
    chosen = (
        select(Audit.id, func.count().over().label("total"), func.row_number().over(order_by=order).label("place"))
        .where(Audit.authority_id == authority.id, wanted)
        .order_by(*order)
        .limit(limit)
        .subquery()
    )
    return select(literal(name).label("list"), chosen.c.id, chosen.c.total, chosen.c.place)


def programmes(authority: Authority) -> Sequence[str]:
    """The rounds that audits belong to, newest first."""
    return db.session.scalars(
        select(Audit.programme)
        .where(Audit.authority_id == authority.id, Audit.programme != "")
        .group_by(Audit.programme)
        .order_by(func.max(Audit.audited_on).desc())
    ).all()


def audited_areas(authority: Authority) -> Sequence[str]:
    """Codes of the areas that have an audit."""
    return db.session.scalars(select(Audit.area_code).where(Audit.authority_id == authority.id).distinct()).all()


def _about(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = (
        (wanted.tool_id, Audit.tool_id),
        (wanted.team, Team.name),
        (wanted.area_code, Audit.area_code),
        (wanted.programme, Audit.programme),
    )
    conditions = [column == value for value, column in asked if value is not None]
    return [*conditions, Audit.audited_on >= wanted.since] if wanted.since else conditions


def _shown(authority: Authority, show: str | None, viewer: Viewer, today: date) -> ColumnElement[bool]:
    """The condition of one of SHOWS. Only that one is put together: a list of audits asks for each of them."""
    conditions: Mapping[str | None, Callable[[], ColumnElement[bool]]] = {
        None: lambda: Audit.id.is_not(None),
        "mine": lambda: and_(Audit.auditor_id == viewer.id, Audit.auditor_said == ""),
        "draft": lambda: Audit.state == AuditState.DRAFT,
        "moderate": lambda: waits_for(viewer),
        "moderated": lambda: Audit.state == AuditState.MODERATED,
        "weak": lambda: _weak(authority, viewer),
        "reaudit": lambda: and_(_reaudit_due(today), known_to(viewer), shown_to(viewer)),
    }
    return conditions[show]()


def _weak(authority: Authority, viewer: Viewer) -> ColumnElement[bool]:
    """Below good by each tool's own scale. What ``viewer`` may moderate is left out: it would tell her the grade."""
    below = [
        and_(Audit.tool_id == tool.id, Audit.tool_version == tool.version, COUNTED.in_(codes))
        for tool in tools.of(authority.id).versions.values()
        if (codes := [grade.code for grade in tool.grades if not tool.is_good(grade.code)])
    ]
    return and_(Audit.state != AuditState.DRAFT, shown_to(viewer), or_(false(), *below))


def _reaudit_due(today: date) -> ColumnElement[bool]:
    again = _again
    done = exists().where(again.reaudit_of_id == Audit.id, again.state != AuditState.DRAFT)
    return and_(Audit.reaudit_due_on <= today + rules.REAUDIT_SOON, ~done)
