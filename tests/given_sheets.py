"""Spreadsheets as somebody sends them: an Excel file or the same as text."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import Workbook

Table = Sequence[Sequence[object]]


def a_workbook(rows: Table, *, formats: dict[str, str] | None = None, name: str = "Sheet") -> bytes:
    """``formats``: cell -> number format."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for row in rows:
        page.append(list(row))
    for cell, number_format in (formats or {}).items():
        page[cell].number_format = number_format
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def a_csv(rows: Table) -> bytes:
    """As Excel saves it in England."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("cp1252")


def outcomes(client: FlaskClient, address: str) -> dict[str, list[str]]:
    """Row of the file -> its outcome and what is said of it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    rows = page.select("tbody tr")
    return {
        row.th.text.strip(): [" ".join(cell.text.split()) for cell in row.select("td")[1:]] for row in rows if row.th
    }
