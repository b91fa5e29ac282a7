"""What moved from one appraisal to the next is said in words."""

from datetime import date

import pytest

from tracker.improvements.appraisals.rules import Appraised, changes, moved

NOVEMBER = date(2026, 11, 11)


@pytest.mark.parametrize(
    ("scale", "before", "said"),
    [
        (6, Appraised(date(2026, 5, 4), 5, 8), "up 1 since May"),
        (6, Appraised(date(2026, 11, 2), 8, 8), "down 2 since 2 November"),
        (6, Appraised(date(2025, 11, 2), 6, 8), "the same as in November 2025"),
        (6, Appraised(date(2026, 11, 2), 6, 8), "the same as on 2 November"),
    ],
)
def test_the_movement_names_the_step_and_since_when(scale: int, before: Appraised, said: str) -> None:
    assert moved(Appraised(NOVEMBER, scale, 8), before) == said


def test_one_point_that_came_or_went_is_named_and_several_are_counted() -> None:
    before = Appraised(
        date(2026, 5, 4), 5, 8,
        worried_about=["Long waits", "One team has no reviews."],
        working_well=["Letters are clear"],
        needs_to_happen=["Hear families", "A weekly panel"],
    )  # fmt: skip
    now = Appraised(
        NOVEMBER, 6, 8,
        worried_about=["one team has no  reviews"],
        working_well=["Letters are clear", "Delays are explained"],
        needs_to_happen=[],
    )  # fmt: skip

    assert changes(now, before) == [
        "Up 1 since May.",
        "No longer a worry: Long waits",
        "New in what works well: Delays are explained",
        "2 no longer needed.",
    ]


def test_a_new_aim_is_told() -> None:
    assert "Aim 7 to 9." in changes(Appraised(NOVEMBER, 6, 9), Appraised(date(2026, 5, 4), 6, 7))
