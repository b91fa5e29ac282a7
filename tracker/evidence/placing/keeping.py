"""Keeps the places right whenever what they follow from is flushed, in the same transaction.

Before the flush the writer takes its authority's turn in the trail of changes, which every flush takes later anyway: so
one writer of an authority works at a time, and what it reads afterwards is the newest.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstanceState, Session

from tracker.actions.models import Action
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing import finding
from tracker.evidence.placing.models import evidence_place
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision
from tracker.platform import history
from tracker.platform.db import db

AT_ONCE = 500
"""Pieces of evidence of one statement."""

FOLLOWED = frozenset({"kind", "strength", "dated", "looked_again_on", "stale_on", "withdrawn_on"})
"""What of a piece of evidence its places follow from."""
LINKED = frozenset({"evidence", "evidence_id", "area_code", "theme_code", "item", "item_id", "action", "action_id"})
MAPPED = frozenset({"decision", "to", "code", "item", "item_id"})
MOVED = frozenset({"item", "item_id"})

Followed = Evidence | EvidenceLink | Mapping | Action


@dataclass(frozen=True)
class Concerned:
    """Ids of what has changed. ``added``: evidence that was linked to one thing more, and lost nothing."""

    added: set[UUID] = field(default_factory=set)
    evidence: set[UUID] = field(default_factory=set)
    items: set[UUID] = field(default_factory=set)
    actions: set[UUID] = field(default_factory=set)


@event.listens_for(db.session, "before_flush", insert=True)
def take_turns(session: Session, context: object, instances: object) -> None:
    """Take the turn of each authority whose places this flush may change."""
    for authority_id in sorted({_authority(session, thing) for thing in _changed(session)}, key=str):
        history.take_turn(session.connection(), authority_id)


@event.listens_for(db.session, "after_flush")
def keep_places(session: Session, context: object) -> None:
    """Place anew all evidence that stands, or stood, somewhere because of what has changed."""
    concerned = Concerned()
    for thing in _changed(session):
        _note(concerned, thing, new=thing in session.new)
    anew = concerned.evidence | _speaking_for(session, concerned)
    if anew:
        replace(session.connection(), anew)
    if concerned.added - anew:
        add(session.connection(), concerned.added - anew)


def replace(connection: Connection, evidence: Collection[UUID]) -> None:
    """Place some pieces of evidence anew, by id."""
    for some in _batches(evidence):
        connection.execute(_removing(), {"pieces": some})
        connection.execute(adding(connection.dialect.name, some=True), {"pieces": some})


def add(connection: Connection, evidence: Collection[UUID]) -> None:
    """Place some pieces of evidence where they do not stand yet, by id."""
    for some in _batches(evidence):
        connection.execute(adding(connection.dialect.name, some=True), {"pieces": some})


@cache
def adding(dialect: str, *, some: bool) -> Any:
    """The statement that adds the places that ``finding.placed`` finds and that are not there yet."""
    insert: Any = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[dialect]
    return insert(evidence_place).from_select(finding.COLUMNS, finding.placed(some=some)).on_conflict_do_nothing()


def _batches(evidence: Collection[UUID]) -> Iterator[Sequence[UUID]]:
    ids = sorted(evidence, key=str)
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


@cache
def _removing() -> Any:
    return delete(evidence_place).where(evidence_place.c.evidence_id.in_(finding.PIECES))


def _speaking_for(session: Session, concerned: Concerned) -> set[UUID]:
    if not concerned.items and not concerned.actions:
        return set()
    given = {"items": tuple(concerned.items), "actions": tuple(concerned.actions)}
    return set(session.connection().execute(finding.speaking_for(), given).scalars())


def _note(concerned: Concerned, thing: Followed, *, new: bool) -> None:
    if isinstance(thing, Evidence):
        concerned.evidence.add(thing.id)
    elif isinstance(thing, EvidenceLink):
        (concerned.added if new else concerned.evidence).update(_values(thing, "evidence_id"))
    elif isinstance(thing, Mapping):
        concerned.items.update(_values(thing, "item_id"))
    else:
        concerned.actions.add(thing.id)


def _changed(session: Session) -> Iterator[Followed]:
    """What of this flush places may follow from. Evidence and actions without a link stand nowhere and lead nowhere."""
    for thing in (*session.new, *session.deleted):
        if isinstance(thing, EvidenceLink) or (isinstance(thing, Mapping) and _places(thing)):
            yield thing
    for thing in session.dirty:
        if isinstance(thing, Followed) and _differs(thing):
            yield thing


def _differs(thing: Followed) -> bool:
    names = {Evidence: FOLLOWED, EvidenceLink: LINKED, Mapping: MAPPED, Action: MOVED}[type(thing)]
    attributes = _state(thing).attrs
    changed = any(attributes[name].history.has_changes() for name in names)
    return changed and (not isinstance(thing, Mapping) or _places(thing))


def _places(mapping: Mapping) -> bool:
    """Whether evidence stands where it leads, or stood there before this flush."""
    leads = any(to in finding.PLACES for to in _values(mapping, "to"))
    return leads and Decision.CONFIRMED in _values(mapping, "decision")


def _values(thing: Followed, name: str) -> set[Any]:
    """What an attribute is, and what it was before this flush."""
    return {value for value in _state(thing).attrs[name].history.sum() if value is not None}


def _state(thing: Followed) -> InstanceState[Any]:
    state: InstanceState[Any] = inspect(thing)
    return state


def _authority(session: Session, thing: Followed) -> UUID:
    """A new row may know its authority only as an object."""
    owner: Any = thing
    if isinstance(thing, Mapping):
        item: ImprovementItem | None = thing.item  # none once it was taken out of its item's list
        owner = item or session.get_one(ImprovementItem, next(iter(_values(thing, "item_id"))))
    authority_id: UUID = owner.authority_id or owner.authority.id
    return authority_id
