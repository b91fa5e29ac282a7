"""What came back, what is new and what did not come back, among the items of inspections side by side. Pure."""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

Thread = tuple[tuple[K, ...], ...]
"""Items that say the same, under each inspection in the order of the columns."""


@dataclass(frozen=True)
class Sorted(Generic[K]):
    """The items of two or more inspections, earliest first, each under what became of it."""

    came_back: Sequence[Thread[K]]
    """In at least two of the inspections, as persons confirmed."""
    may_have: Sequence[Thread[K]]
    """Pairs that nobody has decided on yet."""
    new: Thread[K]
    """Of the last inspection, in none of the others."""
    gone: Thread[K]
    """Of each inspection before the last, in none of the later ones."""


def sort_out(
    columns: Sequence[Sequence[K]], *, confirmed: Sequence[tuple[K, K]], suggested: Sequence[tuple[K, K]]
) -> Sorted[K]:
    """``confirmed`` and ``suggested`` are pairs of a later item and an earlier one, of these inspections or others.

    >>> sort_out([["a", "b"], ["c"]], confirmed=[("c", "a")], suggested=[])
    Sorted(came_back=[(('a',), ('c',))], may_have=[], new=((), ()), gone=(('b',), ()))
    """
    joined = groups(confirmed)
    came_back = _threads(columns, joined)
    undecided = [pair for pair in suggested if pair[1] not in joined.get(pair[0], ())]
    may_have = [thread for pair in undecided if _spans(thread := _placed(columns, pair))]
    told = {item for thread in (*came_back, *may_have) for cell in thread for item in cell}
    left = _placed(columns, {item for column in columns for item in column} - told)
    last = len(columns) - 1
    return Sorted(
        came_back,
        may_have,
        new=tuple(cell if place == last else () for place, cell in enumerate(left)),
        gone=tuple(cell if place < last else () for place, cell in enumerate(left)),
    )


def groups(pairs: Iterable[tuple[K, K]]) -> Mapping[K, AbstractSet[K]]:
    """Each item with everything that it is tied to, directly or through others, and itself.

    >>> sorted(groups([("c", "b"), ("b", "a")])["a"])
    ['a', 'b', 'c']
    """
    found: dict[K, set[K]] = {}
    for one, other in pairs:
        together = found.get(one, {one}) | found.get(other, {other})
        found |= dict.fromkeys(together, together)
    return found


def _threads(columns: Sequence[Sequence[K]], joined: Mapping[K, AbstractSet[K]]) -> list[Thread[K]]:
    """Each group that stands in two columns or more, in the order of the latest items."""
    latest_first = [item for column in reversed(columns) for item in column]
    threads = [_placed(columns, joined[item]) for item in latest_first if item in joined]
    return list(dict.fromkeys(thread for thread in threads if _spans(thread)))


def _placed(columns: Sequence[Sequence[K]], items: Container[K]) -> Thread[K]:
    return tuple(tuple(item for item in column if item in items) for column in columns)


def _spans(thread: Thread[K]) -> bool:
    return sum(map(bool, thread)) > 1
