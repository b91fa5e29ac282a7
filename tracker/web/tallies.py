"""Filters that say how much each of them would show, from tallies of what answers."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from flask import request

from tracker.web import links
from tracker.web.links import Filter


class Tally(Protocol):
    """How many things are alike in all that they can be filtered by."""

    @property
    def count(self) -> int: ...
    def passes(self, wanted: Any, /) -> bool: ...


T = TypeVar("T", bound=Tally)


def counted(tallies: Iterable[T], wanted: Any, by: Callable[[T], str]) -> Counter[str]:
    """How many things each value of one filter would show, where ``wanted`` has every other filter on."""
    counts: Counter[str] = Counter()
    for tally in tallies:
        if tally.passes(wanted):
            counts[by(tally)] += tally.count
    return counts


def offered(name: str, every: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> list[Filter]:
    """The one that takes the filter off, and each value that would show something or is on."""
    on = request.args.get(name)
    shown = [(value, label) for value, label in labels.items() if counts.get(value) or value == on]
    return links.filters(name, [(None, every), *shown], counts={value: counts.get(value, 0) for value, _ in shown})
