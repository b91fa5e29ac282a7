"""Restoring a backup into an empty place: all of it or, whatever goes wrong, nothing."""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from flask import current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, insert, inspect, make_url, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from tracker.platform import storage, walls
from tracker.platform.backup import archive, making, sealing
from tracker.platform.backup.archive import ENDED_EARLY, Member
from tracker.platform.backup.rows import Shape
from tracker.platform.backup.sealing import SecretKey
from tracker.platform.db import db
from tracker.platform.errors import Refused

log = structlog.get_logger()

VERSIONS = "alembic_version"
ROWS = re.compile(r"rows/([a-z0-9_]+)/\d+\.jsonl\.gz")
FILE = re.compile(r"files/([0-9a-f]{64})")


@dataclass
class Restored:
    """What came back."""

    made_at: datetime
    migration: str
    rows: int = 0
    files: int = 0
    bytes: int = 0
    lost: Mapping[str, str] = field(default_factory=dict)
    """Files that were missing or damaged already when the backup was made."""


def restore(file: Path, key: SecretKey) -> Restored:
    """Bring back all that a backup holds, and bring it up to date with this version.

    Raises Refused, and leaves the place as empty as it was, when the place is not empty or the backup is not whole.
    """
    _require_empty()
    taken: list[str] = []
    with walls.everywhere(), sealing.opened(file, key) as sealed:
        members = archive.members(sealed.stream)
        about = _about(members)
        with _all_or_nothing(about["migration"], taken):
            with _rows_go_in() as connection:
                received = _Received(connection, about, taken)
                for each in members:
                    received.take(each)
                restored = received.whole()
                sealed.finish()
            upgrade()
    return restored


def _require_empty() -> None:
    with db.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            rows = select(text("1")).select_from(table(name)).limit(1)
            if name != VERSIONS and connection.execute(rows).first() is not None:
                raise Refused(
                    "The database is not empty. A backup is restored into an empty database and an empty store only: "
                    "name others in TRACKER_DATABASE_URL and TRACKER_STORAGE_URL."
                )
    if next(storage.kept(), None) is not None:
        raise Refused(
            "The store of files is not empty. A backup is restored into an empty database and an empty store only: "
            "name another in TRACKER_STORAGE_URL, or empty it if a restore was stopped half way."
        )


def _about(members: Iterator[Member]) -> dict[str, Any]:
    first = next(members, None)
    if first is None or first.name != making.ABOUT:
        raise Refused(ENDED_EARLY if first is None else "This is no backup of an inspection readiness tracker.")
    about: dict[str, Any] = json.loads(first.whole())
    if about["format"] > making.FORMAT or not making.knows(about["migration"]):
        raise Refused(
            f"The backup was made by a newer version of the tracker ({about['product']}, migration "
            f"{about['migration']}). Restore it with that version or a later one."
        )
    return about


@contextmanager
def _all_or_nothing(migration: str, taken: list[str]) -> Iterator[None]:
    """Make the tables as they were when the backup was made; undo everything when what is done inside fails."""
    try:
        if inspect(db.engine).get_table_names():
            downgrade(revision="base")
        upgrade(revision=migration)
        yield
    except SQLAlchemyError as fault:
        _undo(taken)
        said = str(getattr(fault, "orig", None) or fault).splitlines()[0]
        raise Refused(f"The database did not take the backup: {said}. Nothing of it was kept.") from fault
    except BaseException:
        _undo(taken)
        raise


def _undo(taken: list[str]) -> None:
    for sha256 in taken:
        with suppress(FileNotFoundError):  # the one that did not come in
            storage.remove_file(sha256)
    url = make_url(str(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    if url.get_backend_name() == "sqlite":
        db.engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{url.database}{suffix}").unlink(missing_ok=True)
        return
    downgrade(revision="base")
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {VERSIONS}")


@contextmanager
def _rows_go_in() -> Iterator[Connection]:
    """One transaction, in which a row may refer to one of its own table that comes after it."""
    with db.engine.connect() as connection:
        connection.detach()  # what is set on it goes with it
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if lost is not None:
                raise Refused(
                    f"The backup does not hold: a row of {lost[0]} refers to one of {lost[2]} that is missing."
                )
        else:
            referring = _to_their_own_table(connection)
            _alter(connection, referring, "DEFERRABLE INITIALLY DEFERRED")
            yield connection
            connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
            _alter(connection, referring, "NOT DEFERRABLE")
        connection.commit()


def _to_their_own_table(connection: Connection) -> list[tuple[str, str]]:
    asked = text(
        "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid = confrelid AND connamespace = current_schema()::regnamespace"
    )
    return [(name, constraint) for name, constraint in connection.execute(asked)]


def _alter(connection: Connection, constraints: list[tuple[str, str]], how: str) -> None:
    for name, constraint in constraints:
        connection.exec_driver_sql(f"ALTER TABLE {name} ALTER CONSTRAINT {constraint} {how}")


class _Received:
    """What has come out of a backup so far, and whether it is what the backup says of itself at its end."""

    def __init__(self, connection: Connection, about: Mapping[str, Any], taken: list[str]) -> None:
        self.connection, self.taken = connection, taken
        self.shapes = {shape.name: shape for shape in map(Shape.read, about["tables"])}
        self.tables = {name: shape.table() for name, shape in self.shapes.items()}
        self.digests = {name: hashlib.sha256() for name in self.shapes}
        self.rows = dict.fromkeys(self.shapes, 0)
        self.damaged: set[str] = set()
        self.closing: dict[str, Any] | None = None
        self.restored = Restored(datetime.fromisoformat(about["made_at"]), about["migration"])

    def take(self, member: Member) -> None:
        if found := ROWS.fullmatch(member.name):
            self._rows(found[1], member)
        elif found := FILE.fullmatch(member.name):
            self._file(found[1], member)
        elif member.name == making.CLOSING:
            self.closing = json.loads(member.whole())
        else:
            raise Refused(f"The backup holds what no backup holds: {member.name}")

    def _rows(self, name: str, member: Member) -> None:
        try:
            lines = gzip.decompress(member.whole())
        except (OSError, zlib.error):
            raise Refused(sealing.DAMAGED) from None
        self.digests[name].update(lines)
        rows = self.shapes[name].rows(lines)
        self.rows[name] += len(rows)
        self.connection.execute(insert(self.tables[name]), rows)

    def _file(self, sha256: str, member: Member) -> None:
        digest = hashlib.sha256()

        def measured() -> Iterator[bytes]:
            for piece in member.pieces():
                digest.update(piece)
                self.restored.bytes += len(piece)
                yield piece

        self.taken.append(sha256)
        storage.take_in(sha256, measured())
        self.restored.files += 1
        if digest.hexdigest() != sha256:
            storage.remove_file(sha256)
            self.taken.remove(sha256)
            self.damaged.add(sha256)

    def whole(self) -> Restored:
        """Raises Refused unless all that the backup says it holds has come out of it."""
        if self.closing is None:
            raise Refused(ENDED_EARLY)
        tables, files = self.closing["tables"], self.closing["files"]
        came = {name: {"rows": self.rows[name], "sha256": self.digests[name].hexdigest()} for name in self.rows}
        damaged = {sha256 for sha256, why in files["lost"].items() if why == "damaged"}
        if came != tables or self.restored.files != files["count"] or self.damaged != damaged:
            raise Refused(sealing.DAMAGED)
        self.restored.rows, self.restored.lost = sum(self.rows.values()), files["lost"]
        self.restored.files -= len(damaged)
        return self.restored
