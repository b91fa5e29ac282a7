"""Evidence of many authorities and what it is linked to, written straight into the tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, String, Uuid, cast, func, insert, inspect, literal, select, type_coerce

from benchmarks import plan_data
from benchmarks.plan_data import AS_ALWAYS, TODAY, WHILE_COPYING, Row, keep_in_memory, write
from tracker.actions.models import Action
from tracker.evidence import rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing import commands as placing
from tracker.evidence.placing.models import evidence_place
from tracker.evidence.rules import STALE_AFTER_DAYS, Kind, Marking, Strength, VoiceOf
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.people.models import Authority, Membership, Person
from tracker.platform import clock
from tracker.platform.db import db


@dataclass(frozen=True)
class Size:
    """How much one authority has; ``plan`` is what the evidence speaks for."""

    evidence: int
    links: int
    plan: plan_data.Size


LARGE = Size(evidence=50_000, links=200_000, plan=plan_data.Size(items=300, actions=3_000, updates=0))
SMALL = Size(evidence=5_000, links=20_000, plan=plan_data.Size(items=30, actions=300, updates=0))
"""One authority so large, the others a tenth. Our choice."""

KINDS = (Kind.DATA, Kind.AUDIT, Kind.OBSERVATION, Kind.VOICE)
"""Those that need no file and no address."""


def fill(slugs: Iterable[str], size: Size, *, seed: int) -> None:
    """Write authorities with their people, plans and evidence; the same seed gives the same."""
    slugs = list(slugs)
    plan_data.fill(slugs, size.plan, seed=seed)
    for place, slug in enumerate(slugs):
        _authority(slug, size, Random(seed * 1_000 + place))  # noqa: S311  # no secret, only variety
        db.session.commit()


def copy(slug: str, *, times: int) -> None:
    """Write an authority again and again under other keys: by the database itself, which is quicker than we are."""
    authority = db.session.scalars(select(Authority.id).where(Authority.slug == slug)).one()
    people = select(Membership.person_id).where(Membership.authority_id == authority)
    items = select(ImprovementItem.id).where(ImprovementItem.authority_id == authority)
    for number in range(1, times + 1):
        keep_in_memory(WHILE_COPYING)
        _copied(Authority, Authority.id == authority, number, slug=f"{slug}-{number}")
        _copied(Person, Person.id.in_(people), number, email=literal(f"{number}.") + Person.email)
        for model in (Membership, ImprovementItem, Action, Evidence, EvidenceLink):
            _copied(model, model.authority_id == authority, number)
        _copied(Mapping, Mapping.item_id.in_(items), number)
        _copied(evidence_place, evidence_place.c.authority_id == authority, number)
        db.session.commit()
    keep_in_memory(AS_ALWAYS)
    db.session.commit()


def _copied(model: Any, wanted: ColumnElement[bool], number: int, **told: Any) -> None:
    """Each key of the copy is that of the first with another end; what is told stands instead of what was there."""
    values = []
    table = inspect(model).local_table if isinstance(model, type) else model
    for column in table.columns:
        is_key = isinstance(column.type, Uuid)
        copied = _key(column, number) if is_key else column
        values.append(
            literal(told[column.name]) if isinstance(told.get(column.name), str) else told.get(column.name, copied)
        )
    names = [column.name for column in table.columns]
    db.session.execute(insert(table).from_select(names, select(*values).where(wanted)))


def _key(column: Column[Any], number: int) -> Any:
    end = f"{number:08x}"
    if db.engine.dialect.name == "postgresql":
        return cast(func.left(cast(column, String), 28) + end, Uuid)
    return type_coerce(func.substr(type_coerce(column, String), 1, 24) + end, Uuid)


def _authority(slug: str, size: Size, chance: Random) -> None:
    authority = db.session.scalars(select(Authority.id).where(Authority.slug == slug)).one()
    people = db.session.scalars(select(Membership.person_id).where(Membership.authority_id == authority)).all()
    items = db.session.scalars(select(ImprovementItem.id).where(ImprovementItem.authority_id == authority)).all()
    actions = db.session.scalars(select(Action.id).where(Action.authority_id == authority)).all()
    areas = library().current(CHILDRENS_SERVICES, TODAY).judged_areas
    evidence = list(_evidence(authority, people, size, chance))
    write(Evidence, evidence)
    write(Mapping, _mapped(items, areas, chance))
    write(EvidenceLink, _links(authority, evidence, _places(areas, items, actions), size, chance))
    placing.place(db.session.get_one(Authority, authority))


def _evidence(authority: UUID, people: Iterable[UUID], size: Size, chance: Random) -> Iterator[Row]:
    owners = list(people)
    for number in range(1, size.evidence + 1):
        kind, dated = chance.choice(KINDS), TODAY - timedelta(days=chance.randrange(1_500))
        stale_on = rules.stale_on(kind, dated, days=STALE_AFTER_DAYS[kind])
        withdrawn = number % 50 == 0
        yield {
            "id": plan_data.an_id(chance),
            "number": number,
            "version": 1,
            "authority_id": authority,
            "title": f"What we know, number {number}",
            "kind": kind,
            "dated": dated,
            "shows": "Delay has fallen in three of four teams, as the tracker of that week says",
            "strength": chance.choice(list(Strength)),
            "origin": "Performance team",
            "owner_id": chance.choice(owners),
            "marking": Marking.OFFICIAL,
            "url": "",
            "words": "She told us what would happen next" if kind is Kind.VOICE else "",
            "voice_of": chance.choice(list(VoiceOf)) if kind is Kind.VOICE else None,
            "setting": "",
            "consent": "Asked on the day" if kind is Kind.VOICE else "",
            "file_name": "",
            "file_type": "",
            "not_child_data_because": "",
            "withdrawn_on": TODAY if withdrawn else None,
            "withdrawn_because": "Counted twice" if withdrawn else "",
            "looked_again_because": "",
            "stale_on": stale_on,
            "ask_again_on": stale_on,
        }


def _mapped(items: Iterable[UUID], areas: Iterable[Area], chance: Random) -> Iterator[Row]:
    """Each item to one area and one of its themes."""
    choices = [area for area in areas if area.themes]
    for item in items:
        area = chance.choice(choices)
        for to, code in ((MappedTo.AREA, area.code), (MappedTo.THEME, chance.choice(area.themes).code)):
            yield {
                "id": plan_data.an_id(chance),
                "item_id": item,
                "to": to,
                "code": code,
                "rank": 1,
                "score": 1.0,
                "reason": "Said by hand",
                "decision": Decision.CONFIRMED,
                "decided_at": clock.now(),
            }


def _places(areas: Iterable[Area], items: Iterable[UUID], actions: Iterable[UUID]) -> list[list[Row]]:
    """By what is linked to: areas, themes, items, actions."""
    areas = list(areas)
    return [
        [{"area_code": area.code} for area in areas],
        [{"theme_code": theme.code} for area in areas for theme in area.themes],
        [{"item_id": item} for item in items],
        [{"action_id": action} for action in actions],
    ]


def _links(authority: UUID, evidence: list[Row], places: list[list[Row]], size: Size, chance: Random) -> Iterator[Row]:
    """As many to each piece; one of each sort."""
    empty: Row = {"area_code": None, "theme_code": None, "item_id": None, "action_id": None}
    for number in range(size.links):
        place = chance.choice(places[number // len(evidence) % len(places)])
        yield {
            "id": plan_data.an_id(chance),
            "authority_id": authority,
            "evidence_id": evidence[number % len(evidence)]["id"],
            **empty,
            **place,
            "shows_there": "",
            "shows_difference": False,
            "added_at": clock.now(),
        }
