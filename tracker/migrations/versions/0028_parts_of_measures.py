"""Parts of measures, with their figures"""

from alembic import op
import sqlalchemy as sa

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('measure_part',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind <> '' AND name <> ''", name=op.f('ck_measure_part_named')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_part_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_part')),
    sa.UniqueConstraint('measure_id', 'kind', 'name', name=op.f('uq_measure_part_measure_id_kind_name'))
    )
    op.create_index(op.f('ix_measure_part_measure_id'), 'measure_part', ['measure_id'])
    op.create_table('measure_part_value',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('value', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('numerator', sa.Integer(), nullable=True),
    sa.Column('denominator', sa.Integer(), nullable=True),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(numerator IS NULL) = (denominator IS NULL)', name=op.f('ck_measure_part_value_both_counts_or_neither')),
    sa.CheckConstraint('denominator IS NULL OR denominator > 0', name=op.f('ck_measure_part_value_counted_out_of_some')),
    sa.CheckConstraint('period_start <= period_end', name=op.f('ck_measure_part_value_period_in_order')),
    sa.ForeignKeyConstraint(['part_id'], ['measure_part.id'], name=op.f('fk_measure_part_value_part_id_measure_part')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_part_value')),
    sa.UniqueConstraint('part_id', 'period_end', name=op.f('uq_measure_part_value_part_id_period_end'))
    )


def downgrade() -> None:
    op.drop_table('measure_part_value')
    op.drop_table('measure_part')
