"""Drawing cases: the same list and seed give the same draw, in shares that can be worked out by hand."""

from hashlib import sha256
from io import BytesIO

import pytest

from tracker.audits.sampling.lists import read_list, read_pasted
from tracker.audits.sampling.rules import Entry, Method, draw, fingerprint, shares
from tracker.platform.errors import Refused

TEAMS = (("East", 100, 50), ("North", 200, 30), ("West", 300, 20))
"""Name, first number, how many cases."""
LIST = [Entry(f"BR-{first + place}", (team,)) for team, first, count in TEAMS for place in range(count)]


def numbers(**of: int) -> dict[tuple[str, ...], int]:
    return {(name,): number for name, number in of.items()}


def test_a_draw_can_be_repeated_with_nothing_but_sha_256() -> None:
    by_hand = sorted((sha256(f"autumn:{one.reference}".encode()).hexdigest(), one.reference) for one in LIST)[:12]

    assert draw(LIST, size=12, seed="autumn", method=Method.RANDOM).references == tuple(one for _, one in by_hand)


@pytest.mark.parametrize("method", list(Method))
def test_the_order_of_the_list_changes_nothing_and_another_seed_changes_the_draw(method: Method) -> None:
    drawn = draw(LIST, size=20, seed="autumn", method=method)

    assert draw(LIST[::-1], size=20, seed="autumn", method=method) == drawn
    assert draw(LIST, size=20, seed="winter", method=method).references != drawn.references


def test_groups_are_drawn_in_proportion() -> None:
    drawn = draw(LIST, size=20, seed="autumn", method=Method.PROPORTIONAL)

    assert drawn.by_stratum == {("East",): (10, 50), ("North",): (6, 30), ("West",): (4, 20)}
    assert sum(one.startswith("BR-1") for one in drawn.references) == 10


def test_what_does_not_come_out_even_goes_to_the_largest_remainders() -> None:
    # 10 of 100: 4.7, 3.1 and 2.2 leave one over, which goes to the largest remainder.
    assert shares(numbers(A=47, B=31, C=22), 10, equal=False) == numbers(A=5, B=3, C=2)
    # 7 of 30: each has 2 and a third; the one over goes to the first by name.
    assert shares(numbers(B=10, A=10, C=10), 7, equal=False) == numbers(A=3, B=2, C=2)


def test_equal_shares_are_made_up_from_the_others_where_a_group_is_small() -> None:
    assert shares(numbers(A=10, B=10, C=1), 9, equal=True) == numbers(A=4, B=4, C=1)


@pytest.mark.parametrize("equal", [True, False])
def test_more_than_there_are_is_everything(equal: bool) -> None:
    assert shares(numbers(A=2, B=1), 10, equal=equal) == numbers(A=2, B=1)


def test_the_fingerprint_of_a_list_changes_with_a_group_and_not_with_its_order() -> None:
    assert fingerprint(LIST) == fingerprint(LIST[::-1])
    assert fingerprint(LIST) != fingerprint([Entry(LIST[0].reference, ("West",)), *LIST[1:]])


def test_a_pasted_list_may_be_references_alone() -> None:
    assert [one.reference for one in read_pasted("br-1\nBR-2\n")] == ["BR-1", "BR-2"]


def test_columns_are_known_by_their_headings_and_others_are_not_read() -> None:
    found = read_list(BytesIO(b"Shoe size,Case reference,Worker's team,Age band\n7,BR-1,East,5 to 9\n"))

    assert found[0].words == {"team": "East", "age": "5 to 9"}


def test_ages_in_years_are_taken_for_their_bands_and_words_in_any_letters() -> None:
    found = read_list(BytesIO(b"Case,Age,Legal status\nBR-1,7,CARE LEAVER\nBR-2,0,\nBR-3,under 1,Child in need\n"))

    assert [one.words for one in found] == [
        {"age": "5 to 9", "legal status": "Care leaver"},
        {"age": "Under 1", "legal status": ""},
        {"age": "Under 1", "legal status": "Child in need"},
    ]


def test_a_column_in_other_words_is_one_fault_and_not_one_for_each_row() -> None:
    rows = "".join(f"BR-{number},adult\n" for number in range(13))

    with pytest.raises(
        Refused, match=r"^This list cannot be used\. B2, B3, B4, .*, B11 and 3 more: Choose an age band"
    ) as said:
        read_list(BytesIO(f"Case,Age\n{rows}".encode()))

    assert str(said.value).count("Choose an age band") == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Case,Team\nJade Smith,East\n", "A2: This looks like a name"),
        ("Case,Worker\nBR-1,943 476 5919\n", "B2: "),
        ("Case,Age\nBR-1,seven\n", "B2: Choose an age band from the list"),
        ("Case\nBR-1\nbr-1\n", "BR-1 stands in it more than once"),
        ("Team\nEast\n", "No column is headed Case"),
        ("Case\n", "There is no case under the headings"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_the_cell(content: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_list(BytesIO(content.encode()))
