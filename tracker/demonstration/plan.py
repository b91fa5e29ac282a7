"""The improvement plan: each action as it was promised, and its trail."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tracker.actions import commands as actions
from tracker.actions.models import Action
from tracker.demonstration.schema import ActionsFile, Promise, Step
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence import commands as evidence
from tracker.evidence.models import Evidence
from tracker.improvements.models import ImprovementItem


def promises(stage: Stage, told: ActionsFile) -> Iterator[Scene]:
    for one in told.actions:
        yield Scene(one.added, one.by, partial(_promise, stage, one))


def trails(stage: Stage, told: ActionsFile) -> Iterator[Scene]:
    for one in told.actions:
        for step in one.trail:
            by = step.by or one.lead
            yield Scene(step.day, by, partial(TAKEN.get(step.said, _report), stage, one.key, step, by))


def _promise(stage: Stage, one: Promise) -> None:
    action = actions.add_action(
        stage.get(ImprovementItem, one.item),
        title=one.title,
        lead=stage.person(one.lead),
        due_on=stage.day(one.due),
        starts_on=None if one.starts is None else stage.day(one.starts),
        success_measure=one.success,
        by=stage.person(one.by),
        on=stage.day(one.added),
    )
    stage.keep(one.key, action)


def _report(stage: Stage, key: str, step: Step, by: str) -> None:
    action = stage.get(Action, key)
    actions.update(
        action,
        version=action.version,
        status=step.status,
        done=step.done,
        due_on=None if step.due is None else stage.day(step.due),
        due_reason=step.due_reason,
        by=stage.person(by),
        on=stage.day(step.day),
    )


def _deliver(stage: Stage, key: str, step: Step, by: str) -> None:
    action = stage.get(Action, key)
    actions.deliver(action, version=action.version, done=step.done, by=stage.person(by), on=stage.day(step.day))


def _sign_off(stage: Stage, key: str, step: Step, by: str) -> None:
    action = stage.get(Action, key)
    actions.sign_off(
        action,
        version=action.version,
        by=stage.person(by),
        on=stage.day(step.day),
        note=step.done,
        difference_due_on=None if step.difference_due is None else stage.day(step.difference_due),
    )


def _say_difference(stage: Stage, key: str, step: Step, by: str) -> None:
    action = stage.get(Action, key)
    actions.say_difference(
        action, version=action.version, difference=step.difference, by=stage.person(by), on=stage.day(step.day)
    )


def _embed(stage: Stage, key: str, step: Step, by: str) -> None:
    evidence.embed(
        stage.get(Action, key),
        evidence=[stage.get(Evidence, piece) for piece in step.evidence],
        difference=step.difference,
        by=stage.person(by),
        on=stage.day(step.day),
    )


def _supersede(stage: Stage, key: str, step: Step, by: str) -> None:
    action = stage.get(Action, key)
    actions.supersede(action, version=action.version, reason=step.done, by=stage.person(by), on=stage.day(step.day))


TAKEN: Mapping[str, Callable[[Stage, str, Step, str], None]] = {
    "delivered": _deliver,
    "signed_off": _sign_off,
    "difference": _say_difference,
    "embedded": _embed,
    "superseded": _supersede,
}
"""What each word of a trail calls; any other reports where the action stands."""
