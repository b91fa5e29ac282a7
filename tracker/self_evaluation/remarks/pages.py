"""What the page of remarks shows: each with its words, and whether it still fits the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.people.models import Person
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks import queries, rules
from tracker.self_evaluation.remarks.models import Remark
from tracker.self_evaluation.remarks.rules import RemarkKind, RemarkState
from tracker.self_evaluation.wordings.rules import Row, word_by_word


@dataclass(frozen=True)
class Shown:
    remark: Remark
    row: Row | None
    """Of a suggestion: the passage as it is and as it would be."""
    fits: bool
    """Of an open suggestion: its words still stand in the text."""
    mine: bool


@dataclass(frozen=True)
class RemarksPage:
    waiting: Sequence[Shown]
    settled: Sequence[Shown]
    """Last settled first."""


def remarks(statement: Statement, reader: Person) -> RemarksPage:
    shown = [_shown(each, statement, reader) for each in queries.of(statement)]
    settled = [each for each in shown if each.remark.state is not RemarkState.OPEN]
    return RemarksPage(
        [each for each in shown if each.remark.state is RemarkState.OPEN],
        sorted(settled, key=_when, reverse=True),
    )


def _shown(remark: Remark, statement: Statement, reader: Person) -> Shown:
    suggestion = remark.kind is RemarkKind.SUGGESTION
    return Shown(
        remark,
        word_by_word(remark.about, remark.suggested or "") if suggestion else None,
        not suggestion or rules.fits(statement.text, remark.suggestion),
        remark.by_id == reader.id,
    )


def _when(shown: Shown) -> datetime:
    return shown.remark.settled_at or shown.remark.made_at
