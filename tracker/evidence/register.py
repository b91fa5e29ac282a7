"""The evidence register as somebody asks to see it: filters, sorting, and how many each filter would show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Case, ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker.evidence import rules
from tracker.evidence.models import Evidence
from tracker.evidence.queries import Placed, is_stale, placed_by_area, placed_by_item, placed_by_theme, with_links
from tracker.evidence.rules import Kind, Strength
from tracker.frameworks.schema import Framework
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


def register(
    authority: Authority, wanted: Wanted, framework: Framework, today: date, *, sort: str, descending: bool
) -> Select[Any]:
    """The register as it was asked for, as a select of Evidence. ``framework`` says which themes an area has."""
    return (
        select(Evidence)
        .where(
            Evidence.authority_id == authority.id, *_conditions(wanted, today), *_places(authority, wanted, framework)
        )
        .options(joinedload(Evidence.owner), joinedload(Evidence.practice), *with_links())
        .order_by(*(column.desc() if descending else column.asc() for column in SORTS[sort]))
    )


def counts(authority: Authority, person: Person, today: date) -> Counts:
    """One statement, grouped in the database."""
    rows = db.session.execute(
        select(
            Evidence.kind,
            Evidence.strength,
            Evidence.withdrawn_on.is_not(None),
            func.count(),
            func.count().filter(is_stale(today)),
            func.count().filter(Evidence.owner_id == person.id),
        )
        .where(Evidence.authority_id == authority.id)
        .group_by(Evidence.kind, Evidence.strength, Evidence.withdrawn_on.is_not(None))
    ).all()
    standing = [row for row in rows if not row[2]]
    return Counts(
        all=sum(row[3] for row in standing),
        stale=sum(row[4] for row in standing),
        mine=sum(row[5] for row in standing),
        withdrawn=sum(row[3] for row in rows if row[2]),
        by_kind={kind: sum(row[3] for row in standing if row[0] is kind) for kind in Kind},
        by_strength={one: sum(row[3] for row in standing if row[1] is one) for one in Strength},
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


def _places(authority: Authority, wanted: Wanted, framework: Framework) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.area_code is not None:
        conditions.append(_placed(wanted.area_code, placed_by_area(authority, framework)))
    if wanted.theme_code is not None:
        conditions.append(_placed(wanted.theme_code, placed_by_theme(authority)))
    if wanted.item_id is not None:
        conditions.append(_placed(wanted.item_id, placed_by_item(authority)))
    return conditions


def _placed(key: object, placed: Placed) -> ColumnElement[bool]:
    """Whether it is among the evidence that coverage counts under ``key``."""
    pairs = placed.subquery()
    return Evidence.id.in_(select(pairs.c.evidence_id).where(pairs.c.key == key))


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
