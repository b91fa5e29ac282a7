"""What became of judgement areas from one inspection to the next, over the frameworks that are shipped."""

from datetime import date

from tests.unit.frameworks.test_rules import BRENT, BRENT_2015, BRENT_2018, BRENT_2026, NOW, inspected
from tracker.frameworks import rules
from tracker.frameworks.lineage import Lineage, former_rows, lineage


def joined(known: Lineage, column: int) -> set[tuple[str, str]]:
    before, after = known.columns[column], known.columns[column + 1]
    return {(before[tie.earlier].code, after[tie.later].code) for tie in known.ties if tie.column == column}


def test_three_judgements_of_2015_became_one_and_that_one_split_in_two() -> None:
    known = lineage(BRENT)

    assert joined(known, 0) == {
        ("leadership", "leadership"),
        ("help_protection", "help_protection"),
        ("looked_after_permanence", "children_in_care_and_care_leavers"),
        ("adoption", "children_in_care_and_care_leavers"),
        ("care_leavers", "children_in_care_and_care_leavers"),
    }
    assert joined(known, 1) == {
        ("leadership", "leadership"),
        ("help_protection", "help_protection"),
        ("children_in_care_and_care_leavers", "children_in_care"),
        ("children_in_care_and_care_leavers", "care_leavers"),
    }
    assert len(joined(known, 2)) == 4


def test_what_merged_and_what_split_is_said_in_sentences() -> None:
    merged = (
        "In 2018 looked after and permanence, adoption, and care leavers became one judgement, "
        "children in care and care leavers."
    )

    assert lineage(BRENT).sentences == [
        merged,
        "In 2023 children in care and care leavers split into children in care, and care leavers.",
    ]


def test_care_leavers_of_2015_are_never_joined_to_children_in_care_where_the_joint_judgement_was_skipped() -> None:
    known = lineage([BRENT_2015, BRENT_2026])

    assert ("care_leavers", "care_leavers") in joined(known, 0)
    assert ("care_leavers", "children_in_care") not in joined(known, 0)


def test_an_overall_grade_is_part_of_no_lineage() -> None:
    known = lineage(BRENT)

    assert "overall" not in {area.code for column in known.columns for area in column}


def test_areas_stand_in_an_order_in_which_lines_do_not_cross() -> None:
    known = lineage(BRENT)

    for first in known.ties:
        for second in known.ties:
            if first.column == second.column and first.earlier < second.earlier:
                assert first.later <= second.later


def test_one_inspection_has_columns_and_nothing_to_join() -> None:
    known = lineage([BRENT_2018])

    assert (len(known.columns), known.ties, known.sentences) == (1, (), [])


def test_an_area_that_no_later_framework_carries_on_is_said_to_have_ended() -> None:
    later = NOW.model_copy(update={"areas": tuple(area for area in NOW.areas if area.code != "leadership")})
    after = rules.PastInspection(later, date(2027, 5, 1), {})

    assert lineage([BRENT_2026, after]).sentences == ["In 2027 leaders was no longer judged."]


def test_a_grade_that_todays_areas_do_not_show_keeps_a_row_of_its_own() -> None:
    inspection = inspected(date(2015, 9, 14), {"adoption": "good", "looked_after_permanence": "inadequate"})

    (row,) = former_rows(rules.grade_history(NOW, [inspection, BRENT_2018]))

    assert row.area.code == "adoption"
    assert [cell.words for cell in row.cells] == ["Good", "Not judged apart"]
    assert row.cells[1].note == "part of children in care and care leavers"


def test_where_todays_areas_show_every_grade_there_is_no_further_row() -> None:
    assert former_rows(rules.grade_history(NOW, [BRENT_2026])) == ()
