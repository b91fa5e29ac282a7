"""The seeded definitions: every file loads, every code is known, and a wrong file says where it is wrong."""

from pathlib import Path

import pytest

from tracker.frameworks.library import WrongFile
from tracker.indicators.library import definitions
from tracker.indicators.rules import Direction, Unit
from tracker.settings import SEED

GOOD = """
source: Somewhere
indicators:
  - id: visits
    number: 11
    name: Visits in time
    short_name: visits
    definition: Children who were visited.
    numerator: children visited
    denominator: children on a plan
    unit: per_cent
    basis: on the last day
    direction: higher
    source_return: Local
    period: month
    areas: [help_protection]
    themes: [HP09]
    certainty: unverified
"""


def loaded(folder: Path, text: str) -> None:
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    definitions(folder)


def test_every_file_loads_and_all_thirty_three_indicators_are_there() -> None:
    found = definitions()

    assert {definition.number for definition in found.values()} == set(range(1, 34))
    assert list(found.values()) == sorted(found.values(), key=lambda one: one.number)
    assert len(list((SEED / "indicators").glob("*.yaml"))) >= 4


def test_measures_of_the_same_name_are_kept_apart_by_their_basis() -> None:
    pairs = [(one.name, one.basis) for one in definitions().values()]

    assert len(set(pairs)) == len(pairs)


def test_a_target_is_implied_only_where_none_at_all_is_right() -> None:
    implied = {one.id: one for one in definitions().values() if one.target is not None}

    assert {one.target for one in implied.values()} == {0}
    assert all(one.unit is Unit.COUNT and one.direction is Direction.LOWER for one in implied.values())


def test_a_good_file_loads(tmp_path: Path) -> None:
    loaded(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("areas: [help_protection]", "areas: [helping]"), "visits names the unknown judgement area helping"),
        (("themes: [HP09]", "themes: [HP99]"), "visits names the unknown theme HP99"),
        (("unit: per_cent", "unit: percent"), "indicators > number 1 > unit: .*must be one of per_cent"),
        (("    numerator: children visited\n", ""), "indicators > number 1 > numerator"),
        (("    denominator: children on a plan\n", ""), "say what it is out of"),
        (("basis:", "bases:"), "At indicators > number 1 > "),
        (("source: Somewhere", "source: ]"), "mine.yaml is not YAML"),
        ((GOOD, "- a list"), "the file as a whole"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(WrongFile, match=sentence):
        loaded(tmp_path, GOOD.replace(*change))


def test_an_id_is_used_once(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(GOOD, encoding="utf-8")

    with pytest.raises(WrongFile, match=r"other.yaml cannot be used. The id visits is used twice"):
        loaded(tmp_path, GOOD)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="no indicator files"):
        definitions(tmp_path)


def test_every_definition_that_has_a_good_way_says_how_far_off_is_near() -> None:
    aims = [one for one in definitions().values() if one.direction is not Direction.CONTEXT]

    assert [one.id for one in aims if one.tolerance is None] == []
    assert {one.tolerance for one in aims if one.unit is Unit.PER_CENT} == {2}
