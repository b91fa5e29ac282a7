"""What an operator can set: read from files too, told without secrets, and documented as it is."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tracker import described
from tracker.settings import Settings

pytestmark = pytest.mark.any_database


def settings(**said: Any) -> Settings:
    return Settings(_env_file=None, **({"secret_key": SecretStr("a key for tests only")} | said))


def test_the_table_of_the_documentation_and_the_example_are_as_the_settings_are() -> None:
    assert described.is_current(described.TABLE, described.table()), "tracker settings --markdown > docs/settings.md"
    assert described.is_current(described.EXAMPLE, described.example()), "tracker settings --example > .env.example"


def test_every_setting_says_what_it_does() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_can_be_used_as_it_is_once_it_has_a_key(tmp_path: Path) -> None:
    every = (
        described.example().replace("# TRACKER_", "TRACKER_").replace("SECRET_KEY=", "SECRET_KEY=0123456789abcdef", 1)
    )
    (tmp_path / "env").write_text(every, encoding="utf-8")

    read = Settings(_env_file=tmp_path / "env")

    assert read.smtp_port == 587


def test_secrets_are_read_from_files_and_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tracker_secret_key").write_text("a key from a file, once\n", encoding="utf-8")
    (tmp_path / "tracker_database_url").write_text("postgresql+psycopg://tracker:p@db/tracker\n", encoding="utf-8")
    monkeypatch.delenv("TRACKER_SECRET_KEY", raising=False)
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("TRACKER_SETTINGS_IN", str(tmp_path / "nowhere"))

    read = Settings(_env_file=None)
    assert read.secret_key.get_secret_value() == "a key from a file, once"
    assert read.database_url == "postgresql+psycopg://tracker:p@db/tracker"

    monkeypatch.setenv("TRACKER_DATABASE_URL", "sqlite:////tmp/other.sqlite")
    assert Settings(_env_file=None).database_url == "sqlite:////tmp/other.sqlite"


def test_what_is_set_is_told_without_passwords() -> None:
    told = described.effective(
        settings(
            database_url="postgresql+psycopg://tracker:hunter2@db/tracker",
            smtp_password=SecretStr("hunter2"),
            ready_token=SecretStr("hunter2"),
            storage_url="s3://key:hunter2@bucket/files",
        )
    )

    assert "hunter2" not in str(told)
    assert "a key for tests only" not in str(told)
    assert ("TRACKER_DATABASE_URL", "postgresql+psycopg://tracker:***@db/tracker") in told
    assert ("TRACKER_SMTP_PASSWORD", described.HIDDEN) in told


def test_what_is_dangerous_is_said_and_nothing_of_what_is_not() -> None:
    said = " ".join(described.dangers(settings(demonstration=True, csrf_enabled=False)))
    assert all(f"TRACKER_{name}" in said for name in ("DEMONSTRATION=true", "HTTPS=false", "CSRF_ENABLED=false"))

    public = "https://tracker.example.gov.uk"
    safe = settings(https=True, backup_keys="age1", clamd="tcp://127.0.0.1:3310", public_address=public)
    assert described.dangers(safe) == []
