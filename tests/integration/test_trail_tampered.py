"""The trail, and somebody with SQL: the database refuses; where its guards are taken away, every way is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from flask import Flask, current_app
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import given, given_tampering
from tests.given_tampering import EVERY_WAY, Tamper
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Refused
from tracker.platform.history import HistoryHead

pytestmark = pytest.mark.both_databases


@pytest.fixture
def chain(session: Session, brent: Authority) -> UUID:
    """Five entries about three items."""
    first = given.an_item(authority=brent)
    for title in ("Other", "Third", "Fourth"):
        with history.because("It reads better"):
            first.title = title
            session.flush()
    while len(given_tampering.entries(session.connection(), brent.id)) < 5:
        given.an_item(authority=brent)
    assert history.faults(brent.id) == []
    return brent.id


@contextmanager
def without_guards(session: Session) -> Iterator[None]:
    """What is done inside is undone, guards and all."""
    with session.begin_nested() as inside:
        given_tampering.take_guards_away(session.connection())
        yield
        inside.rollback()
    session.expire_all()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET actor_name = 'Somebody else'",
        "UPDATE history_entry SET changes = '{}', why = '', what = 'removed'",
        "UPDATE history_entry SET why = 'Because'",
        "DELETE FROM history_entry",
        "UPDATE history_head SET sequence = 1",
        "UPDATE history_head SET hash = 'another'",
        "DELETE FROM history_head",
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_trail(session: Session, chain: UUID, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added"), session.begin_nested():
        session.execute(text(statement))


def test_postgresql_refuses_to_empty_the_trail(session: Session, chain: UUID) -> None:
    if session.connection().dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError, match="only ever added"), session.begin_nested():
        session.execute(text("TRUNCATE history_entry"))


def test_every_way_of_tampering_is_found(session: Session, chain: UUID) -> None:
    missed = [way for way, tamper in EVERY_WAY.items() if not _found(session, chain, tamper)]

    assert missed == []


def _found(session: Session, chain: UUID, tamper: Tamper) -> bool:
    with without_guards(session):
        tamper(session.connection(), chain)
        session.expire_all()
        if chain not in history.chains():
            return chain in history.lost_chains()
        return history.faults(chain) != []


def test_what_was_altered_is_said_with_the_thing_and_the_moment(session: Session, chain: UUID) -> None:
    entry = given_tampering.entries(session.connection(), chain)[2]

    with without_guards(session):
        EVERY_WAY["one removed"](session.connection(), chain)
        removed = history.faults(chain)
    with without_guards(session):
        given_tampering.altering("why", "Because", at=3)(session.connection(), chain)
        altered = history.faults(chain)

    assert altered == [f"Entry 3 was altered: {entry['reference']}, {entry['at']:%-d %B %Y at %H:%M} UTC"]
    assert [fault.partition(":")[0] for fault in removed] == [
        f"Entry 3 is missing, before {entry['reference']}, {entry['at']:%-d %B %Y at %H}",
        "Entry 4 does not follow the one before it, which was altered, moved or removed",
    ]


def test_what_is_added_later_does_not_make_a_rewritten_chain_look_whole(
    session: Session, brent: Authority, chain: UUID
) -> None:
    with without_guards(session):
        EVERY_WAY["all rewritten"](session.connection(), chain)
        session.expire_all()
        given.an_item(authority=brent)

        assert [fault for fault in history.faults(chain) if "seal" in fault] == history.faults(chain) != []


def test_a_chain_put_back_to_an_earlier_day_with_its_seal_is_found_by_an_anchor(
    session: Session, brent: Authority, chain: UUID
) -> None:
    heads = select(HistoryHead.sequence, HistoryHead.hash, HistoryHead.seal).where(HistoryHead.id == chain)
    earlier = session.execute(heads).one()
    given.an_item(authority=brent)
    anchors = [each.model_dump_json() for each in history.anchored()]
    assert list(history.not_as_anchored(anchors)) == []

    with without_guards(session):
        connection = session.connection()
        back = "UPDATE history_head SET sequence = :s, hash = :h, seal = :m WHERE id = :chain"
        given_tampering.run(connection, back, s=earlier.sequence, h=earlier.hash, m=earlier.seal, chain=chain)
        given_tampering.removing(earlier.sequence + 1)(connection, chain)
        session.expire_all()

        assert history.faults(chain) == []  # from inside it looks whole
        [(of, fault)] = history.not_as_anchored(anchors)
    assert of == chain
    assert "the newest are gone" in fault


def test_a_forged_anchor_is_not_believed(session: Session, chain: UUID) -> None:
    [line] = [each.model_dump_json() for each in history.anchored() if each.chain == chain]

    told = [fault for _, fault in history.not_as_anchored([line.replace('"sequence":', '"sequence":1'), "{}"])]

    assert told == [
        "Line 1 of the file of anchors was changed, or signed with another key",
        "Line 2 of the file of anchors is none of ours",
    ]


def test_a_key_that_took_the_place_of_another_still_knows_its_seals_and_without_it_somebody_seals_again(
    app: Flask, session: Session, chain: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_app.config["SECRET_KEY"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key for tests")
    assert "secret key was changed" in history.faults(chain)[0]

    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [before])
    assert history.faults(chain) == []

    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", None)
    history.seal_again(chain)
    assert history.faults(chain) == []


def test_nobody_seals_what_was_tampered_with(session: Session, chain: UUID) -> None:
    with without_guards(session):
        EVERY_WAY["who"](session.connection(), chain)
        session.expire_all()
        with pytest.raises(Refused, match="More is wrong than the seal: Entry 2 was altered"):
            history.seal_again(chain)


def test_entries_of_the_time_before_places_were_kept_still_hold(session: Session, brent: Authority) -> None:
    item = given.an_item(authority=brent)
    with without_guards(session):
        connection = session.connection()
        for entry in given_tampering.entries(connection, brent.id):
            given_tampering.altering("form", 1, at=entry["sequence"])(connection, brent.id)
            given_tampering.altering("came_from", "", at=entry["sequence"])(connection, brent.id)
        given_tampering.rewrite(connection, brent.id)
        session.expire_all()
        history.seal_again(brent.id)

        item.title = "In the new form"
        session.flush()

        assert {entry["form"] for entry in given_tampering.entries(connection, brent.id)} == {1, 2}
        assert history.faults(brent.id) == []
