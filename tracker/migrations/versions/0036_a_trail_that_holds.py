"""From where a change came, what its hash covers, seals, and a database that refuses to rewrite the trail"""

from alembic import op
import sqlalchemy as sa

from tracker.platform.history.entries import seal_of
from tracker.platform.history.guards import REMOVED, TRIGGERS

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

ACTS = sa.text("what NOT IN ('added', 'changed', 'removed')")
INDEXES = {
    'ix_history_entry_by_day': ['chain', 'at'],
    'ix_history_entry_by_person': ['chain', 'actor_id', 'at'],
    'ix_history_entry_by_kind': ['chain', 'thing_kind', 'at'],
}


def upgrade() -> None:
    op.add_column('history_entry', sa.Column('came_from', sa.String(), nullable=False, server_default=''))
    op.add_column('history_entry', sa.Column('form', sa.Integer(), nullable=False, server_default='1'))
    op.add_column('history_head', sa.Column('seal', sa.String(), nullable=False, server_default=''))
    for name, columns in INDEXES.items():
        op.create_index(name, 'history_entry', columns)
    op.create_index('ix_history_entry_acts', 'history_entry', ['chain', 'at'], sqlite_where=ACTS, postgresql_where=ACTS)
    _seal()
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _seal() -> None:
    """With the secret key of the service that migrates; from here on a chain written anew is told from ours."""
    heads = sa.table('history_head', sa.column('id', sa.Uuid()), *(sa.column(name) for name in ('sequence', 'hash', 'seal')))
    for head in op.get_bind().execute(sa.select(heads.c.id, heads.c.sequence, heads.c.hash)).all():
        sealed = seal_of(head.id, head.sequence, head.hash)
        op.execute(heads.update().where(heads.c.id == head.id).values(seal=sealed))


def downgrade() -> None:
    for statement in REMOVED[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_index('ix_history_entry_acts', table_name='history_entry')
    for name in INDEXES:
        op.drop_index(name, table_name='history_entry')
    op.drop_column('history_head', 'seal')
    op.drop_column('history_entry', 'form')
    op.drop_column('history_entry', 'came_from')
