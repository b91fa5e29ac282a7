"""Making the places anew from links, mappings, actions and frameworks, and following an authority's days."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, delete, except_, exists, func, select, union, update

from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing import finding, keeping
from tracker.evidence.placing.models import PlacedBy, evidence_place
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.db import db


@dataclass(frozen=True)
class Placed:
    places: int
    wrong: int
    """How many had been wrong, missing or left over."""


def place(authority: Authority) -> Placed:
    """Put the places of an authority right. Others who change its evidence wait meanwhile."""
    db.session.flush()
    connection = db.session.connection()
    history.take_turn(connection, authority.id)
    mine, given = evidence_place.c.authority_id == authority.id, {"authority_id": authority.id}
    wrong = connection.execute(_wrong(), given).scalar_one()
    connection.execute(delete(evidence_place).where(mine))
    connection.execute(keeping.adding(connection.dialect.name, some=False), given)
    places = connection.execute(select(func.count()).select_from(evidence_place).where(mine)).scalar_one()
    _say_by_what(authority)
    return Placed(places, wrong)


def not_placed() -> Sequence[Authority]:
    """Authorities with linked evidence that was last placed by other lists of themes, or before there were places."""
    return db.session.scalars(
        select(Authority).where(
            exists().where(EvidenceLink.authority_id == Authority.id),
            ~exists().where(PlacedBy.authority_id == Authority.id, PlacedBy.themes == finding.themes()),
        )
    ).all()


def follow_days(authority: Authority) -> None:
    """Take over the days on which an authority's evidence is stale, after they were set straight in its table."""
    connection = db.session.connection()
    history.take_turn(connection, authority.id)
    mine = (evidence_place.c.authority_id == authority.id, evidence_place.c.evidence_id == Evidence.id)
    connection.execute(
        update(evidence_place)
        .where(*mine, evidence_place.c.stale_on != Evidence.stale_on)
        .values(stale_on=Evidence.stale_on)
    )


def _wrong() -> Select[int]:
    """How many places differ between those that are kept and those that there should be."""
    kept = select(*evidence_place.c).where(evidence_place.c.authority_id == finding.AUTHORITY)
    right = finding.placed(some=False)
    differences = (except_(kept, right).subquery(), except_(right, kept).subquery())
    keys = union(*(select(each.c.evidence_id, each.c.to, each.c.code) for each in differences)).subquery()
    return select(func.count()).select_from(keys)


def _say_by_what(authority: Authority) -> None:
    mine = select(PlacedBy).where(PlacedBy.authority_id == authority.id)
    said = db.session.scalars(mine).one_or_none() or PlacedBy(authority=authority)
    said.themes = finding.themes()
    db.session.add(said)
    db.session.flush()
