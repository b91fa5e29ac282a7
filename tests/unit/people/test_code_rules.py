"""One-time codes are those of RFC 6238, and are taken once, in their time."""

import base64
import re
from datetime import UTC, datetime

import pytest

from tracker.people.codes import rules
from tracker.people.codes.rules import SecondStep, must_have, step_of

KEY = base64.b32encode(b"12345678901234567890").decode()
"""The key of the test vectors in RFC 6238, appendix B; its codes have eight digits, of which six are used."""
VECTORS = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924")]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert step_of(KEY, code, now=at(seconds), after=0) == seconds // 30


@pytest.mark.parametrize(("off", "taken"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_phone_may_be_one_step_off(off: int, taken: bool) -> None:
    assert (step_of(KEY, "005924", now=at(1234567890 + off), after=0) is not None) is taken


def test_a_code_and_those_before_it_are_not_taken_again() -> None:
    step = 1234567890 // 30

    assert step_of(KEY, "005 924", now=at(1234567890), after=step - 1) == step
    assert step_of(KEY, "005924", now=at(1234567890), after=step) is None


@pytest.mark.parametrize("typed", ["", "5924", "005925", "abcdef", "００５９２４"])
def test_anything_else_is_wrong(typed: str) -> None:
    assert step_of(KEY, typed, now=at(1234567890), after=0) is None


def test_recovery_codes_are_hard_to_guess_and_hard_to_misread() -> None:
    codes = {rules.new_recovery_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}", code) for code in codes)


@pytest.mark.parametrize(
    ("setting", "roles", "must"),
    [
        (SecondStep.OFF, ["director"], False),
        (SecondStep.OFFERED, ["director"], False),
        (SecondStep.REQUIRED, ["director"], True),
        (SecondStep.REQUIRED, ["qa_officer"], False),
        (SecondStep.REQUIRED, ["qa_officer", "director"], True),
    ],
)
def test_the_operator_says_who_must_have_codes(setting: SecondStep, roles: list[str], must: bool) -> None:
    assert must_have(setting, frozenset({"director"}), roles) is must
