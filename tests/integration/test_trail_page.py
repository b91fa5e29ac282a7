"""The page *History*: sentences about everything in an authority, narrowed, page by page, and taken away on record."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tests.queries_counted import at_most
from tracker.overview import trail
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import history


def told(page: str) -> list[str]:
    """The sentences of the page, with why."""
    return [
        " ".join(cell.get_text(" ", strip=True).split())
        for cell in BeautifulSoup(page, "html.parser").select("tbody td:nth-of-type(2)")
    ]


def test_the_history_is_told_newest_first_with_who_why_and_from_where(
    director: FlaskClient, session: Session, brent: Authority
) -> None:
    item = given.an_item(authority=brent, title="Plans")
    priya = given.a_person(name="Priya Raman", authority=brent)
    history.from_where("10.20.30.0/24")
    with history.acting(priya.id, priya.name), history.because("Shorter"):
        item.title = "Care plans"
        session.flush()
    given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"), title="Elsewhere")

    page = director.get("/brent/history")

    assert told(page.text)[0] == "I-1 has a new title. Open I-1 Shorter"
    assert "Priya Raman" in page.text
    assert "10.20.30.0/24" in page.text
    assert "Elsewhere" not in page.text
    assert told(director.get(f"/brent/history?who={priya.id}&thing=i-1&kind=improvement_item").text)[0].startswith(
        "I-1"
    )
    assert told(director.get("/brent/history?thing=I-999").text) == []
    assert told(director.get("/brent/history?from=1+January+2020&to=2+January+2020").text) == []
    assert "could not be read" in director.get("/brent/history?from=soon").text


def test_pages_follow_one_another_without_a_gap_and_cost_the_same(
    director: FlaskClient, session: Session, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "PER_PAGE", 4)
    for number in range(9):
        history.record(brent, f"tried for the {number + 1}. time")
    seen, address = list[str](), "/brent/history?what=acts"

    while address:
        with at_most(6):
            page = director.get(address).text
        seen += told(page)
        older = BeautifulSoup(page, "html.parser").find("a", string="Older")
        address = str(older["href"]) if older else ""

    assert seen == [f"Authority tried for the {number}. time." for number in range(9, 0, -1)]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_who_takes_it_away_is_on_record(director: FlaskClient, session: Session, brent: Authority, ending: str) -> None:
    given.an_item(authority=brent, title="=1+1")

    file = director.post(f"/brent/history.{ending}?kind=improvement_item").data

    if ending == "csv":
        lines = file.decode("utf-8-sig").splitlines()
    else:
        sheet = load_workbook(io.BytesIO(file))["History"]
        lines = [" ".join(str(cell) for cell in row) for row in sheet.values]
    assert len(lines) == 2
    assert "I-1 recorded." in lines[1]
    newest = history.of(brent)[0]
    assert (newest.what, newest.actor_name) == ("history taken away as a file, 1 entry", "Dana Whitfield")
    assert told(director.get("/brent/history?what=taken").text) == ["Authority history taken away as a file, 1 entry."]


def test_a_request_is_told_with_its_network_and_not_its_address(app: Flask, brent: Authority, session: Session) -> None:
    action = given.an_action()
    client = signed_in(app, given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR))
    form = {"version": action.version, "now": "On track", "done": "Met", "due_on": f"{date(2027, 3, 1):%-d %B %Y}",
            "due_reason": "Later"}  # fmt: skip

    client.post(f"/brent/actions/{action.number}/update", data=form)

    assert history.of(action)[0].came_from == "127.0.0.0/24"
