"""Whether the service can serve, check by check, in words: what does not hold and what to do about it. No secrets."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from tracker.platform import clock, storage, ticks
from tracker.platform.db import ONLY_READS, db
from tracker.platform.errors import Refused
from tracker.platform.jobs import LOST_AFTER, Job, JobState

SEEN_WITHIN = timedelta(minutes=2)
"""How lately a worker must have been heard of. Our choice: four times as long as a worker is silent."""
LEAST_ROOM = 1024 * 1024 * 1024
"""Bytes that have to be free where anything is written. Our choice."""


@dataclass(frozen=True)
class Check:
    """One thing that has to hold. Without a ``needed`` one no page can be served; without another, something waits."""

    name: str
    holds: bool
    says: str
    do: str = ""
    needed: bool = True


def checks() -> Sequence[Check]:
    """Every check, the ones that others rest on first; what cannot be asked without the database is left out then."""
    try:
        with db.engine.connect().execution_options(**{ONLY_READS: True}) as connection:
            connection.execute(text("SELECT 1"))
            asked = [Check("database", True, "answers"), _migrations(connection), _workers(connection)]
            connection.rollback()
    except SQLAlchemyError as fault:
        do = "Start it, or correct TRACKER_DATABASE_URL."
        asked = [Check("database", False, f"does not answer ({type(fault).__name__})", do)]
    return [*asked, _store(), _room()]


def is_ready(found: Sequence[Check]) -> bool:
    return all(check.holds for check in found if check.needed)


def status(found: Sequence[Check]) -> str:
    """``ready``, ``not ready``, or ``ready, but``: pages are served, and something behind them waits."""
    if not is_ready(found):
        return "not ready"
    return "ready" if all(check.holds for check in found) else "ready, but"


def newest_migration() -> str:
    """The newest that this version of the product knows; read once."""
    kept: dict[str, str] = current_app.extensions.setdefault("newest_migration", {})
    if not kept:
        scripts = ScriptDirectory(str(current_app.extensions["migrate"].directory))
        kept["head"] = str(scripts.get_current_head())
    return kept["head"]


def _migrations(connection: Connection) -> Check:
    at, newest = MigrationContext.configure(connection).get_current_revision(), newest_migration()
    if at == newest:
        return Check("migrations", True, f"at {newest}")
    return Check("migrations", False, f"at {at or 'none'}, this version needs {newest}", "Run: tracker migrate")


def _workers(connection: Connection) -> Check:
    if current_app.config["JOBS"] == "inline":
        return Check("workers", True, "none needed: work is done at once", needed=False)
    seen = [ticks.worker_seen(connection), connection.scalar(_BEAT)]
    last = max((at for at in seen if at is not None), default=None)
    if last is not None and last > clock.now() - max(SEEN_WITHIN, LOST_AFTER):
        return Check("workers", True, f"last heard of {_ago(last)}", needed=False)
    says = "none was ever heard of" if last is None else f"last heard of {_ago(last)}"
    return Check("workers", False, says, "Start one: tracker work, or tracker serve, which brings one.", needed=False)


_BEAT = select(func.max(Job.heartbeat_at)).where(Job.state == JobState.RUNNING)


def _ago(at: datetime) -> str:
    seconds = int((clock.now() - at).total_seconds())
    return f"{seconds} seconds ago" if seconds < 120 else f"at {at:%Y-%m-%d %H:%M} UTC"


def _store() -> Check:
    try:
        storage.try_out()
    except Refused:
        do = "Look whether the folder or bucket of TRACKER_STORAGE_URL is there, has room and lets the service write."
        return Check("files", False, "the store cannot be written to", do)
    return Check("files", True, "the store can be written to")


def _room() -> Check:
    short = sorted({str(folder) for folder in _folders() if shutil.disk_usage(folder).free < _least()})
    if short:
        says = f"less than {_least() // 1024**2:,} MB free in {' and '.join(short)}"
        return Check("disk", False, says, "Make room there, or give it a larger disk.", needed=False)
    return Check("disk", True, f"{_least() // 1024**2:,} MB or more free wherever something is written", needed=False)


def _least() -> int:
    """Two of the largest uploads, as one of them is written twice."""
    return max(LEAST_ROOM, 2 * int(current_app.config["LARGEST_UPLOAD"]))


def _folders() -> Sequence[Path]:
    """Where this machine writes: uploads, a database in a file, files in a folder."""
    url = make_url(str(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    places = [Path(tempfile.gettempdir())]
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        places.append(Path(url.database).parent)
    if (folder := storage.folder()) is not None:
        places.append(folder)
    return [place for place in places if place.exists()]
