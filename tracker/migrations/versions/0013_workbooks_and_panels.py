"""Audits that were downloaded to be answered in a workbook, workbooks that came back, and panels of moderators"""

from alembic import op
import sqlalchemy as sa

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'audit_export',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('made_by_id', sa.Uuid(), nullable=False),
        sa.Column('made_at', sa.DateTime(), nullable=False),
        sa.Column('audits', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_export_authority_id_authority')),
        sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_audit_export_made_by_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_export')),
    )
    op.create_index('ix_audit_export_authority_id', 'audit_export', ['authority_id'])
    op.create_table(
        'audit_return',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('file_name', sa.String(), nullable=False),
        sa.Column('file_sha256', sa.String(), nullable=False),
        sa.Column('brought_by_id', sa.Uuid(), nullable=False),
        sa.Column('brought_at', sa.DateTime(), nullable=False),
        sa.Column('export_id', sa.Uuid(), nullable=False),
        sa.Column('settled', sa.JSON(), nullable=False),
        sa.Column('applied_at', sa.DateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_return_authority_id_authority')),
        sa.ForeignKeyConstraint(['brought_by_id'], ['person.id'], name=op.f('fk_audit_return_brought_by_id_person')),
        sa.ForeignKeyConstraint(['export_id'], ['audit_export.id'], name=op.f('fk_audit_return_export_id_audit_export')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_return')),
    )
    op.create_index('ix_audit_return_authority_id', 'audit_return', ['authority_id'])
    op.create_table(
        'panel_seat',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('audit_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('given_on', sa.Date(), nullable=True),
        sa.Column('grade_code', sa.String(), nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('domains', sa.JSON(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "given_on IS NULL OR (grade_code IS NOT NULL AND reason <> '')",
            name=op.f('ck_panel_seat_given_has_a_grade_and_a_reason'),
        ),
        sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_panel_seat_audit_id_audit')),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_panel_seat_authority_id_authority')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_panel_seat_person_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_seat')),
        sa.UniqueConstraint('audit_id', 'person_id', name=op.f('uq_panel_seat_audit_id_person_id')),
    )
    op.create_index('ix_panel_seat_authority_id', 'panel_seat', ['authority_id'])
    op.create_index('ix_panel_seat_person_id', 'panel_seat', ['person_id'])


def downgrade() -> None:
    op.drop_table('panel_seat')
    op.drop_table('audit_return')
    op.drop_table('audit_export')
