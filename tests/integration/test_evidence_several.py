"""Several files added at once: they count nowhere until it is said what each of them shows."""

import io
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given, given_evidence
from tests.conftest import signed_in
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking
from tracker.evidence.several.models import UndescribedFile
from tracker.people.models import Authority
from tracker.platform.storage_check import check

CSV = b"month,late\nMay,7\n"
SEND = {"Accept": "application/json"}


def send(client: FlaskClient, *files: tuple[bytes, str], **headers: Any) -> TestResponse:
    chosen = [(io.BytesIO(content), name) for content, name in files]
    return client.post("/brent/evidence/several", data={"files": chosen}, **headers)


def fields(page: TestResponse, name: str) -> list[str]:
    """The names of the boxes, one for each file, that ask for ``name``."""
    soup = BeautifulSoup(page.text, "html.parser")
    return [str(box["name"]) for box in soup.select(f"[name^=f][name$=-{name}]")]


def said(page: TestResponse, place: int, **changed: str) -> dict[str, str]:
    """What is said of the file at ``place`` of the page."""
    told = {
        "title": "Late visits",
        "kind": "Data",
        "dated": "12 November 2025",
        "strength": "Outcome",
        "shows": "Fewer",
    }
    return {fields(page, name)[place]: value for name, value in (told | changed).items()}


def test_files_wait_unseen_and_uncounted_until_what_they_show_is_said(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    answer = send(head_of_service, (CSV, "late_visits.csv"), (given_evidence.PDF, "minutes.pdf"))

    page = head_of_service.get(answer.location)
    titles = [str(box["value"]) for box in BeautifulSoup(page.text, "html.parser").select("[name$=-title]")]
    assert titles == ["Late visits", "Minutes"]
    assert session.query(Evidence).count() == 0
    assert check().files >= 2
    assert check().lost == []


def test_one_of_them_is_described_and_the_other_waits(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    given.an_item()
    page = head_of_service.get(send(head_of_service, (CSV, "a.csv"), (given_evidence.PDF, "b.pdf")).location)

    together = {"item": "1", "marking": Marking.OFFICIAL_SENSITIVE.value}
    answer = head_of_service.post("/brent/evidence/several/describe", data=said(page, 0) | together)

    added = session.query(Evidence).one()
    assert (added.title, added.kind, added.file_name, added.marking) == (
        "Late visits", Kind.DATA, "a.csv", Marking.OFFICIAL_SENSITIVE,
    )  # fmt: skip
    assert [link.item.reference for link in added.links if link.item] == ["I-1"]
    assert [one.file_name for one in session.query(UndescribedFile)] == ["b.pdf"]
    assert answer.location == "/brent/evidence/several/describe"


def test_what_is_half_said_stays_and_what_is_wholly_said_is_saved(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    page = head_of_service.get(send(head_of_service, (CSV, "a.csv"), (given_evidence.PDF, "b.pdf")).location)

    answer = head_of_service.post(
        "/brent/evidence/several/describe",
        data=said(page, 0, strength="", shows="Case 1234567 drifted") | said(page, 1) | {"marking": "Official"},
    )

    assert answer.status_code == 200
    assert "a.csv: Say what is the most that it shows" in answer.text
    assert "Case 1234567 drifted" in answer.text
    assert [one.file_name for one in session.query(Evidence)] == ["b.pdf"]


def test_what_looks_like_child_data_is_asked_about_beside_its_file(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    page = head_of_service.get(send(head_of_service, (CSV, "a.csv")).location)
    doubtful = said(page, 0, shows="Contract 1234567 ended") | {"marking": "Official"}

    answer = head_of_service.post("/brent/evidence/several/describe", data=doubtful)

    assert answer.status_code == 422
    [because] = fields(answer, "not_child_data_because")
    head_of_service.post("/brent/evidence/several/describe", data=doubtful | {because: "A contract’s number"})
    assert session.query(Evidence).one().not_child_data_because == "A contract’s number"


def test_one_that_is_refused_loses_none_of_the_others(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    answer = send(head_of_service, (b"MZ\x90" + bytes(99), "plan.pdf"), (CSV, "a.csv"), (b"", "empty.csv"))

    page = head_of_service.get(answer.location).text
    assert "1 file added." in page
    assert "“plan.pdf” was not added. The file is of the kind .exe" in page
    assert "“empty.csv” was not added. The file is empty." in page
    assert [one.file_name for one in session.query(UndescribedFile)] == ["a.csv"]


def test_the_script_sends_one_file_a_request_and_is_told_what_became_of_it(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    added = send(head_of_service, (CSV, "a.csv"), headers=SEND)
    refused = send(head_of_service, (b"<html>", "b.csv"), headers=SEND)

    assert (added.status_code, added.json) == (201, {"name": "a.csv", "size": "17 bytes"})
    assert refused.status_code == 422
    assert refused.json is not None
    assert refused.json["refused"].startswith("The file is a web page")
    assert send(head_of_service, headers=SEND).status_code == 422
    assert session.query(UndescribedFile).count() == 1


def test_choosing_nothing_is_refused(head_of_service: FlaskClient, brent: Authority) -> None:
    assert "Choose the files to add." in send(head_of_service).text


def test_a_file_is_thrown_away_by_whoever_added_it_and_by_nobody_else(
    app: Flask, head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    send(head_of_service, (CSV, "a.csv"))
    [file] = session.query(UndescribedFile)
    away = f"/brent/evidence/several/{file.id}/throw-away"
    colleague = signed_in(app, given.a_person(name="Tom Ferris", authority=brent))

    assert "No file waits for you" in colleague.get("/brent/evidence/several/describe").text
    assert colleague.post(away).status_code == 404
    assert "a.csv thrown away" in head_of_service.post(away, follow_redirects=True).text
    assert session.query(UndescribedFile).count() == 0


def test_the_enter_key_in_a_box_throws_nothing_away(head_of_service: FlaskClient, brent: Authority) -> None:
    page = BeautifulSoup(head_of_service.get(send(head_of_service, (CSV, "a.csv")).location).text, "html.parser")

    box = page.select_one("[name$=-title]")
    assert box is not None
    form = box.find_parent("form")
    assert form is not None
    own = [button.get_text() for button in form.select("button[type=submit]") if not button.get("form")]
    assert own == ["Add them to the register"]


def test_my_work_says_how_many_files_wait(head_of_service: FlaskClient, brent: Authority) -> None:
    send(head_of_service, (CSV, "a.csv"), (given_evidence.PDF, "b.pdf"))

    page = head_of_service.get("/brent/").text

    assert "2 files that you added" in page
    assert "/brent/evidence/several/describe" in page
