"""Spreadsheets of figures that somebody brings in, and what an authority's own words for measures mean"""

from alembic import op
import sqlalchemy as sa

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

LAYOUTS = sa.Enum('a row for each figure', 'a column for each period', name='layout', native_enum=False, length=60)


def upgrade() -> None:
    op.create_table('figure_sheet',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('brought_by_id', sa.Uuid(), nullable=False),
    sa.Column('brought_at', sa.DateTime(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('sheet_name', sa.String(), nullable=False),
    sa.Column('layout', LAYOUTS, nullable=False),
    sa.Column('headings_row', sa.Integer(), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('meanings', sa.JSON(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('applied_at', sa.DateTime(), nullable=True),
    sa.Column('applied', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(applied_at IS NULL) = (applied IS NULL)', name=op.f('ck_figure_sheet_applied_says_what')),
    sa.CheckConstraint('applied_at IS NULL OR content IS NULL', name=op.f('ck_figure_sheet_applied_lets_go')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_figure_sheet_authority_id_authority')),
    sa.ForeignKeyConstraint(['brought_by_id'], ['person.id'], name=op.f('fk_figure_sheet_brought_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figure_sheet'))
    )
    op.create_index(op.f('ix_figure_sheet_authority_id'), 'figure_sheet', ['authority_id'])
    op.create_table('figure_memory',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('measures', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_figure_memory_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figure_memory')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_figure_memory_authority_id'))
    )
    op.create_index(op.f('ix_figure_memory_authority_id'), 'figure_memory', ['authority_id'])


def downgrade() -> None:
    op.drop_table('figure_memory')
    op.drop_table('figure_sheet')
