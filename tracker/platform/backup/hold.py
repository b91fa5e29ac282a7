"""While a backup is made, no file leaves the store: a row of that moment may still name it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import OperationalError

from tracker.platform import clock
from tracker.platform.db import ONLY_READS, db
from tracker.platform.errors import Refused
from tracker.platform.jobs import TryLater
from tracker.platform.ticks import Tick

NAME = "a backup is being made"
RENEWED_EVERY = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(minutes=3)
"""A backup that was killed holds files for this long. Our choice: six renewals."""

_AT = select(Tick.at).where(Tick.name == NAME)


@contextmanager
def holding() -> Iterator[None]:
    """Keep every file while this lasts.

    Raises Refused when another backup is being made.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # as Flask's documentation says
    with db.engine.connect().execution_options(**{ONLY_READS: True}) as connection:
        already = _recent(connection.scalar(_AT))
    if already:
        raise Refused("Another backup is being made. Wait until it has ended, or three minutes if it was stopped.")
    _write(db.engine)
    stop = threading.Event()
    thread = threading.Thread(target=_renew, args=(app, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        with db.engine.begin() as connection:
            connection.execute(delete(Tick).where(Tick.name == NAME))


def under_way() -> bool:
    """Whether a backup is being made now."""
    return _recent(db.session.scalar(_AT))


def _recent(at: datetime | None) -> bool:
    return at is not None and at > clock.now() - FORGOTTEN_AFTER


def let_it_end() -> None:
    """Called by a task before it takes files out of the store.

    Raises TryLater while a backup is being made.
    """
    if under_way():
        raise TryLater("A backup is being made: files are taken out once it has ended.", at=clock.now() + RENEWED_EVERY)


def _renew(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        while not stop.wait(RENEWED_EVERY.total_seconds()):
            with suppress(OperationalError):  # SQLite lets one write at a time; the next renewal follows
                _write(db.engine)


def _write(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(delete(Tick).where(Tick.name == NAME))
        connection.execute(insert(Tick).values(name=NAME, at=clock.now()))
