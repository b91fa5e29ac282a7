"""The walk through the ASVS in docs/security.md names tests that are there."""

import re

import pytest

from tracker.settings import PROJECT

WALK = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LINE = re.compile(r"^\| (V\d+\.\d+\.\d+)", re.MULTILINE)

pytestmark = pytest.mark.any_database


def test_every_test_that_the_walk_names_is_there() -> None:
    named = NAMED.findall(WALK)
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (PROJECT / file).exists()
        or (test and f"def {test}(" not in (PROJECT / file).read_text(encoding="utf-8"))
    ]

    assert len(named) > 30
    assert missing == []


def test_no_line_of_the_walk_is_there_twice() -> None:
    lines = LINE.findall(WALK)

    assert len(lines) == len(set(lines))
