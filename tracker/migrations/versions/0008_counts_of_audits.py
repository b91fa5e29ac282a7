"""Counts of audits and findings by month, and the indexes from which a team's audits and a theme's findings are read"""

from alembic import op
import sqlalchemy as sa

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

BY = sa.Enum('whole', 'team', 'area', 'tool', 'theme', 'domain', name='by', native_enum=False, length=60)
COUNTED = sa.Enum(
    'audit', 'domain', 'moderated', 'practitioner', 'family', 're-audit', 'raised', 'closed', 'to agree',
    name='counted', native_enum=False, length=60,
)


def upgrade() -> None:
    op.create_table('audit_summary',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('by', BY, nullable=False),
    sa.Column('counted', COUNTED, nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('member', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('good', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_summary_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_summary')),
    sa.UniqueConstraint(
        'authority_id', 'by', 'counted', 'month', 'member', 'value', 'place',
        name=op.f('uq_audit_summary_authority_id_by_counted_month_member_value_place'),
    ),
    )
    op.create_index(op.f('ix_audit_summary_authority_id'), 'audit_summary', ['authority_id'])
    op.create_index('ix_audit_of_team', 'audit', ['authority_id', 'team_id', 'audited_on'])
    op.create_index('ix_finding_raised', 'finding', ['authority_id', 'raised_on', 'theme_code'])


def downgrade() -> None:
    op.drop_index('ix_finding_raised', table_name='finding')
    op.drop_index('ix_audit_of_team', table_name='audit')
    op.drop_table('audit_summary')
