"""Profiles of packs, and what is drawn of them while they are looked at"""

from alembic import op
import sqlalchemy as sa

revision = '0030'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pack_profile',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sections', sa.JSON(), nullable=False),
    sa.Column('marking', sa.String(length=60), nullable=False),
    sa.Column('watermark', sa.String(), nullable=False),
    sa.Column('ink', sa.String(), nullable=False),
    sa.Column('accent', sa.String(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('crest_sha256', sa.String(), nullable=True),
    sa.Column('crest_alt', sa.String(), nullable=False),
    sa.Column('crest_width', sa.Integer(), nullable=True),
    sa.Column('crest_height', sa.Integer(), nullable=True),
    sa.Column('put_away_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_pack_profile_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_profile')),
    sa.UniqueConstraint('authority_id', 'kind', 'name', name=op.f('uq_pack_profile_authority_id_kind_name'))
    )
    op.create_index(op.f('ix_pack_profile_authority_id'), 'pack_profile', ['authority_id'])
    op.create_table('pack_preview',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('profile_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('contents', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('contents_sha256', sa.String(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_pack_preview_authority_id_authority')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_pack_preview_job_id_job')),
    sa.ForeignKeyConstraint(['profile_id'], ['pack_profile.id'], name=op.f('fk_pack_preview_profile_id_pack_profile')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_preview'))
    )
    for column in ('authority_id', 'profile_id', 'contents_sha256'):
        op.create_index(op.f(f'ix_pack_preview_{column}'), 'pack_preview', [column])
    op.create_table('pack_preview_page',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contents_sha256', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('of', sa.Integer(), nullable=False),
    sa.Column('picture', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_preview_page')),
    sa.UniqueConstraint('contents_sha256', 'number', name=op.f('uq_pack_preview_page_contents_sha256_number'))
    )
    with op.batch_alter_table('pack') as batch:
        batch.add_column(sa.Column('profile_id', sa.Uuid(), nullable=True))
        batch.create_foreign_key(batch.f('fk_pack_profile_id_pack_profile'), 'pack_profile', ['profile_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('pack') as batch:
        batch.drop_constraint(batch.f('fk_pack_profile_id_pack_profile'), type_='foreignkey')
        batch.drop_column('profile_id')
    op.drop_table('pack_preview_page')
    op.drop_table('pack_preview')
    op.drop_table('pack_profile')
