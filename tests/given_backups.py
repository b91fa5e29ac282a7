"""What a test about backups is given: places with a database and a store of their own, and a key."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from flask import Flask
from flask_migrate import stamp
from pydantic import SecretStr

from tests import given
from tests.given_evidence import a_description
from tracker.application import create_app
from tracker.evidence.commands import Upload, add_evidence
from tracker.evidence.rules import Kind
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.backup import sealing
from tracker.platform.db import db
from tracker.settings import Settings


@contextmanager
def a_place(folder: Path, url: str = "sqlite://", store: str = "") -> Iterator[Flask]:
    """An application with nothing in it, not even tables; several threads and processes can use its database."""
    folder.mkdir(exist_ok=True)
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=f"sqlite:///{folder / 'tracker.sqlite'}" if url == "sqlite://" else url,
            storage_url=store or f"file://{folder / 'files'}",
        )
    )
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def make_tables(revision: str = "head") -> None:
    """As migrations would, in a tenth of the time."""
    db.create_all()
    stamp(revision="head")


def somebody() -> UUID:
    """Tables, and a QA officer who may add evidence."""
    make_tables()
    person = given.a_person(name="Amina Yusuf", role=Role.QA_OFFICER)
    made = person.id
    db.session.commit()
    return made


def add_a_file(of: UUID, title: str, *, more: str = "") -> str:
    """Evidence with a file of its own, committed as a request would; its title."""
    person = db.session.get_one(Person, of)
    authority = people.only_authority()
    upload = Upload(io.BytesIO(f"month,late\n{title},4\n{more}".encode()), f"{title}.csv")
    says = a_description(title=title)
    add_evidence(authority, kind=Kind.FILE, says=says, upload=upload, by=person, on=clock.today())
    db.session.commit()
    return title


def a_key(folder: Path) -> tuple[str, sealing.SecretKey]:
    public, kept = sealing.new_key("")
    (folder / "key").write_bytes(kept)
    return public, sealing.secret_key(folder / "key", "")
