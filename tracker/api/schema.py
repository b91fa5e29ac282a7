"""What the API says: names, types and meaning of every field."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import BaseModel

from tracker.actions.models import Action
from tracker.improvements.models import ImprovementItem
from tracker.web.spreadsheet import INVENTED, is_invented


class ActionOut(BaseModel):
    reference: str
    title: str
    lead: str
    status: str
    due_on: date
    first_due_on: date
    days_late: int
    """0 when it is not late, or delivered."""
    difference: str


class ItemOut(BaseModel):
    demonstration: str | None
    """Of a demonstration a sentence that says what of it is invented."""
    reference: str
    title: str
    wording: str
    source: str
    raised_on: date
    state: str
    owner: str | None
    actions: list[ActionOut]


def items(found: Iterable[ImprovementItem], actions: Iterable[Action], today: date) -> list[ItemOut]:
    by_item: dict[UUID, list[Action]] = defaultdict(list)
    for action in actions:
        by_item[action.item_id].append(action)
    return [_item(item, by_item[item.id], today) for item in found]


def _item(item: ImprovementItem, actions: list[Action], today: date) -> ItemOut:
    return ItemOut(
        demonstration=INVENTED if is_invented() else None,
        reference=item.reference,
        title=item.title,
        wording=item.wording,
        source=item.source,
        raised_on=item.raised_on,
        state=item.state,
        owner=item.owner.name if item.owner else None,
        actions=[_action(action, today) for action in actions],
    )


def _action(action: Action, today: date) -> ActionOut:
    late = 0 if action.delivered_on else max(0, (today - action.due_on).days)
    return ActionOut(
        reference=action.reference,
        title=action.title,
        lead=action.lead.name,
        status=action.status,
        due_on=action.due_on,
        first_due_on=action.first_due_on,
        days_late=late,
        difference=action.difference,
    )
