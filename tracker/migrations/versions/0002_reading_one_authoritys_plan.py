"""Indexes from which the plan and what moved for a board are read without touching other authorities' rows"""

from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_action_of_item', table_name='action')
    of_item = ['item_id', 'status', 'due_on', 'number', 'id', 'authority_id', 'first_due_on', 'starts_on', 'delivered_on']
    op.create_index('ix_action_of_item', 'action', of_item)
    op.create_index('ix_action_compared', 'action', ['authority_id', 'id', 'status', 'due_on', 'number', 'board_id'])


def downgrade() -> None:
    op.drop_index('ix_action_compared', table_name='action')
    op.drop_index('ix_action_of_item', table_name='action')
    op.create_index('ix_action_of_item', 'action', ['item_id', 'status', 'due_on', 'number', 'id'])
