"""Every question asked about the lists. Two statements, however much was brought in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.annex_a import rules
from tracker.annex_a.models import AnnexList, AnnexResult
from tracker.annex_a.rules import Said, Standing, Stands
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, ChildList, ChildLists
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Line:
    """One list of the framework, what was said of it, and what its validator found last."""

    asked: ChildList
    kept: AnnexList | None
    """None until somebody says something about it."""
    last: AnnexResult | None
    stands: Stands

    @property
    def version(self) -> int:
        return self.kept.version if self.kept else 0


@dataclass(frozen=True)
class Readiness:
    asked: ChildLists
    lines: Sequence[Line]

    @property
    def ready(self) -> int:
        return sum(line.stands.state is Standing.READY for line in self.lines)

    @property
    def words(self) -> str:
        """ "Annex A: 7 of 11 lists are ready"."""
        return f"{self.asked.name}: {self.ready} of {len(self.lines)} lists are ready"


def asked(today: date) -> ChildLists | None:
    """The lists that an inspection called today would ask for."""
    return frameworks.library().current(CHILDRENS_SERVICES, today).child_lists


def readiness(authority: Authority, today: date) -> Readiness | None:
    """Every list, in the framework's order; None where the framework in force names none."""
    lists = asked(today)
    if lists is None:
        return None
    kept = {one.code: one for one in _kept(authority)}
    last = _last(authority)
    return Readiness(lists, [_line(one, kept.get(one.code), last.get(one.code), lists, today) for one in lists.lists])


def line(authority: Authority, code: str, today: date) -> Line | None:
    found = readiness(authority, today)
    return next((one for one in found.lines if one.asked.code == code), None) if found else None


def results(authority: Authority, code: str, *, limit: int = 12) -> Sequence[AnnexResult]:
    """What validators found in one list, the newest first."""
    return db.session.scalars(
        select(AnnexResult)
        .where(AnnexResult.authority_id == authority.id, AnnexResult.code == code)
        .options(joinedload(AnnexResult.brought_by))
        .order_by(AnnexResult.brought_at.desc())
        .limit(limit)
    ).all()


def _line(one: ChildList, kept: AnnexList | None, last: AnnexResult | None, lists: ChildLists, today: date) -> Line:
    said, tested_on = (kept.said, kept.tested_on) if kept else (Said.NOT_TRIED, None)
    return Line(one, kept, last, rules.stands(said, tested_on, within_days=lists.tested_within_days, today=today))


def _kept(authority: Authority) -> Sequence[AnnexList]:
    wanted = select(AnnexList).where(AnnexList.authority_id == authority.id)
    return db.session.scalars(wanted.options(joinedload(AnnexList.owner))).all()


def _last(authority: Authority) -> Mapping[str, AnnexResult]:
    newest = (
        select(AnnexResult.code, func.max(AnnexResult.brought_at).label("at"))
        .where(AnnexResult.authority_id == authority.id)
        .group_by(AnnexResult.code)
        .subquery()
    )
    rows = db.session.scalars(
        select(AnnexResult)
        .join(newest, (newest.c.code == AnnexResult.code) & (newest.c.at == AnnexResult.brought_at))
        .where(AnnexResult.authority_id == authority.id)
    )
    return {row.code: row for row in rows}
