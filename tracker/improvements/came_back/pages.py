"""What the two pages show: every pair to decide or decided, and the items of chosen inspections side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.improvements.came_back import queries, rules
from tracker.improvements.came_back.queries import source_of
from tracker.improvements.came_back.rules import Sorted
from tracker.improvements.mapping import similarity
from tracker.improvements.models import Echo, ImprovementItem
from tracker.improvements.rules import Decision
from tracker.inspections import queries as inspections
from tracker.inspections.history_page import kind_of
from tracker.inspections.models import Inspection
from tracker.inspections.rules import without_references
from tracker.people.models import Authority

SHOWN_FIRST = 3
"""Inspections that stand beside each other until somebody chooses."""

Pieces = Sequence[tuple[str, bool]]
"""A wording in pieces, each with whether the other wording has its word too."""


@dataclass(frozen=True)
class Pair:
    """Two items that may say the same, word by word."""

    echo: Echo
    earlier_when: str
    later_when: str
    earlier: Pieces
    later: Pieces


@dataclass(frozen=True)
class CameBackPage:
    pairs: Sequence[Pair]

    def of(self, decision: str) -> list[Pair]:
        return [pair for pair in self.pairs if pair.echo.decision is Decision(decision)]


@dataclass(frozen=True)
class Column:
    """One inspection that may stand beside others."""

    inspection: Inspection
    when: str
    kind: str
    toggled: Sequence[int]
    """The inspections shown once this one is chosen, or left out where it is chosen already."""
    chosen: bool


@dataclass(frozen=True)
class SideBySide:
    offered: Sequence[Column]
    """Latest first; those without items are left out."""
    sorted: Sorted[ImprovementItem]
    elsewhere: dict[ImprovementItem, list[str]]
    """When an item was said at inspections that are not shown."""

    @cached_property
    def columns(self) -> list[Column]:
        """The chosen ones, earliest first."""
        return [column for column in reversed(self.offered) if column.chosen]

    @property
    def headings(self) -> list[str]:
        return [f"{column.when}, {column.kind[:1].lower()}{column.kind[1:]}" for column in self.columns]


def came_back(authority: Authority) -> CameBackPage:
    return CameBackPage([_pair(echo) for echo in queries.echoes(authority)])


def side_by_side(authority: Authority, chosen: Sequence[int]) -> SideBySide:
    """``chosen`` are numbers of inspections; where none is chosen, the latest with items stand beside each other."""
    listing = [one for one in inspections.inspections_with_items(authority) if one.items]
    numbers = [one.number for one in listing]
    asked = [number for number in numbers if number in chosen] or numbers[:SHOWN_FIRST]
    shown = [one for one in reversed(listing) if one.number in asked]
    echoes = queries.echoes(authority)
    pairs = {decision: _pairs(echoes, decision) for decision in Decision}
    confirmed, suggested = pairs[Decision.CONFIRMED], pairs[Decision.SUGGESTED]
    return SideBySide(
        offered=[_column(one, asked, listing) for one in listing],
        sorted=rules.sort_out([one.items for one in shown], confirmed=confirmed, suggested=suggested),
        elsewhere=_elsewhere(confirmed, shown),
    )


def _pair(echo: Echo) -> Pair:
    later, earlier = echo.item.wording, echo.earlier.wording
    return Pair(
        echo,
        source_of(echo.earlier),
        source_of(echo.item),
        earlier=similarity.marked(earlier, without_references(later)),
        later=similarity.marked(later, without_references(earlier)),
    )


def _pairs(echoes: Sequence[Echo], decision: Decision) -> list[tuple[ImprovementItem, ImprovementItem]]:
    return [(echo.item, echo.earlier) for echo in echoes if echo.decision is decision]


def _column(inspection: Inspection, asked: Sequence[int], listing: Sequence[Inspection]) -> Column:
    chosen = inspection.number in asked
    others = [number for number in asked if number != inspection.number]
    return Column(
        inspection,
        when=_when(inspection, listing),
        kind=kind_of(inspection),
        toggled=others if chosen else [*asked, inspection.number],
        chosen=chosen,
    )


def _when(inspection: Inspection, listing: Sequence[Inspection]) -> str:
    """The year, and the month where another inspection began in that year."""
    day = inspection.fieldwork_from
    same_year = [one for one in listing if one.fieldwork_from.year == day.year]
    return f"{day:%B %Y}" if len(same_year) > 1 else str(day.year)


def _elsewhere(
    confirmed: Sequence[tuple[ImprovementItem, ImprovementItem]], shown: Sequence[Inspection]
) -> dict[ImprovementItem, list[str]]:
    found = {}
    for item, group in rules.groups(confirmed).items():
        others = [one for one in group if one.inspection not in shown and one is not item]
        if others:
            found[item] = [source_of(one) for one in sorted(others, key=queries.said_on)]
    return found
