"""Bundles of evidence taken out"""

from alembic import op
import sqlalchemy as sa

from tracker.platform.db import UtcDateTime

revision = '0007'
down_revision = '0006'
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


def downgrade() -> None:
    with op.batch_alter_table('evidence_bundle', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_bundle_authority_id'))

    op.drop_table('evidence_bundle')
