"""What is suggested to be read before a meeting, with its reasons, taken in with one click; and the page made of it."""

import html
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given, given_audits, given_evidence
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork, a_request
from tests.queries_counted import at_most
from tracker.audits.blind.rules import Reader
from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import commands as notes
from tracker.fieldwork.notes.models import Note
from tracker.fieldwork.notes.rules import NoteKind
from tracker.fieldwork.plan.rules import MeetingKind
from tracker.fieldwork.timetable import commands as timetable
from tracker.fieldwork.timetable.models import Briefing, Meeting
from tracker.handover import choosing, commands
from tracker.handover.meetings import suggesting
from tracker.packs import commands as packs
from tracker.packs import jobs, queries
from tracker.packs.models import Pack
from tracker.packs.rules import PackKind
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import storage
from tracker.platform.db import db
from tracker.platform.errors import Refused

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

UNKNOWN = UUID("6f1c7d52-3f0b-4f0e-9d53-0c7a4b8f2e11")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def theme(fieldwork: Fieldwork) -> str:
    """The first of leadership."""
    return next(area for area in fieldworks.areas(fieldwork) if area.code == "leadership").themes[0].code


@pytest.fixture
def theme_name(fieldwork: Fieldwork) -> str:
    return next(area for area in fieldworks.areas(fieldwork) if area.code == "leadership").themes[0].name


@pytest.fixture
def meeting(fieldwork: Fieldwork, priya: Person, theme: str) -> Meeting:
    said = timetable.Said(
        name="Leaders", kind=MeetingKind.INTERVIEW, day=date(2026, 11, 24), starts_at=time(14), minutes=60,
        where_held="Room 4", others="A. Lead", owner=priya, at_it=[], area_code="leadership", theme_code=theme,
    )  # fmt: skip
    return timetable.add(fieldwork, said)


def a_note(fieldwork: Fieldwork, *, theme: str | None = None, area: str = "leadership", text: str = "How?") -> Note:
    said = notes.Said(
        kind=NoteKind.LINE_OF_ENQUIRY, text=text, area_code=area, theme_code=theme, said_on=date(2026, 11, 19),
        meeting=None, owner=None,
    )  # fmt: skip
    return notes.add(fieldwork, said, by=fieldwork.started_by)


def why(meeting: Meeting, *, viewer: Reader | None = None) -> dict[str, str]:
    """By what is suggested, why."""
    reader = viewer or Reader(uuid4(), Role.DIRECTOR)
    return {f"{one.called} {one.title}": one.because for one in suggesting.suggestions(meeting, viewer=reader)}


def address(meeting: Meeting, then: str = "") -> str:
    return f"/brent/fieldwork/1/timetable/meetings/{meeting.id}{then}"


def test_each_thing_is_suggested_with_the_reasons_in_words_and_nothing_is_taken_in(
    brent: Authority, fieldwork: Fieldwork, meeting: Meeting, priya: Person, theme: str, theme_name: str
) -> None:
    item = given.an_item(authority=brent, title="Supervision", owner=priya)
    given_audits.a_confirmed_theme(item, theme)
    given.an_action(item=item, title="Train managers", lead=priya)
    given.an_item(authority=brent, title="Of nobody here", owner=given.a_person(authority=brent))
    finding = given_audits.a_finding(given_audits.an_audit(authority=brent), owner=priya)
    given_evidence.evidence(authority=brent, title="Survey", theme_code=theme)
    given_evidence.evidence(authority=brent, title="Withdrawn", theme_code=theme, withdrawn_on=date(2026, 11, 1))
    a_note(fieldwork, theme=theme)
    settled = a_note(fieldwork, theme=theme, text="Settled")
    notes.settle(settled, outcome="Answered", on=date(2026, 11, 20), version=settled.version)
    a_request(fieldwork, owner=priya)
    a_request(fieldwork, words="Caseloads")
    checklist.add(fieldwork, name="Rotas", due_on=date(2026, 11, 23), owner=priya, note="")
    db.session.flush()

    assert why(meeting) == {
        "Line of enquiry How?": f"Because it touches {theme_name}",
        "H-1 Please send the supervision policy": (
            "Because Priya Raman sees to it and A. Lead, who is there, asked for it"
        ),
        "H-2 Caseloads": "Because A. Lead, who is there, asked for it",
        "Document Rotas": "Because Priya Raman has it, due 23 November",
        "I-1 Supervision": f"Because Priya Raman owns it and it is about {theme_name}",
        "A-1 Train managers": f"Because Priya Raman leads it and it answers I-1, which is about {theme_name}",
        f"{finding.reference} {finding.what}": "Because Priya Raman answers for it",
        "E-1 Survey": f"Because it shows something about {theme_name}",
    }
    assert meeting.briefings == []


def test_a_meeting_that_says_nothing_of_itself_is_about_what_its_open_notes_are_about(
    brent: Authority, fieldwork: Fieldwork, meeting: Meeting, theme: str, theme_name: str
) -> None:
    meeting.area_code = meeting.theme_code = None
    given_evidence.evidence(authority=brent, title="Survey", theme_code=theme)
    assert why(meeting) == {}

    a_note(fieldwork, theme=theme).meeting = meeting
    db.session.flush()

    assert why(meeting) == {
        "Line of enquiry How?": "Because it was said in this meeting, and is open",
        "E-1 Survey": f"Because it shows something about {theme_name}",
    }


def test_a_finding_is_suggested_to_nobody_who_may_still_moderate_its_audit(
    brent: Authority, meeting: Meeting, priya: Person, amina: Person
) -> None:
    given_audits.moderates_all(brent)
    audit = given_audits.an_audit(authority=brent, auditor=given_audits.a_qa_officer("Q. Other", authority=brent))
    finding = given_audits.a_finding(audit, owner=priya)
    db.session.flush()

    assert why(meeting, viewer=Reader(amina.id, Role.QA_OFFICER)) == {}
    assert len(why(meeting, viewer=Reader(priya.id, Role.DIRECTOR))) == 1
    timetable.brief_with(meeting, finding, version=meeting.version)
    assert [one.title for one in meeting.briefings] == ["Said once its audit is moderated"]


def test_the_newest_pack_of_a_kind_is_suggested(brent: Authority, meeting: Meeting) -> None:
    for made in (True, False):
        pack = packs.freeze(brent, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=NOW)
        if made:
            packs.keep_file(pack, storage.keep(io.BytesIO(b"%PDF the plan")), pages=1, at=NOW)

    assert list(why(meeting).values()) == ["Because it is the newest improvement plan, of 20 November 2026"]


def test_a_pack_that_was_made_ahead_and_is_read_before_a_meeting_is_not_put_away(
    brent: Authority, meeting: Meeting
) -> None:
    pack = packs.freeze(brent, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=NOW)
    pack.kept_ready = True

    timetable.brief_with(meeting, pack, version=meeting.version)

    assert not pack.kept_ready


def test_a_suggestion_is_taken_in_with_one_click_and_taken_out_again(
    director: FlaskClient, brent: Authority, fieldwork: Fieldwork, meeting: Meeting, priya: Person, theme: str,
    session: Session,
) -> None:  # fmt: skip
    item = given.an_item(authority=brent, title="Supervision", owner=priya)
    given.an_action(item=item, title="Train managers", lead=priya)
    given_audits.a_finding(given_audits.an_audit(authority=brent), owner=priya)
    note = a_note(fieldwork, theme=theme)
    document = checklist.add(fieldwork, name="Rotas", due_on=date(2026, 11, 23), owner=priya, note="")
    a_request(fieldwork, owner=priya)
    session.commit()
    page = director.get(address(meeting)).text
    keys = ["I-1", "A-1", "F-1", "H-1", f"note {note.id}", f"document {document.id}"]
    assert [key for key in keys if f'name="reference" value="{key}"' not in page] == []
    assert "Because Priya Raman owns it" in page

    for key in keys:
        version = session.scalars(select(Meeting.version)).one()
        posted = director.post(address(meeting, "/briefing"), data={"version": version, "reference": key})
        assert posted.status_code == 302, key
    assert {one.key for one in session.scalars(select(Briefing))} == set(keys)
    assert "Because Priya Raman owns it" not in director.get(address(meeting)).text

    version = session.scalars(select(Meeting.version)).one()
    again = director.post(address(meeting, "/briefing"), data={"version": version, "reference": "A-1"})
    assert "A-1 is in the briefing already." in again.text
    for key in keys:
        director.post(address(meeting, "/briefing/take-out"), data={"reference": key})
    assert session.scalars(select(Briefing)).all() == []


@pytest.mark.parametrize("key", ["I-99", "note", "note x", f"note {UNKNOWN}", f"document {UNKNOWN}", "Q-1", "", "N-1"])
def test_what_is_not_there_is_refused_in_words(director: FlaskClient, meeting: Meeting, key: str) -> None:
    db.session.commit()

    posted = director.post(address(meeting, "/briefing"), data={"version": meeting.version, "reference": key})

    assert posted.status_code == 422
    assert "such thing" in posted.text or "Enter the reference" in posted.text


def test_nothing_of_another_inspection_is_read_before_it(
    brent: Authority, meeting: Meeting, director: FlaskClient
) -> None:
    other = a_fieldwork(authority=brent, rehearsal=True)
    practised, request = a_note(other), a_request(other)
    db.session.commit()

    for thing in (practised, request):
        with pytest.raises(Refused, match="of this inspection"):
            timetable.brief_with(meeting, thing, version=meeting.version)
    posted = director.post(
        address(meeting, "/briefing"), data={"version": meeting.version, "reference": f"note {practised.id}"}
    )
    assert "There is no such thing here." in posted.text


def test_the_form_says_what_it_is_about_and_takes_in_what_is_ticked(
    director: FlaskClient, brent: Authority, meeting: Meeting, priya: Person, theme: str, session: Session
) -> None:
    given.an_item(authority=brent, title="Supervision", owner=priya)
    session.commit()
    form = director.get(address(meeting, "/change")).text
    assert "I-1 Supervision" in form
    assert "Because Priya Raman owns it" in form
    assert f'<option value="leadership/{theme}" selected' in form
    assert f'<option value="{priya.id}" selected' in form
    said = {
        "version": meeting.version, "name": "Leaders", "kind": "interview", "day": "24 November 2026",
        "starts_at": "14:00", "minutes": "60", "owner": str(priya.id), "about": "leadership", "read": ["I-1"],
    }  # fmt: skip

    wrong = director.post(address(meeting, "/change"), data=said | {"about": "leadership/none"})
    assert wrong.status_code == 422
    assert director.post(address(meeting, "/change"), data=said | {"read": ["I-9"]}).status_code == 422
    assert director.post(address(meeting, "/change"), data=said).status_code == 302

    changed = session.scalars(select(Meeting)).one()
    assert (changed.area_code, changed.theme_code) == ("leadership", None)
    assert [one.reference for one in changed.briefings] == ["I-1"]


def test_a_place_that_the_framework_has_not_is_refused(meeting: Meeting, priya: Person) -> None:
    said = timetable.Said(
        name="L", kind=MeetingKind.OTHER, day=meeting.day, starts_at=time(9), minutes=30, where_held="", others="",
        owner=None, at_it=[],
    )  # fmt: skip
    for area, theme in (("nowhere", None), ("leadership", "none"), (None, "LD01")):
        with pytest.raises(Refused, match="Choose an area or a theme"):
            timetable.change(meeting, replace(said, area_code=area, theme_code=theme), version=meeting.version)


def test_who_reads_the_week_and_does_not_run_it_sees_no_note_and_no_suggestion(
    app: Flask, fieldwork: Fieldwork, meeting: Meeting, brent: Authority, theme: str
) -> None:
    timetable.brief_with(meeting, a_note(fieldwork, theme=theme, text="A quiet word"), version=meeting.version)
    timetable.brief_with(meeting, given_evidence.evidence(authority=brent, title="Survey"), version=meeting.version)
    db.session.commit()
    lead = signed_in(app, given.a_person(authority=brent, role=Role.ACTION_LEAD))

    for page in (lead.get(address(meeting)).text, lead.get("/brent/fieldwork/1/timetable").text):
        assert "Survey" in page
        assert "A quiet word" not in page
        assert "Suggested to read" not in page
    assert lead.post(address(meeting, "/briefing/pack")).status_code == 403


def test_the_page_costs_the_same_however_much_touches_the_meeting(
    director: FlaskClient, brent: Authority, fieldwork: Fieldwork, meeting: Meeting, priya: Person, theme: str
) -> None:
    def more() -> None:
        item = given.an_item(authority=brent, owner=priya)
        given_audits.a_confirmed_theme(item, theme)
        given.an_action(item=item, lead=priya)
        given_audits.a_finding(given_audits.an_audit(authority=brent), owner=priya)
        evidence = given_evidence.evidence(authority=brent, theme_code=theme)
        note = a_note(fieldwork, theme=theme)
        notes.offer(note, evidence, version=note.version)
        a_request(fieldwork, owner=priya)
        document = checklist.add(fieldwork, name="Rotas", due_on=date(2026, 11, 23), owner=priya, note="")
        for thing in (item, evidence, note, document):
            timetable.brief_with(meeting, thing, version=meeting.version)
        db.session.commit()

    more()
    with at_most(60) as few:
        director.get(address(meeting))
    before = len(few)
    for _ in range(8):
        more()

    with at_most(before):
        assert director.get(address(meeting)).status_code == 200


def made(director: FlaskClient, meeting: Meeting, brent: Authority) -> Pack:
    posted = director.post(address(meeting, "/briefing/pack"))
    assert posted.status_code == 302, posted.text
    found = queries.packs(brent, limit=1)[0]
    jobs.render({"pack": str(found.id)})
    return found


def test_the_briefing_for_a_meeting_is_one_page_with_all_that_touches_it(
    director: FlaskClient, brent: Authority, fieldwork: Fieldwork, meeting: Meeting, priya: Person, amina: Person,
    theme: str, theme_name: str,
) -> None:  # fmt: skip
    timetable.brief_with(meeting, given_evidence.evidence(authority=brent, title="Survey"), version=meeting.version)
    a_note(fieldwork, theme=theme, text="Is supervision regular?")
    a_note(fieldwork, area="help_protection", text="Of something else")
    a_request(fieldwork, owner=priya, due_at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    given_over = a_request(fieldwork, words="The caseload report", owner=priya)
    commands.hand_over(given_over, answer="Attached", to="A. Lead", by=amina, at=NOW, version=given_over.version)
    db.session.commit()

    pack = made(director, meeting, brent)

    assert pack.title == "Meeting briefing, N-1, Leaders, Tuesday 24 November 2026, 14:00"
    assert pack.pages == 1
    told = str(pack.contents)
    for words in (
        "Tuesday 24 November 2026, 14:00 to 15:00", "Room 4", "Priya Raman", "A. Lead", theme_name, "[E-1] Survey",
        f"{theme_name} (nobody has it): Is supervision regular?",
        "H-1, due 23 November, 9:00 (Priya Raman): Please send the supervision policy",
        "H-2, 20 November, 12:00, to A. Lead: The caseload report",
        "OFFICIAL-SENSITIVE",
    ):  # fmt: skip
        assert words in told, words
    assert "Of something else" not in told
    assert f"{pack.reference} of 20 November 2026" in html.unescape(director.get(address(meeting)).text)
    assert director.get(f"/brent/packs/{pack.number}").status_code == 200


def test_it_is_for_who_runs_the_week_never_handed_over_and_not_made_of_what_is_called_off(
    app: Flask, director: FlaskClient, brent: Authority, meeting: Meeting
) -> None:
    db.session.commit()
    pack = made(director, meeting, brent)
    member = signed_in(app, given.a_person(authority=brent, role=Role.LEAD_MEMBER))

    assert member.get(f"/brent/packs/{pack.number}").status_code == 404
    with pytest.raises(Refused, match="never handed over"):
        choosing.choice(brent, pack.reference)
    timetable.call_off(meeting, because="Ill", version=meeting.version)
    db.session.commit()
    refused = director.post(address(meeting, "/briefing/pack"))
    assert refused.status_code == 422
    assert "It is called off" in refused.text
