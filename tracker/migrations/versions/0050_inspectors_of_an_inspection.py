"""Which inspectors come into the room of which inspection; files that are no evidence; which documents a request asks for"""

from alembic import op
import sqlalchemy as sa

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('let_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('fieldwork_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('let_in_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_let_in_authority_id_authority')),
    sa.ForeignKeyConstraint(['fieldwork_id'], ['fieldwork.id'], name=op.f('fk_let_in_fieldwork_id_fieldwork')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_let_in_person_id_person')),
    sa.ForeignKeyConstraint(['let_in_by_id'], ['person.id'], name=op.f('fk_let_in_let_in_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_let_in')),
    sa.UniqueConstraint('fieldwork_id', 'person_id', name=op.f('uq_let_in_fieldwork_id_person_id')),
    )
    op.create_index(op.f('ix_let_in_authority_id'), 'let_in', ['authority_id'])

    op.create_table('asked_document',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_asked_document_authority_id_authority')),
    sa.ForeignKeyConstraint(['request_id'], ['inspector_request.id'], name=op.f('fk_asked_document_request_id_inspector_request')),
    sa.ForeignKeyConstraint(['document_id'], ['fieldwork_document.id'], name=op.f('fk_asked_document_document_id_fieldwork_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asked_document')),
    sa.UniqueConstraint('document_id', name=op.f('uq_asked_document_document_id')),
    )
    for column in ('authority_id', 'request_id'):
        op.create_index(op.f(f'ix_asked_document_{column}'), 'asked_document', [column])
    with op.batch_alter_table('handed_file') as batch:
        batch.add_column(sa.Column('read_at', sa.DateTime(), nullable=True))
        batch.add_column(sa.Column('found', sa.JSON(), nullable=False, server_default='[]'))
        batch.add_column(sa.Column('gaps', sa.JSON(), nullable=False, server_default='[]'))
        batch.drop_constraint(op.f('ck_handed_file_of_evidence_or_a_pack'), type_='check')
        batch.create_check_constraint(op.f('ck_handed_file_of_evidence_or_a_pack'), 'evidence_id IS NULL OR pack_id IS NULL')


def downgrade() -> None:
    op.execute('DELETE FROM handed_file WHERE evidence_id IS NULL AND pack_id IS NULL')
    with op.batch_alter_table('handed_file') as batch:
        batch.drop_constraint(op.f('ck_handed_file_of_evidence_or_a_pack'), type_='check')
        batch.create_check_constraint(op.f('ck_handed_file_of_evidence_or_a_pack'), '(evidence_id IS NULL) <> (pack_id IS NULL)')
        for column in ('read_at', 'found', 'gaps'):
            batch.drop_column(column)
    op.drop_table('asked_document')
    op.drop_table('let_in')
