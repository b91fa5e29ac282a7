"""Letting a measure, or a pathway of groups, speak for an improvement item, and no longer."""

from tracker.improvements.models import ImprovementItem
from tracker.indicators.difference.models import Pathway
from tracker.indicators.models import Measure
from tracker.platform import history
from tracker.platform.errors import Refused


def link_to_item(thing: Measure | Pathway, *, item: ImprovementItem) -> None:
    """Raises Refused where the item is another authority's, or linked already."""
    if item.authority_id != thing.authority_id:
        raise Refused(f"{item.reference} belongs to another authority.")
    if item in thing.items:
        raise Refused(f"{thing.reference} speaks for {item.reference} already.")
    thing.items.append(item)
    history.record(thing, f"linked to {item.reference}")


def unlink(thing: Measure | Pathway, *, item: ImprovementItem) -> None:
    """Raises Refused where it does not speak for the item."""
    if item not in thing.items:
        raise Refused(f"{thing.reference} does not speak for {item.reference}.")
    thing.items.remove(item)
    history.record(thing, f"no longer linked to {item.reference}")
