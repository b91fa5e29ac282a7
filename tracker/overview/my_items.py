"""The part of My work that is about the items she owns: how many gaps each has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker.audits.figures import Counts
from tracker.improvements.models import ImprovementItem
from tracker.overview import facts, gaps
from tracker.overview.waiting import Found
from tracker.people.models import Authority


@dataclass(frozen=True)
class MyItem:
    reference: str
    title: str
    gaps: str
    """"4 gaps", or "No gaps"."""


def with_gaps(
    authority: Authority, rows: Sequence[Found], audits: Mapping[UUID, Counts], today: date
) -> Sequence[MyItem]:
    """Her open items, those with most gaps first; ``audits`` is what audits say of each item."""
    items = [facts.Item(row.about_id, row.day) for row in rows if row.about_id is not None and row.day is not None]
    known = facts.facts_with(authority, items, audits, today)
    missing = {item: gaps.gaps(found, today) for item, found in known.items()}
    shown = [(row, missing[row.about_id]) for row in rows if row.about_id in missing]
    shown.sort(key=lambda pair: -gaps.count(pair[1]))
    return [MyItem(f"{ImprovementItem.prefix}-{row.number}", row.title, gaps.counted(found)) for row, found in shown]
