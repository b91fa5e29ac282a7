"""The statutory clock of a real report: when it was received, what was published and sent. The days are invented."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from tracker.deadlines import commands, queries
from tracker.demonstration.schema import ItemsFile, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.inspections.models import Inspection


class Done(Told):
    code: str
    """Of the deadline in the report's framework."""
    day: date
    by: str
    sent_to: str


class Clock(Told):
    report: str
    received: date
    recorded: date
    by: str
    done: tuple[Done, ...] = ()


class ClocksFile(Told):
    clocks: tuple[Clock, ...]


def scenes(stage: Stage, told: ClocksFile, reports: ItemsFile) -> Iterator[Scene]:
    """The days of the clock are real ones, so they move away from those of the story: never to before its report."""
    imported = {report.key: report.day for report in reports.reports}
    for clock in told.clocks:
        first = imported[clock.report]
        yield Scene(max(stage.offset(clock.recorded), first), clock.by, partial(_receive, stage, clock))
        for done in clock.done:
            yield Scene(max(stage.offset(done.day), first), done.by, partial(_do, stage, clock, done))


def _receive(stage: Stage, told: Clock) -> None:
    commands.record_receipt(
        stage.get(Inspection, told.report), received_on=told.received, reason="", today=told.recorded
    )


def _do(stage: Stage, told: Clock, done: Done) -> None:
    line = queries.line(stage.get(Inspection, told.report), done.code, done.day)
    if line is None:
        raise LookupError(f"{told.report} has no deadline called {done.code}")
    commands.record_done(
        line,
        done_on=done.day,
        sent_to=done.sent_to,
        by=stage.person(done.by),
        version=line.version,
        today=done.day,
    )
