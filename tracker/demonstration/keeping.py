"""How long evidence is kept and relied on: years confirmed, one piece held, a list to look through, a second look."""

from collections.abc import Iterator
from functools import partial

from tracker.demonstration.stage import Scene, Stage
from tracker.evidence.freshness import commands as freshness
from tracker.evidence.models import Evidence
from tracker.evidence.retention import commands as retention
from tracker.evidence.retention.rules import PROPOSED_YEARS

OFFICER = "nadia"
CONFIRMED, HELD, DRAWN_UP, LOOKED_AT = -1, -1, -1, -20


def scenes(stage: Stage) -> Iterator[Scene]:
    yield Scene(LOOKED_AT, "helen", partial(_look_again, stage))
    yield Scene(CONFIRMED, OFFICER, partial(_confirm, stage))
    yield Scene(HELD, OFFICER, partial(_hold, stage))
    yield Scene(DRAWN_UP, OFFICER, partial(_draw_up, stage))


def _look_again(stage: Stage) -> None:
    report = stage.get(Evidence, "lado")
    because = "Read through with the designated officer: the figures of the next year are not out yet"
    freshness.look_again(report, version=report.version, because=because, on=stage.day(LOOKED_AT))


def _confirm(stage: Stage) -> None:
    retention.decide_years(
        stage.council,
        version=0,
        years=PROPOSED_YEARS,
        because="Retention schedule of the council (invented), line 14",
        by=stage.person(OFFICER),
        on=stage.day(CONFIRMED),
    )


def _hold(stage: Stage) -> None:
    reason = "An ombudsman’s enquiry about complaints of that year (invented)"
    held = stage.get(Evidence, "old_complaints")
    retention.hold(stage.council, evidence=held, reason=reason, by=stage.person(OFFICER), on=stage.day(HELD))


def _draw_up(stage: Stage) -> None:
    retention.draw_up(stage.council, by=stage.person(OFFICER), on=stage.day(DRAWN_UP))
