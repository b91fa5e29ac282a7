"""Counts of groups along a pathway, and how many times as often one group is counted as another. Pure.

The relative rate index of a group at a stage is its rate over that of the group it is compared with. Out of the
population it says how far apart the two are by then; out of the stage before it says what that one step adds or takes:
along the way the second multiply to the first. Source: OJJDP, Disproportionate Minority Contact Technical Assistance
Manual, 4th edition (2009), chapter 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from tracker.platform.statistics.ratios import Ratio, of_rates

NOT_KNOWN = "not-known"
"""Code of those whose group is not recorded: counted, and in no rate."""
OTHERS = "others"
"""The choice to compare each group with everyone else whose group is known."""
FEWEST = 5
FEWEST_BASE = 20
"""Below these a rate is not read. Our choice, which an authority can change for each pathway."""
PER = 10_000
"""Of the population: as rates of children are published."""
MOST_COUNTED = 2_147_483_647
"""What a column of counts can hold."""

Counts = Mapping[tuple[str, str], int]
"""By code of the stage and of the group; what nobody counted is left out."""


class Kind(StrEnum):
    """How the stages of a pathway follow each other."""

    FLOW = "flow"
    """Those at a stage were at the one before: children on their way."""
    GRADES = "grades"
    """Each stage is a grade, with people of its own: staff by grade."""


class Against(StrEnum):
    """What the rates of a stage are worked out of."""

    POPULATION = "the population"
    BEFORE = "the stage before"


class Verdict(StrEnum):
    """What a comparison says. Each is a word in a table."""

    HIGHER = "Higher"
    LOWER = "Lower"
    NOT_TOLD = "May be chance"
    TOO_FEW = "Too few to say"
    NO_COUNT = "Not counted"


TOLD = frozenset({Verdict.HIGHER, Verdict.LOWER})


@dataclass(frozen=True)
class Group:
    code: str
    name: str
    said: str
    """How a sentence names those of the group: "Black children"."""


@dataclass(frozen=True)
class Stage:
    code: str
    name: str
    of: str = ""
    """Code of the earlier stage that it is counted out of; empty: the one before."""
    care: str = ""
    """What to keep in mind when it is read."""


@dataclass(frozen=True)
class Shape:
    """The stages and groups of a pathway; the first stage is the population."""

    stages: Sequence[Stage]
    groups: Sequence[Group]
    one: str = "child"
    many: str = "children"
    kind: Kind = Kind.FLOW

    @property
    def population(self) -> Stage:
        return self.stages[0]

    @cached_property
    def _by_code(self) -> dict[str, Stage]:
        return {stage.code: stage for stage in self.stages}

    def base_of(self, stage: Stage, against: Against = Against.BEFORE) -> Stage | None:
        """What a stage is counted out of; None for the population."""
        place = self.stages.index(stage)
        if not place:
            return None
        if against is Against.POPULATION:
            return self.population
        return self._by_code.get(stage.of) or self.stages[place - 1]

    def way_to(self, stage: Stage) -> list[Stage]:
        """The stages after the population on the way to this one, and it."""
        way, at = [], stage
        while (base := self.base_of(at)) is not None:
            way.append(at)
            at = base
        return way[::-1]


@dataclass(frozen=True)
class Least:
    """The least counts that are read."""

    counted: int = FEWEST
    base: int = FEWEST_BASE


@dataclass(frozen=True)
class Compared:
    """One group at one stage beside those it is compared with."""

    stage: Stage
    group: Group
    against: Against
    count: int | None
    base: int | None
    other: int | None
    other_base: int | None
    ratio: Ratio | None
    verdict: Verdict

    @property
    def is_told(self) -> bool:
        return self.verdict in TOLD

    @property
    def is_read(self) -> bool:
        """Whether there is an index to show."""
        return self.ratio is not None and self.verdict in {*TOLD, Verdict.NOT_TOLD}

    @property
    def index(self) -> str:
        """ "1.46", or empty where it is not read."""
        return times(self.ratio.value) if self.ratio and self.is_read else ""

    @property
    def interval(self) -> str:
        """ "1.31 to 1.63", or empty."""
        return f"{times(self.ratio.low)} to {times(self.ratio.high)}" if self.ratio and self.is_read else ""


@dataclass(frozen=True)
class Comparison:
    """Whom the groups are compared with, and why."""

    choice: str
    """Code of a group, or OTHERS."""
    why: str
    """The end of a sentence: "the largest group of the population"."""


@dataclass(frozen=True)
class Reading:
    """Everything that one period's counts say, each group beside those it is compared with."""

    shape: Shape
    counts: Counts
    comparison: Comparison
    least: Least

    @cached_property
    def groups(self) -> list[Group]:
        """Those that are compared: all but the one that they are compared with."""
        return [group for group in self.shape.groups if group.code != self.comparison.choice]

    @cached_property
    def stages(self) -> Sequence[Stage]:
        """Those at which groups are compared: all after the population."""
        return self.shape.stages[1:]

    @cached_property
    def _compared(self) -> dict[tuple[str, str, Against], Compared]:
        return {
            (stage.code, group.code, against): self._compare(stage, group, against)
            for stage in self.stages
            for group in self.groups
            for against in Against
        }

    def at(self, stage: Stage, group: Group, against: Against) -> Compared:
        return self._compared[stage.code, group.code, against]

    @property
    def all(self) -> Iterable[Compared]:
        return self._compared.values()

    @property
    def compared_with(self) -> Group | None:
        """The group that the others are compared with; None: everyone else."""
        return next((one for one in self.shape.groups if one.code == self.comparison.choice), None)

    def rate(self, stage: Stage, group: Group, against: Against) -> float | None:
        base = self.shape.base_of(stage, against)
        count = self.counts.get((stage.code, group.code))
        out_of = self.counts.get((base.code, group.code)) if base else None
        return count / out_of if count is not None and out_of else None

    def known(self, stage: Stage) -> int:
        """How many of a stage have a group."""
        return sum(self.counts.get((stage.code, group.code), 0) for group in self.shape.groups)

    def _compare(self, stage: Stage, group: Group, against: Against) -> Compared:
        base = self.shape.base_of(stage, against)
        if base is None:
            raise ValueError("the population is compared with nothing")
        count, out_of = self.counts.get((stage.code, group.code)), self.counts.get((base.code, group.code))
        other, other_base = self._others(stage, base, group)
        ratio, verdict = None, Verdict.NO_COUNT
        if count is not None and out_of is not None and other is not None and other_base is not None:
            ratio = of_rates(count, out_of, other, other_base)
            verdict = verdict_of(count, out_of, other, other_base, ratio, self.least)
        return Compared(stage, group, against, count, out_of, other, other_base, ratio, verdict)

    def _others(self, stage: Stage, base: Stage, group: Group) -> tuple[int | None, int | None]:
        """Those whom a group is compared with, at a stage and at what it is counted out of."""
        if self.comparison.choice != OTHERS:
            chosen = self.comparison.choice
            return self.counts.get((stage.code, chosen)), self.counts.get((base.code, chosen))
        both = [
            (self.counts[stage.code, one.code], self.counts[base.code, one.code])
            for one in self.shape.groups
            if one != group and (stage.code, one.code) in self.counts and (base.code, one.code) in self.counts
        ]
        return (sum(pair[0] for pair in both), sum(pair[1] for pair in both)) if both else (None, None)


def verdict_of(count: int, base: int, other: int, other_base: int, ratio: Ratio | None, least: Least) -> Verdict:
    """What two counts say. None of many is something: it is read where the others' rate would make it enough.

    >>> verdict_of(0, 900, 500, 10_000, of_rates(0, 900, 500, 10_000), Least()).value
    'Lower'
    >>> verdict_of(3, 60, 500, 10_000, of_rates(3, 60, 500, 10_000), Least()).value
    'Too few to say'
    """
    if ratio is None or min(base, other_base) < least.base:
        return Verdict.TOO_FEW
    as_theirs, as_ours = other * base / other_base, count * other_base / base
    if max(count, as_theirs) < least.counted or max(other, as_ours) < least.counted:
        return Verdict.TOO_FEW
    if ratio.is_above:
        return Verdict.HIGHER
    return Verdict.LOWER if ratio.is_below else Verdict.NOT_TOLD


def read(shape: Shape, counts: Counts, *, choice: str = "", least: Least | None = None) -> Reading:
    """``choice`` is the code of a group, OTHERS, or empty for the largest group."""
    return Reading(shape, counts, comparison(shape, counts, choice), least or Least())


def comparison(shape: Shape, counts: Counts, choice: str) -> Comparison:
    if choice == OTHERS:
        return Comparison(OTHERS, "each group with all the others together, as chosen")
    if choice in {group.code for group in shape.groups}:
        return Comparison(choice, "as chosen")
    largest = max(shape.groups, key=lambda group: counts.get((shape.population.code, group.code), -1))
    name = shape.population.name
    return Comparison(largest.code, f"the largest group at “{name}”, as nobody chose another")


def times(value: float) -> str:
    """How many times, to two places; a ratio to nothing has no end.

    >>> times(1.4567), times(0.004), times(float("inf"))
    ('1.46', '0.00', 'no limit')
    """
    return "no limit" if value == float("inf") else f"{value:,.2f}"


def rate_said(rate: float | None, against: Against) -> str:
    """ "124 per 10,000" of the population, "63%" of the stage before; above all of it, how many for each 100.

    >>> rate_said(0.0124, Against.POPULATION), rate_said(0.631, Against.BEFORE), rate_said(1.4, Against.BEFORE)
    ('124 per 10,000', '63%', '140 for each 100')
    """
    if rate is None:
        return ""
    if against is Against.POPULATION:
        return f"{rate * PER:,.1f}".removesuffix(".0") + f" per {PER:,}"
    return f"{rate * 100:.0f}%" if rate <= 1 else f"{rate * 100:,.0f} for each 100"


def why_no_counts(shape: Shape, counts: Mapping[tuple[str, str], int | None]) -> str:
    """Why these cannot be recorded, in a sentence; empty if they can."""
    given = {place: count for place, count in counts.items() if count is not None}
    known = {stage.code for stage in shape.stages}, {*(group.code for group in shape.groups), NOT_KNOWN}
    if any(stage not in known[0] or group not in known[1] for stage, group in given):
        return "A stage or a group has been changed since you opened the page. Open it again."
    if not given:
        return "Enter at least one count."
    if any(count < 0 for count in given.values()):
        return "A count cannot be less than 0."
    return "A count is too large to be one. Check it." if max(given.values()) > MOST_COUNTED else ""


def last_period(today: date) -> tuple[date, date]:
    """The last whole year to 31 March: what a new form offers."""
    end = date(today.year - (today < date(today.year, 4, 1)), 3, 31)
    return date(end.year - 1, 4, 1), end
