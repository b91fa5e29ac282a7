"""Programmes of audits: what is planned, who audits, cases drawn and given out"""

from alembic import op
import sqlalchemy as sa

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_programme',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('begins', sa.Date(), nullable=False),
        sa.Column('ends', sa.Date(), nullable=False),
        sa.Column('exclude_months', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('ends >= begins', name=op.f('ck_audit_programme_ends_after_it_begins')),
        sa.CheckConstraint('exclude_months >= 0', name=op.f('ck_audit_programme_excludes_no_future')),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_programme_authority_id_authority')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_programme')),
        sa.UniqueConstraint('authority_id', 'name', name=op.f('uq_audit_programme_authority_id_name'))
    )
    op.create_index(op.f('ix_audit_programme_authority_id'), 'audit_programme', ['authority_id'])
    op.create_table('audit_planned',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('programme_id', sa.Uuid(), nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('team_id', sa.Uuid(), nullable=False),
        sa.Column('tool_id', sa.String(), nullable=False),
        sa.Column('theme_code', sa.String(), nullable=True),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('number > 0', name=op.f('ck_audit_planned_plans_something')),
        sa.ForeignKeyConstraint(['programme_id'], ['audit_programme.id'], name=op.f('fk_audit_planned_programme_id_audit_programme')),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_audit_planned_team_id_team')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_planned')),
        sa.UniqueConstraint('programme_id', 'month', 'team_id', 'tool_id', name=op.f('uq_audit_planned_programme_id_month_team_id_tool_id'))
    )
    op.create_index(op.f('ix_audit_planned_programme_id'), 'audit_planned', ['programme_id'])
    op.create_table('audit_programme_auditor',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('programme_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('per_month', sa.Integer(), nullable=False),
        sa.Column('team_id', sa.Uuid(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('per_month >= 0', name=op.f('ck_audit_programme_auditor_audits_no_less_than_none')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_audit_programme_auditor_person_id_person')),
        sa.ForeignKeyConstraint(['programme_id'], ['audit_programme.id'], name=op.f('fk_audit_programme_auditor_programme_id_audit_programme')),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_audit_programme_auditor_team_id_team')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_programme_auditor')),
        sa.UniqueConstraint('programme_id', 'person_id', name=op.f('uq_audit_programme_auditor_programme_id_person_id'))
    )
    op.create_index(op.f('ix_audit_programme_auditor_programme_id'), 'audit_programme_auditor', ['programme_id'])
    op.create_table('audit_sample',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('programme_id', sa.Uuid(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('tool_id', sa.String(), nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('drawn_on', sa.Date(), nullable=False),
        sa.Column('drawn_by_id', sa.Uuid(), nullable=False),
        sa.Column('method', sa.Enum('Random', 'In proportion to each group', 'The same from each group', name='method', native_enum=False, length=60), nullable=False),
        sa.Column('strata', sa.String(), nullable=False),
        sa.Column('seed', sa.String(), nullable=False),
        sa.Column('algorithm', sa.String(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('list_sha256', sa.String(), nullable=False),
        sa.Column('listed', sa.Integer(), nullable=False),
        sa.Column('left_out', sa.String(), nullable=False),
        sa.Column('counts', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_sample_authority_id_authority')),
        sa.ForeignKeyConstraint(['drawn_by_id'], ['person.id'], name=op.f('fk_audit_sample_drawn_by_id_person')),
        sa.ForeignKeyConstraint(['programme_id'], ['audit_programme.id'], name=op.f('fk_audit_sample_programme_id_audit_programme')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_sample')),
        sa.UniqueConstraint('programme_id', 'number', name=op.f('uq_audit_sample_programme_id_number'))
    )
    op.create_index(op.f('ix_audit_sample_authority_id'), 'audit_sample', ['authority_id'])
    op.create_index(op.f('ix_audit_sample_programme_id'), 'audit_sample', ['programme_id'])
    op.create_table('audit_allocation',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('sample_id', sa.Uuid(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('case_reference', sa.String(), nullable=False),
        sa.Column('team_id', sa.Uuid(), nullable=True),
        sa.Column('age_band', sa.String(), nullable=False),
        sa.Column('legal_status', sa.String(), nullable=False),
        sa.Column('not_by', sa.String(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('state', sa.Enum('To allocate', 'Allocated', 'Begun', name='casestate', native_enum=False, length=60), nullable=False),
        sa.Column('auditor_id', sa.Uuid(), nullable=True),
        sa.Column('handed_back_because', sa.String(), nullable=False),
        sa.Column('audit_id', sa.Uuid(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'Begun' OR audit_id IS NOT NULL", name=op.f('ck_audit_allocation_begun_has_an_audit')),
        sa.CheckConstraint("state = 'To allocate' OR auditor_id IS NOT NULL", name=op.f('ck_audit_allocation_allocated_has_an_auditor')),
        sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_allocation_audit_id_audit')),
        sa.ForeignKeyConstraint(['auditor_id'], ['person.id'], name=op.f('fk_audit_allocation_auditor_id_person')),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_allocation_authority_id_authority')),
        sa.ForeignKeyConstraint(['sample_id'], ['audit_sample.id'], name=op.f('fk_audit_allocation_sample_id_audit_sample')),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_audit_allocation_team_id_team')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_allocation')),
        sa.UniqueConstraint('sample_id', 'case_reference', name=op.f('uq_audit_allocation_sample_id_case_reference'))
    )
    op.create_index(op.f('ix_audit_allocation_audit_id'), 'audit_allocation', ['audit_id'])
    op.create_index(op.f('ix_audit_allocation_auditor_id'), 'audit_allocation', ['auditor_id'])
    op.create_index(op.f('ix_audit_allocation_authority_id'), 'audit_allocation', ['authority_id'])
    op.create_index(op.f('ix_audit_allocation_sample_id'), 'audit_allocation', ['sample_id'])
    op.create_index('ix_audit_of_programme', 'audit', ['authority_id', 'programme'])


def downgrade() -> None:
    op.drop_index('ix_audit_of_programme', table_name='audit')
    op.drop_table('audit_allocation')
    op.drop_table('audit_sample')
    op.drop_table('audit_programme_auditor')
    op.drop_table('audit_planned')
    op.drop_table('audit_programme')
