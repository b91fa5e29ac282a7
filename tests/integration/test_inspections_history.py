"""The page of an authority's inspections: grades drawn over all frameworks, and the same in a table."""

from collections.abc import Mapping
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tracker.inspections import history_page
from tracker.people.models import Authority

SIF = {
    "overall": "requires_improvement",
    "help_protection": "requires_improvement",
    "looked_after_permanence": "inadequate",
    "adoption": "good",
    "care_leavers": "outstanding",
    "leadership": "requires_improvement",
}
ILACS_2018 = {
    "leadership": "good",
    "help_protection": "good",
    "children_in_care_and_care_leavers": "outstanding",
    "overall": "good",
}
ALL_GOOD = dict.fromkeys(["leadership", "help_protection", "children_in_care", "care_leavers"], "good")


def inspected(authority: Authority, framework_id: str, day: date, grades: Mapping[str, str]) -> None:
    given.an_inspection(
        authority=authority, framework_id=framework_id, fieldwork_from=day, fieldwork_to=day, grades=dict(grades)
    )


@pytest.fixture
def four_inspections(session: Session, brent: Authority) -> None:
    inspected(brent, "sif-2013", date(2015, 9, 14), SIF)
    inspected(brent, "ilacs-2018", date(2018, 5, 14), ILACS_2018)
    inspected(brent, "ilacs-2023", date(2023, 2, 20), {**ALL_GOOD, "overall": "good"})
    inspected(brent, "ilacs-2026", date(2026, 4, 27), ALL_GOOD)
    session.commit()


@pytest.mark.usefixtures("four_inspections")
def test_areas_that_merged_and_split_are_drawn_and_said(director: FlaskClient) -> None:
    page = director.get("/brent/inspections").text

    assert "3 merged" in page
    assert "split into 2" in page
    assert "In 2023 children in care and care leavers split into children in care, and care leavers." in page
    assert "Grades by judgement area at 4 inspections, 2015 to 2026" in page


@pytest.mark.usefixtures("four_inspections")
def test_every_grade_that_was_given_is_in_the_table_and_none_besides(director: FlaskClient) -> None:
    page = director.get("/brent/inspections").text
    table = page[page.index("The same grades in a table") : page.index("Reports (4)")]

    given_under_todays_areas = 4 * 4
    assert table.count('class="app-grade"') == given_under_todays_areas + len(["adoption"]) + len(["overall"] * 3)
    assert "Not judged apart" in table
    assert "joint with care leavers" in table


@pytest.mark.usefixtures("four_inspections")
def test_no_overall_grade_is_drawn_for_the_framework_that_gives_none(brent: Authority) -> None:
    chart = history_page.of(brent).chart

    assert chart is not None
    assert [stage.overall for stage in chart.grades.stages] == ["Requires improvement", "Good", "Good", "Not given"]


def test_two_inspections_of_one_year_are_told_apart_by_their_month(session: Session, brent: Authority) -> None:
    inspected(brent, "ilacs-2018", date(2018, 2, 5), ILACS_2018)
    inspected(brent, "ilacs-2018", date(2018, 9, 3), ILACS_2018)
    inspected(brent, "ilacs-2023", date(2023, 2, 20), ALL_GOOD)

    chart = history_page.of(brent).chart

    assert chart is not None
    assert [stage.label for stage in chart.grades.stages] == ["Feb 2018", "Sep 2018", "2023"]


def test_more_inspections_than_fit_beside_each_other_stand_one_under_the_other(
    session: Session, brent: Authority, director: FlaskClient
) -> None:
    for year in range(2015, 2022):
        inspected(brent, "ilacs-2018", date(year, 5, 4), ILACS_2018)
    session.commit()

    page = director.get("/brent/inspections").text

    assert 'id="grades-down-t"' in page
    assert "grades-across" not in page


def test_reports_without_grades_are_listed_and_nothing_is_drawn(
    session: Session, brent: Authority, director: FlaskClient
) -> None:
    given.an_inspection(authority=brent)
    session.commit()

    page = director.get("/brent/inspections").text

    assert "None given" in page
    assert "Grades across inspections" not in page


def test_an_outcome_of_another_regime_is_listed_and_no_grade_of_these_areas(
    session: Session, brent: Authority, director: FlaskClient
) -> None:
    inspected(brent, "area-send-2023", date(2023, 3, 13), {"outcome": "inconsistent"})
    session.commit()

    page = director.get("/brent/inspections").text

    assert "Outcome: Inconsistent" in page
    assert "Grades across inspections" not in page
