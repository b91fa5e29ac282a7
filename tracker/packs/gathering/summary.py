"""The self-evaluation in four pages, for people who read no more: cut so that it always fits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reports.contents import Chapter, Comparison, Kind, PackContents, Quality, Scored, Summary
from tracker.actions.rules import DELIVERED, Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.indicators.reading import scorecard as scorecards
from tracker.indicators.reading.scored import Row as Line
from tracker.packs.gathering import packs, profile, scorecard
from tracker.packs.gathering.cover import Cover, bound
from tracker.packs.gathering.known import Known, read
from tracker.packs.gathering.wording import shortened, without_citations
from tracker.people.models import Authority
from tracker.self_evaluation.models import SelfEvaluation

COVER = Cover(
    kind=Kind.SUMMARY,
    title="Self-evaluation of children’s services: summary",
    subtitle="",
    prepared_for="the director, the lead member and the chief executive",
)
LONGEST = {"point": 150, "doubt": 160, "item": 110, "name": 60, "owner": 40}
"""Characters of each kind of text. Our choice: with as many of each as there may be, four pages are full."""
MOST_ITEMS, MOST_MEASURES = 10, 6


def gather_summary(
    authority: Authority,
    version: SelfEvaluation,
    *,
    reference: str,
    today: date,
    demonstration: bool,
    smallest: int,
    replaces: str = "",
) -> PackContents:
    """The newest version on four pages; what counts fewer than ``smallest`` is hidden."""
    known = read(authority, today, version, smallest=smallest)
    rows = scorecards.scored(authority, today, smallest=smallest)
    made = bound(
        COVER, authority, _chapters(known, rows), reference=reference, today=today,
        version=packs.version_words(version), demonstration=demonstration, replaces=replaces,
        signed_off=packs.signature(version),
    )  # fmt: skip
    return replace(made, short_title=f"{authority.name} children’s services: self-evaluation, summary", how_to_read=())


def _chapters(known: Known, rows: Sequence[Line]) -> tuple[Chapter, ...]:
    return (
        replace(profile.chapter(known), notes=()),
        _said(packs.summary(known)),
        _items(known),
        _measures(rows, known.smallest),
    )


def _said(whole: Summary) -> Summary:
    return replace(
        whole,
        title="What we know, how we know it, and what we will do",
        rows=tuple(replace(row, points=tuple(_cut(point, "point") for point in row.points)) for row in whole.rows),
        not_sure_of=tuple(_cut(doubt, "doubt") for doubt in whole.not_sure_of),
    )


def _cut(text: str, kind: str) -> str:
    return shortened(without_citations(text), LONGEST[kind])


def _items(known: Known) -> Quality:
    is_open = sorted(
        (item for item in known.items if item.state is ItemState.OPEN), key=lambda item: -_late(known, item)
    )
    more = len(is_open) - MOST_ITEMS
    table = Comparison(
        caption="Open items and how far their actions are, those with late ones first",
        columns=("To improve", "Owner", "Actions", "Delivered", "Impact evidenced", "Late"),
        rows=tuple(_item(known, item) for item in is_open[:MOST_ITEMS]),
    )
    return Quality(
        title="What needs to improve",
        comparisons=(table,) if is_open else (),
        note=f"And {more} more, which the improvement plan lists." if more > 0 else "",
        nothing="No item is open.",
    )


def _item(known: Known, item: ImprovementItem) -> tuple[str, ...]:
    actions = known.actions_of(item)
    return (
        f"{item.reference} {shortened(item.wording, LONGEST['item'])}",
        shortened(item.owner.name, LONGEST["owner"]) if item.owner else "Nobody yet",
        str(len(actions)),
        str(sum(action.status in DELIVERED for action in actions)),
        str(sum(action.status is Status.EMBEDDED for action in actions)),
        str(_late(known, item)),
    )


def _late(known: Known, item: ImprovementItem) -> int:
    return sum(action.due_on < known.today and action.delivered_on is None for action in known.actions_of(item))


def _measures(rows: Sequence[Line], smallest: int) -> Scored:
    first = scorecard.exceptions(rows, most=MOST_MEASURES)
    more = sum(row.is_exception for row in rows) - len(first)
    told = [scorecard.scored(row) for row in first]
    notes = (f"And {more} more, which the scorecard lists." if more > 0 else "", scorecard.small_numbers(smallest))
    return Scored(
        title="Measures to look at first",
        measures=tuple(
            replace(one, name=shortened(one.name, LONGEST["name"]), basis=shortened(one.basis, LONGEST["name"]))
            for one in told
        ),
        nothing="No measure is off target, not as usual or without a recent figure.",
        notes=tuple(filter(None, notes)),
    )
