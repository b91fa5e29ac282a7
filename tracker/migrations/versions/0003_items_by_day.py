"""An index in the order in which the plan lists its items"""

from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_item_by_day', 'improvement_item', ['authority_id', 'raised_on', 'position', 'number', 'id'])


def downgrade() -> None:
    op.drop_index('ix_item_by_day', table_name='improvement_item')
