"""What a meeting of an inspection is about, and everything that may be read before it"""

from alembic import op
import sqlalchemy as sa

revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None

READ = {
    'item_id': 'improvement_item', 'action_id': 'action', 'finding_id': 'finding', 'note_id': 'fieldwork_note',
    'document_id': 'fieldwork_document', 'request_id': 'inspector_request',
}
ONE = ' + '.join(f'CASE WHEN {column} IS NULL THEN 0 ELSE 1 END' for column in ('pack_id', 'evidence_id', *READ)) + ' = 1'


def upgrade() -> None:
    for column in ('area_code', 'theme_code'):
        op.add_column('fieldwork_meeting', sa.Column(column, sa.String(), nullable=True))
    with op.batch_alter_table('fieldwork_briefing') as batch:
        batch.drop_constraint(op.f('ck_fieldwork_briefing_one_of_two'), type_='check')
        for column, table in READ.items():
            batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            batch.create_foreign_key(op.f(f'fk_fieldwork_briefing_{column}_{table}'), table, [column], ['id'])
        batch.create_check_constraint(op.f('ck_fieldwork_briefing_one_thing'), ONE)


def downgrade() -> None:
    op.execute(sa.text('DELETE FROM fieldwork_briefing WHERE pack_id IS NULL AND evidence_id IS NULL'))
    with op.batch_alter_table('fieldwork_briefing') as batch:
        batch.drop_constraint(op.f('ck_fieldwork_briefing_one_thing'), type_='check')
        for column, table in READ.items():
            batch.drop_constraint(op.f(f'fk_fieldwork_briefing_{column}_{table}'), type_='foreignkey')
            batch.drop_column(column)
        batch.create_check_constraint(
            op.f('ck_fieldwork_briefing_one_of_two'), '(pack_id IS NULL) <> (evidence_id IS NULL)'
        )
    with op.batch_alter_table('fieldwork_meeting') as batch:
        for column in ('theme_code', 'area_code'):
            batch.drop_column(column)
