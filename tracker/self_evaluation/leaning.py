"""Which statements rest on a piece of evidence, and with which words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tracker.evidence.leaning import Leaning
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import sentences
from tracker.self_evaluation.models import Citation, SelfEvaluation, Statement
from tracker.self_evaluation.rules import VersionState


def on_evidence(authority: Authority, references: Sequence[str]) -> Mapping[str, Sequence[Leaning]]:
    """Statements of every version that cite any of the references, the newest version first."""
    found = db.session.scalars(
        select(Citation)
        .join(Citation.statement)
        .join(Statement.self_evaluation)
        .where(Statement.authority_id == authority.id, Citation.reference.in_(references))
        .options(contains_eager(Citation.statement).contains_eager(Statement.self_evaluation))
        .order_by(SelfEvaluation.edition.desc(), Statement.number)
    )
    leaning: dict[str, list[Leaning]] = defaultdict(list)
    for citation in found:
        leaning[citation.reference].append(_leaning(citation))
    return leaning


def _leaning(citation: Citation) -> Leaning:
    statement, version = citation.statement, citation.statement.self_evaluation
    signed = version.state is VersionState.SIGNED_OFF
    return Leaning(
        statement.reference,
        statement.title,
        f"Statement of version {version.edition}{', signed' if signed else ''}",
        _words(statement.text, citation.reference),
        fixed=signed,
    )


def _words(text: str, reference: str) -> str:
    """The sentences of a statement that cite it."""
    every = (sentence for block in sentences.blocks(text) for sentence in block.sentences)
    return " ".join(sentence.text for sentence in every if reference in sentence.cites)
