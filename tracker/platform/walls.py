"""The second wall between authorities: PostgreSQL itself shows a request the rows of its own authority and no other.

The first wall is that every query takes the authority first. Should one forget to, row-level security leaves other
authorities' rows out, and refuses to write any. Each transaction says for whom it is, in the very message that begins
it, so that saying so costs no further round trip and a pooled connection cannot carry it into the next transaction.
SQLite has nothing like it.

A request begins behind the wall and sees no authority at all until it is known who asks; what runs outside of requests
(workers, commands, migrations) is the service itself and sees all.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, has_request_context, request
from sqlalchemy import Connection, Engine, MetaData, PoolProxiedConnection, String, cast, event, func, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from tracker.platform.db import Model, db

log = structlog.get_logger()

SETTING = "tracker.authority"
"""PostgreSQL's name for whose rows a transaction is for: an authority's id, EVERYTHING, or empty for nobody's."""
EVERYTHING, NOTHING = "all", ""
OF_REQUEST = "tracker.scope"
"""In the environment of a request: whose rows it is for."""

SAID = f"current_setting('{SETTING}', true)"
IS_EVERYTHING = f"(SELECT coalesce({SAID}, '') = '{EVERYTHING}')"
ITS_OWN = f"(SELECT nullif(nullif({SAID}, '{EVERYTHING}'), '')::uuid)"
"""Each in a SELECT of its own: PostgreSQL then works it out once in a statement, not for every row."""

NO_AUTHORITY = "'00000000-0000-0000-0000-000000000000'"
"""The chain of history of what belongs to no authority."""
ELSEWHERE = {"history_entry": "chain", "history_head": "id"}
"""Tables that call the authority's id otherwise."""
SEEN_BY_ALL = {"membership", "partner_organisation", "service_area"}
"""Who belongs where, for whom she works and what bounds her is asked before anybody is let in, by the very question
that narrows; changed it is only behind the wall."""

NOT_WALLED = {"search_entry", "invitation"}
"""Behind the wall PostgreSQL would not use an index of words: its match could tell an error of what the wall hides, so
all rows of all authorities would be read at every search. An invitation is found by its secret, by whoever has it."""
OF_NO_AUTHORITY = {
    "authority", "tick", "file_content", "file_preview", "pack_preview_page",
    "person", "person_session", "one_time_link", "provider_account", "code_key", "recovery_code", "sign_in_attempt",
    "passkey", "spent_challenge",
}  # fmt: skip
"""Tables whose rows are nobody's: of the whole service, of a person who may work in several authorities, or found only
by the hash of what they hold. A test wants every table to be behind the wall or named here."""

_said: ContextVar[str | None] = ContextVar("whose rows this is for, if not the request's", default=None)


def scope() -> str:
    """Whose rows the next transaction is for."""
    said = _said.get()
    if said is not None:
        return said
    narrowed: str = request.environ.get(OF_REQUEST, EVERYTHING) if has_request_context() else EVERYTHING
    return narrowed


def begin_request() -> None:
    """From now on this request sees nobody's rows; called before it asks the database anything."""
    request.environ[OF_REQUEST] = NOTHING


def narrows() -> bool:
    """Whether this database has walls, so that the question who asks has to narrow its transaction."""
    return bool(db.session.get_bind().dialect.name == "postgresql")


def narrowing(authority_id: InstrumentedAttribute[UUID]) -> ColumnElement[Any]:
    """A column for the question who asks: answering it narrows this transaction to that row's authority."""
    return func.set_config(SETTING, func.coalesce(cast(authority_id, String), NOTHING), True)


def keep_within(authority_id: UUID) -> None:
    """The rest of this request is for that authority, whose id the transaction under way has been told already."""
    request.environ[OF_REQUEST] = str(authority_id)


@contextmanager
def everywhere() -> Iterator[None]:
    """What is done inside is the service's own business, and sees every authority: what a secret address leads to."""
    with _within(EVERYTHING):
        yield


@contextmanager
def inside(authority_id: UUID) -> Iterator[None]:
    """What is done inside is for one authority."""
    with _within(str(authority_id)):
        yield


@contextmanager
def _within(wanted: str) -> Iterator[None]:
    token = _said.set(wanted)
    try:
        _tell_session()
        yield
        db.session.flush()
    finally:
        _said.reset(token)
        with suppress(DBAPIError):  # a transaction that failed hears nothing more, and says nothing either
            _tell_session()


def _tell_session() -> None:
    """Tell the transaction under way, if there is one; the next is told as it begins."""
    session = db.session()
    if session.in_transaction() and session.is_active:
        _tell(session.connection())


def _tell(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config(:name, :value, true)"), {"name": SETTING, "value": scope()})


def init_walls(app: Flask) -> None:
    """Let every transaction on PostgreSQL begin by saying whose rows it is for."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _leave_begin_to_us)
        engine.dialect.do_begin = _begin  # type: ignore[method-assign]  # its errors are SQLAlchemy’s own then


def _leave_begin_to_us(connection: DBAPIConnection, record: object) -> None:
    connection.autocommit = True


def _begin(dbapi_connection: PoolProxiedConnection) -> None:
    # One message, and never prepared: PostgreSQL prepares no two statements at once. What is said is an id or a word.
    # Where a transaction asked for an isolation of its own, psycopg begins it.
    driver: Any = dbapi_connection.dbapi_connection
    begin = "BEGIN; " if driver.autocommit else ""
    driver.execute(f"{begin}SET LOCAL {SETTING} = '{scope()}'", prepare=False)


@event.listens_for(db.session, "after_begin")
def _join(session: Session, transaction: object, connection: Connection) -> None:
    """A session that joins a transaction begun by others, as in tests, tells it whose rows come next."""
    if connection.in_nested_transaction():
        _tell(connection)


UNWALLED = text("""
    SELECT c.relname, NOT a.attnotnull
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND NOT c.relrowsecurity
      AND (a.attname = 'authority_id' OR a.attname = 'chain' AND c.relname = 'history_entry'
           OR a.attname = 'id' AND c.relname = 'history_head')
""")
PARTS_OF_WALLED = text("""
    SELECT DISTINCT ON (part.relname) part.relname, said.attname, whole.relname
    FROM pg_constraint k
      JOIN pg_class part ON part.oid = k.conrelid
      JOIN pg_class whole ON whole.oid = k.confrelid
      JOIN pg_attribute said ON said.attrelid = part.oid AND said.attnum = k.conkey[1]
      JOIN pg_attribute key ON key.attrelid = whole.oid AND key.attnum = k.confkey[1]
    WHERE part.relnamespace = current_schema()::regnamespace AND k.contype = 'f' AND cardinality(k.conkey) = 1
      AND said.attnotnull AND key.attname = 'id' AND NOT part.relrowsecurity AND whole.relrowsecurity
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = whole.oid AND p.polname = 'seen_by_all')
    ORDER BY part.relname, said.attname
""")
"""What must belong to something behind the wall and is in front of it: by the first column that says to what."""
WALLED = text("""
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relforcerowsecurity
""")


def raise_walls(connection: Connection) -> None:
    """Put every table that says whose its rows are behind the wall, and all that is a part of such a row; those that
    are there stay."""
    if connection.dialect.name != "postgresql":
        return
    for table, may_be_nobodys in connection.execute(UNWALLED).all():
        if table not in NOT_WALLED:
            _raise(connection, table, _is_its_own(table, may_be_nobodys=may_be_nobodys))
    while parts := [each for each in connection.execute(PARTS_OF_WALLED).all() if each[0] not in NOT_WALLED]:
        for part, column, whole in parts:
            _raise(connection, part, f'EXISTS (SELECT FROM "{whole}" whole WHERE whole.id = "{part}"."{column}")')


def take_down(connection: Connection) -> None:
    """Undo ``raise_walls``."""
    for table in walled(connection):
        for policy in ("wall", "seen_by_all"):
            connection.exec_driver_sql(f'DROP POLICY IF EXISTS {policy} ON "{table}"')
        connection.exec_driver_sql(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY')


def walled(connection: Connection) -> set[str]:
    """Tables behind the wall, for their owner too."""
    return set(connection.scalars(WALLED)) if connection.dialect.name == "postgresql" else set()


def _is_its_own(table: str, *, may_be_nobodys: bool) -> str:
    whose = ELSEWHERE.get(table, "authority_id")
    nobodys = f" OR {whose} IS NULL" if may_be_nobodys else ""
    nobodys += f" OR {whose} = {NO_AUTHORITY}" if table in ELSEWHERE else ""
    return f"{whose} = {ITS_OWN}{nobodys}"


def _raise(connection: Connection, table: str, is_its_own: str) -> None:
    # FORCE: the service owns its tables, and owners would not be held by it.
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'CREATE POLICY wall ON "{table}" USING ({IS_EVERYTHING} OR {is_its_own})')
    if table in SEEN_BY_ALL:
        connection.exec_driver_sql(f'CREATE POLICY seen_by_all ON "{table}" FOR SELECT USING (true)')


@event.listens_for(Model.metadata, "after_create")
def _raise_with_tables(metadata: MetaData, connection: Connection, **rest: object) -> None:
    raise_walls(connection)


def is_bypassed(engine: Engine) -> bool:
    """Whether the role that we connect as is one that PostgreSQL does not hold back: a superuser, or BYPASSRLS."""
    if engine.dialect.name != "postgresql":
        return False
    asked = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    with engine.connect() as connection:
        return bool(connection.scalar(asked))


def warn_if_bypassed() -> None:
    """Say in the log where the wall stops nobody; a database that does not answer yet is asked nothing."""
    with suppress(OperationalError):
        bypassed = is_bypassed(db.engine)
        db.engine.dispose()
        if not bypassed:
            return
        log.warning(
            "PostgreSQL holds nothing back from this role: row-level security does not keep authorities apart. "
            "Connect as a role that is no superuser and has no BYPASSRLS."
        )
