"""Ours beside what was published: rank, neighbours' median, and tables of names that people paste."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from tracker.indicators.comparing.rules import Compared, Published, Whose, folded
from tracker.indicators.comparing.tables import Line, lines
from tracker.indicators.rules import Direction, Unit
from tracker.platform.workbooks import read

NEIGHBOURS = ("Alder", "Birch", "Cress")


def compared(
    ours: str | None = "20", *, direction: Direction = Direction.LOWER, published: Sequence[Published] = ()
) -> Compared:
    return Compared(
        start=date(2026, 3, 31),
        end=date(2026, 3, 31),
        unit=Unit.PER_CENT,
        direction=direction,
        ours=None if ours is None else Decimal(ours),
        published=published or [council("Alder Council", "18"), council("Birch", None), council("Dune", "40")],
        neighbours=NEIGHBOURS,
        neighbours_year=2025,
    )


def council(name: str, value: str | None) -> Published:
    return Published(Whose.COUNCIL, name, None if value is None else Decimal(value))


def test_a_rank_counts_neighbours_with_a_figure_and_says_how_many_have_none() -> None:
    assert compared().rank == "2nd best of 2; 2 have no figure"
    assert compared(direction=Direction.HIGHER).rank == "Best of 2; 2 have no figure"
    assert compared(direction=Direction.CONTEXT).rank == "Highest of 2; 2 have no figure"


def test_without_a_figure_of_ours_there_is_no_rank_and_what_was_published_stays() -> None:
    hidden = compared(None)

    assert hidden.rank == ""
    assert [(one.who, one.figure, one.apart) for one in hidden.beside][:2] == [
        ("Median of 1 neighbour", "18%", ""),
        ("Alder Council", "18%", ""),
    ]


def test_what_was_published_of_neighbours_together_goes_before_a_median_of_ours() -> None:
    england, together = Published(Whose.ENGLAND, "", Decimal(22)), Published(Whose.NEIGHBOURS, "", Decimal(21))

    found = compared(published=[together, england, council("Alder", "18")])

    assert [(one.who, one.apart) for one in found.beside[:2]] == [
        ("England", "2 points better here"),
        ("Neighbours together, as published", "1 point better here"),
    ]
    assert found.words == "England 22%, Neighbours together, as published 21%"


def pasted(table: str, unit: Unit = Unit.PER_CENT) -> list[Line]:
    return lines(read(BytesIO(table.encode()), as_shown=True, separator="\t"), unit, ours="Brent")


def test_a_table_of_names_says_of_whom_each_figure_is() -> None:
    found = pasted("Area\t2025/26\nENGLAND\t22.5%\nInner London\t19\nBristol, City of\tc\nBrent\t20\nSN average\t21")

    assert [(one.name, one.whose, one.value) for one in found if one.taken] == [
        ("ENGLAND", Whose.ENGLAND, Decimal("22.5")),
        ("Inner London", Whose.REGION, Decimal(19)),
        ("Bristol, City of", Whose.COUNCIL, None),
        ("SN average", Whose.NEIGHBOURS, Decimal(21)),
    ]
    assert [one.name for one in found if one.passed_over] == ["Brent"]


@pytest.mark.parametrize(
    ("table", "cell", "sentence"),
    [
        ("England\t22%\nAlder\tmany", "B2", "“many” is no number"),
        ("England\t22%\nAlder\t120%", "B2", "cannot be more than 100"),
        ("England\t22%\nAlder\t0.5", "B2", "may be 0.5% or 50%"),
        ("England\t22%\nAlder\t", "A2", "It holds no figure"),
        ("Alder\t22%\nAlder Council\t23%", "B2", "It stands here twice"),
    ],
)
def test_a_line_that_cannot_be_taken_names_its_cell(table: str, cell: str, sentence: str) -> None:
    refused = [one for one in pasted(table) if one.refused]

    assert [one.cell for one in refused] == [cell]
    assert sentence in refused[0].refused


@pytest.mark.parametrize(
    "pair",
    [
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Royal Borough of Greenwich", "Greenwich"),
        ("Wigan Metropolitan Borough Council", "Wigan"),
        ("Derby City Council", "Derby"),
    ],
)
def test_one_council_has_one_name_however_it_is_written(pair: tuple[str, str]) -> None:
    assert folded(pair[0]) == folded(pair[1])
    assert folded("Derby") != folded("Derbyshire County Council")
