"""Keeping an authority's own words. No text that anybody wrote is changed."""

from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.self_evaluation.glossary import queries
from tracker.self_evaluation.glossary.models import GlossaryTerm
from tracker.self_evaluation.glossary.rules import LONGEST


def say(authority: Authority, *, written: str, shown: str) -> GlossaryTerm:
    """Show ``shown`` wherever a statement has ``written``; a term that is there is said otherwise from now on."""
    before, after = " ".join(written.lower().split()), " ".join(shown.split())
    if not before or not after:
        raise Refused("Enter both: the words that are written, and those that are shown instead.")
    if max(len(before), len(after)) > LONGEST:
        raise Refused(f"A term may have {LONGEST} characters.")
    if before == after.lower():
        raise Refused("Both are the same. Enter what should be shown instead.")
    known = {term.written: term for term in queries.terms(authority)}
    term = known.get(before) or GlossaryTerm(authority_id=authority.id, written=before)
    term.shown = after
    db.session.add(term)
    db.session.flush()
    return term


def forget(term: GlossaryTerm) -> None:
    db.session.delete(term)
    db.session.flush()
