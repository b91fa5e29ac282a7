"""Makes the database itself refuse to rewrite the trail. Whoever may drop the guards is found by ``faults``."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import DDL, FromClause, Table, event

KEPT = (
    "id", "chain", "sequence", "at", "actor_id", "actor_name", "came_from", "thing_kind", "thing_id", "reference",
    "what", "form", "previous_hash", "hash",
)  # fmt: skip
"""Of an entry, all but what ``forget`` blanks."""

REFUSED = "Entries of the history are only ever added"

_ONLY_BLANKED_SQLITE = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
_ONLY_BLANKED_POSTGRESQL = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT)
_FORWARD = "(NEW.sequence > OLD.sequence OR (NEW.sequence = OLD.sequence AND NEW.hash = OLD.hash))"
"""A head moves on, or is sealed again."""

ON_SQLITE = (
    f"""CREATE TRIGGER history_entry_is_only_blanked BEFORE UPDATE ON history_entry
       WHEN NOT ({_ONLY_BLANKED_SQLITE} AND NEW.changes = '{{}}' AND NEW.why = '')
       BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER history_entry_is_not_removed BEFORE DELETE ON history_entry
       BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER history_head_only_moves_on BEFORE UPDATE ON history_head
       WHEN NOT (NEW.id IS OLD.id AND {_FORWARD})
       BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER history_head_is_not_removed BEFORE DELETE ON history_head
       BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)

ON_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'history_entry' THEN
           IF {_ONLY_BLANKED_POSTGRESQL} AND NEW.changes::text = '{{}}' AND NEW.why = '' THEN RETURN NEW; END IF;
         ELSIF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'history_head' THEN
           IF NEW.id = OLD.id AND {_FORWARD} THEN RETURN NEW; END IF;
         END IF;
         RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    *(
        f"""CREATE TRIGGER {table}_is_not_rewritten BEFORE UPDATE OR DELETE ON {table}
       FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_history()"""
        for table in ("history_entry", "history_head")
    ),
    *(
        f"""CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history()"""
        for table in ("history_entry", "history_head")
    ),
)

TRIGGERS = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}
"""By dialect, what a migration runs once both tables are there."""

REMOVED = {
    "sqlite": tuple(f"DROP TRIGGER {statement.split()[2]}" for statement in ON_SQLITE),
    "postgresql": (
        *(f"DROP TRIGGER {each.split()[2]} ON {each.split(' ON ')[1].split()[0]}" for each in ON_POSTGRESQL[1:]),
        "DROP FUNCTION refuse_to_rewrite_history()",
    ),
}
"""By dialect, what takes the guards away."""


def guard(*tables: FromClause) -> None:
    """Whoever creates these tables creates their guards with them."""
    for table in tables:
        name = cast("Table", table).name
        for dialect, statements in TRIGGERS.items():
            for statement in _of(name, statements):
                made = DDL(statement)  # type: ignore[no-untyped-call]  # as SQLAlchemy has it
                event.listen(table, "after_create", made.execute_if(dialect=dialect))


def _of(table: str, statements: Sequence[str]) -> list[str]:
    """Those that make sense once this table is there; the function belongs to whichever comes first."""
    return [each for each in statements if f" ON {table}" in each or "FUNCTION refuse_to_rewrite_history() RET" in each]
