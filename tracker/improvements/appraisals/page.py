"""What the history of an item's appraisals shows: each with what it changed, and the points of its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.improvements.appraisals import rules
from tracker.improvements.appraisals.rules import Appraised
from tracker.improvements.models import Appraisal
from tracker.web.charts import ScalePoint


@dataclass(frozen=True)
class Told:
    """One appraisal and what changed with it."""

    appraisal: Appraisal
    changes: Sequence[str]
    """Sentences; none for the first."""


@dataclass(frozen=True)
class AppraisalsPage:
    told: Sequence[Told]
    """Newest first."""

    @property
    def points(self) -> list[ScalePoint]:
        """Oldest first, for the picture."""
        return [
            ScalePoint(on=one.appraisal.on, scale=one.appraisal.scale, aim=one.appraisal.aim)
            for one in reversed(self.told)
        ]


def page(appraisals: Sequence[Appraisal]) -> AppraisalsPage:
    """``appraisals`` are those of one item, newest first, as it has them."""
    said = [appraised(one) for one in appraisals]
    changes = [rules.changes(now, before) for now, before in pairwise(said)]
    return AppraisalsPage([Told(one, changed) for one, changed in zip(appraisals, [*changes, []], strict=False)])


def moved(appraisals: Sequence[Appraisal]) -> str:
    """How the newest moved from the one before it; empty for the first."""
    if len(appraisals) < 2:
        return ""
    return rules.moved(appraised(appraisals[0]), appraised(appraisals[1]))


def appraised(appraisal: Appraisal) -> Appraised:
    return Appraised(
        on=appraisal.on,
        scale=appraisal.scale,
        aim=appraisal.aim,
        worried_about=appraisal.worried_about.splitlines(),
        working_well=appraisal.working_well.splitlines(),
        needs_to_happen=appraisal.needs_to_happen.splitlines(),
    )
