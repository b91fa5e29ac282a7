"""The demonstration in SQLite, loaded once a run and copied for every test that wants it."""

import fcntl
import shutil
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from pydantic import SecretStr

from tracker.application import create_app
from tracker.demonstration import commands
from tracker.platform.db import db
from tracker.settings import PROJECT, Settings

COMPILED = PROJECT / ".pytest_cache" / "templates"


def loaded_in(place: Path) -> Path:
    """``place`` with the demonstration in it, migrated and loaded: the first who asks loads it, the others wait."""
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "loaded").exists():
            _load(place)
            (place / "loaded").touch()
    return place


def copied(demonstration: Path, to: Path) -> Path:
    shutil.copy(demonstration / "tracker.sqlite", to)
    shutil.copytree(demonstration / "files", to / "files")
    return to


def application_in(place: Path, **otherwise: Any) -> Flask:
    """An application on a demonstration that lies in a folder; ``otherwise`` are settings of one's own."""
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=f"sqlite:///{place / 'tracker.sqlite'}",
            storage_url=f"file://{place / 'files'}",
            jobs="inline",
            demonstration=True,
            sign_in_limit="1000 per minute",
            **otherwise,
        )
    )
    keep_compiled_templates(app)
    return app


def keep_compiled_templates(app: Flask) -> None:
    """Templates are compiled once for all the applications that tests make, and again when they change."""
    COMPILED.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))


def _load(place: Path) -> None:
    app = application_in(place)
    with app.app_context():
        upgrade()
        commands.load()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
