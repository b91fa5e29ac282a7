"""What a reference in a statement leads to: its title, kind, date and whether it still bears weight."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import Action
from tracker.audits.blind.queries import shown_to_all
from tracker.audits.blind.rules import as_told
from tracker.audits.models import Audit, Finding
from tracker.evidence import rules as evidence_rules
from tracker.evidence.freshness.models import days_of
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Freshness, Kind
from tracker.improvements.models import ImprovementItem
from tracker.indicators.difference.models import Pathway
from tracker.indicators.models import Measure
from tracker.indicators.rules import FIGURE_STALE_AFTER, Period
from tracker.inspections.models import Inspection, Paragraph
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.references import parse
from tracker.self_evaluation import rules
from tracker.self_evaluation.rules import Cited
from tracker.self_evaluation.sentences import references

WORDS: Mapping[Kind, str] = {
    Kind.FILE: "a document",
    Kind.LINK: "a link",
    Kind.DATA: "data",
    Kind.AUDIT: "an audit",
    Kind.OBSERVATION: "an observation",
    Kind.PRACTICE_EXAMPLE: "a practice example",
    Kind.VOICE: "a voice",
}
"""Kinds of evidence within a sentence."""


@dataclass(frozen=True)
class CitedThing:
    """A thing that a statement cites, as its list of citations shows it."""

    reference: str
    title: str
    kind: str
    dated: date | None
    bears: Cited
    anchor: str = ""
    """Where on the thing's page it stands."""
    origin: str = ""
    """Where it comes from, for what has no owner: the return that a measure is counted from."""

    @property
    def state(self) -> str:
        if self.bears.withdrawn:
            return "Withdrawn"
        return "Stale" if self.bears.stale else "In date"

    @property
    def opens(self) -> str:
        """The reference whose page shows it: the report's, for a paragraph of it."""
        return self.reference.partition(":")[0]


def things(authority: Authority, references: Iterable[str], today: date) -> Mapping[str, CitedThing]:
    """What each reference leads to in this authority; one that leads nowhere is left out. One statement a kind."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for reference in references:
        if parsed := parse(reference.partition(":")[0]):
            numbers[parsed[0]].add(parsed[1])
    found: dict[str, CitedThing] = {}
    for prefix, wanted in numbers.items():
        if prefix in _KINDS:
            found |= {thing.reference: thing for thing in _KINDS[prefix](authority, wanted, today)}
    return found | _paragraphs(authority, [each for each in references if each.startswith("R-") and ":" in each])


def amiss(authority: Authority, text: str, today: date) -> list[str]:
    """What a text cites in vain, in sentences: what there is not, what cannot be cited, and what is read as words."""
    cites = references(text)
    found = things(authority, cites, today)
    told = [*rules.not_there([each for each in cites if each not in found]), *rules.misspelt(text)]
    return [f"{each}." for each in told]


def _evidence(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    return [
        CitedThing(
            thing.reference,
            thing.title,
            thing.kind,
            thing.dated,
            Cited(
                exists=True,
                stale=_stale(thing.kind, thing.last_found_true, thing.stale_on, today),
                withdrawn=thing.withdrawn_on is not None,
                shows_difference=thing.strength in evidence_rules.SHOWS_A_DIFFERENCE,
            ),
        )
        for thing in _numbered(Evidence, authority, numbers)
    ]


def _audits(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    days = days_of(db.session.connection(), authority.id)[Kind.AUDIT]
    return [
        CitedThing(
            audit.reference,
            f"Case audit {audit.case_reference}",
            "Audit",
            audit.audited_on,
            Cited(exists=True, stale=_stale(Kind.AUDIT, audit.audited_on, _stale_on(audit.audited_on, days), today)),
            origin="Our own audits",
        )
        for audit in _numbered(Audit, authority, numbers)
    ]


def _measures(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    measures = _numbered(Measure, authority, numbers, selectinload(Measure.values))
    return [_measure(measure, today) for measure in measures]


def _measure(measure: Measure, today: date) -> CitedThing:
    dated = measure.values[-1].period_end if measure.values else None
    return CitedThing(
        measure.reference,
        measure.name,
        "Measure",
        dated,
        Cited(exists=True, stale=_old(measure, dated, today)),
        origin=measure.origin,
    )


def _old(measure: Measure, dated: date | None, today: date) -> str:
    if dated is None:
        return "has no figure yet"
    stale_after = FIGURE_STALE_AFTER[measure.period]
    if today - dated <= stale_after:
        return ""
    return f"has no figure after {dated:%-d %B %Y}, and such a figure is stale after {stale_after.days} days"


def _pathways(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    """Counts of groups along a way: of years, so stale as a figure of a year is."""
    pathways = _numbered(Pathway, authority, numbers, selectinload(Pathway.countings))
    return [_pathway(pathway, today) for pathway in pathways]


def _pathway(pathway: Pathway, today: date) -> CitedThing:
    dated, stale_after = pathway.last_counted, FIGURE_STALE_AFTER[Period.YEAR]
    stale = "" if dated is not None and today - dated <= stale_after else "has no counts yet"
    if dated is not None and stale:
        stale = f"has no counts after {dated:%-d %B %Y}, and such counts are stale after {stale_after.days} days"
    title = f"Who is treated differently: {pathway.title}"
    return CitedThing(pathway.reference, title, "Counts of groups", dated, Cited(exists=True, stale=stale))


def _findings(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    found = db.session.execute(
        select(Finding, shown_to_all())
        .join(Finding.audit)
        .where(Finding.authority_id == authority.id, Finding.number.in_(numbers))
    )
    return [
        CitedThing(
            finding.reference,
            as_told(finding.what, to_all=to_all),
            "Audit finding",
            finding.raised_on,
            Cited(exists=True),
        )
        for finding, to_all in found
    ]


def _actions(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    return [
        CitedThing(
            action.reference,
            action.title,
            "Action",
            action.delivered_on,
            Cited(exists=True, shows_difference=bool(action.difference)),
        )
        for action in _numbered(Action, authority, numbers)
    ]


def _items(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    return [
        CitedThing(item.reference, item.title, "Improvement item", item.raised_on, Cited(exists=True))
        for item in _numbered(ImprovementItem, authority, numbers)
    ]


def _inspections(authority: Authority, numbers: set[int], today: date) -> list[CitedThing]:
    return [
        CitedThing(
            inspection.reference,
            f"{inspection.title}, {inspection.dates_as_printed}",
            "Ofsted report",
            inspection.published_on or inspection.fieldwork_to,
            Cited(exists=True),
        )
        for inspection in _numbered(Inspection, authority, numbers)
    ]


def _paragraphs(authority: Authority, references: Sequence[str]) -> dict[str, CitedThing]:
    """``R-3:8``: paragraph 8 of a report."""
    wanted = {
        (int(report.partition("-")[2]), int(number)) for report, _, number in (r.partition(":") for r in references)
    }
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(Paragraph)
        .join(Paragraph.inspection)
        .options(joinedload(Paragraph.inspection))
        .where(
            Inspection.authority_id == authority.id,
            Inspection.number.in_({report for report, _ in wanted}),
            Paragraph.printed_number.in_({number for _, number in wanted}),
        )
    )
    return {
        thing.reference: thing
        for thing in (_paragraph(row) for row in rows if (row.inspection.number, row.printed_number) in wanted)
    }


def _paragraph(paragraph: Paragraph) -> CitedThing:
    report = paragraph.inspection
    dated = report.published_on or report.fieldwork_to
    title = f"Paragraph {paragraph.printed_number}, report of {dated:%-d %B %Y}"
    return CitedThing(
        f"{report.reference}:{paragraph.printed_number}",
        title,
        "Ofsted report",
        dated,
        Cited(exists=True),
        anchor=f"p{paragraph.position + 1}",
    )


def _stale_on(audited_on: date, days: int) -> date:
    return evidence_rules.stale_on(Kind.AUDIT, audited_on, days=days)


def _stale(kind: Kind, since: date, stale_on: date, today: date) -> str:
    if evidence_rules.freshness(stale_on, today) is not Freshness.STALE:
        return ""
    return f"is of {since:%-d %B %Y}, and {WORDS[kind]} is stale after {(stale_on - since).days - 1} days"


def _numbered(model: Any, authority: Authority, numbers: set[int], *options: Any) -> Sequence[Any]:
    return db.session.scalars(
        select(model).where(model.authority_id == authority.id, model.number.in_(numbers)).options(*options)
    ).all()


_KINDS: Mapping[str, Callable[[Authority, set[int], date], list[CitedThing]]] = {
    "E": _evidence,
    "Q": _audits,
    "M": _measures,
    "W": _pathways,
    "F": _findings,
    "A": _actions,
    "I": _items,
    "R": _inspections,
}
