"""Under which areas and themes evidence stands, and an index that finds what is stale. The places of evidence that is there are made by ``tracker migrate``"""

from alembic import op
import sqlalchemy as sa

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

PLACES = sa.Enum('area', 'theme', 'paragraph', 'national framework', name='mappedto', native_enum=False, length=60)
KINDS = sa.Enum(
    'Document', 'Link', 'Data', 'Audit', 'Observation', 'Practice example', 'Voice',
    name='kind', native_enum=False, length=60,
)
STRENGTHS = sa.Enum('Activity', 'Output', 'Outcome', 'Impact', name='strength', native_enum=False, length=60)
COUNTED = ['authority_id', 'to', 'stands', 'code', 'kind', 'strength', 'stale_on', 'dated', 'number', 'evidence_id']
NEWEST = ['authority_id', 'withdrawn_on', 'dated', 'number', 'id']


def upgrade() -> None:
    op.create_table('evidence_place',
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('to', PLACES, nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('stands', sa.Boolean(), nullable=False),
    sa.Column('kind', KINDS, nullable=False),
    sa.Column('strength', STRENGTHS, nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('stale_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_place_evidence_id_evidence'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('evidence_id', 'to', 'code', name=op.f('pk_evidence_place')),
    sqlite_with_rowid=False,
    )
    op.create_index('ix_evidence_place_counted', 'evidence_place', COUNTED)
    op.drop_index('ix_evidence_newest', table_name='evidence')
    op.create_index('ix_evidence_newest', 'evidence', [*NEWEST, 'stale_on'])
    op.create_table('evidence_placed_by',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('themes', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_evidence_placed_by_authority_id_authority')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_placed_by')),
    sa.UniqueConstraint('authority_id', name=op.f('uq_evidence_placed_by_authority_id'))
    )
    op.create_index(op.f('ix_evidence_placed_by_authority_id'), 'evidence_placed_by', ['authority_id'])


def downgrade() -> None:
    op.drop_index('ix_evidence_newest', table_name='evidence')
    op.create_index('ix_evidence_newest', 'evidence', NEWEST)
    op.drop_table('evidence_placed_by')
    op.drop_table('evidence_place')
