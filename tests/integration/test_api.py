"""The API says what the plan says."""

from datetime import timedelta

from flask.testing import FlaskClient

from tests import given
from tracker.people.models import Authority
from tracker.platform import clock


def test_items_come_with_their_actions_and_how_late_they_are(director: FlaskClient, brent: Authority) -> None:
    item = given.an_item(authority=brent, title="Care proceedings")
    due_on = clock.today() - timedelta(days=23)
    given.an_action(item=item, title="Weekly panel", due_on=due_on)

    answer = director.get("/brent/api/items").json

    assert answer is not None
    assert [(one["reference"], one["title"]) for one in answer] == [("I-1", "Care proceedings")]
    assert answer[0]["actions"][0]["days_late"] == 23
    assert answer[0]["actions"][0]["due_on"] == due_on.isoformat()
