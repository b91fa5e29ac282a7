"""Alembic's way in: one connection, our metadata; batch mode on SQLite, which cannot alter a table in place."""

from alembic import context
from flask import current_app

from tracker.platform.full_text import is_index_of_words

db = current_app.extensions["migrate"].db

with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_object=lambda thing, name, kind, reflected, other: not is_index_of_words(name),
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
