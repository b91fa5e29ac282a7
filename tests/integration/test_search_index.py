"""The index writes itself: whatever is changed, and however, it says what a rebuild would say."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given, given_actions, given_audits, given_evidence, given_indicators, given_self_evaluation
from tests.queries_counted import at_most
from tracker.actions.models import Action
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.rules import Kind
from tracker.improvements.models import Appraisal, ImprovementItem, Mapping
from tracker.improvements.rules import Decision
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.search import indexing
from tracker.search.models import SearchEntry
from tracker.self_evaluation.models import Statement

WORDS = ("visits", "plans", "supervision", "pathway", "carers", "drift", "survey", "court")
Edit = Callable[[Random], object]


def wrong(authority: Authority) -> int:
    """Entries that a rebuild finds not to be what they should be."""
    return sum(indexing.rebuild(authority))


def entries() -> int:
    return db.session.scalar(select(func.count(SearchEntry.id))) or 0


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_index_is_what_a_rebuild_makes(brent: Authority, session: Session, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # no secret, only variety
    given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Too few have a life-story book.")})
    given_indicators.a_measure()
    given_self_evaluation.a_statement()
    given_audits.a_finding(given_audits.an_audit(moderated=given_audits.GOOD))
    for make in (_item, _action, _evidence, _link, _confirm):
        make(chance)
    session.commit()

    for _ in range(25):
        chance.choice(EDITS)(chance)
        if chance.random() < 0.5:
            session.commit()
    session.commit()

    assert entries() > 10
    assert wrong(brent) == 0


def test_a_rebuild_mends_what_was_damaged_added_and_lost(brent: Authority, session: Session) -> None:
    given.an_item(authority=brent)
    given.an_action(item=given.an_item(authority=brent))
    session.commit()
    first, second, third = session.scalars(select(SearchEntry).order_by(SearchEntry.kind, SearchEntry.number))
    first.title, third.root_id = "Something else", brent.id
    session.delete(second)
    session.flush()

    assert wrong(brent) == 4
    assert wrong(brent) == 0
    assert entries() == 3


def test_what_a_savepoint_took_back_is_not_found(brent: Authority, session: Session) -> None:
    item = given.an_item(authority=brent, title="Plans")
    session.commit()

    part = session.begin_nested()
    item.title = "Pathways"
    session.flush()
    part.rollback()
    session.commit()

    assert wrong(brent) == 0
    assert session.scalars(select(SearchEntry.title)).all() == ["Plans"]


def test_one_save_costs_a_few_statements_more(brent: Authority, session: Session) -> None:
    action = given.an_action(item=given.an_item(authority=brent))
    for _ in range(20):
        given_actions.an_update(action)
    session.commit()
    action.title = "Review every plan twice"
    session.flush()

    with at_most(6):
        session.commit()


# Edits ----------------------------------------------------------------------------------------------------------------


def _said(chance: Random) -> str:
    return " ".join(chance.sample(WORDS, 3)).capitalize()


def _any(model: type, chance: Random) -> object:
    return chance.choice(db.session.scalars(select(model).order_by(model.id)).all())  # type: ignore[attr-defined]  # every model has one


def _item(chance: Random) -> object:
    return given.an_item(wording=_said(chance))


def _action(chance: Random) -> object:
    return given.an_action(item=_any(ImprovementItem, chance), title=_said(chance))  # type: ignore[arg-type]  # one of that model


def _evidence(chance: Random) -> object:
    return given_evidence.evidence(title=_said(chance), kind=chance.choice(list(Kind)))


def _link(chance: Random) -> object:
    evidence, action = _any(Evidence, chance), _any(Action, chance)
    assert isinstance(evidence, Evidence)
    if any(link.action is action for link in evidence.links):
        return None
    link = EvidenceLink(authority=evidence.authority, evidence=evidence, action=action, shows_there=_said(chance))
    return given.stored(link)


def _unlink(chance: Random) -> object:
    link = _any(EvidenceLink, chance)
    db.session.delete(link)
    db.session.flush()
    return _link(chance)


def _confirm(chance: Random) -> object:
    item = _any(ImprovementItem, chance)
    assert isinstance(item, ImprovementItem)
    code = chance.choice(("HP16", "HP11"))
    if all(tie.code != code for tie in item.mappings):
        given_audits.a_confirmed_theme(item, code)
        db.session.expire(item, ["mappings"])
    return item


def _reject(chance: Random) -> object:
    tie = _any(Mapping, chance)
    assert isinstance(tie, Mapping)
    tie.decision = Decision.REJECTED
    return tie


def _move(chance: Random) -> object:
    action = _any(Action, chance)
    assert isinstance(action, Action)
    action.item = _any(ImprovementItem, chance)  # type: ignore[assignment]  # one of that model
    return action


def _update(chance: Random) -> object:
    action = _any(Action, chance)
    assert isinstance(action, Action)
    return given_actions.an_update(action, done=_said(chance))


def _appraise(chance: Random) -> object:
    said = {name: _said(chance) for name in ("worried_about", "working_well", "needs_to_happen")}
    return given.stored(Appraisal(item=_any(ImprovementItem, chance), on=date(2026, 11, 1), scale=4, aim=6, **said))


def _withdraw(chance: Random) -> object:
    evidence = _any(Evidence, chance)
    assert isinstance(evidence, Evidence)
    evidence.withdrawn_on, evidence.withdrawn_because = date(2026, 11, 1), _said(chance)
    return evidence


def _write(chance: Random) -> object:
    statement = _any(Statement, chance)
    assert isinstance(statement, Statement)
    statement.text = _said(chance)
    return statement


EDITS: tuple[Edit, ...] = (
    _item, _action, _evidence, _link, _unlink, _confirm, _reject, _move, _update, _appraise, _withdraw, _write,
)  # fmt: skip
