"""Taking a turn to write, and leaving it."""

from datetime import datetime

from sqlalchemy import delete, select

from tracker.people.models import Person
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.turns import queries, rules
from tracker.self_evaluation.turns.models import WritingTurn


def take(statement: Statement, *, by: Person, at: datetime) -> WritingTurn:
    """Write in a statement from now on, or go on writing. Raises Refused while somebody else writes in it."""
    history.take_turn(db.session.connection(), statement.authority_id)  # of two who press at once, one comes first
    refuse_while_another_writes(statement, by=by, at=at)
    turn = db.session.scalars(
        select(WritingTurn).where(WritingTurn.statement_id == statement.id).execution_options(populate_existing=True)
    ).one_or_none()
    if turn is None:
        turn = WritingTurn(statement_id=statement.id)
        db.session.add(turn)
    if turn.person_id != by.id or turn.until <= at:
        turn.since = at
    turn.person_id, turn.until = by.id, at + rules.LASTS
    db.session.flush()
    return turn


def leave(statement: Statement, *, by: Person) -> None:
    """Let others write; nothing where she was not writing."""
    mine = (WritingTurn.statement_id == statement.id, WritingTurn.person_id == by.id)
    db.session.execute(delete(WritingTurn).where(*mine))


def refuse_while_another_writes(statement: Statement, *, by: Person, at: datetime) -> None:
    turn = queries.of_another(statement, by, at)
    if turn is not None:
        raise Refused(
            f"{turn.person.name} has been writing in {statement.reference} since {_time(turn.since)}. You can write in "
            f"it once that is saved, or from {_time(turn.until)} on if nothing more is written. Meanwhile you can "
            "suggest changes."
        )


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(clock.LONDON):%H:%M}"
