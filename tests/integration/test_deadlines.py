"""The statutory clock: what runs, who records what, and what a corrected day of receipt moves."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask, g, render_template_string
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given
from tests.given_deadlines import PUBLISH, STATEMENT, a_line, a_received_inspection
from tests.queries_counted import at_most
from tracker.deadlines import commands, queries
from tracker.deadlines.models import StatutoryDuty
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

TODAY = date(2026, 7, 1)


@pytest.fixture
def in_july() -> Iterator[None]:
    """Noon of TODAY; ask for it before somebody who signs in."""
    with time_machine.travel("2026-07-01 12:00 +0000"):
        yield


def days(field: str, day: date) -> dict[str, Any]:
    return {field: [str(day.day), str(day.month), str(day.year)]}


def test_a_received_report_starts_both_deadlines(session: Session) -> None:
    clock = queries.clock(a_received_inspection(), TODAY)

    assert [(line.deadline.code, line.standing.due_on) for line in clock.lines] == [
        (PUBLISH, date(2026, 7, 29)),
        (STATEMENT, date(2026, 9, 24)),
    ]
    assert clock.next is clock.lines[0]


def test_what_is_done_says_when_to_whom_and_by_whom(session: Session) -> None:
    director = given.a_person(name="Dana Whitfield", role=Role.DIRECTOR)
    inspection = a_received_inspection()

    commands.record_done(
        a_line(inspection, today=TODAY),
        done_on=date(2026, 6, 30),
        sent_to="https://www.brent.gov.uk",
        by=director,
        version=0,
        today=TODAY,
    )

    line = a_line(inspection, today=TODAY)
    assert line.standing.words == "Done 21 working days before its last day"
    assert line.duty is not None
    assert (line.duty.sent_to, line.duty.recorded_by) == ("https://www.brent.gov.uk", director)
    assert [each.deadline.code for each in queries.running(inspection.authority, TODAY)] == [STATEMENT]


def test_it_is_recorded_once_and_taken_back_with_a_reason(session: Session) -> None:
    by, inspection = given.a_person(), a_received_inspection()
    commands.record_not_required(a_line(inspection, today=TODAY), because="A letter on a visit", by=by, version=0)

    line = a_line(inspection, today=TODAY)
    with pytest.raises(Refused, match="Take it back first"):
        commands.record_done(line, done_on=TODAY, sent_to="Ofsted", by=by, version=line.version, today=TODAY)
    with pytest.raises(Refused, match="Say why"):
        commands.take_back(line, reason="", version=line.version)
    commands.take_back(line, reason="It was a full report", version=line.version)

    assert a_line(inspection, today=TODAY).standing.is_open
    newest = history.of(line.duty)[0] if line.duty else None
    assert newest is not None
    assert newest.why == "It was a full report"


@pytest.mark.parametrize(
    ("done_on", "sent_to", "why"),
    [
        (date(2026, 7, 2), "Ofsted", "has not come yet"),
        (date(2026, 6, 16), "Ofsted", "before the clock started"),
        (date(2026, 6, 30), "", "whom it was sent to"),
    ],
)
def test_a_wrong_record_changes_nothing(session: Session, done_on: date, sent_to: str, why: str) -> None:
    line = a_line(a_received_inspection(), today=TODAY)

    with pytest.raises(Refused, match=why):
        commands.record_done(line, done_on=done_on, sent_to=sent_to, by=given.a_person(), version=0, today=TODAY)

    assert session.query(StatutoryDuty).count() == 0


def test_the_second_of_two_who_record_is_told(session: Session) -> None:
    line = a_line(a_received_inspection(), today=TODAY)
    commands.give_to(line, to=given.a_person(), version=0)

    with pytest.raises(Conflict, match="Somebody else changed this"):
        commands.give_to(a_line(line.inspection, today=TODAY), to=None, version=0)
    with pytest.raises(Conflict, match="at the same moment"):
        commands.give_to(line, to=given.a_person(), version=0)


def test_only_a_colleague_sees_to_a_deadline(session: Session) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    stranger = given.a_person(authority=barnet)

    with pytest.raises(Refused, match="works in this authority"):
        commands.give_to(a_line(a_received_inspection(), today=TODAY), to=stranger, version=0)


def test_correcting_the_day_of_receipt_says_what_it_moves_and_keeps_why(session: Session) -> None:
    inspection = a_received_inspection(date(2026, 6, 17))

    with pytest.raises(Refused, match="Say why the day is corrected"):
        commands.record_receipt(inspection, received_on=date(2026, 6, 18), reason="", today=TODAY)
    moved = commands.record_receipt(
        inspection, received_on=date(2026, 6, 18), reason="It came by e-mail after five", today=TODAY
    )

    assert [each.words for each in moved] == [
        "Publish the report: now by 30 July 2026, was by 29 July 2026",
        "Send the written statement of proposed action: now by 25 September 2026, was by 24 September 2026",
    ]
    assert history.of(inspection)[0].why == "It came by e-mail after five"


def test_a_day_of_receipt_after_what_was_done_is_refused(session: Session) -> None:
    inspection = a_received_inspection(date(2026, 6, 17))
    line = a_line(inspection, today=TODAY)
    commands.record_done(
        line, done_on=date(2026, 6, 22), sent_to="brent.gov.uk", by=given.a_person(), version=0, today=TODAY
    )

    with pytest.raises(Refused, match="recorded as done on 22 June 2026, before that day"):
        commands.record_receipt(inspection, received_on=date(2026, 6, 23), reason="A slip", today=TODAY)

    assert inspection.received_on == date(2026, 6, 17)


def test_the_database_refuses_a_record_that_does_not_say_to_whom(session: Session) -> None:
    inspection = a_received_inspection()
    duty = StatutoryDuty(authority=inspection.authority, inspection=inspection, code=PUBLISH, done_on=TODAY, sent_to="")
    db.session.add(duty)

    with pytest.raises(IntegrityError, match="done_says_to_whom"):
        db.session.flush()


def test_the_newest_report_without_a_day_of_receipt_is_asked_for(session: Session, brent: Authority) -> None:
    a_received_inspection(fieldwork_from=date(2023, 1, 9), fieldwork_to=date(2023, 1, 27))
    newest = given.an_inspection()

    assert queries.not_received(brent) == newest
    commands.record_receipt(newest, received_on=date(2026, 6, 17), reason="", today=TODAY)
    assert queries.not_received(brent) is None


def test_a_deadline_is_the_directors_until_somebody_sees_to_it(session: Session, brent: Authority) -> None:
    dana, samira = given.a_person(role=Role.DIRECTOR), given.a_person()
    inspection = a_received_inspection()
    commands.give_to(a_line(inspection, STATEMENT, today=TODAY), to=samira, version=0)

    hers = {
        person: [line.deadline.code for line in queries.running_for(brent, person, role, TODAY)]
        for person, role in ((dana, Role.DIRECTOR), (samira, Role.HEAD_OF_SERVICE))
    }

    assert hers == {dana: [PUBLISH], samira: [STATEMENT]}


def test_other_pages_show_the_clock_as_a_card_and_as_a_list(app: Flask, session: Session) -> None:
    inspection = a_received_inspection()
    parts = (
        "{% from 'deadlines/_clock.html' import clock_card, clock_list with context %}"
        "{{ clock_card(statutory_clock(inspection)) }}{{ clock_list(lines, not_received=inspection) }}"
    )

    with app.test_request_context("/brent/"), time_machine.travel("2026-07-01 12:00 +0000"):
        g.authority_slug = "brent"
        lines = queries.running(inspection.authority, TODAY)
        shown = render_template_string(parts, inspection=inspection, lines=lines)

    assert shown.count("20 working days left") == 2
    assert 'href="/brent/inspections/1/clock"' in shown
    assert "Record when the report of R-1 was received" in shown


def test_running_deadlines_are_found_in_two_statements_however_many_there_are(
    session: Session, brent: Authority
) -> None:
    for year in range(2018, 2026):
        a_received_inspection(
            date(year, 6, 17),
            fieldwork_from=date(year, 4, 1),
            fieldwork_to=date(year, 4, 12),
            framework_id="ilacs-2018",
        )
    session.flush()
    session.expunge_all()

    with at_most(3):
        lines = queries.running(db.session.merge(brent, load=False), TODAY)

    assert len(lines) == 16
    assert lines == sorted(lines, key=lambda line: line.standing.due_on or date.max)


def test_a_director_records_the_receipt_and_the_page_says_what_runs(in_july: None, director: FlaskClient) -> None:
    given.an_inspection()

    page = director.post(
        "/brent/inspections/1/clock/receipt", data=days("received_on", date(2026, 6, 17)), follow_redirects=True
    )

    assert "Publish the report: now by 29 July 2026." in page.text
    assert "20 working days left" in page.text
    assert "24 September 2026" in page.text


def test_a_correction_without_a_reason_keeps_what_was_typed(in_july: None, director: FlaskClient) -> None:
    a_received_inspection()

    page = director.post("/brent/inspections/1/clock/receipt", data=days("received_on", date(2026, 6, 18)))

    assert page.status_code == 422
    assert "Say why the day is corrected" in page.text
    assert 'value="18"' in page.text


def test_a_director_records_that_it_is_done_and_takes_it_back(in_july: None, director: FlaskClient) -> None:
    a_received_inspection()
    done = {"version": 0, "sent_to": "HM Chief Inspector"} | days("done_on", date(2026, 7, 1))

    page = director.post(f"/brent/inspections/1/clock/{STATEMENT}/done", data=done, follow_redirects=True)
    assert "1 July 2026: HM Chief Inspector" in page.text
    assert "Recorded by Dana Whitfield" in page.text

    back = director.post(
        f"/brent/inspections/1/clock/{STATEMENT}/take-back",
        data={"version": 1, "reason": "It went to the wrong address"},
        follow_redirects=True,
    )
    assert "HM Chief Inspector</" not in back.text
    assert "It went to the wrong address" in back.text


def test_the_page_tells_what_happened_to_the_day_and_to_each_deadline(in_july: None, director: FlaskClient) -> None:
    inspection = a_received_inspection()
    commands.record_receipt(inspection, received_on=date(2026, 6, 18), reason="It came after five", today=TODAY)
    commands.record_not_required(
        a_line(inspection, STATEMENT, today=TODAY), because="A letter", by=given.a_person(), version=0
    )

    page = director.get("/brent/inspections/1/clock")

    assert "It came after five" in page.text
    assert "R-1 statement of action: why it is not required" in page.text


@pytest.mark.parametrize(
    ("step", "data", "why"),
    [
        ("done", {"version": 0, "sent_to": ""}, "Enter the day on which it was done"),
        ("not-required", {"version": 0, "because": " "}, "Say why it is not required"),
        ("take-back", {"version": 0, "reason": "A slip"}, "Nothing is recorded"),
        ("lead", {"version": 0, "lead": "00000000-0000-0000-0000-000000000001"}, "choose from the list"),
        ("lead", {"version": 7, "lead": ""}, "Somebody else changed this"),
    ],
)
def test_a_form_that_is_not_right_says_why(director: FlaskClient, step: str, data: dict[str, Any], why: str) -> None:
    a_received_inspection()

    page = director.post(f"/brent/inspections/1/clock/{PUBLISH}/{step}", data=data)

    assert page.status_code == 422
    assert why in page.text


def test_a_deadline_that_the_framework_does_not_know_is_not_found(director: FlaskClient) -> None:
    a_received_inspection()

    assert director.get("/brent/inspections/1/clock/unheard-of/done").status_code == 404
    assert director.get("/brent/inspections/7/clock").status_code == 404


def test_a_qa_officer_reads_the_clock_and_is_told_who_records(qa_officer: FlaskClient) -> None:
    a_received_inspection()

    page = qa_officer.get("/brent/inspections/1/clock")

    assert page.status_code == 200
    assert "Heads of service and directors record it" in page.text
    assert "Record as done" not in page.text


def test_the_page_asks_a_bounded_number_of_statements(director: FlaskClient) -> None:
    a_received_inspection()
    director.get("/brent/inspections/1/clock")

    with at_most(9):
        director.get("/brent/inspections/1/clock")
