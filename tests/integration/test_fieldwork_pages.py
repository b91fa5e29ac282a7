"""The week of an inspection through its pages: played from the call on, every form of it, and who may not read it."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import given, given_evidence
from tests.conftest import signed_in
from tests.given_fieldwork import DATES, begun
from tests.given_fieldwork import dana as dana  # a fixture
from tests.queries_counted import at_most
from tracker.fieldwork.afterwards import queries as reports
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import queries as of_week
from tracker.fieldwork.plan import queries as lines
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.db import db


def test_the_week_is_played_through_its_pages(app: Flask, dana: Person) -> None:
    page = signed_in(app, dana)
    asked = {
        "sort": "A rehearsal",
        "activity": "short",
        "called_on": "7 September 2026",
        "called_at": "9:40",
        "lead_inspector": "Morwenna Tallis",
        "remote_from": "8 September 2026",
        "first_day": "14 September 2026",
        "last_day": "18 September 2026",
    }
    wrong = page.post("/brent/fieldwork/start", data=asked | {"called_at": "25:00", "last_day": "1 September 2026"})
    assert wrong.status_code == 422
    assert "must be a time of day" in wrong.text
    page.post("/brent/fieldwork/start", data=asked)

    moved = {**asked, "last_day": "21 September 2026", "version": "1", "reason": "They asked"}
    shown = page.post("/brent/fieldwork/1/dates", data=moved)
    assert "Feedback at the end moves from Friday 18 September to Monday 21 September 2026" in shown.text
    assert db.session.scalars(select(Fieldwork.last_day)).one() == DATES.last_day
    found = re.search(r'name="seen" value="([^"]+)"', shown.text)
    assert found is not None
    seen = found[1].replace("&#39;", "'")
    unseen = page.post("/brent/fieldwork/1/dates", data=moved | {"last_day": "22 September 2026", "seen": seen})
    assert "Nothing is saved yet" in unseen.text
    assert page.post("/brent/fieldwork/1/dates", data=moved | {"seen": seen}).status_code == 302
    assert db.session.scalars(select(Fieldwork.last_day)).one() == date(2026, 9, 21)

    with at_most(18):
        assert "This is practice" in page.get("/brent/fieldwork/1").text
    for part in (
        "timetable",
        "timetable/days/2026-09-14",
        "documents",
        "notes",
        "afterwards",
        "timetable/new",
        "dates",
    ):
        assert "This is practice" in page.get(f"/brent/fieldwork/1/{part}").text
    calendar = page.get("/brent/fieldwork/1/timetable/calendar.ics").text
    assert "SUMMARY:Rehearsal: Feedback at the end" in calendar
    assert page.get("/brent/fieldwork/1/timetable/days/tomorrow").status_code == 404


def test_every_form_of_the_week_opens_keeps_what_is_said_and_refuses_in_words(app: Flask, dana: Person) -> None:
    page, fieldwork = signed_in(app, dana), begun(dana)
    piece = given_evidence.evidence(authority=fieldwork.authority)
    week = "/brent/fieldwork/1"
    meeting = {
        "name": "Partners",
        "kind": "interview",
        "day": "15 September 2026",
        "starts_at": "9.30",
        "minutes": "45",
        "owner": str(dana.id),
        "version": "0",
    }
    assert page.get(f"{week}/timetable/new").status_code == 200
    assert "Lasts must be" in page.post(f"{week}/timetable/new", data=meeting | {"minutes": "long"}).text
    there = page.post(f"{week}/timetable/new", data=meeting).location
    assert "No such" not in page.get(there).text
    version = {"version": "1"}
    assert "There is no such thing here" in page.post(f"{there}/briefing", data=version | {"reference": "P-99"}).text
    page.post(f"{there}/briefing", data=version | {"reference": piece.reference})
    assert piece.title in page.get(there).text
    page.post(f"{there}/briefing/take-out", data={"reference": piece.reference})
    for form in ("change", "call-off"):
        assert page.get(f"{there}/{form}").status_code == 200
    assert page.post(f"{there}/change", data=meeting | {"version": "9"}).status_code == 422
    page.post(f"{there}/call-off", data=version | {"because": "They are ill"})
    assert "They are ill" in page.get(f"{week}/timetable?person={dana.id}").text
    page.post(f"{there}/put-back", data={"version": "2"})

    said = {"name": "Rotas", "due_on": "9 September 2026", "owner": "", "note": "", "version": "0"}
    assert page.get(f"{week}/documents/new").status_code == 200
    page.post(f"{week}/documents/new", data=said)
    document = next(one for one in documents.documents(fieldwork) if one.name == "Rotas")
    assert "Rotas" in page.get(f"{week}/documents/{document.id}").text
    page.post(f"{week}/documents/{document.id}", data=said | {"name": "Rotas of May", "version": "1"})
    page.post(f"{week}/documents/{document.id}/ready", data={"version": "2"})
    page.post(f"{week}/documents/{document.id}/not-ready", data={"version": "3"})
    assert document.ready_on is None

    note = {
        "kind": "concern",
        "text": "Plans drift.",
        "place": "leadership/LD09",
        "said_on": "15 September 2026",
        "meeting": "",
        "owner": "",
        "version": "0",
    }
    assert page.get(f"{week}/notes/new").status_code == 200
    page.post(f"{week}/notes/new", data=note)
    kept = of_week.notes(fieldwork)[0]
    place = f"{week}/notes/{kept.id}"
    page.post(f"{place}/evidence", data={"version": "1", "evidence": piece.reference})
    assert piece.title in page.get(place).text
    assert "offered for it already" in page.post(f"{place}/evidence", data=version | {"evidence": "E-1"}).text
    page.post(f"{place}/evidence/take-out", data={"evidence": "1"})
    assert "Plans drift." in page.get(f"{place}/change").text
    assert page.head(f"{place}/change").status_code == 200
    assert page.get(f"{place}/settle").status_code == 200
    page.post(f"{place}/settle", data=version | {"outcome": "Answered."})
    page.post(f"{place}/open-again", data={"version": "2"})
    assert kept.settled_on is None
    assert "Plans drift." not in page.get(f"{week}/notes?kind=strength").text
    assert "Said on this day" in page.get(f"{week}/notes/briefs/2026-09-15").text
    later = page.get(f"{week}/notes/briefs/2026-09-16").text
    assert "Nothing is written down of this day" in later
    assert "Still open from before" in later
    assert "Next: Thursday 17 September 2026" in later
    assert page.get(f"{week}/notes/briefs/soon").status_code == 404

    after = f"{week}/afterwards"
    for form in ("draft", "comments/new", "sent", "report"):
        assert page.get(f"{after}/{form}").status_code == 200
    page.post(f"{after}/comments/new", data={"passage": "Two", "inaccurate": "One", "evidence": "E-1", "version": "0"})
    comment = reports.comments(fieldwork)[0]
    assert "Two" in page.get(f"{after}/comments/{comment.id}").text
    assert page.get(f"{after}/comments/{comment.id}/answer").status_code == 200
    page.post(f"{after}/comments/{comment.id}/take-out", data={"version": "1"})
    assert reports.comments(fieldwork) == []

    usual = f"/brent/fieldwork/usual/{fieldwork.framework_id}/short"
    assert "Short inspection" in page.get("/brent/fieldwork/usual").text
    page.post(f"{usual}/own")
    line = {"name": "Risk log", "working_days": "1", "runs_from": "call", "owner": "", "version": "0"}
    assert page.get(f"{usual}/meeting/new").status_code == 200
    assert page.get(f"{usual}/song/new").status_code == 404
    page.post(f"{usual}/document/new", data=line)
    row = next(
        one for one in lines.rows(fieldwork.authority, fieldwork.framework_id, "short") if one.name == "Risk log"
    )
    assert "Risk log" in page.get(f"/brent/fieldwork/usual/lines/{row.id}").text
    page.post(f"/brent/fieldwork/usual/lines/{row.id}", data=line | {"working_days": "-1", "version": "1"})
    assert "1 working day before the call" in page.get(usual).text
    page.post(f"/brent/fieldwork/usual/lines/{row.id}/take-out", data={"version": "2"})
    page.post(f"/brent/fieldwork/usual/lines/{row.id}/put-back", data={"version": "3"})
    assert not row.taken_out


@pytest.mark.parametrize("role", [Role.PARTNER_LEAD, Role.SCRUTINY_READER, Role.INSPECTOR, Role.ADMINISTRATOR])
@pytest.mark.any_database
def test_nobody_from_outside_reads_the_week(app: Flask, brent: Authority, role: Role) -> None:
    client: FlaskClient = signed_in(app, given.a_person(authority=brent, role=role))

    assert client.get("/brent/fieldwork").status_code == 403
