"""Measures of many authorities with years of figures, written straight into the tables."""

from collections import defaultdict
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
from tracker.indicators.breakdowns.models import MeasurePart, PartValue
from tracker.indicators.models import Measure, MeasureTarget, MeasureValue
from tracker.indicators.rules import Ambition, Direction, Period, Unit
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Size:
    """How much one authority has."""

    measures: int
    months: int
    parts: int = 0
    """Parts of each measure, in breakdowns of at most ``IN_ONE``."""


LARGE = Size(measures=200, months=120, parts=8)
SMALL = Size(measures=20, months=24, parts=2)
"""One authority with every measure that anybody counts over ten years, the others with what they report. Our choice."""
FEWEST = Size(measures=1, months=1)
"""Of the authority that has nothing else: a measure has a page only where there is one."""
IN_ONE = 4
KINDS = ("Team", "Age")
PLAN = plan_data.Size(items=1, actions=1, updates=0)
UNITS = (Unit.PER_CENT, Unit.PER_CENT, Unit.RATE, Unit.COUNT, Unit.MONTHS)


def fill(slugs: Iterable[str], size: Size, *, seed: int) -> None:
    """Write authorities with their people, measures and figures; the same seed gives the same."""
    slugs = list(slugs)
    plan_data.fill(slugs, PLAN, seed=seed)
    measures(slugs, size, seed=seed)


def measures(slugs: Iterable[str], size: Size, *, seed: int) -> None:
    """Write the measures of authorities that are there."""
    areas = [area.code for area in library().current(CHILDRENS_SERVICES, TODAY).judged_areas]
    for place, slug in enumerate(slugs):
        authority = db.session.scalars(select(Authority.id).where(Authority.slug == slug)).one()
        chance = Random(seed * 1_000 + place)  # noqa: S311  # no secret, only variety
        counted = list(_measures(authority, areas, size, chance))
        write(Measure, counted)
        write(MeasureTarget, _targets(counted, chance))
        values = [value for measure in counted for value in _values(measure, size, chance)]
        write(MeasureValue, values)
        parts = list(_parts(counted, size, chance))
        write(MeasurePart, parts)
        write(PartValue, _part_values(parts, counted, values, chance))
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
            "tolerance": None,
            "comparable_since": None,
        }


def _targets(measures: Sequence[Row], chance: Random) -> Iterator[Row]:
    """Three of four have one."""
    for measure in measures:
        if measure["number"] % 4:
            yield {
                "id": plan_data.an_id(chance),
                "measure_id": measure["id"],
                "version": 1,
                "ambition": Ambition.TARGET,
                "figure": Decimal(chance.randrange(60, 95)),
                "by": TODAY + timedelta(days=130),
                "since": None,
                "why": "Agreed with the board",
                "set_on": TODAY,
                "set_by_id": None,
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
        "source": "Local",
        "source_date": end,
    }


def _parts(measures: Sequence[Row], size: Size, chance: Random) -> Iterator[Row]:
    for measure in measures:
        for place in range(size.parts):
            yield {
                "id": plan_data.an_id(chance),
                "measure_id": measure["id"],
                "kind": KINDS[place // IN_ONE % len(KINDS)],
                "name": f"Part {place + 1}",
                "position": place % IN_ONE + 1,
            }


def _part_values(parts: Sequence[Row], measures: Sequence[Row], values: Sequence[Row], chance: Random) -> Iterator[Row]:
    """Each breakdown shares the counts of the measure out among its parts, so that they add up."""
    units = {measure["id"]: measure["unit"] for measure in measures}
    of: dict[tuple[UUID, str], list[Row]] = defaultdict(list)
    figures: dict[UUID, list[Row]] = defaultdict(list)
    for part in parts:
        of[part["measure_id"], part["kind"]].append(part)
    for value in values:
        figures[value["measure_id"]].append(value)
    for (measure, _), some in of.items():
        for value in figures[measure]:
            yield from _shared(value, some, units[measure], chance)


def _shared(value: Row, parts: Sequence[Row], unit: Unit, chance: Random) -> Iterator[Row]:
    weights = [chance.uniform(0.5, 1.5) for _ in parts]
    below = _split(value["denominator"], weights) if value["denominator"] else [None] * len(parts)
    above = _split(value["numerator"] or int(value["value"]), weights)
    for part, over, under in zip(parts, above, below, strict=True):
        over = over if under is None else min(over, under)
        yield {
            "id": plan_data.an_id(chance),
            "part_id": part["id"],
            "period_start": value["period_start"],
            "period_end": value["period_end"],
            "value": Decimal(over) if under is None else rules.worked_out(unit, over, under),
            "numerator": None if under is None else over,
            "denominator": under,
            "provisional": False,
        }


def _split(whole: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in about these shares that add up to the whole."""
    found = [int(whole * weight / sum(weights)) for weight in weights]
    return [whole - sum(found[1:]), *found[1:]]
