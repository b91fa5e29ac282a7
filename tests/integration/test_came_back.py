"""Weaknesses that came back: suggested from the words, decided by a person, shown wherever the items are."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tests.queries_counted import at_most
from tracker.improvements.came_back import pages, queries
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import Echo, ImprovementItem
from tracker.improvements.rules import Decision, Source
from tracker.inspections.models import Inspection
from tracker.people.models import Authority

MISSING_2015 = "Ensure that children who go missing are offered an interview on their return."
MISSING_2018 = "The response when children and young people go missing from home and care."
LIFE_STORY = "The consistency and quality of life-story work for children in long-term care."
YES, NO, OPEN = {"decision": "Confirmed"}, {"decision": "Rejected"}, {"decision": "Suggested"}


def inspection_of(year: int, authority: Authority) -> Inspection:
    day = date(year, 5, 14)
    return given.an_inspection(
        authority=authority, framework_id="ilacs-2018", fieldwork_from=day, fieldwork_to=day, published_on=day
    )


def item_of(year: int, wording: str, authority: Authority) -> ImprovementItem:
    return given.an_item(
        inspection=inspection_of(year, authority), wording=wording, title=wording[:40], raised_on=date(year, 5, 14)
    )


@pytest.fixture
def echo(session: Session, brent: Authority) -> Echo:
    """I-2 of 2018 may say what I-1 of 2015 said; nobody has decided."""
    item_of(2015, MISSING_2015, brent)
    (echo,) = mapping.suggest_echoes(item_of(2018, MISSING_2018, brent))
    session.commit()
    return echo


def test_a_suggestion_stands_with_both_wordings_and_their_shared_words_marked(
    head_of_service: FlaskClient, echo: Echo
) -> None:
    page = head_of_service.get("/brent/inspections/came-back").text

    assert "To decide (1)" in page
    assert page.index("Ensure that children") < page.index("The response when children")
    assert page.count('<mark class="app-shared">missing</mark>') == 2
    assert "Both say: go missing" in page


def test_a_person_says_yes_and_it_is_shown_on_both_items_and_in_the_plan(
    head_of_service: FlaskClient, session: Session, echo: Echo
) -> None:
    page = head_of_service.post(f"/brent/inspections/came-back/{echo.id}", data=YES, follow_redirects=True).text

    assert "I-2 came back: I-1 said it before." in page
    assert "Nothing to decide" in page
    assert "Samira Okafor" in page
    assert "Also in <strong>2015</strong>" in head_of_service.get("/brent/items/2").text
    assert "Also in <strong>2018</strong>" in head_of_service.get("/brent/items/1").text
    plan = head_of_service.get("/brent/plan").text
    assert "Also in 2015." in plan
    assert "Also in 2018." in plan


def test_no_is_remembered_and_shown_nowhere_else(qa_officer: FlaskClient, session: Session, echo: Echo) -> None:
    qa_officer.post(f"/brent/inspections/came-back/{echo.id}", data=NO)

    assert "Another matter (1)" in qa_officer.get("/brent/inspections/came-back").text
    assert "Also in" not in qa_officer.get("/brent/items/2").text
    assert mapping.suggest_echoes(echo.item) == []


@pytest.mark.parametrize("decision", [YES, NO])
def test_every_decision_can_be_undone(qa_officer: FlaskClient, echo: Echo, decision: dict[str, str]) -> None:
    address = f"/brent/inspections/came-back/{echo.id}"
    qa_officer.post(address, data=decision)

    page = qa_officer.post(address, data=OPEN, follow_redirects=True).text

    assert "To decide (1)" in page
    assert "are to be decided again" in page


def test_a_decision_is_in_the_history_of_the_item(qa_officer: FlaskClient, echo: Echo) -> None:
    qa_officer.post(f"/brent/inspections/came-back/{echo.id}", data=YES)

    assert "mapping to I-1 confirmed" in qa_officer.get("/brent/items/2?all=history").text.replace("Mapping", "mapping")


def test_undoing_what_nobody_decided_leaves_no_trace(session: Session, echo: Echo, qa_officer: FlaskClient) -> None:
    qa_officer.post(f"/brent/inspections/came-back/{echo.id}", data=OPEN)

    assert "left open again" not in qa_officer.get("/brent/items/2?all=history").text


def test_a_decision_that_makes_no_sense_changes_nothing(qa_officer: FlaskClient, session: Session, echo: Echo) -> None:
    page = qa_officer.post(f"/brent/inspections/came-back/{echo.id}", data={"decision": "Perhaps"})

    assert page.status_code == 400
    assert echo.decision is Decision.SUGGESTED


def test_a_pair_of_another_authority_is_not_found(session: Session, qa_officer: FlaskClient) -> None:
    harrow = given.an_authority(slug="harrow", name="Harrow")
    item_of(2015, MISSING_2015, harrow)
    (echo,) = mapping.suggest_echoes(item_of(2018, MISSING_2018, harrow))
    session.commit()

    assert qa_officer.post(f"/brent/inspections/came-back/{echo.id}", data=YES).status_code == 404
    assert "To decide" not in qa_officer.get("/brent/inspections/came-back").text


def test_side_by_side_shows_what_came_back_what_may_have_what_is_new_and_what_did_not(
    session: Session, brent: Authority, director: FlaskClient, echo: Echo
) -> None:
    given.an_item(inspection=echo.earlier.inspection, wording="Early help without delay.")
    given.an_item(inspection=echo.item.inspection, wording=LIFE_STORY, title="Life-story work")
    session.commit()

    undecided = pages.side_by_side(brent, []).sorted
    mapping.confirm(echo, by=None)
    session.commit()
    decided = pages.side_by_side(brent, []).sorted
    page = director.get("/brent/inspections/side-by-side").text

    assert undecided.may_have == [((echo.earlier,), (echo.item,))]
    assert (decided.came_back, decided.may_have) == ([((echo.earlier,), (echo.item,))], [])
    for heading in ("Came back (1)", "New in 2018 (1)", "Did not come back (1)"):
        assert heading in page


def test_the_inspections_side_by_side_are_chosen_by_links(
    session: Session, brent: Authority, director: FlaskClient
) -> None:
    for year in (2015, 2018, 2023, 2026):
        item_of(year, f"Something of {year}.", brent)
    session.commit()

    first = director.get("/brent/inspections/side-by-side").text
    chosen = director.get("/brent/inspections/side-by-side?show=1&show=4").text
    alone = director.get("/brent/inspections/side-by-side?show=1").text
    nonsense = director.get("/brent/inspections/side-by-side?show=99&show=x").text

    assert "Something of 2015." not in first
    assert "Something of 2018." in first
    assert 'href="/brent/inspections/side-by-side?show=4&amp;show=1&amp;show=2"' in chosen
    assert "Something of 2015." in chosen
    assert "Something of 2018." not in chosen
    assert "Choose another inspection to set beside it" in alone
    assert "Something of 2026." in nonsense


def test_a_weakness_of_three_inspections_is_one_line_and_says_where_else_it_was_said(
    session: Session, brent: Authority, director: FlaskClient
) -> None:
    first, second, third = (item_of(year, f"Supervision of {year}.", brent) for year in (2015, 2018, 2023))
    mapping.add_echo_by_hand(second, earlier=first, by=None)
    mapping.add_echo_by_hand(third, earlier=second, by=None)
    session.commit()

    every = pages.side_by_side(brent, [1, 2, 3])
    ends = pages.side_by_side(brent, [1, 3])

    assert every.sorted.came_back == [((first,), (second,), (third,))]
    assert ends.sorted.came_back == [((first,), (third,))]
    assert ends.elsewhere[third] == ["2018"]
    assert "Also in 2018" in director.get("/brent/inspections/side-by-side?show=1&show=3").text


def test_an_item_that_no_inspection_said_is_named_with_its_source(session: Session, brent: Authority) -> None:
    earlier = given.an_item(
        authority=brent, wording=MISSING_2015, source=Source.PEER_REVIEW, raised_on=date(2016, 3, 1)
    )
    later = item_of(2018, MISSING_2018, brent)
    mapping.add_echo_by_hand(later, earlier=earlier, by=None)

    (pair,) = pages.came_back(brent).pairs

    assert (pair.earlier_when, pair.later_when) == ("peer review, 2016", "2018")


def test_two_inspections_of_one_year_are_told_apart_by_their_month(session: Session, brent: Authority) -> None:
    for month in (2, 9):
        day = date(2018, month, 5)
        given.an_item(inspection=given.an_inspection(authority=brent, fieldwork_from=day, fieldwork_to=day))

    assert [one.when for one in pages.side_by_side(brent, []).columns] == ["February 2018", "September 2018"]


def test_what_is_asked_of_the_database_does_not_grow_with_the_items(
    session: Session, brent: Authority, director: FlaskClient
) -> None:
    for year in range(2010, 2022):
        mapping.suggest_echoes(item_of(year, MISSING_2018, brent))
    session.commit()

    assert len(queries.echoes(brent)) > 20
    with at_most(4):
        director.get("/brent/inspections/came-back")
    with at_most(8):
        director.get("/brent/inspections/side-by-side")


@pytest.mark.parametrize("page", ["came-back", "side-by-side"])
def test_an_authority_without_reports_is_told_what_to_do_first(director: FlaskClient, page: str) -> None:
    assert "Go to inspections" in director.get(f"/brent/inspections/{page}").text
