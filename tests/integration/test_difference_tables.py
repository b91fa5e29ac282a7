"""Counts along a pathway come in as a table: asked about once, looked at, saved, and nothing kept of children."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given_pathways
from tests.given_pathways import COUNTS, HOME, errors, filled, text
from tests.given_pathways import pathway as pathway  # a fixture
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.rules import NOT_KNOWN

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")
TABLE = (
    "Stage\tWhite British\tBlack or Black British\tOther\tUnknown\tTotal\n"
    "Population\t25,000\t14,000\t6,000\t\t45,000\n"
    "Contacts\t3,900\t3,200\t600\t140\t7,840\n"
    "Plan\t310\t330\t41\t3\t684\n"
    "In care\t104\t118\t*\t0\t225\n"
)


def test_a_pasted_table_is_asked_about_once_looked_at_and_saved(
    head_of_service: FlaskClient, pathway: Pathway, session: Session
) -> None:
    asked = head_of_service.post(f"{HOME}/1/bring", data={"pasted": TABLE})
    page = BeautifulSoup(asked.text, "html.parser")
    words = [str(one["value"]) for one in page.select("input[name^=word_]")]
    assert words == ["White British", "Black or Black British", "Contacts"]
    means = {f"word_{n}": word for n, word in enumerate(words)} | {
        "means_0": "white", "means_1": "black", "means_2": "contact",
    }  # fmt: skip
    carried = str(page.select("input[name=pasted]")[0]["value"])

    shown = head_of_service.post(f"{HOME}/1/bring", data={"pasted": carried, **means})

    assert "14 counts read; nothing is recorded before you save" in text(shown)
    assert "Left out: Total" in text(shown)
    assert session.query(Counting).count() == 0
    form = filled(shown)
    assert head_of_service.post(f"{HOME}/1/counts", data=form).status_code == 302
    recorded = session.query(Counting).one().counts
    assert recorded["contact", "black"] == 3200
    assert recorded["contact", NOT_KNOWN] == 140
    assert ("in-care", "other") not in recorded  # a star is no count
    assert "What does this table mean?" not in text(head_of_service.post(f"{HOME}/1/bring", data={"pasted": TABLE}))


def test_a_workbook_comes_in_the_other_way_round_and_a_wrong_cell_is_named(
    head_of_service: FlaskClient, pathway: Pathway, session: Session
) -> None:
    def upload(rows: Sequence[Sequence[object]]) -> TestResponse:
        book, file = Workbook(), BytesIO()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(list(row))
        book.save(file)
        file.seek(0)
        return head_of_service.post(f"{HOME}/1/bring", data={"file": (file, "counts.xlsx")})

    rows: list[list[object]] = [
        ["Counts by ethnicity 2025-26"],
        ["Group", "Population", "Contact"],
        ["White", 900, 90],
        ["Black", 400, 55],
    ]

    assert "4 counts read" in text(upload(rows))
    wrong = text(upload([*rows[:3], ["Black", "lots", 5.5]]))
    assert "2 cells refused" in wrong
    assert "B4 “lots” is no number." in wrong
    assert "C4 5.5 is no whole number" in wrong
    assert "No table of stages and groups was found" in errors(upload([["What we did"], ["Nothing"]]))[0]
    assert session.query(Counting).count() == 0


def test_a_row_for_each_count_comes_in_too(head_of_service: FlaskClient, pathway: Pathway) -> None:
    table = "Stage,Ethnicity,Count\nContact,White,90\nContact,Black,55\nContact,White,91\n"

    shown = text(head_of_service.post(f"{HOME}/1/bring", data={"pasted": table}))

    assert "C4 Cell C2 says how many already. Leave one of the two." in shown


def test_a_list_of_children_is_refused_and_nothing_of_it_is_shown_again(
    head_of_service: FlaskClient, pathway: Pathway, session: Session
) -> None:
    table = "Child ID\tDate of birth\tEthnicity\tStage\n80011\t04/05/2014\tWhite\tContact\n"

    answer = head_of_service.post(f"{HOME}/1/bring", data={"pasted": table})

    assert answer.status_code == 422
    assert "This looks like a list of children" in errors(answer)[0]
    assert "80011" not in answer.text
    assert "04/05/2014" not in answer.text
    assert session.query(Counting).count() == 0


def test_a_table_changes_the_counts_of_a_period_that_is_there(
    head_of_service: FlaskClient, pathway: Pathway, session: Session
) -> None:
    given_pathways.counts_of(pathway)
    address = f"{HOME}/1/bring?period=2026-03-31"
    assert address.replace("&", "&amp;") in head_of_service.get(f"{HOME}/1/counts?period=2026-03-31").text

    shown = head_of_service.post(address, data={"pasted": "Stage\tWhite\tBlack\nPlan\t310\t331\n"})

    assert "was 330, cell C2" in text(shown)
    assert "same, cell B2" in text(shown)
    form = filled(shown) | {"reason": "One came late"}
    assert head_of_service.post(f"{HOME}/1/counts?period=2026-03-31", data=form).status_code == 302
    counts = session.query(Counting).one().counts
    assert (counts["plan", "black"], counts["contact", "black"]) == (331, 3200)


def test_the_empty_table_comes_back_filled_in(head_of_service: FlaskClient, pathway: Pathway) -> None:
    book = load_workbook(BytesIO(head_of_service.get(f"{HOME}/1/empty.xlsx").data))
    page = book["Counts"]
    for row, stage in enumerate(COUNTS, start=2):
        for column, count in enumerate(COUNTS[stage], start=2):
            page.cell(row, column, count)
    file = BytesIO()
    book.save(file)
    file.seek(0)

    assert "16 counts read" in text(head_of_service.post(f"{HOME}/1/bring", data={"file": (file, "counts.xlsx")}))
