"""Somebody who may write to the database and knows the code, but not the secret key."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, text

from tracker.platform.history import HistoryEntry
from tracker.platform.history.entries import FIELDS, hash_of
from tracker.platform.history.guards import REMOVED

Tamper = Callable[[Connection, UUID], None]


def take_guards_away(connection: Connection) -> None:
    for statement in REMOVED[connection.dialect.name]:
        connection.execute(text(statement))


def run(connection: Connection, statement: str, **values: Any) -> None:
    """With ``:chain`` as this database keeps it."""
    if connection.dialect.name == "sqlite":
        values = {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
    connection.execute(text(statement), values)


def altering(column: str, value: object, at: int = 2) -> Tamper:
    def tamper(connection: Connection, chain: UUID) -> None:
        of = "UPDATE history_entry SET {} = :value WHERE chain = :chain AND sequence = :at"
        run(connection, of.format(column), value=value, chain=chain, at=at)

    return tamper


def removing(*places: int) -> Tamper:
    def tamper(connection: Connection, chain: UUID) -> None:
        for place in places:
            run(connection, "DELETE FROM history_entry WHERE chain = :chain AND sequence = :at", chain=chain, at=place)

    return tamper


def removing_and_closing_up(connection: Connection, chain: UUID) -> None:
    """The third is taken out, and those after it take its place one by one."""
    removing(3)(connection, chain)
    rewrite(connection, chain)


def swapping(connection: Connection, chain: UUID) -> None:
    move = "UPDATE history_entry SET sequence = :to WHERE chain = :chain AND sequence = :at"
    for at, to in ((2, -1), (3, 2), (-1, 3)):
        run(connection, move, chain=chain, at=at, to=to)


def cutting_off_with_the_head(connection: Connection, chain: UUID) -> None:
    """The newest entries are removed, and the head says what it said before them, but for the seal."""
    run(connection, "DELETE FROM history_entry WHERE chain = :chain AND sequence > 3", chain=chain)
    move_head(connection, chain)


def rewriting_all(connection: Connection, chain: UUID) -> None:
    """One entry is altered, and every hash after it made anew as the code makes it, with the head."""
    altering("actor_name", "Somebody else")(connection, chain)
    rewrite(connection, chain)


def adding_one(connection: Connection, chain: UUID) -> None:
    """An entry that never was is put after the newest, rightly chained, and the head moved on."""
    newest = entries(connection, chain)[-1]
    made = newest | {"id": UUID(int=7), "sequence": newest["sequence"] + 1, "previous_hash": newest["hash"]}
    made["hash"] = hash_of(made)
    connection.execute(HistoryEntry.__table__.insert(), [made])  # type: ignore[attr-defined]  # a Table
    move_head(connection, chain)


def adding_one_behind_the_head(connection: Connection, chain: UUID) -> None:
    newest = entries(connection, chain)[-1]
    made = newest | {"id": UUID(int=8), "sequence": newest["sequence"] + 1, "previous_hash": newest["hash"]}
    made["hash"] = hash_of(made)
    connection.execute(HistoryEntry.__table__.insert(), [made])  # type: ignore[attr-defined]  # a Table


def removing_the_head(connection: Connection, chain: UUID) -> None:
    run(connection, "DELETE FROM history_head WHERE id = :chain", chain=chain)


def removing_all(connection: Connection, chain: UUID) -> None:
    run(connection, "DELETE FROM history_entry WHERE chain = :chain", chain=chain)
    removing_the_head(connection, chain)


def moving_to_another_thing(connection: Connection, chain: UUID) -> None:
    altering("reference", "I-99")(connection, chain)


def in_the_first_form(connection: Connection, chain: UUID) -> None:
    """An entry is said to be of the time when its place was not covered, and its place altered."""
    altering("form", 1)(connection, chain)
    altering("came_from", "192.0.2.0/24")(connection, chain)
    entry = entries(connection, chain)[1]
    altering("hash", hash_of(entry))(connection, chain)


def blanking(connection: Connection, chain: UUID) -> None:
    """As ``forget`` does it, without an entry that says so."""
    altering("changes", "{}")(connection, chain)
    altering("why", "")(connection, chain)


EVERY_WAY: Mapping[str, Tamper] = {
    "who": altering("actor_name", "Somebody else"),
    "when": altering("at", "2020-01-01 00:00:00"),
    "from where": altering("came_from", "192.0.2.0/24"),
    "what": altering("what", "removed"),
    "from what to what": altering("changes", '{"title": ["No", "Yes"]}'),
    "why": altering("why", "Because"),
    "kind": altering("thing_kind", "action"),
    "hash": altering("hash", "0" * 64),
    "hash before": altering("previous_hash", "0" * 64),
    "unknown form": altering("form", 3),
    "first form": in_the_first_form,
    "another thing": moving_to_another_thing,
    "blanked": blanking,
    "first removed": removing(1),
    "one removed": removing(3),
    "several removed": removing(2, 3),
    "removed and closed up": removing_and_closing_up,
    "newest removed": removing(5),
    "newest removed with the head": cutting_off_with_the_head,
    "reordered": swapping,
    "all rewritten": rewriting_all,
    "one added": adding_one,
    "one added behind the head": adding_one_behind_the_head,
    "head removed": removing_the_head,
    "all removed": removing_all,
}


def entries(connection: Connection, chain: UUID) -> list[dict[str, Any]]:
    table = HistoryEntry.__table__
    found = connection.execute(select(table).where(table.c.chain == chain).order_by(table.c.sequence))
    return [dict(row) for row in found.mappings()]


def rewrite(connection: Connection, chain: UUID) -> None:
    """Every number and hash made anew, as by somebody who has the code but not the key."""
    previous = ""
    for sequence, entry in enumerate(entries(connection, chain), start=1):
        entry.update(sequence=sequence, previous_hash=previous)
        previous = hash_of(entry)
        assert set(FIELDS[2]) <= set(entry)
        run(
            connection,
            "UPDATE history_entry SET sequence = :s, previous_hash = :p, hash = :h WHERE id = :id",
            s=sequence, p=entry["previous_hash"], h=previous, id=entry["id"],
        )  # fmt: skip
    move_head(connection, chain)


def move_head(connection: Connection, chain: UUID) -> None:
    newest = entries(connection, chain)[-1]
    move = "UPDATE history_head SET sequence = :s, hash = :h WHERE id = :chain"
    run(connection, move, s=newest["sequence"], h=newest["hash"], chain=chain)
