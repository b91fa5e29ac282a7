"""Whose names stand in no public report: those of people, and of nothing else that has done something."""

from tests import given
from tracker.packs import gathering
from tracker.people.models import Authority
from tracker.platform import history


def test_what_the_service_did_makes_no_colleague_called_the(brent: Authority) -> None:
    ann = given.a_person(name="Ann Gone")
    with history.acting(None, "The tracker command"):
        given.an_item(authority=brent)
    with history.acting(ann.id, "Ann Gone"):
        given.an_item(authority=brent)

    posts = gathering.posts(brent)

    assert posts.left("The service began. Ann asked.") == ["Ann"]
