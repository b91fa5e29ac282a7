"""Makes the database itself refuse to alter or remove a row, whoever asks: for trails that are only ever added to."""

from sqlalchemy import DDL, Table, event

ON_SQLITE = (
    """CREATE TRIGGER {table}_is_not_altered BEFORE UPDATE ON {table}
       BEGIN SELECT RAISE(ABORT, 'Rows of {table} are only ever added'); END""",
    """CREATE TRIGGER {table}_is_not_removed BEFORE DELETE ON {table}
       BEGIN SELECT RAISE(ABORT, 'Rows of {table} are only ever added'); END""",
)

ON_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION refuse_to_rewrite_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'Rows of {table} are only ever added' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE TRIGGER {table}_is_not_rewritten BEFORE UPDATE OR DELETE ON {table}
       FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_{table}()""",
)

TRIGGERS = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}
"""By dialect, what a migration runs, with the table's name put in, once the table is there."""


def only_added_to(table: Table) -> None:
    """Whoever creates this table creates its guards with it."""
    for dialect, statements in TRIGGERS.items():
        for statement in statements:
            guard = DDL(statement.format(table=table.name))  # type: ignore[no-untyped-call]  # as SQLAlchemy has it
            event.listen(table, "after_create", guard.execute_if(dialect=dialect))
