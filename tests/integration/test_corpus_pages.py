"""The pages of published reports: a question asked as people ask it, filters, the place in print, files, doubts."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import given, given_corpus
from tests.conftest import signed_in
from tests.given_corpus import a_doubtful_report, a_published_reading, a_published_report
from tests.queries_counted import at_most
from tests.report_truth import BRENT, REPORTS, reading
from tests.unit.corpus.test_words import HOSTILE
from tracker.corpus import commands
from tracker.inspections.reading import Reading
from tracker.inspections.reading.readings import Doubt
from tracker.people.models import Authority
from tracker.people.rules import Role

HELP = "help_protection"
SEARCH = "/brent/published"


def texts_found(page: str) -> list[str]:
    """In the order of the page."""
    quotes = BeautifulSoup(page, "html.parser").select(".app-hit .app-quote")
    return [quote.get_text(" ", strip=True) for quote in quotes]


def link(page: str, words: str) -> str:
    """The address of the link that begins with these words."""
    found = [one for one in BeautifulSoup(page, "html.parser").select("a[href]") if one.get_text().startswith(words)]
    return str(found[0]["href"])


SEVERAL = ("*nottingham*", "*bristol*", "*manchester*", "*oldham*", "*enfield*", "*middlesbrough*", "*doncaster*")
"""Reports of seven years, with every grade."""


@pytest.fixture
def published(brent: Authority) -> None:
    """Brent's own reports, and several of other authorities that come with the tests."""
    others = [path for name in SEVERAL for path in sorted((REPORTS / "ilacs").glob(name))]
    for path in [*sorted(BRENT.glob("*.pdf")), *others]:
        commands.take_in(brent, path, reading(path))


@pytest.mark.usefixtures("published")
def test_a_question_is_answered_as_people_ask_it(director: FlaskClient) -> None:
    asked = "what did inspectors write about return home interviews where help and protection was inadequate?"

    page = director.get(SEARCH, query_string={"q": asked}, follow_redirects=True)

    assert page.request.args.to_dict() == {"q": "return home interviews", "area": HELP, "grade": "inadequate"}
    assert "The quality and timeliness of return home interviews ." in texts_found(page.text)
    assert "Help and protection: Inadequate" in page.text
    assert "Nottingham, 2022" in page.text


@pytest.mark.usefixtures("published")
def test_every_filter_is_a_link_that_shows_as_many_as_it_says(director: FlaskClient) -> None:
    page = director.get(f"{SEARCH}?q=supervision").text
    links = BeautifulSoup(page, "html.parser").select(".app-filters a")
    filters = [one for one in links if re.search(r"\(\d+\)$", one.get_text())]
    assert len(filters) > 20

    for one in filters[::3]:
        count = one.get_text().rpartition("(")[2].rstrip(")")
        shown = BeautifulSoup(director.get(str(one["href"])).text, "html.parser").select_one("#found")
        assert shown is not None
        assert shown.get_text().split()[0].replace(",", "") == count, one.get_text()


@pytest.mark.usefixtures("published")
def test_a_long_answer_is_paged_and_costs_the_same_on_every_page(director: FlaskClient) -> None:
    first = director.get(f"{SEARCH}?q=children").text

    with at_most(12):
        second = director.get(link(first, "Next")).text

    assert len(texts_found(first)) == len(texts_found(second)) == 20
    assert not set(texts_found(first)) & set(texts_found(second))


@pytest.mark.usefixtures("published")
def test_what_is_found_can_be_taken_away_as_a_spreadsheet(director: FlaskClient) -> None:
    page = director.get(f"{SEARCH}?q=return+home+interviews&kind=item").text

    book = load_workbook(BytesIO(director.get(link(page, "Export")).data))
    rows = list(book["Passages"].iter_rows(values_only=True))

    assert rows[0][:4] == ("Authority", "Fieldwork from", "What it is", "Page")
    assert len(rows) - 1 == len(texts_found(page))
    assert all("return home interview" in str(row[7]) for row in rows[1:])


def test_a_spreadsheet_of_nothing_asked_is_empty(director: FlaskClient, brent: Authority) -> None:
    a_published_report(paragraphs={1: (HELP, "Interviews.")})

    book = load_workbook(BytesIO(director.get("/brent/published/passages.xlsx").data))

    assert book["Passages"].max_row == 1


def test_a_hit_leads_to_its_place_in_its_report_and_to_its_page(director: FlaskClient, brent: Authority) -> None:
    report = a_published_report(about="Leeds", paragraphs={4: (HELP, "Plans."), 5: (HELP, "Interviews.")})
    page = director.get(f"{SEARCH}?q=interviews").text

    place = link(page, "Leeds, 2026")
    printed = director.get(link(page, "See it on page 3")).text

    assert place == f"/brent/published/reports/{report.id}#p2"
    assert 'id="p2"' in director.get(place).text
    assert "Paragraph 5" in printed
    assert f"/brent/published/reports/{report.id}/pages/3.png" in printed


def test_a_hit_in_an_own_inspection_leads_to_that_inspection(director: FlaskClient, brent: Authority) -> None:
    inspection = given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Life-story work.")})
    given.an_item(authority=brent, wording="The quality of life-story work", inspection=inspection)
    report = commands.add_inspection(inspection)

    page = director.get(f"{SEARCH}?q=life-story").text

    assert {"/brent/inspections/1#p1", "/brent/inspections/1#items"} <= {
        str(one["href"]) for one in BeautifulSoup(page, "html.parser").select("a[href]")
    }
    assert director.get(f"/brent/published/reports/{report.id}").location == "/brent/inspections/1"


def test_the_page_of_a_real_report_is_shown_with_the_place_marked(director: FlaskClient, brent: Authority) -> None:
    path = next(BRENT.glob("*2018*.pdf"))
    commands.take_in(brent, path, reading(path))
    page = director.get(f"{SEARCH}?q=exploitation").text

    printed = director.get(link(page, "See it on page")).text
    picture = director.get(str(BeautifulSoup(printed, "html.parser").select(".app-page img")[0]["src"]))

    assert 'class="box"' in printed
    assert picture.mimetype == "image/png"


def test_what_a_report_holds_is_shown_as_text(director: FlaskClient, brent: Authority) -> None:
    a_published_report(about="<b>Leeds</b>", paragraphs={1: (HELP, "<script>alert(1)</script> interviews & visits")})

    page = director.get(f"{SEARCH}?q=interviews").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>interviews</mark> &amp; visits" in page


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_question_breaks_the_page_or_the_file(director: FlaskClient, brent: Authority, typed: str) -> None:
    a_published_report(paragraphs={1: (HELP, "Return home interviews are timely.")})
    query = {"q": typed.encode("utf-8", "replace").decode()}

    assert director.get(SEARCH, query_string=query).status_code == 200
    assert director.get("/brent/published/passages.xlsx", query_string=query).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "kind=x", "area='", "grade=%00", "year=99999999999999999999", "year=x", "theme=%22", "of=%00", "sort=x",
        "page=0", "page=-1", "page=99999999999999999999999", "q=a&q=b", "area=&grade=", "of=" + "x" * 5000,
    ],
)  # fmt: skip
def test_an_address_that_means_nothing_is_a_page(director: FlaskClient, brent: Authority, query: str) -> None:
    a_published_report(paragraphs={1: (HELP, "Interviews.")})

    assert director.get(f"{SEARCH}?q=interviews&{query}").status_code == 200


def test_some_of_the_words_are_enough_where_no_passage_has_all(director: FlaskClient, brent: Authority) -> None:
    a_published_report(paragraphs={1: (HELP, "Return home interviews are timely.")})

    page = director.get(f"{SEARCH}?q=home interviews by drone").text

    assert "No passage has every word" in page
    assert len(texts_found(page)) == 1


def test_other_words_keep_the_filters(director: FlaskClient, brent: Authority) -> None:
    a_published_report(about="Leeds", paragraphs={1: (HELP, "Interviews.")})

    page = BeautifulSoup(director.get(f"{SEARCH}?q=interviews&area={HELP}&year=2026&of=Leeds").text, "html.parser")
    form = page.select_one("main form[role=search]")
    assert form is not None

    assert {(one["name"], one["value"]) for one in form.select("input[type=hidden]")} == {
        ("area", HELP),
        ("year", "2026"),
    }
    assert [one.get_text() for one in form.select("option[selected]")] == ["Leeds"]


def test_an_empty_corpus_says_what_to_do_first(qa_officer: FlaskClient) -> None:
    assert "No published report can be searched yet" in qa_officer.get(SEARCH).text
    assert "No published report yet" in qa_officer.get("/brent/published/reports").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Type words, or choose a filter"),
        ("q=the", "Those words are in every report"),
        ("q=submarine", "No passage answers that"),
        ("q=interviews&year=1999", "Search every report for these words"),
    ],
)
def test_an_answer_without_passages_says_why(
    director: FlaskClient, brent: Authority, query: str, sentence: str
) -> None:
    a_published_report(paragraphs={1: (HELP, "Interviews.")})

    assert sentence in director.get(f"{SEARCH}?{query}").text


def test_another_authoritys_reports_are_not_there(app: Flask, director: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    report = a_published_report(authority=barnet, paragraphs={1: (HELP, "Interviews.")})
    doubtful = a_doubtful_report(_doubted(), authority=barnet)
    stranger = signed_in(app, given.a_person(authority=brent, role=Role.DIRECTOR))

    for address in (
        f"/brent/published/reports/{report.id}",
        f"/brent/published/reports/{report.id}/pages/1.png",
        f"/brent/published/passages/{report.passages[0].id}",
        f"/brent/published/doubtful/{doubtful.id}",
        "/barnet/published?q=interviews",
    ):
        assert stranger.get(address).status_code == 404, address
    assert "Interviews." not in director.get(f"{SEARCH}?q=interviews").text


def test_published_reports_are_added_from_the_browser(qa_officer: FlaskClient, brent: Authority) -> None:
    path = REPORTS / "ilacs" / "80455_isles-of-scilly_2023-08-25.pdf"
    files = [(BytesIO(path.read_bytes()), path.name), (BytesIO(b"no report"), "menu.pdf")]

    page = qa_officer.post("/brent/published/reports", data={"files": files}, follow_redirects=True).text

    assert "Reports: 1 can be searched now." in page
    assert "menu.pdf: " in page
    assert ">Isles of Scilly" in page
    assert len(texts_found(qa_officer.get(f"{SEARCH}?of=Isles of Scilly&kind=item").text)) == 8


@pytest.mark.parametrize(("content", "sentence"), [(b"no report", "menu.pdf: "), (None, "Choose a PDF file first.")])
def test_what_is_no_report_is_refused_on_the_page(
    qa_officer: FlaskClient, content: bytes | None, sentence: str
) -> None:
    files = [(BytesIO(content), "menu.pdf")] if content else []

    response = qa_officer.post("/brent/published/reports", data={"files": files})

    assert response.status_code == 422
    assert sentence in response.text


def test_only_those_who_import_reports_add_them(head_of_service: FlaskClient, brent: Authority) -> None:
    assert "A director or a QA officer adds published reports." in head_of_service.get("/brent/published/reports").text
    assert head_of_service.post("/brent/published/reports").status_code == 403


def test_doubts_are_settled_on_their_page(qa_officer: FlaskClient, brent: Authority) -> None:
    doubtful = a_doubtful_report(_doubted())
    address = f"/brent/published/doubtful/{doubtful.id}"

    assert "15 is not printed" in qa_officer.get(address).text
    refused = qa_officer.post(address)
    assert refused.status_code == 422
    assert "1 still to check" in refused.text

    settled = qa_officer.post(address, data={"decide-doubts.0": "right"}, follow_redirects=True)

    assert "Bristol, 2026 can be searched now." in settled.text
    assert texts_found(qa_officer.get(f"{SEARCH}?q=interviews").text) == ["Interviews ."]


def test_a_report_that_cannot_be_added_says_so_and_can_be_left_out(qa_officer: FlaskClient, brent: Authority) -> None:
    doubtful = a_doubtful_report(given_corpus.without_an_authority(a_published_reading()))
    address = f"/brent/published/doubtful/{doubtful.id}"

    assert "It cannot be added: leave it out." in qa_officer.get(address).text
    assert "is left out" in qa_officer.post(f"{address}/leave-out", follow_redirects=True).text


def test_a_report_can_be_taken_out_again(qa_officer: FlaskClient, brent: Authority) -> None:
    report = a_published_report(paragraphs={1: (HELP, "Interviews.")})

    page = qa_officer.post(f"/brent/published/reports/{report.id}/take-out", follow_redirects=True).text

    assert "can no longer be searched" in page
    assert "No published report can be searched yet" in qa_officer.get(SEARCH).text


def test_an_imported_report_can_be_searched_once_it_is_accepted(qa_officer: FlaskClient, brent: Authority) -> None:
    path = next(BRENT.glob("*2018*.pdf"))
    review = _imported(qa_officer, path)

    assert "No published report can be searched yet" in qa_officer.get(SEARCH).text
    qa_officer.post(f"{review}/accept", data={"decide-activity": "standard"})

    page = qa_officer.get(f"{SEARCH}?q=exploitation").text
    assert "/brent/inspections/1#p" in page


@pytest.mark.parametrize("page", ["/brent/inspections", "/brent/search/?q=neglect"])
def test_the_search_is_found_from_inspections_and_from_search(director: FlaskClient, page: str) -> None:
    assert link(director.get(page).text, "Search all reports").startswith("/brent/published")


def _imported(client: FlaskClient, path: Path) -> str:
    """The address of the review of a file that was imported."""
    with path.open("rb") as file:
        address = client.post("/brent/inspections", data={"files": [(file, path.name)]}).location
    return str(address)


def _doubted() -> Reading:
    read = a_published_reading(paragraphs={1: (HELP, "Interviews.")})
    return replace(read, doubts=(Doubt("Paragraph 16 follows paragraph 14: 15 is not printed.", 4),))
