"""My work in the week of an inspection: what is hers of it, with its clock, and nothing when there is none."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork, a_request
from tests.queries_counted import at_most
from tracker.fieldwork import commands as fieldworks
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.plan.rules import MeetingKind
from tracker.fieldwork.timetable import commands as timetable
from tracker.handover import commands
from tracker.handover.commands import Asked
from tracker.handover.rules import Sort
from tracker.people import commands as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(app: Flask, priya: Person) -> FlaskClient:
    return signed_in(app, priya)


def a_meeting(fieldwork: Fieldwork, name: str, *, on: date, at: time, owner: Person | None, also: Person) -> None:
    timetable.add(
        fieldwork,
        timetable.Said(
            name=name, kind=MeetingKind.OTHER, day=on, starts_at=at, minutes=30, where_held="", others="", owner=owner,
            at_it=[also],
        ),
    )  # fmt: skip


def a_week(fieldwork: Fieldwork, priya: Person, *, times: int = 1) -> None:
    for number in range(times):
        a_meeting(fieldwork, f"Feedback {number}", on=TODAY, at=time(15, 30), owner=None, also=priya)
        a_request(fieldwork, words=f"The caseload report {number}", due_at=NOW + timedelta(minutes=130), owner=priya)
        checklist.add(fieldwork, name=f"Rotas {number}", due_on=date(2026, 11, 18), owner=priya, note="")


def rows(page: FlaskClient) -> list[list[str]]:
    found = BeautifulSoup(page.get("/brent/").text, "html.parser").find(id="week")
    section = found.find_parent("section") if found else None
    lines = section.select("tbody tr") if section else []
    return [[" ".join(cell.get_text(" ").split()) for cell in line.find_all(["th", "td"])] for line in lines]


def test_what_is_hers_is_there_with_its_clock(page: FlaskClient, brent: Authority, priya: Person) -> None:
    fieldwork = a_fieldwork(authority=brent)
    a_week(fieldwork, priya)
    a_meeting(fieldwork, "Tomorrow’s", on=TODAY + timedelta(days=3), at=time(9), owner=priya, also=priya)
    a_meeting(fieldwork, "Of somebody else", on=TODAY, at=time(9), owner=None, also=given.a_person(authority=brent))
    a_request(fieldwork, words="Of nobody")

    assert rows(page) == [
        ["Feedback 0", "Meeting, today at 15:30", "Begins in 3 hours 30 minutes"],
        ["H-1 The caseload report 0", "Request, due 20 November 2026 at 14:10", "2 hours 10 minutes left"],
        ["Rotas 0", "Document, due 18 November", "Late by 2 days"],
    ]


def test_what_is_done_is_gone_and_what_is_late_says_so(page: FlaskClient, brent: Authority, priya: Person) -> None:
    fieldwork = a_fieldwork(authority=brent)
    request = a_request(fieldwork, words="The policy", due_at=NOW - timedelta(hours=1), owner=priya)
    assert rows(page)[0][2] == "Late by 1 hour"

    commands.hand_over(request, version=request.version, answer="Here.", to="A. Lead", by=priya, at=NOW)
    document = checklist.add(fieldwork, name="Rotas", due_on=TODAY, owner=priya, note="")
    assert [one[2] for one in rows(page)] == ["Due today"]

    checklist.say_ready(document, on=TODAY, by=priya, version=document.version)
    assert rows(page) == []


@pytest.mark.parametrize(("hour", "says"), [(11, "Over"), (12, "Has begun")])
def test_a_meeting_says_whether_it_has_begun_or_is_over(
    page: FlaskClient, brent: Authority, priya: Person, hour: int, says: str
) -> None:
    a_meeting(a_fieldwork(authority=brent), "Feedback", on=TODAY, at=time(hour), owner=priya, also=priya)

    assert [one[2] for one in rows(page)] == [says]


def test_a_document_that_a_request_of_hers_asks_for_is_there_once(
    page: FlaskClient, brent: Authority, priya: Person
) -> None:
    fieldwork = a_fieldwork(authority=brent)
    document = checklist.add(fieldwork, name="Rotas", due_on=TODAY, owner=priya, note="")
    asked = Asked(
        sort=Sort.DOCUMENT_LIST, asked_by="A. Lead", asked_at=NOW, words="The rotas", due_at=None, owner=priya,
        documents=[document],
    )  # fmt: skip
    request = commands.ask(fieldwork, asked=asked, now=NOW)

    assert [one[0] for one in rows(page)] == ["H-1 The rotas"]
    commands.withdraw(request, version=request.version, because="No more", replaced_by=None, at=NOW)
    assert [one[0] for one in rows(page)] == ["Rotas"]


def test_there_is_nothing_without_an_inspection_or_when_it_is_closed(
    page: FlaskClient, brent: Authority, priya: Person
) -> None:
    assert "In the week of the inspection" not in page.get("/brent/").text
    fieldwork = a_fieldwork(authority=brent)
    a_week(fieldwork, priya)
    fieldworks.close(fieldwork, at=NOW)

    assert "In the week of the inspection" not in page.get("/brent/").text


def test_a_rehearsal_is_marked_as_one_and_another_authoritys_week_is_not_there(
    page: FlaskClient, brent: Authority, priya: Person
) -> None:
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    people.give_role(priya, authority=elsewhere, role=Role.HEAD_OF_SERVICE)
    a_week(a_fieldwork(authority=elsewhere), priya)
    a_week(a_fieldwork(authority=brent, rehearsal=True), priya)

    assert [one[0] for one in rows(page)] == [
        "Feedback 0 Rehearsal", "H-1 The caseload report 0 Rehearsal", "Rotas 0 Rehearsal",
    ]  # fmt: skip


@pytest.mark.parametrize("times", [1, 15])
def test_the_page_asks_no_more_questions_for_it(
    page: FlaskClient, brent: Authority, priya: Person, session: Session, times: int
) -> None:
    a_week(a_fieldwork(authority=brent), priya, times=times)
    session.commit()

    with at_most(8):
        assert page.get("/brent/").status_code == 200


def test_who_may_not_see_the_week_sees_nothing_of_it(app: Flask, brent: Authority) -> None:
    partner = given.a_person(authority=brent, role=Role.LEAD_MEMBER)
    fieldwork = a_fieldwork(authority=brent)
    a_request(fieldwork, owner=partner)

    assert "In the week" not in signed_in(app, partner).get("/brent/").text
