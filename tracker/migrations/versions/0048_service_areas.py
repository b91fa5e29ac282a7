"""Service areas"""

from alembic import op
import sqlalchemy as sa

revision = '0048'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('service_area',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('area_codes', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_service_area_has_a_name')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_service_area_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_area')),
    sa.UniqueConstraint('authority_id', 'name', name=op.f('uq_service_area_authority_id_name')),
    )
    op.create_index(op.f('ix_service_area_authority_id'), 'service_area', ['authority_id'])
    with op.batch_alter_table('membership') as batch:
        batch.add_column(sa.Column('service_area_id', sa.Uuid()))
        batch.create_foreign_key(batch.f('fk_membership_service_area_id_service_area'), 'service_area', ['service_area_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('membership') as batch:
        batch.drop_constraint(batch.f('fk_membership_service_area_id_service_area'), type_='foreignkey')
        batch.drop_column('service_area_id')
    op.drop_index(op.f('ix_service_area_authority_id'), table_name='service_area')
    op.drop_table('service_area')
