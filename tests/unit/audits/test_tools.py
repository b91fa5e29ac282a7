"""The files of audit tools: what they may say, and what is answered when they say it wrongly."""

from pathlib import Path

import pytest
import yaml

from tracker.audits import tools
from tracker.frameworks import queries as frameworks
from tracker.frameworks.library import WrongFile
from tracker.settings import SEED

TOOLS = SEED / "audit_tools"


def a_tool(**changes: object) -> dict[str, object]:
    """A small tool that loads, with some keys changed."""
    return {
        "id": "plans",
        "version": 1,
        "name": "Plans",
        "short_name": "Plans",
        "framework": "ilacs-2026",
        "areas": ["help_protection"],
        "scale": {"kind": "framework", "good_from": "good"},
        "grade_question": "Grade",
        "difference_question": "What difference did it make?",
        "closes_by": "evidence",
        "domains": [{"code": "plan", "name": "Plan", "question": "Is it specific?", "themes": ["HP08"]}],
    } | changes


def load(folder: Path, *contents: object) -> tools.Toolbox:
    for place, content in enumerate(contents):
        (folder / f"tool-{place}.yaml").write_text(
            content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8"
        )
    return tools.load(folder, frameworks.library())


def test_every_shipped_tool_loads_and_has_a_domain_that_asks_about_impact_or_use() -> None:
    box = tools.toolbox()

    assert len(box.versions) == len(list(TOOLS.glob("*.yaml"))) >= 7
    assert all(tool.domains and tool.grades for tool in box.versions.values())


def test_every_shipped_tool_grades_each_domain_in_no_more_than_a_page() -> None:
    for tool in tools.toolbox().versions.values():
        assert 4 <= len(tool.domains) <= 12, tool.id
        assert all(domain.themes for domain in tool.domains), tool.id


def test_two_versions_of_a_tool_stand_side_by_side(tmp_path: Path) -> None:
    box = load(tmp_path, a_tool(), a_tool(version=2, name="Plans, shorter"))

    assert box.tool("plans", 1).name == "Plans"
    assert box.newest("plans").name == "Plans, shorter"
    assert [tool.version for tool in box.latest] == [2]


def test_a_tool_may_have_words_of_its_own(tmp_path: Path) -> None:
    scale = {
        "kind": "own words",
        "good_from": "met",
        "grades": [
            {"code": "met", "label": "Met", "short_label": "Met", "rank": 2},
            {"code": "not_met", "label": "Not met", "short_label": "Not met", "rank": 1},
        ],
    }

    tool = load(tmp_path, a_tool(scale=scale)).newest("plans")

    assert tool.good_words == "met"
    assert tool.is_good("met")
    assert not tool.is_good("not_met")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"areas": ["elsewhere"]}, "no judgement area with the code 'elsewhere'"),
        ({"theme": "XX99"}, "no theme with the code 'XX99'"),
        ({"framework": "ilacs-1999"}, "no framework called 'ilacs-1999'"),
        ({"safety_action_for": ["dreadful"]}, "no grade with the code 'dreadful'"),
        ({"reaudit_after_months": {"case": {"poor": 3}}}, "no grade with the code 'poor'"),
        (
            {"scale": {"kind": "own words", "good_from": "good"}},
            "At scale: a scale has grades written down where its kind is own words, and only there",
        ),
        ({"colour": "red"}, "At colour: this key is not known"),
        ({"domains": []}, "At domains"),
        ({"domains": [{"code": "a", "name": "A", "question": "?"}] * 2}, "a domain code is used twice"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_place(
    tmp_path: Path, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(WrongFile) as refused:
        load(tmp_path, a_tool(**changes))

    assert "tool-0.yaml" in str(refused.value)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("content", ["a: [", "just words", ""])
def test_what_is_no_table_of_keys_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(WrongFile, match=r"tool-0\.yaml"):
        load(tmp_path, content)


def test_the_same_version_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="version 1 of plans already"):
        load(tmp_path, a_tool(), a_tool())


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="no audit tool"):
        load(tmp_path)
