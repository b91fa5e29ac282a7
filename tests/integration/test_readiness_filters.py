"""The filters of the readiness page add up: what has no area has one, and where an item of several stands is said."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority


def under(item: ImprovementItem, *areas: str) -> ImprovementItem:
    for area in areas:
        mapping.add_by_hand(item, to=MappedTo.AREA, code=area, by=None)
    return item


def test_items_that_nobody_has_mapped_have_a_filter_of_their_own(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    under(given.an_item(authority=brent), "leadership")
    given.an_item(authority=brent)
    session.commit()

    page = director.get("/brent/readiness").text
    assert "All open (2)" in page
    assert "Leaders (1)" in page
    assert "No area yet (1)" in page
    narrowed = director.get("/brent/readiness?show=no-area").text
    matrix = narrowed[narrowed.index('class="app-matrix') :]
    assert "I-2" in matrix
    assert "I-1" not in matrix
    assert director.get("/brent/readiness.xlsx?show=no-area").status_code == 200


def test_where_every_item_is_mapped_no_filter_is_empty(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    item = under(given.an_item(authority=brent), "leadership")
    session.commit()

    page = director.get("/brent/readiness").text
    assert "No area yet" not in page
    assert "stands here once" not in page

    under(item, "care_leavers")
    session.commit()
    assert "An item of several areas stands here once" in director.get("/brent/readiness").text
