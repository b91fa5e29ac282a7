"""How a sample is drawn. Pure, and without a random generator of any library, so that no upgrade changes a draw.

Every reference gets a rank: the SHA-256 of the seed, a colon and the reference, as hexadecimal text. The lowest ranks
are drawn, of the whole list or within each stratum. A spreadsheet and a pocket calculator for SHA-256 can repeat it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

ALGORITHM = "lowest SHA-256 of seed:reference, version 1"


Group = tuple[str, ...]
"""The words that cases of one stratum share, column by column."""


class Method(StrEnum):
    RANDOM = "Random"
    PROPORTIONAL = "In proportion to each group"
    EQUAL = "The same from each group"


@dataclass(frozen=True)
class Entry:
    """One case of the list: its made-up reference, and the words that say what group it is in."""

    reference: str
    stratum: Group = ()


@dataclass(frozen=True)
class Drawn:
    references: tuple[str, ...]
    """In the order of their ranks."""
    by_stratum: Mapping[Group, tuple[int, int]]
    """Group to how many were drawn from it and how many were in it."""


def fingerprint(entries: Iterable[Entry]) -> str:
    """SHA-256 of the list in a form that no order of rows, letter case or space changes.

    >>> fingerprint([Entry("br-2"), Entry("BR-1 ")]) == fingerprint([Entry("BR-1"), Entry("BR-2")])
    True
    """
    lines = sorted("\t".join((_plain(one.reference), *one.stratum)) for one in entries)
    return sha256("\n".join(lines).encode()).hexdigest()


def draw(entries: Sequence[Entry], *, size: int, seed: str, method: Method) -> Drawn:
    """Draw ``size`` cases, or all where there are fewer. The order of the list does not matter."""
    groups = _groups(entries, method)
    sizes = {stratum: len(references) for stratum, references in groups.items()}
    wanted = shares(sizes, size, equal=method is Method.EQUAL)
    chosen = [one for stratum, references in groups.items() for one in _first(references, seed, wanted[stratum])]
    ordered = tuple(sorted(chosen, key=lambda reference: rank(seed, reference)))
    return Drawn(ordered, {stratum: (wanted[stratum], sizes[stratum]) for stratum in groups})


def rank(seed: str, reference: str) -> str:
    """
    >>> rank("2026", "BR-1")[:8]
    'bb2a01a0'
    """
    return sha256(f"{seed}:{_plain(reference)}".encode()).hexdigest()


def shares(sizes: Mapping[Group, int], size: int, *, equal: bool) -> Mapping[Group, int]:
    """How many to draw from each group. The sum is ``size``, or everything where there is less.

    In proportion by the largest remainder; of equal remainders the larger group first, then by name. With ``equal``
    one at a time from each group that has any left, the larger first where they do not come out even.
    """
    total = sum(sizes.values())
    size = min(size, total)
    ordered = sorted(sizes, key=lambda stratum: (-sizes[stratum], stratum))
    if equal:
        return _in_turn(ordered, sizes, size)
    given = {stratum: size * sizes[stratum] // total if total else 0 for stratum in sizes}
    remainders = sorted(ordered, key=lambda stratum: -(size * sizes[stratum] % total if total else 0))
    for stratum in remainders[: size - sum(given.values())]:
        given[stratum] += 1
    return given


def _in_turn(ordered: Sequence[Group], sizes: Mapping[Group, int], size: int) -> dict[Group, int]:
    given = dict.fromkeys(ordered, 0)
    while size:
        for stratum in [one for one in ordered if given[one] < sizes[one]][:size]:
            given[stratum] += 1
            size -= 1
    return given


def repeated(entries: Iterable[Entry]) -> list[str]:
    """References that stand in the list more than once."""
    counts = Counter(_plain(one.reference) for one in entries)
    return sorted(reference for reference, count in counts.items() if count > 1)


def _groups(entries: Sequence[Entry], method: Method) -> dict[Group, list[str]]:
    groups: dict[Group, list[str]] = {}
    for one in entries:
        stratum = () if method is Method.RANDOM else one.stratum
        groups.setdefault(stratum, []).append(_plain(one.reference))
    return dict(sorted(groups.items()))


def _first(references: Sequence[str], seed: str, number: int) -> Sequence[str]:
    return sorted(references, key=lambda reference: rank(seed, reference))[:number]


def _plain(reference: str) -> str:
    return reference.strip().upper()
