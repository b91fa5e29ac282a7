"""The walk through the ASVS in docs/security.md names tests that are there."""

import re

import pytest

from tracker.settings import PROJECT

WALK = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
MET = re.compile(r"^\| V[^|]*\|[^|]*\| met\b.*$", re.MULTILINE)
PLAIN = re.compile(r"the same test|nothing tests|no test|`python -m benchmarks \w+`")
"""Otherwise than by the name of a test: the one of the line above, a command to run, or none."""
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


def test_every_line_that_is_met_names_what_proves_it_or_says_that_nothing_does() -> None:
    met = [
        line for line in WALK.splitlines() if line.startswith("| V") and line.split("|")[3].strip().startswith("met")
    ]
    bare = [line for line in met if not NAMED.search(line) and not PLAIN.search(line)]

    assert len(met) > 60
    assert bare == []


def test_no_line_of_the_walk_is_there_twice() -> None:
    lines = LINE.findall(WALK)

    assert len(lines) == len(set(lines))
