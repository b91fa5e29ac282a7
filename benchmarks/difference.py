"""Pathways of many authorities with years of counts, written straight into the tables, and the pages that read them.

``benchmarks.indicators`` measures them beside the scorecard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from sqlalchemy import select

from benchmarks import plan_data
from benchmarks.plan_data import Row, write
from tracker.indicators.difference.library import library
from tracker.indicators.difference.models import Counting, GroupCount, Pathway
from tracker.indicators.difference.rules import NOT_KNOWN
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform.db import db

PAGES = {
    "who is treated differently": ("/{slug}/measures/difference/1", Role.DIRECTOR),
    "who is treated differently, nineteen groups": ("/{slug}/measures/difference/2", Role.DIRECTOR),
    "who is treated differently, for outside": ("/{slug}/measures/difference/1.xlsx", Role.DIRECTOR),
    "all pathways": ("/{slug}/measures/difference", Role.DIRECTOR),
}
GOES_ON = (1.0, 0.16, 0.21, 0.85, 0.42, 0.35, 0.7)
"""About which share of a stage is at the next. Our choice."""


@dataclass(frozen=True)
class Size:
    """How much one authority counts."""

    years: int


LARGE = Size(years=10)
SMALL = Size(years=3)
"""One authority counts every characteristic along every pathway over ten years, the others over three. Our choice."""
FEWEST = Size(years=1)
"""Of the authority that has nothing else: a pathway has a page only where there is one."""


def fill(slugs: Iterable[str], size: Size, *, seed: int) -> None:
    """Write pathways of authorities that are there already; the same seed gives the same."""
    for place, slug in enumerate(slugs):
        authority = db.session.scalars(select(Authority.id).where(Authority.slug == slug)).one()
        chance = Random(seed * 1_000 + place)  # noqa: S311  # no secret, only variety
        pathways = list(_pathways(authority, chance))
        countings = [row for pathway in pathways for row in _countings(pathway, size, chance)]
        whose = {pathway["id"]: pathway for pathway in pathways}
        write(Pathway, pathways)
        write(Counting, countings)
        write(GroupCount, (row for one in countings for row in _counts(whose[one["pathway_id"]], one, chance)))
        db.session.commit()


def _pathways(authority: UUID, chance: Random) -> Iterator[Row]:
    known = library()
    ways = [(way, known.characteristics[name]) for way in known.pathways.values() for name in way.characteristics]
    for number, (way, characteristic) in enumerate(ways, start=1):
        yield {
            "id": plan_data.an_id(chance),
            "authority_id": authority,
            "number": number,
            "version": 1,
            "name": way.name,
            "characteristic": characteristic.name,
            "from_pathway": way.id,
            "from_characteristic": characteristic.id,
            "source": characteristic.source,
            "kind": way.kind,
            "one": way.whom.one,
            "many": way.whom.many,
            "stages": [one.model_dump() for one in way.stages],
            "groups": [
                {"code": one.code, "name": one.name, "said": one.said.format(whom=way.whom.many)}
                for one in characteristic.groups
            ],
            "words": {},
            "compared_with": "",
            "fewest": 5,
            "fewest_base": 20,
            "area_code": way.area,
            "theme_code": None,
        }


def _countings(pathway: Row, size: Size, chance: Random) -> Iterator[Row]:
    for year in range(2026 - size.years + 1, 2027):
        yield {
            "id": plan_data.an_id(chance),
            "pathway_id": pathway["id"],
            "period_start": date(year - 1, 4, 1),
            "period_end": date(year, 3, 31),
            "source": "Local",
            "bases": {},
            "provisional": False,
            "version": 1,
        }


def _counts(pathway: Row, counting: Row, chance: Random) -> Iterator[Row]:
    for group in (*(one["code"] for one in pathway["groups"]), NOT_KNOWN):
        count = 200 if group == NOT_KNOWN else chance.randrange(2_000, 25_000)
        for stage, share in zip(pathway["stages"], GOES_ON, strict=False):
            count = round(count * share * chance.uniform(0.8, 1.2)) if share < 1 else count
            yield {
                "id": plan_data.an_id(chance),
                "counting_id": counting["id"],
                "stage_code": stage["code"],
                "group_code": group,
                "count": count,
            }
