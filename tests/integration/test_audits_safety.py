"""A grade that means that a child may not be safe is passed up the same day, once, and stands until it is answered."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import given, given_audits
from tests.conftest import signed_in
from tests.given_audits import GOOD, WORST
from tracker.audits import commands
from tracker.audits.rules import Given
from tracker.audits.safety import queries
from tracker.audits.safety.rules import SETTLES_AFTER, EscalationState
from tracker.improvements.commands import set_area_owner
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db
from tracker.reminders import safety as mails
from tracker.reminders.models import ReminderLetter

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


@pytest.fixture
def dana(brent: Authority) -> Person:
    return given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR)


def test_it_tops_my_work_of_those_who_answer_until_one_of_them_has(
    app: Flask, amina: Person, brent: Authority, dana: Person
) -> None:
    samira = given.a_person(name="Samira Okafor", authority=brent, role=Role.HEAD_OF_SERVICE)
    director, head, auditor = (signed_in(app, each) for each in (dana, samira, amina))
    audit = given_audits.a_draft(auditor=amina)
    given_audits.graded(audit, "plan", WORST)

    for client in (director, head):
        assert "Say what you have done about Q-1" in client.get("/brent/").text
    assert "Say what you have done" not in auditor.get("/brent/").text
    assert auditor.get("/brent/audits/1/safety").status_code == 403
    page = director.get("/brent/audits/1/safety")
    assert "Nothing recorded yet" in page.text
    assert director.post("/brent/audits/1/safety", data={"version": "1", "said": " "}).status_code == 422
    answered = {"version": "1", "said": "Went to the team and read the record"}
    assert director.post("/brent/audits/1/safety", data=answered).location == "/brent/audits/1"

    assert "Say what you have done" not in head.get("/brent/").text
    assert "Went to the team and read the record" in head.get("/brent/audits/1").text
    assert "Dana Whitfield has answered Q-1 already" in head.post("/brent/audits/1/safety", data=answered).text


def test_a_slip_that_is_put_right_alarms_nobody(amina: Person, dana: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    given_audits.graded(audit, "plan", WORST)
    given_audits.graded(audit, "plan", GOOD)

    escalation = queries.of_audit(audit)

    assert escalation is not None
    assert escalation.state is EscalationState.WITHDRAWN
    assert mails.tell(audit.authority, now=clock.now() + SETTLES_AFTER) == []


def test_a_moderators_low_grade_is_passed_up_before_the_auditor_has_graded(amina: Person, nadia: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    commands.begin_moderation(audit, version=audit.version, by=nadia)

    commands.moderate_domain(audit, "plan", saves=0, given=Given(WORST), by=nadia)

    escalation = queries.of_audit(audit)
    assert escalation is not None
    assert escalation.state is EscalationState.OPEN
    assert not audit.is_flagged  # the auditor is not told what the moderator thinks


def test_the_mail_goes_once_at_any_hour_and_says_nothing_of_the_case(
    app: Flask, brent: Authority, amina: Person, dana: Person
) -> None:
    audit = given_audits.a_draft(auditor=amina)
    given_audits.graded(audit, "plan", WORST, seen="Drift since May")
    sunday_night = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert mails.tell(brent, now=clock.now() + timedelta(minutes=1)) == []
    letters = mails.tell(brent, now=sunday_night)
    assert mails.tell(brent, now=sunday_night + timedelta(hours=1)) == []

    assert [letter.person for letter in letters] == [dana]
    assert "/brent/audits/1/safety" in letters[0].text
    assert not any(word in letters[0].text + letters[0].html for word in ("Drift", "BR-4471"))
    assert len(db.session.scalars(select(ReminderLetter)).all()) == 1


def test_the_head_who_answers_for_the_area_is_told_and_other_heads_are_not(
    app: Flask, brent: Authority, amina: Person, dana: Person, head_of_service: FlaskClient
) -> None:
    owner = given.a_person(name="Helen Marsh", authority=brent, role=Role.HEAD_OF_SERVICE)
    set_area_owner(brent, area_code="help_protection", person=owner)
    audit = given_audits.a_draft(auditor=amina)
    given_audits.graded(audit, "plan", WORST)

    assert {each.person for each in queries.told(audit)} == {dana, owner}
    assert "Say what you have done" in signed_in(app, owner).get("/brent/").text
    assert "Say what you have done" not in head_of_service.get("/brent/").text
