"""Every other kind of report through the pages: read, checked, accepted, and shown as what it is."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.given_reports import letter
from tests.integration.test_inspections_import import upload
from tests.unit.reading.test_letters import AREA_SEND, FOCUSED_VISIT, JOINT_INSPECTION, MONITORING_VISIT
from tracker.inspections import commands, queries
from tracker.inspections.checking import queries as checking
from tracker.inspections.commands import RIGHT
from tracker.inspections.models import Inspection
from tracker.people.models import Authority
from tracker.platform.errors import Refused

UNGRADED = {"focused visit": FOCUSED_VISIT, "monitoring visit": MONITORING_VISIT, "joint inspection": JOINT_INSPECTION}


def read(client: FlaskClient, blocks: list[Any]) -> str:
    """The page that checks an invented report."""
    return upload(client, (letter(blocks), "letter.pdf"), follow=True).text


def accepted(client: FlaskClient, authority: Authority) -> Inspection:
    """The one waiting report, recorded with every doubt settled as the reader saw it."""
    (review,) = queries.reviews_waiting(authority)
    decisions = {
        f"decide-{entry.path}": entry.choices[0].value if entry.choices else RIGHT
        for entry in checking.sheet_of(review).unsure
    }
    page = client.post(f"/brent/inspections/reviews/{review.id}/accept", data=decisions)
    assert page.status_code == 302
    (inspection,) = queries.inspections(authority)
    return inspection


@pytest.mark.parametrize("blocks", UNGRADED.values(), ids=UNGRADED)
def test_a_visit_that_gives_no_grades_says_so_and_is_recorded_with_none(
    qa_officer: FlaskClient, session: Session, brent: Authority, blocks: list[Any]
) -> None:
    page = read(qa_officer, blocks)

    inspection = accepted(qa_officer, brent)

    assert "Visits of this kind give no grades" in page
    assert "Add a judgement" not in page
    assert inspection.judgements == []
    assert "None given" in qa_officer.get("/brent/inspections").text


@pytest.mark.parametrize("blocks", UNGRADED.values(), ids=UNGRADED)
def test_a_grade_cannot_be_invented_for_it_by_hand(
    qa_officer: FlaskClient, session: Session, brent: Authority, blocks: list[Any]
) -> None:
    read(qa_officer, blocks)
    (review,) = queries.reviews_waiting(brent)
    judgement = {"area": "leadership", "label": "Leaders", "grade": "good"}
    commands.correct(review, path="judgements.new1", value=judgement)
    sheet, reading = checking.sheet_of(review), checking.reading_of(review)

    with pytest.raises(Refused, match="no such visit gives grades"):
        commands.check_framework(sheet, checking.framework_of(sheet, reading))


def test_findings_of_a_letter_stand_under_the_headings_they_were_printed_under(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    read(qa_officer, FOCUSED_VISIT)

    inspection = accepted(qa_officer, brent)
    page = qa_officer.get(f"/brent/inspections/{inspection.number}").text

    assert {paragraph.heading for paragraph in inspection.paragraphs} == {"Headline findings", "Main findings"}
    assert "Headline findings</h2>" in page
    assert "Before the first judgement" not in page


def test_a_priority_action_stands_with_the_body_that_answers_for_it(qa_officer: FlaskClient, session: Session) -> None:
    page = read(qa_officer, JOINT_INSPECTION)

    assert "Area for priority action, responsible: Integrated care board" in page
    assert "Area for priority action, responsible: Brent Council and the police" in page


def test_who_answers_for_a_priority_action_can_be_put_right(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    read(qa_officer, JOINT_INSPECTION)
    (review,) = queries.reviews_waiting(brent)
    url = f"/brent/inspections/reviews/{review.id}"
    assert 'value="Integrated care board"' in qa_officer.get(f"{url}?change=items.0").text

    page = qa_officer.post(
        f"{url}/change",
        data={"change": "items.0", "text": "As printed.", "finding_type": "priority_action", "responsible": "Police"},
        follow_redirects=True,
    )

    assert "responsible: Police" in page.text


def test_what_each_item_is_listed_as_stands_on_the_recorded_report(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    read(qa_officer, JOINT_INSPECTION)

    inspection = accepted(qa_officer, brent)
    page = qa_officer.get(f"/brent/inspections/{inspection.number}").text

    assert page.count("<small>Area for priority action</small>") == 2
    assert page.count("<small>What needs to improve</small>") == 1
    assert "For: Integrated care board" in page
    assert "Integrated care board" in qa_officer.get(f"/brent/items/{inspection.items[0].number}").text
    assert "Fieldwork <strong>12 to 16 June 2023</strong>" in page


def test_an_area_send_report_is_recorded_with_its_outcome_and_no_other_grade(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    page = read(qa_officer, AREA_SEND)

    inspection = accepted(qa_officer, brent)

    assert "Arrangements lead to inconsistent experiences and outcomes" in page
    assert [(one.area_code, one.grade_code) for one in inspection.judgements] == [("outcome", "inconsistent")]
    assert [item.finding_type for item in inspection.items] == ["area_for_improvement"] * 2
