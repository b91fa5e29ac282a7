"""Row-level security in PostgreSQL: each authority's rows for its own requests

The walls are raised for whatever tables there are; tables of later migrations get theirs in env.py.
"""

from alembic import op

from tracker.platform import walls

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    walls.raise_walls(op.get_bind())


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        walls.take_down(op.get_bind())
