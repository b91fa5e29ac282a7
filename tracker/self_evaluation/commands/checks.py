"""What every change of a self-evaluation is held against."""

import math
from collections.abc import Sequence
from datetime import date

from tracker.platform.errors import Refused
from tracker.self_evaluation import queries, rules
from tracker.self_evaluation.cleaning import cleaned
from tracker.self_evaluation.models import SelfEvaluation, Statement
from tracker.self_evaluation.rules import VersionState
from tracker.self_evaluation.sentences import tidied

LONGEST_PASTED = 20 * rules.LONGEST_STATEMENT
"""Characters with markup that are still read for the words in them. Source: our choice; Word writes ten for one."""


def check_open(self_evaluation: SelfEvaluation) -> None:
    if self_evaluation.state is VersionState.SIGNED_OFF:
        raise Refused(
            f"Version {self_evaluation.edition} was signed off on {self_evaluation.signed_on:%-d %B %Y} and cannot "
            "change. Carry it forward to a new version to change its words."
        )


def review_again(self_evaluation: SelfEvaluation) -> None:
    """What the director has before her is changed: a head of service passes it on anew."""
    if self_evaluation.state is VersionState.WITH_DIRECTOR:
        self_evaluation.state = VersionState.IN_REVIEW
        self_evaluation.reviewed_on = self_evaluation.reviewed_by = None


def kept(text: str, *, called: str) -> str:
    """A statement's text as it is kept; refused when nobody would read so long a one. ``called`` names it."""
    words = tidied(cleaned(text)) if len(text) <= LONGEST_PASTED else text
    if len(words) > rules.LONGEST_STATEMENT:
        raise Refused(
            f"{called} has {len(words):,} characters; a statement may have {rules.LONGEST_STATEMENT:,}. "
            f"Make at least {math.ceil(len(words) / rules.LONGEST_STATEMENT)} statements of it."
        )
    return words


def refuse_claims(statements: Sequence[Statement], today: date) -> None:
    claims = queries.claims(statements, today)
    if claims:
        listed = ", ".join(claims)
        raise Refused(
            f"These make a claim without evidence: {listed}. Cite evidence, change the words, or say at the mark why "
            "the sentence may stay."
        )
