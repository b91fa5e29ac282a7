"""The measures that actions of the demonstration are judged by, each from a baseline to a target."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from tracker.actions.models import Action
from tracker.demonstration.counts import periods_before
from tracker.demonstration.schema import ActionsFile, Judged, Promise
from tracker.demonstration.stage import Scene, Stage
from tracker.indicators.models import Measure
from tracker.indicators.resting import commands as resting
from tracker.indicators.resting.commands import Promise as Promised
from tracker.indicators.resting.rules import Baseline
from tracker.indicators.rules import Period


def scenes(stage: Stage, told: ActionsFile) -> Iterator[Scene]:
    for one in told.actions:
        for judged in one.judged:
            yield Scene(judged.day, one.by, partial(_judge, stage, one, judged))


def _judge(stage: Stage, one: Promise, judged: Judged) -> None:
    action, measure = stage.get(Action, one.key), stage.get(Measure, judged.measure)
    done = action.delivered_on or stage.day(judged.day)
    resting.judge_by(
        action,
        measure=measure,
        promise=Promised(
            baseline=_typed(judged, done) if judged.baseline is not None else _own(measure, done),
            origin=judged.origin,
            target=Decimal(judged.target),
            target_by=None if judged.by is None else stage.day(judged.by),
        ),
        by=stage.person(one.by),
        on=stage.day(judged.day),
    )


def _own(measure: Measure, done: date) -> Baseline | None:
    """The last figure that is known of a period that had ended; on some days of loading there is none yet."""
    ended = [value for value in measure.values if value.period_end <= done]
    return Baseline(ended[-1].value, ended[-1].period_start, ended[-1].period_end) if ended else None


def _typed(judged: Judged, done: date) -> Baseline:
    start, end = next(periods_before(done, Period.MONTH))
    return Baseline(Decimal(str(judged.baseline)), start, end)
