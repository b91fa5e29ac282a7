"""What counts along a pathway say in plain sentences: what is different, where on the way, and what cannot be said.

Never why: counts show that something differs, not what makes it so. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log

from tracker.indicators.difference.rules import (
    NOT_KNOWN,
    OTHERS,
    Against,
    Compared,
    Group,
    Kind,
    Reading,
    Stage,
    Verdict,
    times,
)
from tracker.platform.lists import listed

MANY_NOT_KNOWN = 0.05
"""Share without a recorded group from which a stage is named for it. Our choice."""
SHOWN = 2
"""Groups that the line above everything names. Our choice."""
BY_CHANCE = 0.05
"""How often at most an interval at 95% leaves 1 out where nothing differs."""
NEVER_WHY = (
    "These figures say where groups differ, not why. They are not adjusted for age, deprivation or need, and no cause "
    "follows from them."
)


@dataclass(frozen=True)
class Said:
    """What is said of one group."""

    group: Group
    furthest: Compared | None
    """At the last stage that is read out of the population."""
    sentences: Sequence[str]

    @property
    def strength(self) -> float:
        """How far from equal it is where a difference is told: what is read first."""
        if self.furthest is None or self.furthest.ratio is None or not self.furthest.is_told:
            return 0.0
        value = self.furthest.ratio.value
        return inf if value in (0, inf) else abs(log(value))


@dataclass(frozen=True)
class Statement:
    """The words of a reading."""

    reading: Reading

    @cached_property
    def groups(self) -> list[Said]:
        """The strongest difference first."""
        said = [said_of(self.reading, group) for group in self.reading.groups]
        return sorted(said, key=lambda one: -one.strength)

    @cached_property
    def finding(self) -> str:
        """In one line: the strongest differences, or that none is told."""
        if not any(one.is_read for one in self.reading.all):
            return "there are too few counts to compare groups"
        strong = [one for one in self.groups if one.strength]
        if not strong:
            return "by the last stage that is read, no group differs by more than chance may explain"
        more = f", and {counted_groups(len(strong) - SHOWN)}" if len(strong) > SHOWN else ""
        return f"{'; '.join(finding_of(self.reading, one) for one in strong[:SHOWN])}{more}"

    @cached_property
    def cannot(self) -> list[str]:
        """What cannot be said, a sentence each."""
        return [*_cannot(self.reading), NEVER_WHY]


def finding_of(reading: Reading, said: Said) -> str:
    """What the last stage that is read says of one group, in one line."""
    furthest = said.furthest
    if furthest is None:
        return f"too few counts to read {said.group.said}"
    if not furthest.is_told:
        return (
            f"at {quoted(furthest.stage)} {said.group.said} and {others_said(reading)} differ by no more than chance "
            "may explain"
        )
    return f"{said.group.said} are {_counted(furthest)} {others_said(reading)} at {quoted(furthest.stage)}"


def counted_groups(number: int) -> str:
    return "another group differs" if number == 1 else f"{number} other groups differ"


def said_of(reading: Reading, group: Group) -> Said:
    read = [one for stage in reading.stages if (one := reading.at(stage, group, Against.POPULATION)).is_read]
    furthest = read[-1] if read else None
    return Said(group, furthest, list(_sentences(reading, group, furthest)))


def others_said(reading: Reading) -> str:
    """How a sentence names those compared with: "White children"."""
    group = reading.compared_with
    return group.said if group else f"all other {reading.shape.many}"


def quoted(stage: Stage) -> str:
    return f"“{stage.name}”"


def _counted(one: Compared) -> str:
    """ "counted 2.10 times as often as", or in words where nobody is counted."""
    if one.count == 0:
        return "not counted at all, unlike"
    if one.ratio is None or one.ratio.value == inf:
        return "counted, unlike"
    return f"counted {times(one.ratio.value)} times as often as"


def _sentences(reading: Reading, group: Group, furthest: Compared | None) -> Iterator[str]:
    if furthest is None:
        yield f"{_capital(group.said)}: too few are counted to say anything."
        return
    whole = f"out of the population ({furthest.interval})"
    if furthest.is_told:
        yield f"{_capital(finding_of(reading, Said(group, furthest, ())))}, {whole}."
    else:
        yield (
            f"At {quoted(furthest.stage)} {group.said} are counted {furthest.index} times "
            f"as often as {others_said(reading)}, {whole}: that may be chance."
        )
    yield from _where(reading, group, furthest)


def _where(reading: Reading, group: Group, furthest: Compared) -> Iterator[str]:
    """Where on the way the difference arises, grows or shrinks, and at which steps nothing can be said."""
    steps = [reading.at(stage, group, Against.BEFORE) for stage in reading.shape.way_to(furthest.stage)]
    told = [one for one in steps if one.is_told]
    with_it = [one for one in told if one.verdict is furthest.verdict]
    against_it = [one for one in told if one.verdict is not furthest.verdict]
    if furthest.is_told and with_it:
        yield _arises(with_it)
        if against_it:
            yield f"It shrinks at {listed([_step(one) for one in against_it])}."
    elif furthest.is_told:
        yield "No single step on the way tells where: each may be chance, and together they are not."
        if against_it:
            yield f"It shrinks at {listed([_step(one) for one in against_it])}."
    else:
        yield from _until_then(reading, group, furthest)
        if told:
            steps_said = listed([f"{_way(one)} at {_step(one)}" for one in told])
            yield f"Step by step they are counted {steps_said}."
    yield from _beside(reading, group, furthest, steps)


def _until_then(reading: Reading, group: Group, furthest: Compared) -> Iterator[str]:
    """Stages before the last that differ out of the population, where the last does not."""
    way = reading.shape.way_to(furthest.stage)
    told = [one for stage in way if (one := reading.at(stage, group, Against.POPULATION)).is_told]
    for verdict in (Verdict.HIGHER, Verdict.LOWER):
        those = [quoted(one.stage) for one in told if one.verdict is verdict]
        if those:
            often = "more often" if verdict is Verdict.HIGHER else "less often"
            yield f"Until then, out of the population, they are counted {often}: at {listed(those)}."


def _arises(steps: Sequence[Compared]) -> str:
    first, *later = steps
    grows = f", and grows at {listed([_step(one) for one in later])}" if later else ""
    return f"It arises at {_step(first)}{grows}."


def _beside(reading: Reading, group: Group, furthest: Compared, steps: Sequence[Compared]) -> Iterator[str]:
    """Stages off the way or beyond it, and steps of which nothing can be said."""
    on_the_way = {one.stage for one in steps}
    rest = [reading.at(stage, group, Against.BEFORE) for stage in reading.stages if stage not in on_the_way]
    told = [one for one in rest if one.is_told]
    if told:
        yield f"Beside that way they are counted {listed([f'{_way(one)} at {_step(one)}' for one in told])}."
    chance = [quoted(one.stage) for one in steps if one.verdict is Verdict.NOT_TOLD]
    if chance:
        yield f"What happens at {listed(chance)} may be chance."
    few = [quoted(one.stage) for one in (*steps, *rest) if one.verdict is Verdict.TOO_FEW]
    if few:
        yield f"Too few are counted to say anything of {listed(few)}."


def _way(one: Compared) -> str:
    return "more often" if one.verdict is Verdict.HIGHER else "less often"


def _step(one: Compared) -> str:
    """ "“Contact” (1.46 times, 1.31 to 1.63)"."""
    value = times(one.ratio.value) if one.ratio else ""
    return f"{quoted(one.stage)} ({value} times, {one.interval})"


def _cannot(reading: Reading) -> Iterator[str]:
    yield from _few(reading)
    compared = [one for one in reading.all if one.is_read]
    if any(one.verdict is Verdict.NOT_TOLD for one in compared):
        yield (
            "Where an interval includes 1, counts of this size would often differ as much by chance. That does not "
            "mean that there is no difference."
        )
    if len(compared) >= 1 / BY_CHANCE:
        yield (
            f"Of {len(compared)} comparisons, up to {round(len(compared) * BY_CHANCE)} may leave 1 out by chance "
            "alone, so one that stands alone is a question, not a finding."
        )
    yield from _more_than_all(reading)
    yield from _not_known(reading)
    yield from _cares(reading)


def _few(reading: Reading) -> Iterator[str]:
    few: dict[str, list[str]] = {}
    for one in reading.all:
        if one.against is Against.BEFORE and one.verdict is Verdict.TOO_FEW:
            few.setdefault(one.group.name, []).append(quoted(one.stage))
    if few:
        where = "; ".join(f"{group} at {listed(stages)}" for group, stages in few.items())
        least = reading.least
        yield (
            f"Too few to read, of the stage before ({where}): fewer than {least.counted} would be counted either way, "
            f"or they are out of fewer than {least.base}."
        )


def _more_than_all(reading: Reading) -> Iterator[str]:
    """Stages at which more are counted than at what they are counted out of: no part of it."""
    shape, counts = reading.shape, reading.counts
    more = [
        f"{quoted(stage)} than at {quoted(base)}"
        for stage in reading.stages
        if (base := shape.base_of(stage)) is not None
        and any(counts.get((stage.code, g.code), 0) > counts.get((base.code, g.code), 0) for g in shape.groups)
    ]
    if more and shape.kind is Kind.FLOW:
        yield (
            f"More are counted at {listed(more)} in some group, so those cannot all be the same {shape.many}: that "
            "step is a rate of events, not a chance."
        )
    if shape.kind is Kind.GRADES:
        yield (
            "Each grade is compared with the one before it as they are on one day. That says who is there, not how "
            "likely anybody is to be promoted."
        )


def _not_known(reading: Reading) -> Iterator[str]:
    shares: Mapping[str, float] = {
        stage.name: without / (without + reading.known(stage))
        for stage in reading.shape.stages
        if (without := reading.counts.get((stage.code, NOT_KNOWN), 0))
    }
    many = [f"{share:.0%} at “{name}”" for name, share in shares.items() if share >= MANY_NOT_KNOWN]
    if many:
        yield f"The group is not recorded of {listed(many)}. They are in no rate, and could change what is read."
    elif shares:
        yield f"Those whose group is not recorded (at most {max(shares.values()):.1%} of a stage) are in no rate."


def _cares(reading: Reading) -> Iterator[str]:
    for stage in reading.shape.stages:
        if stage.care and any((stage.code, group.code) in reading.counts for group in reading.shape.groups):
            yield f"{_capital(quoted(stage))}: {stage.care[:1].lower()}{stage.care[1:].rstrip('.')}."


def bases_said(shape_stages: Sequence[Stage], bases: Mapping[str, str], period: str) -> str:
    """That some stages are counted of another time than the period; empty where none is."""
    named = [f"{quoted(stage)} ({bases[stage.code]})" for stage in shape_stages if bases.get(stage.code)]
    if not named:
        return ""
    return f"Not all is counted in {period}: {listed(named)}. Rates over different times are only near to right."


def compared_said(reading: Reading) -> str:
    """Whom groups are compared with, and why."""
    if reading.comparison.choice == OTHERS:
        return "Each group is compared with everyone else whose group is known, as chosen."
    return f"Each group is compared with {others_said(reading)}: {reading.comparison.why}."


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
