"""Several actions changed for one reason, a leaver's work handed over, and views of the plan that are kept."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tests.queries_counted import at_most
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock

TODAY = clock.today()
SOON = TODAY + timedelta(days=60)


@pytest.fixture
def helen(brent: Authority) -> Person:
    return given.a_person(name="Helen Marsh", authority=brent, role=Role.HEAD_OF_SERVICE)


@pytest.fixture
def three(helen: Person, brent: Authority) -> list[Action]:
    """Three actions that Helen Marsh leads for an item of hers."""
    item = given.an_item(authority=brent, owner=helen)
    return [given.an_action(item=item, title=f"Step {place}", lead=helen, due_on=SOON) for place in (1, 2, 3)]


def colleague(brent: Authority, name: str) -> Person:
    return next(one.person for one in people.colleagues(brent) if one.person.name == name)


def ticked(*actions: Action) -> list[str]:
    return [f"{action.number}:{action.version}" for action in actions]


def test_due_dates_move_together_for_one_reason_once_they_were_looked_at(
    director: FlaskClient, three: list[Action], session: Session
) -> None:
    asked = {"action": ticked(*three[:2]), "change": "due", "days": "14", "reason": "The new team starts later"}

    shown = director.post("/brent/plan/several", data=asked)
    assert shown.status_code == 200
    assert f"{SOON + timedelta(days=14):%-d %B %Y}" in shown.text
    session.expire_all()
    assert {action.due_on for action in three} == {SOON}  # only looked at

    done = director.post("/brent/plan/several", data={**asked, "apply": "yes"}, follow_redirects=True)
    assert "2 actions changed" in done.text
    session.expire_all()
    assert [action.due_on for action in three] == [SOON + timedelta(days=14)] * 2 + [SOON]
    assert three[0].first_due_on == SOON
    assert three[0].updates[0].due_reason == "The new team starts later"


def test_one_refusal_changes_none(director: FlaskClient, three: list[Action], session: Session) -> None:
    three[1].status = Status.SUPERSEDED
    session.flush()
    asked = {"action": ticked(*three), "change": "due", "days": "7", "reason": "Later", "apply": "yes"}

    answer = director.post("/brent/plan/several", data=asked)

    assert answer.status_code == 422
    assert "1 action refused" in answer.text
    session.expire_all()
    assert {action.due_on for action in three} == {SOON}


def test_somebody_who_was_slower_is_told(director: FlaskClient, three: list[Action], session: Session) -> None:
    old = ticked(*three)
    three[0].title = "Changed meanwhile"
    session.flush()
    asked = {"action": old, "change": "due", "days": "7", "reason": "Later", "apply": "yes"}
    answer = director.post("/brent/plan/several", data=asked)
    assert answer.status_code == 422
    assert "was changed by somebody else" in answer.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"change": "due", "reason": "Later"}, "Give either the new day"),
        ({"change": "due", "days": "7"}, "Give the reason"),
        ({"change": "lead", "reason": "Gone"}, "Choose the new lead"),
        ({"reason": "Later"}, "Say what changes"),
        ({"change": "due", "days": "-400", "reason": "Sooner"}, "refused"),
    ],
)
def test_what_is_missing_is_said(director: FlaskClient, three: list[Action], asked: dict[str, str], said: str) -> None:
    answer = director.post("/brent/plan/several", data={"action": ticked(*three), "apply": "yes", **asked})
    assert answer.status_code == 422
    assert said in answer.text


def test_the_page_offers_what_the_plan_shows_with_the_same_filters(
    director: FlaskClient, three: list[Action], helen: Person, brent: Authority
) -> None:
    given.an_action(item=three[0].item, title="Another's", lead=colleague(brent, "Dana Whitfield"))
    page = BeautifulSoup(director.get(f"/brent/plan/several?status=on-track&who={helen.id}").text, "html.parser")
    assert len(page.select("input[name=action][checked]")) == 4
    page = BeautifulSoup(director.get("/brent/plan/several?tick=none").text, "html.parser")
    assert not page.select("input[name=action][checked]")


def test_a_leavers_work_goes_to_a_named_other_and_her_name_stays_in_history(
    director: FlaskClient, three: list[Action], helen: Person, brent: Authority, session: Session
) -> None:
    to = given.a_person(name="Ruth Adeyemi", authority=brent, role=Role.HEAD_OF_SERVICE)
    asked = {"leaver": str(helen.id), "to": str(to.id), "reason": "Helen leaves in March"}
    assert director.post("/brent/plan/hand-over", data=asked).status_code == 200

    done = director.post("/brent/plan/hand-over", data={**asked, "apply": "yes"}, follow_redirects=True)

    assert "4 things handed over to Ruth Adeyemi" in done.text
    session.expire_all()
    assert {action.lead_id for action in three} == {to.id}
    assert three[0].item.owner_id == to.id
    page = director.get(f"/brent/actions/{three[0].number}").text
    assert "Helen Marsh" in page
    assert "Helen leaves in March" in page


def test_only_a_director_or_she_herself_hands_work_over(
    head_of_service: FlaskClient, three: list[Action], helen: Person, brent: Authority
) -> None:
    to = colleague(brent, "Samira Okafor")
    asked = {"leaver": str(helen.id), "to": str(to.id), "reason": "I want it", "apply": "yes"}
    answer = head_of_service.post("/brent/plan/hand-over", data=asked)
    assert answer.status_code == 422
    assert "Only Helen Marsh or a director" in answer.text
    assert three[0].lead_id == helen.id


def test_a_view_is_saved_opened_by_its_link_and_removed(
    director: FlaskClient, head_of_service: FlaskClient, three: list[Action]
) -> None:
    answer = director.post(
        "/brent/plan/views", data={"name": "Off track", "filters": "status=off-track&page=3&endpoint=x", "shared": "y"}
    )
    assert answer.headers["Location"] == "/brent/plan?status=off-track"
    page = BeautifulSoup(head_of_service.get("/brent/plan/views").text, "html.parser")
    link = next(a for a in page.select("tbody th a") if a.text == "Off track")
    assert head_of_service.get(str(link["href"])).headers["Location"] == "/brent/plan?status=off-track"
    assert head_of_service.post(f"{link['href']}/remove").status_code == 403
    assert director.post(f"{link['href']}/remove").status_code == 302
    assert head_of_service.get(str(link["href"])).status_code == 404


def test_a_view_of_ones_own_is_not_among_a_colleagues(director: FlaskClient, head_of_service: FlaskClient) -> None:
    director.post("/brent/plan/views", data={"name": "Mine alone", "filters": "show=mine"})
    assert "Mine alone" not in head_of_service.get("/brent/plan/views").text


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"name": "", "filters": "show=mine"}, "Give the view a name"),
        ({"name": "All", "filters": ""}, "Choose a filter"),
    ],
)
def test_a_view_needs_a_name_and_a_filter(director: FlaskClient, posted: dict[str, str], said: str) -> None:
    answer = director.post("/brent/plan/views", data=posted)
    assert answer.status_code == 422
    assert said in answer.text


def test_choosing_among_many_asks_the_database_no_more(director: FlaskClient, three: list[Action]) -> None:
    for place in range(20):
        given.an_action(item=three[0].item, title=f"More {place}", lead=three[0].lead)
    with at_most(10):
        director.get("/brent/plan/several")
