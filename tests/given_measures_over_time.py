"""What a test about a measure over years is given, and how it reads its pages."""

from datetime import date
from io import BytesIO

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

TODAY = date(2026, 11, 20)
UNTIL = date(2026, 10, 31)
TWO_YEARS = tuple(range(60, 84))


def said(response: TestResponse) -> str:
    return " ".join(BeautifulSoup(response.text, "html.parser").get_text(" ").split())


def errors(response: TestResponse) -> str:
    soup = BeautifulSoup(response.text, "html.parser")
    return " ".join(one.get_text(" ", strip=True) for one in soup.select(".govuk-error-summary li"))


def sheet(client: FlaskClient, path: str) -> list[dict[str, object]]:
    heads, *rows = load_workbook(BytesIO(client.get(path).data)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]
