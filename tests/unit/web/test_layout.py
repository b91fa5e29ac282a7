from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.unit.web.conftest import make
from tracker.web.navigation import TABS


def page(client: FlaskClient, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).text, "html.parser")


def test_a_page_is_named_after_itself_the_authority_and_the_product(visitor: FlaskClient) -> None:
    shown = page(visitor, "/brent/actions/plan")

    assert shown.title
    assert shown.title.text == "Plan - Brent - Inspection readiness tracker"


def test_a_page_says_who_is_signed_in_and_lets_her_search(visitor: FlaskClient) -> None:
    top = page(visitor, "/brent/actions/plan").select_one(".app-top")

    assert top
    assert "Samira Okafor, Head of service" in top.text
    search = top.select_one("form[role=search]")
    assert search
    assert (search["method"], search["action"]) == ("get", "/brent/search")


def test_what_was_searched_for_stays_in_the_box(visitor: FlaskClient) -> None:
    box = page(visitor, '/brent/search?q="life story"').select_one("#search")

    assert box
    assert box["value"] == '"life story"'


def test_every_tab_is_there_and_the_right_one_is_lit(visitor: FlaskClient) -> None:
    for url, label, current in [
        ("/brent/overview/readiness", "Readiness", "page"),
        ("/brent/actions/show/104", "Plan", "true"),
        ("/brent/overview/item/9", "Plan", "true"),
        ("/brent/audits/finding/19", "Audits", "true"),
    ]:
        tabs = page(visitor, url).select("#navigation a")
        assert [tab.text for tab in tabs] == list(TABS.values())
        assert [(tab.text, tab["aria-current"]) for tab in tabs if tab.has_attr("aria-current")] == [(label, current)]


def test_a_page_of_no_tab_lights_none(visitor: FlaskClient) -> None:
    assert not page(visitor, "/brent/search").select("#navigation [aria-current]")


def test_a_visitor_of_no_authority_sees_no_tabs(visitor: FlaskClient) -> None:
    assert not page(visitor, "/help").select("#navigation")


def test_the_demonstration_says_so_on_every_page_even_a_broken_one(kit: Flask, visitor: FlaskClient) -> None:
    kit.config["PROPAGATE_EXCEPTIONS"] = False
    for url in (
        "/help",
        "/accessibility",
        "/brent/actions/plan",
        "/nowhere",
        "/brent/fault/refused",
        "/brent/fault/broken",
    ):
        demonstration = page(visitor, url).select_one(".app-demo")
        assert demonstration, url
        assert demonstration.text.strip() == "Demonstration data: reports are real, everything else is invented."


def test_real_data_is_not_called_a_demonstration() -> None:
    assert not page(make(DEMONSTRATION=False).test_client(), "/help").select(".app-demo")


def test_the_footer_names_the_licence_and_what_never_to_enter(visitor: FlaskClient) -> None:
    foot = page(visitor, "/brent/actions/plan").select_one("footer")

    assert foot
    assert "Open Government Licence v3.0" in foot.text
    assert "Never enter a child’s name, date of birth, NHS number or UPN." in foot.text
    assert [link["href"] for link in foot.select("a")][1:] == ["/help", "/accessibility"]


def test_what_was_done_is_said_quietly_and_what_was_refused_aloud(visitor: FlaskClient) -> None:
    messages = page(visitor, "/brent/flashing").select(".app-saved")

    assert [(message["role"], message.text) for message in messages] == [
        ("status", "A-98 saved as Delivered."),
        ("alert", "A-99 is locked."),
    ]


def test_help_and_the_accessibility_statement_say_whom_to_ask(visitor: FlaskClient) -> None:
    for url in ("/help", "/accessibility"):
        assert "contact the digital desk" in " ".join(page(visitor, url).text.split())
