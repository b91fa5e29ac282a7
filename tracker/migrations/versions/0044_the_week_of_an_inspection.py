"""The week of an inspection: meetings, documents, notes, and what becomes of the report"""

from alembic import op
import sqlalchemy as sa

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_plan_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('framework_id', sa.String(), nullable=False),
    sa.Column('activity', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('sort', sa.Enum('meeting', 'document', name='linesort', native_enum=False, length=60), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('runs_from', sa.Enum('call', 'remote', 'first_day', 'last_day', name='runsfrom', native_enum=False, length=60), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('every', sa.Enum('once', 'remote_day', 'site_day', name='every', native_enum=False, length=60), nullable=False),
    sa.Column('kind', sa.Enum('keep_in_touch', 'interview', 'observation', 'visit', 'feedback', 'other', name='meetingkind', native_enum=False, length=60), nullable=False),
    sa.Column('starts_at', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('taken_out', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_plan_line_authority_id_authority')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_fieldwork_plan_line_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_plan_line')),
    sa.UniqueConstraint('authority_id', 'framework_id', 'activity', 'code', name=op.f('uq_fieldwork_plan_line_authority_id_framework_id_activity_code'))
    )
    op.create_index(op.f('ix_fieldwork_plan_line_authority_id'), 'fieldwork_plan_line', ['authority_id'], unique=False)
    op.create_table('fieldwork_comment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('passage', sa.String(), nullable=False),
    sa.Column('inaccurate', sa.String(), nullable=False),
    sa.Column('proposed', sa.String(), nullable=False),
    sa.Column('proof', sa.String(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_comment_authority_id_authority')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_fieldwork_comment_by_id_person')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_fieldwork_comment_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_fieldwork_comment_fieldwork_id_fieldwork')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_comment'))
    )
    op.create_index(op.f('ix_fieldwork_comment_authority_id'), 'fieldwork_comment', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_comment_fieldwork_id'), 'fieldwork_comment', ['fieldwork_id'], unique=False)
    op.create_table('fieldwork_document',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('runs_from', sa.Enum('call', 'remote', 'first_day', 'last_day', name='runsfrom', native_enum=False, length=60), nullable=True),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('ready_on', sa.Date(), nullable=True),
    sa.Column('ready_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(ready_on IS NULL) = (ready_by_id IS NULL)', name=op.f('ck_fieldwork_document_ready_says_who')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_document_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_fieldwork_document_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_fieldwork_document_owner_id_person')),
    sa.ForeignKeyConstraint(['ready_by_id'], ['person.id'], name=op.f('fk_fieldwork_document_ready_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_document'))
    )
    op.create_index(op.f('ix_fieldwork_document_authority_id'), 'fieldwork_document', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_document_fieldwork_id'), 'fieldwork_document', ['fieldwork_id'], unique=False)
    op.create_table('fieldwork_meeting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('every', sa.Enum('once', 'remote_day', 'site_day', name='every', native_enum=False, length=60), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('runs_from', sa.Enum('call', 'remote', 'first_day', 'last_day', name='runsfrom', native_enum=False, length=60), nullable=True),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('keep_in_touch', 'interview', 'observation', 'visit', 'feedback', 'other', name='meetingkind', native_enum=False, length=60), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('where_held', sa.String(), nullable=False),
    sa.Column('others', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('called_off_because', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_fieldwork_meeting_lasts')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_meeting_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_fieldwork_meeting_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_fieldwork_meeting_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_meeting'))
    )
    op.create_index(op.f('ix_fieldwork_meeting_authority_id'), 'fieldwork_meeting', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_meeting_fieldwork_id'), 'fieldwork_meeting', ['fieldwork_id'], unique=False)
    op.create_table('fieldwork_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('draft_received_on', sa.Date(), nullable=True),
    sa.Column('comments_due_on', sa.Date(), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('sent_to', sa.String(), nullable=False),
    sa.Column('inspection_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(sent_on IS NULL) = (sent_to = '')", name=op.f('ck_fieldwork_report_sent_says_to_whom')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_report_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_fieldwork_report_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_fieldwork_report_inspection_id_inspection')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_report')),
    sa.UniqueConstraint('fieldwork_id', name=op.f('uq_fieldwork_report_fieldwork_id'))
    )
    op.create_index(op.f('ix_fieldwork_report_authority_id'), 'fieldwork_report', ['authority_id'], unique=False)
    op.create_table('fieldwork_briefing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('pack_id', sa.Uuid(), nullable=True),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('(pack_id IS NULL) <> (evidence_id IS NULL)', name=op.f('ck_fieldwork_briefing_one_of_two')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_briefing_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_fieldwork_briefing_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['meeting_id'], ['fieldwork_meeting.id'], name=op.f('fk_fieldwork_briefing_meeting_id_fieldwork_meeting')),
    sa.ForeignKeyConstraint(['pack_id'], ['pack.id'], name=op.f('fk_fieldwork_briefing_pack_id_pack')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_briefing'))
    )
    op.create_index(op.f('ix_fieldwork_briefing_authority_id'), 'fieldwork_briefing', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_briefing_meeting_id'), 'fieldwork_briefing', ['meeting_id'], unique=False)
    op.create_table('fieldwork_note',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Enum('line_of_enquiry', 'strength', 'concern', name='notekind', native_enum=False, length=60), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=True),
    sa.Column('said_on', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(settled_on IS NULL) = (outcome = '')", name=op.f('ck_fieldwork_note_settled_says_how')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_note_authority_id_authority')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_fieldwork_note_by_id_person')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_fieldwork_note_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['meeting_id'], ['fieldwork_meeting.id'], name=op.f('fk_fieldwork_note_meeting_id_fieldwork_meeting')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_fieldwork_note_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_note'))
    )
    op.create_index(op.f('ix_fieldwork_note_authority_id'), 'fieldwork_note', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_note_fieldwork_id'), 'fieldwork_note', ['fieldwork_id'], unique=False)
    op.create_table('fieldwork_packs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('pack_set_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_packs_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_fieldwork_packs_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['pack_set_id'], ['pack_set.id'], name=op.f('fk_fieldwork_packs_pack_set_id_pack_set')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_packs')),
    sa.UniqueConstraint('fieldwork_id', 'pack_set_id', name=op.f('uq_fieldwork_packs_fieldwork_id_pack_set_id'))
    )
    op.create_index(op.f('ix_fieldwork_packs_authority_id'), 'fieldwork_packs', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_packs_fieldwork_id'), 'fieldwork_packs', ['fieldwork_id'], unique=False)
    op.create_table('fieldwork_seat',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_seat_authority_id_authority')),
    sa.ForeignKeyConstraint(['meeting_id'], ['fieldwork_meeting.id'], name=op.f('fk_fieldwork_seat_meeting_id_fieldwork_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_fieldwork_seat_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_seat')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_fieldwork_seat_meeting_id_person_id'))
    )
    op.create_index(op.f('ix_fieldwork_seat_authority_id'), 'fieldwork_seat', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_seat_meeting_id'), 'fieldwork_seat', ['meeting_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_seat_person_id'), 'fieldwork_seat', ['person_id'], unique=False)
    op.create_table('fieldwork_offer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('note_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_fieldwork_offer_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_fieldwork_offer_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['note_id'], ['fieldwork_note.id'], name=op.f('fk_fieldwork_offer_note_id_fieldwork_note')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_offer')),
    sa.UniqueConstraint('note_id', 'evidence_id', name=op.f('uq_fieldwork_offer_note_id_evidence_id'))
    )
    op.create_index(op.f('ix_fieldwork_offer_authority_id'), 'fieldwork_offer', ['authority_id'], unique=False)
    op.create_index(op.f('ix_fieldwork_offer_note_id'), 'fieldwork_offer', ['note_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_fieldwork_offer_note_id'), table_name='fieldwork_offer')
    op.drop_index(op.f('ix_fieldwork_offer_authority_id'), table_name='fieldwork_offer')
    op.drop_table('fieldwork_offer')
    op.drop_index(op.f('ix_fieldwork_seat_person_id'), table_name='fieldwork_seat')
    op.drop_index(op.f('ix_fieldwork_seat_meeting_id'), table_name='fieldwork_seat')
    op.drop_index(op.f('ix_fieldwork_seat_authority_id'), table_name='fieldwork_seat')
    op.drop_table('fieldwork_seat')
    op.drop_index(op.f('ix_fieldwork_packs_fieldwork_id'), table_name='fieldwork_packs')
    op.drop_index(op.f('ix_fieldwork_packs_authority_id'), table_name='fieldwork_packs')
    op.drop_table('fieldwork_packs')
    op.drop_index(op.f('ix_fieldwork_note_fieldwork_id'), table_name='fieldwork_note')
    op.drop_index(op.f('ix_fieldwork_note_authority_id'), table_name='fieldwork_note')
    op.drop_table('fieldwork_note')
    op.drop_index(op.f('ix_fieldwork_briefing_meeting_id'), table_name='fieldwork_briefing')
    op.drop_index(op.f('ix_fieldwork_briefing_authority_id'), table_name='fieldwork_briefing')
    op.drop_table('fieldwork_briefing')
    op.drop_index(op.f('ix_fieldwork_report_authority_id'), table_name='fieldwork_report')
    op.drop_table('fieldwork_report')
    op.drop_index(op.f('ix_fieldwork_meeting_fieldwork_id'), table_name='fieldwork_meeting')
    op.drop_index(op.f('ix_fieldwork_meeting_authority_id'), table_name='fieldwork_meeting')
    op.drop_table('fieldwork_meeting')
    op.drop_index(op.f('ix_fieldwork_document_fieldwork_id'), table_name='fieldwork_document')
    op.drop_index(op.f('ix_fieldwork_document_authority_id'), table_name='fieldwork_document')
    op.drop_table('fieldwork_document')
    op.drop_index(op.f('ix_fieldwork_comment_fieldwork_id'), table_name='fieldwork_comment')
    op.drop_index(op.f('ix_fieldwork_comment_authority_id'), table_name='fieldwork_comment')
    op.drop_table('fieldwork_comment')
    op.drop_index(op.f('ix_fieldwork_plan_line_authority_id'), table_name='fieldwork_plan_line')
    op.drop_table('fieldwork_plan_line')
