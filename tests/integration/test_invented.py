"""What leaves a demonstration says that it is invented; what leaves a real service does not."""

import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from tests import given
from tracker.people import handing_over
from tracker.people.models import Authority

SAID = "Demonstration: everything but the published reports is invented."
TABLES = ("plan.xlsx", "audits.xlsx", "findings.xlsx", "evidence/register.xlsx")


def printed_above(book: Workbook) -> str:
    head = book.worksheets[0].oddHeader
    return str(head.center.text) if head else ""


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_taken_away_says_so_in_name_properties_and_print(qa_officer: FlaskClient, table: str) -> None:
    answer = qa_officer.get(f"/brent/{table}")

    book = load_workbook(io.BytesIO(answer.data))
    assert 'filename="invented-' in answer.headers["Content-Disposition"]
    assert book.properties.description == SAID
    assert SAID in printed_above(book)


def test_the_history_and_what_is_held_about_somebody_say_so_too(director: FlaskClient, brent: Authority) -> None:
    taken = director.post("/brent/history.csv")
    held = zipfile.ZipFile(io.BytesIO(handing_over.export(given.a_person(authority=brent))))

    assert 'filename="invented-' in taken.headers["Content-Disposition"]
    assert SAID in held.read("READ ME FIRST.txt").decode()


def test_so_does_each_item_of_the_api(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent)

    assert [item["demonstration"] for item in director.get("/brent/api/items").json or ()] == [SAID]


def test_a_real_service_says_nothing_of_the_kind(
    app: Flask, qa_officer: FlaskClient, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "DEMONSTRATION", False)

    answer = qa_officer.get("/brent/audits.xlsx")

    book = load_workbook(io.BytesIO(answer.data))
    held = zipfile.ZipFile(io.BytesIO(handing_over.export(given.a_person(authority=brent))))
    assert "invented" not in answer.headers["Content-Disposition"]
    assert book.properties.description is None
    assert "invented" not in printed_above(book)
    assert SAID not in held.read("READ ME FIRST.txt").decode()
    given.an_item(authority=brent)
    assert [item["demonstration"] for item in qa_officer.get("/brent/api/items").json or ()] == [None]
