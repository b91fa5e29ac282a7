"""Every question asked about evidence. The authority comes first: nothing is found across authorities.

What is counted is counted in the database: rows read grow with areas and kinds, not with evidence. The register's own
filters are in ``register``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, func, or_, select, union, union_all
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import Action
from tracker.evidence import rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing import queries as placing
from tracker.evidence.rules import Tally, tally_of
from tracker.frameworks.schema import Area, Framework, Theme
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class ForItem:
    """A piece of evidence as the page of one improvement item shows it."""

    evidence: Evidence
    shows: str
    """What it shows about this item, or in general where nothing was said about it."""
    via: str
    """Reference of the action it is linked to, or empty when it is linked to the item itself."""


@dataclass(frozen=True)
class ThemeRow:
    theme: Theme
    tally: Tally

    @property
    def gap(self) -> str:
        return rules.weakness(self.tally)[1]


@dataclass(frozen=True)
class AreaRow:
    area: Area
    tally: Tally
    themes: Sequence[ThemeRow]
    """The worst covered first; alike, in the framework's order."""

    @property
    def gap(self) -> str:
        return rules.weakness(self.tally)[1]

    @property
    def without(self) -> Sequence[Theme]:
        """Themes for which there is no evidence, in the framework's order."""
        return [row.theme for row in self.themes if not row.tally.count]

    @property
    def covered(self) -> Sequence[ThemeRow]:
        """Themes for which there is some, the worst covered first."""
        return [row for row in self.themes if row.tally.count]


def evidence(authority: Authority, number: int) -> Evidence | None:
    """One piece of evidence with its owner, what it is linked to and what a practice example says."""
    return db.session.scalars(
        select(Evidence)
        .where(Evidence.authority_id == authority.id, Evidence.number == number)
        .options(joinedload(Evidence.owner), joinedload(Evidence.practice), *with_links())
    ).one_or_none()


def link(authority: Authority, link_id: UUID) -> EvidenceLink | None:
    return db.session.scalars(
        select(EvidenceLink)
        .where(EvidenceLink.id == link_id, EvidenceLink.authority_id == authority.id)
        .options(joinedload(EvidenceLink.evidence), joinedload(EvidenceLink.action))
    ).one_or_none()


def register(authority: Authority) -> Sequence[Evidence]:
    """All evidence that stands, by number, with owners and links: three statements."""
    return db.session.scalars(
        select(Evidence)
        .where(Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None))
        .options(joinedload(Evidence.owner), joinedload(Evidence.practice), *with_links())
        .order_by(Evidence.number)
    ).all()


def practice_examples(authority: Authority) -> Sequence[Evidence]:
    """Practice examples that stand, the newest first, with what they say: one statement."""
    return db.session.scalars(
        select(Evidence)
        .where(Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None), Evidence.practice.has())
        .options(joinedload(Evidence.practice))
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    ).all()


def numbered(authority: Authority, numbers: Sequence[int]) -> Mapping[int, Evidence]:
    """Some pieces of evidence by number, withdrawn ones among them; unknown numbers are left out."""
    found = db.session.scalars(
        select(Evidence)
        .where(Evidence.authority_id == authority.id, Evidence.number.in_(numbers))
        .options(joinedload(Evidence.owner), *with_links())
    ).all()
    return {one.number: one for one in found}


def evidence_of_item(item: ImprovementItem) -> Sequence[ForItem]:
    """What speaks for an item, linked to it or to one of its actions, newest first. Each piece once."""
    links = db.session.scalars(
        select(EvidenceLink)
        .join(EvidenceLink.evidence)
        .outerjoin(Action, Action.id == EvidenceLink.action_id)
        .where(or_(EvidenceLink.item_id == item.id, Action.item_id == item.id), Evidence.withdrawn_on.is_(None))
        .options(joinedload(EvidenceLink.evidence).joinedload(Evidence.owner), joinedload(EvidenceLink.action))
        .order_by(Evidence.dated.desc(), Evidence.number.desc(), EvidenceLink.action_id.is_not(None))
    ).all()
    first: dict[UUID, EvidenceLink] = {}
    for one in links:
        first.setdefault(one.evidence_id, one)
    return [_for_item(one) for one in first.values()]


def evidence_of_action(action: Action) -> Sequence[EvidenceLink]:
    """What speaks for an action itself, newest first, with the evidence."""
    return db.session.scalars(
        select(EvidenceLink)
        .join(EvidenceLink.evidence)
        .where(EvidenceLink.action_id == action.id, Evidence.withdrawn_on.is_(None))
        .options(joinedload(EvidenceLink.evidence).joinedload(Evidence.owner))
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    ).all()


def could_show_difference(action: Action) -> Sequence[Evidence]:
    """Evidence that stands and is linked to an action or to its item, newest first: what ``embed`` may be offered."""
    return db.session.scalars(
        select(Evidence)
        .where(
            Evidence.authority_id == action.authority_id,
            Evidence.withdrawn_on.is_(None),
            exists().where(
                EvidenceLink.evidence_id == Evidence.id,
                or_(EvidenceLink.action_id == action.id, EvidenceLink.item_id == action.item_id),
            ),
        )
        .options(selectinload(Evidence.links))
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    ).all()


def counts_by_item(authority: Authority, today: date) -> Mapping[UUID, Tally]:
    """What speaks for each item, itself or through its actions. An item without evidence is not there."""
    pairs = union(*_ways_to_item(authority)).subquery()
    rows = db.session.execute(
        select(
            pairs.c.key,
            Evidence.kind,
            Evidence.strength,
            func.count(),
            func.max(Evidence.dated),
            func.count().filter(is_stale(today)),
        )
        .join(Evidence, Evidence.id == pairs.c.evidence_id)
        .where(Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None))
        .group_by(pairs.c.key, Evidence.kind, Evidence.strength)
    )
    tallies: dict[UUID, Tally] = defaultdict(Tally)
    for key, kind, strength, count, newest, stale in rows:
        tallies[key] = tallies[key].plus(tally_of(kind, strength, count=count, newest=newest, stale=stale))
    return tallies


@dataclass(frozen=True)
class Heard:
    """Voices that speak for an item, itself or through its actions."""

    count: int = 0
    newest: date | None = None


def heard_by_item(authority: Authority) -> Mapping[UUID, Heard]:
    """The voices that speak for each item; one without any is not there. One statement."""
    pairs = union(*_ways_to_item(authority)).subquery()
    rows = db.session.execute(
        select(pairs.c.key, func.count(), func.max(Evidence.dated))
        .join(Evidence, Evidence.id == pairs.c.evidence_id)
        .where(
            Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None), Evidence.kind == rules.Kind.VOICE
        )
        .group_by(pairs.c.key)
    )
    return {key: Heard(count, newest) for key, count, newest in rows}


def counts_by_theme(authority: Authority, today: date) -> Mapping[str, Tally]:
    """What is linked to each theme, or to an item that a person mapped to it."""
    return placing.tallies(authority, MappedTo.THEME, today)


def counts_by_area(authority: Authority, framework: Framework, today: date) -> Mapping[str, Tally]:
    """What is linked to each judgement area or one of its themes, or to an item that a person mapped to either."""
    return placing.tallies(authority, MappedTo.AREA, today, [area.code for area in framework.judged_areas])


def coverage(authority: Authority, framework: Framework, today: date) -> Sequence[AreaRow]:
    """Every judged area of a framework with its themes: two statements, however much evidence there is."""
    by_area = counts_by_area(authority, framework, today)
    by_theme = counts_by_theme(authority, today)
    return [
        AreaRow(area, by_area.get(area.code, Tally()), _worst_first(area.themes, by_theme))
        for area in framework.judged_areas
    ]


def for_item(authority: Authority, item_id: UUID) -> CompoundSelect[Any]:
    """Ids of what speaks for an item, itself or through its actions; one may be there twice."""
    ways = _ways_to_item(authority)
    return union_all(
        *(
            way.where(way.selected_columns.key.element == item_id).with_only_columns(EvidenceLink.evidence_id)
            for way in ways
        )
    )


def is_stale(today: date) -> ColumnElement[bool]:
    """As ``rules.freshness`` judges, for the database."""
    return Evidence.stale_on <= today


def _worst_first(themes: Sequence[Theme], tallies: Mapping[str, Tally]) -> Sequence[ThemeRow]:
    rows = [ThemeRow(theme, tallies.get(theme.code, Tally())) for theme in themes]
    return sorted(rows, key=lambda row: rules.weakness(row.tally)[0])


def _ways_to_item(authority: Authority) -> Sequence[Select[Any, Any]]:
    """Pairs of an item and a piece of evidence, by each way that links take."""
    direct = select(EvidenceLink.item_id.label("key"), EvidenceLink.evidence_id).where(
        EvidenceLink.authority_id == authority.id, EvidenceLink.item_id.is_not(None)
    )
    by_action = (
        select(Action.item_id.label("key"), EvidenceLink.evidence_id)
        .join(Action, Action.id == EvidenceLink.action_id)
        .where(EvidenceLink.authority_id == authority.id, Action.authority_id == authority.id)
    )
    return direct, by_action


def with_links() -> Sequence[Any]:
    """One more statement for the links of all rows; items and actions come with them."""
    links = selectinload(Evidence.links)
    return links.joinedload(EvidenceLink.item), links.joinedload(EvidenceLink.action)


def _for_item(link: EvidenceLink) -> ForItem:
    via = link.action.reference if link.action is not None else ""
    return ForItem(link.evidence, link.shows_there or link.evidence.shows, via)


def links_that_show_a_difference(evidence: Evidence) -> Sequence[EvidenceLink]:
    """The links because of which an action was marked embedded, each with its action."""
    return db.session.scalars(
        select(EvidenceLink)
        .where(EvidenceLink.evidence_id == evidence.id, EvidenceLink.shows_difference)
        .options(joinedload(EvidenceLink.action))
    ).all()


def shows_difference(action: Action) -> bool:
    """Whether evidence that stands shows what difference an action made."""
    standing = exists().where(
        EvidenceLink.action_id == action.id,
        EvidenceLink.shows_difference,
        EvidenceLink.evidence_id == Evidence.id,
        Evidence.withdrawn_on.is_(None),
    )
    return bool(db.session.scalar(select(standing)))


def hold(evidence: Sequence[Evidence]) -> None:
    """Read it again and keep it as it is until this request ends: nobody withdraws it while it is relied on."""
    ids = [one.id for one in evidence]
    db.session.execute(select(Evidence.id).where(Evidence.id.in_(ids)).order_by(Evidence.id).with_for_update())
    for one in evidence:
        db.session.refresh(one, ["withdrawn_on"])
