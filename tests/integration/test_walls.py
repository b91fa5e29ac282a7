"""Row-level security: what PostgreSQL itself keeps apart when a query forgets to. SQLite has nothing like it."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Connection, create_engine, insert, select, text, update
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import InstrumentedAttribute, Session

from tests import given, given_actions
from tests.conftest import signed_in
from tracker.actions.models import ActionUpdate, Milestone
from tracker.application import create_app
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Membership, Team
from tracker.platform import walls
from tracker.platform.db import Model, db
from tracker.platform.history import HistoryEntry, HistoryHead
from tracker.settings import Settings

pytestmark = pytest.mark.both_databases


@pytest.fixture
def barnet(session: Session, on_postgresql: None, brent: Authority) -> Authority:
    """Another authority, with an item as Brent has one."""
    barnet = given.an_authority(slug="barnet", name="Barnet")
    for each in (brent, barnet):
        given.an_item(authority=each, title=each.name)
    session.flush()
    return barnet


def titles() -> list[str]:
    """A query that forgets its authority."""
    return sorted(db.session.scalars(select(ImprovementItem.title)))


def test_a_query_that_forgets_its_authority_finds_its_own_rows_only(brent: Authority, barnet: Authority) -> None:
    assert titles() == ["Barnet", "Brent"]
    with walls.inside(brent.id):
        assert titles() == ["Brent"]
        told = set(db.session.scalars(select(HistoryEntry.chain)))
        assert barnet.id not in told
        with walls.everywhere():
            assert titles() == ["Barnet", "Brent"]
        assert titles() == ["Brent"]


def test_nothing_is_written_for_another_authority(session: Session, brent: Authority, barnet: Authority) -> None:
    team = {"id": uuid.uuid4(), "authority_id": barnet.id, "name": "Court", "service": "Care"}
    with walls.inside(brent.id):
        with pytest.raises(ProgrammingError, match="row-level security"), session.begin_nested():
            session.execute(insert(Team).values(**team))
        session.execute(update(ImprovementItem).values(title="Changed"))
        with pytest.raises(ProgrammingError, match="row-level security"), session.begin_nested():
            session.execute(update(ImprovementItem).values(authority_id=barnet.id))

    session.expire_all()
    assert titles() == ["Barnet", "Changed"]


def test_a_page_that_forgets_its_authority_shows_its_own_rows_only(
    app: Flask, brent: Authority, barnet: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    director = signed_in(app, given.a_person(authority=brent))
    monkeypatch.setitem(app.view_functions, "actions.plan", lambda **_: " ".join(titles()))
    monkeypatch.setitem(app.view_functions, "people.home", lambda **_: f"{titles()}")

    assert director.get("/brent/plan").text == "Brent"
    assert director.get("/home").text == "[]"


def test_who_asks_is_known_before_any_row_is_seen(client: FlaskClient, barnet: Authority, app: Flask) -> None:
    stranger = signed_in(app, given.a_person(authority=barnet))

    assert stranger.get("/brent/plan").status_code == 404
    assert stranger.get("/barnet/plan").status_code == 200


@pytest.mark.parametrize("part", [ActionUpdate.done, Milestone.title, HistoryHead.sequence])
def test_what_is_a_part_of_another_authoritys_is_hidden_with_it(
    part: InstrumentedAttribute[Any], brent: Authority, barnet: Authority
) -> None:
    for each in (brent, barnet):
        action = given.an_action(item=given.an_item(authority=each))
        given_actions.an_update(action, by=given.a_person(authority=each), done=each.name)
        given_actions.a_milestone(action)
    before = len(db.session.scalars(select(part)).all())

    with walls.inside(brent.id):
        seen = db.session.scalars(select(part)).all()
    with walls._within(walls.NOTHING):
        nobodys = db.session.scalars(select(part)).all()

    assert 0 < len(seen) < before
    assert len(nobodys) == (part is HistoryHead.sequence)  # the chain of what belongs to no authority


def test_nothing_is_written_into_what_is_another_authoritys(brent: Authority, barnet: Authority) -> None:
    action = given.an_action(item=given.an_item(authority=barnet))
    given_actions.a_milestone(action)
    values = db.session.execute(select(Milestone.__table__)).mappings().one()
    db.session.flush()

    with (
        walls.inside(brent.id),
        pytest.raises(ProgrammingError, match="row-level security"),
        db.session.begin_nested(),
    ):
        db.session.execute(insert(Milestone).values(dict(values) | {"id": uuid.uuid4()}))


def test_every_table_is_behind_the_wall_unless_its_rows_are_nobodys(session: Session, on_postgresql: None) -> None:
    excused = walls.NOT_WALLED | walls.OF_NO_AUTHORITY
    assert walls.walled(session.connection()) == set(Model.metadata.tables) - excused


@pytest.mark.any_database
def test_no_table_is_excused_that_must_belong_to_an_authority() -> None:
    for name in walls.OF_NO_AUTHORITY:
        table = Model.metadata.tables[name]
        leads_to = {key.column.table.name for key in table.foreign_keys if not key.parent.nullable}
        assert "authority_id" not in table.columns
        assert leads_to <= walls.OF_NO_AUTHORITY, name


@pytest.mark.any_database
def test_all_that_says_what_somebody_may_is_seen_before_it_is_known_who_she_is() -> None:
    """What a membership refers to comes with the question who asks: behind the wall it would be missing then, and
    whoever it bounds would be free."""
    asked = {key.column.table.name for key in Model.metadata.tables[Membership.__tablename__].foreign_keys}
    assert asked <= walls.SEEN_BY_ALL | walls.OF_NO_AUTHORITY


def test_the_suite_connects_as_somebody_whom_postgresql_holds_back(app: Flask, on_postgresql: None) -> None:
    with db.engine.connect() as connection:
        assert not walls.is_bypassed(connection.engine)


@pytest.fixture
def one_connection(on_postgresql: None, fresh_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application whose pool has a single connection, for all that it does."""
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=fresh_database_url,
            storage_url=f"file://{tmp_path}",
            database_connections=1,
        )
    )
    with app.app_context():
        history = ("history_head", "history_entry")
        tables = [Model.metadata.tables[name] for name in ("authority", "team", *history)]
        Model.metadata.create_all(db.engine, tables)
        yield app
        db.session.remove()
        db.engine.dispose()


def test_a_pooled_connection_carries_no_scope_into_the_next_transaction(one_connection: Flask) -> None:
    def seen(connection: Connection) -> tuple[int, str, int]:
        row = connection.execute(
            text(f"SELECT pg_backend_pid(), {walls.SAID}, (SELECT count(*) FROM team)")  # noqa: S608  # our own words
        ).one()
        return row[0], row[1], row[2]

    brent, barnet = (given.an_authority(slug=slug, name=slug) for slug in ("brent", "barnet"))
    db.session.execute(insert(Team), [{"authority_id": one.id, "name": "A", "service": "B"} for one in (brent, barnet)])
    ids = (brent.id, barnet.id)
    db.session.commit()
    answers = []
    for each in ids:
        with walls.inside(each), db.engine.begin() as connection:
            answers.append(seen(connection))
        with db.engine.begin() as connection:
            answers.append(seen(connection))

    with db.engine.connect() as connection, one_connection.test_request_context():
        walls.begin_request()
        answers.append(seen(connection))

    assert len({process for process, *_ in answers}) == 1
    assert [scope for _, scope, _ in answers] == [str(ids[0]), "all", str(ids[1]), "all", ""]
    assert [teams for *_, teams in answers] == [1, 2, 1, 2, 0]


def test_somebody_whose_membership_is_asked_for_needs_no_authority(barnet: Authority, on_postgresql: None) -> None:
    given.a_person(authority=barnet)
    with walls._within(walls.NOTHING):
        assert db.session.scalars(select(Membership.role)).all() != []
        assert titles() == []


def test_a_transaction_that_finds_its_connection_broken_says_so_as_sqlalchemy_does(one_connection: Flask) -> None:
    """Workers wait for a database that was restarted, and know it by that; the next one finds it there."""
    other = create_engine(db.engine.url)
    with db.engine.connect() as connection:  # taken from the pool whole, and broken before its transaction begins
        pooled: Any = connection.connection.dbapi_connection
        with other.connect() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:ours, 5000)"), {"ours": pooled.info.backend_pid})
        with pytest.raises(OperationalError) as broken:
            connection.scalar(text("SELECT 1"))
    other.dispose()

    assert broken.value.connection_invalidated
    assert db.session.scalar(text("SELECT 1")) == 1
