"""The page of an item says which of its open findings are not told from finding to change."""

from datetime import timedelta

from flask.testing import FlaskClient

from tests import given, given_audits
from tracker.platform import clock

TODAY = clock.today()


def page(client: FlaskClient) -> str:
    return " ".join(client.get("/brent/items/1").text.split())


def test_a_finding_about_a_theme_of_the_item_alone_is_said_not_to_be_told(director: FlaskClient) -> None:
    item = given.an_item(raised_on=TODAY - timedelta(days=150))
    given_audits.a_confirmed_theme(item, "HP11")
    given_audits.a_finding(item=item, on=TODAY)
    given_audits.a_finding(theme_code="HP11", on=TODAY)

    said = page(director).split("From finding to change</h3>")[1]

    assert said.index("Of findings for I-1 or answered by one of its actions. Not <a") < said.index("F-2</a>")
    assert "F-2</a>: it is about its themes alone." in said


def test_nothing_is_said_where_all_are_told(director: FlaskClient) -> None:
    item = given.an_item(raised_on=TODAY - timedelta(days=150))
    given_audits.a_finding(item=item, on=TODAY)

    assert "From finding to change</h3>" in page(director)
    assert "about its themes alone" not in page(director)
