"""When an item may give way to others, and what is said when it may not."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from tracker.actions.succession.rules import (
    Part,
    Standing,
    why_not_drop,
    why_not_end,
    why_not_into,
    why_not_parts,
    why_not_undo,
    words_added,
)
from tracker.improvements.rules import ItemState

DAY = date(2026, 3, 3)
OPEN_3, OPEN_7 = Standing("I-3", ItemState.OPEN), Standing("I-7", ItemState.OPEN)
MERGED_3 = Standing("I-3", ItemState.MERGED, DAY, ["I-7"])
WORDING = "The quality of plans, reviews and case recording"


def test_only_an_open_item_gives_way_and_a_refusal_says_what_to_do_instead() -> None:
    assert why_not_end(OPEN_3) is None
    assert why_not_end(MERGED_3) == "I-3 was merged into I-7 on 3 March 2026. Work with I-7 instead."
    assert why_not_end(Standing("I-3", ItemState.SPLIT, DAY, ["I-8", "I-9"])) == (
        "I-3 was split into I-8 and I-9 on 3 March 2026. Work with I-8 and I-9 instead."
    )
    assert "Undo that first" in (why_not_end(Standing("I-3", ItemState.SUPERSEDED, DAY)) or "")


def test_an_item_never_stands_in_its_own_place_nor_in_that_of_what_took_its_place() -> None:
    assert why_not_into(OPEN_7, OPEN_3, verb="merged into") is None
    assert why_not_into(OPEN_3, OPEN_3, verb="merged into") == "I-3 cannot be merged into itself. Choose another item."
    assert why_not_into(OPEN_7, MERGED_3, verb="merged into") == (
        "I-3 was merged into I-7 on 3 March 2026, so I-7 cannot be merged into it. Choose an item that is open."
    )


def test_nothing_takes_the_place_of_an_item_only_while_no_action_is_open() -> None:
    assert why_not_drop("I-9", 0) is None
    assert "1 action of I-9 is open" in (why_not_drop("I-9", 1) or "")


@pytest.mark.parametrize(
    ("part", "added"),
    [
        ("The quality of plans", []),
        ("the quality of case recording.", []),
        ("The quality of timely plans", ["timely"]),
        ("Case recording and plans", ["and", "plans"]),
        ("", []),
    ],
)
def test_a_part_is_made_of_the_items_own_words_in_their_order(part: str, added: list[str]) -> None:
    assert words_added(part, WORDING) == added


def a_part(title: str, *actions: UUID, wording: str = "The quality of plans") -> Part:
    return Part(title, wording, frozenset(actions))


def test_every_owed_action_goes_to_exactly_one_part() -> None:
    first, second, stranger = uuid4(), uuid4(), uuid4()
    owed = [(first, "A-1"), (second, "A-2")]

    assert why_not_parts(WORDING, [a_part("Plans", first), a_part("Reviews", second)], owed) is None
    assert why_not_parts(WORDING, [a_part("Plans", first), a_part("Reviews")], owed) == "Say to which part A-2 goes."
    assert why_not_parts(WORDING, [a_part("Plans", first), a_part("Reviews", first, second)], owed) == (
        "Say to which part A-1 goes."
    )
    assert "Only actions of this item" in (
        why_not_parts(WORDING, [a_part("Plans", first, stranger), a_part("Reviews", second)], owed) or ""
    )


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ([a_part("Plans")], "Split it into 2 to 6 items."),
        ([a_part(str(number)) for number in range(7)], "Split it into 2 to 6 items."),
        ([a_part("Plans"), a_part("plans")], "Give each part a title of its own."),
        ([a_part("Plans"), a_part(" ")], "Give part 2 a short title and its words."),
        (
            [a_part("Plans"), a_part("Reviews", wording="Late reviews")],
            (
                "Part 2: “Late” is not in the item’s own words at that place. "
                "Leave words out, but add none and keep their order."
            ),
        ),
    ],
)
def test_parts_that_make_no_sense_are_refused_with_what_is_wrong(parts: list[Part], refusal: str) -> None:
    assert why_not_parts(WORDING, parts, []) == refusal


def test_it_is_undone_only_while_nothing_else_has_changed() -> None:
    assert why_not_undo(MERGED_3, []) is None
    assert why_not_undo(MERGED_3, ["A-1", "I-7"]) == (
        "A-1 and I-7 have been changed since I-3 was merged into I-7 on 3 March 2026, so that can no longer be undone. "
        "Add a new item if there is work left in I-3."
    )
    assert why_not_undo(OPEN_3, []) == "I-3 is open: there is nothing to undo."
