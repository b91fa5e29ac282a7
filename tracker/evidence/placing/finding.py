"""Where evidence stands as links, mappings, actions and frameworks tell it: of all of an authority, or of some.

The same statement keeps the places when a link changes and makes them anew, so the two cannot come to differ.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    literal,
    select,
    text,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute

from tracker.actions.models import Action
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing.models import evidence_place
from tracker.frameworks.queries import library
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo

AUTHORITY: BindParameter[UUID] = bindparam("authority_id")
PIECES: BindParameter[Sequence[UUID]] = bindparam("pieces", expanding=True)
ITEMS: BindParameter[Sequence[UUID]] = bindparam("items", expanding=True)
ACTIONS: BindParameter[Sequence[UUID]] = bindparam("actions", expanding=True)

PLACES = (MappedTo.AREA, MappedTo.THEME)
COLUMNS = tuple(evidence_place.columns.keys())

Way = Select[Any, Any, Any]
"""A piece of evidence, what kind of place it leads to, and that place's code, by one way that links take."""


@cache
def placed(*, some: bool) -> Select[*tuple[Any, ...]]:
    """The rows that there should be, in the order of COLUMNS: of the pieces PIECES, or of all of AUTHORITY."""
    own = union(*_ways(some)).cte("own")
    under = _areas_of_themes()
    rolled_up = (
        select(own.c.evidence_id, _place(MappedTo.AREA), under.c.column2.label("code"))
        .join(under, under.c.column1 == own.c.code)
        .where(own.c.to == MappedTo.THEME)
    )
    everywhere = union(select(own.c.evidence_id, own.c.to, own.c.code), rolled_up).subquery("everywhere")
    told: dict[str, Any] = {name: getattr(Evidence, name) for name in COLUMNS if hasattr(Evidence, name)}
    told |= {each.key: each for each in everywhere.c} | {"stands": Evidence.withdrawn_on.is_(None)}
    return (
        select(*(told[name] for name in COLUMNS))
        .select_from(everywhere)
        .join(Evidence, Evidence.id == everywhere.c.evidence_id)
        .where(Evidence.id.in_(PIECES) if some else Evidence.authority_id == AUTHORITY)
    )


@cache
def speaking_for() -> Any:
    """Ids of the evidence that speaks for ITEMS, itself or through their actions, or for ACTIONS."""
    linked = select(EvidenceLink.evidence_id)
    return union(
        linked.where(EvidenceLink.item_id.in_(ITEMS)),
        linked.where(EvidenceLink.action_id.in_(ACTIONS)),
        linked.join(Action, Action.id == EvidenceLink.action_id).where(Action.item_id.in_(ITEMS)),
    )


@cache
def themes() -> str:
    """What tells the lists of themes of all frameworks from other lists: places follow from them too."""
    return hashlib.sha256(json.dumps(_pairs()).encode()).hexdigest()


def _ways(some: bool) -> Sequence[Way]:
    """Links to an area, to a theme, to an item that a person confirmed to belong there, to an action of one."""
    link = select(EvidenceLink.evidence_id)
    of_item = link.join(ImprovementItem, ImprovementItem.id == EvidenceLink.item_id)
    of_action = link.join(Action, Action.id == EvidenceLink.action_id).join(
        ImprovementItem, ImprovementItem.id == Action.item_id
    )
    same = ImprovementItem.authority_id == EvidenceLink.authority_id
    ways = (
        _direct(link, MappedTo.AREA, EvidenceLink.area_code),
        _direct(link, MappedTo.THEME, EvidenceLink.theme_code),
        _mapped(of_item).where(same),
        _mapped(of_action).where(same, Action.authority_id == EvidenceLink.authority_id),
    )
    mine = EvidenceLink.evidence_id.in_(PIECES) if some else EvidenceLink.authority_id == AUTHORITY
    return [way.where(mine) for way in ways]


def _direct(link: Select[Any], to: MappedTo, code: InstrumentedAttribute[str | None]) -> Way:
    return link.add_columns(_place(to), code.label("code")).where(code.is_not(None))


def _mapped(link: Select[Any]) -> Way:
    return (
        link.add_columns(Mapping.to, Mapping.code)
        .join(Mapping, Mapping.item_id == ImprovementItem.id)
        .where(Mapping.to.in_(PLACES), Mapping.decision == Decision.CONFIRMED)
    )


def _place(to: MappedTo) -> ColumnElement[Any]:
    return literal(to, evidence_place.c.to.type).label("to")


def _areas_of_themes() -> CTE:
    """As text: SQLAlchemy would put a list of values together anew each time. Both databases name its columns so."""
    pairs = ", ".join(f"({_quoted(theme)}, {_quoted(area)})" for theme, area in _pairs())
    return text(f"VALUES {pairs}").columns(column1=String, column2=String).cte("area_of_theme")


def _quoted(code: str) -> str:
    """A code of a framework file as a literal of SQL."""
    return "'" + code.replace("'", "''").replace(":", "\\:") + "'"


def _pairs() -> list[tuple[str, str]]:
    """Each theme with every area that has it in some framework: what stands under a theme stands under those too."""
    return sorted(
        {
            (theme.code, area.code)
            for framework in library().frameworks.values()
            for area in framework.judged_areas
            for theme in area.themes
        }
    )
