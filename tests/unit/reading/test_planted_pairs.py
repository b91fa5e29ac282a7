"""What reports do, planted two at a time."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from tests.given_published import PUBLISHED, as_published, read_again, wrong
from tests.report_truth import REPORTS
from tests.unit.reading import test_planted_first_page as first_page
from tests.unit.reading import test_planted_text as text

CHANGES = {**first_page.CHANGES, **text.CHANGES}
SOME = random.Random(2026).sample(list(combinations(sorted(CHANGES), 2)), 120)  # noqa: S311 - for variety, no secret
"""Of over two thousand pairs. All were tried when the reader was written."""


@pytest.mark.parametrize(("number", "pair"), list(enumerate(SOME)), ids=str)
def test_a_report_in_which_both(number: int, pair: tuple[str, str], tmp_path: Path) -> None:
    """... are planted is read without a mistake."""
    setting = as_published(REPORTS / "ilacs" / f"{PUBLISHED[number % len(PUBLISHED)]}.pdf")
    for change in pair:
        CHANGES[change](setting)

    assert wrong(setting, read_again(setting, tmp_path)) == []
