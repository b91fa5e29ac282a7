"""Bounds the number of statements that a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")


@contextmanager
def at_most(bound: int) -> Iterator[list[str]]:
    """Fail when what happens inside sends more than ``bound`` statements; gives the statements."""
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
