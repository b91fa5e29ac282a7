import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tracker.frameworks.queries import library

PAGES = ["/brent/frameworks/" + framework_id for framework_id in [*library().frameworks, "national"]]


def page(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.get_data(as_text=True), "html5lib")


def rows(soup: BeautifulSoup, caption: str) -> list[str]:
    """The words of each row of the table with this caption."""
    table = next(table for table in soup.find_all("table") if table.caption and table.caption.text.strip() == caption)
    return [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr")]


def test_the_list_links_to_every_framework(director: FlaskClient) -> None:
    links = {str(link["href"]) for link in page(director, "/brent/frameworks").find_all("a", href=True)}

    assert links >= set(PAGES)


def test_the_list_says_which_framework_gives_an_overall_grade(director: FlaskClient) -> None:
    listed = rows(page(director, "/brent/frameworks"), "Frameworks for children’s services")

    assert "In force" in listed[0]
    assert [row.endswith("Not given") for row in listed] == [True, False, False, False]


@pytest.mark.parametrize("path", PAGES)
def test_every_framework_has_a_page_of_its_own(head_of_service: FlaskClient, path: str) -> None:
    soup = page(head_of_service, path)

    assert len(soup.find_all("h1")) == 1


def test_the_page_of_2026_has_four_areas_and_says_there_is_no_overall_grade(qa_officer: FlaskClient) -> None:
    soup = page(qa_officer, "/brent/frameworks/ilacs-2026")

    assert len(rows(soup, "Areas of ILACS 2026")) == 4
    assert "There is no overall grade, and none is worked out here." in soup.get_text()


def test_themes_are_shown_as_what_inspectors_report_on_with_what_was_counted(director: FlaskClient) -> None:
    soup = page(director, "/brent/frameworks/ilacs-2026")

    assert "They are not Ofsted’s criteria." in soup.get_text()
    assert "75 ILACS reports" in soup.get_text()
    assert rows(soup, "Themes under Help and protection")[15].startswith("HP16 Missing children")
    assert rows(soup, "Themes under Help and protection")[15].endswith("88%")


def test_a_deadline_says_how_sure_it_is(director: FlaskClient) -> None:
    deadlines = rows(page(director, "/brent/frameworks/ilacs-2023"), "Deadlines")

    assert "30 working days after the report is received" in deadlines[0]
    assert deadlines[0].endswith("Read in its source")
    assert deadlines[1].endswith("Known second-hand")


def test_area_send_is_shown_without_deadlines_or_themes_it_does_not_have(director: FlaskClient) -> None:
    soup = page(director, "/brent/frameworks/area-send-2023")

    assert [heading.get_text(strip=True) for heading in soup.select("main h2")] == [
        "What is judged", "Scale", "Kinds of visit", "What a report asks for",
    ]  # fmt: skip


def test_an_unknown_framework_is_not_found(director: FlaskClient) -> None:
    assert director.get("/brent/frameworks/ilacs-1999").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/brent/frameworks").status_code == 302
