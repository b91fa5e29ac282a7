"""Adding newer evidence in the place of a piece that grows old: what is carried over, and what is not."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tracker.evidence import commands
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking, Strength
from tracker.people.models import Authority
from tracker.platform.db import db

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def link_to_newer(client: FlaskClient) -> str:
    page = BeautifulSoup(client.get("/brent/evidence/1/look-again").text, "html.parser")
    (link,) = [one for one in page.select("a") if one.get_text() == "Add newer evidence"]
    return str(link["href"])


def shown(page: BeautifulSoup, name: str) -> str:
    """What a box, a list or radio buttons of this name hold."""
    boxes = page.select(f"[name={name}]")
    if boxes[0].get("type") == "radio":
        return " ".join(str(box["value"]) for box in boxes if box.has_attr("checked"))
    chosen: list[Tag] = list(boxes[0].select("option[selected]"))
    if chosen:
        return str(chosen[0]["value"])
    return boxes[0].get_text().strip() if boxes[0].name == "textarea" else str(boxes[0].get("value", ""))


def test_newer_evidence_keeps_title_and_places_and_asks_for_day_and_what_it_shows(
    session: Session, head_of_service: FlaskClient, brent: Authority
) -> None:
    item = given.an_item(authority=brent)
    action = given.an_action(item=item)
    earlier = given_evidence.evidence(item=item, action=action, theme_code="HP11", dated=date(2026, 9, 1))
    earlier.origin = "PLO tracker"
    db.session.flush()

    address = link_to_newer(head_of_service)
    page = BeautifulSoup(head_of_service.get(address).text, "html.parser")

    names = ("title", "origin", "strength", "item", "theme", "dated", "shows")
    assert {name: shown(page, name) for name in names} == {
        "title": "PLO tracker summary",
        "origin": "PLO tracker",
        "strength": "Outcome",
        "item": "1",
        "theme": "HP11",
        "dated": "",
        "shows": "",
    }
    said = " ".join(page.get_text(" ").split())
    assert "It follows E-1 , of 1 September 2026" in said
    assert "E-1 showed: Delay has fallen in three of four teams" in said
    typed = {
        "title": "PLO tracker summary",
        "shows": "Delay has fallen in all teams",
        "dated": "19 November 2026",
        "strength": str(Strength.OUTCOME),
        "marking": str(Marking.OFFICIAL),
        "item": "1",
    }
    added = head_of_service.post(address, data=typed)
    newer = session.query(Evidence).filter_by(number=2).one()
    assert added.location == "/brent/evidence/2"
    assert {link.item or link.action for link in newer.links} == {item, action}


def test_what_one_form_cannot_choose_is_named(head_of_service: FlaskClient, brent: Authority) -> None:
    earlier = given_evidence.evidence(authority=brent, theme_code="HP11", area_code="help_protection")
    commands.link_to_theme(earlier, theme_code="HP12")

    assert "E-1 also speaks for HP12" in head_of_service.get(link_to_newer(head_of_service)).text


def test_nothing_is_carried_from_another_kind_or_another_authority(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_evidence.evidence(authority=brent, kind=Kind.VOICE)
    given_evidence.evidence(authority=given.an_authority(slug="barnet", name="Barnet"), title="Theirs")

    for reference in ("E-1", "E-2", "E-99", "I-1", "x"):
        assert "It follows" not in head_of_service.get(f"/brent/evidence/add/data?after={reference}").text


def test_whoever_looks_again_is_told_until_when_she_is_not_asked(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_evidence.evidence(authority=brent, dated=date(2026, 9, 1))

    page = head_of_service.get("/brent/evidence/1/look-again").text

    assert "you are not asked about it again before 5 February 2027" in " ".join(page.split())
