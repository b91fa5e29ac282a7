"""What a test about spreadsheets of figures is given, and how it walks through their pages."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given_indicators
from tracker.indicators.importing.models import FigureSheet
from tracker.indicators.models import Measure
from tracker.indicators.rules import Unit
from tracker.people.models import Authority

Table = Sequence[Sequence[object]]

ADDRESS = "/brent/measures/figures"
LETTERS = "Letter before proceedings to decision within 16 weeks"

SCORECARD = (
    ("Children’s services scorecard",),
    (),
    ("Ref", "Indicator", "Target", "Sep-26", "Oct-26", "2025/26"),
    ("CS1", "Letter before proceedings to decision within 16 weeks", 0.9, 0.69, 0.7125, 0.66),
    ("CS2", "Referrals in month", "", 310, 295, 3605),
)


def bring_in(client: FlaskClient, content: bytes, *, name: str = "scorecard.xlsx") -> str:
    """The address of the sheet, after its file was read."""
    answer = client.post(ADDRESS, data={"file": (BytesIO(content), name)})
    assert answer.status_code == 302, BeautifulSoup(answer.text, "html.parser").select(".govuk-error-summary")
    return str(answer.headers["Location"]).removesuffix("/columns")


def asked(client: FlaskClient, address: str, **changes: str) -> dict[str, str]:
    """What the form of a page posts when only ``changes`` are made to it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    posted = {}
    for field in page.select("main select, main input[type=text], main input[type=checkbox][checked]"):
        chosen = field.select_one("option[selected]")
        posted[str(field["name"])] = str(chosen["value"] if chosen else field.get("value", ""))
    return {**posted, **changes}


def columns(client: FlaskClient, address: str, **changes: str) -> None:
    """Take the columns as they were guessed, but for ``changes``."""
    answer = client.post(f"{address}/columns", data=asked(client, f"{address}/columns", **changes))
    assert answer.status_code == 302, errors(answer.text)


def words(client: FlaskClient, address: str, **changes: str) -> None:
    answer = client.post(f"{address}/words", data=asked(client, f"{address}/words", **changes))
    assert answer.status_code == 302, errors(answer.text)


def outcomes(client: FlaskClient, address: str) -> dict[str, list[str]]:
    """Row of the file -> its outcome and what is said of it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    return {
        row.th.get_text(strip=True): [" ".join(cell.get_text(" ").split()) for cell in row.select("td")[1:]]
        for row in page.select("tbody tr")
        if row.th
    }


def apply(client: FlaskClient, address: str, *, reason: str = "") -> str:
    """The text of the page that follows."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    digest = page.select_one("input[name=digest]")
    assert digest is not None, page.text
    data = {"digest": str(digest["value"]), "reason": reason}
    return client.post(address, data=data, follow_redirects=True).text


def errors(text: str) -> list[str]:
    soup = BeautifulSoup(text, "html.parser")
    return [one.get_text(" ", strip=True) for one in soup.select(".govuk-error-summary li")]


@pytest.fixture
def letters(brent: Authority) -> Measure:
    """M-1, a percentage by month, with August and September 2026."""
    return given_indicators.a_measure(authority=brent, figures=(63, 69), until=date(2026, 9, 30))


@pytest.fixture
def referrals(brent: Authority, letters: Measure) -> Measure:
    """M-2, a count by month without a figure."""
    return given_indicators.a_measure(
        authority=brent, name="Referrals in a month", unit=Unit.COUNT, basis="of the month", target=None
    )


def figures(measure: Measure, session: Session) -> dict[str, str]:
    """Month -> figure."""
    session.expire_all()
    return {f"{one.period_end:%b %y}": f"{one.value.normalize():f}" for one in measure.values}


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(FigureSheet)) or 0


def errors_of(text: str) -> str:
    return " ".join(errors(text))
