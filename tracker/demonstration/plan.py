"""The improvement plan: each action as it was promised, and its trail."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tracker.actions import commands as actions
from tracker.actions.dependencies import commands as waiting
from tracker.actions.models import Action, GovernanceBoard, Milestone
from tracker.actions.rules import Confidence, Priority
from tracker.demonstration.schema import ActionsFile, Listed, PartnerTold, Promise, Step
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence.models import Evidence
from tracker.improvements.models import ImprovementItem
from tracker.indicators.models import Measure
from tracker.indicators.resting import queries as success_measures
from tracker.overview import difference
from tracker.people.models import PartnerOrganisation
from tracker.people.rules import PartnerKind


def registers(stage: Stage, told: ActionsFile) -> Iterator[Scene]:
    """The boards and partner organisations that actions name."""
    for board in told.boards:
        yield Scene(board.added, board.by, partial(_board, stage, board))
    for partner in told.partners:
        yield Scene(partner.added, partner.by, partial(_partner, stage, partner))


def promises(stage: Stage, told: ActionsFile) -> Iterator[Scene]:
    for one in told.actions:
        yield Scene(one.added, one.by, partial(_promise, stage, one))


def dependencies(stage: Stage, told: ActionsFile) -> Iterator[Scene]:
    """What waits for what, agreed on the first day on which both are promised."""
    added = {one.key: one.added for one in told.actions}
    for one in told.actions:
        for other in one.waits_for:
            yield Scene(max(one.added, added[other]), one.by, partial(_wait, stage, one, other))


def trails(stage: Stage, told: ActionsFile) -> Iterator[Scene]:
    for one in told.actions:
        for step in one.trail:
            by = step.by or one.lead
            yield Scene(step.day, by, partial(TAKEN.get(step.said, _report), stage, one.key, step, by))


def _board(stage: Stage, one: Listed) -> None:
    stage.keep(f"board_{one.key}", actions.add_board(stage.council, name=one.name, by=stage.person(one.by)))


def _partner(stage: Stage, one: PartnerTold) -> None:
    partner = actions.add_partner(
        stage.council, kind=PartnerKind[one.kind.upper()], name=one.name, by=stage.person(one.by)
    )
    stage.keep(f"partner_{one.key}", partner)


def _wait(stage: Stage, one: Promise, other: str) -> None:
    action = stage.get(Action, one.key)
    waiting.wait_for(action, stage.get(Action, other), version=action.version, by=stage.person(one.by))


def _promise(stage: Stage, one: Promise) -> None:
    action = actions.add_action(
        stage.get(ImprovementItem, one.item),
        title=one.title,
        lead=stage.person(one.lead),
        due_on=stage.day(one.due),
        starts_on=None if one.starts is None else stage.day(one.starts),
        success_measure=one.success,
        accountable=stage.person(one.accountable) if one.accountable else None,
        partner=stage.get(PartnerOrganisation, f"partner_{one.partner}") if one.partner else None,
        partner_contact=one.contact,
        priority=Priority[one.priority.upper()],
        board=stage.get(GovernanceBoard, f"board_{one.board}") if one.board else None,
        milestones=[(stone.title, stage.day(stone.due)) for stone in one.milestones],
        by=stage.person(one.by),
        on=stage.day(one.added),
    )
    stage.keep(one.key, action)
    for stone, milestone in zip(one.milestones, action.milestones, strict=True):
        stage.keep(stone.key, milestone)


def _report(stage: Stage, key: str, step: Step, by: str) -> None:
    action = stage.get(Action, key)
    actions.update(
        action,
        version=action.version,
        status=step.status,
        done=step.done,
        next_step=step.next,
        confidence=Confidence[step.confidence.upper()] if step.confidence else None,
        reached=stage.get(Milestone, step.reached) if step.reached else None,
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
    action, on = stage.get(Action, key), stage.day(step.day)
    difference.embed(
        action,
        pieces=[stage.get(Evidence, piece) for piece in step.evidence],
        success=[one for one in success_measures.of_action(action) if one.measure in _measures(stage, step)],
        difference=step.difference,
        by=stage.person(by),
        on=on,
    )


def _measures(stage: Stage, step: Step) -> list[Measure]:
    return [stage.get(Measure, key) for key in step.measures]


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
