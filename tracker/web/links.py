"""Where things live: from a reference to its page, and links that keep the rest of the query."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote_plus, urlencode, urlsplit

from flask import current_app, request, url_for
from werkzeug.routing import MapAdapter

from tracker.platform import references

PAGES: Mapping[str, str] = {
    "I": "overview.item",
    "A": "actions.show",
    "E": "evidence.show",
    "Q": "audits.show",
    "F": "audits.finding",
    "M": "indicators.show",
    "S": "self_evaluation.statement",
    "P": "packs.show",
    "R": "inspections.show",
    "B": "boards.snapshot",
    "D": "evidence_retention.show_list",
    "H": "handover.show",
    "N": "fieldwork.show",
    "V": "overview.survey",
    "W": "difference.show",
}
"""Prefix of a reference to the endpoint of its page, which takes ``number``."""

NOT_OURS = frozenset({"page", "endpoint", "authority", "values"})
"""Query arguments that a link never carries on: the page, and what ``url_for`` would take for its own."""

PLAIN = "!$'()*,/:;?@"
"""What a query may hold as it is; as ``url_for`` writes it."""

Direction = Literal["ascending", "descending"]


@dataclass(frozen=True)
class Filter:
    """One filter of a list, as a link."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Sort:
    """The heading of a column that can be sorted. ``direction`` is none when another column is."""

    label: str
    url: str
    direction: Direction | None = None


def reference_url(reference: str) -> str:
    """The page of the thing with this reference, in the authority of this request.

    Raises LookupError for text that is no reference of ours: a page that shows one has a fault.
    """
    found = references.parse(reference)
    if found is None or found[0] not in PAGES:
        raise LookupError(f"{reference!r} is not a reference")
    prefix, number = found
    return url_for(PAGES[prefix], number=number)


def has_endpoint(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def endpoint_url(endpoint: str) -> str | None:
    """Its address, or None where this application has no such page."""
    return url_for(endpoint) if has_endpoint(endpoint) else None


def keeping(**changes: object) -> str:
    """This page with some query arguments changed; None takes one out. Going to another list starts at page 1."""
    return _with(_here(), {**asked(), **changes})


def _here() -> str:
    """This page without its query."""
    return url_for(request.endpoint or "", **(request.view_args or {}))


def _with(address: str, arguments: Mapping[str, object]) -> str:
    kept = {name: value for name, value in arguments.items() if value is not None}
    return f"{address}?{urlencode(kept, doseq=True, safe=PLAIN)}" if kept else address


def asked() -> dict[str, Any]:
    """The query of this request without its page, fit to be passed to ``url_for``: a name of its own is left out.

    So is what stands in the address itself, such as ``number``: a template says that by name.
    """
    query: dict[str, Any] = request.args.to_dict(flat=False)
    left_out = {*NOT_OURS, *(request.view_args or {})}
    return {name: value for name, value in query.items() if name not in left_out and not name.startswith("_")}


def filters(
    argument: str, choices: Sequence[tuple[str | None, str]], *, counts: Mapping[str | None, int] | None = None
) -> list[Filter]:
    """The choices of one query argument as links; the one without a value, usually "All", takes the argument out.

    ``choices`` are (value, label); ``counts`` says how many things each value would show.
    """
    now, leads_to = request.args.get(argument) or None, _changing(argument)
    return [
        Filter(label, leads_to(value), value == now, counts.get(value) if counts is not None else None)
        for value, label in choices
    ]


def _changing(argument: str) -> Callable[[str | None], str]:
    """This page by the value of one argument. What stays is spelt once: a plan's lists name everybody."""
    address, query = _here(), asked()
    if argument in query:
        return lambda value: _with(address, {**query, argument: value})
    stays = _with(address, query)
    joint = "&" if query else "?"
    return lambda value: stays if value is None else f"{stays}{joint}{argument}={quote_plus(value, safe=PLAIN)}"


def sorts(columns: Sequence[tuple[str, str | None]], *, default: str) -> list[str | Sort]:
    """The headings of a table. ``columns`` are (label, key), or (label, None) for one that cannot be sorted.

    The query argument ``sort`` holds a key, with a minus before it for the other way round; see ``sorted_by``.
    """
    key, descending = sorted_by([key for _, key in columns if key], default=default)
    return [_heading(label, column, key, descending) for label, column in columns]


def _heading(label: str, column: str | None, key: str, descending: bool) -> str | Sort:
    if column is None:
        return label
    if column != key:
        return Sort(label, keeping(sort=column))
    return Sort(
        label,
        keeping(sort=column if descending else f"-{column}"),
        "descending" if descending else "ascending",
    )


def sorted_by(keys: Sequence[str], *, default: str) -> tuple[str, bool]:
    """What to sort by, and whether from the end. Anything else that the address says is the default."""
    asked = request.args.get("sort", default)
    if asked.removeprefix("-") not in keys:
        asked = default
    return asked.removeprefix("-"), asked.startswith("-")


def inside(target: str | None) -> str | None:
    """An address somebody is to be sent on to, if it is a page of this site; None for any other.

    >>> [inside(one) for one in ("/brent/plan?show=late", "//evil.example", "https://evil.example/")]
    ['/brent/plan?show=late', None, None]
    """
    parts = urlsplit(target or "")
    odd = not (target or "").isprintable() or "\\" in (target or "")
    ours = (target or "").startswith("/") and not (target or "").startswith("//") and not parts.netloc
    return target if ours and not odd and not parts.scheme else None


def public_addresses() -> MapAdapter:
    """Builds whole addresses that start with TRACKER_PUBLIC_ADDRESS, for mails: no request is needed."""
    parts = urlsplit(current_app.config["PUBLIC_ADDRESS"])
    return current_app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)
