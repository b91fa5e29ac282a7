"""One improvement item with all that hangs on it, from every room: what its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.actions import rules as action_rules
from tracker.actions.dependencies import queries as dependencies
from tracker.actions.dependencies.rules import Chain
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.actions.succession import queries as succession
from tracker.actions.succession.models import ActionMove
from tracker.audits import figures as audit_figures
from tracker.audits.blind.rules import Viewer
from tracker.audits.figures import ItemAudits
from tracker.audits.models import Finding
from tracker.evidence import queries as evidence
from tracker.evidence.guard import queries as guard
from tracker.frameworks.schema import Area
from tracker.improvements import queries as improvements
from tracker.improvements.appraisals import page as appraisals
from tracker.improvements.came_back.queries import Also, also_said
from tracker.improvements.models import Appraisal, ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.indicators.difference.models import Pathway
from tracker.indicators.difference.queries import pathways_of_item
from tracker.indicators.models import Measure
from tracker.indicators.queries import Reading, measures_of_item
from tracker.indicators.reading import queries as reading
from tracker.indicators.reading.rules import Read
from tracker.indicators.resting import queries as success_measures
from tracker.indicators.resting.models import SuccessMeasure
from tracker.indicators.resting.pictures import Small, small
from tracker.indicators.resting.rules import WAITING, BeforeAfter
from tracker.inspections.models import Paragraph
from tracker.overview import facts, gaps, item_left, sentences
from tracker.overview.gaps import Column, Gap
from tracker.overview.item_left import Left
from tracker.overview.sentences import Sentence
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.models import Statement

FEW = 6
"""Lines of a table before the rest is a link away. Our choice: the page stays a page."""

POINTS = 8
"""Values of a measure, or appraisals, that a chart shows. Our choice: more are not legible on a phone."""


SAID = 2
"""Actions since whose day each measure is read, the last done. Our choice: more say nearly the same."""


@dataclass(frozen=True)
class Shown:
    """A piece of evidence as the page lists it."""

    evidence: evidence.ForItem
    stale: str
    """"Stale, 6 months old", or empty."""
    held_back: bool = False
    """Its file could lead to a child, and nobody has decided about that."""


@dataclass(frozen=True)
class Said:
    """A numbered paragraph that speaks of the item."""

    text: str
    label: str
    page: int | None


@dataclass(frozen=True)
class MeasureLine:
    """A measure with what its chart shows."""

    reading: Reading
    read: Read
    done: Sequence[Action]
    """The actions whose days it is read against, as they were done: those judged by it, else all of the item."""
    since: Sequence[BeforeAfter]
    """What it says of before and since each of the last of them."""

    @cached_property
    def chart(self) -> Small:
        return small(self.read.figures, self.reading.measure.unit, self.done, points=POINTS)


@dataclass(frozen=True)
class ItemPage:
    item: ImprovementItem
    today: date
    gaps: Sequence[Gap]
    paragraphs: Sequence[Said]
    themes: Sequence[str]
    areas: Sequence[Area]
    national: Sequence[str]
    also: Sequence[Also]
    """Where else it was said."""
    said: Sequence[Statement]
    """Statements of the newest self-evaluation about it, or citing it."""
    actions: Sequence[Action]
    """What is owed first, soonest first; then what waits, what is delivered and what was superseded."""
    open_actions: int
    path: Chain | None
    """The actions that decide its last day."""
    measures: Sequence[MeasureLine]
    pathways: Sequence[Pathway]
    """Along which groups are counted for it."""
    evidence: Sequence[Shown]
    audits: ItemAudits
    left: Sequence[Left]
    """What the items left whose place it takes."""
    moves: Sequence[ActionMove]
    """What went to the items that stand in its place."""
    happened: Sequence[Sentence]
    happened_number: int

    @property
    def of_themes_alone(self) -> Sequence[Finding]:
        """Open findings that are about its themes, and neither for it nor answered by one of its actions."""
        own = {action.id for action in self.actions}
        return [one for one in self.audits.open_findings if one.item_id != self.item.id and one.action_id not in own]

    @property
    def gap_line(self) -> str:
        """The worst gap of each column, in a sentence's words."""
        return ", ".join(gap.sentence for gap in gaps.worst_by_column(self.gaps).values())

    @property
    def gap_count(self) -> str:
        return gaps.counted(self.gaps)

    def gap(self, column: Column | str) -> Gap | None:
        """The worst gap of one column, for the heading of its section."""
        return gaps.worst_by_column(self.gaps).get(Column(column))

    @property
    def appraisals(self) -> Sequence[Appraisal]:
        """Oldest first."""
        return list(reversed(self.item.appraisals))

    @property
    def scale_points(self) -> Sequence[tuple[int, str]]:
        return [(each.scale, f"{each.on:%b}") for each in self.appraisals[-POINTS:]]

    @property
    def moved(self) -> str:
        """How the newest appraisal compares with the one before; empty for the first."""
        return appraisals.moved(self.item.appraisals)

    @property
    def word(self) -> str:
        """Where the item stands, for its tag."""
        if not self.item.is_open:
            return self.item.state.value
        return "In progress" if self.actions else "Not started"

    @property
    def why_not_close(self) -> str | None:
        return action_rules.why_not_close(self.item.reference, self.open_actions)


def page(authority: Authority, number: int, today: date, *, viewer: Viewer, whole_history: bool) -> ItemPage | None:
    """What the page of one item shows, from a bounded number of statements; None if there is no such item."""
    item = improvements.item(authority, number)
    if item is None:
        return None
    actions, audits = _actions(item), _audits(item, viewer)
    happened, number_happened = _happened(item, actions, audits.open_findings, whole=whole_history)
    return ItemPage(
        item=item,
        today=today,
        gaps=gaps.gaps(facts.facts_of(authority, [item], today)[item.id], today),
        paragraphs=[_paragraph(item, paragraph) for paragraph in improvements.paragraphs_of(item)],
        themes=[f"{placed.theme.code} {placed.theme.name}" for placed in improvements.themes_of(item)],
        areas=improvements.areas_of(item),
        national=[f"{part.kind.capitalize()} {part.number}: {part.name}" for part in improvements.national_of(item)],
        also=also_said(authority, [item]).get(item.id, ()),
        said=_said(authority, item),
        actions=actions,
        path=dependencies.path(item, today) if actions else None,
        open_actions=sum(action.status in action_rules.OPEN for action in actions),
        measures=_measures(item, actions, today),
        pathways=pathways_of_item(item),
        evidence=_shown(item, today),
        audits=audits,
        left=item_left.left_for(authority, item, viewer),
        moves=[] if item.state in {ItemState.OPEN, ItemState.CLOSED} else succession.moves_from(item),
        happened=happened,
        happened_number=number_happened,
    )


def _measures(item: ImprovementItem, actions: Sequence[Action], today: date) -> Sequence[MeasureLine]:
    delivered = [action for action in actions if action.delivered_on is not None]
    judged = success_measures.by_action(item.authority, [action.id for action in delivered])
    success = [one for some in judged.values() for one in some]
    return [_measure(one, delivered, success, today) for one in measures_of_item(item)]


def _measure(one: Reading, delivered: Sequence[Action], success: Sequence[SuccessMeasure], today: date) -> MeasureLine:
    read = reading.of_values(one.measure, one.values, today)
    by_it = {each.action_id: each for each in success if each.measure_id == one.measure.id}
    done = sorted((each for each in delivered if not by_it or each.id in by_it), key=_done)
    since = [_since(each, by_it.get(each.id), one.measure, read, today) for each in done[-SAID:]]
    return MeasureLine(one, read, done, [each for each in since if by_it or each.standing not in WAITING])


def _done(action: Action) -> tuple[date, int]:
    return action.delivered_on or date.max, action.number


def _since(action: Action, success: SuccessMeasure | None, measure: Measure, read: Read, today: date) -> BeforeAfter:
    return (
        success_measures.before_after(success, today) if success else success_measures.compared(action, measure, read)
    )


def _audits(item: ImprovementItem, viewer: Viewer) -> ItemAudits:
    """Without the findings of audits that ``viewer`` may moderate: they would give the grades away."""
    found = audit_figures.of_item(item)
    return replace(found, open_findings=[one for one in found.open_findings if one.audit.shows_grades_to(viewer)])


def _paragraph(item: ImprovementItem, paragraph: Paragraph) -> Said:
    number = f"Paragraph {paragraph.printed_number}" if paragraph.printed_number is not None else "A paragraph"
    area = improvements.area_coded(item, paragraph.area_code) if paragraph.area_code else None
    return Said(paragraph.text, f"{number}, {area.short_name.lower()}" if area else number, paragraph.page)


def _actions(item: ImprovementItem) -> Sequence[Action]:
    actions = db.session.scalars(select(Action).where(Action.item_id == item.id).options(joinedload(Action.lead))).all()
    return sorted(actions, key=_worst_first)


def _worst_first(action: Action) -> tuple[int, date, int]:
    order = (action_rules.TO_DELIVER, {Status.AWAITING_SIGN_OFF}, action_rules.DELIVERED, {Status.SUPERSEDED})
    group = next(place for place, statuses in enumerate(order) if action.status in statuses)
    return group, action.due_on, action.number


def _shown(item: ImprovementItem, today: date) -> Sequence[Shown]:
    held_back = guard.held_back(item.authority)
    return [
        Shown(found, found.evidence.stale_words(today), found.evidence.id in held_back)
        for found in evidence.evidence_of_item(item)
    ]


def _said(authority: Authority, item: ImprovementItem) -> Sequence[Statement]:
    return self_evaluations.about(authority, item.reference, item_id=item.id)


def _happened(
    item: ImprovementItem, actions: Sequence[Action], findings: Sequence[Finding], *, whole: bool
) -> tuple[Sequence[Sentence], int]:
    """The history of the item, its actions and open findings, newest first, and how long it is."""
    of_these = HistoryEntry.thing_id.in_([thing.id for thing in (item, *actions, *findings)])
    entries = db.session.scalars(
        select(HistoryEntry)
        .where(of_these)
        .order_by(HistoryEntry.at.desc(), HistoryEntry.sequence.desc())
        .limit(500 if whole else FEW)
    ).all()
    number = db.session.scalar(select(func.count()).select_from(HistoryEntry).where(of_these)) or 0
    return [sentences.sentence(entry) for entry in entries], number
