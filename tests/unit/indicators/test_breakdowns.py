"""What parts of a measure say beside each other, and which of them do not leave the authority."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from tracker.indicators.breakdowns import pasting, rules
from tracker.indicators.breakdowns.hiding import PartOf, hidden
from tracker.indicators.breakdowns.rules import Part
from tracker.indicators.reading import hiding
from tracker.indicators.reading.counted import Counted, Place
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Unit, worked_out
from tracker.platform.errors import Refused

START, END = date(2026, 10, 1), date(2026, 10, 31)


def part(name: str, numerator: int, denominator: int, unit: Unit = Unit.PER_CENT) -> Part:
    return Part(name, worked_out(unit, numerator, denominator), numerator, denominator)


def test_the_furthest_part_is_said_to_differ_only_where_its_interval_leaves_the_others_out() -> None:
    far = rules.furthest([part("North", 95, 100), part("South", 96, 100), part("East", 40, 100)], Unit.PER_CENT)
    near = rules.furthest([part("North", 19, 20), part("South", 18, 20)], Unit.PER_CENT)

    assert "Furthest from the others is East: 40%, beside 95.5% of all others together" in far
    assert "leaves them out: chance alone would seldom do that" in far
    assert "furthest of 3" in far
    assert "takes them in: this may be chance" in near


def test_rates_are_read_by_the_interval_of_their_ratio() -> None:
    few = [part("North", 3, 9_000, Unit.RATE), part("South", 5, 9_000, Unit.RATE)]
    many = [part("North", 30, 9_000, Unit.RATE), part("South", 90, 9_000, Unit.RATE)]

    assert "this may be chance" in rules.furthest(few, Unit.RATE)
    assert "chance would seldom do that" in rules.furthest(many, Unit.RATE)


@pytest.mark.parametrize(
    ("parts", "unit", "said"),
    [
        ([Part("A", Decimal(7)), Part("B", Decimal(70))], Unit.COUNT, "say nothing about who does better"),
        ([Part("A", Decimal(7)), Part("B", Decimal(70))], Unit.PER_CENT, "nobody can tell"),
        ([Part("A", Decimal(7)), Part("B", Decimal(9))], Unit.MONTHS, "nobody can tell"),
        ([part("A", 9, 10), part("B", 90, 100)], Unit.PER_CENT, "No part is far from the others."),
        ([part("A", 9, 10)], Unit.PER_CENT, ""),
    ],
)
def test_nothing_is_claimed_that_counts_cannot_tell(parts: Sequence[Part], unit: Unit, said: str) -> None:
    assert said in rules.furthest(parts, unit)
    assert bool(said) == bool(rules.furthest(parts, unit))


def test_parts_that_do_not_add_up_are_said_not_to() -> None:
    parts = [part("A", 9, 10), part("B", 80, 90)]

    assert rules.together(parts, part("", 89, 100), "children", Unit.PER_CENT) == (
        "Together they are the measure’s own: 89 of 100 children."
    )
    assert "Somebody is in no part, or in two" in rules.together(parts, part("", 92, 104), "children", Unit.PER_CENT)


def test_a_pasted_table_is_read_whole_or_not_at_all() -> None:
    read = pasting.read(
        "Team\tDone\tAll\nLocalities 2\t1,018\t1,028\nNorth, and more\t7\t9", counts=True, provisional=True
    )

    assert [(one.name, one.figure.numerator, one.figure.denominator) for one in read] == [
        ("Localities 2", 1018, 1028),
        ("North, and more", 7, 9),
    ]
    assert all(one.figure.provisional for one in read)
    assert pasting.read("North; 70.5%", counts=False, provisional=False)[0].figure.value == Decimal("70.5")
    for wrong in ("North; 7", "North; seven 7; 9", "North; -; 9", "North; 7.5; 9"):
        with pytest.raises(Refused, match="North"):
            pasting.read(f"South; 7; 9\n{wrong}", counts=True, provisional=False)


def counted(key: str, numerator: int | None, denominator: int | None, unit: Unit = Unit.PER_CENT) -> Counted:
    value = worked_out(unit, numerator, denominator) if numerator is not None and denominator else Decimal()
    return Counted(
        key, key, "", unit, Figure(start=START, end=END, value=value, numerator=numerator, denominator=denominator)
    )


def gone(
    parts: dict[str, Sequence[Counted]], total: Counted, smallest: int = 5, others: Sequence[Counted] = ()
) -> tuple[set[object], frozenset[Place]]:
    """Keys of the parts that stay inside, and the totals that do."""
    stay = hiding.hidden([total, *others], smallest)
    told = [PartOf(one, total.measure, kind) for kind, some in parts.items() for one in some]
    return {place[0] for place in hidden(told, [total, *others], stay, smallest)}, stay


def test_a_small_part_takes_the_next_smallest_with_it_since_the_total_would_tell_it() -> None:
    teams = [counted("north", 3, 40), counted("south", 20, 60), counted("east", 50, 100)]

    assert gone({"Team": teams}, counted("all", 73, 200)) == ({"north", "south"}, frozenset())


def test_a_part_without_any_above_the_line_is_told_by_what_is_below_it() -> None:
    """Nobody of three: the three would follow from the wholes, though there is nothing to hide above the line."""
    teams = [counted("north", 0, 3), counted("south", 20, 60), counted("east", 50, 100)]

    assert gone({"Team": teams}, counted("all", 70, 163))[0] == {"north", "south"}


def test_those_in_no_part_are_hidden_as_a_part_is() -> None:
    """Three whose ethnicity is not recorded follow from the total; so one more part goes."""
    groups = [counted("one", 20, 60), counted("two", 50, 100)]

    assert gone({"Ethnicity": groups}, counted("all", 73, 163))[0] == {"one"}


def test_parts_that_overlap_tell_nothing_of_each_other() -> None:
    groups = [counted("one", 3, 60), counted("two", 50, 120)]

    assert gone({"Need": groups}, counted("all", 51, 130))[0] == {"one"}


def test_parts_do_not_give_back_a_total_that_is_hidden() -> None:
    """A share that is hidden only because another is small: its parts, all of them large, would add up to it."""
    whole = [replace(counted("all", 40, 100), out_of="children"), replace(counted("b", 3, 100), out_of="children")]
    whole.append(replace(counted("c", 57, 100), out_of="children"))
    teams = [counted("north", 10, 30), counted("south", 30, 70)]

    parts, stay = gone({"Team": teams}, whole[0], others=whole[1:])

    assert ("all", END) in stay
    assert parts == {"north"}


def test_a_total_is_never_taken_back_for_its_parts() -> None:
    """The only ones above the line are one by one: then no part of the breakdown leaves, and the total does."""
    teams = [counted("a", 1, 20), counted("b", 1, 20), counted("c", 1, 20), counted("d", 0, 20)]

    assert gone({"Team": teams}, counted("all", 3, 80), smallest=2) == ({"a", "b", "c", "d"}, frozenset())


def test_what_is_hidden_does_not_follow_from_the_total_and_the_other_parts() -> None:
    """The attack: all ways to fill the hidden places of both breakdowns so that what is above, and below, adds up."""
    chance = Random(7)  # noqa: S311  # no secret, only variety
    attacked = 0
    for _ in range(200):
        numbers = [chance.choice((0, 0, 1, 2, 4, 6, 9)) for _ in range(4)]
        belows = [number + chance.choice((0, 1, 3, 8)) or 1 for number in numbers]
        teams = [counted(f"t{at}", *pair) for at, pair in enumerate(zip(numbers, belows, strict=True))]
        total = counted("all", sum(numbers), sum(belows))
        ages = [counted("a0", numbers[0], belows[0]), counted("a1", sum(numbers[1:]), sum(belows[1:]))]
        stays, totals = gone({"Team": teams, "Age": ages}, total, smallest=3)
        small = {one.measure for one in (*teams, *ages) if hiding.is_small(one.figure, one.unit, 3)}
        assert small <= stays
        for parts in (teams, ages):
            for amount in (numerator, denominator, left_over):
                attacked += attack(parts, stays, amount, is_total_known=not totals)
    assert attacked > 100


def numerator(one: Counted) -> int:
    return one.figure.numerator or 0


def denominator(one: Counted) -> int:
    return one.figure.denominator or 0


def left_over(one: Counted) -> int:
    return denominator(one) - numerator(one)


def attack(parts: Sequence[Counted], stays: set[object], amount, *, is_total_known: bool) -> bool:  # type: ignore[no-untyped-def]  # one of the three above
    """Fails where one hidden number has one value only, to a reader who is told where no number is none."""
    inside = [one for one in parts if one.measure in stays]
    left = sum(amount(one) for one in inside)
    if not is_total_known:  # of two unknowns and more in one sum, one is among the parts
        assert left or not sum(amount(one) for one in parts)
        return False
    if not left:
        return False
    least = 1 if len(inside) < len(parts) and all(amount(one) for one in inside) else 0
    ways = [way for way in product(range(least, left + 1), repeat=len(inside)) if sum(way) == left]
    assert all(len({way[at] for way in ways}) > 1 for at in range(len(inside))), [amount(one) for one in parts]
    return True
