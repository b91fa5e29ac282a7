"""Past audits, brought in from a council's own spreadsheet"""

from alembic import op
import sqlalchemy as sa

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('audit') as batch:
        batch.add_column(sa.Column('brought_in', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('auditor_said', sa.String(), nullable=False, server_default=''))
    op.create_table(
        'past_audit_sheet',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('file_name', sa.String(), nullable=False),
        sa.Column('file_sha256', sa.String(), nullable=False),
        sa.Column('brought_by_id', sa.Uuid(), nullable=False),
        sa.Column('brought_at', sa.DateTime(), nullable=False),
        sa.Column('sheet_name', sa.String(), nullable=False),
        sa.Column('headings_row', sa.Integer(), nullable=False),
        sa.Column('headings', sa.JSON(), nullable=False),
        sa.Column('columns', sa.JSON(), nullable=False),
        sa.Column('meanings', sa.JSON(), nullable=False),
        sa.Column('tool_id', sa.String(), nullable=True),
        sa.Column('area_code', sa.String(), nullable=True),
        sa.Column('left_out', sa.JSON(), nullable=False),
        sa.Column('applied_at', sa.DateTime(), nullable=True),
        sa.Column('applied', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            '(applied_at IS NULL) = (applied IS NULL)', name=op.f('ck_past_audit_sheet_applied_says_what')
        ),
        sa.ForeignKeyConstraint(
            ['authority_id'], ['authority.id'], name=op.f('fk_past_audit_sheet_authority_id_authority')
        ),
        sa.ForeignKeyConstraint(['brought_by_id'], ['person.id'], name=op.f('fk_past_audit_sheet_brought_by_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_past_audit_sheet')),
    )
    op.create_index(op.f('ix_past_audit_sheet_authority_id'), 'past_audit_sheet', ['authority_id'])
    op.create_table(
        'past_audit_memory',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('headings', sa.JSON(), nullable=False),
        sa.Column('meanings', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ['authority_id'], ['authority.id'], name=op.f('fk_past_audit_memory_authority_id_authority')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_past_audit_memory')),
        sa.UniqueConstraint('authority_id', name=op.f('uq_past_audit_memory_authority_id')),
    )
    op.create_index(op.f('ix_past_audit_memory_authority_id'), 'past_audit_memory', ['authority_id'])


def downgrade() -> None:
    op.drop_table('past_audit_memory')
    op.drop_table('past_audit_sheet')
    with op.batch_alter_table('audit') as batch:
        batch.drop_column('auditor_said')
        batch.drop_column('brought_in')
