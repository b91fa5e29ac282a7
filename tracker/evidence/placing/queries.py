"""What the places tell: what stands under each, counted, and which pieces those are. One statement each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from tracker.evidence.placing.models import evidence_place
from tracker.evidence.rules import Tally, tally_of
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority
from tracker.platform.db import db

place = evidence_place.c


def tallies(
    authority: Authority, to: MappedTo, today: date, codes: Collection[str] | None = None
) -> Mapping[str, Tally]:
    """What stands under each area or theme, by its code; ``codes``: only under these. Read in the order of an index."""
    rows = db.session.execute(
        select(
            place.code,
            place.kind,
            place.strength,
            func.count(),
            func.max(place.dated),
            func.count().filter(place.stale_on <= today),
        )
        .where(*those(authority, to, codes))
        .group_by(place.code, place.kind, place.strength)
    )
    found: dict[str, Tally] = defaultdict(Tally)
    for code, kind, strength, count, newest, stale in rows:
        found[code] = found[code].plus(tally_of(kind, strength, count=count, newest=newest, stale=stale))
    return found


def under(authority: Authority, to: MappedTo, code: str, *, withdrawn: bool = False) -> Select[Any]:
    """Ids of what stands under one area or theme, each once; or of what stood there until it was withdrawn."""
    return select(place.evidence_id).where(*those(authority, to, [code], withdrawn=withdrawn))


def ids_by_area(authority: Authority, codes: Collection[str]) -> Mapping[str, frozenset[UUID]]:
    """Ids of what stands under each of some areas."""
    found: dict[str, set[UUID]] = {code: set() for code in codes}
    rows = db.session.execute(select(place.code, place.evidence_id).where(*those(authority, MappedTo.AREA, codes)))
    for code, evidence_id in rows:
        found[code].add(evidence_id)
    return {code: frozenset(ids) for code, ids in found.items()}


def those(
    authority: Authority, to: MappedTo, codes: Collection[str] | None, *, withdrawn: bool = False
) -> list[ColumnElement[bool]]:
    """The places under an authority's areas or themes, or under some of them."""
    mine = [place.authority_id == authority.id, place.to == to, place.stands.is_(not withdrawn)]
    return mine if codes is None else [*mine, place.code.in_(codes)]
