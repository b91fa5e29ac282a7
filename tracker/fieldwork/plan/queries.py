"""What usually happens on a kind of visit in an authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.fieldwork.plan import rules
from tracker.fieldwork.plan.models import PlanLine
from tracker.fieldwork.plan.rules import Line
from tracker.frameworks import queries as frameworks
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Shown:
    """A line as its page shows it; ``row`` is none while it is the file's."""

    line: Line
    row: PlanLine | None = None

    @property
    def taken_out(self) -> bool:
        return self.row is not None and self.row.taken_out


def rows(authority: Authority, framework_id: str, activity: str) -> Sequence[PlanLine]:
    """The authority's own lines, in order; empty while the file's hold."""
    return db.session.scalars(
        select(PlanLine)
        .where(
            PlanLine.authority_id == authority.id,
            PlanLine.framework_id == framework_id,
            PlanLine.activity == activity,
        )
        .options(joinedload(PlanLine.owner))
        .order_by(PlanLine.position, PlanLine.code)
    ).all()


def shown(authority: Authority, framework_id: str, activity: str) -> Sequence[Shown]:
    """Every line, those that were taken out among them."""
    own = rows(authority, framework_id, activity)
    if own:
        return [Shown(row.line, row) for row in own]
    plan = frameworks.library().framework(framework_id).fieldwork_plan(activity)
    return [Shown(line) for line in rules.of_file(plan)] if plan else []


def lines(authority: Authority, framework_id: str, activity: str) -> Sequence[Line]:
    """What an inspection that begins now is made of."""
    return [one.line for one in shown(authority, framework_id, activity) if not one.taken_out]


def row(authority: Authority, row_id: UUID) -> PlanLine | None:
    return db.session.scalars(
        select(PlanLine).where(PlanLine.authority_id == authority.id, PlanLine.id == row_id)
    ).one_or_none()
