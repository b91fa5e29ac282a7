"""The first tables"""

from alembic import op
import sqlalchemy as sa

from tracker.platform.db import UtcDateTime

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


GUARDS = {
    'sqlite': (
        """CREATE TRIGGER snapshot_is_not_altered BEFORE UPDATE ON snapshot
       BEGIN SELECT RAISE(ABORT, 'Rows of snapshot are only ever added'); END""",
        """CREATE TRIGGER snapshot_is_not_removed BEFORE DELETE ON snapshot
       BEGIN SELECT RAISE(ABORT, 'Rows of snapshot are only ever added'); END""",
        """CREATE VIRTUAL TABLE passage_words
USING fts5(stems, content='passage', content_rowid='word_key', tokenize='unicode61')""",
        """CREATE TRIGGER passage_words_added AFTER INSERT ON passage BEGIN
    INSERT INTO passage_words (rowid, stems) VALUES (new.word_key, new.stems);
END""",
        """CREATE TRIGGER passage_words_removed AFTER DELETE ON passage BEGIN
    INSERT INTO passage_words (passage_words, rowid, stems) VALUES ('delete', old.word_key, old.stems);
END""",
        """CREATE TRIGGER passage_words_changed AFTER UPDATE OF stems ON passage BEGIN
    INSERT INTO passage_words (passage_words, rowid, stems) VALUES ('delete', old.word_key, old.stems);
    INSERT INTO passage_words (rowid, stems) VALUES (new.word_key, new.stems);
END""",
        """CREATE TRIGGER snapshot_item_is_not_altered BEFORE UPDATE ON snapshot_item
       BEGIN SELECT RAISE(ABORT, 'Rows of snapshot_item are only ever added'); END""",
        """CREATE TRIGGER snapshot_item_is_not_removed BEFORE DELETE ON snapshot_item
       BEGIN SELECT RAISE(ABORT, 'Rows of snapshot_item are only ever added'); END""",
        """CREATE TRIGGER snapshot_action_is_not_altered BEFORE UPDATE ON snapshot_action
       BEGIN SELECT RAISE(ABORT, 'Rows of snapshot_action are only ever added'); END""",
        """CREATE TRIGGER snapshot_action_is_not_removed BEFORE DELETE ON snapshot_action
       BEGIN SELECT RAISE(ABORT, 'Rows of snapshot_action are only ever added'); END""",
        """CREATE TRIGGER action_update_is_not_altered BEFORE UPDATE ON action_update
       BEGIN SELECT RAISE(ABORT, 'Rows of action_update are only ever added'); END""",
        """CREATE TRIGGER action_update_is_not_removed BEFORE DELETE ON action_update
       BEGIN SELECT RAISE(ABORT, 'Rows of action_update are only ever added'); END""",
    ),
    'postgresql': (
        """CREATE OR REPLACE FUNCTION refuse_to_rewrite_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'Rows of snapshot are only ever added' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
        """CREATE TRIGGER snapshot_is_not_rewritten BEFORE UPDATE OR DELETE ON snapshot
       FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_snapshot()""",
        """ALTER TABLE passage ADD COLUMN passage_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED""",
        """CREATE INDEX ix_passage_words ON passage USING gin (passage_words)""",
        """CREATE OR REPLACE FUNCTION refuse_to_rewrite_snapshot_item() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'Rows of snapshot_item are only ever added' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
        """CREATE TRIGGER snapshot_item_is_not_rewritten BEFORE UPDATE OR DELETE ON snapshot_item
       FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_snapshot_item()""",
        """CREATE OR REPLACE FUNCTION refuse_to_rewrite_snapshot_action() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'Rows of snapshot_action are only ever added' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
        """CREATE TRIGGER snapshot_action_is_not_rewritten BEFORE UPDATE OR DELETE ON snapshot_action
       FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_snapshot_action()""",
        """CREATE OR REPLACE FUNCTION refuse_to_rewrite_action_update() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'Rows of action_update are only ever added' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
        """CREATE TRIGGER action_update_is_not_rewritten BEFORE UPDATE OR DELETE ON action_update
       FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_action_update()""",
    ),
}
"""What each database keeps beside its tables: words to search by, and rows that are only ever added."""
UNGUARD = {
    'sqlite': (
        """DROP TABLE IF EXISTS passage_words""",
    ),
    'postgresql': (
    ),
}
"""What has to go before the tables."""
AFTERWARDS = {'sqlite': (), 'postgresql': ('DROP FUNCTION IF EXISTS refuse_to_rewrite_action_update()', 'DROP FUNCTION IF EXISTS refuse_to_rewrite_snapshot()', 'DROP FUNCTION IF EXISTS refuse_to_rewrite_snapshot_action()', 'DROP FUNCTION IF EXISTS refuse_to_rewrite_snapshot_item()')}
"""And after them."""


def run(statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(':', '\\:')))


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table('authority',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authority')),
    sa.UniqueConstraint('slug', name=op.f('uq_authority_slug'))
    )
    op.create_table('history_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('chain', sa.Uuid(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('actor_name', sa.String(), nullable=False),
    sa.Column('thing_kind', sa.String(), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('previous_hash', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_entry')),
    sa.UniqueConstraint('chain', 'sequence', name=op.f('uq_history_entry_chain_sequence'))
    )
    with op.batch_alter_table('history_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_history_entry_thing_id'), ['thing_id'], unique=False)

    op.create_table('history_head',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_head'))
    )
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    op.create_table('tick',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tick')),
    sa.UniqueConstraint('name', name=op.f('uq_tick_name'))
    )
    op.create_table('area_owner',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_area_owner_authority_id_authority')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_area_owner_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area_owner')),
    sa.UniqueConstraint('authority_id', 'area_code', name=op.f('uq_area_owner_authority_id_area_code'))
    )
    with op.batch_alter_table('area_owner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_owner_authority_id'), ['authority_id'], unique=False)

    op.create_table('calendar_address',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('token_sha256', sa.String(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('revoked_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_calendar_address_authority_id_authority')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_calendar_address_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_address')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_calendar_address_token_sha256'))
    )
    with op.batch_alter_table('calendar_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_address_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_address_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_calendar_address_in_force', ['authority_id', 'person_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))

    op.create_table('doubtful_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('reading', sa.JSON(), nullable=False),
    sa.Column('doubts', sa.Integer(), nullable=False),
    sa.Column('read_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_doubtful_report_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doubtful_report')),
    sa.UniqueConstraint('authority_id', 'file_sha256', name=op.f('uq_doubtful_report_authority_id_file_sha256'))
    )
    with op.batch_alter_table('doubtful_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_doubtful_report_authority_id'), ['authority_id'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('Document', 'Link', 'Data', 'Audit', 'Observation', 'Practice example', 'Voice', name='kind', native_enum=False, length=60), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=True),
    sa.Column('period_to', sa.Date(), nullable=True),
    sa.Column('shows', sa.String(), nullable=False),
    sa.Column('strength', sa.Enum('Activity', 'Output', 'Outcome', 'Impact', name='strength', native_enum=False, length=60), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('marking', sa.Enum('Official', 'Official-Sensitive', name='marking', native_enum=False, length=60), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('voice_of', sa.Enum('Child', 'Young person', 'Parent', 'Carer', 'Practitioner', 'Partner', name='voiceof', native_enum=False, length=60), nullable=True),
    sa.Column('setting', sa.String(), nullable=False),
    sa.Column('consent', sa.String(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=True),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=True),
    sa.Column('file_type', sa.String(), nullable=False),
    sa.Column('not_child_data_because', sa.String(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_because', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind <> 'Document' OR file_sha256 IS NOT NULL", name=op.f('ck_evidence_document_has_a_file')),
    sa.CheckConstraint("kind <> 'Link' OR url <> ''", name=op.f('ck_evidence_link_has_an_address')),
    sa.CheckConstraint("kind <> 'Voice' OR (words <> '' AND voice_of IS NOT NULL)", name=op.f('ck_evidence_voice_has_words_and_speaker')),
    sa.CheckConstraint("withdrawn_on IS NULL OR withdrawn_because <> ''", name=op.f('ck_evidence_withdrawn_for_a_reason')),
    sa.CheckConstraint('period_from IS NULL OR period_to IS NULL OR period_from <= period_to', name=op.f('ck_evidence_period_in_order')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_authority_id_authority')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_evidence_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_evidence_authority_id_number'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_file_sha256'), ['file_sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_owner_id'), ['owner_id'], unique=False)

    op.create_table('expected_inspection',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('because', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("because <> ''", name=op.f('ck_expected_inspection_says_why')),
    sa.CheckConstraint('opens_on <= closes_on', name=op.f('ck_expected_inspection_opens_before_it_closes')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_expected_inspection_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expected_inspection')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_expected_inspection_authority_id'))
    )
    with op.batch_alter_table('expected_inspection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expected_inspection_authority_id'), ['authority_id'], unique=False)

    op.create_table('governance_board',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_governance_board_has_a_name')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_governance_board_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_governance_board')),
    sa.UniqueConstraint('authority_id', 'name', name=op.f('uq_governance_board_authority_id_name'))
    )
    with op.batch_alter_table('governance_board', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_governance_board_authority_id'), ['authority_id'], unique=False)

    op.create_table('inspection',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('framework_id', sa.String(), nullable=False),
    sa.Column('activity', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('authority_as_printed', sa.String(), nullable=False),
    sa.Column('dates_as_printed', sa.String(), nullable=False),
    sa.Column('fieldwork_from', sa.Date(), nullable=False),
    sa.Column('fieldwork_to', sa.Date(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('lead_inspector', sa.String(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_inspection_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('authority_id', 'file_sha256', name=op.f('uq_inspection_authority_id_file_sha256')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_inspection_authority_id_number'))
    )
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_authority_id'), ['authority_id'], unique=False)

    op.create_table('job',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=True),
    sa.Column('task', sa.String(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('queued', 'running', 'done', 'failed', name='jobstate', native_enum=False, length=60), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('queued_at', UtcDateTime(), nullable=False),
    sa.Column('not_before', UtcDateTime(), nullable=True),
    sa.Column('started_at', UtcDateTime(), nullable=True),
    sa.Column('heartbeat_at', UtcDateTime(), nullable=True),
    sa.Column('finished_at', UtcDateTime(), nullable=True),
    sa.Column('message', sa.String(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_job_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_state'), ['state'], unique=False)

    op.create_table('measure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('definition_id', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('counts', sa.String(), nullable=False),
    sa.Column('out_of', sa.String(), nullable=False),
    sa.Column('unit', sa.Enum('%', 'per 10,000', 'count', 'months', 'cases', 'score', name='unit', native_enum=False, length=60), nullable=False),
    sa.Column('period', sa.Enum('month', 'quarter', 'year', 'day', name='period', native_enum=False, length=60), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('of_whom', sa.String(), nullable=False),
    sa.Column('direction', sa.Enum('Higher is better', 'Lower is better', 'Context only', name='direction', native_enum=False, length=60), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=True),
    sa.Column('target', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('target_by', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_measure_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure')),
    sa.UniqueConstraint('authority_id', 'definition_id', 'basis', name=op.f('uq_measure_authority_id_definition_id_basis')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_measure_authority_id_number'))
    )
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_area_code'), ['area_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_measure_authority_id'), ['authority_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('director', 'head_of_service', 'qa_officer', name='role', native_enum=False, length=60), nullable=False),
    sa.Column('job_title', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_membership_authority_id_authority')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('authority_id', 'person_id', name=op.f('uq_membership_authority_id_person_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_person_id'), ['person_id'], unique=False)

    op.create_table('partner_organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('Police', 'Health', 'Schools', 'Voluntary sector', 'Housing', 'Probation and youth justice', 'Other', name='partnerkind', native_enum=False, length=60), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_partner_organisation_has_a_name')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_partner_organisation_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_organisation')),
    sa.UniqueConstraint('authority_id', 'name', name=op.f('uq_partner_organisation_authority_id_name'))
    )
    with op.batch_alter_table('partner_organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_organisation_authority_id'), ['authority_id'], unique=False)

    op.create_table('plan_export',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('actions', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_plan_export_authority_id_authority')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_plan_export_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_export'))
    )
    with op.batch_alter_table('plan_export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_export_authority_id'), ['authority_id'], unique=False)

    op.create_table('reference_counter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('prefix', sa.String(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_reference_counter_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_counter')),
    sa.UniqueConstraint('authority_id', 'prefix', name=op.f('uq_reference_counter_authority_id_prefix'))
    )
    op.create_table('reminder_choice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('due_soon', sa.Boolean(), nullable=False),
    sa.Column('overdue', sa.Boolean(), nullable=False),
    sa.Column('escalated', sa.Boolean(), nullable=False),
    sa.Column('waiting', sa.Boolean(), nullable=False),
    sa.Column('digest', sa.Boolean(), nullable=False),
    sa.Column('digest_weekday', sa.Enum('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', name='weekday', native_enum=False, length=60), nullable=True),
    sa.Column('digest_hour', sa.Integer(), nullable=True),
    sa.Column('chosen_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_reminder_choice_authority_id_authority')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_choice_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_choice')),
    sa.UniqueConstraint('authority_id', 'person_id', name=op.f('uq_reminder_choice_authority_id_person_id'))
    )
    with op.batch_alter_table('reminder_choice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_choice_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_choice_person_id'), ['person_id'], unique=False)

    op.create_table('reminder_numbers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('due_soon_days', sa.Integer(), nullable=False),
    sa.Column('statutory_soon_days', sa.Integer(), nullable=False),
    sa.Column('overdue_every_days', sa.Integer(), nullable=False),
    sa.Column('accountable_after_days', sa.Integer(), nullable=False),
    sa.Column('director_after_days', sa.Integer(), nullable=False),
    sa.Column('digest_weekday', sa.Enum('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', name='weekday', native_enum=False, length=60), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('quiet_from', sa.Integer(), nullable=False),
    sa.Column('quiet_until', sa.Integer(), nullable=False),
    sa.Column('closed_days', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('accountable_after_days <= director_after_days', name=op.f('ck_reminder_numbers_accountable_before_director')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_reminder_numbers_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_numbers')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_reminder_numbers_authority_id'))
    )
    with op.batch_alter_table('reminder_numbers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_numbers_authority_id'), ['authority_id'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('reading', sa.JSON(), nullable=False),
    sa.Column('corrections', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('To check', 'Recorded', 'Discarded', name='reviewstate', native_enum=False, length=60), nullable=False),
    sa.Column('read_at', UtcDateTime(), nullable=False),
    sa.Column('read_for_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_review_authority_id_authority')),
    sa.ForeignKeyConstraint(['read_for_id'], ['person.id'], name=op.f('fk_review_read_for_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_file_sha256'), ['file_sha256'], unique=False)

    op.create_table('saved_view',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('query', sa.String(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_saved_view_has_a_name')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_saved_view_authority_id_authority')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_saved_view_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('authority_id', 'owner_id', 'name', name=op.f('uq_saved_view_authority_id_owner_id_name'))
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_view_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_saved_view_owner_id'), ['owner_id'], unique=False)

    op.create_table('self_evaluation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('framework_id', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('Draft', 'In review', 'Signed off', name='versionstate', native_enum=False, length=60), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('signed_by_id', sa.Uuid(), nullable=True),
    sa.Column('frozen', sa.JSON(), nullable=True),
    sa.Column('frozen_sha256', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'Signed off') = (signed_on IS NOT NULL)", name=op.f('ck_self_evaluation_signed_off_has_a_day')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_self_evaluation_authority_id_authority')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['person.id'], name=op.f('fk_self_evaluation_signed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_evaluation')),
    sa.UniqueConstraint('authority_id', 'edition', name=op.f('uq_self_evaluation_authority_id_edition'))
    )
    with op.batch_alter_table('self_evaluation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_self_evaluation_authority_id'), ['authority_id'], unique=False)

    op.create_table('sheet_memory',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('meanings', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_sheet_memory_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_memory')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_sheet_memory_authority_id'))
    )
    with op.batch_alter_table('sheet_memory', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_memory_authority_id'), ['authority_id'], unique=False)

    op.create_table('team',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('service', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_team_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('authority_id', 'name', name=op.f('uq_team_authority_id_name'))
    )
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_authority_id'), ['authority_id'], unique=False)

    op.create_table('area_view',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('self_evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('grade_code', sa.String(), nullable=True),
    sa.Column('confidence', sa.Enum('Low', 'Medium', 'High', name='confidence', native_enum=False, length=60), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('not_sure_of', sa.String(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['self_evaluation_id'], ['self_evaluation.id'], name=op.f('fk_area_view_self_evaluation_id_self_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area_view')),
    sa.UniqueConstraint('self_evaluation_id', 'area_code', name=op.f('uq_area_view_self_evaluation_id_area_code'))
    )
    with op.batch_alter_table('area_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_view_self_evaluation_id'), ['self_evaluation_id'], unique=False)

    op.create_table('audit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('tool_id', sa.String(), nullable=False),
    sa.Column('tool_version', sa.Integer(), nullable=False),
    sa.Column('programme', sa.String(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=True),
    sa.Column('case_reference', sa.String(), nullable=False),
    sa.Column('age_band', sa.String(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_to', sa.Date(), nullable=False),
    sa.Column('audited_on', sa.Date(), nullable=False),
    sa.Column('auditor_id', sa.Uuid(), nullable=False),
    sa.Column('with_practitioner', sa.Boolean(), nullable=False),
    sa.Column('family_feedback', sa.Enum('Obtained', 'Not yet', 'Declined', 'Not appropriate', name='familyfeedback', native_enum=False, length=60), nullable=False),
    sa.Column('family_said', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('Draft', 'Done', 'Moderated', name='auditstate', native_enum=False, length=60), nullable=False),
    sa.Column('grade_code', sa.String(), nullable=True),
    sa.Column('strengths', sa.String(), nullable=False),
    sa.Column('safety_action', sa.String(), nullable=False),
    sa.Column('moderator_id', sa.Uuid(), nullable=True),
    sa.Column('moderated_on', sa.Date(), nullable=True),
    sa.Column('moderator_grade_code', sa.String(), nullable=True),
    sa.Column('moderated_grade_code', sa.String(), nullable=True),
    sa.Column('moderation_reason', sa.String(), nullable=False),
    sa.Column('reaudit_of_id', sa.Uuid(), nullable=True),
    sa.Column('reaudit_due_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'Moderated' OR (moderator_id IS NOT NULL AND moderated_on IS NOT NULL AND moderated_grade_code IS NOT NULL AND moderation_reason <> '')", name=op.f('ck_audit_moderated_is_whole')),
    sa.CheckConstraint("state = 'Draft' OR grade_code IS NOT NULL", name=op.f('ck_audit_done_has_a_grade')),
    sa.CheckConstraint('moderator_id IS NULL OR moderator_id <> auditor_id', name=op.f('ck_audit_moderated_by_another')),
    sa.ForeignKeyConstraint(['auditor_id'], ['person.id'], name=op.f('fk_audit_auditor_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_audit_authority_id_authority')),
    sa.ForeignKeyConstraint(['moderator_id'], ['person.id'], name=op.f('fk_audit_moderator_id_person')),
    sa.ForeignKeyConstraint(['reaudit_of_id'], ['audit.id'], name=op.f('fk_audit_reaudit_of_id_audit')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_audit_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_audit_authority_id_number'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_area_code'), ['area_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_audited_on'), ['audited_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_auditor_id'), ['auditor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_moderator_id'), ['moderator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_reaudit_of_id'), ['reaudit_of_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_team_id'), ['team_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_theme_code'), ['theme_code'], unique=False)

    op.create_table('board_date',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('covers', sa.Enum('The whole plan', 'Only the actions that this board watches over', name='covers', native_enum=False, length=60), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_board_date_authority_id_authority')),
    sa.ForeignKeyConstraint(['board_id'], ['governance_board.id'], name=op.f('fk_board_date_board_id_governance_board')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_date')),
    sa.UniqueConstraint('board_id', 'on', name=op.f('uq_board_date_board_id_on'))
    )
    with op.batch_alter_table('board_date', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_date_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index('ix_board_date_by_day', ['authority_id', 'on'], unique=False)

    op.create_table('improvement_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('wording', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('source', sa.Enum('Inspection', 'Focused visit', 'Monitoring visit', 'Joint targeted area inspection', 'Peer review', 'Complaint theme', 'Audit theme', 'Found by ourselves', 'Statutory notice', 'Practice standard', name='source', native_enum=False, length=60), nullable=False),
    sa.Column('inspection_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('finding_type', sa.String(), nullable=False),
    sa.Column('responsible', sa.String(), nullable=False),
    sa.Column('source_page', sa.Integer(), nullable=True),
    sa.Column('source_box', sa.JSON(), nullable=True),
    sa.Column('source_document', sa.String(), nullable=False),
    sa.Column('source_dated', sa.Date(), nullable=True),
    sa.Column('source_place', sa.String(), nullable=False),
    sa.Column('source_said_by', sa.String(), nullable=False),
    sa.Column('source_url', sa.String(), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('accountable_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.Enum('Open', 'Closed', 'Merged', 'Split', 'Superseded', name='itemstate', native_enum=False, length=60), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closed_because', sa.String(), nullable=False),
    sa.Column('closed_by_id', sa.Uuid(), nullable=True),
    sa.Column('successor_id', sa.Uuid(), nullable=True),
    sa.Column('part_of_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'Open') = (closed_on IS NULL)", name=op.f('ck_improvement_item_not_open_has_a_day')),
    sa.CheckConstraint("source_url = '' OR source_url LIKE 'https://%'", name=op.f('ck_improvement_item_link_is_https')),
    sa.CheckConstraint("state <> 'Merged' OR successor_id IS NOT NULL", name=op.f('ck_improvement_item_merged_into_another')),
    sa.CheckConstraint("state IN ('Open', 'Closed') OR closed_because <> ''", name=op.f('ck_improvement_item_gives_way_with_a_reason')),
    sa.CheckConstraint("successor_id IS NULL OR state IN ('Merged', 'Superseded')", name=op.f('ck_improvement_item_successor_of_what_gave_way')),
    sa.CheckConstraint('part_of_id <> id', name=op.f('ck_improvement_item_not_a_part_of_itself')),
    sa.CheckConstraint('successor_id <> id', name=op.f('ck_improvement_item_not_its_own_successor')),
    sa.ForeignKeyConstraint(['accountable_id'], ['person.id'], name=op.f('fk_improvement_item_accountable_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_improvement_item_authority_id_authority')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['person.id'], name=op.f('fk_improvement_item_closed_by_id_person')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_improvement_item_inspection_id_inspection')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_improvement_item_owner_id_person')),
    sa.ForeignKeyConstraint(['part_of_id'], ['improvement_item.id'], name=op.f('fk_improvement_item_part_of_id_improvement_item')),
    sa.ForeignKeyConstraint(['successor_id'], ['improvement_item.id'], name=op.f('fk_improvement_item_successor_id_improvement_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement_item')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_improvement_item_authority_id_number'))
    )
    with op.batch_alter_table('improvement_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_improvement_item_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_improvement_item_inspection_id'), ['inspection_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_improvement_item_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_improvement_item_part_of_id'), ['part_of_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_improvement_item_successor_id'), ['successor_id'], unique=False)

    op.create_table('judgement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('inspection_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('grade_code', sa.String(), nullable=True),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('box', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_judgement_inspection_id_inspection')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judgement')),
    sa.UniqueConstraint('inspection_id', 'area_code', name=op.f('uq_judgement_inspection_id_area_code'))
    )
    with op.batch_alter_table('judgement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_judgement_inspection_id'), ['inspection_id'], unique=False)

    op.create_table('measure_value',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('value', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('numerator', sa.Integer(), nullable=True),
    sa.Column('denominator', sa.Integer(), nullable=True),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(numerator IS NULL) = (denominator IS NULL)', name=op.f('ck_measure_value_both_counts_or_neither')),
    sa.CheckConstraint('denominator IS NULL OR denominator > 0', name=op.f('ck_measure_value_counted_out_of_some')),
    sa.CheckConstraint('period_start <= period_end', name=op.f('ck_measure_value_period_in_order')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_value_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_value')),
    sa.UniqueConstraint('measure_id', 'period_end', name=op.f('uq_measure_value_measure_id_period_end'))
    )
    with op.batch_alter_table('measure_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_value_measure_id'), ['measure_id'], unique=False)

    op.create_table('pack',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('self-evaluation', 'improvement-plan', 'statement-of-action', 'board', name='packkind', native_enum=False, length=60), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=True),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('contents_sha256', sa.String(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('file_sha256', sa.String(), nullable=True),
    sa.Column('file_size', sa.Integer(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_pack_asked_by_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_pack_authority_id_authority')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_pack_job_id_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_pack_authority_id_number'))
    )
    with op.batch_alter_table('pack', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pack_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pack_contents_sha256'), ['contents_sha256'], unique=False)

    op.create_table('paragraph',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('inspection_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('printed_number', sa.Integer(), nullable=True),
    sa.Column('area_code', sa.String(), nullable=True),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('box', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_paragraph_inspection_id_inspection')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paragraph')),
    sa.UniqueConstraint('inspection_id', 'position', name=op.f('uq_paragraph_inspection_id_position'))
    )
    with op.batch_alter_table('paragraph', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paragraph_inspection_id'), ['inspection_id'], unique=False)

    op.create_table('plan_sheet',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('brought_by_id', sa.Uuid(), nullable=False),
    sa.Column('brought_at', UtcDateTime(), nullable=False),
    sa.Column('sheet_name', sa.String(), nullable=False),
    sa.Column('headings_row', sa.Integer(), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('meanings', sa.JSON(), nullable=False),
    sa.Column('source', sa.Enum('Inspection', 'Focused visit', 'Monitoring visit', 'Joint targeted area inspection', 'Peer review', 'Complaint theme', 'Audit theme', 'Found by ourselves', 'Statutory notice', 'Practice standard', name='source', native_enum=False, length=60), nullable=False),
    sa.Column('export_id', sa.Uuid(), nullable=True),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('settled', sa.JSON(), nullable=False),
    sa.Column('applied_at', UtcDateTime(), nullable=True),
    sa.Column('applied', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(applied_at IS NULL) = (applied IS NULL)', name=op.f('ck_plan_sheet_applied_says_what')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_plan_sheet_authority_id_authority')),
    sa.ForeignKeyConstraint(['brought_by_id'], ['person.id'], name=op.f('fk_plan_sheet_brought_by_id_person')),
    sa.ForeignKeyConstraint(['export_id'], ['plan_export.id'], name=op.f('fk_plan_sheet_export_id_plan_export')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_sheet'))
    )
    with op.batch_alter_table('plan_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_sheet_authority_id'), ['authority_id'], unique=False)

    op.create_table('practice_example',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('team', sa.String(), nullable=False),
    sa.Column('partners', sa.String(), nullable=False),
    sa.Column('aims', sa.String(), nullable=False),
    sa.Column('done', sa.String(), nullable=False),
    sa.Column('in_the_way', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_practice_example_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_practice_example_evidence_id_evidence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_example')),
    sa.UniqueConstraint('evidence_id', name=op.f('uq_practice_example_evidence_id'))
    )
    with op.batch_alter_table('practice_example', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_example_authority_id'), ['authority_id'], unique=False)

    op.create_table('published_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('about_as_printed', sa.String(), nullable=False),
    sa.Column('framework_id', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('fieldwork_from', sa.Date(), nullable=False),
    sa.Column('fieldwork_to', sa.Date(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('page_sizes', sa.JSON(), nullable=False),
    sa.Column('inspection_id', sa.Uuid(), nullable=True),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_published_report_authority_id_authority')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_published_report_inspection_id_inspection')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_report')),
    sa.UniqueConstraint('authority_id', 'file_sha256', name=op.f('uq_published_report_authority_id_file_sha256'))
    )
    with op.batch_alter_table('published_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_published_report_about'), ['about'], unique=False)
        batch_op.create_index(batch_op.f('ix_published_report_authority_id'), ['authority_id'], unique=False)

    op.create_table('reminder_letter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('digest', sa.Boolean(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('html', sa.String(), nullable=False),
    sa.Column('unsubscribe', sa.String(), nullable=False),
    sa.Column('written_at', UtcDateTime(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('handed_over_at', UtcDateTime(), nullable=True),
    sa.Column('sent_at', UtcDateTime(), nullable=True),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.Column('failed_at', UtcDateTime(), nullable=True),
    sa.Column('trouble', sa.String(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('sent_at IS NULL OR handed_over_at IS NOT NULL', name=op.f('ck_reminder_letter_sent_was_handed_over')),
    sa.CheckConstraint('sent_at IS NULL OR withdrawn_at IS NULL', name=op.f('ck_reminder_letter_sent_or_withdrawn')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_reminder_letter_authority_id_authority')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_reminder_letter_job_id_job')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_letter_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_letter')),
    sa.UniqueConstraint('authority_id', 'person_id', 'day', name=op.f('uq_reminder_letter_authority_id_person_id_day'))
    )
    with op.batch_alter_table('reminder_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_letter_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_letter_person_id'), ['person_id'], unique=False)

    op.create_table('statutory_duty',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('inspection_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('sent_to', sa.String(), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=True),
    sa.Column('not_required_because', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(done_on IS NULL) = (sent_to = '')", name=op.f('ck_statutory_duty_done_says_to_whom')),
    sa.CheckConstraint("done_on IS NULL OR not_required_because = ''", name=op.f('ck_statutory_duty_done_or_not_required')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_statutory_duty_authority_id_authority')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_statutory_duty_inspection_id_inspection')),
    sa.ForeignKeyConstraint(['lead_id'], ['person.id'], name=op.f('fk_statutory_duty_lead_id_person')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_statutory_duty_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statutory_duty')),
    sa.UniqueConstraint('inspection_id', 'code', name=op.f('uq_statutory_duty_inspection_id_code'))
    )
    with op.batch_alter_table('statutory_duty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statutory_duty_authority_id'), ['authority_id'], unique=False)

    op.create_table('action',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('accountable_id', sa.Uuid(), nullable=True),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('partner_contact', sa.String(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('priority', sa.Enum('High', 'Medium', 'Low', name='priority', native_enum=False, length=60), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('status', sa.Enum('Not started', 'On track', 'At risk', 'Off track', 'Awaiting sign-off', 'Delivered, impact not yet evidenced', 'Embedded', 'Superseded', name='status', native_enum=False, length=60), nullable=False),
    sa.Column('success_measure', sa.String(), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('delivered_by_id', sa.Uuid(), nullable=True),
    sa.Column('signed_off_on', sa.Date(), nullable=True),
    sa.Column('signed_off_by_id', sa.Uuid(), nullable=True),
    sa.Column('difference', sa.String(), nullable=False),
    sa.Column('difference_due_on', sa.Date(), nullable=True),
    sa.Column('last_update_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("partner_contact = '' OR partner_id IS NOT NULL", name=op.f('ck_action_contact_is_of_a_partner')),
    sa.CheckConstraint("status <> 'Embedded' OR difference <> ''", name=op.f('ck_action_embedded_made_a_difference')),
    sa.CheckConstraint("status NOT IN ('Delivered, impact not yet evidenced', 'Embedded') OR signed_off_on IS NOT NULL", name=op.f('ck_action_delivered_is_signed_off')),
    sa.CheckConstraint('signed_off_by_id IS NULL OR delivered_by_id IS NULL OR signed_off_by_id <> delivered_by_id', name=op.f('ck_action_not_signed_off_by_its_deliverer')),
    sa.CheckConstraint('signed_off_by_id IS NULL OR signed_off_by_id <> lead_id', name=op.f('ck_action_signed_off_by_another')),
    sa.CheckConstraint('starts_on IS NULL OR starts_on <= due_on', name=op.f('ck_action_starts_before_it_is_due')),
    sa.ForeignKeyConstraint(['accountable_id'], ['person.id'], name=op.f('fk_action_accountable_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_action_authority_id_authority')),
    sa.ForeignKeyConstraint(['board_id'], ['governance_board.id'], name=op.f('fk_action_board_id_governance_board')),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['person.id'], name=op.f('fk_action_delivered_by_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_action_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['lead_id'], ['person.id'], name=op.f('fk_action_lead_id_person')),
    sa.ForeignKeyConstraint(['partner_id'], ['partner_organisation.id'], name=op.f('fk_action_partner_id_partner_organisation')),
    sa.ForeignKeyConstraint(['signed_off_by_id'], ['person.id'], name=op.f('fk_action_signed_off_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_action_authority_id_number'))
    )
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index('ix_action_led_by', ['authority_id', 'lead_id', 'status'], unique=False)
        batch_op.create_index('ix_action_of_item', ['item_id', 'status', 'due_on', 'number', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_partner_id'), ['partner_id'], unique=False)
        batch_op.create_index('ix_action_plan_by_due', ['authority_id', 'status', 'due_on'], unique=False)

    op.create_table('appraisal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('written_at', UtcDateTime(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('together_with', sa.String(), nullable=False),
    sa.Column('worried_about', sa.String(), nullable=False),
    sa.Column('working_well', sa.String(), nullable=False),
    sa.Column('needs_to_happen', sa.String(), nullable=False),
    sa.Column('scale', sa.Integer(), nullable=False),
    sa.Column('aim', sa.Integer(), nullable=False),
    sa.Column('next_step', sa.String(), nullable=False),
    sa.CheckConstraint('scale BETWEEN 0 AND 10 AND aim BETWEEN 0 AND 10', name=op.f('ck_appraisal_scale_is_0_to_10')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_appraisal_by_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_appraisal_item_id_improvement_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appraisal'))
    )
    with op.batch_alter_table('appraisal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appraisal_item_id'), ['item_id'], unique=False)

    op.create_table('domain_grade',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('audit_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('domain_code', sa.String(), nullable=False),
    sa.Column('applies', sa.Boolean(), nullable=False),
    sa.Column('grade_code', sa.String(), nullable=True),
    sa.Column('seen', sa.String(), nullable=False),
    sa.Column('difference', sa.String(), nullable=False),
    sa.Column('auditor_saves', sa.Integer(), nullable=False),
    sa.Column('moderated_grade_code', sa.String(), nullable=True),
    sa.Column('moderator_applies', sa.Boolean(), nullable=False),
    sa.Column('moderator_saw', sa.String(), nullable=False),
    sa.Column('moderator_saves', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('applies OR grade_code IS NULL', name=op.f('ck_domain_grade_graded_only_if_it_applies')),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_domain_grade_audit_id_audit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_domain_grade')),
    sa.UniqueConstraint('audit_id', 'domain_code', name=op.f('uq_domain_grade_audit_id_domain_code'))
    )
    with op.batch_alter_table('domain_grade', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_domain_grade_audit_id'), ['audit_id'], unique=False)

    op.create_table('echo',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('earlier_id', sa.Uuid(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('decision', sa.Enum('Suggested', 'Confirmed', 'Rejected', name='decision', native_enum=False, length=60), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_echo_decided_by_id_person')),
    sa.ForeignKeyConstraint(['earlier_id'], ['improvement_item.id'], name=op.f('fk_echo_earlier_id_improvement_item')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_echo_item_id_improvement_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_echo')),
    sa.UniqueConstraint('item_id', 'earlier_id', name=op.f('uq_echo_item_id_earlier_id'))
    )
    with op.batch_alter_table('echo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_echo_earlier_id'), ['earlier_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_echo_item_id'), ['item_id'], unique=False)

    op.create_table('mapping',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('to', sa.Enum('area', 'theme', 'paragraph', 'national framework', name='mappedto', native_enum=False, length=60), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('paragraph_id', sa.Uuid(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('decision', sa.Enum('Suggested', 'Confirmed', 'Rejected', name='decision', native_enum=False, length=60), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("decision = 'Suggested' OR decided_at IS NOT NULL", name=op.f('ck_mapping_decided_by_somebody')),
    sa.CheckConstraint('(paragraph_id IS NULL) <> (code IS NULL)', name=op.f('ck_mapping_code_or_paragraph')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_mapping_decided_by_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_mapping_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['paragraph_id'], ['paragraph.id'], name=op.f('fk_mapping_paragraph_id_paragraph')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mapping')),
    sa.UniqueConstraint('item_id', 'to', 'code', 'paragraph_id', name=op.f('uq_mapping_item_id_to_code_paragraph_id'))
    )
    with op.batch_alter_table('mapping', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mapping_item_id'), ['item_id'], unique=False)

    op.create_table('measure_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_measure_item_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_item_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_item')),
    sa.UniqueConstraint('measure_id', 'item_id', name=op.f('uq_measure_item_measure_id_item_id'))
    )
    with op.batch_alter_table('measure_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_item_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_measure_item_measure_id'), ['measure_id'], unique=False)

    op.create_table('passage',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('item', 'paragraph', name='passagekind', native_enum=False, length=60), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('printed_number', sa.Integer(), nullable=True),
    sa.Column('area_code', sa.String(), nullable=True),
    sa.Column('area_is_likely', sa.Boolean(), nullable=False),
    sa.Column('grade_code', sa.String(), nullable=True),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('box', sa.JSON(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('stems', sa.String(), nullable=False),
    sa.Column('word_key', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['published_report.id'], name=op.f('fk_passage_report_id_published_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passage')),
    sa.UniqueConstraint('report_id', 'position', name=op.f('uq_passage_report_id_position')),
    sa.UniqueConstraint('word_key', name=op.f('uq_passage_word_key'))
    )
    with op.batch_alter_table('passage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passage_report_id'), ['report_id'], unique=False)

    op.create_table('reminder',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('letter_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('Due soon', 'Overdue', 'Escalated', 'Waiting', 'Weekly digest', name='kind', native_enum=False, length=60), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('about_on', sa.Date(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_reminder_authority_id_authority')),
    sa.ForeignKeyConstraint(['letter_id'], ['reminder_letter.id'], name=op.f('fk_reminder_letter_id_reminder_letter')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('person_id', 'kind', 'thing_id', 'day', name=op.f('uq_reminder_person_id_kind_thing_id_day'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index('ix_reminder_told', ['authority_id', 'day'], unique=False)

    op.create_table('report_grade',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('grade_code', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['report_id'], ['published_report.id'], name=op.f('fk_report_grade_report_id_published_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_grade')),
    sa.UniqueConstraint('report_id', 'area_code', name=op.f('uq_report_grade_report_id_area_code'))
    )
    with op.batch_alter_table('report_grade', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_grade_report_id'), ['report_id'], unique=False)

    op.create_table('snapshot',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('board_date_id', sa.Uuid(), nullable=False),
    sa.Column('board_name', sa.String(), nullable=False),
    sa.Column('covers', sa.Enum('The whole plan', 'Only the actions that this board watches over', name='covers', native_enum=False, length=60), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('taken_at', UtcDateTime(), nullable=False),
    sa.Column('taken_by_id', sa.Uuid(), nullable=True),
    sa.Column('actions', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_snapshot_has_a_hash')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_snapshot_authority_id_authority')),
    sa.ForeignKeyConstraint(['board_date_id'], ['board_date.id'], name=op.f('fk_snapshot_board_date_id_board_date')),
    sa.ForeignKeyConstraint(['board_id'], ['governance_board.id'], name=op.f('fk_snapshot_board_id_governance_board')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['person.id'], name=op.f('fk_snapshot_taken_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_snapshot_authority_id_number')),
    sa.UniqueConstraint('board_date_id', name=op.f('uq_snapshot_board_date_id'))
    )
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_authority_id'), ['authority_id'], unique=False)

    op.create_table('statement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('self_evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('question', sa.Enum('know', 'how', 'plans', name='question', native_enum=False, length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('Draft', 'In review', 'Signed off', name='statementstate', native_enum=False, length=60), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('saved_at', UtcDateTime(), nullable=False),
    sa.Column('saved_by_id', sa.Uuid(), nullable=True),
    sa.Column('carried_from_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_statement_author_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_statement_authority_id_authority')),
    sa.ForeignKeyConstraint(['carried_from_id'], ['statement.id'], name=op.f('fk_statement_carried_from_id_statement')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_statement_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_statement_saved_by_id_person')),
    sa.ForeignKeyConstraint(['self_evaluation_id'], ['self_evaluation.id'], name=op.f('fk_statement_self_evaluation_id_self_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_statement_authority_id_number'))
    )
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_self_evaluation_id'), ['self_evaluation_id'], unique=False)

    op.create_table('action_dependency',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('waits_for_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('action_id <> waits_for_id', name=op.f('ck_action_dependency_waits_for_another')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_action_dependency_action_id_action')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_action_dependency_authority_id_authority')),
    sa.ForeignKeyConstraint(['waits_for_id'], ['action.id'], name=op.f('fk_action_dependency_waits_for_id_action')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_dependency')),
    sa.UniqueConstraint('action_id', 'waits_for_id', name=op.f('uq_action_dependency_action_id_waits_for_id'))
    )
    with op.batch_alter_table('action_dependency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_dependency_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_dependency_waits_for_id'), ['waits_for_id'], unique=False)

    op.create_table('action_move',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('from_item_id', sa.Uuid(), nullable=False),
    sa.Column('to_item_id', sa.Uuid(), nullable=False),
    sa.Column('action_version', sa.Integer(), nullable=False),
    sa.CheckConstraint('from_item_id <> to_item_id', name=op.f('ck_action_move_goes_to_another')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_action_move_action_id_action')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_action_move_authority_id_authority')),
    sa.ForeignKeyConstraint(['from_item_id'], ['improvement_item.id'], name=op.f('fk_action_move_from_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['to_item_id'], ['improvement_item.id'], name=op.f('fk_action_move_to_item_id_improvement_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_move')),
    sa.UniqueConstraint('action_id', 'from_item_id', name=op.f('uq_action_move_action_id_from_item_id'))
    )
    with op.batch_alter_table('action_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_move_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_move_from_item_id'), ['from_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_move_to_item_id'), ['to_item_id'], unique=False)

    op.create_table('citation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_citation_statement_id_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_citation')),
    sa.UniqueConstraint('statement_id', 'place', name=op.f('uq_citation_statement_id_place')),
    sa.UniqueConstraint('statement_id', 'reference', name=op.f('uq_citation_statement_id_reference'))
    )
    with op.batch_alter_table('citation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_citation_reference'), ['reference'], unique=False)
        batch_op.create_index(batch_op.f('ix_citation_statement_id'), ['statement_id'], unique=False)

    op.create_table('evidence_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('area_code', sa.String(), nullable=True),
    sa.Column('theme_code', sa.String(), nullable=True),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('action_id', sa.Uuid(), nullable=True),
    sa.Column('shows_there', sa.String(), nullable=False),
    sa.Column('shows_difference', sa.Boolean(), nullable=False),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('CASE WHEN area_code IS NULL THEN 0 ELSE 1 END + CASE WHEN theme_code IS NULL THEN 0 ELSE 1 END + CASE WHEN item_id IS NULL THEN 0 ELSE 1 END + CASE WHEN action_id IS NULL THEN 0 ELSE 1 END = 1', name=op.f('ck_evidence_link_links_to_one_thing')),
    sa.CheckConstraint('NOT shows_difference OR action_id IS NOT NULL', name=op.f('ck_evidence_link_difference_is_an_actions')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_evidence_link_action_id_action')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_link_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_link_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_evidence_link_item_id_improvement_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_link')),
    sa.UniqueConstraint('evidence_id', 'action_id', name=op.f('uq_evidence_link_evidence_id_action_id')),
    sa.UniqueConstraint('evidence_id', 'area_code', name=op.f('uq_evidence_link_evidence_id_area_code')),
    sa.UniqueConstraint('evidence_id', 'item_id', name=op.f('uq_evidence_link_evidence_id_item_id')),
    sa.UniqueConstraint('evidence_id', 'theme_code', name=op.f('uq_evidence_link_evidence_id_theme_code'))
    )
    with op.batch_alter_table('evidence_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_link_action_id'), ['action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_link_area_code'), ['area_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_link_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_link_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_link_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_link_theme_code'), ['theme_code'], unique=False)

    op.create_table('finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Uuid(), nullable=False),
    sa.Column('domain_code', sa.String(), nullable=True),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=True),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('action_id', sa.Uuid(), nullable=True),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.Column('agree_by', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('Open', 'Closed', name='findingstate', native_enum=False, length=60), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closed_because', sa.String(), nullable=False),
    sa.Column('closed_evidence', sa.String(), nullable=False),
    sa.Column('closed_by_reaudit_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'Closed') = (closed_on IS NOT NULL)", name=op.f('ck_finding_closed_has_a_day')),
    sa.CheckConstraint("closed_by_reaudit_id IS NULL OR state = 'Closed'", name=op.f('ck_finding_reaudited_is_closed')),
    sa.CheckConstraint("state = 'Open' OR closed_because <> ''", name=op.f('ck_finding_closed_has_a_reason')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_finding_action_id_action')),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_finding_audit_id_audit')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_finding_authority_id_authority')),
    sa.ForeignKeyConstraint(['closed_by_reaudit_id'], ['audit.id'], name=op.f('fk_finding_closed_by_reaudit_id_audit')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_finding_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_finding_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_finding_authority_id_number'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_action_id'), ['action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_audit_id'), ['audit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_theme_code'), ['theme_code'], unique=False)

    op.create_table('milestone',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('reached_on', sa.Date(), nullable=True),
    sa.Column('dropped_on', sa.Date(), nullable=True),
    sa.CheckConstraint("title <> ''", name=op.f('ck_milestone_has_a_title')),
    sa.CheckConstraint('reached_on IS NULL OR dropped_on IS NULL', name=op.f('ck_milestone_reached_or_dropped')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_milestone_action_id_action')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone')),
    sa.UniqueConstraint('action_id', 'position', name=op.f('uq_milestone_action_id_position'))
    )
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.create_index('ix_milestone_to_reach', ['action_id', 'reached_on', 'due_on'], unique=False)

    op.create_table('passage_theme',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('passage_id', sa.Uuid(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_passage_theme_passage_id_passage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passage_theme')),
    sa.UniqueConstraint('passage_id', 'theme_code', name=op.f('uq_passage_theme_passage_id_theme_code'))
    )
    with op.batch_alter_table('passage_theme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passage_theme_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_passage_theme_theme_code'), ['theme_code'], unique=False)

    op.create_table('snapshot_action',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('snapshot_id', sa.Uuid(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('lead_name', sa.String(), nullable=False),
    sa.Column('status', sa.Enum('Not started', 'On track', 'At risk', 'Off track', 'Awaiting sign-off', 'Delivered, impact not yet evidenced', 'Embedded', 'Superseded', name='status', native_enum=False, length=60), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('moves', sa.Integer(), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('signed_off_on', sa.Date(), nullable=True),
    sa.Column('difference_due_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_snapshot_action_action_id_action')),
    sa.ForeignKeyConstraint(['board_id'], ['governance_board.id'], name=op.f('fk_snapshot_action_board_id_governance_board')),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_snapshot_action_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_snapshot_action_snapshot_id_snapshot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot_action')),
    sa.UniqueConstraint('snapshot_id', 'action_id', name=op.f('uq_snapshot_action_snapshot_id_action_id'))
    )
    with op.batch_alter_table('snapshot_action', schema=None) as batch_op:
        batch_op.create_index('ix_snapshot_action_by_item', ['snapshot_id', 'item_id', 'status', 'due_on', 'first_due_on', 'starts_on', 'delivered_on', 'board_id'], unique=False)
        batch_op.create_index('ix_snapshot_action_compared', ['snapshot_id', 'action_id', 'status', 'due_on', 'number', 'first_due_on', 'board_id'], unique=False)

    op.create_table('snapshot_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('snapshot_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('owner_name', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('Open', 'Closed', 'Merged', 'Split', 'Superseded', name='itemstate', native_enum=False, length=60), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['improvement_item.id'], name=op.f('fk_snapshot_item_item_id_improvement_item')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_snapshot_item_snapshot_id_snapshot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot_item')),
    sa.UniqueConstraint('snapshot_id', 'item_id', name=op.f('uq_snapshot_item_snapshot_id_item_id'))
    )
    op.create_table('action_update',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('status_from', sa.Enum('Not started', 'On track', 'At risk', 'Off track', 'Awaiting sign-off', 'Delivered, impact not yet evidenced', 'Embedded', 'Superseded', name='status', native_enum=False, length=60), nullable=False),
    sa.Column('status_to', sa.Enum('Not started', 'On track', 'At risk', 'Off track', 'Awaiting sign-off', 'Delivered, impact not yet evidenced', 'Embedded', 'Superseded', name='status', native_enum=False, length=60), nullable=False),
    sa.Column('done', sa.String(), nullable=False),
    sa.Column('difference', sa.String(), nullable=False),
    sa.Column('next_step', sa.String(), nullable=False),
    sa.Column('confidence', sa.Enum('Confident', 'Fairly confident', 'Not confident', name='confidence', native_enum=False, length=60), nullable=True),
    sa.Column('due_from', sa.Date(), nullable=True),
    sa.Column('due_to', sa.Date(), nullable=True),
    sa.Column('due_reason', sa.String(), nullable=False),
    sa.Column('milestone_id', sa.Uuid(), nullable=True),
    sa.Column('milestone_due_from', sa.Date(), nullable=True),
    sa.Column('milestone_due_to', sa.Date(), nullable=True),
    sa.Column('takes_back_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("due_to IS NULL OR due_reason <> ''", name=op.f('ck_action_update_due_date_moves_with_a_reason')),
    sa.CheckConstraint("milestone_due_to IS NULL OR (due_reason <> '' AND milestone_id IS NOT NULL)", name=op.f('ck_action_update_milestone_moves_with_a_reason')),
    sa.CheckConstraint('(due_from IS NULL) = (due_to IS NULL)', name=op.f('ck_action_update_due_date_moves_from_and_to')),
    sa.CheckConstraint('(milestone_due_from IS NULL) = (milestone_due_to IS NULL)', name=op.f('ck_action_update_milestone_moves_from_and_to')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_action_update_action_id_action')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_action_update_by_id_person')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_action_update_milestone_id_milestone')),
    sa.ForeignKeyConstraint(['takes_back_id'], ['action_update.id'], name=op.f('fk_action_update_takes_back_id_action_update')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_update')),
    sa.UniqueConstraint('takes_back_id', name=op.f('uq_action_update_takes_back_id'))
    )
    with op.batch_alter_table('action_update', schema=None) as batch_op:
        batch_op.create_index('ix_action_update_trail', ['action_id', 'at'], unique=False)

    # ### end Alembic commands ###
    run(GUARDS)


def downgrade() -> None:
    run(UNGUARD)
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table('action_update', schema=None) as batch_op:
        batch_op.drop_index('ix_action_update_trail')

    op.drop_table('action_update')
    op.drop_table('snapshot_item')
    with op.batch_alter_table('snapshot_action', schema=None) as batch_op:
        batch_op.drop_index('ix_snapshot_action_compared')
        batch_op.drop_index('ix_snapshot_action_by_item')

    op.drop_table('snapshot_action')
    with op.batch_alter_table('passage_theme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passage_theme_theme_code'))
        batch_op.drop_index(batch_op.f('ix_passage_theme_passage_id'))

    op.drop_table('passage_theme')
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.drop_index('ix_milestone_to_reach')

    op.drop_table('milestone')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_theme_code'))
        batch_op.drop_index(batch_op.f('ix_finding_owner_id'))
        batch_op.drop_index(batch_op.f('ix_finding_item_id'))
        batch_op.drop_index(batch_op.f('ix_finding_authority_id'))
        batch_op.drop_index(batch_op.f('ix_finding_audit_id'))
        batch_op.drop_index(batch_op.f('ix_finding_action_id'))

    op.drop_table('finding')
    with op.batch_alter_table('evidence_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_link_theme_code'))
        batch_op.drop_index(batch_op.f('ix_evidence_link_item_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_link_evidence_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_link_authority_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_link_area_code'))
        batch_op.drop_index(batch_op.f('ix_evidence_link_action_id'))

    op.drop_table('evidence_link')
    with op.batch_alter_table('citation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_citation_statement_id'))
        batch_op.drop_index(batch_op.f('ix_citation_reference'))

    op.drop_table('citation')
    with op.batch_alter_table('action_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_move_to_item_id'))
        batch_op.drop_index(batch_op.f('ix_action_move_from_item_id'))
        batch_op.drop_index(batch_op.f('ix_action_move_authority_id'))

    op.drop_table('action_move')
    with op.batch_alter_table('action_dependency', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_dependency_waits_for_id'))
        batch_op.drop_index(batch_op.f('ix_action_dependency_authority_id'))

    op.drop_table('action_dependency')
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statement_self_evaluation_id'))
        batch_op.drop_index(batch_op.f('ix_statement_item_id'))
        batch_op.drop_index(batch_op.f('ix_statement_authority_id'))
        batch_op.drop_index(batch_op.f('ix_statement_author_id'))

    op.drop_table('statement')
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_snapshot_authority_id'))

    op.drop_table('snapshot')
    with op.batch_alter_table('report_grade', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_grade_report_id'))

    op.drop_table('report_grade')
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_index('ix_reminder_told')
        batch_op.drop_index(batch_op.f('ix_reminder_letter_id'))
        batch_op.drop_index(batch_op.f('ix_reminder_authority_id'))

    op.drop_table('reminder')
    with op.batch_alter_table('passage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passage_report_id'))

    op.drop_table('passage')
    with op.batch_alter_table('measure_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_measure_item_measure_id'))
        batch_op.drop_index(batch_op.f('ix_measure_item_item_id'))

    op.drop_table('measure_item')
    with op.batch_alter_table('mapping', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mapping_item_id'))

    op.drop_table('mapping')
    with op.batch_alter_table('echo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_echo_item_id'))
        batch_op.drop_index(batch_op.f('ix_echo_earlier_id'))

    op.drop_table('echo')
    with op.batch_alter_table('domain_grade', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_domain_grade_audit_id'))

    op.drop_table('domain_grade')
    with op.batch_alter_table('appraisal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appraisal_item_id'))

    op.drop_table('appraisal')
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.drop_index('ix_action_plan_by_due')
        batch_op.drop_index(batch_op.f('ix_action_partner_id'))
        batch_op.drop_index('ix_action_of_item')
        batch_op.drop_index('ix_action_led_by')
        batch_op.drop_index(batch_op.f('ix_action_lead_id'))
        batch_op.drop_index(batch_op.f('ix_action_board_id'))
        batch_op.drop_index(batch_op.f('ix_action_authority_id'))

    op.drop_table('action')
    with op.batch_alter_table('statutory_duty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statutory_duty_authority_id'))

    op.drop_table('statutory_duty')
    with op.batch_alter_table('reminder_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_letter_person_id'))
        batch_op.drop_index(batch_op.f('ix_reminder_letter_authority_id'))

    op.drop_table('reminder_letter')
    with op.batch_alter_table('published_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_published_report_authority_id'))
        batch_op.drop_index(batch_op.f('ix_published_report_about'))

    op.drop_table('published_report')
    with op.batch_alter_table('practice_example', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_example_authority_id'))

    op.drop_table('practice_example')
    with op.batch_alter_table('plan_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_sheet_authority_id'))

    op.drop_table('plan_sheet')
    with op.batch_alter_table('paragraph', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paragraph_inspection_id'))

    op.drop_table('paragraph')
    with op.batch_alter_table('pack', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pack_contents_sha256'))
        batch_op.drop_index(batch_op.f('ix_pack_authority_id'))

    op.drop_table('pack')
    with op.batch_alter_table('measure_value', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_measure_value_measure_id'))

    op.drop_table('measure_value')
    with op.batch_alter_table('judgement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_judgement_inspection_id'))

    op.drop_table('judgement')
    with op.batch_alter_table('improvement_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_improvement_item_successor_id'))
        batch_op.drop_index(batch_op.f('ix_improvement_item_part_of_id'))
        batch_op.drop_index(batch_op.f('ix_improvement_item_owner_id'))
        batch_op.drop_index(batch_op.f('ix_improvement_item_inspection_id'))
        batch_op.drop_index(batch_op.f('ix_improvement_item_authority_id'))

    op.drop_table('improvement_item')
    with op.batch_alter_table('board_date', schema=None) as batch_op:
        batch_op.drop_index('ix_board_date_by_day')
        batch_op.drop_index(batch_op.f('ix_board_date_authority_id'))

    op.drop_table('board_date')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_theme_code'))
        batch_op.drop_index(batch_op.f('ix_audit_team_id'))
        batch_op.drop_index(batch_op.f('ix_audit_reaudit_of_id'))
        batch_op.drop_index(batch_op.f('ix_audit_moderator_id'))
        batch_op.drop_index(batch_op.f('ix_audit_authority_id'))
        batch_op.drop_index(batch_op.f('ix_audit_auditor_id'))
        batch_op.drop_index(batch_op.f('ix_audit_audited_on'))
        batch_op.drop_index(batch_op.f('ix_audit_area_code'))

    op.drop_table('audit')
    with op.batch_alter_table('area_view', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_view_self_evaluation_id'))

    op.drop_table('area_view')
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_authority_id'))

    op.drop_table('team')
    with op.batch_alter_table('sheet_memory', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_memory_authority_id'))

    op.drop_table('sheet_memory')
    with op.batch_alter_table('self_evaluation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_self_evaluation_authority_id'))

    op.drop_table('self_evaluation')
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_view_owner_id'))
        batch_op.drop_index(batch_op.f('ix_saved_view_authority_id'))

    op.drop_table('saved_view')
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_file_sha256'))
        batch_op.drop_index(batch_op.f('ix_review_authority_id'))

    op.drop_table('review')
    with op.batch_alter_table('reminder_numbers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_numbers_authority_id'))

    op.drop_table('reminder_numbers')
    with op.batch_alter_table('reminder_choice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_choice_person_id'))
        batch_op.drop_index(batch_op.f('ix_reminder_choice_authority_id'))

    op.drop_table('reminder_choice')
    op.drop_table('reference_counter')
    with op.batch_alter_table('plan_export', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_export_authority_id'))

    op.drop_table('plan_export')
    with op.batch_alter_table('partner_organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_partner_organisation_authority_id'))

    op.drop_table('partner_organisation')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_person_id'))
        batch_op.drop_index(batch_op.f('ix_membership_authority_id'))

    op.drop_table('membership')
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_measure_authority_id'))
        batch_op.drop_index(batch_op.f('ix_measure_area_code'))

    op.drop_table('measure')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_state'))
        batch_op.drop_index(batch_op.f('ix_job_authority_id'))

    op.drop_table('job')
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_authority_id'))

    op.drop_table('inspection')
    with op.batch_alter_table('governance_board', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_governance_board_authority_id'))

    op.drop_table('governance_board')
    with op.batch_alter_table('expected_inspection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_expected_inspection_authority_id'))

    op.drop_table('expected_inspection')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_owner_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_file_sha256'))
        batch_op.drop_index(batch_op.f('ix_evidence_authority_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('doubtful_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_doubtful_report_authority_id'))

    op.drop_table('doubtful_report')
    with op.batch_alter_table('calendar_address', schema=None) as batch_op:
        batch_op.drop_index('uq_calendar_address_in_force', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_calendar_address_person_id'))
        batch_op.drop_index(batch_op.f('ix_calendar_address_authority_id'))

    op.drop_table('calendar_address')
    with op.batch_alter_table('area_owner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_owner_authority_id'))

    op.drop_table('area_owner')
    op.drop_table('tick')
    op.drop_table('person')
    op.drop_table('history_head')
    with op.batch_alter_table('history_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_history_entry_thing_id'))

    op.drop_table('history_entry')
    op.drop_table('authority')
    # ### end Alembic commands ###
    run(AFTERWARDS)
