"""Bounds the number of statements that a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import has_app_context
from sqlalchemy import Engine, event

from tracker.platform.db import db
from tracker.search import indexing

NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA", "SELECT set_config")
"""The last is said within BEGIN, but for tests, whose transaction has begun already."""


@contextmanager
def at_most(bound: int) -> Iterator[list[str]]:
    """Fail when what happens inside sends more than ``bound`` statements; gives the statements.

    What the test was given is written down first: the index of its words is not counted.
    """
    if has_app_context():
        db.session.flush()
        indexing.settle()
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(NOT_COUNTED):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(sent) <= bound, f"{len(sent)} statements, at most {bound} are allowed:\n" + "\n".join(sent)
