"""The review of what was read of a report through its pages: each entry checked, put right and accepted."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_inspections
from tests.given_inspections import a_full_reading
from tracker.inspections import queries
from tracker.inspections.checking import queries as checking
from tracker.inspections.reading.readings import Doubt
from tracker.people.models import Authority


def test_the_review_page_shows_what_is_unsure_first_with_its_page(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()

    page = qa_officer.get(f"/brent/inspections/reviews/{review.id}")

    assert "To check (2)" in page.text
    assert "Page 2 of 12" in page.text
    assert "Safe in and outside of their homes (2 now, 3 before)".replace("Safe", "Children are safe") in page.text
    assert '<rect class="box" x="84.0" y="98.0"' in page.text


def test_a_doubt_on_another_page_brings_its_part_of_that_page_with_it(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()
    url = f"/brent/inspections/reviews/{review.id}"

    here, elsewhere = qa_officer.get(f"{url}?page=2").text, qa_officer.get(f"{url}?page=1").text

    assert "app-excerpt" not in here
    assert elsewhere.count("app-excerpt") == 1
    assert f'<image href="{url}/pages/2.png"' in elsewhere
    assert 'viewBox="72.0 72.0 480.0 115.0"' in elsewhere


def test_what_was_read_without_doubt_is_pointed_at_on_its_page(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()

    page = qa_officer.get(f"/brent/inspections/reviews/{review.id}?page=2&show=items.1").text

    assert page.count('<rect class="box" x="84.0" y="98.0"') == 1
    assert ">•</text>" in page


def test_accepting_with_something_undecided_says_so_and_keeps_the_choice_made(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()

    page = qa_officer.post(f"/brent/inspections/reviews/{review.id}/accept", data={"decide-activity": "short"})

    assert page.status_code == 422
    assert "One thing is still to check, first: National framework outcome for item 1" in page.text
    assert queries.reviews_waiting(brent)[0].corrections == {}


def test_accepting_records_the_inspection_and_opens_it(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()

    page = qa_officer.post(
        f"/brent/inspections/reviews/{review.id}/accept",
        data={"decide-activity": "short", "decide-items.0.national.0": "NF-SAFE"},
        follow_redirects=True,
    )

    assert "R-1 is recorded with 2 items" in page.text
    assert "The response to missing children." in page.text
    assert 'id="p2"' in page.text
    again = qa_officer.get(f"/brent/inspections/reviews/{review.id}")
    assert again.location == "/brent/inspections/1"


def test_what_was_decided_is_kept_for_later(qa_officer: FlaskClient, session: Session, brent: Authority) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()

    qa_officer.post(f"/brent/inspections/reviews/{review.id}/decide", data={"decide-activity": "short"})

    page = qa_officer.get(f"/brent/inspections/reviews/{review.id}")
    assert "To check (1)" in page.text


@pytest.mark.parametrize(
    "path",
    ["items.0", "items.new", "judgements.0", "paragraphs.1", "paragraphs.new", "dates", "authority", "activity",
     "published", "received", "lead_inspector", "title", "items.0.national.0", "nonsense"],
)  # fmt: skip
def test_every_entry_has_a_form_without_script(
    qa_officer: FlaskClient, session: Session, brent: Authority, path: str
) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()

    page = qa_officer.get(f"/brent/inspections/reviews/{review.id}?change={path}")

    assert page.status_code == 200
    assert ('id="change-title"' in page.text) is (path != "nonsense")


def test_an_entry_is_put_right_in_its_own_form(qa_officer: FlaskClient, session: Session, brent: Authority) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()
    change = f"/brent/inspections/reviews/{review.id}/change"

    refused = qa_officer.post(change, data={"change": "dates", "begin": "soon", "end": "1 May 2026"})
    saved = qa_officer.post(change, data={"change": "dates", "begin": "28 April 2026", "end": "1 May 2026"})
    added = qa_officer.post(
        change, data={"change": "items.new", "text": "One more.", "finding_type": "needs_to_improve"}
    )

    assert refused.status_code == 422
    assert "must be a real date" in refused.text
    assert (saved.status_code, added.status_code) == (302, 302)
    sheet = checking.sheet_of(queries.reviews_waiting(brent)[0])
    assert sheet.day("dates", "from") == date(2026, 4, 28)
    assert [entry["text"] for entry in sheet.of("items")][-1] == "One more."


def test_a_paragraph_is_put_right_and_the_reading_stays_beside_it(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    review = given_inspections.a_review(a_full_reading(), authority=brent)
    session.commit()
    url = f"/brent/inspections/reviews/{review.id}"
    assert 'value="2"' in qa_officer.get(f"{url}?change=paragraphs.1").text

    page = qa_officer.post(
        f"{url}/change",
        data={"change": "paragraphs.1", "number": "3", "area": "leadership", "text": "As printed."},
        follow_redirects=True,
    )

    assert "Put right by hand" in page.text
    entry = checking.sheet_of(queries.reviews_waiting(brent)[0]).one("paragraphs.1")
    assert entry is not None
    assert (entry["number"], entry["text"]) == (3, "As printed.")
    assert (entry.read or {})["number"] == 2


def test_a_doubt_about_the_whole_report_must_be_looked_at(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    doubt = Doubt("Paragraph 12 is followed by 14.", 5)
    review = given_inspections.a_review(given_inspections.a_reading(doubts=(doubt,)), authority=brent)
    session.commit()
    accept = f"/brent/inspections/reviews/{review.id}/accept"

    first = qa_officer.post(accept)
    second = qa_officer.post(accept, data={"decide-doubts.0": "right"})

    assert (first.status_code, second.status_code) == (422, 302)


def test_only_those_who_import_reports_see_a_review(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    review = given_inspections.a_review(authority=brent)
    session.commit()

    assert head_of_service.get(f"/brent/inspections/reviews/{review.id}").status_code == 403
    assert head_of_service.post("/brent/inspections").status_code == 403


def test_a_review_of_another_authority_is_not_found(qa_officer: FlaskClient, session: Session) -> None:
    review = given_inspections.a_review(authority=given.an_authority(slug="harrow", name="Harrow"))
    session.commit()

    assert qa_officer.get(f"/brent/inspections/reviews/{review.id}").status_code == 404
    assert qa_officer.post(f"/brent/inspections/reviews/{review.id}/accept").status_code == 404
