"""Alembic's way in: one connection, our metadata; batch mode on SQLite, which cannot alter a table in place."""

from alembic import context
from flask import current_app

from tracker.platform import walls
from tracker.platform.full_text import is_index_of_words

db = current_app.extensions["migrate"].db

with db.engine.connect() as connection:
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:  # a table that is made anew is dropped first, and its rows are referred to: checked below instead
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=on_sqlite,
        compare_type=True,
        include_object=lambda thing, name, kind, reflected, other: not is_index_of_words(name),
    )
    with context.begin_transaction():
        context.run_migrations()
        if "history_entry" in walls.walled(connection):  # the walls are up, so new tables get theirs
            walls.raise_walls(connection)
    if on_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"Rows would refer to nothing after this migration: {lost[:5]}")
    connection.commit()
    if on_sqlite:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")
