"""A second authority beside the demonstration, with a copy of everything in it, and what refers over the wall.

Nothing that is kept under one authority may name anything of the other. Every row of the demonstration is copied under
another id, and every number moved on, so that what is of the one is told from what is of the other.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, Uuid, func, insert, select, text

from tracker.people import commands as people
from tracker.people.models import Authority
from tracker.platform.db import db

MASK = 0xA5 << 120
"""What an id and its copy differ by."""
MOVED_ON = 5_000
"""By how much the number of a copy is larger."""
OF_NOBODY = frozenset(
    {
        "authority", "calendar_address", "file_content", "file_preview", "history_entry", "history_head",
        "invitation", "job", "membership", "person", "reminder", "search_entry", "tick",
    }
)  # fmt: skip
"""Tables that are not copied: they are shared, or hold what only one authority can have."""
NUMBERS = ("number", "edition", "evidence_number")


@dataclass(frozen=True)
class Copy:
    """An authority with a copy of everything of another."""

    authority: Authority
    ids: dict[str, Sequence[UUID]]
    """Table -> the ids of the copies; people are not copied, but may be told here."""
    numbers: Sequence[int]
    """The first number of every kind of thing in it."""


def copied_as(slug: str, name: str) -> Copy:
    """A new authority with a copy of everything there is; committed. For SQLite, with one authority in it."""
    place = people.create_authority(slug=slug, name=name)
    connection, ids = db.session.connection(), dict[str, Sequence[UUID]]()
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in _of_authorities():
        rows = [_copied(table, dict(row._mapping), place) for row in connection.execute(select(table))]
        if rows:
            connection.execute(insert(table), rows)
        if isinstance(getattr(table.c.get("id"), "type", None), Uuid):
            ids[table.name] = [row["id"] for row in rows]
    db.session.commit()
    return Copy(place, ids, _first_numbers(place))


def _of_authorities() -> Iterator[Table]:
    return (table for table in db.metadata.sorted_tables if table.name not in OF_NOBODY)


def _copied(table: Table, row: dict[str, Any], place: Authority) -> dict[str, Any]:
    for column in table.columns:
        value = row[column.name]
        if column.name == "authority_id":
            row[column.name] = place.id
        elif isinstance(value, UUID):
            row[column.name] = _id(column, value)
        elif column.name == "word_key" or (column.name in NUMBERS and "authority_id" in table.columns):
            row[column.name] = value + MOVED_ON * (1_000 if column.name == "word_key" else 1)
        elif column.name == "tool_id" and table.name.startswith("audit_tool"):
            row[column.name] = f"{value}-copied"
    return row


def _id(column: Column[Any], value: UUID) -> UUID | None:
    shared = {key.column.table.name for key in column.foreign_keys} & OF_NOBODY
    if not shared:
        return UUID(int=value.int ^ MASK)
    return None if "job" in shared and column.nullable else value


def _first_numbers(place: Authority) -> Sequence[int]:
    firsts = {
        db.session.scalar(select(func.min(table.c[column])).where(table.c.authority_id == place.id))
        for table in _of_authorities()
        for column in ("number", "edition")
        if column in table.columns and "authority_id" in table.columns
    }
    return sorted(number for number in firsts if number and number > MOVED_ON)


def fingerprint(copy: Copy) -> str:
    """A hash of every row of the copy: another one once anything of it has changed."""
    digest = hashlib.sha256()
    for table in _of_authorities():
        if table.name in copy.ids and "id" in table.c:
            kept = set(copy.ids[table.name])
            rows = db.session.execute(select(table).order_by(table.c.id))
            digest.update("".join(repr(row) for row in rows if row.id in kept).encode())
    return digest.hexdigest()


def crossing(copy: Copy) -> list[str]:
    """Every column in which a row that is not of the copy names a thing that is, with how many do."""
    every = {name: set(ids) for name, ids in copy.ids.items()}
    found = []
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.table.name == "person" and "authority_id" not in table.c:
                    continue  # hers wherever she works, such as her sessions
                foreign = every.get(key.column.table.name, set())
                rows = db.session.execute(select(table.c.get("id", column), column).where(column.is_not(None)))
                over = sum(named in foreign and own not in every.get(table.name, set()) for own, named in rows)
                if over and "id" in table.c:
                    found.append(f"{table.name}.{column.name}: {over}")
    return found
