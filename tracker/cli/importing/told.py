"""What became of each file, and how it is told."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.inspections.reading import UnsureField

LONGEST_LIST = 20
"""Files of one sort that are named at the end; a report file has them all. Our choice: what fits on a screen."""


class Became(StrEnum):
    """In the order in which it is told."""

    KNOWN = "done before"
    SAME = "the same as another"
    READ = "read"
    RECORDED = "recorded"
    TO_CHECK = "to check"
    TO_SEARCH = "added to the reports that can be searched"
    REFUSED = "refused"


@dataclass(frozen=True)
class Told:
    """One file, what became of it, and what is doubtful in it."""

    file: str
    became: Became
    sentence: str = ""
    unsure: Sequence[UnsureField] = ()


def summary(told: Sequence[Told]) -> Iterator[str]:
    """The lines that are printed at the end."""
    counts = Counter(one.became for one in told)
    doubtful = [one for one in told if one.unsure or one.became is Became.TO_CHECK]
    said = [f"{counts[became]} {became}" for became in Became if counts[became]]
    files = f"{len(told)} file{'s' if len(told) != 1 else ''}"
    yield f"{files}: {', '.join(said)}" + (f"; {len(doubtful)} of them doubtful" if doubtful else "")
    yield from _listed("Doubtful", doubtful, _doubts)
    yield from _listed("Refused", [one for one in told if one.became is Became.REFUSED], _reason)


def _listed(heading: str, told: Sequence[Told], lines: Callable[[Told], Iterable[str]]) -> Iterator[str]:
    if not told:
        return
    yield f"\n{heading}: {len(told)}"
    for one in told[:LONGEST_LIST]:
        yield from (f"  {line}" for line in lines(one))
    if len(told) > LONGEST_LIST:
        yield f"  … and {len(told) - LONGEST_LIST} more. All are in the file that --report writes."


def _doubts(told: Told) -> Sequence[str]:
    return [told.file, *(f"  {_doubt(field)}" for field in told.unsure)] if told.unsure else _reason(told)


def _reason(told: Told) -> Sequence[str]:
    return [f"{told.file}: {told.sentence}"]


def _doubt(field: UnsureField) -> str:
    where = f" (page {field.page})" if field.page else ""
    return f"{field.field}{where}: {field.why}"
