"""Wordings of statements, who writes, what colleagues say and suggest, and why a mark may stay"""

from uuid import uuid4

from alembic import op
import sqlalchemy as sa

revision = '0025'
down_revision = '0023'
branch_labels = None
depends_on = None


def word(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=60)


def upgrade() -> None:
    with op.batch_alter_table('statement') as batch:
        batch.add_column(sa.Column('kind', word('Strength', 'Area for development', name='kind'), nullable=True))
        batch.add_column(sa.Column('window', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('statement') as batch:
        batch.alter_column('window', existing_type=sa.String(), existing_nullable=False, server_default=None)
    wordings = op.create_table('statement_wording',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('how', word('Written', 'Saved by itself', 'Suggestion accepted', 'Put back', 'Carried forward', name='how'), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('began_at', sa.DateTime(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['person.id'], name=op.f('fk_statement_wording_agreed_by_id_person')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_statement_wording_by_id_person')),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_statement_wording_statement_id_statement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_wording')),
    sa.UniqueConstraint('statement_id', 'number', name=op.f('uq_statement_wording_statement_id_number'))
    )
    _keep_what_is_there(wordings)
    op.create_table('writing_turn',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.Column('until', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_writing_turn_person_id_person')),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_writing_turn_statement_id_statement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_writing_turn')),
    sa.UniqueConstraint('statement_id', name=op.f('uq_writing_turn_statement_id'))
    )
    op.create_table('remark',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('kind', word('Comment', 'Suggested change', name='remarkkind'), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('suggested', sa.String(), nullable=True),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('state', word('Open', 'Accepted', 'Rejected', 'Resolved', 'Taken back', name='remarkstate'), nullable=False),
    sa.Column('settled_by_id', sa.Uuid(), nullable=True),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.Column('settled_because', sa.String(), nullable=False),
    sa.CheckConstraint("(kind = 'Suggested change') = (suggested IS NOT NULL)", name=op.f('ck_remark_a_suggestion_has_words')),
    sa.CheckConstraint("(state = 'Open') = (settled_at IS NULL)", name=op.f('ck_remark_settled_has_a_moment')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_remark_authority_id_authority')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_remark_by_id_person')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], name=op.f('fk_remark_settled_by_id_person')),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_remark_statement_id_statement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark'))
    )
    op.create_index(op.f('ix_remark_authority_id'), 'remark', ['authority_id'])
    op.create_index(op.f('ix_remark_statement_id'), 'remark', ['statement_id'])
    op.create_table('mark_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('mark', word('no evidence', 'withdrawn', 'stale', 'activity only', name='mark'), nullable=False),
    sa.Column('sentence', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_mark_answer_authority_id_authority')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_mark_answer_by_id_person')),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_mark_answer_statement_id_statement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark_answer')),
    sa.UniqueConstraint('statement_id', 'key', name=op.f('uq_mark_answer_statement_id_key'))
    )
    op.create_index(op.f('ix_mark_answer_authority_id'), 'mark_answer', ['authority_id'])


def _keep_what_is_there(wordings: sa.Table) -> None:
    """What each statement says now is its first wording."""
    statement = sa.table(
        'statement',
        sa.column('id', sa.Uuid()),
        sa.column('title', sa.String()),
        sa.column('text', sa.String()),
        sa.column('author_id', sa.Uuid()),
        sa.column('saved_by_id', sa.Uuid()),
        sa.column('saved_at', sa.DateTime()),
    )
    for row in op.get_bind().execute(sa.select(statement)).all():
        op.get_bind().execute(wordings.insert().values(
            id=uuid4(),
            statement_id=row.id,
            number=1,
            title=row.title,
            text=row.text,
            how='Written',
            by_id=row.saved_by_id or row.author_id,
            began_at=row.saved_at,
            saved_at=row.saved_at,
        ))


def downgrade() -> None:
    op.drop_table('mark_answer')
    op.drop_table('remark')
    op.drop_table('writing_turn')
    op.drop_table('statement_wording')
    with op.batch_alter_table('statement') as batch:
        batch.drop_column('window')
        batch.drop_column('kind')
