"""Groups along a pathway: the relative rate index against published figures, the words, and what may not leave."""

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from random import Random

import pytest

from tracker.indicators.difference import outside
from tracker.indicators.difference.library import library
from tracker.indicators.difference.rules import (
    NOT_KNOWN,
    OTHERS,
    Against,
    Group,
    Kind,
    Least,
    Reading,
    Shape,
    Stage,
    Verdict,
    read,
)
from tracker.indicators.difference.saying import NEVER_WHY, Statement, bases_said, compared_said

# OJJDP, National Racial and Ethnic Disparities Databook, 2020 case processing summary by gender and race/ethnicity:
# counts of males, rounded to hundreds. Rates and ratios of rates are those that OJJDP prints for the same cases in its
# Statistical Briefing Book, "Case processing characteristics of delinquency offenses by gender and race, 2020".
WAY = [
    Stage("population", "Population at risk"),
    Stage("referred", "Referred to juvenile court"),
    Stage("diverted", "Diverted", of="referred"),
    Stage("detained", "Detained", of="referred"),
    Stage("petitioned", "Petitioned", of="referred"),
    Stage("adjudicated", "Adjudicated", of="petitioned"),
    Stage("probation", "Probation", of="adjudicated"),
    Stage("placement", "Placement", of="adjudicated"),
]
RACES = [
    Group("white", "White", "White youth"),
    Group("black", "Black", "Black youth"),
    Group("hispanic", "Hispanic", "Hispanic youth"),
]
COUNTED = {
    "population": (8_752_200, 2_468_900, 4_038_700),
    "referred": (159_200, 129_700, 71_800),
    "diverted": (48_000, 21_700, 16_500),
    "detained": (32_500, 41_000, 23_700),
    "petitioned": (83_500, 83_400, 39_700),
    "adjudicated": (42_300, 39_200, 22_100),
    "probation": (29_000, 23_800, 14_500),
    "placement": (9_500, 13_000, 7_000),
}
PRINTED: Mapping[str, tuple[Sequence[float], Sequence[float]]] = {
    "referred": ((18.2, 52.5, 17.8), (2.9, 1.0)),
    "diverted": ((30.1, 16.7, 23.1), (0.6, 0.8)),
    "detained": ((20.4, 31.6, 33.0), (1.6, 1.6)),
    "petitioned": ((52.4, 64.3, 55.3), (1.2, 1.1)),
    "adjudicated": ((50.6, 47.0, 55.7), (0.9, 1.1)),
    "probation": ((68.7, 60.7, 65.5), (0.9, 1.0)),
    "placement": ((22.5, 33.2, 31.8), (1.5, 1.4)),
}


@pytest.fixture
def published() -> Reading:
    counts = {
        (stage, group.code): count for stage, row in COUNTED.items() for group, count in zip(RACES, row, strict=True)
    }
    return read(Shape(WAY, RACES, "youth", "youth"), counts, choice="white")


@pytest.mark.parametrize("code", PRINTED)
def test_rates_and_their_ratios_are_those_that_were_printed(published: Reading, code: str) -> None:
    """To the last digit that is printed, as far as counts that are rounded to hundreds can give it."""
    stage = next(one for one in WAY if one.code == code)
    rates, ratios = PRINTED[code]
    times = 1000 if code == "referred" else 100

    for group, printed in zip(RACES, rates, strict=True):
        rate = published.rate(stage, group, Against.BEFORE)
        assert rate is not None
        assert rate * times == pytest.approx(printed, abs=0.15)
    for group, ratio in zip(RACES[1:], ratios, strict=True):
        found = published.at(stage, group, Against.BEFORE).ratio
        assert found is not None
        assert found.value == pytest.approx(ratio, abs=0.055)


def test_along_the_way_the_steps_multiply_to_the_index_against_the_population(published: Reading) -> None:
    placement = WAY[-1]
    steps = published.shape.way_to(placement)

    assert [step.code for step in steps] == ["referred", "petitioned", "adjudicated", "placement"]
    product_of_steps = 1.0
    for step in steps:
        ratio = published.at(step, RACES[1], Against.BEFORE).ratio
        assert ratio is not None
        product_of_steps *= ratio.value
    whole = published.at(placement, RACES[1], Against.POPULATION).ratio
    assert whole is not None
    assert product_of_steps == pytest.approx(whole.value)


SHAPE = Shape(
    [Stage("population", "Population"), Stage("contact", "Contact"), Stage("plan", "Plan"), Stage("care", "In care")],
    [Group("white", "White", "White children"), Group("black", "Black", "Black children")],
)


def counted(white: Sequence[int], black: Sequence[int], not_known: Sequence[int] = ()) -> dict[tuple[str, str], int]:
    columns = {"white": white, "black": black, NOT_KNOWN: not_known}
    return {
        (stage.code, code): count
        for code, column in columns.items()
        for stage, count in zip(SHAPE.stages, column, strict=False)
    }


def words(reading: Reading, group: str = "Black") -> str:
    return " ".join(next(one for one in Statement(reading).groups if one.group.name == group).sentences)


def test_the_words_say_where_a_difference_arises_grows_and_shrinks() -> None:
    reading = read(SHAPE, counted((10_000, 1000, 600, 100), (5000, 1000, 500, 150)))

    assert Statement(reading).finding == "Black children are counted 3.00 times as often as White children at “In care”"
    said = words(reading)
    assert "out of the population (2.31 to 3.90)" in said
    assert "It arises at “Contact” (2.00 times" in said
    assert "and grows at “In care” (1.80 times" in said
    assert "It shrinks at “Plan” (0.83 times" in said
    assert compared_said(reading) == (
        "Each group is compared with White children: the largest group at “Population”, as nobody chose another."
    )


def test_words_never_claim_a_cause_and_say_what_the_counts_cannot() -> None:
    reading = read(SHAPE, counted((10_000, 1000, 600, 100), (400, 45, 20, 2), (0, 100, 0, 0)))

    cannot = " ".join(Statement(reading).cannot)
    assert NEVER_WHY in cannot
    assert "The group is not recorded of 9% at “Contact”" in cannot
    assert "Too few to read, of the stage before (Black at “In care”)" in cannot
    assert "Where an interval includes 1" in cannot
    assert bases_said(SHAPE.stages, {"population": "Census 2021"}, "2025-26").startswith(
        "Not all is counted in 2025-26: “Population” (Census 2021)."
    )


def test_differences_on_the_way_are_told_even_where_the_end_shows_none() -> None:
    said = words(read(SHAPE, counted((10_000, 1000, 600, 100), (5000, 1000, 300, 50))))

    assert "At “In care” Black children are counted 1.00 times as often as White children" in said
    assert "that may be chance" in said
    assert "Until then, out of the population, they are counted more often: at “Contact”." in said
    assert "less often at “Plan” (0.50 times" in said


def test_steps_that_may_each_be_chance_can_differ_together() -> None:
    said = words(read(SHAPE, counted((1000, 500, 250, 125), (1000, 560, 310, 172))))

    assert "It arises" not in said
    assert "No single step on the way tells where" in said


def test_everyone_else_is_a_choice_and_nobody_is_compared_with_oneself() -> None:
    chosen, others = (read(SHAPE, counted((900, 90), (100, 20)), choice=choice) for choice in ("black", OTHERS))

    assert [group.code for group in chosen.groups] == ["white"]
    assert [group.code for group in others.groups] == ["white", "black"]
    found = others.at(SHAPE.stages[1], SHAPE.groups[1], Against.POPULATION)
    assert (found.count, found.base, found.other, found.other_base) == (20, 100, 90, 900)


@pytest.mark.parametrize(
    ("black", "verdict"),
    [
        ((1000, 0), Verdict.LOWER),
        ((40, 0), Verdict.TOO_FEW),
        ((40, 4), Verdict.TOO_FEW),
        ((40, 16), Verdict.HIGHER),
        ((19, 19), Verdict.TOO_FEW),
        ((1000, 100), Verdict.NOT_TOLD),
    ],
)
def test_few_are_not_read_and_none_of_many_is(black: tuple[int, int], verdict: Verdict) -> None:
    reading = read(SHAPE, counted((10_000, 1000), black))

    assert reading.at(SHAPE.stages[1], SHAPE.groups[1], Against.POPULATION).verdict is verdict


def test_the_least_that_is_read_can_be_changed() -> None:
    reading = read(SHAPE, counted((10_000, 1000), (40, 4)), least=Least(counted=3, base=10))

    assert reading.at(SHAPE.stages[1], SHAPE.groups[1], Against.POPULATION).verdict is Verdict.NOT_TOLD


def test_more_at_a_stage_than_before_it_is_said_to_be_no_chance() -> None:
    reading = read(SHAPE, counted((1000, 2000), (500, 400)))

    assert "that step is a rate of events, not a chance" in " ".join(Statement(reading).cannot)


def test_every_pathway_and_characteristic_of_the_files_can_be_read() -> None:
    known = library()

    assert {one.id for one in known.pathways.values()} >= {
        "social-care", "exclusion", "stop-and-search", "youth-justice", "workforce",
    }  # fmt: skip
    assert known.pathways["workforce"].kind is Kind.GRADES
    assert [len(known.characteristics[one].groups) for one in ("ethnicity", "ethnicity-19")] == [5, 19]
    for group in (group for one in known.characteristics.values() for group in one.groups):
        assert "children" in group.said.format(whom="children")


# What may leave -----------------------------------------------------------------------------------------------------


def test_a_small_count_goes_with_the_next_smallest_of_its_stage_and_a_small_rest_goes_too() -> None:
    shape = Shape(SHAPE.stages[:3], [*SHAPE.groups, Group("asian", "Asian", "Asian children")])
    counts = {
        ("population", "white"): 5000, ("population", "black"): 1000, ("population", "asian"): 900,
        ("contact", "white"): 300, ("contact", "black"): 40, ("contact", "asian"): 3,
        ("plan", "white"): 298, ("plan", "black"): 20, ("plan", "asian"): 0,
    }  # fmt: skip

    shown = outside.shown(shape, counts, 5)

    assert shown.hidden == {("contact", "asian"), ("contact", "black"), ("plan", "white"), ("plan", "black")}
    assert shown.totals == {"population", "contact", "plan"}


def test_a_stage_whose_one_count_is_small_does_not_tell_it_by_its_total() -> None:
    shown = outside.shown(SHAPE, counted((5000, 300, 40, 3), (1000, 50, 9, 0)), 5)

    assert ("care", "white") in shown.hidden
    assert "care" not in shown.totals


def test_no_hidden_count_follows_from_what_is_shown() -> None:
    """The attack: every way to fill the hidden counts so that totals that are shown are right.

    A child at a stage was at the one before, so no count may be above its own of the stage before. Where none was left
    before, none is after: that shows nobody.
    """
    chance = Random(19)  # noqa: S311  # no secret, only variety
    attacked = 0
    for _ in range(25):
        counts = _some(chance)
        shown = outside.shown(SHAPE, counts, 3)
        if 0 < len(shown.hidden) <= 4:
            attacked += 1
            known = _what_follows(counts, shown)
            assert not known, (counts, shown.hidden, known)

    assert attacked > 15


def _some(chance: Random) -> dict[tuple[str, str], int]:
    columns = []
    for start in (9, 8):
        column = [start]
        for _ in range(2):
            column.append(chance.randint(0, column[-1]) if chance.random() < 0.6 else max(column[-1] - 2, 0))
        columns.append(column)
    return counted(*columns)


def _what_follows(counts: Mapping[tuple[str, str], int], shown: outside.Shown) -> set[tuple[str, str]]:
    hidden = sorted(shown.hidden)
    seen: list[set[int]] = [set() for _ in hidden]
    for values in product(range(10), repeat=len(hidden)):
        filled = {**shown.counts, **dict(zip(hidden, values, strict=True))}
        if _could_be(filled, counts, shown):
            for place, value in enumerate(values):
                seen[place].add(value)
    true = [counts[key] for key in hidden]
    return {key for key, found, value in zip(hidden, seen, true, strict=True) if value and found == {value}}


def _could_be(
    filled: Mapping[tuple[str, str], int], counts: Mapping[tuple[str, str], int], shown: outside.Shown
) -> bool:
    for stage in SHAPE.stages[:3]:
        if stage.code in shown.totals and outside.total(stage, filled) != outside.total(stage, counts):
            return False
    way = [stage.code for stage in SHAPE.stages[:3]]
    return all(
        filled[later, group.code] <= filled[earlier, group.code]
        for group in SHAPE.groups
        for earlier, later in pairwise(way)
    )
