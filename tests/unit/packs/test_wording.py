"""Words that the gathering of a pack puts together from counts."""

import pytest

from tracker.packs.gathering import plan, profile


@pytest.mark.parametrize(
    ("grades", "words"),
    [
        (["Good"] * 4, "all four areas Good"),
        (["Good"], "one area Good"),
        (["Good", "Good", "Good", "Outstanding"], "three areas Good and one Outstanding"),
        (["Good", "Outstanding", "Inadequate"], "one area Good, one Outstanding and one Inadequate"),
        (["Good"] * 7, "all 7 areas Good"),
    ],
)
def test_how_many_areas_got_which_grade_is_said_in_words(grades: list[str], words: str) -> None:
    assert profile.spread(grades) == words


@pytest.mark.parametrize(("number", "words"), [(0, "no actions are"), (1, "1 action is"), (2, "2 actions are")])
def test_a_count_agrees_with_its_verb(number: int, words: str) -> None:
    assert plan.count(number, "action") == words
