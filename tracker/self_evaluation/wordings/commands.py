"""Keeping what a statement said: ``self_evaluation.commands`` calls this whenever it changes one."""

from datetime import datetime

from tracker.people.models import Person
from tracker.platform.db import db
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.wordings import queries
from tracker.self_evaluation.wordings.models import Wording
from tracker.self_evaluation.wordings.rules import SITTING, How


def keep(statement: Statement, *, how: How, by: Person | None, at: datetime, agreed_by: Person | None = None) -> None:
    """Keep the statement as it now reads, where it reads otherwise than before.

    What a page saved by itself goes into the wording of the same sitting, until its writer presses the button.
    """
    newest = queries.newest(statement)
    if newest is not None and (newest.title, newest.text) == (statement.title, statement.text):
        _finished(newest, how)
        return
    if newest is not None and _same_sitting(newest, how, by, at):
        newest.title, newest.text, newest.how, newest.saved_at = statement.title, statement.text, how, at
        db.session.flush()
        return
    kept = Wording(
        statement_id=statement.id,
        number=1 if newest is None else newest.number + 1,
        title=statement.title,
        text=statement.text,
        how=how,
        by=by,
        agreed_by=agreed_by,
        began_at=at,
        saved_at=at,
    )
    db.session.add(kept)
    db.session.flush()


def _finished(newest: Wording, how: How) -> None:
    """The button was pressed on what the page had saved by itself already."""
    if newest.how is How.BY_ITSELF and how is How.WRITTEN:
        newest.how = how
        db.session.flush()


def _same_sitting(newest: Wording, how: How, by: Person | None, at: datetime) -> bool:
    return (
        newest.how is How.BY_ITSELF
        and how in (How.BY_ITSELF, How.WRITTEN)
        and newest.by_id == (by and by.id)
        and at - newest.began_at < SITTING
    )
