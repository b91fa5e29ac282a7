"""Who is writing what, now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.people.models import Person
from tracker.platform.db import db
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.turns.models import WritingTurn


def at(statements: Sequence[Statement], now: datetime) -> Mapping[UUID, WritingTurn]:
    """The turns that have not run out, by statement."""
    found = db.session.scalars(
        select(WritingTurn)
        .where(WritingTurn.statement_id.in_([each.id for each in statements]), WritingTurn.until > now)
        .options(joinedload(WritingTurn.person))
    )
    return {turn.statement_id: turn for turn in found}


def of_another(statement: Statement, person: Person, now: datetime) -> WritingTurn | None:
    """The turn of somebody else who is writing in it now."""
    turn = at([statement], now).get(statement.id)
    return turn if turn is not None and turn.person_id != person.id else None
