"""What the parts of a measure say beside each other, said with care. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.indicators import rules
from tracker.indicators.reading.usual import PER
from tracker.indicators.rules import Unit
from tracker.platform.statistics import intervals, ratios

MOST_PARTS = 40
"""Parts of one breakdown. Our choice: the census tells nineteen ethnic groups, and a table shows no more."""
COMPARED = frozenset({Unit.PER_CENT, Unit.RATE, Unit.CASES})
"""Units whose parts may be put together from their counts."""


@dataclass(frozen=True)
class Part:
    """The figure of one part for one period."""

    name: str
    value: Decimal
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class Others:
    """All other parts with counts, put together."""

    numerator: int
    denominator: int

    def figure(self, unit: Unit) -> Decimal:
        return rules.worked_out(unit, self.numerator, self.denominator)


def folded(name: str) -> str:
    """A name without capitals and spare spaces; its signs stay, so that "16" and "16+" are two.

    >>> folded(" Localities  2")
    'localities 2'
    """
    return " ".join(name.casefold().split())


def furthest(parts: Sequence[Part], unit: Unit) -> str:
    """Which part is furthest from all others together, and whether chance may explain it.

    Chance is left out only where the 95% interval of the part leaves out the figure of the others; the counts of
    workers and scores have no such interval here, so that of them nothing more is said.
    """
    if len(parts) < 2:
        return ""
    if unit is Unit.COUNT:
        return "Parts of different sizes have different counts, so these say nothing about who does better."
    counted = [part for part in parts if part.denominator]
    if unit not in COMPARED or len(counted) < len(parts):
        return "Without the counts of every part nobody can tell whether they differ by more than chance."
    apart = [(part, _others(counted, part)) for part in counted]
    part, others = max(apart, key=lambda pair: (abs(pair[0].value - pair[1].figure(unit)), pair[0].name))
    theirs = others.figure(unit)
    if rules.rounded(part.value) == rules.rounded(theirs):
        return "No part is far from the others."
    said = (
        f"Furthest from the others is {part.name}: {rules.written(part.value, unit)}, beside "
        f"{rules.written(theirs, unit)} of all others together."
    )
    return f"{said} {_sure(part, others, unit)} {_looked_at(len(counted))}"


def _others(parts: Sequence[Part], but: Part) -> Others:
    rest = [part for part in parts if part is not but]
    return Others(sum(part.numerator or 0 for part in rest), sum(part.denominator or 0 for part in rest))


def _sure(part: Part, others: Others, unit: Unit) -> str:
    """What the interval of the part leaves out, and no word on why."""
    if unit is Unit.PER_CENT:
        found = intervals.of_share(part.numerator or 0, part.denominator or 0)
        share = others.numerator / others.denominator
        if found is not None and not found.low <= share <= found.high:
            return f"Its 95% interval, {found.said}, leaves them out: chance alone would seldom do that."
        return f"Its 95% interval, {found.said if found else 'not known'}, takes them in: this may be chance."
    if unit is Unit.RATE:
        ratio = ratios.of_rates(part.numerator or 0, part.denominator or 0, others.numerator, others.denominator)
        if ratio is not None and (ratio.is_above or ratio.is_below):
            return "The 95% interval of the two rates leaves out that they are the same: chance would seldom do that."
        return "The 95% interval of the two rates takes in that they are the same: this may be chance."
    return "This may be chance."


def _looked_at(number: int) -> str:
    return f"It is the furthest of {number}: the more parts there are, the more often one stands out by chance."


def together(parts: Sequence[Part], whole: Part | None, of_whom: str, unit: Unit) -> str:
    """Whether the counts of the parts add up to those of the measure; empty where that cannot be said."""
    if whole is None or whole.denominator is None or not parts or any(part.denominator is None for part in parts):
        return ""
    numerator, denominator = sum(part.numerator or 0 for part in parts), sum(part.denominator or 0 for part in parts)
    told = rules.out_of(numerator, denominator, of_whom, unit)
    if (numerator, denominator) == (whole.numerator, whole.denominator):
        return f"Together they are the measure’s own: {told}."
    own = rules.out_of(whole.numerator, whole.denominator, of_whom, unit)
    return f"Together they are {told}; the measure’s own is {own}. Somebody is in no part, or in two."


def why_not_part(part: Part, whole: Part | None, unit: Unit) -> str:
    """Why the figure of a part cannot be one of the measure's; empty if it can."""
    if whole is None:
        return ""
    if unit is Unit.COUNT:
        return "" if part.value <= whole.value else _more(rules.number(part.value), rules.number(whole.value))
    for counted, all_of_them in ((part.denominator, whole.denominator), (part.numerator, whole.numerator)):
        if counted is not None and all_of_them is not None and counted > all_of_them:
            return _more(f"{counted:,}", f"{all_of_them:,}")
    return ""


def _more(part: str, whole: str) -> str:
    return f"{part} is more than the {whole} that the measure itself counts. Check both."


def is_divided(unit: Unit) -> bool:
    """Whether a figure is worked out from two counts."""
    return unit in PER or unit is Unit.CASES
