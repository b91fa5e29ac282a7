"""Measures of many authorities with years of figures, written straight into the tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from sqlalchemy import select

from benchmarks import plan_data
from benchmarks.plan_data import TODAY, Row, write
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.indicators import rules
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.rules import Direction, Period, Unit
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Size:
    """How much one authority has."""

    measures: int
    months: int


LARGE = Size(measures=200, months=120)
SMALL = Size(measures=20, months=24)
"""One authority with every measure that anybody counts over ten years, the others with what they report. Our choice."""
PLAN = plan_data.Size(items=1, actions=1, updates=0)
UNITS = (Unit.PER_CENT, Unit.PER_CENT, Unit.RATE, Unit.COUNT, Unit.MONTHS)


def fill(slugs: Iterable[str], size: Size, *, seed: int) -> None:
    """Write authorities with their people, measures and figures; the same seed gives the same."""
    slugs = list(slugs)
    plan_data.fill(slugs, PLAN, seed=seed)
    areas = [area.code for area in library().current(CHILDRENS_SERVICES, TODAY).judged_areas]
    for place, slug in enumerate(slugs):
        authority = db.session.scalars(select(Authority.id).where(Authority.slug == slug)).one()
        chance = Random(seed * 1_000 + place)  # noqa: S311  # no secret, only variety
        measures = list(_measures(authority, areas, size, chance))
        write(Measure, measures)
        write(MeasureValue, (value for measure in measures for value in _values(measure, size, chance)))
        db.session.commit()


def _measures(authority: UUID, areas: Sequence[str], size: Size, chance: Random) -> Iterator[Row]:
    for number in range(1, size.measures + 1):
        unit = UNITS[number % len(UNITS)]
        yield {
            "id": plan_data.an_id(chance),
            "authority_id": authority,
            "number": number,
            "version": 1,
            "definition_id": None,
            "name": f"Measure number {number} of what is done in time",
            "short_name": f"measure {number}",
            "definition": "Children for whom it was done in time.",
            "counts": "children for whom it was done in time",
            "out_of": "children for whom it was due" if unit in (Unit.PER_CENT, Unit.RATE) else "",
            "of_whom": "children" if unit is Unit.PER_CENT else "",
            "unit": unit,
            "period": Period.MONTH,
            "basis": "on the last day of the month",
            "direction": chance.choice(list(Direction)),
            "origin": "Local",
            "area_code": areas[number % len(areas)],
            "theme_code": None,
            "target": Decimal(chance.randrange(60, 95)) if number % 4 else None,
            "target_by": TODAY + timedelta(days=130),
        }


def _values(measure: Row, size: Size, chance: Random) -> Iterator[Row]:
    level = chance.uniform(0.5, 0.9)
    for end in reversed(rules.recent_ends(Period.MONTH, TODAY, count=size.months + 1)[1:]):
        yield _value(measure, end, level, chance)


def _value(measure: Row, end: date, level: float, chance: Random) -> Row:
    """About as much as in other months; both counts where something is divided."""
    base = chance.randrange(40, 400) * (200 if measure["unit"] is Unit.RATE else 1)
    part = min(base, round(base * level * chance.uniform(0.9, 1.1) / (200 if measure["unit"] is Unit.RATE else 1)))
    is_divided = bool(measure["out_of"])
    return {
        "id": plan_data.an_id(chance),
        "measure_id": measure["id"],
        "period_start": end.replace(day=1),
        "period_end": end,
        "value": rules.worked_out(measure["unit"], part, base) if is_divided else Decimal(part),
        "numerator": part if is_divided else None,
        "denominator": base if is_divided else None,
        "provisional": False,
    }
