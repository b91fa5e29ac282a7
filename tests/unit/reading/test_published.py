"""Published reports of other authorities: every field of every one must be right."""

import pytest

from tests.report_truth import REPORTS, Truth, letters, mistakes, reading, recorded, truths
from tracker.inspections.reading import Unreadable
from tracker.inspections.reading.readings import Kind

ILACS = truths(REPORTS / "ilacs" / "truth.jsonl")
OTHERS = truths(REPORTS / "other" / "truth.jsonl")
SINGLE_INSPECTIONS = [truth for truth in OTHERS if "recommendations" in truth]


def _name(truth: Truth) -> str:
    return str(truth["file"])


@pytest.mark.parametrize("truth", ILACS, ids=_name)
def test_an_ilacs_report_is_read_without_a_mistake(truth: Truth) -> None:
    assert mistakes(truth, recorded(REPORTS / "ilacs" / truth["file"])) == []


def test_almost_no_paragraph_differs_by_a_single_character() -> None:
    lengths = [
        (true["chars"], read["chars"])
        for truth in ILACS
        for true, read in zip(
            truth["paragraphs"], recorded(REPORTS / "ilacs" / truth["file"])["paragraphs"], strict=True
        )
    ]

    assert len(lengths) > 1000
    assert sum(true != read for true, read in lengths) <= len(lengths) // 500


@pytest.mark.parametrize("truth", ILACS, ids=_name)
def test_references_to_the_national_framework_are_read_as_printed(truth: Truth) -> None:
    assert recorded(REPORTS / "ilacs" / truth["file"])["improvement_item_refs"] == truth["improvement_item_refs"]


@pytest.mark.parametrize("truth", SINGLE_INSPECTIONS, ids=_name)
def test_a_single_inspection_is_read_with_its_sub_judgements_and_recommendations(truth: Truth) -> None:
    read = recorded(REPORTS / "other" / truth["file"])

    assert letters(read["authority"]) == letters(truth["authority"])
    assert (read["start_date"], read["end_date"]) == (truth["start_date"], truth["end_date"])
    assert read["lead_inspectors"] == [truth["lead_inspector"]]
    assert {(one["area"], one["grade"]) for one in read["judgements"]} == {
        (one["area"], one["grade"]) for one in truth["judgements"]
    }
    assert read["recommendations"] == truth["recommendations"]
    assert read["recommendation_numbers"] == truth["recommendation_numbers"]


def test_a_re_inspection_is_told_from_an_inspection() -> None:
    assert reading(REPORTS / "other" / "birmingham-reinspection-2016.pdf").kind.value is Kind.SIF_REINSPECTION


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("norfolk-looked-after-2013.pdf", "an inspection of looked after children services"),
        ("surrey-board-review-2015.pdf", "a review of a Local Safeguarding Children Board"),
        ("web-page.pdf", "a web page saved with the name of a PDF"),
    ],
)
def test_a_report_of_another_kind_is_refused_as_what_it_is(file: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        reading(REPORTS / "other" / file)


def test_a_number_that_is_skipped_is_kept_as_printed_and_pointed_out() -> None:
    read = reading(REPORTS / "ilacs" / "80546_windsor-and-maidenhead_2020-02-24.pdf")

    assert [doubt.sentence for doubt in read.doubts] == ["Paragraph 16 follows paragraph 14: 15 is not printed."]


def test_a_report_without_a_section_on_what_needs_to_improve_has_no_items_and_says_so() -> None:
    read = reading(REPORTS / "ilacs" / "80571_thurrock_2024-10-29.pdf")

    assert read.items == ()
    assert "No section that says what needs to improve was found in the report." in [
        doubt.sentence for doubt in read.doubts
    ]


def test_dash_sub_bullets_are_part_of_their_item() -> None:
    read = reading(REPORTS / "ilacs" / "80419_isle-of-wight_2023-12-15.pdf")

    assert [item.sub_items for item in read.items] == [0, 0, 3, 0]
    assert "private fostering" in read.items[2].text.value


def test_fieldwork_in_two_periods_has_no_kind_worked_out_and_keeps_the_first_end() -> None:
    read = reading(REPORTS / "ilacs" / "80460_derbyshire_2019-09-19.pdf")

    assert read.activity.value is None
    assert [day.isoformat() for day in read.end_alternatives] == ["2019-07-12"]
