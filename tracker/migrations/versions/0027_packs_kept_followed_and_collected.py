"""Packs known by what they say, jobs that tell how far they are, mails about packs, and sets of packs in one zip"""

from alembic import op
import sqlalchemy as sa

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('pack') as batch:
        batch.add_column(sa.Column('said_sha256', sa.String(), nullable=True))
        batch.create_index(batch.f('ix_pack_said_sha256'), ['said_sha256'])
        batch.create_index(batch.f('ix_pack_file_sha256'), ['file_sha256'])
    with op.batch_alter_table('job') as batch:
        batch.add_column(sa.Column('progress', sa.JSON(none_as_null=True), nullable=True))
        batch.add_column(sa.Column('cancelled_at', sa.DateTime(), nullable=True))
    for table, column, default in (('reminder_choice', 'packs', sa.true()), ('reminder_letter', 'made', sa.false())):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Boolean(), nullable=False, server_default=default))
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    op.create_table('pack_set',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('file_sha256', sa.String(), nullable=True),
    sa.Column('file_size', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_pack_set_asked_by_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_pack_set_authority_id_authority')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_pack_set_job_id_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_set'))
    )
    op.create_index(op.f('ix_pack_set_authority_id'), 'pack_set', ['authority_id'])
    op.create_table('pack_set_member',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('set_id', sa.Uuid(), nullable=False),
    sa.Column('pack_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pack_id'], ['pack.id'], name=op.f('fk_pack_set_member_pack_id_pack')),
    sa.ForeignKeyConstraint(['set_id'], ['pack_set.id'], name=op.f('fk_pack_set_member_set_id_pack_set'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_set_member')),
    sa.UniqueConstraint('set_id', 'pack_id', name=op.f('uq_pack_set_member_set_id_pack_id'))
    )
    op.create_index(op.f('ix_pack_set_member_set_id'), 'pack_set_member', ['set_id'])


def downgrade() -> None:
    op.drop_table('pack_set_member')
    op.drop_table('pack_set')
    with op.batch_alter_table('reminder_letter') as batch:
        batch.drop_column('made')
    with op.batch_alter_table('reminder_choice') as batch:
        batch.drop_column('packs')
    with op.batch_alter_table('job') as batch:
        batch.drop_column('cancelled_at')
        batch.drop_column('progress')
    with op.batch_alter_table('pack') as batch:
        batch.drop_index(batch.f('ix_pack_file_sha256'))
        batch.drop_index(batch.f('ix_pack_said_sha256'))
        batch.drop_column('said_sha256')
