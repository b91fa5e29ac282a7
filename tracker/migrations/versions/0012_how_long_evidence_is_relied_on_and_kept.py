"""How long evidence can be relied on and is kept, what it shows about findings, and indexes to count it by"""

from datetime import timedelta

from alembic import op
import sqlalchemy as sa

from tracker.platform.append_only import TRIGGERS

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

DAYS = {'Data': 90, 'Audit': 182, 'Observation': 182, 'Voice': 182, 'Practice example': 365, 'Document': 365, 'Link': 365}
KINDS = sa.Enum(
    'Document', 'Link', 'Data', 'Audit', 'Observation', 'Practice example', 'Voice',
    name='kind', native_enum=False, length=60,
)
STATES = sa.Enum(
    'Being looked through', 'To approve', 'Approved', 'Given up', name='liststate', native_enum=False, length=60
)
WHOLE = {
    'voice_has_words_and_speaker': "kind <> 'Voice' OR (words <> '' AND voice_of IS NOT NULL)",
    'link_has_an_address': "kind <> 'Link' OR url <> ''",
    'document_has_a_file': "kind <> 'Document' OR file_sha256 IS NOT NULL",
}
NEW = {
    'disposed_of_holds_nothing': "disposed_on IS NULL OR (withdrawn_on IS NOT NULL AND file_sha256 IS NULL"
    " AND shows = '' AND words = '' AND url = '')",
    'looked_again_for_a_reason': "looked_again_on IS NULL OR looked_again_because <> ''",
}
COUNTED = ['authority_id', 'withdrawn_on', 'kind', 'strength', 'stale_on', 'owner_id']
TALLIED = ['authority_id', 'id', 'withdrawn_on', 'kind', 'strength', 'dated', 'stale_on']
LINKED = {
    'area_code': ['authority_id', 'area_code', 'evidence_id'],
    'theme_code': ['authority_id', 'theme_code', 'evidence_id'],
    'item_id': ['item_id', 'authority_id', 'evidence_id'],
    'action_id': ['action_id', 'authority_id', 'evidence_id'],
}


def upgrade() -> None:
    op.add_column('evidence', sa.Column('looked_again_on', sa.Date(), nullable=True))
    op.add_column('evidence', sa.Column('looked_again_because', sa.String(), nullable=False, server_default=''))
    op.add_column('evidence', sa.Column('stale_on', sa.Date(), nullable=True))
    op.add_column('evidence', sa.Column('ask_again_on', sa.Date(), nullable=True))
    op.add_column('evidence', sa.Column('disposed_on', sa.Date(), nullable=True))
    _say_when_stale()
    with op.batch_alter_table('evidence') as batch_op:
        batch_op.alter_column('stale_on', existing_type=sa.Date(), nullable=False)
        batch_op.alter_column('ask_again_on', existing_type=sa.Date(), nullable=False)
        batch_op.alter_column('looked_again_because', existing_type=sa.String(), server_default=None)
        for name, whole in WHOLE.items():
            batch_op.drop_constraint(op.f(f'ck_evidence_{name}'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_evidence_{name}'), f'disposed_on IS NOT NULL OR {whole}')
        for name, rule in NEW.items():
            batch_op.create_check_constraint(op.f(f'ck_evidence_{name}'), rule)
    op.create_index('ix_evidence_counted', 'evidence', COUNTED)
    op.create_index('ix_evidence_tallied', 'evidence', TALLIED)
    op.create_index('ix_evidence_newest', 'evidence', ['authority_id', 'withdrawn_on', 'dated', 'number', 'id'])
    for column, columns in LINKED.items():
        op.drop_index(op.f(f'ix_evidence_link_{column}'), table_name='evidence_link')
        op.create_index(f"ix_evidence_link_of_{column.split('_')[0]}", 'evidence_link', columns)
    _create_tables()
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement.format(table='disposal'))


def _say_when_stale() -> None:
    """As the days of each kind were when they were constants."""
    evidence = sa.table('evidence', sa.column('kind'), *(sa.column(name, sa.Date()) for name in ('dated', 'stale_on', 'ask_again_on')))
    there = op.get_bind().execute(sa.select(evidence.c.kind, evidence.c.dated).distinct()).all()
    for kind, dated in there:
        stale_on = dated + timedelta(days=DAYS[kind] + 1)
        same = (evidence.c.kind == kind) & (evidence.c.dated == dated)
        op.execute(evidence.update().where(same).values(stale_on=stale_on, ask_again_on=stale_on))


def _create_tables() -> None:
    op.create_table('evidence_stale_after',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_stale_after_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_stale_after')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_evidence_stale_after_authority_id'))
    )
    op.create_index(op.f('ix_evidence_stale_after_authority_id'), 'evidence_stale_after', ['authority_id'])
    op.create_table('evidence_kept_for',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('years', sa.JSON(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=False),
    sa.Column('confirmed_by_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_kept_for_authority_id_authority')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_evidence_kept_for_confirmed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_kept_for')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_evidence_kept_for_authority_id'))
    )
    op.create_index(op.f('ix_evidence_kept_for_authority_id'), 'evidence_kept_for', ['authority_id'])
    op.create_table('legal_hold',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('held_by_id', sa.Uuid(), nullable=False),
    sa.Column('lifted_on', sa.Date(), nullable=True),
    sa.Column('lifted_by_id', sa.Uuid(), nullable=True),
    sa.Column('lifted_because', sa.String(), nullable=False),
    sa.CheckConstraint("(lifted_on IS NULL) = (lifted_by_id IS NULL) AND (lifted_on IS NULL) = (lifted_because = '')", name=op.f('ck_legal_hold_lifted_by_somebody_for_a_reason')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_legal_hold_held_for_a_reason')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_legal_hold_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_legal_hold_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['held_by_id'], ['person.id'], name=op.f('fk_legal_hold_held_by_id_person')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['person.id'], name=op.f('fk_legal_hold_lifted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_hold'))
    )
    op.create_index(op.f('ix_legal_hold_authority_id'), 'legal_hold', ['authority_id'])
    op.create_index(op.f('ix_legal_hold_evidence_id'), 'legal_hold', ['evidence_id'])
    op.create_table('disposal_list',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', STATES, nullable=False),
    sa.Column('drawn_up_on', sa.Date(), nullable=False),
    sa.Column('drawn_up_by_id', sa.Uuid(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('sent_by_id', sa.Uuid(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'Approved') = (approved_by_id IS NOT NULL)", name=op.f('ck_disposal_list_approved_by_somebody')),
    sa.CheckConstraint('approved_by_id IS NULL OR approved_by_id <> sent_by_id', name=op.f('ck_disposal_list_approved_by_another')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_disposal_list_approved_by_id_person')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_disposal_list_authority_id_authority')),
    sa.ForeignKeyConstraint(['drawn_up_by_id'], ['person.id'], name=op.f('fk_disposal_list_drawn_up_by_id_person')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_disposal_list_sent_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal_list')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_disposal_list_authority_id_number'))
    )
    op.create_index(op.f('ix_disposal_list_authority_id'), 'disposal_list', ['authority_id'])
    still_open = sa.text("state IN ('Being looked through', 'To approve')")
    op.create_index(
        'uq_disposal_list_one_open', 'disposal_list', ['authority_id'], unique=True,
        sqlite_where=still_open, postgresql_where=still_open,
    )
    op.create_table('disposal_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('list_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('kept_until', sa.Date(), nullable=True),
    sa.Column('kept_because', sa.String(), nullable=False),
    sa.CheckConstraint("(kept_until IS NULL) = (kept_because = '')", name=op.f('ck_disposal_line_kept_for_a_reason')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_disposal_line_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_disposal_line_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['list_id'], ['disposal_list.id'], name=op.f('fk_disposal_line_list_id_disposal_list')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal_line')),
    sa.UniqueConstraint('list_id', 'evidence_id', name=op.f('uq_disposal_line_list_id_evidence_id'))
    )
    op.create_index(op.f('ix_disposal_line_authority_id'), 'disposal_line', ['authority_id'])
    op.create_index('ix_disposal_line_kept', 'disposal_line', ['evidence_id', 'kept_until'])
    op.create_table('disposal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_number', sa.Integer(), nullable=False),
    sa.Column('kind', KINDS, nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('last_relied_on', sa.Date(), nullable=False),
    sa.Column('kept_years', sa.Integer(), nullable=False),
    sa.Column('list_number', sa.Integer(), nullable=False),
    sa.Column('looked_through_by', sa.String(), nullable=False),
    sa.Column('approved_by', sa.String(), nullable=False),
    sa.Column('disposed_on', sa.Date(), nullable=False),
    sa.Column('cited_in', sa.String(), nullable=False),
    sa.Column('files', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_disposal_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal')),
    sa.UniqueConstraint('authority_id', 'evidence_number', name=op.f('uq_disposal_authority_id_evidence_number'))
    )
    op.create_index(op.f('ix_disposal_authority_id'), 'disposal', ['authority_id'])
    op.create_table('finding_evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('shows_there', sa.String(), nullable=False),
    sa.Column('added_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("shows_there <> ''", name=op.f('ck_finding_evidence_says_what_it_shows')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_finding_evidence_authority_id_authority')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_finding_evidence_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_evidence_finding_id_finding')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_evidence')),
    sa.UniqueConstraint('finding_id', 'evidence_id', name=op.f('uq_finding_evidence_finding_id_evidence_id'))
    )
    op.create_index(op.f('ix_finding_evidence_authority_id'), 'finding_evidence', ['authority_id'])
    op.create_index(op.f('ix_finding_evidence_evidence_id'), 'finding_evidence', ['evidence_id'])


def downgrade() -> None:
    for table in ('finding_evidence', 'disposal', 'disposal_line', 'disposal_list', 'legal_hold', 'evidence_kept_for', 'evidence_stale_after'):
        op.drop_table(table)
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION refuse_to_rewrite_disposal()')
    for column in LINKED:
        op.drop_index(f"ix_evidence_link_of_{column.split('_')[0]}", table_name='evidence_link')
        op.create_index(op.f(f'ix_evidence_link_{column}'), 'evidence_link', [column])
    op.drop_index('ix_evidence_tallied', table_name='evidence')
    op.drop_index('ix_evidence_newest', table_name='evidence')
    op.drop_index('ix_evidence_counted', table_name='evidence')
    with op.batch_alter_table('evidence') as batch_op:
        for name in (*NEW, *WHOLE):
            batch_op.drop_constraint(op.f(f'ck_evidence_{name}'), type_='check')
        for name, whole in WHOLE.items():
            batch_op.create_check_constraint(op.f(f'ck_evidence_{name}'), whole)
        for column in ('disposed_on', 'ask_again_on', 'stale_on', 'looked_again_because', 'looked_again_on'):
            batch_op.drop_column(column)
