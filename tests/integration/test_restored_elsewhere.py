"""A backup brought back beside another secret key, and the script that makes the database of the compose file."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pyotp
import pytest
from click.testing import CliRunner, Result

from benchmarks.services import Postgresql
from tests import given
from tests.given_backups import a_place, make_tables
from tests.real_server import settings_in
from tracker import cli
from tracker.people.codes import commands as codes
from tracker.people.codes import queries
from tracker.people.models import Person
from tracker.people.passkeys import commands as passkeys
from tracker.people.passkeys import queries as passkey_queries
from tracker.people.passkeys.ceremony import Made
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.backup import making
from tracker.platform.db import db
from tracker.settings import PROJECT

pytestmark = [pytest.mark.any_database, pytest.mark.timeout(600)]

OLD, NEW = "a key for tests only", "another key for tests only"


@pytest.fixture
def backup(tmp_path: Path) -> tuple[Path, Path]:
    """A backup in which somebody has one-time codes and a passkey, made beside OLD, and the file of its key."""
    public, key_file = _a_key(tmp_path)
    with a_place(tmp_path / "first") as first, first.app_context():
        make_tables()
        person = given.a_person(name="Amina Yusuf", email="amina@example.org", role=Role.QA_OFFICER)
        codes.begin(person)
        key = queries.key(person)
        assert key is not None
        codes.confirm(key, pyotp.TOTP(codes.opened(key)).at(clock.now()), at=clock.now())
        passkeys.add(person, Made("AAAA", "BBBB", 7), name="My work laptop", at=clock.now())
        db.session.commit()
        making.make(tmp_path / "backup", [public])
    return tmp_path / "backup", key_file


def _a_key(folder: Path) -> tuple[str, Path]:
    made = CliRunner().invoke(cli.tracker, ["backup", "key", str(folder / "key"), "--no-passphrase"])
    assert made.exit_code == 0, made.output
    return made.output.split("TRACKER_BACKUP_KEYS=")[1].split()[0], folder / "key"


def restored(backup: tuple[Path, Path], place: Path, monkeypatch: pytest.MonkeyPatch, **settings: str) -> Result:
    place.mkdir()
    for name, value in (settings_in(place) | settings).items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(cli.tracker, ["restore", str(backup[0]), "--key", str(backup[1])])


def test_codes_and_passkeys_of_a_backup_hold_beside_another_secret_key(
    backup: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = {"TRACKER_SECRET_KEY": NEW, "TRACKER_SECRET_KEY_FALLBACKS": OLD}
    done = restored(backup, tmp_path / "other", monkeypatch, **both)

    assert done.exit_code == 0, done.output
    assert "1 key of one-time codes encrypted anew" in done.output
    with a_place(tmp_path / "other") as other, other.app_context():
        other.config["SECRET_KEY"] = NEW  # alone
        person = db.session.query(Person).filter_by(email="amina@example.org").one()
        key = queries.key(person)
        assert key is not None
        assert len(codes.opened(key)) == 32
        assert [(one.credential_id, one.public_key, one.sign_count) for one in passkey_queries.of(person)] == [
            ("AAAA", "BBBB", 7)
        ]


def test_codes_that_no_key_opens_are_counted_and_the_rest_is_restored(
    backup: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = restored(backup, tmp_path / "other", monkeypatch, TRACKER_SECRET_KEY=NEW)

    assert done.exit_code == 0, done.output
    assert "1 key of one-time codes cannot be read with this TRACKER_SECRET_KEY" in done.output


@pytest.fixture
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgresql]:
    folder = tmp_path_factory.mktemp("p")
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)  # PostgreSQL runs as somebody else, and comes by here
    postgresql = Postgresql(folder)
    postgresql._say("dropdb", "-h", str(postgresql.place), "-U", "postgres", "tracker")
    postgresql._say("dropuser", "-h", str(postgresql.place), "-U", "postgres", "tracker")
    yield postgresql
    postgresql.stop()


def test_the_script_of_the_image_makes_a_role_that_is_held_back_and_its_database(
    postgresql: Postgresql, tmp_path: Path
) -> None:
    place, password = str(postgresql.place), 'it\'s a "word" with $igns'
    (tmp_path / "password").write_text(password, encoding="ascii")
    environment = os.environ | {"PGHOST": place, "DATABASE_PASSWORD_FILE": str(tmp_path / "password")}
    rules = postgresql.folder / "pg_hba.conf"
    rules.write_text(f"local all tracker scram-sha-256\n{rules.read_text()}")

    subprocess.run(
        ["sh", str(PROJECT / "deploy" / "database.sh")], check=True, env=environment, stdout=subprocess.DEVNULL
    )

    with psycopg.connect(host=place, user="postgres", dbname="postgres", autocommit=True) as owner:
        owner.execute("SELECT pg_reload_conf()")
    with psycopg.connect(host=place, user="tracker", dbname="tracker", password=password) as service:
        held = service.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        owns = service.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert (held, owns) == ((False,), ("tracker",))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=place, user="tracker", dbname="tracker", password="another")
