"""Audit tools of an authority's own, in versions"""

from alembic import op
import sqlalchemy as sa

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

GUARDS = {
    'sqlite': (
        """CREATE TRIGGER audit_tool_version_is_not_altered BEFORE UPDATE ON audit_tool_version
       BEGIN SELECT RAISE(ABORT, 'Rows of audit_tool_version are only ever added'); END""",
        """CREATE TRIGGER audit_tool_version_is_not_removed BEFORE DELETE ON audit_tool_version
       BEGIN SELECT RAISE(ABORT, 'Rows of audit_tool_version are only ever added'); END""",
    ),
    'postgresql': (
        """CREATE OR REPLACE FUNCTION refuse_to_rewrite_audit_tool_version() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'Rows of audit_tool_version are only ever added' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
        """CREATE TRIGGER audit_tool_version_is_not_rewritten BEFORE UPDATE OR DELETE ON audit_tool_version
       FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_audit_tool_version()""",
    ),
}


def upgrade() -> None:
    op.create_table(
        'audit_tool',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('tool_id', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('copied_from', sa.String(), nullable=False),
        sa.Column('draft', sa.String(), nullable=True),
        sa.Column('retired_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("tool_id LIKE 'own-%'", name=op.f('ck_audit_tool_never_meets_a_shipped_tool')),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_tool_authority_id_authority')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_tool')),
        sa.UniqueConstraint('authority_id', 'tool_id', name=op.f('uq_audit_tool_authority_id_tool_id')),
    )
    op.create_index(op.f('ix_audit_tool_authority_id'), 'audit_tool', ['authority_id'])
    op.create_table(
        'audit_tool_version',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('owner_id', sa.Uuid(), nullable=False),
        sa.Column('tool_id', sa.String(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('content', sa.String(), nullable=False),
        sa.Column('published_on', sa.Date(), nullable=False),
        sa.Column('published_by_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_tool_version_authority_id_authority')),
        sa.ForeignKeyConstraint(['owner_id'], ['audit_tool.id'], name=op.f('fk_audit_tool_version_owner_id_audit_tool')),
        sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_audit_tool_version_published_by_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_tool_version')),
        sa.UniqueConstraint('authority_id', 'tool_id', 'number', name=op.f('uq_audit_tool_version_authority_id_tool_id_number')),
    )
    op.create_index(op.f('ix_audit_tool_version_authority_id'), 'audit_tool_version', ['authority_id'])
    op.create_index(op.f('ix_audit_tool_version_owner_id'), 'audit_tool_version', ['owner_id'])
    for guard in GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)


def downgrade() -> None:
    op.drop_table('audit_tool_version')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION refuse_to_rewrite_audit_tool_version()')
    op.drop_table('audit_tool')
