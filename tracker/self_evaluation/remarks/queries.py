"""Questions about what colleagues said of statements."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.platform.db import db
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks.models import Remark
from tracker.self_evaluation.remarks.rules import RemarkState


def of(statement: Statement) -> Sequence[Remark]:
    """Everything that was said of it, in the order of the text, what is about all of it last."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.statement_id == statement.id)
        .options(joinedload(Remark.by), joinedload(Remark.settled_by))
        .order_by(Remark.about == "", Remark.place, Remark.made_at, Remark.id)
    ).all()


def one(statement: Statement, remark_id: UUID) -> Remark | None:
    return db.session.scalars(
        select(Remark).where(Remark.statement_id == statement.id, Remark.id == remark_id)
    ).one_or_none()


def open_counts(statements: Sequence[Statement]) -> Mapping[UUID, int]:
    """How many wait to be settled, by statement; one that has none is left out."""
    rows = db.session.execute(
        select(Remark.statement_id, func.count().label("waiting"))
        .where(Remark.statement_id.in_([each.id for each in statements]), Remark.state == RemarkState.OPEN)
        .group_by(Remark.statement_id)
    )
    return {row.statement_id: row.waiting for row in rows}


def count_open(statement: Statement) -> int:
    return open_counts([statement]).get(statement.id, 0)
