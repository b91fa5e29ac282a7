"""The migrations make the very tables that the models describe, on both databases, and can be undone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from pydantic import SecretStr
from sqlalchemy import inspect

from tracker.application import create_app
from tracker.platform.db import db
from tracker.settings import PROJECT, Settings

MIGRATIONS = PROJECT / "tracker" / "migrations"


@pytest.fixture
def empty(tmp_path: Path, fresh_database_url: str) -> Flask:
    """An application on a database without a table."""
    return create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=fresh_database_url,
            storage_url=f"file://{tmp_path}",
        )
    )


def test_upgrading_makes_every_table_and_downgrading_removes_them(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []

        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        db.engine.dispose()


def test_the_newest_migration_is_named_so_that_two_newest_ones_clash_in_git() -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    assert (MIGRATIONS / ".current-head").read_text(encoding="utf-8").strip() == script.get_current_head()
