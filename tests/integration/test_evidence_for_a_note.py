"""Evidence that is suggested for a line of enquiry: what is of the latest day first, and what is stale says so."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given_evidence
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import commands as notes
from tracker.fieldwork.notes.rules import NoteKind
from tracker.people.models import Authority, Person

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("on_the_twentieth_of_november")]


def test_the_latest_day_is_first_whatever_its_number_and_what_is_stale_is_marked(
    director: FlaskClient, session: Session, brent: Authority, fieldwork: Fieldwork, amina: Person
) -> None:
    for title, dated in (("Of this year", date(2026, 11, 12)), ("Seven years old", date(2019, 9, 3))):
        given_evidence.evidence(authority=brent, title=title, dated=dated, area_code="leadership")
    said = notes.Said(
        kind=NoteKind.LINE_OF_ENQUIRY, text="Supervision", area_code="leadership", theme_code=None,
        said_on=date(2026, 11, 20), meeting=None, owner=None,
    )  # fmt: skip
    note = notes.add(fieldwork, said, by=amina)
    session.commit()

    page = BeautifulSoup(director.get(f"/brent/fieldwork/1/notes/{note.id}").text, "html.parser")

    suggested = [" ".join(one.get_text(" ").split()) for one in page.select("ul.app-doings li")]
    lines = [one for one in suggested if one.startswith("E-")]
    assert lines[0].startswith("E-1 Of this year, 12 November 2026")
    assert lines[1].startswith("E-2 Seven years old, 3 September 2019. Stale, 86 months old")
