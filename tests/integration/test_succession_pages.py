"""Items that give way, through their pages: what each step says before it is done, and whom it refuses."""

import pytest
from flask.testing import FlaskClient

from tests import given, given_audits, given_evidence, given_indicators, given_self_evaluation
from tests.given_succession import DAY, WORDING, merge
from tests.given_succession import dana as dana  # a fixture
from tests.queries_counted import at_most
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority, Person


def test_the_old_address_says_what_became_of_it_and_the_survivor_shows_what_it_left(
    director: FlaskClient, brent: Authority, dana: Person
) -> None:
    item, into = given.an_item(title="Plans"), given.an_item(title="Reviews")
    given.an_action(item=item, title="Read every plan")
    given_evidence.evidence(item=item, title="Dip sample of plans")
    given_audits.a_finding(item=item, on=DAY)
    given_indicators.a_measure(item=item, figures=[54, 71])
    given_self_evaluation.a_statement(item=item, title="Plans are read")
    merge(item, into, dana)

    old, survivor = director.get("/brent/items/1").text, director.get("/brent/items/2").text

    assert "on 20 November 2026 by Dana Whitfield because “Both ask for the same”." in " ".join(old.split())
    assert "What was owed went on with it." in old
    assert 'href="/brent/items/1/put-back"' in old
    assert "Add an action" not in old
    section = survivor[survivor.index('id="from-I-1"') : survivor.index("About this item")]
    for left in ("Dip sample of plans", "F-1", "M-1", "Plans are read"):
        assert left in section
    assert "Read every plan" in survivor[: survivor.index('id="from-I-1"')]


def test_a_director_merges_splits_supersedes_and_undoes_in_the_pages(director: FlaskClient, brent: Authority) -> None:
    first, second = given.an_item(title="First"), given.an_item(title="Second")
    third = given.an_item(title="Third", wording=WORDING)
    action = given.an_action(item=third)

    merged = director.post("/brent/items/1/merge", data={"version": first.version, "into": "2", "reason": "Same"})
    undone = director.post("/brent/items/1/put-back", data={"version": first.version})
    superseded = director.post("/brent/items/2/supersede", data={"version": second.version, "reason": "Repealed"})
    parted = director.post(
        "/brent/items/3/split",
        data={
            "version": third.version, "reason": "Two leads", "title_1": "Plans", "wording_1": "The quality of plans",
            "title_2": "Recording", "wording_2": "Case recording", f"to_{action.number}": "2",
        },
    )  # fmt: skip

    assert [answer.status_code for answer in (merged, undone, superseded, parted)] == [302] * 4
    assert (merged.location, parted.location) == ("/brent/items/2", "/brent/items/3")
    assert (first.state, second.state, third.state) == (ItemState.OPEN, ItemState.SUPERSEDED, ItemState.SPLIT)
    assert action.item.reference == "I-5"


@pytest.mark.parametrize("path", ["merge", "split", "supersede"])
def test_each_page_says_what_goes_and_what_stays(director: FlaskClient, brent: Authority, path: str) -> None:
    item = given.an_item()
    given.an_item()
    given.an_action(item=item, title="Read every plan")

    page = director.get(f"/brent/items/1/{path}").text

    assert "Read every plan" in page
    assert "are shown from there" in page


def test_more_parts_are_asked_for_by_a_link(director: FlaskClient, brent: Authority) -> None:
    given.an_item()

    assert "Part 4" in director.get("/brent/items/1/split?parts=4").text
    assert "Part 3" not in director.get("/brent/items/1/split?parts=99").text
    assert "Part 3" not in director.get("/brent/items/1/split?parts=two").text


@pytest.mark.parametrize(
    ("path", "posted", "said"),
    [
        ("merge", {"into": "", "reason": "Same"}, "Choose the item that it joins"),
        ("merge", {"into": "2", "reason": ""}, "Say why, so that whoever asks after it can read it"),
        ("merge", {"into": "3", "reason": "Same"}, "Into which item?: choose from the list"),
        ("merge", {"into": "1", "reason": "Same"}, "Into which item?: choose from the list"),
        ("merge", {"into": "two", "reason": "Same"}, "Into which item?"),
        ("merge", {"into": "2", "reason": "Same", "version": "7"}, "was changed by somebody else"),
        ("merge", {"into": "2", "reason": "She was born on 4 March 2015"}, "looks like a date of birth"),
        ("split", {"reason": "Two"}, "Give part 1 a short title"),
        ("supersede", {"successor": "99", "reason": "Gone"}, "Which item takes its place?: choose from the list"),
        ("supersede", {"reason": "Gone"}, "1 action of I-1 is open"),
    ],
)
def test_what_is_posted_wrongly_is_refused_with_a_sentence_and_changes_nothing(
    director: FlaskClient, brent: Authority, path: str, posted: dict[str, str], said: str
) -> None:
    item = given.an_item()
    given.an_item()
    given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))
    given.an_action(item=item)

    answer = director.post(f"/brent/items/1/{path}", data={"version": str(item.version), **posted})

    assert answer.status_code == 422
    assert said in answer.text
    assert item.is_open


@pytest.mark.parametrize("path", ["merge", "split", "supersede", "put-back"])
def test_a_colleague_who_may_not_is_refused_with_who_may(
    head_of_service: FlaskClient, qa_officer: FlaskClient, brent: Authority, path: str
) -> None:
    item = given.an_item(owner=given.a_person(name="Tom Ferris"), wording=WORDING)
    given.an_item()
    posted = {
        "version": str(item.version), "into": "2", "reason": "Same", "title_1": "A", "wording_1": "plans",
        "title_2": "B", "wording_2": "reviews",
    }  # fmt: skip

    hers = [head_of_service.get(f"/brent/items/1/{path}"), head_of_service.post(f"/brent/items/1/{path}", data=posted)]
    amina = qa_officer.post(f"/brent/items/1/{path}", data=posted)

    assert all("I-1 is not yours. Its owner, the accountable person or a director" in answer.text for answer in hers)
    assert all(answer.status_code >= 400 for answer in hers)
    assert (amina.status_code, "you may not change the improvement plan" in amina.text) == (403, True)
    assert item.is_open


@pytest.mark.parametrize("path", ["merge", "split", "supersede", "put-back"])
def test_another_authoritys_item_is_not_found(director: FlaskClient, path: str) -> None:
    given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))

    assert director.get(f"/brent/items/1/{path}").status_code == 404
    assert director.post(f"/brent/items/1/{path}", data={"version": "1"}).status_code == 404


def test_a_page_that_can_no_longer_be_used_says_why_before_anything_is_typed(
    director: FlaskClient, brent: Authority, dana: Person
) -> None:
    item, into = given.an_item(), given.an_item()
    merge(item, into, dana)

    for path in ("merge", "split", "supersede"):
        assert "Work with I-2 instead" in director.get(f"/brent/items/1/{path}").text
    assert "there is nothing to undo" in director.get("/brent/items/2/put-back").text


def test_the_page_of_a_survivor_asks_no_more_questions_as_more_items_join_it(
    director: FlaskClient, brent: Authority, dana: Person
) -> None:
    into = given.an_item()
    for _ in range(12):
        item = given.an_item()
        given.an_action(item=item)
        given_evidence.evidence(item=item)
        merge(item, into, dana)

    with at_most(37):
        director.get("/brent/items/1")
    with at_most(32):
        director.get("/brent/items/2")
