"""What a test about past audits is given: a council's own spreadsheet, and how it walks through its pages."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given
from tests.given_sheets import outcomes as outcomes  # the same for every spreadsheet
from tracker.audits.models import Audit
from tracker.audits.summaries.models import AuditSummary
from tracker.audits.summaries.rules import By, Counted
from tracker.people.models import Authority, Team

HEADINGS = (
    "Case ref", "Date of audit", "Team", "Audited by", "Overall judgement", "Moderation grade", "Chronology",
    "Plan quality", "Strengths", "Areas for improvement",
)  # fmt: skip
FIRST = (
    "br-2001", date(2025, 3, 4), "Court team", "Nadia Coyle", "Good", "RI", "Good", "2", "Visits were frequent",
    "- Plans come late\n- No visit to the father",
)  # fmt: skip
SECOND = ("BR-2002", "11 April 2025", "Court team", "Erin Vale", "Inadequate", "", "4", "N/A", "", "")
FILE = (("Case file audits, last year",), (), HEADINGS, FIRST, SECOND)


def bring_in(
    client: FlaskClient, content: bytes, *, name: str = "Audits 2025.xlsx", tool: str = "pre-proceedings"
) -> str:
    """The address of the sheet, after its file was read."""
    answer = client.post("/brent/audits/past", data={"tool": tool, "file": (BytesIO(content), name)})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"]).removesuffix("/columns")


def as_it_stands(client: FlaskClient, address: str, **changes: str) -> dict[str, str]:
    """What a form posts when only ``changes`` are made to it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    posted = {}
    for field in page.select("main select"):
        chosen = field.select_one("option[selected]")
        posted[str(field["name"])] = str(chosen["value"] if chosen else "")
    return {**posted, **changes}


def accept(client: FlaskClient, address: str) -> None:
    """Take the columns and the meanings that are offered."""
    step = client.post(f"{address}/columns", data=as_it_stands(client, f"{address}/columns"))
    while step.status_code == 302 and step.location.endswith(("/columns", "/words")):
        page = client.get(step.location)
        if page.status_code == 302:
            return
        step = client.post(step.location, data=as_it_stands(client, step.location))
    assert step.status_code == 302, step.text


def apply(client: FlaskClient, address: str) -> str:
    page = BeautifulSoup(client.get(address).text, "html.parser")
    digest = page.select_one("input[name=digest]")
    assert digest is not None, page.text
    answer = client.post(address, data={"digest": digest["value"]}, follow_redirects=True)
    return answer.text


def brought_in(client: FlaskClient, content: bytes, **how: str) -> str:
    address = bring_in(client, content, **how)
    accept(client, address)
    return apply(client, address)


def audits(session: Session) -> Sequence[Audit]:
    return session.scalars(select(Audit).order_by(Audit.number)).all()


def said(session: Session, counted: Counted, by: By = By.WHOLE) -> dict[str, int]:
    rows = session.execute(
        select(AuditSummary.value, func.sum(AuditSummary.number))
        .where(AuditSummary.by == by, AuditSummary.counted == counted)
        .group_by(AuditSummary.value)
    )
    return {value: number for value, number in rows if number}


@pytest.fixture
def court(brent: Authority) -> Team:
    return given.a_team(name="Court team", authority=brent)
