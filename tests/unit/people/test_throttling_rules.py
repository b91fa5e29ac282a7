"""Whoever guesses waits longer and longer; the owner's own browser does not wait for what others do."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.people.throttling.rules import (
    FREE_ANYWHERE,
    FREE_HERE,
    FREE_KNOWN,
    LONGEST_WAIT,
    Try,
    in_words,
    wait,
)

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NONE = timedelta(0)


def wrong(count: int, *, address: str = "203.0.113.9", browser: str | None = None) -> list[Try]:
    return [Try(NOW, address, browser, failed=True) for _ in range(count)]


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (FREE_HERE - 1, 0), (FREE_HERE, 30), (FREE_HERE + 1, 60), (FREE_HERE + 3, 240)]
)
def test_each_wrong_try_beyond_the_first_few_doubles_the_wait(failures: int, seconds: int) -> None:
    held = wait(wrong(failures), now=NOW, address="203.0.113.9", browser=None)

    assert held == timedelta(seconds=seconds)


def test_no_wait_is_longer_than_a_quarter_of_an_hour_however_many_tries_there_were() -> None:
    assert wait(wrong(400), now=NOW, address="203.0.113.9", browser=None) == LONGEST_WAIT


def test_waiting_ends() -> None:
    later = NOW + timedelta(seconds=30)

    assert wait(wrong(FREE_HERE), now=later, address="203.0.113.9", browser=None) == NONE


def test_a_stranger_does_not_make_another_address_wait_until_he_has_many() -> None:
    few, many = wrong(FREE_ANYWHERE - 1), wrong(FREE_ANYWHERE)

    assert wait(few, now=NOW, address="198.51.100.1", browser=None) == NONE
    assert wait(many, now=NOW, address="198.51.100.1", browser=None) > NONE


def test_a_browser_that_is_known_waits_only_for_its_own_wrong_tries() -> None:
    others = wrong(400, address="198.51.100.1")
    own = wrong(FREE_KNOWN, address="198.51.100.1", browser="hers")

    assert wait(others, now=NOW, address="198.51.100.1", browser="hers") == NONE
    assert wait(own, now=NOW, address="198.51.100.1", browser="hers") > NONE
    assert wait(own, now=NOW, address="198.51.100.1", browser="her other one") == NONE


def test_signing_in_clears_the_lane() -> None:
    tried = [*wrong(FREE_HERE), Try(NOW, "203.0.113.9", None, failed=False)]

    assert wait(tried, now=NOW, address="203.0.113.9", browser=None) == NONE


def test_a_wait_is_said_in_minutes_rounded_up() -> None:
    assert [in_words(timedelta(seconds=s)) for s in (1, 60, 61, 900)] == [
        "a minute",
        "a minute",
        "2 minutes",
        "15 minutes",
    ]
