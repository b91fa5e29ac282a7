"""What the page of a measure shows of what rests on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.frameworks.queries import library
from tracker.indicators import leaning
from tracker.indicators.leaning import Leaning
from tracker.indicators.models import Measure
from tracker.indicators.resting import pictures, queries
from tracker.indicators.resting.pictures import Moving
from tracker.indicators.surveys import queries as surveys
from tracker.indicators.surveys.models import Question


@dataclass(frozen=True)
class SpokenFor:
    """A theme that a measure speaks for."""

    code: str
    name: str
    own: bool
    """The theme that it is counted under."""


@dataclass(frozen=True)
class Rests:
    actions: Sequence[Moving]
    statements: Sequence[Leaning]
    themes: Sequence[SpokenFor]
    question: Question | None
    """The question of a survey whose share it is."""
    may_plan: bool


def rests(measure: Measure, today: date, *, may_plan: bool) -> Rests:
    """Everything but the items, which the measure holds itself."""
    codes = [*filter(None, [measure.theme_code]), *queries.theme_codes(measure)]
    return Rests(
        actions=pictures.moving(queries.of_measure(measure), today),
        statements=leaning.on(measure.authority, measure.reference),
        themes=[SpokenFor(code, library().theme(code).theme.name, code == measure.theme_code) for code in codes],
        question=surveys.counted_as(measure),
        may_plan=may_plan,
    )
