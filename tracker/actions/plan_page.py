"""What the plan shows: the questions its address asks, its filters as links, one page of its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import request

from tracker.actions import queries, rules
from tracker.actions.dependencies import queries as dependencies
from tracker.actions.queries import Lines, PlanChoices, PlanCounts, PlanRow, Wanted
from tracker.actions.rules import Priority, Status
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area
from tracker.improvements.rules import SOURCE_OF_ACTIVITY, Source
from tracker.inspections.models import Inspection
from tracker.people.models import Authority, Person
from tracker.platform import references
from tracker.web import links
from tracker.web.links import Filter, Sort
from tracker.web.paging import Page

PER_PAGE = 20
"""Lines on a page unless more are asked for. Our choice: a screen and a half."""

LAST_PAGE = 1_000_000
"""A higher page is a slip of the finger. Our choice."""

PAGES = (20, 50, 100)
"""What may be asked for."""

STATUSES: Mapping[str, Status] = {
    "not-started": Status.NOT_STARTED,
    "on-track": Status.ON_TRACK,
    "at-risk": Status.AT_RISK,
    "off-track": Status.OFF_TRACK,
    "awaiting-sign-off": Status.AWAITING_SIGN_OFF,
    "not-shown": Status.IMPACT_NOT_EVIDENCED,
    "shown": Status.EMBEDDED,
    "superseded": Status.SUPERSEDED,
}
"""What an address may ask for by ``status``."""

COLUMNS = [("Action", "action"), ("Who", "who"), ("Due", "due"), ("Priority", "priority"), ("Status", "status")]

Window = tuple[str, date | None, date | None]
"""A name, and the first and last day of due dates; None is open."""


@dataclass(frozen=True)
class PlanPage:
    today: date
    until: date
    counts: PlanCounts
    show: Sequence[Filter]
    statuses: Sequence[Filter]
    narrower: Sequence[tuple[str, Sequence[Filter]]]
    """The less used filters, each with what it asks about."""
    headings: Sequence[str | Sort]
    by_item: bool
    """Sorted by item: an item's name heads its actions."""
    rows: Page[PlanRow]
    per_page: Sequence[Filter]
    came_back: Mapping[UUID, Sequence[int]]
    """Years in which an item of this page was said too, by the item."""
    waits: Mapping[UUID, Sequence[tuple[str, str]]]
    """What an action of this page waits for and by how much that is late, by the action."""
    narrowed: bool
    """Some filter is on."""

    @property
    def meanings(self) -> Sequence[tuple[str, str]]:
        """Every status with what it says."""
        return [(rules.IN_FULL[status], meaning) for status, meaning in rules.MEANS.items()]

    @property
    def more_open(self) -> bool:
        """Whether a filter is on that would else be folded away."""
        return any(filter.current for _, group in self.narrower for filter in group[1:])


def asked(authority: Authority, person: Person, today: date) -> PlanPage:
    """The page of the plan that this request asks for."""
    wanted = _wanted(person, today)
    rows = _rows(_lines(authority, wanted, today))
    counts, until = queries.plan_counts(authority, person, today), rules.end_of_period(today)
    return PlanPage(
        today=today,
        until=until,
        counts=counts,
        show=_show(counts, until),
        statuses=_statuses(counts),
        narrower=_narrower(queries.choices(authority), today),
        headings=links.sorts(COLUMNS, default=queries.NEWEST_ITEMS_FIRST),
        by_item=_sort()[0] == "item",
        rows=rows,
        per_page=_per_page(rows.total),
        came_back=queries.came_back_in({row.item.id for row in rows.rows}),
        waits=dependencies.waited_for({row.action.id for row in rows.rows if row.action}, today),
        narrowed=wanted != Wanted(),
    )


def asked_rows(authority: Authority, person: Person, today: date) -> Sequence[PlanRow]:
    """Every line that this request asks for, whatever page it is on."""
    return queries.rows(_lines(authority, _wanted(person, today), today))


def _lines(authority: Authority, wanted: Wanted, today: date) -> Lines:
    sort, descending = _sort()
    return queries.plan(authority, wanted, today, sort=sort, descending=descending)


def _rows(lines: Lines) -> Page[PlanRow]:
    """The asked page; one past the end is the last one there is."""
    size = _size()
    number = asked_number()
    rows, total = queries.page(lines, limit=size, offset=(number - 1) * size)
    if not rows and total:
        number = -(-total // size)
        rows, total = queries.page(lines, limit=size, offset=(number - 1) * size)
    return Page(rows, number if total else 1, total, size)


def asked_number() -> int:
    """The page that the address asks for, within what a database can count."""
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def _size() -> int:
    asked = request.args.get("lines", PER_PAGE, type=int)
    return asked if asked in PAGES else PER_PAGE


def _per_page(total: int) -> list[Filter]:
    """How many lines a page may have; nothing to choose where all stand on the shortest."""
    if total <= PER_PAGE:
        return []
    first, *more = PAGES
    return links.filters("lines", [(None, str(first)), *((str(size), str(size)) for size in more)])


def _sort() -> tuple[str, bool]:
    return links.sorted_by(list(queries.SORTS), default=queries.NEWEST_ITEMS_FIRST)


def _wanted(person: Person, today: date) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    show, source = request.args.get("show"), request.args.get("source", "")
    report = references.parse(source)
    _, due_from, due_by = _windows(today).get(request.args.get("due", ""), ("", None, None))
    status = STATUSES.get(request.args.get("status", ""))
    return Wanted(
        led_by=person.id if show == "mine" else None,
        leads_or_owns=_uuid("who"),
        overdue=show == "overdue",
        due_from=due_from,
        due_by=rules.end_of_period(today) if show == "due" else due_by,
        statuses=frozenset({status}) if status else None,
        priority=next((one for one in Priority if one.value.lower() == request.args.get("priority")), None),
        partner=_uuid("partner"),
        board=_uuid("board"),
        area_code=next((area.code for area in _judged(today) if area.code == request.args.get("area")), None),
        inspection_number=report[1] if report and report[0] == Inspection.prefix else None,
        source=Source(source) if source in set(Source) else None,
    )


def _uuid(argument: str) -> UUID | None:
    try:
        return UUID(request.args.get(argument, ""))
    except ValueError:
        return None


def _windows(today: date) -> Mapping[str, Window]:
    """What an address may ask for by ``due``, of what is still to be delivered."""
    week = rules.end_of_week(today)
    month, quarter = today + timedelta(days=30), today + timedelta(days=90)
    return {
        "week": (f"This week, by {week:%-d %B}", today, week),
        "30-days": ("In 30 days", today, month),
        "90-days": ("In 90 days", today, quarter),
        "later": ("Later than that", quarter + timedelta(days=1), None),
    }


def _show(counts: PlanCounts, until: date) -> list[Filter]:
    return links.filters(
        "show",
        [(None, "All"), ("mine", "Mine"), ("overdue", "Overdue"), ("due", f"Due by {until:%-d %B}")],
        counts={None: counts.all, "mine": counts.mine, "overdue": counts.overdue, "due": counts.due},
    )


def _statuses(counts: PlanCounts) -> list[Filter]:
    """Any, and each status that some action has."""
    numbers: dict[str | None, int] = {value: counts.by_status.get(status, 0) for value, status in STATUSES.items()}
    found = [(value, rules.IN_FULL[status]) for value, status in STATUSES.items() if numbers[value]]
    return links.filters("status", [(None, "Any"), *found], counts=numbers)


def _narrower(choices: PlanChoices, today: date) -> Sequence[tuple[str, Sequence[Filter]]]:
    """Every other filter that has something to choose."""
    groups = [
        ("Area", "area", [(None, "Any"), *((area.code, area.short_name) for area in _judged(today))]),
        ("Due", "due", [(None, "Any day"), *((value, label) for value, (label, *_) in _windows(today).items())]),
        ("Priority", "priority", [(None, "Any"), *((one.value.lower(), one.value) for one in Priority)]),
        ("Leads or owns", "who", [(None, "Anybody"), *_named(choices.people)]),
        ("Partner", "partner", [(None, "Any or none"), *_named(choices.partners)]),
        ("Board", "board", [(None, "Any or none"), *_named(choices.boards)]),
        ("Source", "source", [(None, "Any"), *_sources(choices)]),
    ]
    return [(f"{label}:", links.filters(argument, offered)) for label, argument, offered in groups if offered[1:]]


def _named(named: Sequence[tuple[UUID, str]]) -> list[tuple[str, str]]:
    return [(str(found), name) for found, name in named]


def _sources(choices: PlanChoices) -> list[tuple[str, str]]:
    """Each report that items came from, then every other kind of source that they have."""
    reports = [
        (f"{Inspection.prefix}-{number}", f"{SOURCE_OF_ACTIVITY.get(activity, Source.INSPECTION)} of {day:%B %Y}")
        for number, day, activity in choices.reports
    ]
    kinds = [source.value for source in Source if source in choices.sources and source is not Source.INSPECTION]
    return [*reports, *((kind, kind) for kind in kinds)]


def _judged(today: date) -> Sequence[Area]:
    """The judgement areas of the framework in force."""
    return library().current(CHILDRENS_SERVICES, today).judged_areas
