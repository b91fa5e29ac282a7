"""No form of any room keeps a number or a date that says who a child is."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests import given, given_actions, given_audits, given_evidence, given_indicators, given_self_evaluation
from tests.conftest import signed_in
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role

SAID = "She, born on 4 March 2015, is 943 476 5919"
REFUSED = (
    "This looks like a date of birth: born on 4 March 2015. Take it out; give an age band. "
    "This looks like an NHS number: 943 476 5919. Take it out; use the case reference."
)

Asked = tuple[str, dict[str, Any]]
"""An address, and what is posted there."""


def signed_in_person() -> Person:
    return next(each.person for each in people.colleagues(given.an_authority()) if each.person.name == "Samira Okafor")


def an_update() -> Asked:
    action = given.an_action(lead=signed_in_person())
    said = {"version": action.version, "now": "On track", "due_on": f"{action.due_on:%-d %B %Y}", "done": SAID}
    return "actions/1/update", said


def an_update_on_my_work() -> Asked:
    return "my-work/1", an_update()[1]


def a_difference() -> Asked:
    action = given_actions.a_delivered_action(lead=signed_in_person())
    return "actions/1/difference", {"version": action.version, "difference": SAID}


def an_action() -> Asked:
    given.an_item()
    return "items/1/actions/new", {"title": SAID, "lead": str(signed_in_person().id), "due_on": "4 March 2027"}


def an_appraisal() -> Asked:
    given.an_item()
    return "items/1/appraise", {"worried_about": SAID, "scale": "4", "aim": "6"}


def a_withdrawal() -> Asked:
    kept = given_evidence.evidence()
    return "evidence/1/withdraw", {"version": kept.version, "reason": SAID}


def a_corrected_figure() -> Asked:
    given_indicators.a_measure(figures=(60,))
    return "measures/1/record", {"period": "2026-11-30", "value": "61", "reason": SAID}


def a_statement() -> Asked:
    statement = given_self_evaluation.a_statement(author=signed_in_person())
    said = {"title": statement.title, "question": statement.question.value, "version": statement.version, "text": SAID}
    return "statements/1/write", said


@pytest.fixture
def samira(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Samira Okafor", authority=brent, role=Role.HEAD_OF_SERVICE))


@pytest.mark.parametrize(
    "form",
    [
        an_update, an_update_on_my_work, a_difference, an_action, an_appraisal, a_withdrawal, a_corrected_figure,
        a_statement,
    ],
)  # fmt: skip
def test_what_says_who_a_child_is_is_named_and_not_kept(samira: FlaskClient, form: Callable[[], Asked]) -> None:
    address, posted = form()

    answer = samira.post(f"/brent/{address}", data=posted)

    assert answer.status_code == 422
    errors = BeautifulSoup(answer.text, "html.parser").select(".govuk-error-summary li")
    assert [one.get_text(strip=True) for one in errors] == [REFUSED]
    assert SAID in answer.text


def test_an_auditors_and_a_moderators_words_name_no_child(app: Flask, brent: Authority) -> None:
    amina, nadia = given_audits.a_qa_officer("Amina Yusuf"), given_audits.a_qa_officer("Nadia Coyle")
    given_audits.a_draft(auditor=amina)

    answer = signed_in(app, amina).post("/brent/audits/1/domains/plan", data={"saves": "0", "what": SAID})
    signed_in(app, nadia).post("/brent/audits/1/moderate/begin", data={"version": "1"})
    moderated = signed_in(app, nadia).post("/brent/audits/1/moderate/domains/plan", data={"saves": "0", "saw": SAID})

    assert (answer.status_code, moderated.status_code) == (422, 422)
    assert REFUSED in answer.text
    assert REFUSED in moderated.text
