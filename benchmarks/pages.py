"""Pages measured on every database at hand: statements, CPU beside the empty page, growth as other authorities come.

On SQLite, and on the PostgreSQL that TRACKER_TEST_POSTGRESQL names: begin with ``scripts/with-postgresql.sh``.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, select, text

from tests.queries_counted import at_most
from tracker.application import create_app
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.settings import Settings

OTHERS = 149
BATCHES, REQUESTS = 5, 10
"""Each page is asked for in batches, and the cheapest batch counts: what else the machine did is in the others."""
LONGEST_BATCH = 2.0
"""CPU seconds after which no further request of a batch begins."""
LARGE, EMPTY = "large", "empty"


@dataclass(frozen=True)
class Measured:
    """One page of one person: statements, and CPU seconds of a request, a database server's among them."""

    statements: int
    seconds: float


@dataclass(frozen=True)
class Worst:
    """Of all pages that count, on all databases."""

    statements: int
    times_empty: float
    growth: float
    seconds: float
    """CPU of the dearest page."""

    def or_worse(self, other: "Worst") -> "Worst":
        return Worst(
            max(self.statements, other.statements),
            max(self.times_empty, other.times_empty),
            max(self.growth, other.growth),
            max(self.seconds, other.seconds),
        )


@dataclass(frozen=True)
class Asked:
    """What is measured, and with what."""

    name: str
    pages: Mapping[str, tuple[str, Role]]
    """What a page is called: its address, in which ``{slug}`` is the authority, and whose it is."""
    large: Callable[[], None]
    """Writes the authority LARGE."""
    others: Callable[[], None]
    """Writes OTHERS more."""
    without_target: frozenset[str] = field(default_factory=frozenset)
    """Pages whose figures are printed, and do not count."""
    counting: frozenset[str] = field(default_factory=frozenset)
    """Pages that count all there is: their CPU beside the empty page is printed, and does not count."""


def worst(asked: Asked, only: str = "") -> Worst:
    """Measure on every database at hand, or on one of them: "sqlite" or "postgresql"."""
    found, server = [], os.environ.get("TRACKER_TEST_POSTGRESQL")
    if only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            found.append(_on("SQLite", f"sqlite:///{Path(folder) / 'pages.sqlite'}", asked))
    if only != "sqlite" and server is not None:
        found.append(_on("PostgreSQL", new_database(server, asked.name), asked))
    if not found:
        raise SystemExit("There is no such database here. Begin with scripts/with-postgresql.sh.")
    return reduce(Worst.or_worse, found)


def _on(name: str, url: str, asked: Asked) -> Worst:
    """The worst page's statements, its CPU over the empty page's, and over its own before the others came."""
    with application(url) as app:
        with app.app_context():
            db.create_all()
            empty_authority()
            asked.large()
            settle()
        alone = {page: measured(app, LARGE, *where) for page, where in asked.pages.items()}
        with app.app_context():
            asked.others()
            settle()
        among = {page: measured(app, LARGE, *where) for page, where in asked.pages.items()}
        empty = {page: measured(app, EMPTY, *where) for page, where in asked.pages.items()}
    for page in asked.pages:
        now, before, bare = among[page], alone[page], empty[page]
        print(
            f"{name}, {page}: {now.statements} statements, {now.seconds * 1000:.0f} ms of CPU, "
            f"{now.seconds / bare.seconds:.1f} times the empty page, {now.seconds / before.seconds:.2f} times alone"
        )
    counted = [page for page in asked.pages if page not in asked.without_target]
    return Worst(
        max(among[page].statements for page in counted),
        max(among[page].seconds / empty[page].seconds for page in counted if page not in asked.counting),
        max(among[page].seconds / alone[page].seconds for page in counted),
        max(among[page].seconds for page in counted),
    )


def settle() -> None:
    """Let the database learn how much there is of what."""
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def measured(app: Flask, slug: str, address: str, role: Role) -> Measured:
    """The statements of one page, and the least CPU of several batches of it."""
    client = _signed_in(app, slug, role)
    url = address.format(slug=slug)
    _get(client, url)
    with at_most(1_000) as sent:
        _get(client, url)
    with app.app_context():
        server = _server_processes()
    return Measured(len(sent), min(_batch(lambda: _get(client, url), server) for _ in range(BATCHES)))


def _get(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)  # noqa: S101  # a page that fails is quick


def _batch(work: Callable[[], object], server: Sequence[int]) -> float:
    """CPU seconds of one of REQUESTS, this process's and the server's; fewer of a page that is slow."""
    begun, done, spent = time.process_time() + _seconds_of(server), 0, 0.0
    while done < REQUESTS and spent < LONGEST_BATCH:
        work()
        done += 1
        spent = time.process_time() + _seconds_of(server) - begun
    return spent / done


def _server_processes() -> Sequence[int]:
    """The processes of a PostgreSQL on this machine that answer us; SQLite answers in our own."""
    if db.engine.dialect.name != "postgresql":
        return ()
    ours = text(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    )
    return tuple(db.session.scalars(ours))


def _seconds_of(processes: Sequence[int]) -> float:
    """CPU seconds that they have used, as Linux tells it: words 14 and 15, after a name that may hold spaces."""
    ticks = 0
    for process in processes:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _signed_in(app: Flask, slug: str, role: Role) -> FlaskClient:
    """The first person with a role there."""
    from tests.conftest import signed_in

    wanted = select(Person).join(Membership).join(Authority)
    with app.app_context():
        those = wanted.where(Authority.slug == slug, Membership.role == role).order_by(Person.email)
        client = signed_in(app, db.session.scalars(those.limit(1)).one())
        db.session.commit()
        return client


def empty_authority() -> None:
    from tests import given

    authority = given.an_authority(slug=EMPTY, name="Empty")
    for role in (Role.DIRECTOR, Role.HEAD_OF_SERVICE):
        given.a_person(name="Nobody Yet", email=f"{role}@empty.example.org", authority=authority, role=role)
    db.session.commit()


@contextmanager
def application(url: str) -> Iterator[Flask]:
    """The application on a database and files of its own."""
    with tempfile.TemporaryDirectory() as files:
        app = create_app(
            Settings(
                _env_file=None,
                secret_key=SecretStr("a key for benchmarks"),
                database_url=url,
                storage_url=f"file://{files}",
                jobs="inline",
            )
        )
        app.testing = True  # a fault is shown, not made a page
        yield app
        with app.app_context():
            db.engine.dispose()


def new_database(server: str, name: str) -> str:
    """The address of an empty database on a server; one of the same name is dropped."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS tracker_{name}"))
        connection.execute(text(f"CREATE DATABASE tracker_{name}"))
    engine.dispose()
    return make_url(server).set(database=f"tracker_{name}").render_as_string(hide_password=False)
