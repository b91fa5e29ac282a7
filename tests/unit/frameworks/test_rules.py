from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.frameworks import rules
from tracker.frameworks.queries import library
from tracker.frameworks.rules import Comparison, GradeHistory, PastInspection
from tracker.frameworks.schema import CHILDRENS_SERVICES, NationalFrameworkVersion

NOW = library().framework("ilacs-2026")


def inspected(began: date, grades: Mapping[str, str | None]) -> PastInspection:
    return PastInspection(library().for_fieldwork(CHILDRENS_SERVICES, began), began, grades)


BRENT_2015 = inspected(
    date(2015, 9, 14),
    {
        "overall": "requires_improvement",
        "help_protection": "requires_improvement",
        "looked_after_permanence": "requires_improvement",
        "adoption": "good",
        "care_leavers": "requires_improvement",
        "leadership": "requires_improvement",
    },
)
BRENT_2018 = inspected(
    date(2018, 5, 14),
    {
        "leadership": "good",
        "help_protection": "requires_improvement",
        "children_in_care_and_care_leavers": "outstanding",
        "overall": "good",
    },
)
ALL_GOOD = dict.fromkeys(["leadership", "help_protection", "children_in_care", "care_leavers"], "good")
BRENT_2023 = inspected(date(2023, 2, 20), {**ALL_GOOD, "overall": "good"})
BRENT_2026 = inspected(date(2026, 4, 27), ALL_GOOD)
BRENT = [BRENT_2026, BRENT_2015, BRENT_2023, BRENT_2018]


def words(history: GradeHistory, area: str) -> list[str]:
    return next([cell.words for cell in row.cells] for row in history.rows if row.area.code == area)


def test_brents_history_runs_from_the_earliest_inspection_under_todays_areas() -> None:
    history = rules.grade_history(NOW, BRENT)

    assert [one.fieldwork_began.year for one in history.inspections] == [2015, 2018, 2023, 2026]
    assert [row.area.short_name for row in history.rows] == [
        "Leaders", "Help and protection", "Children in care", "Care leavers",
    ]  # fmt: skip
    assert words(history, "help_protection") == [
        "Requires improvement",
        "Requires improvement",
        "Good",
        "Good",
    ]
    assert words(history, "care_leavers") == ["Requires improvement", "Outstanding", "Good", "Good"]


def test_a_joint_judgement_is_shown_in_both_rows_and_said_to_be_joint() -> None:
    history = rules.grade_history(NOW, [BRENT_2018, BRENT_2023])

    in_care, leavers = (row.cells[0] for row in history.rows[2:])
    assert (in_care.joint, in_care.note) == (True, "joint with care leavers")
    assert (leavers.joint, leavers.note) == (True, "joint with children in care")
    assert not any(row.cells[1].joint for row in history.rows)
    assert history.notes[0] == "In 2018 children in care and care leavers were one judgement."


def test_a_judgement_that_had_another_name_says_which() -> None:
    history = rules.grade_history(NOW, [BRENT_2015])

    assert history.rows[2].cells[0].note == "judged as children looked after and achieving permanence"


def test_an_overall_grade_is_shown_where_inspectors_gave_one_and_never_worked_out() -> None:
    history = rules.grade_history(NOW, BRENT)

    assert history.overall is not None
    assert [cell.words for cell in history.overall.cells] == [
        "Requires improvement",
        "Good",
        "Good",
        "Not given",
    ]
    assert history.notes[-1] == ("Inspections since April 2026 give no overall grade, and none is worked out here.")


def test_there_is_no_overall_row_when_no_framework_shown_has_one() -> None:
    assert rules.grade_history(NOW, [BRENT_2026]).overall is None


def test_a_missing_grade_says_why_it_is_missing() -> None:
    history = rules.grade_history(library().framework("sif-2013"), [inspected(date(2018, 5, 14), {"leadership": None})])

    assert words(history, "adoption") == ["Not a judgement then"]
    assert words(history, "leadership") == ["Not judged"]


def test_inspections_of_another_regime_are_left_out() -> None:
    send = PastInspection(library().framework("area-send-2023"), date(2024, 6, 3), {"outcome": "inconsistent"})

    assert rules.grade_history(NOW, [send, BRENT_2026]).inspections == (BRENT_2026,)


GRADES = st.sampled_from([grade.code for grade in NOW.scale])


@given(grades=st.fixed_dictionaries({area.code: GRADES for area in NOW.judged_areas}))
def test_whatever_the_four_grades_none_becomes_an_overall_grade(grades: dict[str, str]) -> None:
    history = rules.grade_history(NOW, [inspected(date(2026, 6, 8), grades)])

    assert history.overall is None
    assert {row.area.code: row.cells[0].grade and row.cells[0].grade.code for row in history.rows} == grades


def test_a_self_grade_is_compared_with_the_inspectors() -> None:
    outstanding, good = NOW.grade("outstanding"), NOW.grade("good")

    assert rules.kinder_than(outstanding, good)
    assert not rules.kinder_than(good, good)
    assert rules.compare(good, good) is Comparison.SAME
    assert rules.compare(good, outstanding) is Comparison.LOWER


@pytest.mark.parametrize(
    ("framework_id", "printed", "code"),
    [
        ("ilacs-2023", "Experiences and progress of children in care", "children_in_care"),
        ("ilacs-2026", "The impact of leaders on practice with children and families", "leadership"),
        ("ilacs-2026", "THE EXPERIENCES AND PROGRESS OF CARE LEAVERS is", "care_leavers"),
        ("ilacs-2026", "The experiences and progress of care-experienced young people", "care_leavers"),
        (
            "ilacs-2018",
            "The experience and progress of children in care and care leavers:",
            "children_in_care_and_care_leavers",
        ),
        ("sif-2013", "Children looked after and achieving permanence", "looked_after_permanence"),
        ("sif-2013", "Leadership, management & governance", "leadership"),
    ],
)
def test_a_label_is_read_however_it_is_printed(framework_id: str, printed: str, code: str) -> None:
    area = rules.area_labelled(library().framework(framework_id), printed)

    assert area is not None
    assert area.code == code


def test_a_label_that_is_no_area_is_not_taken_for_one() -> None:
    assert rules.area_labelled(NOW, "Overall effectiveness") is None
    assert rules.area_labelled(NOW, "Children benefit from early help") is None


@pytest.mark.parametrize("framework_id", list(library().frameworks))
def test_no_wording_in_a_framework_means_two_areas_or_two_grades(framework_id: str) -> None:
    framework = library().framework(framework_id)

    for area in framework.areas:
        for label in (area.name, area.short_name, *area.variants):
            assert rules.area_labelled(framework, label) == area
    for grade in framework.scale:
        for wording in (grade.label, grade.short_label, *grade.variants):
            assert rules.grade_worded(framework, wording) == grade


@pytest.mark.parametrize("printed", ["Requires improvement", "requires improvement to be good.", "Require improvement"])
def test_requires_improvement_is_one_grade_in_all_its_wordings(printed: str) -> None:
    assert rules.grade_worded(NOW, printed) == NOW.grade("requires_improvement")


@pytest.mark.parametrize(("days", "code"), [(5, "short"), (7, "short"), (12, "standard")])
def test_the_length_of_fieldwork_tells_a_short(days: int, code: str) -> None:
    activity = rules.activity_lasting(NOW, days)

    assert activity is not None
    assert activity.code == code


def numbering(day: date) -> NationalFrameworkVersion:
    version = library().national_version(day)
    assert version is not None
    return version


@pytest.mark.parametrize(
    ("printed", "keys"),
    [
        ("Outcome 2, national framework", ["NF-FAMNET"]),
        ("(outcome three, national framework)", ["NF-SAFE"]),
        ("National Framework enabler two", ["NF-LEADERS"]),
        ("enabler: the workforce is equipped and effective, national framework", ["NF-WORKFORCE"]),
        ("(Enabler 2: Leaders drive conditions for effective practice)", ["NF-LEADERS"]),
        ("Outcomes 1 and 4, national framework", ["NF-TOGETHER", "NF-STABLE"]),
        ("outcome 3 and enabler 1", ["NF-SAFE", "NF-MULTIAGENCY"]),
        ("outcome 2: safe in and outside of their homes", ["NF-SAFE"]),
        ("national framework", []),
    ],
)
def test_a_printed_reference_of_2025_is_read(printed: str, keys: list[str]) -> None:
    read = rules.references_in(printed, numbering(date(2025, 3, 10)))

    assert [one.reference.key for one in read] == keys


def test_the_same_number_is_another_outcome_after_april_2026() -> None:
    read = rules.references_in("(National Framework outcome two)", numbering(date(2026, 4, 27)))

    assert [(one.reference.key, one.named) for one in read] == [("NF-SAFE", False)]
