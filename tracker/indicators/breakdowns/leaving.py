"""Which parts of an authority's measures may leave it: one answer for everything that shows parts outside."""

from sqlalchemy import select

from tracker.indicators.breakdowns import hiding
from tracker.indicators.breakdowns.hiding import PartOf
from tracker.indicators.breakdowns.models import MeasurePart, PartValue
from tracker.indicators.models import Measure
from tracker.indicators.reading import hiding as measures
from tracker.indicators.reading import leaving
from tracker.indicators.reading.counted import Counted, Place
from tracker.indicators.reading.usual import Figure
from tracker.people.models import Authority
from tracker.platform.db import db


def hidden(authority: Authority, smallest: int) -> frozenset[Place]:
    """Parts that stay inside, by their id and the last day of their period. Four statements.

    All parts and all totals are looked at, whatever is to be shown, as ``reading.leaving`` looks at all totals: what
    it hides is hidden here alike.
    """
    if smallest <= 1:
        return frozenset()
    totals = leaving.counted(authority)
    return hiding.hidden(_parts(authority), totals, measures.hidden(totals, smallest), smallest)


def _parts(authority: Authority) -> list[PartOf]:
    """What a part counts is said in the words of its measure and its own, so that measures are looked at together."""
    changes = leaving.changes_of(authority)
    rows = db.session.execute(
        select(
            Measure.id, Measure.name, Measure.out_of, Measure.unit, Measure.counts, MeasurePart.id.label("part_id"),
            MeasurePart.kind, MeasurePart.name.label("part"), PartValue.period_start, PartValue.period_end,
            PartValue.value, PartValue.numerator, PartValue.denominator,
        )
        .join(MeasurePart, MeasurePart.id == PartValue.part_id)
        .join(Measure, Measure.id == MeasurePart.measure_id)
        .where(Measure.authority_id == authority.id)
        .order_by(Measure.number, MeasurePart.kind, MeasurePart.position, MeasurePart.name, PartValue.period_end)
    )  # fmt: skip
    found = []
    for row in rows:
        then = leaving.then(row, changes.get(row.id, ()))
        of = f" | {row.kind}: {row.part}"
        figure = Figure(
            start=row.period_start,
            end=row.period_end,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
        )
        out_of = then.out_of and f"{then.out_of}{of}"
        counts = then.counts and f"{then.counts}{of}"
        counted = Counted(row.part_id, f"{row.name}{of}", out_of, then.unit, figure, counts)
        found.append(PartOf(counted, row.id, row.kind))
    return found
