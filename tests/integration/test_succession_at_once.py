"""Two people who make items give way at the same moment: never a circle, never an action in two places."""

from flask import Flask
from werkzeug.test import TestResponse

from tests import given, page_check
from tests.integration.test_two_at_once import Call, at_once, directors, faults
from tracker.actions.succession.models import ActionMove
from tracker.improvements.models import ImprovementItem
from tracker.platform.db import db


def states() -> dict[str, str]:
    db.session.rollback()
    return {item.reference: item.became for item in db.session.query(ImprovementItem)}


def refused(answers: list[TestResponse]) -> list[TestResponse]:
    """The refusals, each a whole page."""
    found = [answer for answer in answers if answer.status_code == 422]
    for answer in found:
        page_check.check(answer.text)
    return found


def test_of_two_who_merge_two_items_into_each_other_one_is_refused(shared: Flask) -> None:
    first, second = given.an_item(), given.an_item()
    given.an_action(item=first)
    given.an_action(item=second)
    one, other, *_ = directors(shared)
    calls: list[Call] = [
        lambda: one.post("/brent/items/1/merge", data={"version": first_version, "into": "2", "reason": "Same"}),
        lambda: other.post("/brent/items/2/merge", data={"version": second_version, "into": "1", "reason": "Same"}),
    ]
    first_version, second_version = first.version, second.version
    db.session.commit()

    answers = list(at_once(calls))

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert len(refused(answers)) == 1
    assert sorted(states().values()) in (["", "merged into I-2"], ["", "merged into I-1"])
    assert db.session.query(ActionMove).count() == 1
    assert faults() == []


def test_of_four_who_merge_split_and_supersede_one_item_one_succeeds(shared: Flask) -> None:
    item = given.an_item(wording="The quality of plans and reviews")
    given.an_item()
    merging, splitting, superseding, again = directors(shared)
    posted = {"version": str(item.version), "reason": "Same"}
    parts = {"title_1": "Plans", "wording_1": "plans", "title_2": "Reviews", "wording_2": "reviews"}
    db.session.commit()

    answers = at_once(
        [
            lambda: merging.post("/brent/items/1/merge", data=posted | {"into": "2"}),
            lambda: splitting.post("/brent/items/1/split", data=posted | parts),
            lambda: superseding.post("/brent/items/1/supersede", data=posted),
            lambda: again.post("/brent/items/1/supersede", data=posted | {"successor": "2"}),
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    assert len(refused(list(answers))) == 3
    assert states()["I-1"] != ""
    assert faults() == []
