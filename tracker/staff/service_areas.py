"""Service areas: what they are called, in which judgement areas they work, and that none is left with nobody told."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from tracker.people.models import Authority, ServiceArea
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.staff import queries


def add(authority: Authority, *, name: str, area_codes: Sequence[str], known: Collection[str]) -> ServiceArea:
    """A new one. ``known``: the codes of the framework's judgement areas."""
    _require(authority, name, area_codes, known)
    area = ServiceArea(authority=authority, name=name.strip(), area_codes=list(area_codes))
    db.session.add(area)
    db.session.flush()
    return area


def change(
    area: ServiceArea, *, name: str, area_codes: Sequence[str], known: Collection[str], version: int | None
) -> None:
    """Its heads of service are bounded by what it is now, from their next page on."""
    if version != area.version:
        raise Conflict(f"Somebody else changed {area.name} while you had it open. Look at it again, then save.")
    _require(area.authority, name, area_codes, known, but=area)
    area.name, area.area_codes = name.strip(), list(area_codes)
    db.session.flush()


def remove(area: ServiceArea) -> None:
    """Refused while somebody has it: without it she could change everything."""
    held = [one.person.name for one in queries.members_of(area)]
    if held:
        raise Refused(f"{area.name} is the service area of {', '.join(held)}. Give them another one first.")
    db.session.delete(area)
    db.session.flush()


def _require(
    authority: Authority,
    name: str,
    area_codes: Sequence[str],
    known: Collection[str],
    *,
    but: ServiceArea | None = None,
) -> None:
    if not name.strip():
        raise Refused("Enter the name of the service area.")
    if not area_codes or not set(area_codes) <= set(known):
        raise Refused("Choose one judgement area or more, from those that are offered.")
    same = select(ServiceArea.id).where(
        ServiceArea.authority_id == authority.id, func.lower(ServiceArea.name) == name.strip().lower()
    )
    if any(but is None or one != but.id for one in db.session.scalars(same)):
        raise Refused(f"There is a service area called {name.strip()} already.")
