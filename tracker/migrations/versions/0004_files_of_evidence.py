"""Versions of the files of evidence, what is known of each content, first looks, and files that wait to be described"""

from uuid import uuid4

from alembic import op
import sqlalchemy as sa

import tracker.platform.db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('file_content',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('scan', sa.Enum('Not scanned', 'Waiting for the virus scanner', 'Clean', 'Removed', name='scan', native_enum=False, length=60), nullable=False),
    sa.Column('found', sa.String(), nullable=False),
    sa.Column('scanned_at', tracker.platform.db.UtcDateTime(), nullable=True),
    sa.Column('removed_sha256', sa.String(), nullable=True),
    sa.Column('look', sa.Enum('Being made', 'Made', 'None', name='look', native_enum=False, length=60), nullable=False),
    sa.CheckConstraint("(scan = 'Removed') = (removed_sha256 IS NOT NULL)", name=op.f('ck_file_content_what_is_removed_was_infected')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_content')),
    sa.UniqueConstraint('removed_sha256', name=op.f('uq_file_content_removed_sha256')),
    sa.UniqueConstraint('sha256', name=op.f('uq_file_content_sha256'))
    )
    op.create_table('file_preview',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('content_id', sa.Uuid(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_type', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['content_id'], ['file_content.id'], name=op.f('fk_file_preview_content_id_file_content')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_preview')),
    sa.UniqueConstraint('content_id', 'page', name=op.f('uq_file_preview_content_id_page'))
    )
    with op.batch_alter_table('file_preview', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_file_preview_file_sha256'), ['file_sha256'], unique=False)

    op.create_table('undescribed_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=False),
    sa.Column('added_at', tracker.platform.db.UtcDateTime(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=False),
    sa.Column('file_type', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_undescribed_file_added_by_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_undescribed_file_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_undescribed_file'))
    )
    with op.batch_alter_table('undescribed_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_undescribed_file_added_by_id'), ['added_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_undescribed_file_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_undescribed_file_file_sha256'), ['file_sha256'], unique=False)

    op.create_table('evidence_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=False),
    sa.Column('file_type', sa.String(), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=True),
    sa.Column('added_at', tracker.platform.db.UtcDateTime(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_evidence_file_numbered_from_1')),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_evidence_file_added_by_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_file_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_file_evidence_id_evidence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_file')),
    sa.UniqueConstraint('evidence_id', 'number', name=op.f('uq_evidence_file_evidence_id_number'))
    )
    with op.batch_alter_table('evidence_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_file_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_file_file_sha256'), ['file_sha256'], unique=False)

    _take_over_files(op.get_bind())


def _take_over_files(connection: sa.Connection) -> None:
    """The file that a piece of evidence has becomes its first version; who added it and when stands in the history."""
    evidence = sa.table(
        'evidence', *(sa.column(name, sa.Uuid()) for name in ('id', 'authority_id')),
        *(sa.column(name) for name in ('file_sha256', 'file_name', 'file_size', 'file_type')),
    )
    version = sa.table(
        'evidence_file', *(sa.column(name, sa.Uuid()) for name in ('id', 'authority_id', 'evidence_id')),
        *(sa.column(name) for name in ('number', 'file_sha256', 'file_name', 'file_size', 'file_type', 'why')),
    )
    rows = [
        {
            'id': uuid4(), 'evidence_id': row.id, 'authority_id': row.authority_id, 'number': 1, 'why': '',
            'file_sha256': row.file_sha256, 'file_name': row.file_name, 'file_size': row.file_size or 0,
            'file_type': row.file_type,
        }
        for row in connection.execute(sa.select(evidence).where(evidence.c.file_sha256.is_not(None)))
    ]
    if rows:
        connection.execute(sa.insert(version), rows)


def downgrade() -> None:
    with op.batch_alter_table('evidence_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_file_file_sha256'))
        batch_op.drop_index(batch_op.f('ix_evidence_file_authority_id'))

    op.drop_table('evidence_file')
    with op.batch_alter_table('undescribed_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_undescribed_file_file_sha256'))
        batch_op.drop_index(batch_op.f('ix_undescribed_file_authority_id'))
        batch_op.drop_index(batch_op.f('ix_undescribed_file_added_by_id'))

    op.drop_table('undescribed_file')
    with op.batch_alter_table('file_preview', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_file_preview_file_sha256'))

    op.drop_table('file_preview')
    op.drop_table('file_content')
