"""What standing checks find at night"""

from alembic import op
import sqlalchemy as sa

revision = '0041'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('nightly_check',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('keys', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_nightly_check_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nightly_check')),
    sa.UniqueConstraint('authority_id', 'found_on', 'kind', name=op.f('uq_nightly_check_authority_id_found_on_kind')),
    )
    op.create_index(op.f('ix_nightly_check_authority_id'), 'nightly_check', ['authority_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_nightly_check_authority_id'), table_name='nightly_check')
    op.drop_table('nightly_check')
