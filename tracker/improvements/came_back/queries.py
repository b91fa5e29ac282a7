"""Every question about weaknesses that came back. Two items that say the same are an ``Echo``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, lazyload

from tracker.improvements.models import Echo, ImprovementItem
from tracker.improvements.rules import Decision, Source
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Also:
    """Another item that says what one item says, as a person confirmed."""

    item: ImprovementItem
    later: bool
    """Said after the item, not before it."""

    @property
    def when(self) -> int:
        return said_on(self.item).year


def echoes(authority: Authority) -> Sequence[Echo]:
    """Every pair that was decided or is to be, latest first, with both items, their inspections and who decided."""
    every = db.session.scalars(_echoes(), {"authority": authority.id})
    return [one for one in every if one.is_told]


def echo(authority: Authority, echo_id: UUID) -> Echo | None:
    return db.session.scalars(_echoes().where(Echo.id == echo_id), {"authority": authority.id}).one_or_none()


def also_said(authority: Authority, items: Sequence[ImprovementItem]) -> Mapping[UUID, Sequence[Also]]:
    """For each of the items that came back or is one that did: where else it was said, earliest first."""
    found: dict[UUID, list[Also]] = {}
    for one in db.session.scalars(_confirmed(), {"authority": authority.id, "ids": [item.id for item in items]}):
        found.setdefault(one.item_id, []).append(Also(one.earlier, later=False))
        found.setdefault(one.earlier_id, []).append(Also(one.item, later=True))
    return {item: sorted(others, key=lambda also: said_on(also.item)) for item, others in found.items()}


def said_on(item: ImprovementItem) -> date:
    """The day that stands for an item: when inspectors were there, or when it was raised."""
    return item.inspection.fieldwork_from if item.inspection else item.raised_on


def source_of(item: ImprovementItem) -> str:
    """Where an item was said: "2018", or for what no inspection said "peer review, 2024"."""
    year = str(said_on(item).year)
    return year if item.source is Source.INSPECTION else f"{item.source.lower()}, {year}"


@cache
def _confirmed() -> Select[Echo]:
    ids: BindParameter[UUID] = bindparam("ids", expanding=True)
    either = or_(Echo.item_id.in_(ids), Echo.earlier_id.in_(ids))
    return _echoes().where(Echo.decision == Decision.CONFIRMED, either)


@cache
def _echoes() -> Select[Echo]:
    """Put together once, which takes longer than asking it."""
    later, earlier = aliased(ImprovementItem), aliased(ImprovementItem)
    return (
        select(Echo)
        .join(Echo.item.of_type(later))
        .join(Echo.earlier.of_type(earlier))
        .where(later.authority_id == bindparam("authority"))
        .options(
            contains_eager(Echo.item.of_type(later)).options(joinedload(later.inspection), lazyload(later.mappings)),
            contains_eager(Echo.earlier.of_type(earlier)).options(
                joinedload(earlier.inspection), lazyload(earlier.mappings)
            ),
            joinedload(Echo.decided_by),
        )
        .order_by(later.raised_on.desc(), later.position, later.number, Echo.score.desc(), earlier.number)
    )
