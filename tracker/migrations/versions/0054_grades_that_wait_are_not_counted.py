"""Grades that wait for a second one are not counted: the counts of audits are made anew after this"""

from alembic import op

revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('DELETE FROM audit_summary')


def downgrade() -> None:
    op.execute('DELETE FROM audit_summary')
