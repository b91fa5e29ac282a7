"""Inspections: what is recorded of a report once a person has decided, the list of them, and what runs from one."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given, given_inspections
from tests.given_inspections import a_full_reading
from tests.queries_counted import at_most
from tracker.improvements import commands as improvements
from tracker.improvements import queries as items
from tracker.improvements.rules import Decision, MappedTo
from tracker.inspections import commands
from tracker.inspections.checking import queries as checking
from tracker.inspections.models import Inspection, Review
from tracker.inspections.rules import ReviewState
from tracker.people.models import Authority
from tracker.platform.errors import Refused

TODAY = date(2026, 11, 20)


def recorded(review: Review) -> Inspection:
    commands.decide(review, decisions={"items.0.national.0": "NF-SAFE", "activity": "short"})
    return improvements.record(review, by=None, today=TODAY)


def test_nothing_unsure_is_recorded_without_a_person(session: Session) -> None:
    review = given_inspections.a_review(a_full_reading())

    with pytest.raises(Refused, match="2 things are still to check, first: National framework outcome for item 1"):
        improvements.record(review, by=None, today=TODAY)

    assert session.scalar(select(func.count()).select_from(Inspection)) == 0


def test_an_accepted_report_is_recorded_whole(session: Session, brent: Authority) -> None:
    review = given_inspections.a_review(a_full_reading())

    inspection = recorded(review)

    assert review.state is ReviewState.RECORDED
    assert inspection.reference == "R-1"
    assert [(one.area_code, one.grade_code) for one in inspection.judgements] == [
        ("leadership", "good"),
        ("help_protection", "requires_improvement"),
    ]
    assert [one.printed_number for one in inspection.paragraphs] == [1, 2]
    first, second = items.items_of(inspection)
    assert first.wording == "The response to missing children. (Outcome 2, national framework)"
    assert (first.title, first.source_page) == ("Response to missing children", 2)
    assert [one.key for one in items.national_of(first)] == ["NF-SAFE"]
    assert second.mappings[0].decision is Decision.SUGGESTED


def test_a_person_who_decided_otherwise_than_the_reader_is_believed(session: Session) -> None:
    review = given_inspections.a_review(a_full_reading())
    commands.decide(review, decisions={"items.0.national.0": "NF-FAMNET", "activity": "short"})

    inspection = improvements.record(review, by=None, today=TODAY)

    first = items.items_of(inspection)[0]
    assert [tie.code for tie in first.mappings if tie.to is MappedTo.NATIONAL] == ["NF-FAMNET"]


def test_the_same_file_is_one_inspection(session: Session, brent: Authority) -> None:
    reading = a_full_reading()
    inspection = recorded(given_inspections.a_review(reading))
    again = given_inspections.a_review(reading)

    assert commands.known_file(brent, reading.sha256) == commands.Kept(inspection=inspection, known=True)
    with pytest.raises(Refused, match="recorded already"):
        recorded(again)


def test_a_report_about_another_authority_is_something_to_check(session: Session) -> None:
    review = given_inspections.a_review(given_inspections.a_reading(authority="Harrow"))

    with pytest.raises(Refused, match="still to check, first: Authority"):
        improvements.record(review, by=None, today=TODAY)

    doubt = checking.sheet_of(review).unsure[0].doubt
    assert doubt == (
        "The report says it is about Harrow; you are signed in to Brent. Record it only if it is about Brent."
    )


def test_the_framework_follows_the_fieldwork_dates_as_they_were_put_right(session: Session) -> None:
    review = given_inspections.a_review(given_inspections.a_reading())
    value = {"from": "2025-03-03", "to": "2025-03-07", "printed": "3 to 7 March 2025"}

    commands.correct(review, path="dates", value=value)

    assert improvements.record(review, by=None, today=TODAY).framework_id == "ilacs-2023"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("dates", {"from": "2026-05-01", "to": "2026-04-27"}, "ends before it begins"),
        ("published", {"value": "2026-04-01"}, "published before the fieldwork ended"),
        (
            "judgements.new1",
            {"area": "leadership", "label": "Again", "grade": "good"},
            "Two judgements are of the same area",
        ),
        (
            "judgements.new1",
            {"area": "overall", "label": "Overall", "grade": "good"},
            "has no judgement or grade like “Overall”",
        ),
        ("items.new1", {"text": " ", "type": "needs_to_improve"}, "has no words"),
        ("activity", {"value": None}, "what kind of inspection"),
    ],
)
def test_what_cannot_be_so_is_not_recorded(session: Session, path: str, value: dict[str, str], sentence: str) -> None:
    review = given_inspections.a_review()
    commands.correct(review, path=path, value=value)

    with pytest.raises(Refused, match=sentence):
        improvements.record(review, by=None, today=TODAY)


def test_an_item_can_be_added_changed_taken_out_and_put_back(session: Session) -> None:
    review = given_inspections.a_review(a_full_reading())

    commands.correct(review, path="items.1", value={"text": "Supervision.", "type": "needs_to_improve"})
    commands.correct(review, path="items.new1", value={"text": "Missed by the reader.", "type": "needs_to_improve"})
    commands.correct(review, path="items.0", value=None)
    after = [entry["text"] for entry in checking.sheet_of(review).of("items")]
    commands.put_back(review, path="items.0")

    assert after == ["Supervision.", "Missed by the reader."]
    assert len(checking.sheet_of(review).of("items")) == 3


def test_an_item_that_was_taken_out_takes_its_doubt_with_it(session: Session) -> None:
    review = given_inspections.a_review(a_full_reading())

    commands.correct(review, path="items.0", value=None)

    assert [entry.path for entry in checking.sheet_of(review).unsure] == ["activity"]


def test_a_discarded_report_cannot_be_recorded(session: Session) -> None:
    review = given_inspections.a_review()
    commands.discard(review)

    with pytest.raises(Refused, match="was discarded"):
        improvements.record(review, by=None, today=TODAY)


def test_the_list_shows_grades_across_frameworks_and_what_waits(
    director: FlaskClient, session: Session, brent: Authority
) -> None:
    given.an_inspection(
        authority=brent,
        framework_id="ilacs-2018",
        fieldwork_from=date(2018, 5, 14),
        fieldwork_to=date(2018, 5, 25),
        published_on=date(2018, 7, 2),
        grades={"leadership": "good", "children_in_care_and_care_leavers": "outstanding", "overall": "good"},
    )
    inspection = given.an_inspection(authority=brent, grades={"leadership": "good", "care_leavers": "good"})
    given.an_item(inspection=inspection)
    given_inspections.a_review(authority=brent)
    session.commit()

    page = director.get("/brent/inspections").text

    assert "Waiting to be checked (1)" in page
    assert "joint with children in care" in page
    assert "no overall grade" in page
    assert "1 item" in page


def test_the_list_asks_the_database_no_more_for_more_reports(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    for year in range(2010, 2026):
        inspection = given.an_inspection(
            authority=brent, fieldwork_from=date(year, 5, 1), grades={"leadership": "good"}
        )
        given.an_item(inspection=inspection)
    session.commit()

    with at_most(11):
        qa_officer.get("/brent/inspections")


def test_deadlines_run_from_the_day_the_report_was_received(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    inspection = given.an_inspection(authority=brent)
    session.commit()

    page = qa_officer.post(
        f"/brent/inspections/{inspection.number}/dates",
        data={"published_on": "17 June 2026", "received_on": "3 June 2026"},
        follow_redirects=True,
    )

    card = page.text.partition("Statutory clock</h2>")[2]
    assert "Publish the report" in card
    assert "15 July 2026" in card


def test_a_report_cannot_be_received_before_the_fieldwork_ended(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    inspection = given.an_inspection(authority=brent)
    session.commit()

    page = qa_officer.post(f"/brent/inspections/{inspection.number}/dates", data={"received_on": "3 April 2026"})

    assert page.status_code == 422
    assert "not received before the fieldwork ended" in page.text
