"""From what inspectors said to what children say: item, action, measure, audit, voice, and every link that is broken.

The number of database statements does not grow with the number of items, actions or measures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits import figures as audit_figures
from tracker.audits.figures import Counts
from tracker.checks.faults import Fix
from tracker.checks.rules import SILENT_AFTER
from tracker.evidence import queries as evidence
from tracker.evidence.queries import Heard
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.indicators.models import Measure, MeasureItem, MeasureValue
from tracker.indicators.resting.models import SuccessMeasure
from tracker.people.models import Authority
from tracker.platform.db import db


class Step(StrEnum):
    """The stations of the line, in its order."""

    ITEM = "Item"
    ACTION = "Action"
    MEASURE = "Measure"
    AUDIT = "Audit"
    VOICE = "Voice"


@dataclass(frozen=True)
class Broken:
    """A link that does not hold: at which station, of which thing, in words, and where it is put right."""

    step: Step
    reference: str
    words: str
    fix: Fix


@dataclass(frozen=True)
class MeasureThere:
    """A measure on the line, and the last day that it has a figure for."""

    number: int
    name: str
    newest: date | None

    @property
    def reference(self) -> str:
        return f"{Measure.prefix}-{self.number}"


@dataclass(frozen=True)
class ActionThere:
    number: int
    title: str
    status: Status
    measures: Sequence[MeasureThere]
    """By which it is judged."""

    @property
    def reference(self) -> str:
        return f"{Action.prefix}-{self.number}"


@dataclass(frozen=True)
class Line:
    """One improvement item with everything on its line."""

    item: ImprovementItem
    actions: Sequence[ActionThere]
    measures: Sequence[MeasureThere]
    """Every measure on it, of the item or of an action, once."""
    audits: Counts
    heard: Heard
    broken: Sequence[Broken]

    def broken_at(self, step: str) -> Sequence[Broken]:
        return [one for one in self.broken if one.step is Step(step)]


@dataclass(frozen=True)
class LineOfSight:
    """The lines of one judgement area; ``counts`` says how many links are broken in each area."""

    today: date
    area: Area
    areas: Sequence[Area]
    counts: Mapping[str, int]
    lines: Sequence[Line]

    @property
    def broken(self) -> Sequence[tuple[Line, Broken]]:
        return [(line, one) for line in self.lines for one in line.broken]

    @property
    def alike(self) -> Sequence[tuple[Line, Sequence[Broken]]]:
        """The same, with those together that lack the same thing at the same station of one line."""
        found: dict[tuple[UUID, str, str, bool], tuple[Line, list[Broken]]] = {}
        for line, one in self.broken:
            key = (line.item.id, one.fix.endpoint, one.words, one.reference == line.item.reference)
            found.setdefault(key, (line, []))[1].append(one)
        return list(found.values())


@dataclass(frozen=True)
class _Read:
    """All that lines are made of, by item or by action."""

    actions: Mapping[UUID, Sequence[Action]]
    judged_by: Mapping[UUID, Sequence[MeasureThere]]
    speaking: Mapping[UUID, Sequence[MeasureThere]]
    audits: Mapping[UUID, Counts]
    heard: Mapping[UUID, Heard]


def page(authority: Authority, area_code: str, today: date) -> LineOfSight:
    """The lines of an area of the framework in force; of its first where there is none of that code."""
    areas = frameworks.library().current(CHILDRENS_SERVICES, today).graded_areas
    area = next((one for one in areas if one.code == area_code), areas[0])
    items = improvements.items(authority, state=ItemState.OPEN)
    read = _read(authority)
    lines = {item.id: _line(item, read, today) for item in items}
    under = {one.code: [lines[item.id] for item in items if _is_of(item, one)] for one in areas}
    counts = {code: sum(len(line.broken) for line in there) for code, there in under.items()}
    return LineOfSight(today, area, areas, counts, under[area.code])


def _is_of(item: ImprovementItem, area: Area) -> bool:
    return area.code in {one.code for one in improvements.areas_of(item)}


def _read(authority: Authority) -> _Read:
    measures = _measures(authority)
    return _Read(
        actions=_actions(authority),
        judged_by=_judged_by(authority, measures),
        speaking=_speaking(authority, measures),
        audits=audit_figures.counts_by_item(authority),
        heard=evidence.heard_by_item(authority),
    )


def _line(item: ImprovementItem, read: _Read, today: date) -> Line:
    actions = [
        ActionThere(one.number, one.title, one.status, read.judged_by.get(one.id, ()))
        for one in read.actions.get(item.id, ())
    ]
    speaking = read.speaking.get(item.id, ())
    judging = [measure for action in actions for measure in action.measures]
    measures = list({one.number: one for one in (*speaking, *judging)}.values())
    audits, heard = read.audits.get(item.id, Counts()), read.heard.get(item.id, Heard())
    broken = [
        *_of_item(item),
        *_of_actions(item, actions),
        *_of_measures(item, actions, measures, today),
        *_of_audits(item, audits),
        *_of_voices(item, heard, today),
    ]
    return Line(item, actions, measures, audits, heard, broken)


def _of_item(item: ImprovementItem) -> Iterable[Broken]:
    if item.owner_id is None:
        fix = Fix("Give it an owner", "improvements.edit", {"number": item.number})
        yield Broken(Step.ITEM, item.reference, "Nobody owns it", fix)


def _of_actions(item: ImprovementItem, actions: Sequence[ActionThere]) -> Iterable[Broken]:
    if not actions:
        fix = Fix("Add an action", "actions.add", {"number": item.number})
        yield Broken(Step.ACTION, item.reference, "No action answers it", fix)


def _of_measures(
    item: ImprovementItem, actions: Sequence[ActionThere], measures: Sequence[MeasureThere], today: date
) -> Iterable[Broken]:
    if not measures:
        fix = Fix("Choose a measure", "resting.choose_for_item", {"number": item.number})
        yield Broken(Step.MEASURE, item.reference, "No measure shows whether it gets better", fix)
    for action in actions:
        if not action.measures:
            fix = Fix("Choose a measure", "resting.choose", {"number": action.number})
            yield Broken(Step.MEASURE, action.reference, "Judged by no measure", fix)
    for measure in measures:
        if measure.newest is None or measure.newest <= today - SILENT_AFTER:
            fix = Fix("Record a figure", "indicators.record", {"number": measure.number})
            yield Broken(Step.MEASURE, measure.reference, _last("figure", measure.newest), fix)


def _of_audits(item: ImprovementItem, audits: Counts) -> Iterable[Broken]:
    if not audits.audits:
        fix = Fix("Start an audit", "audits.start")
        since = "the inspection" if item.inspection_id else "it was raised"
        yield Broken(Step.AUDIT, item.reference, f"No audit since {since}", fix)
    for reference in audits.without_action:
        fix = Fix("Join it to an action", "audits.finding", {"number": int(reference.partition("-")[2])})
        yield Broken(Step.AUDIT, reference, "An open finding that no action answers", fix)


def _of_voices(item: ImprovementItem, heard: Heard, today: date) -> Iterable[Broken]:
    if heard.newest is None or heard.newest <= today - SILENT_AFTER:
        fix = Fix("Add what somebody said", "evidence.add_kind", {"kind": "voice", "item": item.number})
        yield Broken(Step.VOICE, item.reference, _last("voice", heard.newest), fix)


def _last(what: str, day: date | None) -> str:
    return f"Last {what} of {day:%-d %B %Y}" if day else f"No {what} yet"


def _actions(authority: Authority) -> Mapping[UUID, Sequence[Action]]:
    found: dict[UUID, list[Action]] = defaultdict(list)
    wanted = select(Action).where(Action.authority_id == authority.id, Action.status != Status.SUPERSEDED)
    for action in db.session.scalars(wanted.order_by(Action.number)):
        found[action.item_id].append(action)
    return found


def _measures(authority: Authority) -> Mapping[UUID, MeasureThere]:
    rows = db.session.execute(
        select(Measure.id, Measure.number, Measure.name, Measure.short_name, func.max(MeasureValue.period_end))
        .outerjoin(MeasureValue, MeasureValue.measure_id == Measure.id)
        .where(Measure.authority_id == authority.id)
        .group_by(Measure.id, Measure.number, Measure.name, Measure.short_name)
    )
    return {key: MeasureThere(number, short or name, newest) for key, number, name, short, newest in rows}


def _judged_by(authority: Authority, known: Mapping[UUID, MeasureThere]) -> Mapping[UUID, Sequence[MeasureThere]]:
    wanted = select(SuccessMeasure.action_id, SuccessMeasure.measure_id)
    return _by_first(db.session.execute(wanted.where(SuccessMeasure.authority_id == authority.id)).all(), known)


def _speaking(authority: Authority, known: Mapping[UUID, MeasureThere]) -> Mapping[UUID, Sequence[MeasureThere]]:
    wanted = select(MeasureItem.item_id, MeasureItem.measure_id).join(Measure, Measure.id == MeasureItem.measure_id)
    return _by_first(db.session.execute(wanted.where(Measure.authority_id == authority.id)).all(), known)


def _by_first(
    pairs: Iterable[tuple[UUID, UUID]], known: Mapping[UUID, MeasureThere]
) -> Mapping[UUID, Sequence[MeasureThere]]:
    found: dict[UUID, list[MeasureThere]] = defaultdict(list)
    for key, measure_id in pairs:
        found[key].append(known[measure_id])
    return {key: sorted(there, key=lambda one: one.number) for key, there in found.items()}
