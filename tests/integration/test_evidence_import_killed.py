"""A worker that is killed while many files come in leaves nothing half, and the next one does nothing twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import current_app
from pydantic import SecretStr
from sqlalchemy import func, select, update

from tests import given
from tests.given_imports import a_pdf, a_row, a_zip
from tracker.application import create_app
from tracker.evidence import commands as evidence
from tracker.evidence.importing import commands
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.importing.rules import LookedThrough
from tracker.evidence.models import Evidence
from tracker.platform import clock, jobs, storage_check
from tracker.platform.db import db
from tracker.settings import PROJECT, Settings

FILES = 6


def settings(folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        secret_key=SecretStr("a key for tests only"),
        database_url=f"sqlite:///{folder / 'tracker.sqlite'}",
        storage_url=f"file://{folder / 'files'}",
    )


def work_and_die(folder: Path, rows: int) -> None:
    """A worker that is gone, as by SIGKILL, once so many rows are added."""
    app, add, added = create_app(settings(folder)), evidence.add_with_kept_file, 0

    def add_or_die(*about: object, **told: object) -> Evidence:
        nonlocal added
        if added == rows:
            os._exit(9)
        added += 1
        return add(*about, **told)  # type: ignore[arg-type]  # handed on as they come

    evidence.add_with_kept_file = add_or_die
    jobs.work(app, until_idle=True)


@pytest.mark.parametrize("rows", [0, 3])
def test_a_worker_killed_half_way_leaves_nothing_and_the_next_adds_each_file_once(tmp_path: Path, rows: int) -> None:
    app = create_app(settings(tmp_path))
    with app.app_context():
        db.create_all()
        imported_id = _confirmed()
    script = f"from {__name__} import *; work_and_die(Path({str(tmp_path)!r}), {rows})"
    killed = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=False, timeout=100)

    with app.app_context():
        assert killed.returncode == 9
        assert _count() == 0
        db.session.execute(update(jobs.Job).values(heartbeat_at=clock.now() - 2 * jobs.LOST_AFTER))
        db.session.commit()
    jobs.work(app, until_idle=True)

    with app.app_context():
        assert db.session.get_one(EvidenceImport, imported_id).taken == FILES
        assert _count() == FILES
        assert storage_check.check().lost == []
        db.session.remove()
        db.engine.dispose()


def _confirmed() -> object:
    """An import that a person has confirmed, and that waits for its worker."""
    brent = given.an_authority(slug="brent", name="Brent")
    files = {f"{number}.pdf": a_pdf(number) for number in range(FILES)}
    imported = commands.bring_in(
        brent, a_zip(files, manifest=[a_row(file=name, title=name) for name in files]), file_name="a.zip",
        manifest=None, largest=2**20, by=given.a_person(authority=brent), at=clock.now(),
    )  # fmt: skip
    commands.choose_columns(imported, chosen=imported.columns)
    imported_id = imported.id
    db.session.commit()
    jobs.work(current_app._get_current_object(), until_idle=True)  # type: ignore[attr-defined]  # the application itself, not its stand-in
    imported = db.session.get_one(EvidenceImport, imported_id)
    assert imported.looked is not None
    commands.confirm(imported, digest=LookedThrough.from_kept(imported.looked).digest)
    db.session.commit()
    return imported_id


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Evidence)) or 0
