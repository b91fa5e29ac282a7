"""Counts of groups along pathways: who is treated differently, and where on the way"""

from alembic import op
import sqlalchemy as sa

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

KINDS = sa.Enum('flow', 'grades', name='kind', native_enum=False, length=60)


def upgrade() -> None:
    op.create_table('pathway',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('characteristic', sa.String(), nullable=False),
    sa.Column('from_pathway', sa.String(), nullable=True),
    sa.Column('from_characteristic', sa.String(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('kind', KINDS, nullable=False),
    sa.Column('one', sa.String(), nullable=False),
    sa.Column('many', sa.String(), nullable=False),
    sa.Column('stages', sa.JSON(), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('compared_with', sa.String(), nullable=False),
    sa.Column('fewest', sa.Integer(), nullable=False),
    sa.Column('fewest_base', sa.Integer(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('fewest >= 0 AND fewest_base >= 1', name=op.f('ck_pathway_least_counts')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_pathway_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway')),
    sa.UniqueConstraint('authority_id', 'name', 'characteristic', name=op.f('uq_pathway_authority_id_name_characteristic')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_pathway_authority_id_number'))
    )
    op.create_index(op.f('ix_pathway_authority_id'), 'pathway', ['authority_id'])
    op.create_index(op.f('ix_pathway_area_code'), 'pathway', ['area_code'])
    op.create_table('pathway_counting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pathway_id', sa.Uuid(), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('bases', sa.JSON(), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('period_start <= period_end', name=op.f('ck_pathway_counting_period_in_order')),
    sa.ForeignKeyConstraint(['pathway_id'], ['pathway.id'], name=op.f('fk_pathway_counting_pathway_id_pathway')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway_counting')),
    sa.UniqueConstraint('pathway_id', 'period_end', name=op.f('uq_pathway_counting_pathway_id_period_end'))
    )
    op.create_index(op.f('ix_pathway_counting_pathway_id'), 'pathway_counting', ['pathway_id'])
    op.create_table('pathway_count',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('counting_id', sa.Uuid(), nullable=False),
    sa.Column('stage_code', sa.String(), nullable=False),
    sa.Column('group_code', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_pathway_count_not_below_nothing')),
    sa.ForeignKeyConstraint(['counting_id'], ['pathway_counting.id'], name=op.f('fk_pathway_count_counting_id_pathway_counting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway_count')),
    sa.UniqueConstraint('counting_id', 'stage_code', 'group_code', name=op.f('uq_pathway_count_counting_id_stage_code_group_code'))
    )
    op.create_index(op.f('ix_pathway_count_counting_id'), 'pathway_count', ['counting_id'])
    op.create_table('pathway_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pathway_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_pathway_item_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['pathway_id'], ['pathway.id'], name=op.f('fk_pathway_item_pathway_id_pathway')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway_item')),
    sa.UniqueConstraint('pathway_id', 'item_id', name=op.f('uq_pathway_item_pathway_id_item_id'))
    )
    op.create_index(op.f('ix_pathway_item_item_id'), 'pathway_item', ['item_id'])
    op.create_index(op.f('ix_pathway_item_pathway_id'), 'pathway_item', ['pathway_id'])


def downgrade() -> None:
    op.drop_table('pathway_item')
    op.drop_table('pathway_count')
    op.drop_table('pathway_counting')
    op.drop_table('pathway')
