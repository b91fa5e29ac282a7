"""Who was told what moved in an inspection, and who wants no mail of it"""

from alembic import op
import sqlalchemy as sa

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_told',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('told_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_told_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_fieldwork_told_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_fieldwork_told_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_told')),
    )
    for column in ('authority_id', 'fieldwork_id'):
        op.create_index(op.f(f'ix_fieldwork_told_{column}'), 'fieldwork_told', [column])
    with op.batch_alter_table('reminder_choice') as batch:
        batch.add_column(sa.Column('week', sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table('reminder_choice') as batch:
        batch.drop_column('week')
    op.drop_table('fieldwork_told')
