"""What the page of a piece of evidence says about its file: how far it was looked through, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from tracker.evidence.guard import queries
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.models import Evidence
from tracker.evidence.words import queries as words
from tracker.evidence.words.models import FileReading
from tracker.people.models import Person
from tracker.people.rules import Permission


@dataclass(frozen=True)
class GuardPage:
    reading: FileReading | None
    """None while nobody has looked through the file."""
    undecided: Sequence[ChildDataWarning]
    decided: Sequence[ChildDataWarning]
    why_held_back: str
    """Why the person who looks may not open the file; empty if she may."""


def of(evidence: Evidence, person: Person) -> GuardPage:
    warnings = queries.warnings_of(evidence)
    return GuardPage(
        reading=words.reading(evidence.authority_id, evidence.file_sha256) if evidence.file_sha256 else None,
        undecided=[warning for warning in warnings if warning.decision is None],
        decided=[warning for warning in warnings if warning.decision is not None],
        why_held_back=why_held_back(evidence, person),
    )


def why_held_back(evidence: Evidence, person: Person, sha256: str | None = None) -> str:
    """Why a person may not open the file as it is now, or a version of it, as a sentence; empty if she may."""
    decides = g.person.may(Permission.DECIDE_ABOUT_CHILD_DATA.name)
    return queries.why_held_back(evidence, sha256 or evidence.file_sha256, person, decides=decides)
