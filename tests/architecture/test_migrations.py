"""The migrations make the very tables that the models describe, on both databases, and can be undone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from pydantic import SecretStr
from sqlalchemy import Engine, inspect, text

from tracker.application import create_app
from tracker.platform.db import db
from tracker.platform.full_text import is_index_of_words
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
            context = MigrationContext.configure(
                connection,
                opts={"compare_type": True, "include_object": lambda thing, name, *rest: not is_index_of_words(name)},
            )
            assert compare_metadata(context, db.metadata) == []

        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        db.engine.dispose()


def test_what_a_database_keeps_beside_its_tables_is_the_same_by_migration_and_from_the_models(
    empty: Flask, app: Flask
) -> None:
    with app.app_context():
        from_models = beside_the_tables(db.engine)
    with empty.app_context():
        upgrade()
        assert beside_the_tables(db.engine) == from_models
        db.engine.dispose()
    assert any("action_update" in name for name in from_models)


def beside_the_tables(engine: Engine) -> set[str]:
    """Names of triggers and of columns that no model declares."""
    asked = {
        "sqlite": "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master "
        "WHERE type = 'trigger' OR sql LIKE '%VIRTUAL%'",
        "postgresql": "SELECT tgname || ' ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT column_name FROM information_schema.columns WHERE is_generated = 'ALWAYS'",
    }
    with engine.connect() as connection:
        return {" ".join(name.split()) for name in connection.scalars(text(asked[engine.dialect.name]))}


def test_the_newest_migration_is_named_so_that_two_newest_ones_clash_in_git() -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    assert (MIGRATIONS / ".current-head").read_text(encoding="utf-8").strip() == script.get_current_head()
