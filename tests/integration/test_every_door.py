"""Every address as every role, in one's own authority, in another and without sign-in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import access
from tests.access import TwoAuthorities, two_authorities_in

SHARE = 0.05
"""How much of everything is tried here; the benchmark tries all of it: python -m benchmarks access."""
pytestmark = [pytest.mark.any_database, pytest.mark.timeout(600)]
"""The first test of a run that asks for the demonstration waits until it is loaded."""


@pytest.fixture(scope="module")
def two(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoAuthorities]:
    """The demonstration and a copy of all of it as another authority, each with somebody of every role."""
    with two_authorities_in(demonstration, tmp_path_factory.mktemp("two")) as two:
        yield two


def test_nobody_gets_through_a_door_that_the_table_of_permissions_does_not_open(two: TwoAuthorities) -> None:
    tried = access.doors(two, SHARE)

    assert tried.let_through == []
    assert tried.number > 500


def test_no_identifier_of_another_authority_reaches_anything(two: TwoAuthorities) -> None:
    tried = access.identifiers(two, SHARE)

    assert tried.let_through == []
    assert tried.number > 200


def test_no_field_of_a_form_takes_a_thing_of_another_authority(two: TwoAuthorities) -> None:
    tried = access.fields(two, SHARE)

    assert tried.let_through == []
    assert tried.number >= access.FIELDS_AT_LEAST
    assert two.reached() == []
