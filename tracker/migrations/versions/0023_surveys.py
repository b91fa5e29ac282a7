"""Surveys by counts, their waves, questions and voices, and what schemes found"""

from alembic import op
import sqlalchemy as sa

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

ASKED = sa.Enum('Children and young people', 'Parents and carers', 'Staff', 'Partners', name='asked', native_enum=False, length=60)
KINDS = sa.Enum('Strength', 'Area for development', name='findingkind', native_enum=False, length=60)


def upgrade() -> None:
    op.create_table('survey',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('asked', ASKED, nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('said_by', sa.String(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=True),
    sa.Column('scheme', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('accredited_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_survey_has_a_name')),
    sa.CheckConstraint('ends_on IS NULL OR accredited_on IS NOT NULL', name=op.f('ck_survey_ends_what_was_given')),
    sa.CheckConstraint('ends_on IS NULL OR accredited_on <= ends_on', name=op.f('ck_survey_accreditation_in_order')),
    sa.CheckConstraint("accredited_on IS NULL OR scheme <> ''", name=op.f('ck_survey_accredited_by_a_scheme')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_survey_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_survey_authority_id_number'))
    )
    op.create_index(op.f('ix_survey_authority_id'), 'survey', ['authority_id'])
    op.create_table('survey_wave',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('invited', sa.Integer(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_survey_wave_days_in_order')),
    sa.CheckConstraint('answered >= 0 AND answered <= invited AND invited > 0', name=op.f('ck_survey_wave_answered_of_invited')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_wave_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_wave')),
    sa.UniqueConstraint('survey_id', 'last_day', name=op.f('uq_survey_wave_survey_id_last_day'))
    )
    op.create_table('survey_question',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('favourable', sa.JSON(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("text <> ''", name=op.f('ck_survey_question_has_a_text')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_survey_question_measure_id_measure')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_question_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_question')),
    sa.UniqueConstraint('measure_id', name=op.f('uq_survey_question_measure_id')),
    sa.UniqueConstraint('survey_id', 'position', name=op.f('uq_survey_question_survey_id_position'))
    )
    op.create_table('survey_answers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('wave_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['survey_question.id'], name=op.f('fk_survey_answers_question_id_survey_question')),
    sa.ForeignKeyConstraint(['wave_id'], ['survey_wave.id'], name=op.f('fk_survey_answers_wave_id_survey_wave')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_answers')),
    sa.UniqueConstraint('wave_id', 'question_id', name=op.f('uq_survey_answers_wave_id_question_id'))
    )
    op.create_index(op.f('ix_survey_answers_question_id'), 'survey_answers', ['question_id'])
    op.create_table('scheme_finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', KINDS, nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('action_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("text <> ''", name=op.f('ck_scheme_finding_has_a_text')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_scheme_finding_action_id_action')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_scheme_finding_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_scheme_finding_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_finding')),
    sa.UniqueConstraint('survey_id', 'position', name=op.f('uq_scheme_finding_survey_id_position'))
    )
    op.create_index(op.f('ix_scheme_finding_action_id'), 'scheme_finding', ['action_id'])
    op.create_index(op.f('ix_scheme_finding_item_id'), 'scheme_finding', ['item_id'])
    op.create_table('survey_voice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('wave_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_survey_voice_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['wave_id'], ['survey_wave.id'], name=op.f('fk_survey_voice_wave_id_survey_wave')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_voice')),
    sa.UniqueConstraint('evidence_id', name=op.f('uq_survey_voice_evidence_id'))
    )
    op.create_index(op.f('ix_survey_voice_wave_id'), 'survey_voice', ['wave_id'])


def downgrade() -> None:
    for table in ('survey_voice', 'scheme_finding', 'survey_answers', 'survey_question', 'survey_wave', 'survey'):
        op.drop_table(table)
