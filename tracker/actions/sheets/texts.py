"""What the cells of an action say."""

from tracker.actions.models import Action
from tracker.actions.sheets.rules import Field


def texts(action: Action) -> dict[Field, str]:
    """What the cells of one action say, as a person reads them."""
    return {
        Field.REFERENCE: action.reference,
        Field.ITEM: f"{action.item.reference} {action.item.title}",
        Field.TITLE: action.title,
        Field.LEAD: action.lead.name,
        Field.START: f"{action.starts_on:%-d %B %Y}" if action.starts_on else "",
        Field.DUE: f"{action.due_on:%-d %B %Y}",
        Field.DUE_REASON: "",
        Field.STATUS: action.status.value,
        Field.DONE: "",
        Field.DIFFERENCE: "",
        Field.SUCCESS: action.success_measure,
        Field.PRIORITY: action.priority.value,
        Field.PARTNER: action.partner.name if action.partner else "",
        Field.BOARD: action.board.name if action.board else "",
    }
