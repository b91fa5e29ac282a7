"""Answers to marks, carried into the next version with their statements."""

from tracker.platform.db import db
from tracker.self_evaluation.marks import queries
from tracker.self_evaluation.marks.models import MarkAnswer
from tracker.self_evaluation.models import Statement


def carry(before: Statement, into: Statement) -> None:
    """The next version's statement begins with the answers of the one that it carries on."""
    for kept in queries.answers([before]).get(before.id, {}).values():
        db.session.add(
            MarkAnswer(
                authority_id=into.authority_id,
                statement_id=into.id,
                key=kept.key,
                mark=kept.mark,
                sentence=kept.sentence,
                words=kept.words,
                by_id=kept.by_id,
                answered_at=kept.answered_at,
            )
        )
