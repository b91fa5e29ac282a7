"""Many files of evidence brought in together, and bundles taken out"""

from alembic import op
import sqlalchemy as sa

from tracker.platform.db import UtcDateTime

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evidence_bundle',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('marking', sa.String(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('contents_sha256', sa.String(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('file_sha256', sa.String(), nullable=True),
    sa.Column('file_size', sa.Integer(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_evidence_bundle_asked_by_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_bundle_authority_id_authority')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_evidence_bundle_job_id_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_bundle'))
    )
    with op.batch_alter_table('evidence_bundle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_bundle_authority_id'), ['authority_id'], unique=False)

    op.create_table('evidence_import',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=True),
    sa.Column('manifest_name', sa.String(), nullable=False),
    sa.Column('manifest_sha256', sa.String(), nullable=True),
    sa.Column('brought_by_id', sa.Uuid(), nullable=False),
    sa.Column('brought_at', UtcDateTime(), nullable=False),
    sa.Column('sheet_name', sa.String(), nullable=False),
    sa.Column('headings_row', sa.Integer(), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('files_in_all', sa.Integer(), nullable=False),
    sa.Column('files_done', sa.Integer(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('looked', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('carried_out_at', UtcDateTime(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=True),
    sa.Column('given_up_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint('(carried_out_at IS NULL) = (taken IS NULL)', name=op.f('ck_evidence_import_carried_out_says_how_many')),
    sa.CheckConstraint('carried_out_at IS NULL OR given_up_at IS NULL', name=op.f('ck_evidence_import_carried_out_or_given_up')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_import_authority_id_authority')),
    sa.ForeignKeyConstraint(['brought_by_id'], ['person.id'], name=op.f('fk_evidence_import_brought_by_id_person')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_evidence_import_job_id_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_import'))
    )
    with op.batch_alter_table('evidence_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_import_authority_id'), ['authority_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('evidence_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_import_authority_id'))

    op.drop_table('evidence_import')
    with op.batch_alter_table('evidence_bundle', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_bundle_authority_id'))

    op.drop_table('evidence_bundle')
