"""Annex A: what is known of each list through its pages, and that a list of children leaves nothing behind."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import given
from tests.queries_counted import at_most
from tracker.annex_a import commands, queries
from tracker.annex_a.commands import Told
from tracker.annex_a.models import AnnexList, AnnexResult
from tracker.annex_a.rules import Band, Said, Standing
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False):
        yield


def said(authority: Authority, code: str = "8", *, version: int = 0, tested_on: date = TODAY) -> AnnexList:
    line = queries.line(authority, code, TODAY)
    assert line is not None
    told = Told(owner=None, said=Said.READY, tested_on=tested_on, band=Band.TO_199, known_faults="")
    return commands.say(line, authority=authority, told=told, version=version, today=TODAY)


def brought(client: FlaskClient, content: str, **fields: str) -> str:
    file = (io.BytesIO(content.encode()), "summary.csv")
    data = {"file": file, "validator": "In-house", "validated_on": "19 November 2026"} | fields
    return client.post("/brent/readiness/annex-a/summary", data=data, follow_redirects=True).text


def test_a_list_says_how_it_stands_until_its_test_run_is_too_old(director: FlaskClient, brent: Authority) -> None:
    page = director.post(
        "/brent/readiness/annex-a/8/change",
        data={
            "version": "0",
            "said": "Ready",
            "tested_on": "2 November 2026",
            "band": "200 to 999",
            "known_faults": "",
        },
        follow_redirects=True,
    ).text

    assert "List 8 saved." in page
    assert "200 to 999" in page
    found = queries.readiness(brent, TODAY)
    later = queries.line(brent, "8", date(2027, 4, 1))
    assert found is not None
    assert later is not None
    assert found.words == "Annex A: 1 of 11 lists are ready"
    assert (later.stands.state, later.stands.why) == (Standing.TRY_AGAIN, "last tried 150 days ago")


def test_the_second_of_two_is_told_and_a_stranger_answers_for_nothing(brent: Authority) -> None:
    said(brent)
    with pytest.raises(Conflict, match="Somebody else"):
        said(brent, version=0)
    line = queries.line(brent, "9", TODAY)
    assert line is not None
    stranger = given.a_person(authority=given.an_authority(slug="barnet", name="Barnet"))
    told = Told(owner=stranger, said=Said.NOT_TRIED, tested_on=None, band=None, known_faults="")
    with pytest.raises(Refused, match="works in this authority"):
        commands.say(line, authority=brent, told=told, version=0, today=TODAY)


def test_a_summary_is_kept_by_list_and_its_file_is_not(director: FlaskClient, brent: Authority) -> None:
    page = brought(director, "list,rule,count,about\n8,8620,12,Assessment overdue\n9,9104,3,\n")

    assert "found in list 8 and 9 is kept. The file is not." in page
    assert "12 faults" in director.get("/brent/readiness/annex-a/8").text
    assert [one.total for one in queries.results(brent, "9")] == [3]


def test_a_list_of_children_leaves_nothing_behind(director: FlaskClient) -> None:
    page = brought(director, "Child Unique ID,Date of Birth\n40012345,04/03/2015\n", of_list="8")

    assert "only a list of children or adopters has" in page
    assert "40012345" not in page
    assert db.session.scalar(select(func.count()).select_from(AnnexResult)) == 0


def test_known_faults_name_no_child(director: FlaskClient) -> None:
    data = {
        "version": "0",
        "said": "Not ready",
        "tested_on": "2 November 2026",
        "known_faults": "Wrong for 943 476 5919",
    }
    answer = director.post("/brent/readiness/annex-a/8/change", data=data)

    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(AnnexList)) == 0


def test_the_pages_are_bounded_and_readiness_says_how_many_are_ready(director: FlaskClient, brent: Authority) -> None:
    for code in ("1", "2", "8"):
        said(brent, code)
        for _ in range(3):
            commands.bring_in(
                brent, b"rule,count\n8620,3", validator="In-house", validated_on=TODAY, of_list=code, by=None,
                at=clock.now(), today=TODAY,
            )  # fmt: skip
    with at_most(4):
        queries.readiness(brent, TODAY)
    assert "Annex A: 3 of 11 lists are ready" in director.get("/brent/readiness").text
    assert director.get("/brent/readiness/annex-a/14").status_code == 404


def test_nothing_of_another_authority_is_shown(brent: Authority) -> None:
    said(given.an_authority(slug="barnet", name="Barnet"))
    found = queries.readiness(brent, TODAY)

    assert found is not None
    assert {line.version for line in found.lines} == {0}
