"""Full text in SQLite (FTS5) and in PostgreSQL (tsvector) behind one interface: phrases in, keys and scores out.

Both index columns of stems, which are written with their row, and both keep their index in step by themselves: SQLite
with triggers, PostgreSQL with a generated column. Everything that they need beyond the table has the index's name in
its own, so that Alembic can be told to leave it alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    ColumnElement,
    Float,
    Select,
    Table,
    column,
    event,
    func,
    literal,
    literal_column,
    select,
    table,
)

from tracker.platform.db import db

Phrase = tuple[str, ...]
"""Stems that stand next to one another; a word alone is a phrase of one."""

Hits = Select[tuple[int, float]]
"""``word_key`` of each row found, and ``score``: higher is better, comparable within one question."""

CLASSES = "ABCD"
"""How PostgreSQL calls the weights of words, the heaviest first."""
BY_LENGTH = 1
"""PostgreSQL lets longer texts count less."""

_NAMES: set[str] = set()


@dataclass(frozen=True)
class WordIndex:
    """The words of one table, which has a whole number ``word_key`` for SQLite, whose own row numbers may change."""

    table: str
    columns: Mapping[str, float]
    """Each column of stems, and how much a word there weighs, the heaviest first."""
    counted: Sequence[str] = ()
    """Columns by which a page filters and counts what it finds: SQLite reads them from an index of their own, not from
    rows that are as long as their texts."""

    @property
    def name(self) -> str:
        return f"{self.table}_words"

    def keep_in_step(self, indexed: Table) -> None:
        """Make the index with the table, and drop it with the table."""
        _NAMES.add(self.name)
        for moment, told in (("after_create", self._make()), ("before_drop", self._unmake())):
            for dialect, statements in told.items():
                for statement in statements:
                    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its types out
                    event.listen(indexed, moment, ddl.execute_if(dialect=dialect))

    def hits(self, phrases: Sequence[Phrase], *, every: bool) -> Hits:
        """The rows that have every phrase, or any of them, in one column or several. There must be at least one."""
        if db.session.get_bind().dialect.name == "sqlite":
            return self._fts5(phrases, every=every)
        return self._tsvector(phrases, every=every)

    def _fts5(self, phrases: Sequence[Phrase], *, every: bool) -> Hits:
        """Ranked by BM25."""
        words = table(self.name, column("rowid", BigInteger), column("rank", Float))
        quoted = [f'"{" ".join(phrase)}"' for phrase in phrases]
        match = literal((" AND " if every else " OR ").join(quoted))
        found = literal_column(self.name).op("MATCH")(match)
        return select(words.c.rowid.label("word_key"), (-words.c.rank).label("score")).where(found)

    def _tsvector(self, phrases: Sequence[Phrase], *, every: bool) -> Hits:
        """Ranked by how close the words stand, or how many there are of any."""
        words = table(self.table, column("word_key", BigInteger), column(self.name)).alias("words")
        joined = [f"({' <-> '.join(phrase)})" for phrase in phrases]
        asked = func.to_tsquery("simple", (" & " if every else " | ").join(joined))
        rank: Any = func.ts_rank_cd if every else func.ts_rank
        vector: ColumnElement[Any] = words.c[self.name]
        return select(words.c.word_key, rank(vector, asked, BY_LENGTH).label("score")).where(vector.op("@@")(asked))

    def _make(self) -> Mapping[str, Sequence[str]]:
        """What each database is told once the table is there."""
        return {"sqlite": tuple(self._fts5_and_triggers()), "postgresql": self._column_and_index()}

    def _unmake(self) -> Mapping[str, Sequence[str]]:
        """And before the table is dropped: triggers, columns and indexes go with it."""
        return {"sqlite": (f"DROP TABLE IF EXISTS {self.name}",)}

    def _fts5_and_triggers(self) -> Iterator[str]:
        listed = ", ".join(self.columns)
        new, old = (", ".join(f"{row}.{one}" for one in self.columns) for row in ("new", "old"))
        add = f"INSERT INTO {self.name} (rowid, {listed}) VALUES (new.word_key, {new});"  # noqa: S608  # our own names
        remove = f"INSERT INTO {self.name} ({self.name}, rowid, {listed}) VALUES ('delete', old.word_key, {old});"  # noqa: S608
        yield (
            f"CREATE VIRTUAL TABLE {self.name} "
            f"USING fts5({listed}, content='{self.table}', content_rowid='word_key', tokenize='unicode61')"
        )
        if len(self.columns) > 1:
            weights = ", ".join(str(weight) for weight in self.columns.values())
            yield f"INSERT INTO {self.name} ({self.name}, rank) VALUES ('rank', 'bm25({weights})')"  # noqa: S608
        for what, when, then in (
            ("added", "INSERT", add),
            ("removed", "DELETE", remove),
            ("changed", f"UPDATE OF {listed}", f"{remove} {add}"),
        ):
            yield f"CREATE TRIGGER {self.name}_{what} AFTER {when} ON {self.table} BEGIN {then} END"

        if self.counted:
            yield f"CREATE INDEX ix_{self.name}_counted ON {self.table} (word_key, {', '.join(self.counted)})"

    def _column_and_index(self) -> Sequence[str]:
        vectors = [f"to_tsvector('simple', {one})" for one in self.columns]
        if len(vectors) > 1:
            places = [0, *range(len(CLASSES) - len(vectors) + 1, len(CLASSES))]
            vectors = [f"setweight({one}, '{CLASSES[at]}')" for one, at in zip(vectors, places, strict=True)]
        made = " || ".join(vectors)
        return (
            f"ALTER TABLE {self.table} ADD COLUMN {self.name} tsvector GENERATED ALWAYS AS ({made}) STORED",
            f"CREATE INDEX ix_{self.name} ON {self.table} USING gin ({self.name})",
        )


def is_index_of_words(name: str | None) -> bool:
    """Whether a table, column or index is the database's own: no model declares it, and Alembic leaves it alone."""
    return any(index in (name or "") for index in _NAMES)
