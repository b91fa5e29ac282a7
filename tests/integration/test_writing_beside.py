"""What stands beside a statement while somebody writes in it, and what saving says of its citations."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import given, given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority
from tracker.platform.db import db

TODAY = date(2026, 11, 20)
WRITE = "/brent/statements/1/write"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def beside(response: TestResponse) -> str:
    (aside,) = BeautifulSoup(response.text, "html.parser").select("aside[aria-label='To cite']")
    return " ".join(aside.get_text(" ").split())


def said(response: TestResponse) -> str:
    (message,) = BeautifulSoup(response.text, "html.parser").select(".app-saved")
    return " ".join(message.get_text(" ").split())


@pytest.fixture
def item(brent: Authority) -> ImprovementItem:
    return given_se.mapped(given.an_item(authority=brent), MappedTo.AREA, code="help_protection")


def saved(client: FlaskClient, text: str) -> TestResponse:
    data = {"version": "1", "title": "Pre-proceedings", "question": "know", "text": text}
    return client.post(WRITE, data=data, follow_redirects=True)


def test_evidence_of_the_item_stands_first_and_once(
    head_of_service: FlaskClient, brent: Authority, item: ImprovementItem
) -> None:
    given_evidence.evidence(authority=brent, title="Of the area", area_code="help_protection")
    given_evidence.evidence(item=item, title="Of the item", dated=date(2026, 9, 1))
    given_se.a_statement(version=given_se.a_version(authority=brent), item=item)

    shown = beside(head_of_service.get(WRITE))

    assert shown.count("Of the item") == 1
    assert shown.index("To cite on the item it answers") < shown.index("Of the item") < shown.index("Of the area")


def test_measures_stand_with_their_newest_figure(
    head_of_service: FlaskClient, brent: Authority, item: ImprovementItem
) -> None:
    given_indicators.a_measure(name="Another", figures=[90], until=date(2026, 10, 31))
    given_indicators.a_measure(item=item, figures=[69, 71], until=date(2026, 10, 31), area_code="leadership")
    given_se.a_statement(version=given_se.a_version(authority=brent), item=item)

    shown = beside(head_of_service.get(WRITE))

    assert "Measure: 71% , October 2026. Basis: from the date the letter was sent." in shown
    assert shown.index("M-2") < shown.index("M-1")


def test_what_is_still_to_settle_stands_beside_the_text(head_of_service: FlaskClient, brent: Authority) -> None:
    given_se.a_statement("Letters are clear.", version=given_se.a_version(authority=brent))

    shown = beside(head_of_service.get(WRITE))

    assert "Marks, as saved (1) a: no evidence “Letters are clear.” It makes a claim" in shown
    assert "Marks, as saved" not in beside(head_of_service.get("/brent/statements/new?area=help_protection"))


def test_saving_says_what_is_cited_in_vain_and_saves_all_the_same(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_evidence.evidence(authority=brent)
    statement = given_se.a_statement(version=given_se.a_version(authority=brent))

    done = saved(head_of_service, "Letters are clear [E-1] [E-9999] [X-1] [S-1], as we count [M7].")

    assert said(done) == (
        "S-1 saved as a draft. There is nothing called E-9999 or X-1. S-1 cannot be cited: that is the reference of a "
        "statement. [M7] is read as plain words: write [M-7] to cite."
    )
    assert "a: not found" in done.text
    db.session.refresh(statement)
    assert statement.text.endswith("as we count [M7].")


def test_saving_says_no_more_where_every_citation_leads_somewhere(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_evidence.evidence(authority=brent)
    given_se.a_statement(version=given_se.a_version(authority=brent))

    assert said(saved(head_of_service, "Letters are clear [E-1].")) == "S-1 saved as a draft."
