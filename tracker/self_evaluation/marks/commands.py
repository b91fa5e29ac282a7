"""Answering for a mark, and taking the answer back."""

from datetime import datetime

from tracker.people.models import Person
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.self_evaluation.commands.checks import check_open
from tracker.self_evaluation.marks import queries, rules
from tracker.self_evaluation.marks.models import MarkAnswer
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.rules import Marked
from tracker.self_evaluation.sentences import tidied


def answer(statement: Statement, marked: Marked | None, *, words: str, by: Person, at: datetime) -> None:
    """Say why a marked sentence may stay. ``marked`` is None where nobody marks it any more: Conflict."""
    check_open(statement.self_evaluation)
    if marked is None or marked.mark is None:
        raise Conflict(f"{statement.reference} no longer has this mark: its words or its evidence changed.")
    said = tidied(words)
    if not said:
        raise Refused("Say why the sentence may stay as it is")
    if len(said) > rules.LONGEST:
        raise Refused(
            f"The answer has {len(said):,} characters; it may have {rules.LONGEST:,}. Keep to a sentence or two."
        )
    key = rules.key(marked)
    kept = queries.answers([statement]).get(statement.id, {}).get(key)
    if kept is None:
        kept = MarkAnswer(authority_id=statement.authority_id, statement_id=statement.id, key=key, mark=marked.mark)
        db.session.add(kept)
    kept.sentence, kept.words, kept.by, kept.answered_at = marked.sentence.text, said, by, at
    db.session.flush()


def take_back(statement: Statement, key: str) -> None:
    """The mark is open again; nothing where it has no answer."""
    check_open(statement.self_evaluation)
    kept = queries.answers([statement]).get(statement.id, {}).get(key)
    if kept is not None:
        db.session.delete(kept)
        db.session.flush()
