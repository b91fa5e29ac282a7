"""The page that shows what an import would do, before it does anything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from tracker.evidence.importing.rules import LookedThrough, Outcome, Verdict
from tracker.web.links import Filter, filters
from tracker.web.paging import PER_PAGE, Page, asked_page

ORDER = (Outcome.REFUSED, Outcome.SAME, Outcome.TAKEN)
"""What needs a person comes first."""


@dataclass(frozen=True)
class PreviewPage:
    """``rows`` are the verdicts of one page, what needs a person first."""

    rows: Page[Verdict]
    shows: Sequence[Filter]
    looked: LookedThrough


def of(looked: LookedThrough) -> PreviewPage:
    wanted = request.args.get("show")
    rows = sorted(
        (one for one in looked.verdicts if wanted is None or one.outcome == wanted),
        key=lambda one: (ORDER.index(one.outcome), one.row),
    )
    number, found = asked_page(len(rows)), Counter(one.outcome for one in looked.verdicts)
    counts: dict[str | None, int] = {None: len(looked.verdicts), **{one.value: found[one] for one in Outcome}}
    return PreviewPage(
        rows=Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows)),
        shows=filters(
            "show", [(None, "All rows"), *((one.value, one.value) for one in ORDER if found[one])], counts=counts
        ),
        looked=looked,
    )
