"""Whom a partner lead works for, and until when somebody gets in"""

from alembic import op
import sqlalchemy as sa

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('membership') as batch_op:
        batch_op.add_column(sa.Column('partner_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('last_day', sa.Date(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_membership_partner_id_partner_organisation'), 'partner_organisation', ['partner_id'], ['id'])
        batch_op.create_check_constraint(op.f('ck_membership_partner_leads_work_for_one'), "(role = 'partner_lead') = (partner_id IS NOT NULL)")
        batch_op.create_check_constraint(op.f('ck_membership_inspectors_have_a_last_day'), "role <> 'inspector' OR last_day IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM membership WHERE role NOT IN ('director', 'head_of_service', 'qa_officer')")
    with op.batch_alter_table('membership') as batch_op:
        batch_op.drop_constraint(op.f('ck_membership_inspectors_have_a_last_day'), type_='check')
        batch_op.drop_constraint(op.f('ck_membership_partner_leads_work_for_one'), type_='check')
        batch_op.drop_constraint(op.f('fk_membership_partner_id_partner_organisation'), type_='foreignkey')
        batch_op.drop_column('last_day')
        batch_op.drop_column('partner_id')
