"""When a day, an hour or an owner changes, whoever it moves something for is told once, by mail, on record."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tests.given_fieldwork import a_request
from tests.queries_counted import at_most
from tracker.fieldwork import jobs, moving
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork, Told
from tracker.fieldwork.plan.rules import MeetingKind
from tracker.fieldwork.rules import RunsFrom
from tracker.fieldwork.timetable import commands as timetable
from tracker.fieldwork.timetable.models import Meeting
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.errors import Refused
from tracker.reminders import commands as reminders
from tracker.reminders.models import ReminderLetter
from tracker.reminders.rules import Choice

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR))


def a_meeting(fieldwork: Fieldwork, owner: Person | None, *also: Person) -> Meeting:
    said = timetable.Said(
        name="Feedback", kind=MeetingKind.OTHER, day=date(2026, 11, 27), starts_at=time(15), minutes=30,
        where_held="", others="", owner=owner, at_it=also,
    )  # fmt: skip
    meeting = timetable.add(fieldwork, said)
    meeting.runs_from = RunsFrom.LAST_DAY
    return meeting


def a_document(fieldwork: Fieldwork, owner: Person | None) -> Document:
    document = checklist.add(fieldwork, name="Rotas", due_on=date(2026, 11, 23), owner=owner, note="")
    document.runs_from = RunsFrom.FIRST_DAY
    return document


def told(session: Session) -> dict[str, str]:
    return {one.person.name: one.words for one in session.scalars(select(Told))}


def mailed(session: Session) -> dict[str, str]:
    letters = session.scalars(select(ReminderLetter).where(ReminderLetter.about_id.in_(select(Told.id))))
    return {one.person.name: one.text for one in letters}


def move_by_a_day(page: FlaskClient) -> None:
    dates = {
        "version": "1", "called_on": "16 November 2026", "called_at": "9:40", "remote_from": "16 November 2026",
        "first_day": "24 November 2026", "last_day": "30 November 2026", "lead_inspector": "A. Lead",
        "reason": "They asked",
    }  # fmt: skip
    shown = page.post("/brent/fieldwork/1/dates", data=dates).text
    seen = shown.partition('name="seen" value="')[2].partition('"')[0].replace("&#39;", "'")
    assert page.post("/brent/fieldwork/1/dates", data=dates | {"seen": seen}).status_code == 302


def test_dates_that_move_are_told_to_each_who_has_something_of_it_and_to_nobody_else(
    page: FlaskClient, fieldwork: Fieldwork, priya: Person, amina: Person, session: Session
) -> None:
    a_meeting(fieldwork, priya, amina)
    a_document(fieldwork, amina)
    given.a_person(name="Has Nothing", authority=fieldwork.authority, role=Role.QA_OFFICER)
    session.commit()

    move_by_a_day(page)

    feedback = (
        "“Feedback” moved: Monday 30 November 2026, 15:00 to 15:30. It was Friday 27 November 2026, 15:00 to 15:30."
    )
    rotas = "“Rotas” moved: due Tuesday 24 November 2026. It was due Monday 23 November 2026."
    assert told(session) == {"Priya Raman": feedback, "Amina Yusuf": f"{feedback} {rotas}"}
    assert feedback in mailed(session)["Priya Raman"]
    assert rotas in mailed(session)["Amina Yusuf"]
    on_record = page.get("/brent/fieldwork/1").text
    assert "Who was told what moved" in on_record
    assert "It was due Monday 23 November 2026." in on_record


def test_the_mail_is_one_however_often_the_job_runs(
    fieldwork: Fieldwork, priya: Person, amina: Person, session: Session
) -> None:
    meeting = a_meeting(fieldwork, priya)
    with moving.told(fieldwork, by=amina, at=NOW):
        timetable.call_off(meeting, because="Ill", version=meeting.version)
    kept = session.scalars(select(Told)).one()

    for _ in range(3):
        jobs.tell_moved({"told": str(kept.id)})

    assert kept.words == "“Feedback” of Friday 27 November 2026, 15:00 to 15:30 is no longer on."
    assert len(session.scalars(select(ReminderLetter)).all()) == 1


def test_who_made_the_change_knows_and_who_wants_no_such_mail_gets_none_but_is_on_record(
    page: FlaskClient, fieldwork: Fieldwork, priya: Person, amina: Person, session: Session, app: Flask
) -> None:
    meeting = a_meeting(fieldwork, priya, amina)
    reminders.choose(fieldwork.authority, priya, choice=Choice(week=False), version=0)
    session.commit()
    change = {
        "version": str(meeting.version), "name": "Feedback", "kind": "other", "day": "27 November 2026",
        "starts_at": "16:00", "minutes": "30", "owner": str(priya.id), "at_it": [str(amina.id)],
    }  # fmt: skip

    signed_in(app, amina).post(f"/brent/fieldwork/1/timetable/meetings/{meeting.id}/change", data=change)

    assert list(told(session)) == ["Priya Raman"]
    assert mailed(session) == {}
    assert "No mail was written" in page.get("/brent/fieldwork/1").text


def test_a_new_owner_is_told_that_it_is_hers_and_the_old_one_that_it_is_not(
    page: FlaskClient, fieldwork: Fieldwork, priya: Person, amina: Person, session: Session
) -> None:
    document = a_document(fieldwork, priya)
    session.commit()
    said = {"version": str(document.version), "name": "Rotas", "due_on": "23 November 2026", "owner": str(amina.id)}

    page.post(f"/brent/fieldwork/1/documents/{document.id}", data=said)

    assert told(session) == {
        "Priya Raman": "“Rotas” is no longer yours.",
        "Amina Yusuf": "“Rotas” is yours now: due Monday 23 November 2026.",
    }


def test_a_request_that_is_due_at_another_time_is_told_to_who_sees_to_it(
    page: FlaskClient, fieldwork: Fieldwork, priya: Person, session: Session
) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        request = a_request(fieldwork, due_at=datetime(2026, 11, 23, 9, tzinfo=UTC), owner=priya)
    session.commit()
    said = {
        "version": str(request.version), "sort": "Request", "words": request.words, "asked_by": "A. Lead",
        "asked_on": "16 November 2026", "asked_at": "9:40", "due_on": "23 November 2026", "due_at": "12:00",
        "owner": str(priya.id),
    }  # fmt: skip

    page.post("/brent/requests/1/change", data=said)

    assert told(session) == {
        "Priya Raman": "H-1 moved: due Monday 23 November 2026, 12:00. It was due Monday 23 November 2026, 9:00."
    }


def test_what_is_refused_is_told_to_nobody(
    fieldwork: Fieldwork, priya: Person, amina: Person, session: Session
) -> None:
    meeting = a_meeting(fieldwork, priya)

    with pytest.raises(Refused), moving.told(fieldwork, by=amina, at=NOW):
        timetable.call_off(meeting, because="", version=meeting.version)

    assert told(session) == {}


def test_a_long_list_of_changes_is_cut_in_the_mail(
    fieldwork: Fieldwork, priya: Person, amina: Person, session: Session
) -> None:
    with moving.told(fieldwork, by=amina, at=NOW):
        for _ in range(20):
            a_document(fieldwork, priya)

    assert told(session)["Priya Raman"].endswith("And 8 more.")


def test_looking_what_moves_costs_the_same_however_many_meetings_there_are(fieldwork: Fieldwork, priya: Person) -> None:
    meetings = [a_meeting(fieldwork, priya) for _ in range(20)]

    with at_most(14), moving.told(fieldwork, by=priya, at=NOW):
        timetable.call_off(meetings[0], because="Ill", version=meetings[0].version)
