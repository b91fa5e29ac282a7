"""The days that the plan gave to what waits, after what it waits for"""

from datetime import date

from alembic import op
import sqlalchemy as sa

revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('action_dependency', sa.Column('days', sa.Integer(), nullable=True))
    # What it was given before is not known: the due dates of today say it from now on.
    connection = op.get_bind()
    rows = connection.execute(sa.text(
        'SELECT tied.id, waiting.due_on, other.due_on FROM action_dependency AS tied'
        ' JOIN action AS waiting ON waiting.id = tied.action_id JOIN action AS other ON other.id = tied.waits_for_id'
    )).all()
    for tied, due_on, other_due_on in rows:
        days = (_day(due_on) - _day(other_due_on)).days
        if days > 0:
            connection.execute(
                sa.text('UPDATE action_dependency SET days = :days WHERE id = :tied'), {'days': days, 'tied': tied}
            )


def _day(value: date | str) -> date:
    """SQLite keeps days as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def downgrade() -> None:
    with op.batch_alter_table('action_dependency') as batch:
        batch.drop_column('days')
