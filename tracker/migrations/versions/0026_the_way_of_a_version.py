"""Review, lead member and publishing of a version, what has aged, doubts that are printed, and an authority's own words"""

from alembic import op
import sqlalchemy as sa

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('glossary_term',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('written', sa.String(), nullable=False),
    sa.Column('shown', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_glossary_term_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_glossary_term')),
    sa.UniqueConstraint('authority_id', 'written', name=op.f('uq_glossary_term_authority_id_written'))
    )
    op.create_index(op.f('ix_glossary_term_authority_id'), 'glossary_term', ['authority_id'])
    with op.batch_alter_table('self_evaluation') as batch:
        batch.add_column(sa.Column('reviewed_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('reviewed_by_id', sa.Uuid(), nullable=True))
        batch.add_column(sa.Column('noted_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('noted_where', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('published_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('published_where', sa.String(), nullable=False, server_default=''))
        batch.create_foreign_key(op.f('fk_self_evaluation_reviewed_by_id_person'), 'person', ['reviewed_by_id'], ['id'])
        batch.create_check_constraint(op.f('ck_self_evaluation_noted_once_signed'), 'noted_on IS NULL OR signed_on IS NOT NULL')
        batch.create_check_constraint(op.f('ck_self_evaluation_published_once_noted'), 'published_on IS NULL OR noted_on IS NOT NULL')
    with op.batch_alter_table('area_view') as batch:
        batch.add_column(sa.Column('prints_doubt', sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table('statement') as batch:
        batch.add_column(sa.Column('aged', sa.String(), nullable=False, server_default=''))
    for table, name, kind in (
        ('self_evaluation', 'noted_where', sa.String()),
        ('self_evaluation', 'published_where', sa.String()),
        ('area_view', 'prints_doubt', sa.Boolean()),
        ('statement', 'aged', sa.String()),
    ):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('statement') as batch:
        batch.drop_column('aged')
    with op.batch_alter_table('area_view') as batch:
        batch.drop_column('prints_doubt')
    with op.batch_alter_table('self_evaluation') as batch:
        batch.drop_constraint(op.f('ck_self_evaluation_published_once_noted'), type_='check')
        batch.drop_constraint(op.f('ck_self_evaluation_noted_once_signed'), type_='check')
        batch.drop_constraint(op.f('fk_self_evaluation_reviewed_by_id_person'), type_='foreignkey')
        for name in ('published_where', 'published_on', 'noted_where', 'noted_on', 'reviewed_by_id', 'reviewed_on'):
            batch.drop_column(name)
    op.drop_table('glossary_term')
