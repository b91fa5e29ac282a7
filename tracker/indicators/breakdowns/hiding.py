"""Which parts of a measure must not leave the authority: the one rule of small numbers, with totals and parts together.

Pure. What a measure's own figures hide is settled before, by ``reading.hiding``: a total that everybody has is never
taken back for the sake of its parts, so that pages which show no parts need not read them. Parts are hidden until none
that is hidden, and no total that is, follows from what is shown.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.indicators.reading.counted import Counted, Place
from tracker.indicators.reading.equations import solved
from tracker.indicators.reading.hiding import is_small, where_told, with_known_counts
from tracker.indicators.reading.totals import Row, Totals, parts_of_a_period
from tracker.indicators.reading.usual import PER
from tracker.indicators.rules import Unit, worked_out

Amounts = tuple[int, int, int]
"""How many are above the line, below it, and left over between the two."""


class _Number(NamedTuple):
    """How many stand in a place, in one amount of it: a row of a hundred thousand is made of these."""

    place: Place
    number: int


class _Sum(NamedTuple):
    """Numbers that add up to a total; None: everybody knows it."""

    parts: Sequence[_Number]
    total: Place | None


System = Sequence[_Sum]
"""Rows of the same amount: what is above the line adds up, and so does what is below it."""


@dataclass(frozen=True)
class PartOf:
    """One figure of one part."""

    counted: Counted
    """Its ``measure`` is the key of the part."""
    measure: Hashable
    """The key of the measure that it is a part of."""
    kind: str


def hidden(
    parts: Iterable[PartOf], totals: Sequence[Counted], stay: frozenset[Place], smallest: int
) -> frozenset[Place]:
    """The parts that stay inside, with the last days of their periods; ``stay`` are the totals that do.

    Those of whom a breakdown does not tell are a part of it as well: where they are few, they follow from the total.
    """
    parts = list(parts)
    given = with_known_counts([one.counted for one in parts])
    told = [PartOf(counted, one.measure, one.kind) for one, counted in zip(parts, given, strict=True)]
    small = {one.place for one in given if is_small(one.figure, one.unit, smallest)}
    systems, rest = _systems(told, given, totals, stay, smallest)
    return _Hiding(systems, given, stay, small | rest).parts() - rest


class _Hiding:
    """The places that are chosen, with an index of the rows and numbers that they stand in."""

    def __init__(self, systems: Sequence[System], given: Sequence[Counted], stay: frozenset[Place], small: set[Place]):
        self.systems, self.small, self.stay = systems, small, stay
        self.open = {one.place for one in given}
        self.numbers = {one.place: one.above for one in given}
        self.told = where_told(given)
        self.rows: dict[Place, list[_Sum]] = defaultdict(list)
        for row in (row for system in systems for row in system):
            for place in (*(one.place for one in row.parts), *([row.total] if row.total else [])):
                self.rows[place].append(row)
        self.chosen = small | set(stay)

    def parts(self) -> frozenset[Place]:
        ahead = set(self.chosen)
        while ahead:
            while ahead:
                ahead = self._more(ahead)
            ahead = set(self._solved())
            self.chosen |= ahead
        return frozenset(self.chosen & (self.open | self.small))

    def _more(self, places: set[Place]) -> set[Place]:
        """What has to go with these; each is chosen at once, so that the next row counts with it.

        In one order, always: of two files that hid different ones each would tell what the other hides.
        """
        more: set[Place] = set()
        for place in sorted(places, key=str):
            number = self.numbers.get(place)
            more |= self._chosen(self.told[number] if number else set())
            for row in self.rows.get(place, ()):
                more |= self._chosen(self._of(row, _others(row, self.chosen)))
        return more

    def _chosen(self, wanted: set[Place]) -> set[Place]:
        """Those of them that are new, now chosen."""
        found = (wanted & self.open) - self.chosen
        self.chosen |= found
        return found

    def _of(self, row: _Sum, wanted: set[Place]) -> set[Place]:
        """In the place of a total that everybody has, all parts of its row: then those of whom there are none too."""
        return {one.place for one in row.parts} if row.total in wanted else wanted

    def _solved(self) -> Iterator[Place]:
        for system in self.systems:
            rows = [row for row in system if self._has_hidden(row)]
            for place in solved([_equation(row, self.chosen) for row in rows]):
                around = [one for row in self.rows.get(place, ()) for one in row.parts]
                shown = [one for one in around if one.place in self.open and one.place not in self.chosen]
                if shown:
                    yield min(shown, key=lambda one: (not one.number, one.number)).place

    def _has_hidden(self, row: _Sum) -> bool:
        return row.total in self.chosen or any(one.place in self.chosen for one in row.parts)


def _others(row: _Sum, chosen: set[Place]) -> set[Place]:
    """What has to go too, so that more than one way of filling the hidden places is left; the total where none does.

    A total that is hidden leaves its parts open, and they leave it open, as soon as one of them is hidden too. A place
    of none that is hidden for another reason is as good as any: nobody outside knows that there are none.
    """
    gone = [one for one in row.parts if one.place in chosen]
    gone = gone if any(one.number for one in gone) else []
    shown = sorted((one for one in row.parts if one.number and one.place not in chosen), key=lambda one: one.number)
    if row.total in chosen:
        return set() if gone else {one.place for one in shown[:1]}
    more: set[Place] = set()
    while gone and _tells(gone) and shown:
        gone.append(shown.pop(0))
        more.add(gone[-1].place)
    return {*more, row.total} if row.total and gone and _tells(gone) else more


def _equation(row: _Sum, chosen: set[Place]) -> Mapping[Place, int]:
    """What is not known in it, each with its sign; the rest is a number that everybody has."""
    unknown: dict[Place, int] = {one.place: 1 for one in row.parts if one.place in chosen}
    return unknown | ({row.total: -1} if row.total and row.total in chosen else {})


def _tells(gone: Sequence[_Number]) -> bool:
    """Whether what they make together has one way to be shared out: to one alone, or one to each."""
    return len(gone) == 1 or all(one.number == 1 for one in gone)


def _systems(
    told: Sequence[PartOf], given: Sequence[Counted], totals: Sequence[Counted], stay: frozenset[Place], smallest: int
) -> tuple[Sequence[System], set[Place]]:
    """The rows of each amount, and the places of those few of whom a breakdown does not tell."""
    whole = {one.place: one for one in totals}
    rows = [*Totals(totals).around(set(stay)), *_shares_of_a_whole(given), *parts_of_a_period(given)]
    above = [_Sum([_Number(one.place, one.count or 0) for one in row.parts], row.total) for row in rows]
    systems: tuple[list[_Sum], list[_Sum], list[_Sum]] = (above, [], [])
    few: set[Place] = set()
    for (measure, kind, end), parts in _breakdowns(told).items():
        total = whole.get((measure, end))
        amounts = [_amounts(one) for one in parts]
        known = [one or (0, 0, 0) for one in amounts]
        sums: Amounts = (sum(one[0] for one in known), sum(one[1] for one in known), sum(one[2] for one in known))
        of_all = (_amounts(total) or _as_if(total, sums)) if total else None
        if total is None or of_all is None:
            continue
        left = [of_all[amount] - sums[amount] for amount in range(3)]
        for amount, system in enumerate(systems):
            if not of_all[amount] or not 0 <= left[amount] < smallest:
                continue
            row = [_Number(one.place, numbers[amount]) for one, numbers in zip(parts, known, strict=True)]
            if any(left):
                nobody = ("not told", measure, kind), end
                few.add(nobody)
                row.append(_Number(nobody, left[amount]))
            system.append(_Sum(row, total.place))
    return systems, few


def _shares_of_a_whole(given: Iterable[Counted]) -> Iterator[Row]:
    """Shares of one part in several measures that together are all of it."""
    rows: dict[tuple[str, date, date, int], list[Counted]] = defaultdict(list)
    for one in given:
        figure = one.figure
        if one.unit is Unit.PER_CENT and one.out_of and figure.denominator:
            rows[one.out_of.casefold(), figure.start, figure.end, figure.denominator].append(one)
    for (_, _, _, whole), shares in rows.items():
        if sum(one.count or 0 for one in shares) == whole:
            yield Row(shares)


def _breakdowns(told: Sequence[PartOf]) -> Mapping[tuple[Hashable, str, date], list[Counted]]:
    found: dict[tuple[Hashable, str, date], list[Counted]] = defaultdict(list)
    for one in told:
        found[one.measure, one.kind, one.counted.figure.end].append(one.counted)
    return found


def _amounts(one: Counted) -> Amounts | None:
    """None where they are not known."""
    numerator, denominator = one.figure.numerator, one.figure.denominator
    if numerator is not None and denominator is not None:
        return numerator, denominator, denominator - numerator if one.unit is Unit.PER_CENT else 0
    return (int(one.figure.value), 0, 0) if one.unit is Unit.COUNT else None


def _as_if(total: Counted, sums: Amounts) -> Amounts | None:
    """A total without its counts that is the share of all parts together has theirs: so a reader would take it."""
    same = total.unit in PER and sums[1] and worked_out(total.unit, sums[0], sums[1]) == total.figure.value
    return sums if same else None
