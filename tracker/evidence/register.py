"""The evidence register as somebody asks to see it: filters, sorting, and how many each filter would show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, load_only, selectinload

from tracker.actions.models import Action
from tracker.evidence import rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing import queries as placing
from tracker.evidence.queries import for_item, is_stale
from tracker.evidence.rules import Kind, Strength
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority, Person
from tracker.platform.db import db


@dataclass(frozen=True)
class Wanted:
    """What the register is asked to show; None leaves a question out."""

    kind: Kind | None = None
    strength: Strength | None = None
    area_code: str | None = None
    theme_code: str | None = None
    item_id: UUID | None = None
    owner_id: UUID | None = None
    stale: bool = False
    withdrawn: bool = False
    """Show what was withdrawn, and nothing else."""
    text: str = ""
    """Words of the title or of what it shows."""


@dataclass(frozen=True)
class Counts:
    """How many pieces of evidence each filter of the register would show."""

    all: int
    stale: int
    mine: int
    withdrawn: int
    by_kind: Mapping[Kind, int]
    by_strength: Mapping[Strength, int]


Sorts: TypeAlias = Mapping[str, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]]


def _sorts(of: Any) -> Sorts:
    by_strength = case(dict(rules.IN_ORDER), value=of.strength)
    return {
        "number": (of.number,),
        "kind": (of.kind, of.number),
        "strength": (by_strength, of.dated),
        "dated": (of.dated, of.number),
    }


SORTS = _sorts(Evidence)
"""What the register can be sorted by, and then by what; turned round, all of them are."""

SORTS_OF_PLACES = _sorts(placing.place)
"""The same where an index of places alone tells what stands under one area or theme."""

NEWEST_FIRST = "-dated"

NOT_THIS_ROW = -1
"""Where the rows of one statement count different things."""


def register(authority: Authority, wanted: Wanted, today: date, *, sort: str, descending: bool) -> Select[Any]:
    """The register as it was asked for, as a select of ids."""
    place = _one_place(wanted)
    if place is None:
        columns, conditions = SORTS[sort], [*_conditions(wanted, today), *_places(authority, wanted)]
        found = select(Evidence.id).where(Evidence.authority_id == authority.id, *conditions)
    else:
        columns, conditions = SORTS_OF_PLACES[sort], _at(authority, place, wanted, today)
        found = select(placing.place.evidence_id).where(*conditions)
    return found.order_by(*(column.desc() if descending else column.asc() for column in columns))


def total(authority: Authority, wanted: Wanted, today: date) -> int | None:
    """How many rows there are where the places of evidence tell it; None where they do not."""
    place = _one_place(wanted)
    if place is None:
        return None
    return db.session.scalar(select(func.count()).where(*_at(authority, place, wanted, today)))


SHOWN = (
    Evidence.number, Evidence.title, Evidence.kind, Evidence.voice_of, Evidence.shows, Evidence.strength,
    Evidence.dated, Evidence.stale_on, Evidence.owner_id, Evidence.withdrawn_on, Evidence.withdrawn_because,
    Evidence.disposed_on,
)  # fmt: skip
"""What a page of the register shows of a piece of evidence."""


def rows(ids: Sequence[UUID], *, whole: bool = False) -> Sequence[Evidence]:
    """Some pieces of evidence in the order of their ids, with the names of owners and of what they speak for.

    A page finds its ids first, from an index alone: what stands on the pages before it is never read. ``whole`` is for
    files, which say more of each piece than SHOWN.
    """
    asked = select(Evidence).where(Evidence.id.in_(ids))
    found = db.session.scalars(
        asked.options(
            *(() if whole else (load_only(*SHOWN),)),
            joinedload(Evidence.owner).load_only(Person.name),
            *_with_what_they_speak_for(),
        )
    )
    by_id = {one.id: one for one in found}
    return [by_id[each] for each in ids]


def _with_what_they_speak_for() -> Sequence[Any]:
    """One more statement for all rows. Of an item and an action no more is read than their reference and title."""
    links = selectinload(Evidence.links)
    item, action = links.joinedload(EvidenceLink.item), links.joinedload(EvidenceLink.action)
    return (
        item.load_only(ImprovementItem.number, ImprovementItem.title),
        item.lazyload(ImprovementItem.mappings),
        action.load_only(Action.number, Action.title),
    )


def counts(authority: Authority, person: Person, today: date) -> Counts:
    """One statement, grouped in the database in the order of an index."""
    standing = (Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None))
    withdrawn = select(func.count()).where(Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_not(None))
    rows = db.session.execute(
        select(
            Evidence.kind,
            Evidence.strength,
            func.count(),
            func.count().filter(is_stale(today)),
            func.count().filter(Evidence.owner_id == person.id),
            literal(NOT_THIS_ROW),
        )
        .where(*standing)
        .group_by(Evidence.kind, Evidence.strength)
        .union_all(select(null(), null(), null(), null(), null(), withdrawn.scalar_subquery()))
    ).all()
    groups = [row for row in rows if row[5] == NOT_THIS_ROW]
    return Counts(
        all=sum(row[2] for row in groups),
        stale=sum(row[3] for row in groups),
        mine=sum(row[4] for row in groups),
        withdrawn=max(row[5] for row in rows),
        by_kind={kind: sum(row[2] for row in groups if row[0] is kind) for kind in Kind},
        by_strength={one: sum(row[2] for row in groups if row[1] is one) for one in Strength},
    )


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Evidence.withdrawn_on.is_not(None) if wanted.withdrawn else Evidence.withdrawn_on.is_(None)
    ]
    if wanted.kind is not None:
        conditions.append(Evidence.kind == wanted.kind)
    if wanted.strength is not None:
        conditions.append(Evidence.strength == wanted.strength)
    if wanted.owner_id is not None:
        conditions.append(Evidence.owner_id == wanted.owner_id)
    if wanted.stale:
        conditions.append(is_stale(today))
    if wanted.text:
        conditions.append(_says(wanted.text))
    return conditions


def _one_place(wanted: Wanted) -> tuple[MappedTo, str] | None:
    """The area or theme that is asked for, where nothing else is asked than what its places tell."""
    asked = _areas_and_themes(wanted)
    told = len(asked) == 1 and wanted.item_id is None and wanted.owner_id is None and not wanted.text
    return asked[0] if told else None


def _at(authority: Authority, place: tuple[MappedTo, str], wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """As ``_conditions``, told by the places under one area or theme."""
    to, code = place
    conditions = placing.those(authority, to, [code], withdrawn=wanted.withdrawn)
    if wanted.kind is not None:
        conditions.append(placing.place.kind == wanted.kind)
    if wanted.strength is not None:
        conditions.append(placing.place.strength == wanted.strength)
    if wanted.stale:
        conditions.append(placing.place.stale_on <= today)
    return conditions


def _places(authority: Authority, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Among what coverage counts under the same key."""
    found: list[Any] = [
        placing.under(authority, to, code, withdrawn=wanted.withdrawn) for to, code in _areas_and_themes(wanted)
    ]
    if wanted.item_id is not None:
        found.append(for_item(authority, wanted.item_id))
    return [Evidence.id.in_(each) for each in found]


def _areas_and_themes(wanted: Wanted) -> list[tuple[MappedTo, str]]:
    asked = [(MappedTo.AREA, wanted.area_code), (MappedTo.THEME, wanted.theme_code)]
    return [(to, code) for to, code in asked if code is not None]


def _says(text: str) -> ColumnElement[bool]:
    """Every word somewhere in the title, in what it shows or in a voice's words."""
    return and_(
        *(
            or_(
                *(
                    column.icontains(word, autoescape=True)
                    for column in (Evidence.title, Evidence.shows, Evidence.words)
                )
            )
            for word in text.split()
        )
    )
