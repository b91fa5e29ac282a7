"""Published figures of England, regions, neighbours and other councils, and sets of neighbours by year"""

from alembic import op
import sqlalchemy as sa

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

WHOSE = sa.Enum(
    'England', 'Region', 'Statistical neighbours together', 'Another council', name='whose', native_enum=False, length=60
)


def upgrade() -> None:
    op.create_table('published_figure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('whose', WHOSE, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('value', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('source_date', sa.Date(), nullable=True),
    sa.CheckConstraint('period_start <= period_end', name=op.f('ck_published_figure_period_in_order')),
    sa.CheckConstraint("source <> ''", name=op.f('ck_published_figure_says_its_source')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_published_figure_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_figure')),
    sa.UniqueConstraint('measure_id', 'period_end', 'period_start', 'whose', 'name', 'basis', name=op.f('uq_published_figure_of_one'))
    )
    op.create_table('neighbour_set',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('source_date', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("source <> ''", name=op.f('ck_neighbour_set_says_its_source')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_neighbour_set_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_neighbour_set')),
    sa.UniqueConstraint('authority_id', 'year', name=op.f('uq_neighbour_set_authority_id_year'))
    )
    op.create_index(op.f('ix_neighbour_set_authority_id'), 'neighbour_set', ['authority_id'])
    op.create_table('neighbour',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('set_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['set_id'], ['neighbour_set.id'], name=op.f('fk_neighbour_set_id_neighbour_set')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_neighbour')),
    sa.UniqueConstraint('set_id', 'name', name=op.f('uq_neighbour_set_id_name'))
    )


def downgrade() -> None:
    op.drop_table('neighbour')
    op.drop_table('neighbour_set')
    op.drop_table('published_figure')
