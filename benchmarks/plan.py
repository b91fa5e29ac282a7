"""The plan, my work and board pages with a large plan: statements, CPU beside the empty layout, growth with others.

On SQLite, and on the PostgreSQL that TRACKER_TEST_POSTGRESQL names: begin with ``scripts/with-postgresql.sh``.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, select, text

from benchmarks import plan_data
from tests.queries_counted import at_most
from tracker.application import create_app
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.settings import Settings

PAGES = {
    "plan": ("/{slug}/plan", Role.DIRECTOR),
    "my work of a director": ("/{slug}/", Role.DIRECTOR),
    "my work of a lead": ("/{slug}/", Role.HEAD_OF_SERVICE),
    "what moved for a board": ("/{slug}/boards", Role.DIRECTOR),
    "how far from target": ("/{slug}/boards/how-far", Role.DIRECTOR),
    "plan over time": ("/{slug}/boards/over-time", Role.DIRECTOR),
}
WITHOUT_TARGET = {"plan over time"}
"""Draws the whole trail and lists no page of 20: its figures are printed, and do not count."""
MOST_STATEMENTS = 8
MOST_TIMES_EMPTY = 3.0
MOST_GROWTH = 1.2
"""What is measured twice in one run differs by so much on a quiet machine."""
OTHERS = 149
BATCHES, REQUESTS = 5, 10
"""Each page is asked for in batches, and the cheapest batch counts: what else the machine did is in the others."""
LARGE, EMPTY = "large", "empty"


@dataclass(frozen=True)
class Measured:
    """One page of one person: statements, and CPU seconds of a request, a database server's among them."""

    statements: int
    seconds: float


def run() -> tuple[str, str, bool]:
    """The figure, the target and whether it is met, on every database at hand."""
    results = [_on("SQLite", f"sqlite:///{Path(folder) / 'plan.sqlite'}") for folder in folders()]
    server = os.environ.get("TRACKER_TEST_POSTGRESQL")
    if server is not None:
        results.append(_on("PostgreSQL", new_database(server)))
    statements, times, growth = (max(values) for values in zip(*results, strict=True))
    met = statements <= MOST_STATEMENTS and times <= MOST_TIMES_EMPTY and growth <= MOST_GROWTH
    figure = f"{statements} statements, {times:.1f} times the empty page, {growth:.2f} times with {OTHERS} others"
    target = f"at most {MOST_STATEMENTS}, {MOST_TIMES_EMPTY:.0f} and {MOST_GROWTH}"
    return figure, target, met


def _on(name: str, url: str) -> tuple[int, float, float]:
    """The worst page's statements, its CPU over the empty page's, and over its own before the others came."""
    with application(url) as app:
        with app.app_context():
            db.create_all()
            empty_authority()
            plan_data.fill([LARGE], plan_data.LARGE, seed=1)
            for slug in (LARGE, EMPTY):
                plan_data.meet(slug)
            settle()
        alone = {page: measured(app, LARGE, *asked) for page, asked in PAGES.items()}
        with app.app_context():
            plan_data.fill([f"other{number}" for number in range(OTHERS)], plan_data.SMALL, seed=2)
            settle()
        among = {page: measured(app, LARGE, *asked) for page, asked in PAGES.items()}
        empty = {page: measured(app, EMPTY, *asked) for page, asked in PAGES.items()}
    for page in PAGES:
        now, before, bare = among[page], alone[page], empty[page]
        print(
            f"{name}, {page}: {now.statements} statements, {now.seconds * 1000:.0f} ms of CPU, "
            f"{now.seconds / bare.seconds:.1f} times the empty page, {now.seconds / before.seconds:.2f} times alone"
        )
    counted = [page for page in PAGES if page not in WITHOUT_TARGET]
    return (
        max(among[page].statements for page in counted),
        max(among[page].seconds / empty[page].seconds for page in counted),
        max(among[page].seconds / alone[page].seconds for page in counted),
    )


def settle() -> None:
    """Let the database learn how much there is of what."""
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def measured(app: Flask, slug: str, address: str, role: Role) -> Measured:
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
    """CPU seconds of one of REQUESTS, this process's and the server's."""
    begun = time.process_time() + _seconds_of(server)
    for _ in range(REQUESTS):
        work()
    return (time.process_time() + _seconds_of(server) - begun) / REQUESTS


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
        return signed_in(app, db.session.scalars(those.limit(1)).one())


def empty_authority() -> None:
    from tests import given

    authority = given.an_authority(slug=EMPTY, name="Empty")
    for role in (Role.DIRECTOR, Role.HEAD_OF_SERVICE):
        given.a_person(name="Nobody Yet", email=f"{role}@empty.example.org", authority=authority, role=role)
    db.session.commit()


@contextmanager
def application(url: str) -> Iterator[Flask]:
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


def folders() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield folder


def new_database(server: str) -> str:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS tracker_plan"))
        connection.execute(text("CREATE DATABASE tracker_plan"))
    engine.dispose()
    return make_url(server).set(database="tracker_plan").render_as_string(hide_password=False)
