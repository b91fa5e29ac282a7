"""The line of sight: each link that is broken is found, marked and put right, in as many statements for many items."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given, given_audits, given_evidence, given_indicators
from tests.given_self_evaluation import mapped
from tests.queries_counted import at_most
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.indicators.resting.models import SuccessMeasure
from tracker.overview import line_of_sight
from tracker.overview.line_of_sight import Step
from tracker.people.models import Authority
from tracker.platform.db import db

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def broken(authority: Authority, area: str = "help_protection") -> list[tuple[Step, str, str]]:
    page = line_of_sight.page(authority, area, TODAY)
    return [(one.step, one.reference, one.words) for _, one in page.broken]


def an_item_of(authority: Authority, area: str = "help_protection", **values: Any) -> ImprovementItem:
    item = mapped(given.an_item(authority=authority, **values), MappedTo.AREA, code=area)
    given_audits.a_confirmed_theme(item, "HP11")
    return item


def a_whole_line(authority: Authority) -> ImprovementItem:
    item = an_item_of(authority, owner=given.a_person(authority=authority))
    action = given.an_action(item=item)
    measure = given_indicators.a_measure(item=item, figures=[71])
    db.session.add(SuccessMeasure(authority=authority, action=action, measure=measure))
    given_audits.an_audit(authority=authority, theme_code="HP11")
    given_evidence.evidence(item=item, kind=Kind.VOICE)
    db.session.flush()
    return item


def test_a_line_that_holds_has_no_broken_link(brent: Authority) -> None:
    a_whole_line(brent)

    assert broken(brent) == []


def test_each_link_that_is_missing_is_named_in_the_order_of_the_line(brent: Authority) -> None:
    item = an_item_of(brent)

    assert broken(brent) == [
        (Step.ITEM, item.reference, "Nobody owns it"),
        (Step.ACTION, item.reference, "No action answers it"),
        (Step.MEASURE, item.reference, "No measure shows whether it gets better"),
        (Step.AUDIT, item.reference, "No audit since it was raised"),
        (Step.VOICE, item.reference, "No voice yet"),
    ]


def test_what_is_too_old_or_tied_to_nothing_is_a_broken_link(brent: Authority) -> None:
    item = a_whole_line(brent)
    action = given.an_action(item=item)
    measure = given_indicators.a_measure(item=item, figures=[60], until=date(2026, 4, 30))
    finding = given_audits.a_finding(item=item, on=date(2026, 11, 12))
    finding_measure = [(Step.MEASURE, action.reference, "Judged by no measure")]
    for voice in db.session.query(Evidence):
        voice.dated = date(2026, 3, 4)
    db.session.flush()

    assert broken(brent) == [
        *finding_measure,
        (Step.MEASURE, measure.reference, "Last figure of 30 April 2026"),
        (Step.AUDIT, finding.reference, "An open finding that no action answers"),
        (Step.VOICE, item.reference, "Last voice of 4 March 2026"),
    ]


def test_every_broken_link_leads_to_where_it_is_put_right(director: FlaskClient, brent: Authority) -> None:
    item = an_item_of(brent)
    given.an_action(item=item)
    measure = given_indicators.a_measure(item=item)
    given_audits.a_finding(item=item, on=date(2026, 11, 12))

    page = BeautifulSoup(director.get("/brent/readiness/line-of-sight?area=help_protection").text, "html.parser")
    links = {str(link["href"]) for link in page.select("section[aria-labelledby=broken] td a")}

    assert f"/brent/items/{item.number}/edit" in links
    assert "/brent/actions/1/measures/new" in links
    assert "/brent/findings/1" in links
    assert f"/brent/evidence/add/voice?item={item.number}" in links
    assert "heads of service and QA officers record measures" in page.text
    assert f"/brent/measures/{measure.number}" in links
    assert all(director.get(link).status_code == 200 for link in links)


def test_the_number_of_statements_does_not_grow(brent: Authority) -> None:
    a_whole_line(brent)
    with at_most(12) as few:
        line_of_sight.page(brent, "help_protection", TODAY)
    for _ in range(4):
        item = an_item_of(brent)
        given.an_action(item=item)
        given_evidence.evidence(item=item, kind=Kind.VOICE)

    db.session.expire_all()
    with at_most(len(few) + 1):
        line_of_sight.page(brent, "help_protection", TODAY)


def test_an_area_has_its_own_items_and_no_other_authoritys(brent: Authority, director: FlaskClient) -> None:
    a_whole_line(given.an_authority(slug="barnet", name="Barnet"))

    assert line_of_sight.page(brent, "help_protection", TODAY).lines == []
    assert "No open item is mapped to this area" in director.get("/brent/readiness/line-of-sight").text
