"""Search: a reference opens its thing, words find things, and nothing is found across authorities."""

import pytest
from flask.testing import FlaskClient

from tests import given, given_audits
from tests.queries_counted import at_most
from tracker.people.models import Authority


def test_a_reference_opens_its_thing_however_it_is_typed(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent)

    assert director.get("/brent/search/?q= i-1 ").location == "/brent/items/1"


def test_words_find_items_and_paragraphs_and_are_marked(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent, wording="The quality of life-story work")
    given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Too few have a life-story book.")})

    page = director.get("/brent/search/?q=Life-Story").text

    assert "Improvement items (1)" in page
    assert "What inspectors wrote (1)" in page
    assert "<mark>life-story</mark>" in page
    assert ">R-1</span> Paragraph 8, 27 April to 1 May 2026" in page
    assert "/brent/inspections/1#p1" in page


def test_the_words_around_a_hit_are_shown_whichever_field_has_them(director: FlaskClient, brent: Authority) -> None:
    given_audits.an_audit(programme="Life-story books")

    page = director.get("/brent/search/?q=books").text

    assert "Life-story <mark>books</mark>" in page


def test_the_place_that_a_search_leads_to_is_there(director: FlaskClient, brent: Authority) -> None:
    given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Too few have a life-story book.")})

    assert 'id="p1"' in director.get("/brent/inspections/1").text


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"' * 200, "a " * 400, "\u202e", "((((", "[a-"])
def test_no_search_breaks_the_page(director: FlaskClient, brent: Authority, text: str) -> None:
    given.an_item(authority=brent, wording="Plans")

    assert director.get("/brent/search/", query_string={"q": text}).status_code == 200


def test_every_word_has_to_be_there(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent, wording="The quality of life-story work")

    assert "Nothing has “life-story pathway” in it" in director.get("/brent/search/?q=life-story pathway").text


def test_nothing_is_found_in_another_authority(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"), wording="Private fostering")

    assert "Nothing has “fostering” in it" in director.get("/brent/search/?q=fostering").text


def test_what_is_typed_is_text_and_never_markup_or_a_pattern(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent, wording="Plans")

    page = director.get("/brent/search/?q=%25 <script>alert(1)</script>").text

    assert "<script>alert(1)" not in page
    assert "Improvement items" not in page


def test_a_page_of_results_costs_the_same_however_much_is_found(director: FlaskClient, brent: Authority) -> None:
    for _ in range(30):
        given.an_action(item=given.an_item(authority=brent, wording="Plans"), title="Review plans")

    with at_most(22):
        assert "Actions (30)" in director.get("/brent/search/?q=plans").text
