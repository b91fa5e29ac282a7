"""Measures by which actions are judged, and the further themes that a measure speaks for"""

from alembic import op
import sqlalchemy as sa

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('success_measure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('baseline', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('baseline_start', sa.Date(), nullable=True),
    sa.Column('baseline_end', sa.Date(), nullable=True),
    sa.Column('baseline_origin', sa.String(), nullable=False),
    sa.Column('target', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('target_by', sa.Date(), nullable=True),
    sa.Column('shows_difference', sa.Boolean(), nullable=False),
    sa.Column('shown', sa.String(), nullable=False),
    sa.Column('shown_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(baseline IS NULL) = (baseline_start IS NULL) AND (baseline IS NULL) = (baseline_end IS NULL)', name=op.f('ck_success_measure_baseline_is_of_a_period')),
    sa.CheckConstraint('baseline_start IS NULL OR baseline_start <= baseline_end', name=op.f('ck_success_measure_period_in_order')),
    sa.CheckConstraint('target_by IS NULL OR target IS NOT NULL', name=op.f('ck_success_measure_day_is_of_a_target')),
    sa.CheckConstraint("(shown_on IS NULL) = (NOT shows_difference) AND (shown = '') = (NOT shows_difference)", name=op.f('ck_success_measure_shown_on_a_day_in_words')),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_success_measure_action_id_action')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_success_measure_authority_id_authority')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_success_measure_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_success_measure')),
    sa.UniqueConstraint('action_id', 'measure_id', name=op.f('uq_success_measure_action_id_measure_id'))
    )
    op.create_index(op.f('ix_success_measure_authority_id'), 'success_measure', ['authority_id'])
    op.create_index(op.f('ix_success_measure_measure_id'), 'success_measure', ['measure_id'])
    op.create_table('measure_theme',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('theme_code', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_theme_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_theme')),
    sa.UniqueConstraint('measure_id', 'theme_code', name=op.f('uq_measure_theme_measure_id_theme_code'))
    )


def downgrade() -> None:
    op.drop_table('measure_theme')
    op.drop_table('success_measure')
