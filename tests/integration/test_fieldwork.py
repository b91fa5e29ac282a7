"""An inspection from the call to the report: what begins with it, what moves, who is told, and what never mixes."""

from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given
from tests.given_fieldwork import DATES, NOW, begun
from tests.given_fieldwork import dana as dana  # a fixture
from tracker.fieldwork import beginning, commands, queries, telling
from tracker.fieldwork.afterwards import commands as afterwards
from tracker.fieldwork.afterwards import queries as reports
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import commands as notes
from tracker.fieldwork.notes.rules import NoteKind
from tracker.fieldwork.plan import commands as plan
from tracker.fieldwork.plan import queries as lines
from tracker.fieldwork.plan.rules import MeetingKind
from tracker.fieldwork.rules import Dates
from tracker.fieldwork.timetable import commands as timetable
from tracker.fieldwork.timetable import queries as meetings
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.reminders.models import ReminderLetter

LATER = Dates(
    called_at=DATES.called_at,
    remote_from=DATES.remote_from,
    first_day=date(2026, 9, 15),
    last_day=date(2026, 9, 21),
)


def test_a_call_makes_the_timetable_and_the_checklist_in_working_days(dana: Person) -> None:
    fieldwork = begun(dana)

    held = meetings.timetable(fieldwork)
    assert fieldwork.reference == "N-1"
    assert [day for day, _ in held.days][:2] == [date(2026, 9, 8), date(2026, 9, 9)]
    feedback = next(one for one in held.every if one.code == "feedback")
    assert (feedback.day, feedback.owner) == (date(2026, 9, 18), dana)
    assert {one.code: one.due_on for one in documents.documents(fieldwork)}["annex_a"] == date(2026, 9, 9)
    assert [one.name for one in held.unstaffed]  # nobody of these roles works here yet


def test_a_real_one_and_a_rehearsal_run_side_by_side_and_no_third(dana: Person, session: Session) -> None:
    real, practice = begun(dana), begun(dana, rehearsal=True)

    assert queries.current(dana.memberships[0].authority) is real
    assert queries.current(dana.memberships[0].authority, rehearsal=True) is practice
    with pytest.raises(Refused, match="N-1 is still open"):
        begun(dana)
    twin = Fieldwork(authority=real.authority, framework_id=real.framework_id, activity="short", rehearsal=False)
    twin.called_at, twin.remote_from, twin.first_day = real.called_at, real.remote_from, real.first_day
    twin.last_day, twin.lead_inspector, twin.started_by = real.last_day, "", dana
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(twin)
    commands.close(real, at=NOW)
    assert begun(dana).reference == "N-3"


def test_lines_of_the_authority_hold_once_they_are_its_own(dana: Person) -> None:
    framework = queries.framework(DATES.first_day).id
    authority = dana.memberships[0].authority
    plan.make_own(authority, framework, "short")
    row = next(one for one in lines.rows(authority, framework, "short") if one.code == "feedback")
    plan.take_out(row, version=row.version)

    assert "feedback" not in {one.code for one in meetings.timetable(begun(dana)).every}
    with pytest.raises(Conflict, match="Somebody else changed this line"):
        plan.put_back(row, version=row.version - 1)


def test_meetings_begin_with_what_they_are_usually_about(dana: Person, director: FlaskClient) -> None:
    framework, authority = queries.framework(DATES.first_day), dana.memberships[0].authority
    area = framework.judged_areas[0]
    usual = f"/brent/fieldwork/usual/{framework.id}/short"
    assert "About Care leavers" in director.get(usual).text
    director.post(f"{usual}/own")
    row = next(one for one in lines.rows(authority, framework.id, "short") if one.code == "leaders")
    address = f"/brent/fieldwork/usual/lines/{row.id}"
    chosen = BeautifulSoup(director.get(address).text, "html.parser").select("[name=about] option[selected]")
    assert [one["value"] for one in chosen] == [area.code]
    said = {
        "name": row.name, "kind": "interview", "every": "once", "working_days": "1", "runs_from": "first_day",
        "starts_at": "14:00", "minutes": "60", "owner": "", "version": str(row.version),
    }  # fmt: skip
    assert director.post(address, data=said | {"about": "song"}).status_code == 422
    assert director.post(address, data=said | {"about": f"{area.code}/{area.themes[0].code}"}).status_code == 302
    assert f"About {area.themes[0].name}" in director.get(usual).text

    held = {one.code: (one.area_code, one.theme_code) for one in meetings.timetable(begun(dana)).every}

    assert held["care_leavers"] == ("care_leavers", None)
    assert held["leaders"] == (area.code, area.themes[0].code)
    assert held["set_up"] == (None, None)


def test_what_moves_is_told_first_and_then_moves(dana: Person) -> None:
    fieldwork = begun(dana)
    leaders = next(one for one in meetings.timetable(fieldwork).every if one.code == "leaders")
    timetable.change(
        leaders,
        timetable.Said(
            name=leaders.name,
            kind=MeetingKind.INTERVIEW,
            day=date(2026, 9, 17),
            starts_at=time(9),
            minutes=60,
            where_held="Civic centre",
            others="",
            owner=dana,
            at_it=[],
        ),
        version=leaders.version,
    )

    told = [one.words for one in beginning.would_move(fieldwork, LATER)]
    assert "Feedback at the end moves from Friday 18 September to Monday 21 September 2026" in told
    assert not any("Chief executive" in one for one in told)
    assert leaders.day == date(2026, 9, 17)

    with pytest.raises(Refused, match="Say why the dates move"):
        beginning.move(fieldwork, dates=LATER, lead_inspector="", reason="", version=fieldwork.version)
    beginning.move(fieldwork, dates=LATER, lead_inspector="", reason="They asked", version=fieldwork.version)

    assert next(one.day for one in meetings.timetable(fieldwork).every if one.code == "feedback") == LATER.last_day
    assert leaders.day == date(2026, 9, 17)
    assert beginning.would_move(fieldwork, LATER) == []


def test_a_shorter_week_calls_its_last_day_off_and_a_longer_one_brings_it_back(dana: Person) -> None:
    fieldwork = begun(dana)
    shorter = Dates(
        called_at=DATES.called_at,
        remote_from=DATES.remote_from,
        first_day=DATES.first_day,
        last_day=date(2026, 9, 17),
    )

    def kits() -> list[date]:
        return [one.day for one in meetings.timetable(fieldwork).on if one.code == "site_kit"]

    whole = kits()
    beginning.move(fieldwork, dates=shorter, lead_inspector="", reason="Shorter", version=fieldwork.version)
    assert kits() == whole[:-1]
    beginning.move(fieldwork, dates=DATES, lead_inspector="", reason="As before", version=fieldwork.version)
    assert kits() == whole


def test_everybody_who_owes_something_is_told_once_however_often_the_job_runs(dana: Person) -> None:
    amina = given.a_person(name="Amina Yusuf", role=Role.QA_OFFICER)
    fieldwork = begun(dana, rehearsal=True, with_mail=True)
    telling.tell(fieldwork)

    letters = db.session.scalars(select(ReminderLetter)).all()
    assert sorted(one.person.name for one in letters) == ["Amina Yusuf", "Dana Whitfield"]
    assert all("rehearsal" in one.subject and "This is practice" in one.text for one in letters)
    hers = next(one for one in letters if one.person == amina)
    assert "1 meeting and 4 documents are yours, the first on 9 September 2026." in hers.text


def test_a_document_is_ready_once_and_two_people_who_say_so_see_both(dana: Person) -> None:
    document = documents.documents(begun(dana))[0]
    seen = document.version
    checklist.say_ready(document, on=NOW.date(), by=dana, version=seen)

    assert document.how_it_stands(NOW.date()) == "Ready"
    with pytest.raises(Conflict, match="Somebody else changed this document"):
        checklist.say_ready(document, on=NOW.date(), by=dana, version=seen)


def test_a_note_is_placed_in_the_framework_and_settled_with_words(dana: Person) -> None:
    fieldwork = begun(dana)
    said = notes.Said(
        kind=NoteKind.CONCERN,
        text="Supervision is not always written down.",
        area_code="leadership",
        theme_code="LD09",
        said_on=DATES.first_day,
        meeting=None,
        owner=None,
    )
    note = notes.add(fieldwork, said, by=dana)

    with pytest.raises(Refused, match="Choose an area or a theme"):
        notes.add(fieldwork, notes.Said(**{**vars(said), "theme_code": "HP01"}), by=dana)
    with pytest.raises(Refused, match="Say what became of it"):
        notes.settle(note, outcome="", on=NOW.date(), version=note.version)
    commands.close(fieldwork, at=NOW)
    with pytest.raises(Refused, match="It is closed"):
        notes.settle(note, outcome="Answered", on=NOW.date(), version=note.version)


def test_comments_on_a_draft_stay_as_they_went_until_the_sending_is_taken_back(dana: Person) -> None:
    fieldwork = begun(dana)
    later = DATES.last_day + timedelta(days=30)
    said = afterwards.Said(
        place="paragraph 12", passage="Two days", inaccurate="It is one", proposed="", proof="", evidence=None
    )
    with pytest.raises(Refused, match="There is no comment"):
        afterwards.record_sent(fieldwork, sent_on=later, sent_to="Ofsted", version=0, today=later)
    afterwards.record_draft(fieldwork, received_on=later, due_on=later, version=0, today=later)
    comment = afterwards.add_comment(fieldwork, said, by=dana)
    kept = reports.report(fieldwork)
    assert kept is not None
    afterwards.record_sent(fieldwork, sent_on=later, sent_to="The inspector", version=kept.version, today=later)

    with pytest.raises(Refused, match="they stay as they went"):
        afterwards.change_comment(comment, said, version=comment.version)
    afterwards.record_answer(comment, answer="Put right", version=comment.version)
    with pytest.raises(Conflict):
        afterwards.take_sending_back(fieldwork, version=kept.version - 1)


def test_a_report_of_those_days_is_tied_to_it_and_never_to_a_rehearsal(dana: Person) -> None:
    real, practice = begun(dana), begun(dana, rehearsal=True)
    its = given.an_inspection(fieldwork_from=DATES.first_day, fieldwork_to=DATES.last_day)
    another = given.an_inspection()

    with pytest.raises(Refused, match="never mixes"):
        afterwards.say_report(practice, its, version=0)
    with pytest.raises(Refused, match="on other days"):
        afterwards.say_report(real, another, version=0)
    afterwards.say_report(real, its, version=0)
    kept = reports.report(real)
    assert kept is not None
    assert kept.inspection is its
