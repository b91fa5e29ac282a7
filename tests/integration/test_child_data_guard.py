"""The guard on files of evidence: what is found, who opens what is held back, and what is reported."""

import io
import zipfile
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given_evidence
from tests.given_child_data_guard import TEXT, text_of
from tests.given_child_data_guard import add as add  # a fixture
from tests.given_child_data_guard import colleague as colleague  # a fixture
from tests.given_child_data_guard import director as director  # a fixture
from tests.given_child_data_guard import owner as owner  # a fixture
from tests.given_child_data_guard import samira as samira  # a fixture
from tests.queries_counted import at_most
from tracker.evidence import commands as evidence_commands
from tracker.evidence.guard import jobs, queries
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.evidence.words.models import FileReading, FileWords
from tracker.people.models import Person
from tracker.platform.jobs import Job


def test_what_is_found_in_a_file_is_shown_with_its_place_and_hidden(
    owner: FlaskClient, add: Callable[..., Evidence]
) -> None:
    add()

    page = owner.get("/brent/evidence/1").text

    assert "Held back" in page
    assert "An NHS number Line 3 943 ••• ••••" in text_of(page)
    assert "943 476 5919" not in page
    assert "Held back: something in it could lead to a child" in owner.get("/brent/evidence").text


def test_the_words_of_a_file_are_kept_without_the_number(add: Callable[..., Evidence], session: Session) -> None:
    add()

    kept = session.scalars(select(FileWords).order_by(FileWords.position)).all()

    assert [(one.place, one.text) for one in kept] == [
        ("line 1", "Visits are in time."),
        ("line 3", "Her number is 943 ••• ••••, ring 020 •••• ••••."),
    ]


def test_a_file_that_is_held_back_opens_for_its_owner_and_who_decides_alone(
    owner: FlaskClient, colleague: FlaskClient, director: FlaskClient, add: Callable[..., Evidence]
) -> None:
    add()

    assert owner.post("/brent/evidence/1/download").data == TEXT
    assert director.post("/brent/evidence/1/download").data == TEXT
    refused = colleague.post("/brent/evidence/1/download")

    assert "The file is held back: something in it looks as if it could lead to a child." in refused.text
    assert "943" not in colleague.get("/brent/evidence/1").text
    assert colleague.get("/brent/evidence/1/child-data").status_code == 403


def test_a_file_that_cannot_be_read_says_so(owner: FlaskClient, add: Callable[..., Evidence]) -> None:
    add(given_evidence.PDF, "Scan.pdf")

    page = text_of(owner.get("/brent/evidence/1").text)

    assert "Not looked through for what could lead to a child" in page
    assert "The PDF is damaged. Open it, save it again and add the new copy." in page


def test_a_file_that_was_there_before_files_were_looked_through_is_asked_for(
    add: Callable[..., Evidence], session: Session
) -> None:
    given_evidence.evidence(kind=Kind.FILE)
    session.query(Job).delete()

    assert jobs.tidy({}) == {"asked": 1}
    assert [job.task for job in session.scalars(select(Job))] == ["evidence.read_words"]


def test_what_a_file_says_is_forgotten_once_no_evidence_has_it(
    add: Callable[..., Evidence], session: Session, samira: Person
) -> None:
    evidence = add(b"Visits are in time.")
    new = given_evidence.an_upload(b"Visits are late.", "Notes.txt")
    evidence_commands.replace_file(evidence, version=evidence.version, upload=new, by=samira)

    jobs.tidy({})

    assert session.scalars(select(FileWords)).all() == []


def test_the_report_lists_every_warning_and_never_the_value(
    owner: FlaskClient, director: FlaskClient, add: Callable[..., Evidence]
) -> None:
    evidence = add()
    number, _phone = queries.undecided(evidence, evidence.file_sha256)
    said = {"version": evidence.version, "take_out": str(number.id), "because": "It is the team’s own telephone"}
    owner.post("/brent/evidence/1/child-data", data=said)

    page = director.get("/brent/evidence/child-data").text
    file = load_workbook(io.BytesIO(director.get("/brent/evidence/child-data.xlsx?decision=kept").data))

    assert "Samira Okafor" in text_of(page)
    assert "Kept: It is the team’s own telephone" in text_of(page)
    assert "943" not in text_of(page)
    rows = [[cell.value for cell in row] for row in file["Warnings"].iter_rows(min_row=2)]
    assert [row[2:4] + row[6:9] for row in rows] == [
        ["a phone number", "line 3", "Kept", "It is the team’s own telephone", "Samira Okafor"]
    ]


def test_the_report_is_for_those_who_decide(owner: FlaskClient) -> None:
    assert owner.get("/brent/evidence/child-data").status_code == 403


def test_the_report_asks_the_database_no_more_for_many_warnings_than_for_one(
    director: FlaskClient, add: Callable[..., Evidence]
) -> None:
    for number in range(5):
        add(TEXT + f"Visit {number}\n".encode())

    director.get("/brent/evidence/child-data")

    with at_most(9):
        director.get("/brent/evidence/child-data")


@pytest.mark.parametrize("kind", ["bomb", "nested", "entities"])
def test_a_hostile_file_ends_in_a_sentence(kind: str, add: Callable[..., Evidence], session: Session) -> None:
    add(HOSTILE[kind](), "Plan.docx")

    (reading,) = session.scalars(select(FileReading)).all()

    assert reading.gaps == [
        "The file is damaged, so not all of it was looked through. Open it, save it again and add the new copy."
    ]


def _word(body: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", body)
    return content.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: _word("<p>" * 300 + "<t>943 476 5919</t>" + "</p>" * 299),
    "nested": lambda: _word("<a>" * 5000 + "</a>" * 5000),
    "entities": lambda: _word(
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
        + "]><p><t>&i;</t>"
    ),
}
"""XML that does not end, that is nested without end, and that unfolds to a hundred million letters."""
