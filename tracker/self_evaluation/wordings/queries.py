"""Questions about the wordings of a statement."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.platform.db import db
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.wordings.models import Wording


def newest(statement: Statement) -> Wording | None:
    return db.session.scalars(
        select(Wording).where(Wording.statement_id == statement.id).order_by(Wording.number.desc()).limit(1)
    ).first()


def of(statement: Statement) -> Sequence[Wording]:
    """Every wording with whose it is, newest first."""
    return db.session.scalars(
        select(Wording)
        .where(Wording.statement_id == statement.id)
        .options(joinedload(Wording.by), joinedload(Wording.agreed_by))
        .order_by(Wording.number.desc())
    ).all()


def one(statement: Statement, number: int) -> Wording | None:
    return db.session.scalars(
        select(Wording).where(Wording.statement_id == statement.id, Wording.number == number)
    ).one_or_none()


def writers(statement: Statement) -> set[UUID]:
    """Everybody whose words any wording of this statement holds."""
    return set(
        db.session.scalars(
            select(Wording.by_id).where(Wording.statement_id == statement.id, Wording.by_id.is_not(None))
        )
    )
