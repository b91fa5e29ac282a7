"""Every question about what rests on measures. The authority, or something of it, comes first."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.indicators.models import Measure
from tracker.indicators.reading import queries as reading
from tracker.indicators.reading.rules import Read
from tracker.indicators.resting.models import MeasureTheme, SuccessMeasure
from tracker.indicators.resting.rules import Baseline, BeforeAfter
from tracker.people.models import Authority
from tracker.platform.db import db


def pair(action: Action, measure: Measure) -> SuccessMeasure | None:
    return db.session.scalars(
        select(SuccessMeasure).where(SuccessMeasure.action_id == action.id, SuccessMeasure.measure_id == measure.id)
    ).one_or_none()


def one(authority: Authority, action_number: int, measure_number: int) -> SuccessMeasure | None:
    """The success measure that an action and a measure make, by their numbers."""
    return db.session.scalars(
        _whole(authority).where(Action.number == action_number, Measure.number == measure_number)
    ).one_or_none()


def of_action(action: Action) -> Sequence[SuccessMeasure]:
    """The success measures of an action, each with its measure and all its figures: two statements."""
    return db.session.scalars(
        _whole(action.authority).where(SuccessMeasure.action_id == action.id).order_by(Measure.number)
    ).all()


def of_measure(measure: Measure) -> Sequence[SuccessMeasure]:
    """What actions are judged by a measure, with who leads each."""
    return db.session.scalars(
        _whole(measure.authority).where(SuccessMeasure.measure_id == measure.id).order_by(Action.number)
    ).all()


def of_authority(authority: Authority) -> Sequence[SuccessMeasure]:
    """Every success measure, by action: two statements."""
    return db.session.scalars(_whole(authority).order_by(Action.number, Measure.number)).all()


def by_action(authority: Authority, actions: Collection[UUID]) -> Mapping[UUID, Sequence[SuccessMeasure]]:
    """For each action that has some; two statements for all."""
    found: dict[UUID, list[SuccessMeasure]] = defaultdict(list)
    if actions:
        some = _whole(authority).where(SuccessMeasure.action_id.in_(actions)).order_by(Measure.number)
        for success in db.session.scalars(some):
            found[success.action_id].append(success)
    return found


def shows_difference(action: Action) -> bool:
    """Whether an action is marked embedded because of a measure."""
    some = exists().where(SuccessMeasure.action_id == action.id, SuccessMeasure.shows_difference)
    return bool(db.session.scalar(select(some)))


def baseline(success: SuccessMeasure) -> Baseline | None:
    """Where a measure stood before; None where nobody said."""
    start, end = success.baseline_start, success.baseline_end
    if success.baseline is None or start is None or end is None:
        return None
    return Baseline(success.baseline, start, end)


def before_after(success: SuccessMeasure, today: date) -> BeforeAfter:
    """A success measure, read against the day on which its action was done and the action's own target."""
    measure = success.measure
    read = reading.read(measure, today)
    if success.target is not None:
        read = Read(replace(read.aim, target=success.target, target_by=success.target_by), read.figures, today)
    return compared(success.action, measure, read, baseline(success))


def compared(action: Action, measure: Measure, read: Read, start: Baseline | None = None) -> BeforeAfter:
    """What a measure says of before and since an action was done."""
    return BeforeAfter(action.reference, measure.reference, read, action.delivered_on, start, measure.comparable_since)


def theme_codes(measure: Measure) -> Sequence[str]:
    """Themes that a measure speaks for besides its own, by code."""
    return db.session.scalars(
        select(MeasureTheme.theme_code).where(MeasureTheme.measure_id == measure.id).order_by(MeasureTheme.theme_code)
    ).all()


def to_choose(authority: Authority) -> Sequence[Measure]:
    """Every measure of an authority, by number."""
    return db.session.scalars(
        select(Measure).where(Measure.authority_id == authority.id).order_by(Measure.number)
    ).all()


def may_be_judged(authority: Authority) -> Sequence[Action]:
    """Every action that was not superseded, by item, with those who have to do with it."""
    item = joinedload(Action.item)
    return db.session.scalars(
        select(Action)
        .join(Action.item)
        .where(Action.authority_id == authority.id, Action.status != Status.SUPERSEDED)
        .options(item.lazyload(ImprovementItem.mappings))
        .order_by(ImprovementItem.number, Action.number)
    ).all()


def _whole(authority: Authority) -> Select[Any]:
    return (
        select(SuccessMeasure)
        .join(SuccessMeasure.action)
        .join(SuccessMeasure.measure)
        .where(SuccessMeasure.authority_id == authority.id)
        .options(
            contains_eager(SuccessMeasure.action).options(
                joinedload(Action.lead), joinedload(Action.item).lazyload(ImprovementItem.mappings)
            ),
            contains_eager(SuccessMeasure.measure).selectinload(Measure.values),
        )
    )
