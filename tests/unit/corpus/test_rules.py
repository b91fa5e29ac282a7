"""Names of authorities as lists show them, and questions that ask for a grade."""

import pytest

from tracker.corpus import choices
from tracker.corpus.rules import Understood, called, understood


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("London Borough of Tower Hamlets", "Tower Hamlets"),
        ("Oldham Metropolitan Borough Council", "Oldham"),
        ("Tameside metropolitan borough", "Tameside"),
        ("Nottingham City", "Nottingham"),
        ("Nottinghamshire County Council", "Nottinghamshire"),
        ("Stoke-on-Trent", "Stoke-on-Trent"),
        ("Blackburn with Darwen", "Blackburn with Darwen"),
        ("Council", "Council"),
    ],
)
def test_an_authority_is_called_the_same_in_every_report(printed: str, name: str) -> None:
    assert called(printed) == name


@pytest.mark.parametrize(
    "asked",
    [
        "return home interviews where help and protection was outstanding?",
        "return home interviews, where Help and Protection is judged outstanding",
        "return home interviews where children who need help and protection were rated as outstanding.",
        "return home interviews in authorities where the help and protection has been Outstanding",
    ],
)
def test_a_question_that_ends_in_a_grade_is_words_and_filters(asked: str) -> None:
    found = understood(asked, areas=choices.area_wordings(), grades=choices.grade_wordings())

    assert found == Understood("return home interviews", "help_protection", "outstanding")


@pytest.mark.parametrize(
    "asked",
    ["help and protection was outstanding", "where neglect was outstanding", "where (", "where help was good ("],
)
def test_any_other_question_is_left_as_it_is(asked: str) -> None:
    assert understood(asked, areas=choices.area_wordings(), grades=choices.grade_wordings()) is None


def test_a_joint_area_of_an_earlier_framework_belongs_to_each_that_it_became() -> None:
    joint = "children_in_care_and_care_leavers"

    assert joint in choices.area_codes("children_in_care")
    assert joint in choices.area_codes("care_leavers")
    assert choices.area_codes("no such area") == frozenset()
