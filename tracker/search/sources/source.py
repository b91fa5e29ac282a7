"""What a room declares to be found, and where in the framework a thing belongs."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.frameworks.queries import library
from tracker.improvements.models import Mapping as ItemMapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.platform.db import Model, db
from tracker.search.rules import Entry, Found, barred

Ids = Collection[UUID]


@dataclass(frozen=True)
class Source:
    """Things of one table, with the rows of other tables that they are made of."""

    root: type[Any]
    kinds: frozenset[Found]
    read: Callable[[Ids], Iterator[Entry]]
    """Entries of the rows with these ids, from the database as it is now; ids of rows that are gone give none."""
    parts: Mapping[type[Model], str] = field(default_factory=dict)
    """Other tables whose rows are told with a root, and the column that says which."""


@dataclass
class Placed:
    """Where something belongs: codes of areas and themes."""

    areas: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)

    def add(self, area: str | None = None, theme: str | None = None) -> None:
        """What is placed under a theme is placed under its area."""
        if theme is not None:
            self.themes.add(theme)
            area = area_of(theme)
        if area is not None:
            self.areas.add(area)

    def join(self, other: "Placed") -> None:
        self.areas |= other.areas
        self.themes |= other.themes

    @property
    def columns(self) -> dict[str, Any]:
        return {"areas": barred(self.areas), "themes": barred(self.themes)}


def at(area: str | None, theme: str | None = None) -> dict[str, Any]:
    """The columns of something that names its own area and theme."""
    placed = Placed()
    placed.add(area)
    placed.add(theme=theme)
    return placed.columns


def placed_items(items: Iterable[UUID | None]) -> Mapping[UUID | None, Placed]:
    """Where a person confirmed that items belong; a suggestion counts for nothing."""
    found: defaultdict[UUID | None, Placed] = defaultdict(Placed)
    confirmed = select(ItemMapping.item_id, ItemMapping.to, ItemMapping.code).where(
        ItemMapping.item_id.in_({item for item in items if item is not None}),
        ItemMapping.decision == Decision.CONFIRMED,
        ItemMapping.to.in_([MappedTo.AREA, MappedTo.THEME]),
    )
    for item_id, to, code in db.session.execute(confirmed):
        found[item_id].add(area=code) if to is MappedTo.AREA else found[item_id].add(theme=code)
    return found


def grouped(rows: Iterable[Any]) -> Mapping[UUID, list[Any]]:
    """Rows by their first column, in their order."""
    by_first: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        by_first[row[0]].append(row)
    return by_first


@cache
def _areas_of_themes() -> Mapping[str, str]:
    """The newest framework that has a theme says whose it is."""
    every = library().frameworks.values()
    return {theme.code: area.code for one in every for area in one.areas for theme in area.themes}


def area_of(theme: str) -> str | None:
    return _areas_of_themes().get(theme)
