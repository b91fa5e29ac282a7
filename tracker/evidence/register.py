"""The evidence register as somebody asks to see it: filters, sorting, and how many each filter would show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Case, ColumnElement, Select, and_, case, func, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker.evidence import rules
from tracker.evidence.models import Evidence
from tracker.evidence.placing import queries as placing
from tracker.evidence.queries import for_item, is_stale, with_links
from tracker.evidence.rules import Kind, Strength
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority, Person
from tracker.platform.db import db


@dataclass(frozen=True)
class Wanted:
    """What the register is asked to show; None leaves a question out."""

    kind: Kind | None = None
    strength: Strength | None = None
    area_code: str | None = None
    theme_code: str | None = None
    item_id: UUID | None = None
    owner_id: UUID | None = None
    stale: bool = False
    withdrawn: bool = False
    """Show what was withdrawn, and nothing else."""
    text: str = ""
    """Words of the title or of what it shows."""


@dataclass(frozen=True)
class Counts:
    """How many pieces of evidence each filter of the register would show."""

    all: int
    stale: int
    mine: int
    withdrawn: int
    by_kind: Mapping[Kind, int]
    by_strength: Mapping[Strength, int]


BY_STRENGTH = case(dict(rules.IN_ORDER), value=Evidence.strength)

SORTS: Mapping[str, tuple[InstrumentedAttribute[Any] | Case[Any], ...]] = {
    "number": (Evidence.number,),
    "kind": (Evidence.kind, Evidence.number),
    "strength": (BY_STRENGTH, Evidence.dated),
    "dated": (Evidence.dated, Evidence.number),
}
"""What the register can be sorted by, and then by what; turned round, all of them are."""

NEWEST_FIRST = "-dated"

NOT_THIS_ROW = -1
"""Where the rows of one statement count different things."""


def register(authority: Authority, wanted: Wanted, today: date, *, sort: str, descending: bool) -> Select[Any]:
    """The register as it was asked for, as a select of ids."""
    return (
        select(Evidence.id)
        .where(Evidence.authority_id == authority.id, *_conditions(wanted, today), *_places(authority, wanted))
        .order_by(*(column.desc() if descending else column.asc() for column in SORTS[sort]))
    )


def rows(ids: Sequence[UUID]) -> Sequence[Evidence]:
    """Some pieces of evidence in the order of their ids, with owners and links.

    A page finds its ids first, from an index alone: what stands on the pages before it is never read.
    """
    found = db.session.scalars(
        select(Evidence)
        .where(Evidence.id.in_(ids))
        .options(joinedload(Evidence.owner), joinedload(Evidence.practice), *with_links())
    )
    by_id = {one.id: one for one in found}
    return [by_id[each] for each in ids]


def counts(authority: Authority, person: Person, today: date) -> Counts:
    """One statement, grouped in the database in the order of an index."""
    standing = (Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None))
    withdrawn = select(func.count()).where(Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_not(None))
    rows = db.session.execute(
        select(
            Evidence.kind,
            Evidence.strength,
            func.count(),
            func.count().filter(is_stale(today)),
            func.count().filter(Evidence.owner_id == person.id),
            literal(NOT_THIS_ROW),
        )
        .where(*standing)
        .group_by(Evidence.kind, Evidence.strength)
        .union_all(select(null(), null(), null(), null(), null(), withdrawn.scalar_subquery()))
    ).all()
    groups = [row for row in rows if row[5] == NOT_THIS_ROW]
    return Counts(
        all=sum(row[2] for row in groups),
        stale=sum(row[3] for row in groups),
        mine=sum(row[4] for row in groups),
        withdrawn=max(row[5] for row in rows),
        by_kind={kind: sum(row[2] for row in groups if row[0] is kind) for kind in Kind},
        by_strength={one: sum(row[2] for row in groups if row[1] is one) for one in Strength},
    )


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Evidence.withdrawn_on.is_not(None) if wanted.withdrawn else Evidence.withdrawn_on.is_(None)
    ]
    if wanted.kind is not None:
        conditions.append(Evidence.kind == wanted.kind)
    if wanted.strength is not None:
        conditions.append(Evidence.strength == wanted.strength)
    if wanted.owner_id is not None:
        conditions.append(Evidence.owner_id == wanted.owner_id)
    if wanted.stale:
        conditions.append(is_stale(today))
    if wanted.text:
        conditions.append(_says(wanted.text))
    return conditions


def _places(authority: Authority, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Among what coverage counts under the same key."""
    found: list[Any] = []
    if wanted.area_code is not None:
        found.append(placing.under(authority, MappedTo.AREA, wanted.area_code, withdrawn=wanted.withdrawn))
    if wanted.theme_code is not None:
        found.append(placing.under(authority, MappedTo.THEME, wanted.theme_code, withdrawn=wanted.withdrawn))
    if wanted.item_id is not None:
        found.append(for_item(authority, wanted.item_id))
    return [Evidence.id.in_(each) for each in found]


def _says(text: str) -> ColumnElement[bool]:
    """Every word somewhere in the title, in what it shows or in a voice's words."""
    return and_(
        *(
            or_(
                *(
                    column.icontains(word, autoescape=True)
                    for column in (Evidence.title, Evidence.shows, Evidence.words)
                )
            )
            for word in text.split()
        )
    )
