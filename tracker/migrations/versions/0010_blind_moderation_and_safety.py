"""Who must not see an audit's first grades, pages that save themselves, and grades passed up because of safety"""

from alembic import op
import sqlalchemy as sa

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('audit') as batch:
        batch.add_column(sa.Column('practitioner_said', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('auditor_window', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('moderation', sa.String(length=60), nullable=False, server_default='Not decided yet'))
        batch.add_column(sa.Column('moderation_asked_by_id', sa.Uuid(), nullable=True))
        batch.add_column(sa.Column('moderation_asked_because', sa.String(), nullable=False, server_default=''))
        batch.create_foreign_key(
            op.f('fk_audit_moderation_asked_by_id_person'), 'person', ['moderation_asked_by_id'], ['id'],
        )
    # What was finished before could be read by everybody until somebody began to moderate it.
    op.execute(
        "UPDATE audit SET moderation = 'Asked for', moderation_asked_because = 'Finished before audits were drawn'"
        " WHERE state <> 'Draft'"
    )
    with op.batch_alter_table('domain_grade') as batch:
        batch.add_column(sa.Column('auditor_window', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('moderator_window', sa.String(), nullable=False, server_default=''))
    op.create_table(
        'moderation_sampling',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('share', sa.Integer(), nullable=False),
        sa.Column('ends', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('share BETWEEN 0 AND 100', name=op.f('ck_moderation_sampling_share_of_a_hundred')),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_moderation_sampling_authority_id_authority')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_sampling')),
        sa.UniqueConstraint('authority_id', name=op.f('uq_moderation_sampling_authority_id')),
    )
    op.create_index('ix_moderation_sampling_authority_id', 'moderation_sampling', ['authority_id'])
    op.create_table(
        'safety_escalation',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('authority_id', sa.Uuid(), nullable=False),
        sa.Column('audit_id', sa.Uuid(), nullable=False),
        sa.Column('state', sa.String(length=60), nullable=False),
        sa.Column('raised_at', sa.DateTime(), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=True),
        sa.Column('answered_by_id', sa.Uuid(), nullable=True),
        sa.Column('answer', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'Answered') = (answered_at IS NOT NULL AND answered_by_id IS NOT NULL AND answer <> '')",
            name=op.f('ck_safety_escalation_answered_is_whole'),
        ),
        sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_safety_escalation_answered_by_id_person')),
        sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_safety_escalation_audit_id_audit')),
        sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_safety_escalation_authority_id_authority')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_safety_escalation')),
        sa.UniqueConstraint('audit_id', name=op.f('uq_safety_escalation_audit_id')),
    )
    op.create_index('ix_safety_escalation_authority_id', 'safety_escalation', ['authority_id'])
    with op.batch_alter_table('reminder_letter') as batch:
        batch.add_column(sa.Column('about_id', sa.Uuid(), nullable=True))
        batch.drop_constraint('uq_reminder_letter_authority_id_person_id_day', type_='unique')
    of_a_day, about = sa.text('about_id IS NULL'), sa.text('about_id IS NOT NULL')
    op.create_index(
        'uq_reminder_letter_of_a_day', 'reminder_letter', ['authority_id', 'person_id', 'day'],
        unique=True, sqlite_where=of_a_day, postgresql_where=of_a_day,
    )
    op.create_index(
        'uq_reminder_letter_about', 'reminder_letter', ['person_id', 'about_id'],
        unique=True, sqlite_where=about, postgresql_where=about,
    )


def downgrade() -> None:
    op.drop_index('uq_reminder_letter_about', table_name='reminder_letter')
    op.drop_index('uq_reminder_letter_of_a_day', table_name='reminder_letter')
    op.execute('DELETE FROM reminder_letter WHERE about_id IS NOT NULL')
    with op.batch_alter_table('reminder_letter') as batch:
        batch.drop_column('about_id')
        batch.create_unique_constraint('uq_reminder_letter_authority_id_person_id_day', ['authority_id', 'person_id', 'day'])
    op.drop_table('safety_escalation')
    op.drop_table('moderation_sampling')
    with op.batch_alter_table('domain_grade') as batch:
        batch.drop_column('moderator_window')
        batch.drop_column('auditor_window')
    with op.batch_alter_table('audit') as batch:
        batch.drop_constraint('fk_audit_moderation_asked_by_id_person', type_='foreignkey')
        batch.drop_column('moderation_asked_because')
        batch.drop_column('moderation_asked_by_id')
        batch.drop_column('moderation')
        batch.drop_column('auditor_window')
        batch.drop_column('practitioner_said')
