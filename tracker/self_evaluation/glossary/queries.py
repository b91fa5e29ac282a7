from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation.glossary.models import GlossaryTerm
from tracker.self_evaluation.glossary.rules import Glossary


def terms(authority: Authority) -> Sequence[GlossaryTerm]:
    """In the order of the alphabet."""
    return db.session.scalars(
        select(GlossaryTerm).where(GlossaryTerm.authority_id == authority.id).order_by(GlossaryTerm.written)
    ).all()


def of(authority: Authority) -> Glossary:
    return Glossary({term.written: term.shown for term in terms(authority)})


def one(authority: Authority, term_id: UUID) -> GlossaryTerm | None:
    return db.session.scalars(
        select(GlossaryTerm).where(GlossaryTerm.authority_id == authority.id, GlossaryTerm.id == term_id)
    ).one_or_none()
