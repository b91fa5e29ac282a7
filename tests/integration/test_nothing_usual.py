"""A kind of visit for which nothing usual is written down: the pages say so, and claim nothing of what is not there."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.given_fieldwork import a_fieldwork
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.models import Fieldwork
from tracker.people.models import Authority

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("on_the_twentieth_of_november")]

SAID = "Nothing usual is written down for this kind of visit yet"
CALL = {
    "sort": "A rehearsal", "activity": "jtai", "called_on": "20 November 2026", "called_at": "9:40",
    "remote_from": "20 November 2026", "first_day": "26 December 2026", "last_day": "28 December 2026",
}  # fmt: skip


def part(page: str, section: str) -> str:
    return " ".join(page.partition(f'id="{section}"')[2].partition("</section>")[0].split())


@pytest.fixture
def of_a_rare_kind(brent: Authority) -> Fieldwork:
    fieldwork = a_fieldwork(authority=brent)
    fieldwork.activity = "jtai"
    return fieldwork


def test_it_is_said_where_the_call_is_entered_and_days_on_which_nobody_works_are_named(
    director: FlaskClient, brent: Authority
) -> None:
    assert SAID in director.get("/brent/fieldwork/start").text

    page = director.post("/brent/fieldwork/start", data=CALL, follow_redirects=True).text

    assert f"N-1 begun. {SAID}, so its timetable and its checklist are empty." in page
    assert "The first day on site, 26 December 2026, is a Saturday." in part(page, "missing")
    assert "The last day on site, 28 December 2026, is a bank holiday." in part(page, "missing")
    usual = director.post("/brent/fieldwork/1/close")
    assert usual.status_code == 302
    begun = director.post("/brent/fieldwork/start", data=CALL | {"activity": "short"}, follow_redirects=True).text
    assert "N-2 begun: the timetable and the checklist are there." in begun


def test_the_page_says_so_with_the_link_where_it_is_written(director: FlaskClient, of_a_rare_kind: Fieldwork) -> None:
    page = director.get("/brent/fieldwork/1").text

    assert SAID in part(page, "missing")
    assert f'href="/brent/fieldwork/usual/{of_a_rare_kind.framework_id}/jtai"' in part(page, "missing")
    assert part(page, "stands").count("None yet") >= 2
    for claimed in ("no meetings", "0 to come", "0 of 0", "every document is ready"):
        assert claimed not in page


def test_with_a_document_alone_nothing_is_claimed_of_meetings(director: FlaskClient, of_a_rare_kind: Fieldwork) -> None:
    document = checklist.add(of_a_rare_kind, name="Rotas", due_on=date(2026, 12, 1), owner=None, note="")
    document.owner = of_a_rare_kind.started_by
    assert "1 document</a> not ready, with somebody and not due yet" in part(
        director.get("/brent/fieldwork/1").text, "missing"
    )

    checklist.say_ready(document, on=date(2026, 11, 20), by=of_a_rare_kind.started_by, version=document.version)

    said = part(director.get("/brent/fieldwork/1").text, "missing")
    assert "Every document is ready. No meeting is in the timetable yet." in said
    assert SAID not in said
