"""What inspectors ask for, what is handed over to them, and the room they read it in"""

from alembic import op
import sqlalchemy as sa

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None

OPEN = sa.text('closed_at IS NULL')


def upgrade() -> None:
    op.create_table('inspector_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('sort', sa.String(length=60), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('handed_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_because', sa.String(), nullable=False),
    sa.Column('replaced_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("words <> ''", name=op.f('ck_inspector_request_has_its_words')),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_because = '')", name=op.f('ck_inspector_request_withdrawn_for_a_reason')),
    sa.CheckConstraint("replaced_by_id IS NULL OR withdrawn_at IS NOT NULL", name=op.f('ck_inspector_request_replaced_is_withdrawn')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_inspector_request_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_inspector_request_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_inspector_request_owner_id_person')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['inspector_request.id'], name=op.f('fk_inspector_request_replaced_by_id_inspector_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspector_request')),
    sa.UniqueConstraint('authority_id', 'number', name=op.f('uq_inspector_request_authority_id_number')),
    )
    op.create_index(op.f('ix_inspector_request_authority_id'), 'inspector_request', ['authority_id'])
    op.create_index(op.f('ix_inspector_request_fieldwork_id'), 'inspector_request', ['fieldwork_id'])
    op.create_table('handing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('handed_to', sa.String(), nullable=False),
    sa.Column('handed_at', sa.DateTime(), nullable=False),
    sa.Column('handed_by_id', sa.Uuid(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_because', sa.String(), nullable=False),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_because = '')", name=op.f('ck_handing_withdrawn_for_a_reason')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_handing_authority_id_authority')),
    sa.ForeignKeyConstraint(['request_id'], ['inspector_request.id'], name=op.f('fk_handing_request_id_inspector_request')),
    sa.ForeignKeyConstraint(['handed_by_id'], ['person.id'], name=op.f('fk_handing_handed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handing')),
    )
    op.create_index(op.f('ix_handing_authority_id'), 'handing', ['authority_id'])
    op.create_index(op.f('ix_handing_request_id'), 'handing', ['request_id'])
    op.create_table('handed_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('handing_id', sa.Uuid(), nullable=True),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.Column('pack_id', sa.Uuid(), nullable=True),
    sa.Column('called', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('file_version', sa.Integer(), nullable=False),
    sa.Column('marking', sa.String(length=60), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=False),
    sa.Column('file_type', sa.String(), nullable=False),
    sa.Column('chosen_by_id', sa.Uuid(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(), nullable=False),
    sa.Column('looked_by_id', sa.Uuid(), nullable=True),
    sa.Column('looked_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("(evidence_id IS NULL) <> (pack_id IS NULL)", name=op.f('ck_handed_file_of_evidence_or_a_pack')),
    sa.CheckConstraint("(looked_by_id IS NULL) = (looked_at IS NULL)", name=op.f('ck_handed_file_looked_by_somebody')),
    sa.CheckConstraint("looked_by_id IS NULL OR looked_by_id <> chosen_by_id", name=op.f('ck_handed_file_looked_by_another')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_handed_file_authority_id_authority')),
    sa.ForeignKeyConstraint(['request_id'], ['inspector_request.id'], name=op.f('fk_handed_file_request_id_inspector_request')),
    sa.ForeignKeyConstraint(['handing_id'], ['handing.id'], name=op.f('fk_handed_file_handing_id_handing')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_handed_file_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['pack_id'], ['pack.id'], name=op.f('fk_handed_file_pack_id_pack')),
    sa.ForeignKeyConstraint(['chosen_by_id'], ['person.id'], name=op.f('fk_handed_file_chosen_by_id_person')),
    sa.ForeignKeyConstraint(['looked_by_id'], ['person.id'], name=op.f('fk_handed_file_looked_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handed_file')),
    )
    for column in ('authority_id', 'request_id', 'handing_id', 'file_sha256'):
        op.create_index(op.f(f'ix_handed_file_{column}'), 'handed_file', [column])
    op.create_table('inspectors_room',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('opened_by_id', sa.Uuid(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('closed_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_inspectors_room_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_inspectors_room_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_inspectors_room_opened_by_id_person')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['person.id'], name=op.f('fk_inspectors_room_closed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspectors_room')),
    )
    op.create_index(op.f('ix_inspectors_room_authority_id'), 'inspectors_room', ['authority_id'])
    op.create_index(op.f('ix_inspectors_room_fieldwork_id'), 'inspectors_room', ['fieldwork_id'])
    op.create_index('uq_inspectors_room_open', 'inspectors_room', ['authority_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_table('inspectors_room')
    op.drop_table('handed_file')
    op.drop_table('handing')
    op.drop_table('inspector_request')
