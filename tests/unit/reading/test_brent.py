"""Brent's four published reports, read without a wrong or missing word."""

from datetime import date

import pytest

from tests.report_truth import BRENT, REPORTS, Truth, mistakes, reading, recorded, truths
from tracker.inspections.reading.readings import Kind

TRUTHS = {truth["file"]: truth for truth in truths(REPORTS / "brent.jsonl")}
ILACS = [truth for truth in TRUTHS.values() if "paragraphs" in truth]
SINGLE_INSPECTION = TRUTHS["80489_brent_2015-11-30.pdf"]


def _name(truth: Truth) -> str:
    return str(truth["file"])


@pytest.mark.parametrize("truth", ILACS, ids=_name)
def test_every_field_item_and_paragraph_of_an_ilacs_report_is_right(truth: Truth) -> None:
    assert mistakes(truth, recorded(BRENT / truth["file"])) == []


@pytest.mark.parametrize("truth", ILACS, ids=_name)
def test_items_are_read_to_the_letter(truth: Truth) -> None:
    read = recorded(BRENT / truth["file"])

    assert read["improvement_items"] == truth["improvement_items"]
    if "improvement_item_refs" in truth:
        assert read["improvement_item_refs"] == truth["improvement_item_refs"]


@pytest.mark.parametrize("truth", ILACS, ids=_name)
def test_every_paragraph_begins_ends_and_is_as_long_as_printed(truth: Truth) -> None:
    read = recorded(BRENT / truth["file"])["paragraphs"]

    for true, one in zip(truth["paragraphs"], read, strict=True):
        assert one["first_60_chars"] == true["first_60_chars"]
        assert one["last_60_chars"] == true["last_60_chars"]
        assert one["chars"] == true["chars"]


@pytest.mark.parametrize("truth", ILACS, ids=_name)
def test_nothing_in_a_plain_report_is_doubtful(truth: Truth) -> None:
    read = reading(BRENT / truth["file"])

    assert read.doubts == ()
    assert all(item.text.sure for item in read.items)
    assert all(paragraph.text.sure for paragraph in read.paragraphs)
    assert all(judgement.grade.sure for judgement in read.judgements)
    assert read.activity.sure


def test_the_kind_of_visit_is_worked_out_from_the_length_of_fieldwork_and_said_so() -> None:
    read = reading(BRENT / "80489_brent_2026-06-17.pdf")

    assert read.activity.value == "short"
    assert read.activity.why == "Not printed in the report. Worked out from five days of fieldwork."


def test_the_report_of_2026_has_four_judgements_and_no_overall_grade() -> None:
    read = reading(BRENT / "80489_brent_2026-06-17.pdf")

    assert read.framework_id == "ilacs-2026"
    assert [judgement.area.value for judgement in read.judgements] == [
        "leadership", "help_protection", "children_in_care", "care_leavers",
    ]  # fmt: skip


def test_outcome_two_means_safety_in_2026_and_a_person_is_asked_to_confirm() -> None:
    first, _, third, _ = reading(BRENT / "80489_brent_2026-06-17.pdf").items

    moved, kept = first.references[0], third.references[0]
    assert moved.key.value == "NF-SAFE"
    assert not moved.key.sure
    assert moved.alternatives == ("NF-SAFE", "NF-FAMNET")
    assert kept.key.value == "NF-STABLE"
    assert kept.key.sure


def test_everything_read_says_where_it_stands_on_the_page() -> None:
    read = reading(BRENT / "80489_brent_2026-06-17.pdf")

    item = read.items[0].text
    assert item.page == 2
    assert item.box is not None
    left, top, right, bottom = item.box
    width, height = read.page_sizes[1]
    assert 60 < left < 80
    assert right < width
    assert 95 < top < 105
    assert 155 < bottom < 165 < height


def test_the_single_inspection_report_has_its_sub_judgements_and_numbered_recommendations() -> None:
    read = reading(BRENT / SINGLE_INSPECTION["file"])

    grades = {judgement.area.value: judgement.grade.value for judgement in read.judgements}
    assert read.kind.value is Kind.SIF
    assert read.framework_id == "sif-2013"
    assert grades == {
        "overall": "requires_improvement",
        "help_protection": "requires_improvement",
        "looked_after_permanence": "requires_improvement",
        "adoption": "good",
        "care_leavers": "requires_improvement",
        "leadership": "requires_improvement",
    }
    assert [item.text.value for item in read.items] == SINGLE_INSPECTION["recommendations"]
    assert [item.number for item in read.items] == SINGLE_INSPECTION["recommendation_numbers"]
    assert (read.start.value, read.end.value) == (date(2015, 9, 14), date(2015, 10, 8))
    assert read.lead_inspectors.value == ("Dominic Stevens",)
