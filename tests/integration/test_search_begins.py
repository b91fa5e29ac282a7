"""What a search begins with: what the work is led by before single papers, things by hurried references, colleagues."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import given, given_audits, given_evidence, given_indicators, given_self_evaluation
from tests.conftest import signed_in
from tracker.people.models import Authority
from tracker.people.rules import Role


def found(client: FlaskClient, words: str) -> list[str]:
    answer = client.get("/brent/api/search", query_string={"q": words}).json
    assert answer is not None
    return [one["reference"] for one in answer["results"]]


def test_of_titles_that_answer_alike_single_audits_come_after_what_the_work_is_led_by(
    director: FlaskClient, brent: Authority
) -> None:
    item = given.an_item(authority=brent, title="Care proceedings and the pre-proceedings stage")
    given.an_action(item=item, title="Pre-proceedings tracker shows the date of each decision")
    given_evidence.evidence(item=item, title="Children in pre-proceedings on the day the plan began")
    given_indicators.a_measure(name="Letter of pre-proceedings to decision within 16 weeks")
    given_self_evaluation.a_statement("It is better.", title="Pre-proceedings")
    for _ in range(21):
        given_audits.an_audit(programme="Pre-proceedings")
    given_evidence.evidence(item=item, title="Minutes", shows="The panel also spoke about pre-proceedings, and more")

    listed = found(director, "pre-proceedings")

    assert set(listed[:5]) == {"I-1", "A-1", "E-1", "M-1", "S-1"}
    assert all(reference.startswith("Q-") for reference in listed[5:])


@pytest.mark.parametrize("typed", ["A20", "a20", "a-20", "A 20", "a–20", " a - 20 "])
def test_a_reference_needs_no_hyphen(director: FlaskClient, typed: str) -> None:
    assert director.get("/brent/search/", query_string={"q": typed}).location == "/brent/actions/20"


@pytest.mark.parametrize("typed", ["HP16", "20", "A20 plans", "A"])
def test_what_is_no_reference_is_searched_for(director: FlaskClient, typed: str) -> None:
    assert director.get("/brent/search/", query_string={"q": typed}).status_code == 200


def test_a_colleague_is_found_by_name_and_leads_to_what_she_has(director: FlaskClient, brent: Authority) -> None:
    tom = given.a_person(authority=brent, name="Tom Ferris", role=Role.ACTION_LEAD)
    given.an_action(lead=tom, title="Review of plans")

    for typed in ("Tom Ferris", "ferris", "ferr tom"):
        page = director.get("/brent/search/", query_string={"q": typed}).text
        assert f'<a class="govuk-link" href="/brent/plan?who={tom.id}">What Tom Ferris leads or owns' in page
        assert "What Tom Ferris has in hand" in page
        assert "Nothing has “" not in page
    assert "Review of plans" in director.get(f"/brent/plan?who={tom.id}").text


@pytest.mark.parametrize("typed", ["erris", "Tom plans", '"Tom Ferris"', "%", "_", "t"])
def test_what_begins_no_part_of_a_name_finds_nobody(director: FlaskClient, brent: Authority, typed: str) -> None:
    given.a_person(authority=brent, name="Tom Ferris")

    assert "Tom Ferris leads" not in director.get("/brent/search/", query_string={"q": typed}).text


def test_nobody_is_found_elsewhere_nor_by_those_to_whom_no_page_about_her_is_open(
    app: Flask, director: FlaskClient, brent: Authority
) -> None:
    given.a_person(authority=given.an_authority(slug="camden", name="Camden"), name="Ann Elsewhere")
    given.a_person(authority=brent, name="Tom Ferris")
    auditor = signed_in(app, given.a_person(authority=brent, role=Role.AUDITOR))
    lead = signed_in(app, given.a_person(authority=brent, role=Role.ACTION_LEAD))

    assert "colleague of this name" not in director.get("/brent/search/?q=Elsewhere").text
    assert "colleague of this name" not in auditor.get("/brent/search/?q=Ferris").text
    leads = lead.get("/brent/search/?q=Ferris").text
    assert "What Tom Ferris leads or owns in the plan" in leads
    assert "has in hand" not in leads
