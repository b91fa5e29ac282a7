"""Sets of packs that a job gathers, at one moment, of a profile"""

from alembic import op
import sqlalchemy as sa

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('pack_set') as batch:
        batch.add_column(sa.Column('kinds', sa.JSON(), nullable=False, server_default='[]'))
        batch.add_column(sa.Column('profile_name', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('frozen_at', sa.DateTime(), nullable=True))
    op.execute('UPDATE pack_set SET frozen_at = asked_at')
    with op.batch_alter_table('pack_set') as batch:
        batch.alter_column('kinds', existing_type=sa.JSON(), existing_nullable=False, server_default=None)
        batch.alter_column('profile_name', existing_type=sa.String(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('pack_set') as batch:
        batch.drop_column('frozen_at')
        batch.drop_column('profile_name')
        batch.drop_column('kinds')
