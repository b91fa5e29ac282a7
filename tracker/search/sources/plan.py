"""What is found of improvement items, their appraisals and actions."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.actions.models import Action, ActionUpdate, Milestone
from tracker.improvements.models import Appraisal, ImprovementItem
from tracker.platform.db import db
from tracker.search.rules import Entry, Found, text_of
from tracker.search.sources.source import Ids, Source, grouped, placed_items


def _items(ids: Ids) -> Iterator[Entry]:
    found = select(
        ImprovementItem.id,
        ImprovementItem.authority_id,
        ImprovementItem.number,
        ImprovementItem.title,
        ImprovementItem.wording,
        ImprovementItem.responsible,
        ImprovementItem.source_document,
        ImprovementItem.source_place,
        ImprovementItem.source_said_by,
        ImprovementItem.closed_because,
        ImprovementItem.raised_on,
        ImprovementItem.owner_id,
    ).where(ImprovementItem.id.in_(ids))
    placed, appraisals = placed_items(ids), _appraisals_of(ids)
    for row in db.session.execute(found):
        common: dict[str, Any] = {
            "authority_id": row.authority_id,
            "root_id": row.id,
            "number": row.number,
            **placed[row.id].columns,
        }
        yield Entry(
            kind=Found.ITEM,
            thing_id=row.id,
            title=row.title,
            text=text_of(
                row.wording,
                row.responsible,
                row.source_document,
                row.source_place,
                row.source_said_by,
                row.closed_because,
            ),
            dated=row.raised_on,
            owner_id=row.owner_id,
            **common,
        )
        for appraisal in appraisals.get(row.id, ()):
            yield _appraisal(appraisal, row.title, common)


def _appraisals_of(ids: Ids) -> Any:
    return grouped(
        db.session.execute(
            select(
                Appraisal.item_id,
                Appraisal.id,
                Appraisal.on,
                Appraisal.by_id,
                Appraisal.worried_about,
                Appraisal.working_well,
                Appraisal.needs_to_happen,
                Appraisal.next_step,
                Appraisal.together_with,
            ).where(Appraisal.item_id.in_(ids))
        )
    )


def _appraisal(row: Any, title: str, common: dict[str, Any]) -> Entry:
    return Entry(
        kind=Found.APPRAISAL,
        thing_id=row.id,
        title=f"{title}, {row.on:%-d %B %Y}",
        text=text_of(row.worried_about, row.working_well, row.needs_to_happen, row.next_step, row.together_with),
        anchor="appraisal",
        dated=row.on,
        owner_id=row.by_id,
        **common,
    )


def _actions(ids: Ids) -> Iterator[Entry]:
    found = select(
        Action.id,
        Action.authority_id,
        Action.number,
        Action.item_id,
        Action.title,
        Action.success_measure,
        Action.difference,
        Action.partner_contact,
        Action.lead_id,
        Action.last_update_at,
        Action.starts_on,
        Action.due_on,
    ).where(Action.id.in_(ids))
    rows = db.session.execute(found).all()
    placed = placed_items(row.item_id for row in rows)
    updates, milestones = _updates_of(ids), _milestones_of(ids)
    for row in rows:
        said = [text for update in updates.get(row.id, ()) for text in update[1:]]
        steps = [milestone.title for milestone in milestones.get(row.id, ())]
        yield Entry(
            authority_id=row.authority_id,
            kind=Found.ACTION,
            root_id=row.id,
            thing_id=row.id,
            number=row.number,
            title=row.title,
            text=text_of(row.success_measure, row.difference, row.partner_contact, *steps, *said),
            dated=_newest(row),
            owner_id=row.lead_id,
            **placed[row.item_id].columns,
        )


def _newest(action: Any) -> date | None:
    """The day of its last news, else the day it begins, else the day it is due."""
    last: date | None = action.last_update_at.date() if action.last_update_at else action.starts_on
    return last or action.due_on


def _updates_of(ids: Ids) -> Any:
    """Newest first, by action; what was taken back is in the trail still, and so it is found."""
    return grouped(
        db.session.execute(
            select(
                ActionUpdate.action_id,
                ActionUpdate.done,
                ActionUpdate.difference,
                ActionUpdate.next_step,
                ActionUpdate.due_reason,
            )
            .where(ActionUpdate.action_id.in_(ids))
            .order_by(ActionUpdate.at.desc(), ActionUpdate.id)
        )
    )


def _milestones_of(ids: Ids) -> Any:
    return grouped(
        db.session.execute(
            select(Milestone.action_id, Milestone.title)
            .where(Milestone.action_id.in_(ids))
            .order_by(Milestone.position)
        )
    )


SOURCES: Sequence[Source] = (
    Source(ImprovementItem, frozenset({Found.ITEM, Found.APPRAISAL}), _items, {Appraisal: "item_id"}),
    Source(Action, frozenset({Found.ACTION}), _actions, {ActionUpdate: "action_id", Milestone: "action_id"}),
)
