"""An index of everything that can be found"""

from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


WORDS = {
    'sqlite': (
        """CREATE VIRTUAL TABLE search_entry_words USING fts5(title_stems, stems, content='search_entry', content_rowid='word_key', tokenize='unicode61')""",
        """INSERT INTO search_entry_words (search_entry_words, rank) VALUES ('rank', 'bm25(8.0, 1.0)')""",
        """CREATE TRIGGER search_entry_words_added AFTER INSERT ON search_entry BEGIN INSERT INTO search_entry_words (rowid, title_stems, stems) VALUES (new.word_key, new.title_stems, new.stems); END""",
        """CREATE TRIGGER search_entry_words_removed AFTER DELETE ON search_entry BEGIN INSERT INTO search_entry_words (search_entry_words, rowid, title_stems, stems) VALUES ('delete', old.word_key, old.title_stems, old.stems); END""",
        """CREATE TRIGGER search_entry_words_changed AFTER UPDATE OF title_stems, stems ON search_entry BEGIN INSERT INTO search_entry_words (search_entry_words, rowid, title_stems, stems) VALUES ('delete', old.word_key, old.title_stems, old.stems); INSERT INTO search_entry_words (rowid, title_stems, stems) VALUES (new.word_key, new.title_stems, new.stems); END""",
        """CREATE INDEX ix_search_entry_words_counted ON search_entry (word_key, authority_id, withdrawn, kind, evidence_kind, strength, year, owner_id, areas, thing_id, root_id, dated, themes)""",
    ),
    'postgresql': (
        """ALTER TABLE search_entry ADD COLUMN search_entry_words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', title_stems), 'A') || setweight(to_tsvector('simple', stems), 'D')) STORED""",
        """CREATE INDEX ix_search_entry_words ON search_entry USING gin (search_entry_words)""",
    ),
}
"""What each database keeps beside the table; triggers, columns and indexes go with it."""

KINDS = (
    'Improvement item', 'Appraisal', 'Action', 'Evidence', 'Audit', 'Audit answer', 'Audit finding', 'Measure', 'Statement',
    'Self-grade', 'Inspection', 'Paragraph of a report', 'Pack',
)


def upgrade() -> None:
    op.create_table('search_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('word_key', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='found', native_enum=False, length=60), nullable=False),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('areas', sa.String(), nullable=False),
    sa.Column('themes', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('evidence_kind', sa.String(), nullable=False),
    sa.Column('strength', sa.String(), nullable=False),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.Column('anchor', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('title_stems', sa.String(), nullable=False),
    sa.Column('stems', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_search_entry_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry')),
    sa.UniqueConstraint('root_id', 'kind', 'thing_id', 'part', name=op.f('uq_search_entry_root_id_kind_thing_id_part')),
    sa.UniqueConstraint('word_key', name=op.f('uq_search_entry_word_key'))
    )
    op.create_index(op.f('ix_search_entry_authority_id'), 'search_entry', ['authority_id'])
    op.create_index('ix_search_entry_newest', 'search_entry', ['authority_id', 'dated'])
    for statement in WORDS.get(op.get_bind().dialect.name, ()):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE IF EXISTS search_entry_words')
    op.drop_table('search_entry')
