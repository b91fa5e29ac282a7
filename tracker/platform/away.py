"""The database is away: telling that from a fault of ours, and leaving connections that it cut off.

Whoever asks meanwhile is told to come again, and the first who asks once it is back is answered.
"""

import select
import sqlite3
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

COME_AGAIN = 15
"""Seconds after which to ask again, as a page says it to browsers. Our choice: a restart takes about as long."""
NO_ANSWER = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN})
"""What SQLite says where another process holds its file for longer than anybody waits, or the disk is not there."""
STOPPING = frozenset({"57P01", "57P02", "57P03", "53300"})
"""What PostgreSQL says while it stops or starts, and when it has no connection left to give. Source: its manual,
appendix A."""
CONNECTION = "08"
"""The class of its errors about connections."""


def is_away(fault: BaseException | None) -> bool:
    """Whether this happened because the database does not answer, and not because of what it was asked."""
    if isinstance(fault, NoneFree):
        return True
    if not isinstance(fault, DBAPIError):
        return False
    return fault.connection_invalidated or (
        isinstance(fault, OperationalError | InterfaceError) and _says_so(fault.orig)
    )


def _says_so(said: Any) -> bool:
    sqlite = getattr(said, "sqlite_errorcode", None)
    if sqlite is not None:
        return sqlite & 0xFF in NO_ANSWER  # the higher bits only say more of it
    state = getattr(said, "sqlstate", None)  # where nobody answered there is none
    return state is None or state in STOPPING or state.startswith(CONNECTION)


@event.listens_for(Engine, "checkout")
def leave_what_was_cut_off(connection: Any, record: object, proxy: object) -> None:
    """A connection that its server ended while nobody used it, such as at a restart, is not used again, nor are those
    beside it. It asks the operating system and not the server, so that no page waits for it."""
    server = getattr(connection, "pgconn", None)
    if server is not None and _was_cut_off(server):
        raise InvalidatePoolError


def _was_cut_off(server: Any) -> bool:
    from psycopg import OperationalError as CutOff  # its own, loaded where it is used

    says = select.poll()
    says.register(server.socket, select.POLLIN)
    while says.poll(0):  # a server says nothing unasked, but for a notice now and then
        try:
            server.consume_input()
        except CutOff:
            return True
    return False
