"""Answers to the questions of an audit's domains, the lenses an audit carries, and the legal status of its case"""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('audit') as batch:
        batch.add_column(sa.Column('lenses', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('legal_status', sa.String(), nullable=False, server_default=''))
    op.create_table(
        'audit_answer',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('audit_id', sa.Uuid(), nullable=False),
        sa.Column('domain_code', sa.String(), nullable=False),
        sa.Column('question_code', sa.String(), nullable=False),
        sa.Column('answer', sa.String(), nullable=False),
        sa.Column('note', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_answer_audit_id_audit')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_answer')),
        sa.UniqueConstraint('audit_id', 'domain_code', 'question_code', name=op.f('uq_audit_answer_audit_id_domain_code_question_code')),
    )


def downgrade() -> None:
    op.drop_table('audit_answer')
    with op.batch_alter_table('audit') as batch:
        batch.drop_column('legal_status')
        batch.drop_column('lenses')
