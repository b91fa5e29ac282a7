"""Who is treated differently: invented counts along two pathways."""

from collections.abc import Iterator
from functools import partial

from tracker.demonstration.schema import Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements.models import ImprovementItem
from tracker.indicators import speaking
from tracker.indicators.difference import commands as pathways
from tracker.indicators.difference import rules
from tracker.indicators.difference.commands import Period
from tracker.indicators.difference.library import library
from tracker.indicators.difference.rules import NOT_KNOWN

RECORDER = "amina"


class Way(Told):
    key: str
    pathway: str
    characteristic: str
    day: Past
    items: tuple[str, ...] = ()
    source: str
    bases: dict[str, str]
    years: tuple[dict[str, tuple[int, ...]], ...]
    """Oldest first; the last is the last whole year."""


class PathwaysFile(Told):
    pathways: tuple[Way, ...]


def scenes(stage: Stage, told: PathwaysFile) -> Iterator[Scene]:
    for way in told.pathways:
        yield Scene(way.day, RECORDER, partial(_count, stage, way))


def _count(stage: Stage, way: Way) -> None:
    known = library()
    pathway = stage.keep(
        way.key,
        pathways.add_from_library(
            stage.council,
            pathway=known.pathways[way.pathway],
            characteristic=known.characteristics[way.characteristic],
        ),
    )
    groups = [*(group.code for group in pathway.shape.groups), NOT_KNOWN]
    start, end = rules.last_period(stage.day(way.day))
    for back, year in zip(reversed(range(len(way.years))), way.years, strict=True):
        period = Period(
            start=start.replace(year=start.year - back),
            end=end.replace(year=end.year - back),
            numbers={(at, group): count for at, row in year.items() for group, count in zip(groups, row, strict=True)},
            source=way.source,
            bases=way.bases,
        )
        pathways.record(pathway, period, on=stage.day(way.day))
    for item in way.items:
        speaking.link_to_item(pathway, item=stage.get(ImprovementItem, item))
