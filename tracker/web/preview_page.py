"""The page that shows what a spreadsheet would do, before it does anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from tracker.platform.previews import Outcome, Preview, Verdict
from tracker.web.links import Filter, filters
from tracker.web.paging import PER_PAGE, Page, asked_page

ORDER = (Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW, Outcome.LEFT_OUT, Outcome.SAME)
"""What needs a person comes first."""

TO_DECIDE = frozenset({Outcome.REFUSED, Outcome.LEFT_OUT})


@dataclass(frozen=True)
class PreviewPage:
    """``rows`` are the verdicts of one page, what needs a person first; ``counts`` are of all rows."""

    rows: Page[Verdict]
    counts: dict[str, int]
    shows: Sequence[Filter]
    digest: str

    @property
    def refused(self) -> int:
        return self.counts[Outcome.REFUSED]

    @property
    def changing(self) -> int:
        return self.counts[Outcome.NEW] + self.counts[Outcome.CHANGED]

    @property
    def to_decide(self) -> list[Verdict]:
        return [row for row in self.rows.rows if row.outcome in TO_DECIDE and not row.elsewhere]


def rows_posted(name: str) -> list[int]:
    """The numbers of rows that a form names; what is no number is passed over."""
    return [int(value) for value in request.form.getlist(name) if value.isdecimal() and len(value) < 7]


def sides_posted(begin: str) -> dict[str, str]:
    """Cell -> whose value a form says stands: the names of its questions, as ``whose_stands`` asks, begin so."""
    return {name.removeprefix(begin): side for name, side in request.form.items() if name.startswith(begin)}


def of(found: Preview) -> PreviewPage:
    wanted = request.args.get("show")
    rows = sorted(
        (one for one in found.verdicts if wanted is None or one.outcome == wanted),
        key=lambda one: (ORDER.index(one.outcome), one.row),
    )
    number = asked_page(len(rows))
    counts: dict[str | None, int] = {None: len(found.verdicts)}
    counts.update(found.counts.items())
    outcomes = [(outcome.value, outcome.value) for outcome in ORDER if found.counts[outcome]]
    return PreviewPage(
        rows=Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows)),
        counts=found.counts,
        shows=filters("show", [(None, "All rows"), *outcomes], counts=counts),
        digest=found.digest,
    )
