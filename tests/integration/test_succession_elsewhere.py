"""Items that gave way, as other rooms see them: in no count of what is open, and never lost."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tests.given_succession import DAY
from tests.given_succession import dana as dana  # a fixture
from tracker.actions import commands as actions
from tracker.actions.succession import commands
from tracker.actions.succession.rules import Part
from tracker.improvements.models import ImprovementItem
from tracker.overview import facts, readiness
from tracker.packs.gathering import known, plan
from tracker.people.models import Authority, Person
from tracker.platform import clock
from tracker.platform.errors import Refused

WORDING = "The quality of plans and reviews"


def merged_split_and_superseded(brent: Authority, dana: Person) -> list[ImprovementItem]:
    """I-2, I-3 and I-4 gave way; I-1, I-5 and I-6 are open."""
    survivor, merged, split, gone = (given.an_item(title=f"Title {number}", wording=WORDING) for number in range(1, 5))
    commands.merge(merged, into=survivor, version=merged.version, reason="Same", by=dana, on=DAY)
    parts = [Part("Plans", "The quality of plans"), Part("Reviews", "The quality of reviews")]
    commands.split(split, parts=parts, version=split.version, reason="Two leads", by=dana, on=DAY)
    commands.supersede(gone, successor=None, version=gone.version, reason="Repealed", by=dana, on=DAY)
    return [merged, split, gone]


def test_readiness_shows_what_is_open_and_nothing_that_gave_way(
    session: Session, brent: Authority, dana: Person
) -> None:
    merged_split_and_superseded(brent, dana)

    page = readiness.page(brent, clock.today())

    assert {row.item.reference for row in page.rows} == {"I-1", "I-5", "I-6"}


def test_the_plan_says_what_became_of_each_and_asks_for_no_action(
    director: FlaskClient, brent: Authority, dana: Person
) -> None:
    merged_split_and_superseded(brent, dana)

    page = " ".join(director.get("/brent/plan").text.split())

    assert "Merged into I-1 on 20 November 2026" in page
    assert "Split on 20 November 2026" in page
    assert page.count("No action</strong>") == 3


def test_a_pack_lists_what_is_open_and_says_what_became_of_the_rest(
    session: Session, brent: Authority, dana: Person
) -> None:
    merged_split_and_superseded(brent, dana)

    chapter = plan.chapter(known.read(brent, clock.today(), None, smallest=5))

    assert [item.reference for item in chapter.items] == ["I-1", "I-5", "I-6"]
    assert {item.reference: item.stands.text for item in chapter.earlier} == {
        "I-2": "Merged into I-1", "I-3": "Split into I-5 and I-6", "I-4": "Superseded",
    }  # fmt: skip


def test_an_item_that_gave_way_takes_no_action_is_not_closed_and_is_not_opened_by_the_way(
    session: Session, brent: Authority, dana: Person
) -> None:
    for item in merged_split_and_superseded(brent, dana):
        with pytest.raises(
            Refused, match=f"{item.reference} was {item.became}. Add the action to an item that is open"
        ):
            actions.add_action(item, title="Late", lead=dana, due_on=clock.today(), by=dana, on=clock.today())
        with pytest.raises(Refused, match=f"{item.reference} was {item.became} on 20 November 2026"):
            actions.close_item(item, version=item.version, reason="Done", by=dana, on=DAY)
        with pytest.raises(Refused, match=f"{item.reference} was {item.became}. Undo that"):
            actions.reopen_item(item, version=item.version, reason="Again", by=dana)


def test_a_report_lists_its_items_once_though_one_was_split(session: Session, brent: Authority, dana: Person) -> None:
    report = given.an_inspection()
    item = given.an_item(inspection=report, wording=WORDING)
    parts = [Part("Plans", "The quality of plans"), Part("Reviews", "The quality of reviews")]
    commands.split(item, parts=parts, version=item.version, reason="Two leads", by=dana, on=DAY)
    session.expire(report)

    assert report.items == [item]


def test_what_stayed_with_a_merged_item_still_speaks_for_the_one_it_went_into(
    session: Session, brent: Authority, dana: Person
) -> None:
    survivor, merged = (given.an_item(title=f"Title {number}", wording=WORDING) for number in (1, 2))
    given_evidence.evidence(item=merged)

    commands.merge(merged, into=survivor, version=merged.version, reason="Same", by=dana, on=DAY)

    assert facts.facts_of(brent, [survivor], clock.today())[survivor.id].evidence == 1
