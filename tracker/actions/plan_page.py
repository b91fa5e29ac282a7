"""What the plan shows: the questions its address asks, its filters as links, one page of its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import request

from tracker.actions import queries, rules
from tracker.actions.queries import PlanCounts, PlanRow, Wanted
from tracker.actions.rules import Status
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area
from tracker.improvements.rules import Source
from tracker.inspections.models import Inspection
from tracker.people.models import Authority, Person
from tracker.platform import references
from tracker.web import links
from tracker.web.links import Filter, Sort
from tracker.web.paging import Page, asked_page

PER_PAGE = 60

STATUSES: Mapping[str, tuple[str, frozenset[Status]]] = {
    "not-started": ("Not started", frozenset({Status.NOT_STARTED})),
    "on-track": ("On track", frozenset({Status.ON_TRACK})),
    "at-risk": ("At risk", frozenset({Status.AT_RISK})),
    "off-track": ("Off track", frozenset({Status.OFF_TRACK})),
    "awaiting-sign-off": ("Awaiting sign-off", frozenset({Status.AWAITING_SIGN_OFF})),
    "not-shown": ("Delivered, difference not shown", frozenset({Status.IMPACT_NOT_EVIDENCED})),
    "shown": ("Difference shown", frozenset({Status.EMBEDDED})),
    "superseded": ("Superseded", frozenset({Status.SUPERSEDED})),
}
"""What an address may ask for by ``status``: its label and the statuses it stands for."""

COLUMNS = [("Action", "action"), ("Who", "who"), ("Due", "due"), ("Delivery", "status"), ("Difference made", None)]


@dataclass(frozen=True)
class PlanPage:
    today: date
    until: date
    counts: PlanCounts
    show: Sequence[Filter]
    statuses: Sequence[Filter]
    areas: Sequence[Filter]
    sources: Sequence[Filter]
    people: Sequence[Filter]
    headings: Sequence[str | Sort]
    by_item: bool
    """Sorted by item: an item's name heads its actions."""
    rows: Page[PlanRow]
    narrowed: bool
    """Some filter is on."""

    @property
    def more_open(self) -> bool:
        """Whether a filter is on that would else be folded away."""
        return any(filter.current for group in (self.areas, self.sources, self.people) for filter in group[1:])


def asked(authority: Authority, person: Person, today: date) -> PlanPage:
    """The page of the plan that this request asks for."""
    wanted, sort, descending = _wanted(person, today), *_sort()
    statement = queries.plan(authority, wanted, today, sort=sort, descending=descending)
    total = queries.count_rows(statement)
    number = asked_page(total, PER_PAGE)
    rows = queries.rows(statement.limit(PER_PAGE).offset((number - 1) * PER_PAGE))
    counts, until = queries.plan_counts(authority, person, today), rules.end_of_period(today)
    return PlanPage(
        today=today,
        until=until,
        counts=counts,
        show=_show(counts, until),
        statuses=_statuses(counts),
        areas=_areas(today),
        sources=_sources(queries.inspections_with_items(authority)),
        people=_people(queries.leads_and_owners(authority)),
        headings=links.sorts(COLUMNS, default=queries.NEWEST_ITEMS_FIRST),
        by_item=sort == "item",
        rows=Page(rows, number, total, PER_PAGE),
        narrowed=wanted != Wanted(),
    )


def asked_rows(authority: Authority, person: Person, today: date) -> Sequence[PlanRow]:
    """Every line that this request asks for, whatever page it is on."""
    sort, descending = _sort()
    return queries.rows(queries.plan(authority, _wanted(person, today), today, sort=sort, descending=descending))


def _sort() -> tuple[str, bool]:
    return links.sorted_by(list(queries.SORTS), default=queries.NEWEST_ITEMS_FIRST)


def _wanted(person: Person, today: date) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    show, source = request.args.get("show"), request.args.get("source", "")
    report = references.parse(source)
    return Wanted(
        led_by=person.id if show == "mine" else None,
        leads_or_owns=_uuid(request.args.get("who", "")),
        overdue=show == "overdue",
        due_by=rules.end_of_period(today) if show == "due" else None,
        statuses=STATUSES.get(request.args.get("status", ""), ("", None))[1],
        area_code=next((area.code for area in _judged(today) if area.code == request.args.get("area")), None),
        inspection_number=report[1] if report and report[0] == Inspection.prefix else None,
        source=Source(source) if source in set(Source) else None,
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _show(counts: PlanCounts, until: date) -> list[Filter]:
    return links.filters(
        "show",
        [(None, "All"), ("mine", "Mine"), ("overdue", "Overdue"), ("due", f"Due by {until:%-d %B}")],
        counts={None: counts.all, "mine": counts.mine, "overdue": counts.overdue, "due": counts.due},
    )


def _statuses(counts: PlanCounts) -> list[Filter]:
    """Any, and each status that some action has."""
    numbers: dict[str | None, int] = {
        value: sum(counts.by_status.get(status, 0) for status in statuses) for value, (_, statuses) in STATUSES.items()
    }
    found = [(value, label) for value, (label, _) in STATUSES.items() if numbers[value]]
    return links.filters("status", [(None, "Any"), *found], counts=numbers)


def _areas(today: date) -> list[Filter]:
    return links.filters("area", [(None, "Any"), *((area.code, area.short_name) for area in _judged(today))])


def _judged(today: date) -> Sequence[Area]:
    """The judgement areas of the framework in force."""
    return library().current(CHILDRENS_SERVICES, today).judged_areas


def _sources(inspections: Sequence[Inspection]) -> list[Filter]:
    """Each report that items came from, then every other kind of source."""
    reports = [(found.reference, f"Inspection of {found.fieldwork_from:%B %Y}") for found in inspections]
    others = [(source.value, source.value) for source in Source if source is not Source.INSPECTION]
    return links.filters("source", [(None, "Any"), *reports, *others])


def _people(people: Sequence[Person]) -> list[Filter]:
    return links.filters("who", [(None, "Anybody"), *((str(person.id), person.name) for person in people)])
