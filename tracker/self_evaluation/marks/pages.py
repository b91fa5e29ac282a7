"""The list of all marks of a version, and the filters above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.self_evaluation.marks.models import MarkAnswer
from tracker.self_evaluation.marks.rules import key
from tracker.self_evaluation.pages import VersionPage
from tracker.self_evaluation.queries import Reading
from tracker.self_evaluation.rules import Mark, Marked
from tracker.web import links
from tracker.web.links import Filter

ANSWERED = "answered"
KINDS = {mark.name.lower().replace("_", "-"): mark for mark in Mark}
"""As an address names them: ``no-evidence``."""


@dataclass(frozen=True)
class Line:
    area: str
    reading: Reading
    marked: Marked
    key: str
    answer: MarkAnswer | None


def lines(page: VersionPage, show: str) -> Sequence[Line]:
    """Those that have to be settled, worst first; or of one kind, or those that were answered."""
    every = list(_all(page))
    if show == ANSWERED:
        return [line for line in every if line.answer]
    waiting = [line for line in every if not line.answer]
    if show in KINDS:
        return [line for line in waiting if line.marked.mark is KINDS[show]]
    order = list(Mark)
    return sorted(waiting, key=lambda line: order.index(line.marked.mark or Mark.ACTIVITY_ONLY))


def filters(page: VersionPage) -> Sequence[Filter]:
    every = list(_all(page))
    waiting = [line for line in every if not line.answer]
    choices: list[tuple[str | None, str]] = [(None, "To settle")]
    counts: dict[str | None, int] = {None: len(waiting)}
    for called, mark in KINDS.items():
        choices.append((called, mark.capitalize()))
        counts[called] = sum(line.marked.mark is mark for line in waiting)
    counts[ANSWERED] = len(every) - len(waiting)
    return links.filters("show", [*choices, (ANSWERED, "Answered")], counts=counts)


def _all(page: VersionPage) -> Iterator[Line]:
    for area in page.areas:
        for reading in area.statements:
            for marked in reading.all_marks:
                called = key(marked)
                answer = reading.answers[called] if marked.answered else None
                yield Line(area.area.short_name, reading, marked, called, answer)
