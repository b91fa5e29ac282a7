"""What the register shows: the questions its address asks, its filters as links, one page of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import request

from tracker.actions import queries as actions
from tracker.evidence import register
from tracker.evidence.models import Evidence
from tracker.evidence.places import area_name
from tracker.evidence.register import Counts, Wanted
from tracker.evidence.rules import Kind, Strength
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.platform import references
from tracker.platform.db import db
from tracker.web import links
from tracker.web.links import Filter, Sort
from tracker.web.paging import Page, page_of

PER_PAGE = 20
"""Our choice: a row is several lines high."""
AT_ONCE = 500
"""Rows of one statement: SQLite takes some thousands of values at most."""

COLUMNS = [
    ("Evidence", "number"), ("Kind", "kind"), ("What it shows", None), ("Strength", "strength"), ("Speaks for", None),
    ("Date", "dated"),
]  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.name.lower().replace("_", "-"): kind for kind in Kind}
"""As an address names them: ``practice-example``."""
STRENGTHS: Mapping[str, Strength] = {strength.name.lower(): strength for strength in Strength}


@dataclass(frozen=True)
class RegisterPage:
    today: date
    counts: Counts
    show: Sequence[Filter]
    kinds: Sequence[Filter]
    strengths: Sequence[Filter]
    areas: Sequence[Filter]
    headings: Sequence[str | Sort]
    rows: Page[Evidence]
    text: str
    narrowed_to: str
    """The theme or item that the address names, in words; empty for none."""
    narrowed: bool
    """Some filter is on."""


def asked(authority: Authority, person: Person, today: date) -> RegisterPage:
    """The page of the register that this request asks for."""
    item = _item(authority)
    wanted, counts = _wanted(person, item), register.counts(authority, person, today)
    return RegisterPage(
        today=today,
        counts=counts,
        show=_show(counts),
        kinds=_kinds(counts),
        strengths=_strengths(counts),
        areas=_areas(today),
        headings=links.sorts(COLUMNS, default=register.NEWEST_FIRST),
        rows=_page(_statement(authority, wanted, today), total=_total(authority, person, wanted, counts, today)),
        text=wanted.text,
        narrowed_to=_narrowed_to(wanted, item),
        narrowed=wanted != Wanted(),
    )


def asked_rows(authority: Authority, person: Person, today: date) -> Sequence[Evidence]:
    """Every row that this request asks for, whatever page it is on."""
    wanted = _wanted(person, _item(authority))
    return _rows(db.session.scalars(_statement(authority, wanted, today)).all())


def _rows(ids: Sequence[UUID]) -> list[Evidence]:
    batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return [one for batch in batches for one in register.rows(batch, whole=True)]


def _page(statement: Any, *, total: int | None) -> Page[Evidence]:
    found = page_of(db.session(), statement, per_page=PER_PAGE, total=total)
    return replace(found, rows=register.rows(found.rows))


def _total(authority: Authority, person: Person, wanted: Wanted, counts: Counts, today: date) -> int | None:
    """How many rows there are, where that is known without counting them one by one."""
    known = _counted(counts, person).get(wanted)
    return known if known is not None else register.total(authority, wanted, today)


def _counted(counts: Counts, person: Person) -> Mapping[Wanted, int]:
    """How many rows there are where one filter is on, and that one is counted beside its name."""
    return {
        Wanted(): counts.all,
        Wanted(stale=True): counts.stale,
        Wanted(withdrawn=True): counts.withdrawn,
        Wanted(owner_id=person.id): counts.mine,
        **{Wanted(kind=kind): count for kind, count in counts.by_kind.items()},
        **{Wanted(strength=strength): count for strength, count in counts.by_strength.items()},
    }


def asked_with_withdrawn(
    authority: Authority, person: Person, today: date, *, most: int
) -> tuple[Sequence[Evidence], str]:
    """The rows that this request asks for and those of them that were withdrawn, at most so many of either.

    And in words what they are the evidence of.
    """
    item = _item(authority)
    wanted = _wanted(person, item)
    statements = (_statement(authority, replace(wanted, withdrawn=withdrawn), today) for withdrawn in (False, True))
    ids = [one for found in statements for one in db.session.scalars(found.limit(most))]
    return _rows(ids), _in_words(wanted, item)


def _in_words(wanted: Wanted, item: ImprovementItem | None) -> str:
    said = (
        area_name(wanted.area_code) if wanted.area_code else "",
        _narrowed_to(wanted, item),
        wanted.kind.value if wanted.kind else "",
        wanted.strength.value if wanted.strength else "",
        "mine" if wanted.owner_id else "",
        "stale" if wanted.stale else "",
        f"“{wanted.text}”" if wanted.text else "",
    )
    return ", ".join(part for part in said if part) or "the whole register"


def framework_of(today: date) -> Framework:
    """The framework whose areas and themes pages offer."""
    return library().current(CHILDRENS_SERVICES, today)


def _statement(authority: Authority, wanted: Wanted, today: date) -> Any:
    sort, descending = links.sorted_by(list(register.SORTS), default=register.NEWEST_FIRST)
    return register.register(authority, wanted, today, sort=sort, descending=descending)


def _wanted(person: Person, item: ImprovementItem | None) -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    show, asked = request.args.get("show"), request.args.get
    return Wanted(
        kind=KINDS.get(asked("kind", "")),
        strength=STRENGTHS.get(asked("strength", "")),
        area_code=asked("area") or None,
        theme_code=asked("theme") or None,
        item_id=item.id if item else None,
        owner_id=person.id if show == "mine" else None,
        stale=show == "stale",
        withdrawn=show == "withdrawn",
        text=asked("q", "").strip()[:200],
    )


def _item(authority: Authority) -> ImprovementItem | None:
    found = references.parse(request.args.get("item", ""))
    return actions.item(authority, found[1]) if found and found[0] == ImprovementItem.prefix else None


def _narrowed_to(wanted: Wanted, item: ImprovementItem | None) -> str:
    if item is not None:
        return f"{item.reference} {item.title}"
    names = {
        theme.code: theme.name for one in library().frameworks.values() for area in one.areas for theme in area.themes
    }
    code = wanted.theme_code
    return f"{code} {names.get(code, '')}".strip() if code else ""


def _show(counts: Counts) -> list[Filter]:
    return links.filters(
        "show",
        [(None, "All"), ("mine", "Mine"), ("stale", "Stale"), ("withdrawn", "Withdrawn")],
        counts={None: counts.all, "mine": counts.mine, "stale": counts.stale, "withdrawn": counts.withdrawn},
    )


def _kinds(counts: Counts) -> list[Filter]:
    """Any, and each kind that there is some of."""
    numbers: dict[str | None, int] = {slug: counts.by_kind[kind] for slug, kind in KINDS.items()}
    found = [(slug, kind.value) for slug, kind in KINDS.items() if numbers[slug]]
    return links.filters("kind", [(None, "Any"), *found], counts=numbers)


def _strengths(counts: Counts) -> list[Filter]:
    numbers: dict[str | None, int] = {slug: counts.by_strength[one] for slug, one in STRENGTHS.items()}
    found = [(slug, one.value) for slug, one in STRENGTHS.items() if numbers[slug]]
    return links.filters("strength", [(None, "Any"), *found], counts=numbers)


def _areas(today: date) -> list[Filter]:
    codes = [area.code for area in framework_of(today).judged_areas]
    return links.filters("area", [(None, "Any"), *((code, area_name(code)) for code in codes)])
