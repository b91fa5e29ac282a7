"""Words of past audits can be explained anew, also as saying nothing; a refused row tells every fault it has."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given
from tests.given_sheets import a_workbook
from tracker.people.models import Authority, Person, Team

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

HEADINGS = ("Case ref", "Date of audit", "Team", "Audited by", "Overall judgement", "Practitioner involved")
ROW = ("BR-2001", date(2025, 3, 4), "Gone team", "Erin Vale", "2", "?")


@pytest.fixture
def court(brent: Authority) -> Team:
    return given.a_team(name="Court team", authority=brent)


def page_of(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "html.parser")


def as_it_stands(client: FlaskClient, address: str, **changes: str) -> dict[str, str]:
    """What a form posts when only ``changes`` are made to it."""
    posted = {}
    for field in page_of(client, address).select("main select"):
        option = field.select_one("option[selected]")
        posted[str(field["name"])] = str(option["value"] if option else "")
    return {**posted, **changes}


def asked(client: FlaskClient, address: str) -> dict[str, str]:
    """Each word that is asked about, to the name of its question."""
    return {one.text.strip(" “”\n"): str(one["for"]) for one in page_of(client, address).select("main label")}


def outcomes(client: FlaskClient, address: str) -> list[list[str]]:
    """Of each row, its outcome and what is said of it."""
    rows = page_of(client, address).select("tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("td")[1:]] for row in rows]


def a_file(client: FlaskClient, *rows: tuple[object, ...]) -> str:
    """The address of a file whose columns are chosen."""
    sent = {"tool": "pre-proceedings", "file": (BytesIO(a_workbook((HEADINGS, *rows))), "Audits 2025.xlsx")}
    address = client.post("/brent/audits/past", data=sent).location.removesuffix("/columns")
    client.post(f"{address}/columns", data=as_it_stands(client, f"{address}/columns"))
    return address


def explained(client: FlaskClient, page: str, **words: str) -> None:
    """Explain each word by the text of the choice that is meant."""
    names = asked(client, page)
    choices = page_of(client, page)
    said = {}
    for word, choice in words.items():
        (option,) = [one for one in choices.select(f"#{names[word]} option") if one.get_text(strip=True) == choice]
        said[names[word]] = str(option.get("value", ""))
    client.post(page, data=as_it_stands(client, page, **said))


def chosen(client: FlaskClient, page: str, word: str) -> str:
    option = page_of(client, page).select_one(f"#{asked(client, page)[word]} option[selected]")
    return option.get_text(strip=True) if option else ""


ALL = {"Gone team": "No team here: leave it empty", "?": "It does not say", "2": "Good"}


def test_a_team_that_is_gone_means_no_team_and_a_question_mark_that_it_is_not_known(
    auditor: FlaskClient, court: Team
) -> None:
    address = a_file(auditor, ROW)

    explained(auditor, f"{address}/words", **ALL)

    (seen,) = outcomes(auditor, address)
    assert seen[0] == "New"
    assert "Gone team" not in seen[1]
    assert "ractitioner" not in seen[1]


def test_a_word_that_was_explained_is_shown_again_and_can_be_corrected_in_this_file_and_the_next(
    auditor: FlaskClient, court: Team
) -> None:
    address = a_file(auditor, ROW)
    explained(auditor, f"{address}/words", **ALL)
    again = f"{address}/words?again=1"
    assert again in auditor.get(address).text
    assert chosen(auditor, again, "2") == "Good"

    explained(auditor, again, **{"2": "Requires improvement", "Gone team": "Court team"})

    (seen,) = outcomes(auditor, address)
    assert "Requires improvement" in seen[1]
    assert "Court team" in seen[1]
    then = a_file(auditor, ROW)
    assert chosen(auditor, f"{then}/words?again=1", "2") == "Requires improvement"


def test_an_explanation_can_be_taken_back(auditor: FlaskClient, court: Team) -> None:
    address = a_file(auditor, ROW)
    explained(auditor, f"{address}/words", **ALL)

    explained(auditor, f"{address}/words?again=1", **{"Gone team": "I shall say later"})

    (seen,) = outcomes(auditor, address)
    assert seen[0] == "Refused"
    assert "No team here is called “Gone team”" in seen[1]


def test_where_every_word_is_known_that_is_said(auditor: FlaskClient, nadia: Person, court: Team) -> None:
    address = a_file(auditor, ("BR-2001", date(2025, 3, 4), "Court team", "Nadia Coyle", "Good", "yes"))

    page = auditor.get(f"{address}/words?again=1", follow_redirects=True)

    assert "Every word of this file is one that is known here" in page.text


def test_a_refused_row_tells_all_of_its_faults_and_what_it_is_about(
    auditor: FlaskClient, nadia: Person, court: Team
) -> None:
    address = a_file(auditor, ("BR-2001", date(2025, 3, 4), "Gone team", "Nadia Coyle", "Splendid", "yes"))

    row = " ".join(page_of(auditor, address).select("tbody tr")[0].get_text(" ").split())

    assert "BR-2001, Pre-proceedings, 4 March 2025" in row
    assert "Cell C2: No team here is called “Gone team”" in row
    assert "Cell E2: “Splendid” is no grade" in row
    assert "(no words)" not in row


def test_what_leads_to_a_child_is_told_alone_and_is_nowhere_in_the_title(auditor: FlaskClient, court: Team) -> None:
    address = a_file(auditor, ("Jade Smith", date(2025, 3, 4), "Gone team", "Nadia Coyle", "Good", "yes"))

    page = auditor.get(address).text

    assert "Jade Smith" not in page
    assert "4 March 2025" in page
