"""What benchmarks fill a database with is what its tables take today, and copies of it are whole."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks import audits_data, difference, evidence_data, indicators_data, plan_data, search_data
from tracker.actions.models import Action
from tracker.audits.models import Audit
from tracker.evidence.models import Evidence
from tracker.evidence.placing import commands as placing
from tracker.indicators.breakdowns.models import PartValue
from tracker.indicators.difference.library import library
from tracker.indicators.difference.models import Counting
from tracker.indicators.models import MeasureValue
from tracker.people.models import Authority
from tracker.search.models import SearchEntry

PLAN = plan_data.Size(items=4, actions=6, updates=8)
FILLED: dict[str, tuple[Callable[[], None], type, int]] = {
    "plan": (lambda: plan_data.fill(["one"], PLAN, seed=1), Action, 6),
    "evidence": (lambda: evidence_data.fill(["one"], evidence_data.Size(10, 40, PLAN), seed=1), Evidence, 10),
    "search": (lambda: search_data.fill("one", search_data.Size(10, 40, 5, PLAN), seed=1), Evidence, 10),
    "audits": (lambda: audits_data.fill(["one"], audits_data.Size(12, 3), seed=1), Audit, 12),
    "difference": (
        lambda: _pathways(),
        Counting,
        2 * sum(len(one.characteristics) for one in library().pathways.values()),
    ),
    "indicators": (lambda: indicators_data.fill(["one"], indicators_data.Size(3, 12), seed=1), MeasureValue, 36),
    "breakdowns": (lambda: indicators_data.fill(["one"], indicators_data.Size(3, 12, 8), seed=1), PartValue, 288),
}


def _pathways() -> None:
    plan_data.fill(["one"], PLAN, seed=1)
    difference.fill(["one"], difference.Size(years=2), seed=1)


@pytest.mark.parametrize("name", FILLED)
def test_a_database_is_filled(session: Session, name: str) -> None:
    fill, model, number = FILLED[name]

    fill()

    assert session.scalar(select(func.count()).select_from(model)) == number


def test_evidence_is_copied_with_its_places(session: Session) -> None:
    evidence_data.fill(["one"], evidence_data.Size(10, 40, PLAN), seed=1)
    evidence_data.copy("one", times=2)

    for authority in session.scalars(select(Authority)).all():
        placed = placing.place(authority)
        assert placed.places > 0
        assert placed.wrong == 0


def test_entries_of_the_index_are_copied(session: Session) -> None:
    search_data.fill("one", search_data.Size(10, 40, 5, PLAN), seed=1)
    search_data.copy("one", ["two"])

    counts = session.execute(select(func.count(SearchEntry.id)).group_by(SearchEntry.authority_id)).scalars().all()

    assert len(counts) == 2
    assert len(set(counts)) == 1
