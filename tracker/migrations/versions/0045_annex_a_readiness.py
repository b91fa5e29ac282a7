"""How ready the lists of children are, what validators found in them, and packs that nobody asked for by name"""

from alembic import op
import sqlalchemy as sa

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('annex_a_list',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('said', sa.String(length=60), nullable=False),
    sa.Column('tested_on', sa.Date(), nullable=True),
    sa.Column('band', sa.String(length=60), nullable=True),
    sa.Column('known_faults', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(said = 'Not tried') = (tested_on IS NULL)", name=op.f('ck_annex_a_list_tried_has_a_day')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_annex_a_list_authority_id_authority')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_annex_a_list_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_annex_a_list')),
    sa.UniqueConstraint('authority_id', 'code', name=op.f('uq_annex_a_list_authority_id_code')),
    )
    op.create_index(op.f('ix_annex_a_list_authority_id'), 'annex_a_list', ['authority_id'])
    op.create_table('annex_a_result',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('validator', sa.String(), nullable=False),
    sa.Column('validated_on', sa.Date(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('brought_at', sa.DateTime(), nullable=False),
    sa.Column('brought_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_annex_a_result_authority_id_authority')),
    sa.ForeignKeyConstraint(['brought_by_id'], ['person.id'], name=op.f('fk_annex_a_result_brought_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_annex_a_result')),
    )
    op.create_index(op.f('ix_annex_a_result_authority_id'), 'annex_a_result', ['authority_id'])
    op.create_table('ready_packs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('looked_at', sa.DateTime(), nullable=False),
    sa.Column('head', sa.Integer(), nullable=False),
    sa.Column('set_id', sa.Uuid(), nullable=True),
    sa.Column('why_not', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_ready_packs_authority_id_authority')),
    sa.ForeignKeyConstraint(['set_id'], ['pack_set.id'], name=op.f('fk_ready_packs_set_id_pack_set')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ready_packs')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_ready_packs_authority_id')),
    )
    op.create_index(op.f('ix_ready_packs_authority_id'), 'ready_packs', ['authority_id'])
    with op.batch_alter_table('pack') as batch:
        batch.add_column(sa.Column('kept_ready', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('pack_set') as batch:
        batch.alter_column('asked_by_id', existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    _remove_what_nobody_asked_for()
    with op.batch_alter_table('pack_set') as batch:
        batch.alter_column('asked_by_id', existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table('pack') as batch:
        batch.drop_column('kept_ready')
    op.drop_index(op.f('ix_annex_a_result_authority_id'), table_name='annex_a_result')
    op.drop_table('annex_a_result')
    op.drop_index(op.f('ix_annex_a_list_authority_id'), table_name='annex_a_list')
    op.drop_table('annex_a_list')


def _remove_what_nobody_asked_for() -> None:
    """Sets that were made ahead: an earlier release has no place for them. Their packs stay."""
    op.drop_index(op.f('ix_ready_packs_authority_id'), table_name='ready_packs')
    op.drop_table('ready_packs')
    op.execute("DELETE FROM pack_set_member WHERE set_id IN (SELECT id FROM pack_set WHERE asked_by_id IS NULL)")
    op.execute("DELETE FROM pack_set WHERE asked_by_id IS NULL")
