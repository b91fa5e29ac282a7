"""Making a backup while people work: every row of one moment, and every file that a row of that moment names."""

import gzip
import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import structlog
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from tracker.platform import clock, storage, storage_check, walls
from tracker.platform.backup import archive, sealing
from tracker.platform.backup.hold import NAME, holding
from tracker.platform.backup.rows import Shape, selected
from tracker.platform.db import ONLY_READS, db
from tracker.platform.errors import Refused
from tracker.platform.readiness import newest_migration
from tracker.platform.ticks import Tick

log = structlog.get_logger()

FORMAT = 1
ABOUT, CLOSING = "about.json", "closing.json"
PRODUCT = "inspection-readiness-tracker"
ROWS_AT_ONCE = 1_000
LARGEST_PART = 1024 * 1024
"""Bytes of rows, before they are pressed, after which another member of the archive is begun."""


@dataclass
class Made:
    """What a backup holds: rows by table, files, their bytes, and in words what is not as it should be."""

    at: datetime
    migration: str
    rows: dict[str, int] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)
    """Of each table's lines, one after another."""
    files: int = 0
    bytes: int = 0
    lost: dict[str, str] = field(default_factory=dict)
    """Files that rows name and that the backup does not hold whole: ``missing`` or ``damaged`` in the store."""

    @property
    def all_rows(self) -> int:
        return sum(self.rows.values())


def knows(migration: str) -> bool:
    """Whether this version of the product has a migration of that name."""
    scripts = ScriptDirectory(str(current_app.extensions["migrate"].directory))
    return any(known.revision == migration for known in scripts.walk_revisions())


def make(to: Path, keys: Sequence[str]) -> Made:
    """Write a backup to a file that must not be there yet, readable by the holders of ``keys``.

    Raises Refused, and leaves no file, when it cannot be made whole.
    """
    if to.exists():
        raise Refused(f"{to} is there already. Give the backup a name of its own.")
    half = to.with_name(f".{to.name}.half")
    try:
        with holding(), _the_moment() as connection:
            made = Made(at=clock.now(), migration=_migration(connection))
            with open(half, "xb", opener=_for_us_alone) as sealed:
                sealing.seal(_archive(connection, made), sealed, keys)
                sealed.flush()
                os.fsync(sealed.fileno())
        half.rename(to)
    except FileExistsError:
        raise Refused(
            f"{half} is there: another backup writes it, or one was stopped. Remove it if none does."
        ) from None
    except OSError as fault:
        half.unlink(missing_ok=True)
        raise Refused(f"The backup could not be written: {fault.strerror}. Nothing was left of it.") from fault
    except DBAPIError as fault:
        half.unlink(missing_ok=True)
        raise Refused(f"The database did not give its rows: {str(fault.orig).splitlines()[0]}") from fault
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return made


def _for_us_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


@contextmanager
def _the_moment() -> Iterator[Connection]:
    """A connection that sees the database as it is now, however long it reads and whatever is saved meanwhile.

    SQLite keeps a reader's moment in its log of writes; PostgreSQL in a transaction that may be repeated, and that is
    for the rows of all authorities.
    """
    with walls.everywhere(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        else:
            connection = connection.execution_options(**{ONLY_READS: True})
        yield connection
        connection.rollback()


def _migration(connection: Connection) -> str:
    found, newest = MigrationContext.configure(connection).get_current_revision(), newest_migration()
    if found != newest:
        at = f"at migration {found}" if found else "empty or not made by migrations"
        raise Refused(f"The database is {at}, and this version of the tracker needs {newest}. Run: tracker migrate")
    return newest


def _archive(connection: Connection, made: Made) -> Iterator[bytes]:
    shapes = [Shape.of(table) for table in db.metadata.sorted_tables]
    about = {
        "format": FORMAT,
        "product": version(PRODUCT),
        "migration": made.migration,
        "made_at": made.at.isoformat(),
        "demonstration": bool(current_app.config["DEMONSTRATION"]),
        "tables": [shape.told() for shape in shapes],
    }
    yield from _json(ABOUT, about, made)
    for table, shape in zip(db.metadata.sorted_tables, shapes, strict=True):
        asked = select(*map(selected, table.columns))
        if table is Tick.__table__:  # whoever restores is making none
            asked = asked.where(Tick.name != NAME)
        yield from _rows(connection.execution_options(yield_per=ROWS_AT_ONCE).execute(asked).partitions(), shape, made)
    named = sorted(storage_check.named_files(connection))
    connection.rollback()  # files are copied without holding the database's moment any longer
    yield from chain.from_iterable(_file(sha256, made) for sha256 in named)
    yield from _json(CLOSING, closing(made), made)
    yield archive.END


def closing(made: Made) -> dict[str, Any]:
    """What the backup says of itself at its end; a restore must come to the same."""
    tables = {name: {"rows": rows, "sha256": made.checksums[name]} for name, rows in made.rows.items()}
    return {"tables": tables, "files": {"count": made.files, "bytes": made.bytes, "lost": made.lost}}


def _json(name: str, told: Mapping[str, Any], made: Made) -> Iterator[bytes]:
    text = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return archive.member(name, len(text), [text], at=int(made.at.timestamp()))


def _rows(partitions: Iterator[Sequence[Sequence[Any]]], shape: Shape, made: Made) -> Iterator[bytes]:
    digest, rows, part, waiting = hashlib.sha256(), 0, 0, b""
    for some in partitions:
        rows += len(some)
        waiting += shape.lines(some)
        if len(waiting) >= LARGEST_PART:
            digest.update(waiting)
            yield from _part(shape.name, part, waiting)
            part, waiting = part + 1, b""
    if waiting:
        digest.update(waiting)
        yield from _part(shape.name, part, waiting)
    made.rows[shape.name], made.checksums[shape.name] = rows, digest.hexdigest()


def _part(table: str, number: int, lines: bytes) -> Iterator[bytes]:
    pressed = gzip.compress(lines, compresslevel=6, mtime=0)
    return archive.member(f"rows/{table}/{number:06}.jsonl.gz", len(pressed), [pressed], at=int(time.time()))


def _file(sha256: str, made: Made) -> Iterator[bytes]:
    found = storage.sized(sha256)
    if found is None:
        made.lost[sha256] = "missing"
        log.warning("file missing from backup", file=sha256)
        return
    digest = hashlib.sha256()

    def measured() -> Iterator[bytes]:
        for piece in found.pieces:
            digest.update(piece)
            yield piece

    yield from archive.member(f"files/{sha256}", found.size, measured(), at=int(time.time()))
    made.files, made.bytes = made.files + 1, made.bytes + found.size
    if digest.hexdigest() != sha256:
        made.lost[sha256] = "damaged"
        log.warning("file damaged in backup", file=sha256)
