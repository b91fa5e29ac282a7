"""What a meeting of what usually happens is about"""

from alembic import op
import sqlalchemy as sa

revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('fieldwork_plan_line', sa.Column('about', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('fieldwork_plan_line') as batch:
        batch.alter_column('about', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('fieldwork_plan_line') as batch:
        batch.drop_column('about')
