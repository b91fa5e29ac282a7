"""What uploaded files say, and warnings about what could lead to a child"""

from alembic import op
import sqlalchemy as sa

from tracker.platform.db import UtcDateTime

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('file_reading',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('extent', sa.Enum('Looked through', 'Partly looked through', 'Not looked through', name='extent', native_enum=False, length=60), nullable=False),
    sa.Column('gaps', sa.JSON(), nullable=False),
    sa.Column('found', sa.JSON(), nullable=False),
    sa.Column('read_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_file_reading_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_reading')),
    sa.UniqueConstraint('authority_id', 'sha256', name=op.f('uq_file_reading_authority_id_sha256'))
    )
    op.create_index(op.f('ix_file_reading_authority_id'), 'file_reading', ['authority_id'])
    op.create_table('file_words',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_file_words_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_words')),
    sa.UniqueConstraint('authority_id', 'sha256', 'position', name=op.f('uq_file_words_authority_id_sha256_position'))
    )
    op.create_index(op.f('ix_file_words_authority_id'), 'file_words', ['authority_id'])
    op.create_table('child_data_warning',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('sign', sa.Enum('an NHS number', 'a unique pupil number', 'a date of birth', 'an e-mail address', 'a phone number', 'a case number', name='sign', native_enum=False, length=60), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('hidden', sa.String(), nullable=False),
    sa.Column('warned_at', UtcDateTime(), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=True),
    sa.Column('decision', sa.Enum('Taken out', 'Kept', 'File replaced', name='decision', native_enum=False, length=60), nullable=True),
    sa.Column('because', sa.String(), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("decision IS NULL OR decision <> 'Kept' OR because <> ''", name=op.f('ck_child_data_warning_kept_for_a_reason')),
    sa.CheckConstraint('(decision IS NULL) = (decided_at IS NULL)', name=op.f('ck_child_data_warning_decided_at_a_moment')),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_child_data_warning_added_by_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_child_data_warning_authority_id_authority')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_child_data_warning_decided_by_id_person')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_child_data_warning_evidence_id_evidence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_child_data_warning'))
    )
    op.create_index(op.f('ix_child_data_warning_authority_id'), 'child_data_warning', ['authority_id'])
    op.create_index(op.f('ix_child_data_warning_evidence_id'), 'child_data_warning', ['evidence_id'])
    op.create_index(op.f('ix_child_data_warning_file_sha256'), 'child_data_warning', ['file_sha256'])


def downgrade() -> None:
    op.drop_index(op.f('ix_child_data_warning_file_sha256'), table_name='child_data_warning')
    op.drop_index(op.f('ix_child_data_warning_evidence_id'), table_name='child_data_warning')
    op.drop_index(op.f('ix_child_data_warning_authority_id'), table_name='child_data_warning')
    op.drop_table('child_data_warning')
    op.drop_index(op.f('ix_file_words_authority_id'), table_name='file_words')
    op.drop_table('file_words')
    op.drop_index(op.f('ix_file_reading_authority_id'), table_name='file_reading')
    op.drop_table('file_reading')
