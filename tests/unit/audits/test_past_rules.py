"""What the words of a past audit's row may mean, and what a file must not hold at all."""

from datetime import date

import pytest

from tracker.audits.past import rules
from tracker.audits.past.rules import LEFT_OUT
from tracker.audits.tools import toolbox
from tracker.platform.columns import suggested
from tracker.platform.errors import Refused

TOOL = toolbox().newest("pre-proceedings")
MET = toolbox().newest("return-home-interviews")
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("word", ["Requires improvement", "requires improvement to be good", "REQUIRES_IMPROVEMENT"])
def test_our_own_words_for_a_grade_are_known(word: str) -> None:
    assert rules.grade_meant(TOOL, word, {}) == "requires_improvement"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("RI", "requires_improvement"), ("Req. Imp", "requires_improvement"), ("2", "good"), ("4", "inadequate"),
        ("O", "outstanding"), ("Inadeqaute", "inadequate"), ("n/a", LEFT_OUT), ("5", ""), ("0", ""), ("Green", ""),
    ],
)  # fmt: skip
def test_others_words_are_never_taken_without_being_asked_about_but_offered_where_they_are_likely(
    word: str, code: str
) -> None:
    assert rules.grade_meant(TOOL, word, {}) is None
    assert rules.likeliest_grade(TOOL, word) == code


def test_a_meaning_counts_for_every_tool_of_one_scale_and_for_no_other() -> None:
    meanings = {rules.scale_key(TOOL): {"green": "good"}}

    assert rules.grade_meant(toolbox().newest("supervision"), "Green", meanings) == "good"
    assert rules.grade_meant(MET, "Green", meanings) is None
    assert rules.grade_meant(TOOL, "Green", {rules.scale_key(TOOL): {"green": "met"}}) is None


def test_the_columns_that_councils_have_are_found_and_those_of_a_tools_parts() -> None:
    headings = (
        "Case ID",
        "Audit date",
        "Team name",
        "Overall rating",
        "Final grade",
        "Good practice",
        "Visits",
        "Learning",
    )

    found = suggested(headings, rules.wanted([TOOL], asks_for_tool=False), {})

    assert found == {
        "case": 0, "day": 1, "team": 2, "grade": 3, "moderated": 4, "strengths": 5,
        "domain_visits_and_direct_work": 6, "findings": 7,
    }  # fmt: skip


def test_the_tool_is_asked_for_only_where_the_file_says_it() -> None:
    assert "tool" in {one.key for one in rules.wanted([TOOL], asks_for_tool=True)}
    assert "tool" not in {one.key for one in rules.wanted([TOOL], asks_for_tool=False)}


@pytest.mark.parametrize("heading", ["Child’s name", "Name of child", "D.O.B.", "NHS No", "Family name", "Post code"])
def test_a_heading_that_leads_to_a_child_is_refused(heading: str) -> None:
    with pytest.raises(Refused, match="Nothing of it was kept"):
        rules.require_harmless_headings(["Case ref", heading])


@pytest.mark.parametrize(
    "heading", ["Case ref", "Team name", "Auditor name", "Age of child", "Child's voice", "Named nurse"]
)
def test_headings_of_audits_are_let_through(heading: str) -> None:
    rules.require_harmless_headings([heading])


def test_an_area_is_needed_only_where_the_tool_is_used_in_several() -> None:
    observation = toolbox().newest("practice-observation")

    assert rules.area_of(TOOL, None) == "help_protection"
    assert rules.area_of(observation, "leadership") == "leadership"
    with pytest.raises(Refused, match="used in several areas"):
        rules.area_of(observation, None)
    with pytest.raises(Refused, match="not used in that area"):
        rules.area_of(TOOL, "leadership")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Late plans\n2) No visit\n• Late plans", ("Late plans", "No visit")),
        ("- one line only", ("- one line only",)),
        ("", ()),
        ("Plans:\n- late\n- vague", ("Plans: - late - vague",)),
    ],
)
def test_a_list_is_several_findings_and_a_text_is_one(text: str, found: tuple[str, ...]) -> None:
    assert rules.findings_in(text) == found


def test_a_day_to_come_is_no_day_of_a_past_audit() -> None:
    assert rules.day_audited("20 November 2026", today=TODAY) == TODAY
    with pytest.raises(Refused, match="has not come yet"):
        rules.day_audited("21 November 2026", today=TODAY)
