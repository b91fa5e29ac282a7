"""What a statement counts as heard is what the matrix of its item, and the register of its area, count too."""

from datetime import date

import pytest

from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tracker.evidence.rules import Kind
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState, MappedTo
from tracker.overview.facts import facts_of
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import holding
from tracker.self_evaluation.models import Statement

TODAY = date(2026, 11, 20)


def families(statement: Statement) -> str:
    return next(one.word for one in holding.of_statement(statement, TODAY).voices if one.who == "Families say")


def counted(item: ImprovementItem) -> int:
    return facts_of(item.authority, [item], TODAY)[item.id].voices


@pytest.fixture
def item(brent: Authority) -> ImprovementItem:
    return given_se.mapped(given.an_item(authority=brent), MappedTo.AREA, code="help_protection")


@pytest.fixture
def statement(brent: Authority, item: ImprovementItem) -> Statement:
    return given_se.a_statement(version=given_se.a_version(authority=brent), item=item)


def test_a_voice_of_an_action_is_heard_by_the_statement_on_its_item(
    item: ImprovementItem, statement: Statement
) -> None:
    before = families(statement), counted(item)

    given_evidence.evidence(kind=Kind.VOICE, action=given.an_action(item=item))

    assert before == ("Not known", 0)
    assert (families(statement), counted(item)) == ("1 heard", 1)


def test_a_voice_linked_to_an_item_and_its_action_is_one(item: ImprovementItem, statement: Statement) -> None:
    given_evidence.evidence(kind=Kind.VOICE, item=item, action=given.an_action(item=item))

    assert (families(statement), counted(item)) == ("1 heard", 1)


def test_a_voice_of_an_item_that_gave_way_is_heard(
    brent: Authority, item: ImprovementItem, statement: Statement
) -> None:
    gone = given.an_item(authority=brent, title="Said twice")
    gone.state, gone.successor = ItemState.MERGED, item
    gone.closed_on, gone.closed_because = TODAY, "Said twice"
    db.session.flush()
    given_evidence.evidence(kind=Kind.VOICE, item=gone)
    db.session.flush()

    assert (families(statement), counted(item)) == ("1 heard", 1)


def test_a_statement_on_an_area_hears_what_is_linked_to_its_themes_and_items(
    brent: Authority, item: ImprovementItem
) -> None:
    statement = given_se.a_statement(version=given_se.a_version(authority=brent))
    before = families(statement)

    given_evidence.evidence(authority=brent, kind=Kind.VOICE, theme_code="HP11")
    given_evidence.evidence(kind=Kind.VOICE, item=item)

    assert before == "Not known"
    assert families(statement) == "2 heard"
