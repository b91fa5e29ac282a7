"""Full text in SQLite (FTS5) and in PostgreSQL (tsvector) behind one interface: phrases in, keys and scores out.

Both index ``passage.stems``, which is written with the passage, and both keep their index in step by themselves: SQLite
with triggers, PostgreSQL with a generated column. Everything that they need beyond the table has ``passage_words`` in
its name, so that Alembic can be told to leave it alone.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import (
    DDL,
    BigInteger,
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

from tracker.corpus.words import Phrase
from tracker.platform.db import db

MAKE_INDEX = """
CREATE VIRTUAL TABLE passage_words
USING fts5(stems, content='passage', content_rowid='word_key', tokenize='unicode61')
"""
ADD = """
CREATE TRIGGER passage_words_added AFTER INSERT ON passage BEGIN
    INSERT INTO passage_words (rowid, stems) VALUES (new.word_key, new.stems);
END
"""
REMOVE = """
CREATE TRIGGER passage_words_removed AFTER DELETE ON passage BEGIN
    INSERT INTO passage_words (passage_words, rowid, stems) VALUES ('delete', old.word_key, old.stems);
END
"""
CHANGE = """
CREATE TRIGGER passage_words_changed AFTER UPDATE OF stems ON passage BEGIN
    INSERT INTO passage_words (passage_words, rowid, stems) VALUES ('delete', old.word_key, old.stems);
    INSERT INTO passage_words (rowid, stems) VALUES (new.word_key, new.stems);
END
"""
MAKE_COLUMN = """
ALTER TABLE passage ADD COLUMN passage_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED
"""
MAKE_COLUMN_INDEX = "CREATE INDEX ix_passage_words ON passage USING gin (passage_words)"

MAKE = {"sqlite": (MAKE_INDEX, ADD, REMOVE, CHANGE), "postgresql": (MAKE_COLUMN, MAKE_COLUMN_INDEX)}
"""What each database is told once the table is there."""

UNMAKE = {"sqlite": ("DROP TABLE IF EXISTS passage_words",)}
"""And before the table is dropped: triggers, columns and indexes go with it."""

Hits = Select[tuple[int, float]]
"""``word_key`` of each passage found, and ``score``: higher is better, comparable within one question."""


class FullText(Protocol):
    """A database that finds passages by their words."""

    def hits(self, phrases: Sequence[Phrase], *, every: bool) -> Hits:
        """The passages that have every phrase, or any of them. There must be at least one."""
        ...


class Fts5:
    """SQLite, ranked by BM25."""

    def hits(self, phrases: Sequence[Phrase], *, every: bool) -> Hits:
        words = table("passage_words", column("rowid", BigInteger), column("rank", Float))
        quoted = [f'"{" ".join(phrase)}"' for phrase in phrases]
        match = literal((" AND " if every else " OR ").join(quoted))
        return select(words.c.rowid.label("word_key"), (-words.c.rank).label("score")).where(
            literal_column("passage_words").op("MATCH")(match)
        )


class Tsvector:
    """PostgreSQL, ranked by how close the words stand, or how many there are of any; longer passages count less."""

    BY_LENGTH = 1

    def hits(self, phrases: Sequence[Phrase], *, every: bool) -> Hits:
        words = table("passage", column("word_key", BigInteger), column("passage_words")).alias("words")
        joined = [f"({' <-> '.join(phrase)})" for phrase in phrases]
        asked = func.to_tsquery("simple", (" & " if every else " | ").join(joined))
        rank = func.ts_rank_cd if every else func.ts_rank
        score = rank(words.c.passage_words, asked, self.BY_LENGTH)
        return select(words.c.word_key, score.label("score")).where(words.c.passage_words.op("@@")(asked))


KNOWN: dict[str, FullText] = {"sqlite": Fts5(), "postgresql": Tsvector()}


def full_text() -> FullText:
    """That of the database in use."""
    return KNOWN[db.session.get_bind().dialect.name]


def keep_in_step(passages: Table) -> None:
    """Make the index with the table, and drop it with the table."""
    for moment, told in (("after_create", MAKE), ("before_drop", UNMAKE)):
        for dialect, statements in told.items():
            for statement in statements:
                ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its types out
                event.listen(passages, moment, ddl.execute_if(dialect=dialect))


def is_index_of_words(name: str | None) -> bool:
    """Whether a table, column or index is the database's own: no model declares it, and Alembic leaves it alone."""
    return "passage_words" in (name or "")
