"""The brief of a day: the page leaders read, the one-page pack that is made of it, and who may open that."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork, a_request
from tests.queries_counted import at_most
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import commands as notes
from tracker.fieldwork.notes.commands import Said
from tracker.fieldwork.notes.rules import NoteKind
from tracker.fieldwork.plan.rules import MeetingKind
from tracker.fieldwork.timetable import commands as timetable
from tracker.handover import choosing
from tracker.packs import jobs, queries
from tracker.packs.models import Pack
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.errors import Refused

pytestmark = pytest.mark.both_databases

BRIEF = "/brent/fieldwork/1/notes/briefs/2026-11-20"
SAID = Said(
    kind=NoteKind.LINE_OF_ENQUIRY,
    text="Are plans for care leavers written with them?",
    area_code="leadership",
    theme_code=None,
    said_on=date(2026, 11, 20),
    meeting=None,
    owner=None,
)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 17, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def fieldwork(brent: Authority) -> Fieldwork:
    made = a_fieldwork(authority=brent)
    notes.add(made, SAID, by=given.a_person(name="Priya Raman", authority=brent))
    a_request(made, words="The supervision policy", due_at=datetime(2026, 11, 20, 16, tzinfo=UTC))
    timetable.add(
        made,
        timetable.Said(
            name="Feedback", kind=MeetingKind.OTHER, day=date(2026, 11, 23), starts_at=time(15), minutes=30,
            where_held="", others="", owner=None, at_it=[],
        ),
    )  # fmt: skip
    return made


def made(director: FlaskClient, brent: Authority) -> Pack:
    answer = director.post(BRIEF)
    assert answer.headers["Location"].endswith("/brent/packs/1")
    found = queries.pack(brent, 1)
    assert found is not None
    return found


def test_a_day_is_made_into_one_page_and_kept(director: FlaskClient, fieldwork: Fieldwork, brent: Authority) -> None:
    pack = made(director, brent)
    jobs.render({"pack": str(pack.id)})

    assert (pack.title, pack.pages) == ("Daily brief, N-1, Friday 20 November 2026", 1)
    told = str(pack.contents)
    assert "(nobody has it): Are plans for care leavers written with them?" in told
    assert "H-1, due 20 November, 16:00 (nobody has it): The supervision policy" in told
    assert "15:00 to 15:30: Feedback, nobody of us yet" in told
    assert "OFFICIAL-SENSITIVE" in told
    page = director.get(BRIEF).text
    assert "P-1 of 20 November 2026" in page
    assert "The supervision policy" in page


def test_nothing_new_is_made_while_nothing_has_changed_and_a_new_page_when_something_has(
    director: FlaskClient, fieldwork: Fieldwork, brent: Authority, session: Session
) -> None:
    pack = made(director, brent)
    jobs.render({"pack": str(pack.id)})

    again = director.post(BRIEF, follow_redirects=True).text
    a_request(fieldwork, words="The caseload report")
    session.commit()
    after = director.post(BRIEF)

    assert "This is P-1 of" in again
    assert after.headers["Location"].endswith("/brent/packs/2")
    assert queries.pack(brent, 1).file_sha256 == pack.file_sha256  # type: ignore[union-attr]  # made above


def test_only_who_runs_the_week_opens_it_and_it_is_never_handed_over(
    app: Flask, director: FlaskClient, fieldwork: Fieldwork, brent: Authority
) -> None:
    pack = made(director, brent)
    jobs.render({"pack": str(pack.id)})
    reads = {
        role: signed_in(app, given.a_person(authority=brent, role=role))
        for role in (Role.LEAD_MEMBER, Role.SCRUTINY_READER, Role.HEAD_OF_SERVICE)
    }

    assert {role: one.get("/brent/packs/1").status_code for role, one in reads.items()} == {
        Role.LEAD_MEMBER: 404, Role.SCRUTINY_READER: 404, Role.HEAD_OF_SERVICE: 200,
    }  # fmt: skip
    assert reads[Role.LEAD_MEMBER].post("/brent/packs/1/download").status_code == 404
    assert "Daily brief, N-1" not in reads[Role.LEAD_MEMBER].get("/brent/packs/").text
    assert "Daily brief, N-1" in reads[Role.HEAD_OF_SERVICE].get("/brent/packs/").text
    with pytest.raises(Refused, match="never handed over"):
        choosing.choice(brent, "P-1")


def test_a_day_to_come_has_no_page_yet(director: FlaskClient, fieldwork: Fieldwork, brent: Authority) -> None:
    answer = director.post("/brent/fieldwork/1/notes/briefs/2026-11-23")

    assert answer.status_code == 422
    assert "still to come" in answer.text
    assert queries.packs(brent) == []


def test_a_rehearsal_says_so_in_its_name_and_on_its_page(director: FlaskClient, brent: Authority) -> None:
    a_fieldwork(authority=brent, rehearsal=True)

    pack = made(director, brent)

    assert pack.title == "Daily brief, rehearsal N-1, Friday 20 November 2026"
    assert "No inspector is coming" in str(pack.contents)


def test_the_page_costs_the_same_however_much_a_day_holds(
    director: FlaskClient, fieldwork: Fieldwork, priya: Person
) -> None:
    for number in range(8):
        notes.add(fieldwork, SAID, by=priya)
        a_request(fieldwork, words=f"Document {number}", owner=priya)
    director.get(BRIEF)

    with at_most(16):
        assert director.get(BRIEF).status_code == 200
