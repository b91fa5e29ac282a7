"""What may be written about a case, and how grades, re-audits and blindness are reasoned about."""

from datetime import date

import pytest

from tracker.audits import rules
from tracker.audits.rules import NOT_GIVEN, Given
from tracker.audits.tools import toolbox

TOOL = toolbox().newest("pre-proceedings")
GOOD, WEAK, WORST = Given("good"), Given("requires_improvement"), Given("inadequate")
DOES_NOT_APPLY = Given(None, applies=False)


@pytest.mark.parametrize("text", ["BR-4471", "4471", "br 4471", "AB/12/3", "LCS1234567", "BR-101112"])
def test_a_made_up_reference_stands_for_a_case(text: str) -> None:
    assert rules.why_not_case_reference(text) is None


@pytest.mark.parametrize(
    ("text", "looks_like"),
    [
        ("Jade Smith", "a name"),
        ("jade", "a name"),
        ("J Smith 12", "a name"),
        ("943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("A12345678901B", "a unique pupil number"),
        ("12/03/2015", "a date of birth"),
        ("12-03-15", "a date of birth"),
        ("DOB 120315", "a date of birth"),
        ("BR 12032015", "a date of birth"),
        ("2015-03-12", "a date of birth"),
    ],
)
def test_what_says_who_the_child_is_cannot_stand_for_a_case(text: str, looks_like: str) -> None:
    why_not = rules.why_not_case_reference(text)

    assert why_not is not None
    assert why_not.startswith(f"This looks like {looks_like}")
    assert "BR-4471" in why_not


@pytest.mark.parametrize("text", ["", "  ", "???", "BR-123456789", "BR-44-71-99"])
def test_other_nonsense_is_refused_with_an_example(text: str) -> None:
    assert "BR-4471" in (rules.why_not_case_reference(text) or "")


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (GOOD, GOOD, ""),
        (GOOD, WEAK, "One lower"),
        (WORST, GOOD, "Two higher"),
        (GOOD, NOT_GIVEN, ""),
        (NOT_GIVEN, GOOD, ""),
        (DOES_NOT_APPLY, GOOD, "Graded by one of them only"),
        (DOES_NOT_APPLY, DOES_NOT_APPLY, ""),
    ],
)
def test_a_difference_is_said_in_steps(first: Given, second: Given, words: str) -> None:
    assert rules.difference(TOOL, first, second) == words


def test_only_domains_that_both_have_graded_can_differ() -> None:
    assert rules.differing(TOOL, [(GOOD, GOOD), (GOOD, WEAK), (WEAK, WEAK), (GOOD, NOT_GIVEN)]) == (1, 3)


@pytest.mark.parametrize(
    ("good", "total", "words"),
    [(5, 12, "5 of 12 good or better"), (0, 0, "none graded"), (99, 99, "99 of 99 good or better")],
)
def test_small_numbers_are_fractions(good: int, total: int, words: str) -> None:
    assert rules.share(good, total) == words


def test_a_hundred_and_more_may_have_a_percentage_beside_the_fraction() -> None:
    assert rules.share(67, 100) == "67 of 100 good or better (67%)"


def test_one_weak_domain_asks_for_a_re_audit() -> None:
    due = rules.reaudit_due(TOOL, case="good", domains=["good", "requires_improvement"], audited_on=date(2026, 11, 12))

    assert due == rules.Reaudit(date(2027, 2, 12), "because one domain requires improvement")


def test_the_worst_grade_brings_the_re_audit_forward() -> None:
    due = rules.reaudit_due(
        TOOL, case="inadequate", domains=["requires_improvement", "requires_improvement"], audited_on=date(2026, 1, 31)
    )

    assert due is not None
    assert due.due_on == date(2026, 2, 28)
    assert "inadequate" in due.because


def test_good_work_is_not_audited_again() -> None:
    assert rules.reaudit_due(TOOL, case="good", domains=["outstanding", None], audited_on=date(2026, 11, 12)) is None


def test_domains_are_counted_in_the_reason() -> None:
    due = rules.reaudit_due(TOOL, case=None, domains=["requires_improvement"] * 4, audited_on=date(2026, 11, 12))

    assert due is not None
    assert due.because == "because 4 domains require improvement"


def test_a_grade_stands_once_both_have_seen_both() -> None:
    assert rules.why_not_regrade(GOOD, WEAK, other=WEAK, who="Nadia Coyle") is not None
    assert rules.why_not_regrade(GOOD, GOOD, other=WEAK, who="Nadia Coyle") is None
    assert rules.why_not_regrade(GOOD, WEAK, other=NOT_GIVEN, who="Nadia Coyle") is None


@pytest.mark.parametrize(
    ("good", "before", "after", "enough"), [(True, 4, 3, True), (False, 1, 2, True), (False, 2, 2, False)]
)
def test_a_re_audit_shows_change_when_it_is_good_or_better_than_before(
    good: bool, before: int, after: int, enough: bool
) -> None:
    assert rules.shows_change(good=good, before=before, after=after) is enough
