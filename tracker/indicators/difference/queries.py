"""Every question asked about pathways. The authority comes first: nothing is found across authorities."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, selectinload

from tracker.improvements.models import ImprovementItem
from tracker.indicators.difference.models import Counting, Pathway, PathwayItem
from tracker.indicators.difference.rules import Reading, read
from tracker.indicators.difference.saying import Statement
from tracker.people.models import Authority
from tracker.platform.db import db

EARLIER = 8
"""Periods before the one that is read whose index stands beside it. Our choice."""


def pathway(authority: Authority, number: int) -> Pathway | None:
    """One pathway with all its counts and the items it speaks for: four statements."""
    return db.session.scalars(
        select(Pathway)
        .where(Pathway.authority_id == authority.id, Pathway.number == number)
        .options(
            selectinload(Pathway.countings).selectinload(Counting.numbers),
            selectinload(Pathway.items).joinedload(ImprovementItem.owner),
        )
    ).one_or_none()


def pathways(authority: Authority) -> Sequence[tuple[Pathway, Counting | None]]:
    """Every pathway in order with the counts of its last period: three statements."""
    found = db.session.scalars(
        select(Pathway).where(Pathway.authority_id == authority.id).order_by(Pathway.number)
    ).all()
    later = aliased(Counting)
    is_last = ~exists().where(later.pathway_id == Counting.pathway_id, later.period_end > Counting.period_end)
    newest = (
        select(Counting)
        .join(Counting.pathway)
        .where(Pathway.authority_id == authority.id, is_last)
        .options(selectinload(Counting.numbers))
    )
    last = {one.pathway_id: one for one in db.session.scalars(newest)}
    return [(one, last.get(one.id)) for one in found]


def pathways_of_item(item: ImprovementItem) -> Sequence[Pathway]:
    speaks = select(PathwayItem.pathway_id).where(PathwayItem.item_id == item.id)
    return db.session.scalars(
        select(Pathway)
        .where(Pathway.authority_id == item.authority_id, Pathway.id.in_(speaks))
        .order_by(Pathway.number)
    ).all()


def counting(pathway: Pathway, end: date | None) -> Counting | None:
    """The counts of the period that ends on a day; of the last one where there are none."""
    asked = next((one for one in pathway.countings if one.period_end == end), None)
    return asked or (pathway.countings[-1] if pathway.countings else None)


def reading(pathway: Pathway, counting: Counting, *, choice: str | None = None) -> Reading:
    """``choice`` instead of whom the pathway says its groups are compared with."""
    return read(
        pathway.shape,
        counting.counts,
        choice=pathway.compared_with if choice is None else choice,
        least=pathway.least,
    )


def statement(pathway: Pathway, counting: Counting) -> Statement:
    return Statement(reading(pathway, counting))
