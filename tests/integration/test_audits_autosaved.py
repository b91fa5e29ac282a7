"""A page that saves itself: what it is told, and that nothing of it is lost, halved or overwritten."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import given_audits
from tests.given_audits import GOOD, WEAK, WORST
from tracker.audits import commands
from tracker.audits.rules import AuditState
from tracker.people.models import Person

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def saves_itself(client: FlaskClient, saves: int, window: str = "", **typed: str) -> TestResponse:
    data = {"then": "autosave", "saves": str(saves), "finding": "new", "window": window, "version": "1"} | typed
    return client.post("/brent/audits/1/domains/plan", data=data)


def test_a_page_that_saves_itself_is_told_when_and_what_to_carry_on_with(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)

    answer = saves_itself(auditor, 0, seen="Reviewed twice", what="Half a fin")

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["fields"]["saves"] == 1
    assert answer.json["saved"] == "00:00"
    assert audit.domains[3].seen == "Reviewed twice"
    assert audit.findings == []  # a finding is raised by the button alone


def test_a_save_whose_answer_was_lost_does_not_stand_in_the_way_of_the_next(
    auditor: FlaskClient, amina: Person
) -> None:
    audit = given_audits.a_draft(auditor=amina)
    saves_itself(auditor, 0, "k3x:1", seen="Reviewed")

    again = saves_itself(auditor, 0, "k3x:2", seen="Reviewed twice")
    late = saves_itself(auditor, 0, "k3x:1", seen="Revie")

    assert (again.status_code, late.status_code) == (200, 409)
    assert audit.domains[3].seen == "Reviewed twice"


def test_a_second_window_is_told_and_overwrites_nothing(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    saves_itself(auditor, 0, "one:1", seen="First")

    answer = saves_itself(auditor, 0, "two:1", seen="Second")

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["conflict"]
    assert audit.domains[3].seen == "First"


def test_what_is_refused_is_said_and_changes_nothing(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)

    answer = saves_itself(auditor, 0, seen="Call him on NHS number 943 476 5919")

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["refused"]
    assert audit.domains[3].seen == ""


def test_the_whole_case_is_kept_before_it_is_finished(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    typed = {"then": "autosave", "version": str(audit.version), "strengths": "Frequent visits", "safety_action": ""}

    answer = auditor.post("/brent/audits/1/finish", data=typed)

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["fields"] == {"version": audit.version}
    assert (audit.state, audit.strengths) == (AuditState.DRAFT, "Frequent visits")
    assert "Frequent visits" in auditor.get("/brent/audits/1/finish").text


def test_a_moderators_page_saves_itself_too(moderator: FlaskClient, amina: Person, nadia: Person) -> None:
    audit = given_audits.an_audit(auditor=amina)
    commands.begin_moderation(audit, version=audit.version, by=nadia)

    typed = {"then": "autosave", "saves": "0", "grade": WEAK, "saw": "Drift"}
    answer = moderator.post("/brent/audits/1/moderate/domains/plan", data=typed)

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["fields"] == {"saves": 1}


def test_a_grade_that_means_danger_asks_at_once_what_was_done(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)

    by_itself = saves_itself(auditor, 0, grade=WORST)
    by_button = auditor.post(
        "/brent/audits/1/domains/plan", data={"saves": "1", "finding": "new", "grade": WORST, "version": "1"}
    )

    assert by_itself.json is not None
    assert by_itself.json["asks"]
    assert by_button.location == "/brent/audits/1?domain=plan#safety_action"
    assert "say below what was done at once" in auditor.get("/brent/audits/1?domain=plan").text
    said = {"saves": "2", "finding": "new", "grade": WORST, "version": str(audit.version)}
    then = auditor.post("/brent/audits/1/domains/plan", data=said | {"safety_action": "Seen the same day"})
    assert then.location == "/brent/audits/1?domain=visits"
    assert audit.safety_action == "Seen the same day"


def test_what_the_practitioner_said_is_kept_and_can_come_later(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(GOOD, auditor=amina)

    auditor.post(
        "/brent/audits/1/feedback",
        data={
            "version": str(audit.version),
            "family_feedback": "Not yet",
            "practitioner_said": "I had not seen how long the gap was",
        },
    )

    assert "I had not seen how long the gap was" in auditor.get("/brent/audits/1").text
