"""How ready the lists of the invented council are, and what an invented validator found in them."""

from collections.abc import Iterator
from functools import partial

from tracker.annex_a import commands, queries
from tracker.annex_a.commands import Told as Said_of
from tracker.annex_a.rules import Band, Said
from tracker.demonstration.schema import Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.platform import clock


class ListTold(Told):
    code: str
    day: Past
    by: str
    owner: str
    said: Said
    tested: Past
    band: Band
    faults: str = ""


class SummaryTold(Told):
    day: Past
    by: str
    validator: str
    ran: Past
    lines: str
    """As the validator wrote it."""


class AnnexFile(Told):
    lists: tuple[ListTold, ...]
    summaries: tuple[SummaryTold, ...]


def scenes(stage: Stage, told: AnnexFile) -> Iterator[Scene]:
    for one in told.lists:
        yield Scene(one.day, one.by, partial(_say, stage, one))
    for summary in told.summaries:
        yield Scene(summary.day, summary.by, partial(_bring_in, stage, summary))


def _say(stage: Stage, one: ListTold) -> None:
    today = stage.day(one.day)
    line = queries.line(stage.council, one.code, today)
    if line is None:
        return  # the framework in force that day names no such list
    told = Said_of(
        owner=stage.person(one.owner),
        said=one.said,
        tested_on=stage.day(one.tested),
        band=one.band,
        known_faults=one.faults,
    )
    commands.say(line, authority=stage.council, told=told, version=line.version, today=today)


def _bring_in(stage: Stage, summary: SummaryTold) -> None:
    if queries.asked(stage.day(summary.day)) is None:
        return
    commands.bring_in(
        stage.council,
        summary.lines.encode(),
        validator=summary.validator,
        validated_on=stage.day(summary.ran),
        of_list=None,
        by=stage.person(summary.by),
        at=clock.now(),
        today=stage.day(summary.day),
    )
