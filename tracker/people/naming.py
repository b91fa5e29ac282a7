"""Everything that names a person: found in the tables themselves, so that none is forgotten when a room is added."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, String, Table, Text, cast, false, or_, select, true
from sqlalchemy import Enum as EnumType

from tracker.people.models import Authority, Person
from tracker.platform.db import Model, db

SECRET_NAMES = ("password", "secret", "token", "hash", "sha256", "key", "seal")
"""Parts of names of columns that hold what signs somebody in, or only marks a file: never handed out."""
WORKINGS = frozenset({"search_entry", "search_word", "job"})
"""Tables that say again, in another form, what others say; ``job`` holds what is left to do."""
LONGEST = 2_000
"""Characters of a value that a table shows: a statement is quoted, a frozen pack is not. Our choice."""


@dataclass(frozen=True)
class Named:
    """The rows of one table that name her."""

    table: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def everything(person: Person, authority: Authority | None = None) -> Iterator[Named]:
    """By table, in the order of their names; only tables that name her. With an ``authority``, only what is its own."""
    for table in sorted(Model.metadata.tables.values(), key=lambda one: one.name):
        found = _rows(table, person, authority) if table.name not in WORKINGS and ways(table) else None
        if found is not None and found.rows:
            yield found


def ways(table: Table) -> Mapping[str, str]:
    """The columns of a table in which a person may be named, and how: by key, or in words."""
    found = {}
    for column in table.c:
        keys = {key.column.table.name for key in column.foreign_keys}
        if "person" in keys or column.name in LOOSE_KEYS or (table.name, column.name) == ("person", "id"):
            found[column.name] = "key"
        elif (
            isinstance(column.type, String | JSON) and not isinstance(column.type, EnumType) and not _is_secret(column)
        ):
            found[column.name] = "words"
    return found


LOOSE_KEYS = frozenset({"actor_id", "person_id"})
"""Columns that hold a person's key without saying so to the database."""


def _rows(table: Table, person: Person, authority: Authority | None) -> Named:
    asked = [_names(table.c[name], how, person) for name, how in ways(table).items()]
    shown = [column for column in table.c if not _is_secret(column)]
    own = _own(table, authority) if authority is not None else true()
    rows = db.session.execute(select(*shown).where(or_(*asked), own)).all()
    return Named(table.name, [column.name for column in shown], [[_told(value) for value in row] for row in rows])


def _own(table: Table, authority: Authority) -> ColumnElement[bool]:
    """Whether a row is this authority's: it says so, or what it is part of does. A person is everybody's."""
    if table.name == "person":
        return true()
    for name in ("authority_id", "chain"):
        if name in table.c:
            return table.c[name] == authority.id
    for column in table.c:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent.name not in {"person", table.name}:
                return column.in_(select(parent.c.id).where(_own(parent, authority)))
    return false()


def _names(column: Column[Any], how: str, person: Person) -> ColumnElement[bool]:
    if how == "key":
        return column == person.id
    words = cast(column, Text)
    return or_(words.contains(person.name, autoescape=True), words.icontains(person.email, autoescape=True))


def _is_secret(column: Column[Any]) -> bool:
    return any(part in column.name for part in SECRET_NAMES)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    text = text.strip('"') if not isinstance(value, str | dict | list) else text
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"
