"""Codes of an authority's own tools, what differs between versions, and files that are taken back."""

from pathlib import Path

import pytest

from tracker.audits import tools
from tracker.audits.authoring.rules import code_for, differences
from tracker.audits.schema import Tool
from tracker.frameworks import queries as frameworks

LENS = tools.toolbox().newest("equity-lens")
LADO = tools.toolbox().newest("lado-referrals")


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Visits", [], "visits"),
        ("Visits", ["visits", "visits_2"], "visits_3"),
        ("Reviewing officer’s challenge", [], "reviewing_officers_challenge"),
        ("18+", [], "part_18"),
        ("???", [], "part"),
    ],
)
def test_a_code_is_made_from_a_name_and_meets_no_other(name: str, taken: list[str], code: str) -> None:
    assert code_for(name, taken) == code


def changed(tool: Tool, **of_first_domain: object) -> Tool:
    first = tool.domains[0].model_copy(update=of_first_domain)
    return tool.model_copy(update={"version": tool.version + 1, "domains": (first, *tool.domains[1:])})


def test_a_renamed_domain_is_changed_and_not_taken_out_and_added() -> None:
    found = differences(LADO, changed(LADO, name="Referral"))

    assert ("Referral: name", "Changed", "Referral and first response", "Referral") in [
        (one.where, one.kind, one.before, one.after) for one in found
    ]
    assert {one.kind for one in found} == {"Changed"}


def test_a_question_taken_out_is_shown_with_what_it_asked() -> None:
    found = differences(LADO, changed(LADO, questions=LADO.domains[0].questions[:2]))

    gone = [one for one in found if one.kind == "Taken out"]
    assert [one.where for one in gone] == ["Referral and first response: a question"]
    assert gone[0].before.startswith("Was contact between the adult and children settled on the same day?")


def test_the_same_tool_does_not_differ_from_itself() -> None:
    assert differences(LADO, LADO) == ()


@pytest.mark.parametrize("tool", tools.toolbox().versions.values(), ids=lambda tool: tool.id)
def test_every_tool_written_to_a_file_is_read_back_the_same(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "tool.yaml").write_text(tools.as_yaml(tool), encoding="utf-8")

    assert tools.load(tmp_path, frameworks.library()).tool(tool.id, tool.version) == tool


@pytest.mark.parametrize(
    ("kind", "good_from", "words"),
    [
        ("0 to 10", "7", ["10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0"]),
        ("met or not met", "met", ["Met", "Not met"]),
    ],
)
def test_a_scale_brings_its_words(kind: str, good_from: str, words: list[str]) -> None:
    content = dict(tools.written(LADO)) | {
        "scale": {"kind": kind, "good_from": good_from},
        "safety_action_for": [],
        "reaudit_after_months": {},
    }

    tool = tools.understood(content, frameworks.library())

    assert [grade.short_label for grade in tool.grades] == words
    assert tool.is_good(good_from)
    assert not tool.is_good(tool.grades[-1].code)


def test_a_tool_without_grades_counts_nothing_as_weak() -> None:
    assert [grade.label for grade in LENS.grades] == ["Looked at"]
    assert LENS.is_good("looked_at")
