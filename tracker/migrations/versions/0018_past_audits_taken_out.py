"""Past audits know their file and say who was heard only where it does; shipped tools can be retired"""

from alembic import op
import sqlalchemy as sa

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

MADE_HERE_SAYS = 'ck_audit_made_here_says_who_was_heard'
FEEDBACK = sa.Enum('Obtained', 'Not yet', 'Declined', 'Not appropriate', name='familyfeedback', native_enum=False, length=60)
OF_THEIR_FILE = """
    FROM past_audit_sheet
    WHERE past_audit_sheet.authority_id = audit.authority_id AND past_audit_sheet.applied_at IS NOT NULL
      AND substr(audit.brought_in, 1, length(past_audit_sheet.file_name) + 6) = past_audit_sheet.file_name || ', row '
"""
"""Two files of one name cannot be told apart: their audits stay as they are, and cannot be taken out."""


def upgrade() -> None:
    op.create_table(
        'audit_tool_shipped',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('tool_id', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('retired_on', sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ['authority_id'], ['authority.id'], name=op.f('fk_audit_tool_shipped_authority_id_authority')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_tool_shipped')),
        sa.UniqueConstraint('authority_id', 'tool_id', name=op.f('uq_audit_tool_shipped_authority_id_tool_id')),
    )
    op.create_index(op.f('ix_audit_tool_shipped_authority_id'), 'audit_tool_shipped', ['authority_id'])
    with op.batch_alter_table('past_audit_sheet') as batch:
        batch.add_column(sa.Column('taken_out_at', sa.DateTime(), nullable=True))
        batch.add_column(sa.Column('taken_out_by_id', sa.Uuid(), nullable=True))
        batch.add_column(sa.Column('taken_out_because', sa.String(), nullable=False, server_default=''))
        batch.create_foreign_key('fk_past_audit_sheet_taken_out_by_id_person', 'person', ['taken_out_by_id'], ['id'])
        batch.create_check_constraint(
            op.f('ck_past_audit_sheet_taken_out_says_why'),
            "taken_out_at IS NULL OR (applied_at IS NOT NULL AND taken_out_by_id IS NOT NULL"
            " AND taken_out_because <> '')",
        )
    with op.batch_alter_table('past_audit_sheet') as batch:
        batch.alter_column('taken_out_because', existing_type=sa.String(), server_default=None)
    with op.batch_alter_table('audit') as batch:
        batch.add_column(sa.Column('past_sheet_id', sa.Uuid(), nullable=True))
        batch.create_foreign_key('fk_audit_past_sheet_id_past_audit_sheet', 'past_audit_sheet', ['past_sheet_id'], ['id'])
        batch.alter_column('with_practitioner', existing_type=sa.Boolean(), nullable=True)
        batch.alter_column('family_feedback', existing_type=FEEDBACK, nullable=True)
        batch.create_check_constraint(
            op.f(MADE_HERE_SAYS),
            "brought_in <> '' OR (with_practitioner IS NOT NULL AND family_feedback IS NOT NULL)",
        )
    op.create_index(op.f('ix_audit_past_sheet_id'), 'audit', ['past_sheet_id'])
    op.create_index(op.f('ix_finding_closed_by_reaudit_id'), 'finding', ['closed_by_reaudit_id'])
    op.execute("UPDATE audit SET with_practitioner = NULL, family_feedback = NULL WHERE brought_in <> ''")
    op.execute(
        f"UPDATE audit SET past_sheet_id = (SELECT past_audit_sheet.id {OF_THEIR_FILE})"
        f" WHERE brought_in <> '' AND (SELECT count(*) {OF_THEIR_FILE}) = 1"
    )


def downgrade() -> None:
    op.drop_index(op.f('ix_finding_closed_by_reaudit_id'), table_name='finding')
    op.drop_index(op.f('ix_audit_past_sheet_id'), table_name='audit')
    op.execute("UPDATE audit SET with_practitioner = false WHERE with_practitioner IS NULL")
    op.execute("UPDATE audit SET family_feedback = 'Not yet' WHERE family_feedback IS NULL")
    with op.batch_alter_table('audit') as batch:
        batch.drop_constraint(op.f(MADE_HERE_SAYS), type_='check')
        batch.alter_column('family_feedback', existing_type=FEEDBACK, nullable=False)
        batch.alter_column('with_practitioner', existing_type=sa.Boolean(), nullable=False)
        batch.drop_constraint('fk_audit_past_sheet_id_past_audit_sheet', type_='foreignkey')
        batch.drop_column('past_sheet_id')
    with op.batch_alter_table('past_audit_sheet') as batch:
        batch.drop_constraint(op.f('ck_past_audit_sheet_taken_out_says_why'), type_='check')
        batch.drop_constraint('fk_past_audit_sheet_taken_out_by_id_person', type_='foreignkey')
        batch.drop_column('taken_out_because')
        batch.drop_column('taken_out_by_id')
        batch.drop_column('taken_out_at')
    op.drop_table('audit_tool_shipped')
