"""What workers do from time to time, each by whichever worker is the first to see that it is time.

``app.extensions["ticks"]`` says what: a name, how often, and the function as ``module:function``.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from flask import current_app
from sqlalchemy import Connection, CursorResult, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from tracker.platform import clock
from tracker.platform.db import Model, db

log = structlog.get_logger()

LOOK_EVERY = 30.0
"""Seconds between two looks of one worker at the database, so that idle ones do not wear it out. Our choice."""


@dataclass(frozen=True)
class Every:
    """How often a function is called, whichever worker calls it."""

    interval: timedelta
    function: str


class Tick(Model):
    """When something was last begun."""

    __tablename__ = "tick"
    __history__ = False

    name: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]


WORKER = "a worker is at work"


def say_alive() -> None:
    """Write down that a worker is there, if this one has not done so lately. The session must hold nothing unsaved."""
    now, said = time.monotonic(), current_app.extensions.get("alive_said_at", float("-inf"))
    if now - said < LOOK_EVERY:
        return
    current_app.extensions["alive_said_at"] = now
    # SQLite lets one write at a time, and of two first workers one is first: whoever comes later says it next time.
    with suppress(OperationalError, IntegrityError):
        told = update(Tick).where(Tick.name == WORKER).values(at=clock.now())
        if cast("CursorResult[Any]", db.session.execute(told)).rowcount == 0:
            db.session.add(Tick(name=WORKER, at=clock.now()))
        db.session.commit()
        return
    db.session.rollback()


def worker_seen(connection: Connection) -> datetime | None:
    """When any worker last said that it is there."""
    return connection.scalar(select(Tick.at).where(Tick.name == WORKER))


def do_due(resolve: Callable[[str], Callable[[Mapping[str, Any]], object]]) -> None:
    """Do what it is time for. A fault is logged, and the function is called again when it is next due."""
    kept: dict[str, Every] = current_app.extensions.get("ticks", {})
    if not kept or not _may_look():
        return
    for name, each in kept.items():
        if _take_turn(name, each.interval):
            try:
                resolve(each.function)({})
                db.session.commit()
            except Exception:
                db.session.rollback()
                log.exception("tick failed", tick=name)


def _may_look() -> bool:
    now, looked = time.monotonic(), current_app.extensions.get("ticks_looked_at", float("-inf"))
    if now - looked < LOOK_EVERY:
        return False
    current_app.extensions["ticks_looked_at"] = now
    return True


def _take_turn(name: str, interval: timedelta) -> bool:
    """Whether it is time and this worker was the first: of two, one alone changes the row."""
    tick = db.session.scalars(select(Tick).where(Tick.name == name)).one_or_none()
    if tick is None:
        return _begin(name)
    now = clock.now()
    if tick.at > now - interval:
        db.session.rollback()
        return False
    taken = db.session.execute(update(Tick).where(Tick.id == tick.id, Tick.at == tick.at).values(at=now))
    db.session.commit()
    return cast("CursorResult[Any]", taken).rowcount == 1


def _begin(name: str) -> bool:
    try:
        db.session.add(Tick(name=name, at=clock.now()))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True
