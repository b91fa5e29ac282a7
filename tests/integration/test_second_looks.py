"""A second look reaches those who may take it: on My work, on the page of the inspection, by name on the request."""

import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tests.given_fieldwork import NOON, a_fieldwork, a_request, evidence_to_hand_over
from tests.given_fieldwork import at_noon_of_the_week as at_noon_of_the_week  # a fixture
from tracker.evidence.files import commands as files
from tracker.evidence.rules import Marking
from tracker.evidence.words.commands import Said
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands, queries
from tracker.handover.models import HandedFile, InspectorRequest
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.child_data import Sign

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("at_noon_of_the_week")]


@pytest.fixture
def asked(fieldwork: Fieldwork) -> InspectorRequest:
    return a_request(fieldwork, due_at=NOON + timedelta(hours=2))


def week_of(app: Flask, person: Person) -> list[str]:
    found = BeautifulSoup(signed_in(app, person).get("/brent/").text, "html.parser").find(id="week")
    section = found.find_parent("section") if found else None
    return [" ".join(line.get_text(" ").split()) for line in section.select("tbody tr")] if section else []


def an_upload(asked: InspectorRequest, by: Person, *, said: Said | None, number: int) -> HandedFile:
    kept = files.keep(io.BytesIO(b"day,team\n%d,North\n" % number), "Rota.csv", authority_id=asked.authority_id)
    file = commands.add_file(asked, kept, title="Rota", marking=Marking.OFFICIAL, by=by, at=NOON)
    file.read_at = None
    if said is not None:
        commands.note_reading(file, said, at=NOON)
    return file


def test_a_file_that_waits_is_on_my_work_of_who_may_look_but_not_of_who_chose_it(
    app: Flask, session: Session, brent: Authority, asked: InspectorRequest, amina: Person, priya: Person
) -> None:
    lead = given.a_person(name="Lee Lead", authority=brent, role=Role.ACTION_LEAD)
    secret, plain = evidence_to_hand_over(brent, "Case list", sensitive=True), evidence_to_hand_over(brent, "Policy")
    for one in (secret, plain):
        commands.choose(asked, reference=one.reference, by=amina, at=NOON)
    session.commit()

    line = "Take the second look at E-1 Case list Second look, for H-1, due 20 November 2026 at 14:00 2 hours left"
    assert week_of(app, priya) == [line]
    assert week_of(app, amina) == []
    assert week_of(app, lead) == []

    page = " ".join(signed_in(app, amina).get("/brent/requests/1").text.split())
    assert "It is marked Official-Sensitive. It waits under <em>My work</em> of " in page
    assert "Priya Raman</small>" in page
    visit = " ".join(signed_in(app, priya).get("/brent/fieldwork/1").text.split())
    assert "E-1 Case list, chosen by Amina Yusuf for" in visit

    commands.look(asked.chosen[0], by=priya, at=NOON)
    session.commit()
    assert week_of(app, priya) == []


def test_on_the_list_is_what_a_colleague_can_look_at_now(
    session: Session, fieldwork: Fieldwork, asked: InspectorRequest, amina: Person
) -> None:
    phone, sure = (Sign.PHONE.value, "page 1", "020…"), (Sign.NHS_NUMBER.value, "page 3", "943…")
    clean, doubtful, unread, leading, partly = (
        an_upload(asked, amina, said=said, number=number)
        for number, said in enumerate(
            [Said(), Said(found=[phone]), None, Said(found=[phone, sure]), Said(gaps=["Page 2 is a picture."])]
        )
    )
    session.commit()
    session.expire_all()

    assert set(queries.to_look_at(fieldwork)) == {doubtful, partly}
    assert [bool(queries.why_second_look(one)) for one in (clean, doubtful, partly)] == [False, True, True]
    assert {unread, leading}.isdisjoint(queries.to_look_at(fieldwork))
    commands.withdraw(asked, version=asked.version, because="No more", replaced_by=None, at=NOON)
    assert queries.to_look_at(fieldwork) == []


def test_a_request_that_nobody_sees_to_is_missing(
    director: FlaskClient, fieldwork: Fieldwork, asked: InspectorRequest, priya: Person, brent: Authority
) -> None:
    a_request(fieldwork, words="Seen to", owner=priya)
    a_request(a_fieldwork(authority=brent, rehearsal=True), words="Elsewhere")

    page = " ".join(director.get("/brent/fieldwork/1").text.split())

    assert page.count("Nobody sees to ") == 1
    assert queries.standing(fieldwork, NOON).unowned == [asked]
