"""The database: one typed base class, one session, one rule for committing.

Handlers never commit. A request that changes data (POST, PUT, PATCH, DELETE) and ends below 400
commits once, after its view returns; every other request rolls back.
"""

import enum
import sqlite3
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask import Flask, Response, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from tracker.platform.errors import Refused

CHANGING_METHODS = {"POST", "PUT", "PATCH", "DELETE"}

SQLITE_PRAGMAS = ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 60000")
"""Foreign keys are off by default; WAL lets pages be read while somebody writes; a writer waits a minute for another,
which may be reading several reports."""


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware moment, stored and returned in UTC. A naive value is a programming error."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: use tracker.platform.clock.now()")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Model(DeclarativeBase):
    """Base of every table. Enums are stored by value, moments in UTC, keys are UUIDs."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=False,
            length=60,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }

    __history__: ClassVar[bool] = True
    """Whether ``platform.history`` writes down every change of a row of this table."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, sort_order=-10)


class Versioned:
    """A row that people edit: the second of two people who save the same version is refused, never silently first."""

    version: Mapped[int] = mapped_column(sort_order=90, info={"history": False})

    @declared_attr.directive
    def __mapper_args__(self) -> dict[str, Any]:
        return {"version_id_col": self.version}


# Without hide_parameters a fault in the log would show what somebody typed.
db = SQLAlchemy(metadata=Model.metadata, engine_options={"hide_parameters": True})


def add_first(*rows: Model, otherwise: Refused) -> None:
    """Add rows of which the database holds each to be the only one; of two who do so at once the second is told.

    Raises ``otherwise`` for her, and nothing else that she changed is undone.
    """
    try:
        with db.session.begin_nested():
            db.session.add_all(rows)
    except IntegrityError:
        raise otherwise from None


def commit_changes(app: Flask) -> None:
    """Install the commit rule described at the top of this module."""

    @app.after_request
    def commit_or_roll_back(response: Response) -> Response:
        if request.method in CHANGING_METHODS and response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response


ONLY_READS = "only_reads"
"""An execution option of a connection, outside of a request, that writes nothing."""


@event.listens_for(Engine, "connect")
def prepare_sqlite(connection: DBAPIConnection, record: object) -> None:
    """Set SQLite up, and leave BEGIN to SQLAlchemy, so savepoints work as on PostgreSQL."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """Take SQLite's one write lock at once unless a page is only read.

    A transaction that reads first and writes later cannot wait for another writer: it fails instead.
    """
    if connection.dialect.name == "sqlite":
        reading = has_request_context() and request.method not in CHANGING_METHODS
        only_reads = reading or connection.get_execution_options().get(ONLY_READS, False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
