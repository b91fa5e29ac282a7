"""Whose figures may stand beside ours, and where ours stands among those of neighbours. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median

from tracker.indicators import rules
from tracker.indicators.rules import Direction, Unit


class Whose(StrEnum):
    """Whom a published figure is of."""

    ENGLAND = "England"
    REGION = "Region"
    NEIGHBOURS = "Statistical neighbours together"
    COUNCIL = "Another council"


REGIONS = (
    "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands", "East of England",
    "London", "Inner London", "Outer London", "South East", "South West",
)  # fmt: skip
"""As the Department for Education publishes by. Source: the regions of England, and London's two parts."""
TOGETHER = frozenset({
    "statistical neighbours", "statistical neighbour", "statistical neighbours average",
    "statistical neighbour average", "statistical neighbours median", "statistical neighbour median", "neighbours",
    "neighbours average", "sn", "sn average", "sn median", "statistical neighbours together",
})  # fmt: skip

NOT_A_NAME = re.compile(
    r"^(?:the )?(?:(?:london|royal|metropolitan) borough of |royal borough of |county of )"
    r"|(?: (?:city|county|borough|district|metropolitan borough|metropolitan district))? council$"
    r"| (?:city|county) of$"
)


def folded(name: str) -> str:
    """A council's name without what some write and others leave out.

    >>> folded("London Borough of Camden"), folded("Bristol, City of"), folded("Leeds City Council")
    ('camden', 'bristol', 'leeds')
    """
    plain = " ".join(re.findall(r"[a-z0-9]+", name.lower().replace("&", " and ")))
    return NOT_A_NAME.sub("", plain).strip()


def whose(name: str) -> Whose:
    """
    >>> whose("ENGLAND"), whose("East of England"), whose("SN average"), whose("City of London")
    (<Whose.ENGLAND: 'England'>, <Whose.REGION: 'Region'>, <Whose.NEIGHBOURS: 'Statistical neighbours together'>, \
<Whose.COUNCIL: 'Another council'>)
    """
    plain = " ".join(re.findall(r"[a-z0-9]+", name.lower()))
    if plain in {"england", "england average", "national", "national average"}:
        return Whose.ENGLAND
    if plain in TOGETHER:
        return Whose.NEIGHBOURS
    return Whose.REGION if plain in {region.lower() for region in REGIONS} else Whose.COUNCIL


@dataclass(frozen=True)
class Published:
    """A figure that somebody published, of the same measure, basis and period as ours."""

    whose: Whose
    name: str
    value: Decimal | None
    """None: published as not available."""
    source: str = ""
    source_date: date | None = None

    @property
    def called(self) -> str:
        return self.name or str(self.whose)


@dataclass(frozen=True)
class Beside:
    """One figure beside ours, in words."""

    who: str
    figure: str
    """Empty where it has none."""
    apart: str
    """ "2.1 points better here", or empty where there is nothing to compare."""


@dataclass(frozen=True)
class Compared:
    """Our figure of one period beside those that were published for it, on the same basis."""

    start: date
    end: date
    unit: Unit
    direction: Direction
    ours: Decimal | None
    """None: it is not to be shown, and nothing is compared with it."""
    published: Sequence[Published]
    neighbours: Sequence[str] = ()
    """Names of the councils that we are compared with in this period; empty: none are named."""
    neighbours_year: int | None = None
    """Year of the set that names them."""

    @property
    def when(self) -> str:
        return rules.period_name(self.start, self.end)

    @property
    def named(self) -> Sequence[tuple[str, Decimal | None]]:
        """Every neighbour with its figure; None where it has none."""
        known = {folded(one.name): one.value for one in self.published if one.whose is Whose.COUNCIL}
        return [(name, known.get(folded(name))) for name in self.neighbours]

    @property
    def england(self) -> Decimal | None:
        return self._of(Whose.ENGLAND)

    @property
    def region(self) -> Decimal | None:
        return self._of(Whose.REGION)

    @property
    def together(self) -> Decimal | None:
        """What was published of the neighbours together; else the median of their figures."""
        published = self._of(Whose.NEIGHBOURS)
        values = [value for _, value in self.named if value is not None]
        return published if published is not None else median(values) if values else None

    @property
    def together_called(self) -> str:
        if self._of(Whose.NEIGHBOURS) is not None:
            return "Neighbours together, as published"
        count = sum(value is not None for _, value in self.named)
        return f"Median of {count} {'neighbour' if count == 1 else 'neighbours'}" if count else ""

    @property
    def beside(self) -> Sequence[Beside]:
        """England, the region, neighbours together, then each other council."""
        wide = [one for one in self.published if one.whose in {Whose.ENGLAND, Whose.REGION}]
        found = [
            self._beside(one.called, one.value) for one in sorted(wide, key=lambda one: list(Whose).index(one.whose))
        ]
        if self.together is not None:
            found.append(self._beside(self.together_called, self.together))
        others = {folded(name): (name, value) for name, value in self.named}
        others |= {folded(one.name): (one.name, one.value) for one in self.published if one.whose is Whose.COUNCIL}
        return [*found, *(self._beside(name, value) for name, value in others.values())]

    @property
    def rank(self) -> str:
        """Among neighbours; empty where none are named or nothing of ours is known."""
        return rank(self.ours, [value for _, value in self.named], self.direction)

    @property
    def words(self) -> str:
        """ "England 17.4%, London 15.2%, median of 8 neighbours 16.4%"."""
        wide = [f"{one.who} {one.figure}" for one in self.beside[:4] if one.figure and one.who in self._wide]
        return ", ".join(wide)

    @property
    def _wide(self) -> frozenset[str]:
        return frozenset(
            [one.called for one in self.published if one.whose is not Whose.COUNCIL] + [self.together_called]
        )

    def _of(self, whose: Whose) -> Decimal | None:
        return next((one.value for one in self.published if one.whose is whose), None)

    def _beside(self, who: str, value: Decimal | None) -> Beside:
        if value is None:
            return Beside(who, "", "")
        return Beside(who, rules.written(value, self.unit), apart(self.ours, value, self.unit, self.direction))


def apart(ours: Decimal | None, theirs: Decimal, unit: Unit, direction: Direction) -> str:
    """How ours stands to theirs: in the direction of good, or as higher and lower where no way is better.

    >>> apart(Decimal(21), Decimal("18.5"), Unit.PER_CENT, Direction.LOWER)
    '2.5 points worse here'
    >>> apart(Decimal(21), Decimal("18.5"), Unit.RATE, Direction.CONTEXT)
    '2.5 per 10,000 higher here'
    """
    if ours is None:
        return ""
    if ours == theirs:
        return "The same here"
    words = rules.apart(abs(ours - theirs), unit)
    if direction is Direction.CONTEXT:
        return f"{words} {'higher' if ours > theirs else 'lower'} here"
    return f"{words} {'better' if (ours > theirs) == (direction is Direction.HIGHER) else 'worse'} here"


def rank(ours: Decimal | None, theirs: Iterable[Decimal | None], direction: Direction) -> str:
    """Ours among those of neighbours: "of" counts those with a figure, ours among them.

    >>> some = [Decimal(n) for n in (90, 80, 70)]
    >>> rank(Decimal(85), [*some, None], Direction.HIGHER), rank(Decimal(90), some, Direction.HIGHER)
    ('2nd best of 4; 1 has no figure', 'Joint best of 4')
    >>> rank(Decimal(85), some, Direction.LOWER), rank(Decimal(85), some, Direction.CONTEXT)
    ('3rd best of 4', '2nd highest of 4')
    """
    given = list(theirs)
    known = [value for value in given if value is not None]
    if ours is None or not known:
        return ""
    lower = direction is Direction.LOWER
    place = 1 + sum(value < ours if lower else value > ours for value in known)
    joint = "joint " if ours in known else ""
    best = "highest" if direction is Direction.CONTEXT else "best"
    said = f"{joint}{f'{_nth(place)} ' if place > 1 else ''}{best} of {len(known) + 1}"
    missing = len(given) - len(known)
    none = f"; {missing} {'has' if missing == 1 else 'have'} no figure" if missing else ""
    return f"{said[:1].upper()}{said[1:]}{none}"


def _nth(place: int) -> str:
    """
    >>> _nth(2), _nth(11), _nth(23)
    ('2nd', '11th', '23rd')
    """
    last = {1: "st", 2: "nd", 3: "rd"}
    return f"{place}{'th' if place % 100 in {11, 12, 13} else last.get(place % 10, 'th')}"
