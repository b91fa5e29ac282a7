"""Tables by team and by area hidden together: attacked by whoever can subtract, and by whoever can try everything."""

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

from tracker.platform.statistics.two_ways import Cell, Counts, Hidden, hidden, is_small

SMALLEST = 5
Parts = Mapping[Cell, int]


def summed(parts: Parts, place: int, name: str) -> int:
    return sum(part for cell, part in parts.items() if cell[place] == name)


def names(cells: Mapping[Cell, Counts], place: int) -> set[str]:
    return {cell[place] for cell in cells}


def published(parts: Parts, found: Hidden) -> dict[str, int]:
    """Everything that both tables and the total print, by the name of its line."""
    teams = {name: summed(parts, 0, name) for name in names(dict.fromkeys(parts, (0, 0)), 0) - found.rows}
    areas = {name: summed(parts, 1, name) for name in names(dict.fromkeys(parts, (0, 0)), 1) - found.columns}
    return {**teams, **areas, "everything": sum(parts.values())}


def possible(cells: Mapping[Cell, Counts], found: Hidden) -> Iterator[Parts]:
    """Every way in which the parts could be, for somebody who knows the wholes and what is printed."""
    order, truth = list(cells), {cell: part for cell, (part, _) in cells.items()}
    printed = [[place for place, cell in enumerate(order) if name in cell] for name in published(truth, found)][:-1]
    every = [*printed, range(len(order))]
    sums = [sum(truth[order[place]] for place in places) for places in every]
    for guess in product(*(range(whole + 1) for _, whole in cells.values())):
        if all(sum(guess[place] for place in places) == one for places, one in zip(every, sums, strict=True)):
            yield dict(zip(order, guess, strict=True))


def sure(cells: Mapping[Cell, Counts], found: Hidden, smallest: int = SMALLEST) -> list[str]:
    """The small numbers of which somebody who tries everything is sure."""
    every = list(possible(cells, found))
    told = []
    for cell, counts in cells.items():
        if is_small(counts, smallest) and len({parts[cell] for parts in every}) == 1:
            told.append(f"{cell[0]} in {cell[1]}")
    for place in (0, 1):
        for name in names(cells, place):
            whole = sum(counts[1] for cell, counts in cells.items() if cell[place] == name)
            part = sum(counts[0] for cell, counts in cells.items() if cell[place] == name)
            if is_small((part, whole), smallest) and len({summed(parts, place, name) for parts in every}) == 1:
                told.append(name)
        together = [counts for cell, counts in cells.items() if cell[place] in (found.rows, found.columns)[place]]
        if is_small((sum(part for part, _ in together), sum(whole for _, whole in together)), smallest):
            told.append("all that is hidden")
    return told


def test_a_hidden_team_does_not_follow_from_its_area_less_the_areas_other_teams() -> None:
    cells = {
        ("North", "Help"): (6, 12), ("South", "Help"): (6, 11), ("Small", "Help"): (2, 7),
        ("Care 1", "Care"): (5, 10), ("Care 2", "Care"): (3, 8),
    }  # fmt: skip
    # Each table for itself hides Small and Care 2 alone. Help's part less those of North and South is Small's:
    alone = Hidden(frozenset({"Small", "Care 2"}), frozenset())
    told = published({cell: part for cell, (part, _) in cells.items()}, alone)
    assert told["Help"] - told["North"] - told["South"] == 2
    assert set(sure(cells, alone)) >= {"Small", "Care 2"}

    found = hidden(cells, SMALLEST)

    assert {"Small", "Care 2"} < found.rows | found.columns
    assert sure(cells, found) == []
    assert found.rows != frozenset(names(cells, 0))  # what can be shown is


def test_a_team_of_two_areas_gives_nothing_of_its_few_in_one_away() -> None:
    cells = {
        ("Both", "Help"): (9, 18),
        ("Both", "Care"): (1, 2),
        ("Carers", "Care"): (9, 18),
        ("Third", "Help"): (8, 16),
    }
    open_tables = Hidden(frozenset(), frozenset())
    assert "Both in Care" in sure(cells, open_tables)

    assert "Both in Care" not in sure(cells, hidden(cells, SMALLEST))


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    cells = {("North", "Help"): (12, 20), ("South", "Help"): (9, 16), ("Care 1", "Care"): (11, 19)}

    assert hidden(cells, SMALLEST) == Hidden(frozenset(), frozenset())
    assert hidden({**cells, ("None", "Care"): (0, 0)}, SMALLEST) == Hidden(frozenset(), frozenset())


def test_one_team_alone_in_one_area_alone_is_hidden_with_it() -> None:
    assert hidden({("North", "Help"): (2, 9)}, SMALLEST) == Hidden(frozenset({"North"}), frozenset({"Help"}))


def test_audits_of_no_team_stand_in_no_table_and_can_hide_a_team() -> None:
    """Nobody reads a line of theirs, so it may be taken for hidden already."""
    cells = {("North", "Help"): (9, 18), ("Small", "Help"): (2, 9), ("", "Help"): (7, 14)}

    found = hidden(cells, SMALLEST, unlisted=[""])

    assert found.rows == {"Small", ""}
    assert sure(cells, found) == []


def test_whoever_tries_everything_is_sure_of_no_small_number() -> None:
    chance, shown = Random(1), 0  # noqa: S311  # no secret, only variety
    for _ in range(40):
        wholes = {cell: chance.choice((0, 0, 2, 4, 5)) for cell in product("ABC", "xy")}
        cells = {cell: (chance.randint(0, whole), whole) for cell, whole in wholes.items() if whole}

        found = hidden(cells, 3)

        if found != Hidden(frozenset(names(cells, 0)), frozenset(names(cells, 1))):
            shown += 1
            assert sure(cells, found, 3) == []
    assert shown > 10
