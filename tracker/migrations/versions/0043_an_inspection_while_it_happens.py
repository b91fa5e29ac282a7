"""An inspection while it happens"""

from alembic import op
import sqlalchemy as sa

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('framework_id', sa.String(), nullable=False),
    sa.Column('activity', sa.String(), nullable=False),
    sa.Column('rehearsal', sa.Boolean(), nullable=False),
    sa.Column('called_at', sa.DateTime(), nullable=False),
    sa.Column('lead_inspector', sa.String(), nullable=False),
    sa.Column('remote_from', sa.Date(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('started_by_id', sa.Uuid(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('remote_from <= first_day AND first_day <= last_day', name=op.f('ck_fieldwork_days_in_order')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_authority_id_authority')),
    sa.ForeignKeyConstraint(['started_by_id'], ['person.id'], name=op.f('fk_fieldwork_started_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_fieldwork_authority_id_number')),
    )
    op.create_index(op.f('ix_fieldwork_authority_id'), 'fieldwork', ['authority_id'])
    op.create_index('uq_fieldwork_open', 'fieldwork', ['authority_id', 'rehearsal'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))


def downgrade() -> None:
    op.drop_index('uq_fieldwork_open', table_name='fieldwork', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.drop_index(op.f('ix_fieldwork_authority_id'), table_name='fieldwork')
    op.drop_table('fieldwork')
