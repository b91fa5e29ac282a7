"""The answers to marks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.platform.db import db
from tracker.self_evaluation.marks.models import MarkAnswer
from tracker.self_evaluation.models import Statement

Answers = Mapping[str, MarkAnswer]
"""By the key of the mark."""


def answers(statements: Sequence[Statement]) -> Mapping[UUID, Answers]:
    """By statement, also those whose sentence has changed since: nothing asks for these again."""
    found: dict[UUID, dict[str, MarkAnswer]] = defaultdict(dict)
    rows = db.session.scalars(
        select(MarkAnswer)
        .where(MarkAnswer.statement_id.in_([each.id for each in statements]))
        .options(joinedload(MarkAnswer.by))
    )
    for answer in rows:
        found[answer.statement_id][answer.key] = answer
    return found


def earlier(statement: Statement, keys: Sequence[str]) -> Sequence[MarkAnswer]:
    """Answers that no longer hold, since their words changed or their mark went; newest first."""
    return db.session.scalars(
        select(MarkAnswer)
        .where(MarkAnswer.statement_id == statement.id, MarkAnswer.key.not_in(keys))
        .options(joinedload(MarkAnswer.by))
        .order_by(MarkAnswer.answered_at.desc())
    ).all()
