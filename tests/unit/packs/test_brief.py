"""The brief of a day is one page, however much a day holds: what is printed of it, and what is only counted."""

from datetime import date
from itertools import pairwise

import pytest

from reports import build
from reports.contents import DailyBrief, PackContents
from tests.unit.reports.sample_brief import HEADS, full_brief, full_briefing
from tracker.packs.gathering.brief import Part, fitted


def printed(contents: PackContents) -> DailyBrief:
    (page,) = contents.chapters
    assert isinstance(page, DailyBrief)
    return page


def test_a_quiet_day_is_told_whole_and_a_part_without_anything_is_left_out_or_says_so() -> None:
    parts = [Part("Said", ["One.", "Two."]), Part("Open", []), Part("Not answered", [], "Every request is answered.")]

    assert [(one.head, list(one.points)) for one in fitted(parts)] == [
        ("Said", ["One.", "Two."]),
        ("Not answered", ["Every request is answered."]),
    ]


def test_of_a_long_day_every_part_has_its_first_points_and_a_count_of_the_rest() -> None:
    for section in printed(full_brief("Plans for children drift ")).sections:
        *kept, last = section.points
        assert kept
        assert last == f"And {40 - len(kept)} more, in the tracker"


def test_parts_take_turns_so_that_none_crowds_out_another() -> None:
    numbers = [len(one.points) - 1 for one in printed(full_brief("Plans for children drift ")).sections]

    assert all(0 <= first - second <= 1 for first, second in pairwise(numbers))


def test_a_long_text_is_cut_between_words_and_says_so() -> None:
    (part,) = fitted([Part("Said", ["Plans drift. " * 60])])

    assert part.points[0].endswith(("drift.…", "Plans…"))
    assert len(part.points[0]) < 300


@pytest.mark.parametrize(
    "words",
    ["a b", "W" * 400, "The supervision of children is not on record " * 9, "responsibilities " * 30, "漢" * 200,
     "https://example.org/a/b/c/" * 12, "1. **a** # x | `c` " * 20, "ԱԲ աբ " * 50],
    ids=["short", "wide", "sentences", "long words", "no font has it", "an address", "marks", "another script"],
)  # fmt: skip
def test_the_fullest_page_is_one_page(words: str) -> None:
    assert build.document(full_brief(words)).pages == 1
    assert build.document(full_briefing(words)).pages == 1


def test_few_facts_leave_all_the_room_to_the_parts_and_many_take_of_it() -> None:
    day, meeting = (
        sum(len(one.points) for one in printed(made("Plans drift")).sections) for made in (full_brief, full_briefing)
    )

    assert day > meeting > 4
    assert printed(full_briefing("a")).title.endswith("…")


def test_a_title_of_two_lines_is_printed_whole_and_leaves_the_fullest_page_one_page() -> None:
    contents = full_briefing("Plans drift", meeting="Conversation about the self-evaluation of the spring and summer")

    assert printed(contents).title == "Briefing for “Conversation about the self-evaluation of the spring and summer”"
    assert build.document(contents).pages == 1
    assert build.document(full_briefing("a", meeting="Www " * 60)).pages == 1


def test_what_a_page_says_does_not_depend_on_when_it_is_asked_for() -> None:
    assert printed(full_brief("a")) == printed(full_brief("a", on=date(2026, 11, 25)))
    assert [one.head for one in printed(full_brief("a")).sections] == list(HEADS)
