"""Indexes from which the plan and what moved for a board are read without touching other authorities' rows"""

from alembic import op
import sqlalchemy as sa

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_action_of_item', table_name='action')
    of_item = ['item_id', 'status', 'due_on', 'number', 'id', 'authority_id', 'first_due_on', 'starts_on', 'delivered_on']
    op.create_index('ix_action_of_item', 'action', of_item)
    op.create_index('ix_action_compared', 'action', ['authority_id', 'id', 'status', 'due_on', 'number', 'board_id'])
    stepped = sa.text('status_from <> status_to')
    op.create_index(
        'ix_action_update_steps', 'action_update', ['action_id', 'at', 'status_from', 'status_to'],
        sqlite_where=stepped, postgresql_where=stepped,
    )


def downgrade() -> None:
    op.drop_index('ix_action_update_steps', table_name='action_update')
    op.drop_index('ix_action_compared', table_name='action')
    op.drop_index('ix_action_of_item', table_name='action')
    op.create_index('ix_action_of_item', 'action', ['item_id', 'status', 'due_on', 'number', 'id'])
