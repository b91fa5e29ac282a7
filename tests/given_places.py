"""Where evidence stands: as it is kept, and as somebody finds it who goes along the links."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing import finding
from tracker.evidence.placing.models import evidence_place
from tracker.frameworks.queries import library
from tracker.improvements.rules import Decision, MappedTo
from tracker.people.models import Authority
from tracker.platform.db import db

Row = tuple[Any, ...]
"""Evidence, area or theme, its code, whether it stands, kind, strength, its day, the day it is stale."""


def kept(authority: Authority) -> set[Row]:
    """The places as they are kept."""
    db.session.flush()
    place = evidence_place.c
    columns = (place.evidence_id, place.to, place.code, place.stands, place.kind, place.strength, place.dated)
    rows = db.session.execute(select(*columns, place.stale_on).where(place.authority_id == authority.id))
    return {tuple(row) for row in rows}


def followed(authority: Authority) -> set[Row]:
    """The places as somebody finds them who goes from each piece of evidence along its links."""
    db.session.flush()
    db.session.expire_all()
    found = set()
    for one in db.session.scalars(select(Evidence).where(Evidence.authority_id == authority.id)):
        told = (one.withdrawn_on is None, one.kind, one.strength, one.dated, one.stale_on)
        found |= {(one.id, *where, *told) for link in one.links for where in leads_to(link)}
    return found


def leads_to(link: EvidenceLink) -> Iterator[tuple[MappedTo, str]]:
    item = link.action.item if link.action else link.item
    ties = [
        (tie.to, tie.code or "")
        for tie in (item.mappings if item else ())
        if tie.decision is Decision.CONFIRMED and tie.to in finding.PLACES
    ]
    direct = [(MappedTo.AREA, link.area_code), (MappedTo.THEME, link.theme_code)]
    for to, code in [*((to, code) for to, code in direct if code), *ties]:
        yield to, code
        if to is MappedTo.THEME:
            yield from ((MappedTo.AREA, area) for area in areas_of(code))


def areas_of(theme: str) -> set[str]:
    return {
        area.code
        for framework in library().frameworks.values()
        for area in framework.judged_areas
        if any(each.code == theme for each in area.themes)
    }


def places_of(evidence: Evidence) -> set[tuple[str, str]]:
    found = select(evidence_place.c.to, evidence_place.c.code).where(evidence_place.c.evidence_id == evidence.id)
    db.session.flush()
    return {(str(to), code) for to, code in db.session.execute(found)}
