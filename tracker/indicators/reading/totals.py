"""Which figures add up to which: found in the numbers, since nobody says that three measures are all of a fourth.

Pure. What adds up by chance in one period is found out by the others: only what adds up whenever it is there counts.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, permutations

from tracker.indicators.reading.counted import Counted, Place
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Unit

MOST_PARTS = 8
"""Into how many parts a whole is looked for. Our choice: more are not published side by side."""
MOST_TRIED = 2_000
"""Ways to add up that are tried for one hidden figure and one whole; past it the rest is none. Our choice."""
PIVOTS = 3
"""Periods in which a sum is followed while it is made; whether it holds in all is looked at in the end."""

Span = tuple[date, date]
"""First and last day of a period."""
Measures = tuple[Hashable, ...]
CountOf = Callable[[Hashable, Span], int | None]
WholeOf = Callable[[Span], int | None]


@dataclass(frozen=True)
class Row:
    """Figures that add up to a total."""

    parts: Sequence[Counted]
    total: Place | None = None
    """The figure that is the total; None: everybody knows it, as what stands below the line."""


class Totals:
    """All rows that somebody could add up, looked for where something is hidden."""

    def __init__(self, given: Sequence[Counted]) -> None:
        self._periods = list(parts_of_a_period(given))
        self._figures: dict[Hashable, dict[Span, Counted]] = defaultdict(dict)
        self._at: dict[Place, list[Counted]] = defaultdict(list)
        self._beside: dict[Hashable, list[Hashable]] = defaultdict(list)
        for one in given:
            self._figures[one.measure][_span(one)] = one
            self._at[one.place].append(one)
            if (group := _group(one)) is not None:
                self._beside[group].append(one.measure)
        self._sets: dict[Hashable, list[Measures]] = {}

    def around(self, chosen: set[Place]) -> list[Row]:
        """The rows of which a part or the total is hidden."""
        rows = [row for row in self._periods if row.total in chosen or any(one.place in chosen for one in row.parts)]
        once: dict[tuple[frozenset[Place], Place | None], Row] = {}
        for place in sorted(chosen, key=str):
            for one in self._at[place]:
                for row in self._rows(one):
                    once[frozenset(part.place for part in row.parts), row.total] = row
        return [*rows, *once.values()]

    def _rows(self, one: Counted) -> Iterator[Row]:
        group = _group(one)
        if group is None or not one.count:
            return
        others = [measure for measure in self._beside[group] if measure != one.measure]
        if one.unit is Unit.PER_CENT:
            yield from self._made(one, (one.measure,), others, None)
            return
        yield from self._made(one, (), others, one)
        for measure in others:
            total = self._figures[measure][_span(one)]
            if (total.count or 0) > one.count:
                yield from self._made(one, (one.measure,), [other for other in others if other != measure], total)

    def _made(self, one: Counted, first: Measures, others: Sequence[Hashable], total: Counted | None) -> Iterator[Row]:
        """Rows with ``first`` among their parts; without a total the whole is what stands below the line of ``one``."""
        span = _span(one)
        key = (one.measure, total.measure if total else None, frozenset(others))
        if key not in self._sets:
            whole = self._count_of_measure(total.measure) if total else self._below(one.measure)
            self._sets[key] = list(_adding_up(first, others, span, self._count_of(one), whole, self._spans(one, total)))
        for measures in self._sets[key]:
            parts = [self._figures[measure][span] for measure in measures if span in self._figures[measure]]
            if len(parts) == len(measures):
                yield Row(parts, total.place if total else None)

    def _spans(self, one: Counted, total: Counted | None) -> list[Span]:
        return list(self._figures[total.measure if total else one.measure])

    def _count_of(self, one: Counted) -> CountOf:
        """How many a measure counts in a period; nothing where its whole is not that of ``one``."""
        if one.unit is Unit.COUNT:
            return lambda measure, span: self._count_of_measure(measure)(span)

        def count(measure: Hashable, span: Span) -> int | None:
            found, mine = self._figures[measure].get(span), self._figures[one.measure].get(span)
            return found.count if found and mine and _group(found) == _group(mine) else None

        return count

    def _count_of_measure(self, measure: Hashable) -> WholeOf:
        figures = self._figures[measure]
        return lambda span: figures[span].count if span in figures else None

    def _below(self, measure: Hashable) -> WholeOf:
        figures = self._figures[measure]
        return lambda span: figures[span].figure.denominator if span in figures else None


def _span(one: Counted) -> Span:
    return one.figure.start, one.figure.end


def _group(one: Counted) -> Hashable | None:
    """What figures have in common that may add up: shares their whole, counts their period."""
    whole = one.figure.denominator
    if one.unit is Unit.PER_CENT and one.out_of and whole:
        return one.out_of.casefold(), whole, _span(one)
    return _span(one) if one.unit is Unit.COUNT else None


def _adding_up(
    first: Measures, others: Sequence[Hashable], at: Span, count: CountOf, whole: WholeOf, spans: Sequence[Span]
) -> Iterator[Measures]:
    """Every few measures with ``first`` among them that make the whole at a time, and whenever they are all there."""
    candidates = sorted(others, key=lambda measure: -(count(measure, at) or 0))
    every = [*first, *candidates]
    whenever = (span for span in reversed(spans) if span != at and _are_all_there(every, span, count, whole))
    followed = [at, *islice(whenever, PIVOTS - 1)]
    counts = [[count(measure, span) or 0 for span in followed] for measure in candidates]
    left = [(whole(span) or 0) - sum(count(measure, span) or 0 for measure in first) for span in followed]
    for taken in _subsets(counts, left, MOST_PARTS - len(first)):
        measures = (*first, *(candidates[place] for place in taken))
        if len(measures) > 1 and all(_holds(measures, span, count, whole) for span in spans):
            yield measures


def _are_all_there(measures: Sequence[Hashable], span: Span, count: CountOf, whole: WholeOf) -> bool:
    return whole(span) is not None and all(count(measure, span) is not None for measure in measures)


def _subsets(counts: Sequence[Sequence[int]], left: Sequence[int], most: int) -> Iterator[tuple[int, ...]]:
    """Places of those that add up to what is left in every column at once; counts fall in the first column."""
    waiting: list[tuple[int, Sequence[int], tuple[int, ...]]] = [(0, left, ())]
    for _ in range(MOST_TRIED):
        if not waiting:
            return
        place, rest, taken = waiting.pop()
        if not any(rest):
            yield taken
        room = most - len(taken)
        if place == len(counts) or not room or sum(one[0] for one in counts[place : place + room]) < rest[0]:
            continue
        waiting.append((place + 1, rest, taken))
        less = [number - more for number, more in zip(rest, counts[place], strict=True)]
        if min(less) >= 0 and any(counts[place]):
            waiting.append((place + 1, less, (*taken, place)))


def _holds(measures: Measures, span: Span, count: CountOf, whole: WholeOf) -> bool:
    """Whether they make the whole of a period; where one of them has no figure nothing is said."""
    numbers, total = [count(measure, span) for measure in measures], whole(span)
    return total is None or None in numbers or sum(number or 0 for number in numbers) == total


def parts_of_a_period(counted: Iterable[Counted]) -> Iterable[Row]:
    """The same counted by month and by quarter, or year: figures of one measure that add up to one of another."""
    series: Mapping[str, dict[Hashable, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for one in counted:
        series[one.name.casefold()][one.measure].append(one)
    for measures in series.values():
        for longer, shorter in permutations(measures.values(), 2):
            for total in longer:
                parts = [one for one in shorter if _within(one.figure, total.figure)]
                if len(parts) > 1 and sum(one.count or 0 for one in parts) == total.count:
                    yield Row(parts, total.place)


def _within(part: Figure, whole: Figure) -> bool:
    return whole.start <= part.start and part.end <= whole.end
