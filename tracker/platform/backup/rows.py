"""Rows as what they say: one JSON list a row, in the order of the table's columns, the same for both databases.

A backup says of each column what kind of value it holds, so that its rows are restored by what it says itself and not
by the models of whichever version restores it.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    Uuid,
    cast,
    type_coerce,
)
from sqlalchemy.types import TypeEngine, UserDefinedType


class JsonAsWritten(UserDefinedType[str]):
    """A JSON column whose text goes in as it came out: not a space, nor the order of its keys, is changed."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"


@dataclass(frozen=True)
class Kind:
    """How values of one kind are written and read; the name stands in backups and is never changed."""

    name: str
    type: TypeEngine[Any]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("key", Uuid(), str, UUID),
        Kind("json", JsonAsWritten(), _same, _same),
        Kind("truth", Boolean(), bool, bool),
        Kind("whole number", BigInteger(), int, int),
        Kind("moment", DateTime(), datetime.isoformat, datetime.fromisoformat),
        Kind("day", Date(), date.isoformat, date.fromisoformat),
        Kind("time of day", Time(), time.isoformat, time.fromisoformat),
        Kind("text", Text(), _same, _same),
        Kind("float", Double(), float, float),
        Kind("decimal", Numeric(), str, Decimal),
        Kind("bytes", LargeBinary(), lambda value: base64.b64encode(value).decode(), base64.b64decode),
    )
}

ASKED: Sequence[tuple[type[TypeEngine[Any]], str]] = (
    (Uuid, "key"),
    (JSON, "json"),
    (Boolean, "truth"),
    (Integer, "whole number"),
    (DateTime, "moment"),
    (Date, "day"),
    (Time, "time of day"),
    (Enum, "text"),
    (String, "text"),
    (Float, "float"),
    (Numeric, "decimal"),
    (LargeBinary, "bytes"),
)
"""In this order: a Float is a Numeric, too."""


def kind_of(column: Column[Any]) -> Kind:
    """Raises LookupError for a type that no backup holds yet: whoever adds one adds its kind."""
    type_: Any = column.type
    if isinstance(type_, TypeDecorator) and not isinstance(type_, Interval):
        type_ = type_.impl_instance
    for asked, name in ASKED:
        if isinstance(type_, asked):
            return KINDS[name]
    raise LookupError(f"{column.table.name}.{column.name}: backups hold no {type_!r}")


@dataclass(frozen=True)
class Shape:
    """A table as a backup describes it: its name, and each column's name, kind and, of decimals, digits and places."""

    name: str
    columns: tuple[tuple[str, str, tuple[int, ...]], ...]

    @classmethod
    def of(cls, table: Table) -> Self:
        return cls(table.name, tuple(_described(column) for column in table.columns))

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(told["name"], tuple((name, kind, tuple(digits)) for name, kind, digits in told["columns"]))

    def told(self) -> dict[str, Any]:
        return {"name": self.name, "columns": [list(column) for column in self.columns]}

    def table(self) -> Table:
        """What rows are put into."""
        columns = (Column(name, _type(KINDS[kind], digits)) for name, kind, digits in self.columns)
        return Table(self.name, MetaData(), *columns)

    def lines(self, rows: Iterable[Sequence[Any]]) -> bytes:
        """Rows as they are kept."""
        writers = [KINDS[kind].write for _name, kind, _digits in self.columns]
        kept = ([None if v is None else w(v) for w, v in zip(writers, row, strict=True)] for row in rows)
        return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in kept)

    def rows(self, lines: bytes) -> list[dict[str, Any]]:
        """Rows that ``lines`` wrote, by column."""
        readers = [(name, KINDS[kind].read) for name, kind, _digits in self.columns]
        return [
            {name: None if value is None else read(value) for (name, read), value in zip(readers, row, strict=True)}
            for row in map(json.loads, lines.decode().split("\n")[:-1])
        ]


def selected(column: Column[Any]) -> ColumnElement[Any]:
    """What is asked of the database for a column: the value as it lies there, not as a model would understand it."""
    kind = kind_of(column)
    if kind.name == "json":
        return cast(column, Text)
    if kind.name in {"text", "moment"}:
        return type_coerce(column, kind.type)
    return column


def _described(column: Column[Any]) -> tuple[str, str, tuple[int, ...]]:
    kind = kind_of(column)
    type_: Any = column.type
    digits = (type_.precision, type_.scale) if kind.name == "decimal" else ()
    return column.name, kind.name, digits


def _type(kind: Kind, digits: Sequence[int]) -> TypeEngine[Any]:
    return Numeric(digits[0], digits[1]) if kind.name == "decimal" else kind.type
