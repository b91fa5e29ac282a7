"""Days from which a measure counts otherwise, several targets over time, and where each figure comes from"""

from datetime import date
from uuid import uuid4

from alembic import op
import sqlalchemy as sa

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

UNITS = sa.Enum('%', 'per 10,000', 'count', 'months', 'cases', 'score', name='unit', native_enum=False, length=60)
PERIODS = sa.Enum('month', 'quarter', 'year', 'day', name='period', native_enum=False, length=60)
AMBITIONS = sa.Enum('Target', 'Stretch', name='ambition', native_enum=False, length=60)
FIGURE = sa.Numeric(precision=14, scale=4)


def upgrade() -> None:
    op.create_table('measure_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('counts', sa.String(), nullable=False),
    sa.Column('out_of', sa.String(), nullable=False),
    sa.Column('of_whom', sa.String(), nullable=False),
    sa.Column('unit', UNITS, nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('period', PERIODS, nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('is_comparable', sa.Boolean(), nullable=False),
    sa.Column('comparable_because', sa.String(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("is_comparable = (comparable_because <> '')", name=op.f('ck_measure_change_comparable_says_why')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_measure_change_made_by_id_person')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_change_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_change')),
    sa.UniqueConstraint('measure_id', 'from_day', name=op.f('uq_measure_change_measure_id_from_day'))
    )
    op.create_table('measure_target',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('ambition', AMBITIONS, nullable=False),
    sa.Column('figure', FIGURE, nullable=False),
    sa.Column('by', sa.Date(), nullable=True),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('set_on', sa.Date(), nullable=True),
    sa.Column('set_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_target_measure_id_measure')),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_measure_target_set_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_target'))
    )
    op.create_index(op.f('ix_measure_target_measure_id'), 'measure_target', ['measure_id'])
    _keep_targets_one_by_one()
    with op.batch_alter_table('measure') as batch:
        batch.add_column(sa.Column('tolerance', FIGURE, nullable=True))
        batch.add_column(sa.Column('comparable_since', sa.Date(), nullable=True))
        batch.add_column(sa.Column('shipped', sa.JSON(none_as_null=True), nullable=True))
        batch.drop_column('target_by')
        batch.drop_column('target')
    with op.batch_alter_table('measure_value') as batch:
        batch.add_column(sa.Column('source', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('source_date', sa.Date(), nullable=True))
    with op.batch_alter_table('measure_value') as batch:
        batch.alter_column('source', existing_type=sa.String(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('measure_value') as batch:
        batch.drop_column('source_date')
        batch.drop_column('source')
    with op.batch_alter_table('measure') as batch:
        batch.add_column(sa.Column('target', FIGURE, nullable=True))
        batch.add_column(sa.Column('target_by', sa.Date(), nullable=True))
        batch.drop_column('shipped')
        batch.drop_column('comparable_since')
        batch.drop_column('tolerance')
    _keep_the_last_target()
    op.drop_table('measure_target')
    op.drop_table('measure_change')


MEASURE = sa.table(
    'measure', sa.column('id', sa.Uuid()), sa.column('target', FIGURE), sa.column('target_by', sa.Date())
)
TARGET = sa.table(
    'measure_target', sa.column('id', sa.Uuid()), sa.column('measure_id', sa.Uuid()), sa.column('ambition'),
    sa.column('figure', FIGURE), sa.column('by', sa.Date()), sa.column('why'), sa.column('version'),
)


def _keep_targets_one_by_one() -> None:
    bind = op.get_bind()
    there = bind.execute(sa.select(MEASURE).where(MEASURE.c.target.is_not(None))).all()
    for measure_id, target, by in there:
        bind.execute(
            TARGET.insert().values(
                id=uuid4(), measure_id=measure_id, ambition='Target', figure=target, by=by, why='', version=1
            )
        )


def _keep_the_last_target() -> None:
    """A measure has one only: the one that is due last, or that holds at all times."""
    bind = op.get_bind()
    there = bind.execute(sa.select(TARGET.c.measure_id, TARGET.c.figure, TARGET.c.by).where(TARGET.c.ambition == 'Target'))
    for measure_id, figure, by in sorted(there.all(), key=lambda row: row[2] or date.max):
        bind.execute(MEASURE.update().where(MEASURE.c.id == measure_id).values(target=figure, target_by=by))
