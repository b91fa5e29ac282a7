"""The shape of the files that tell of versions of the self-evaluation and their statements. See ``schema``."""

from tracker.demonstration.schema import Grade, Past, Told
from tracker.self_evaluation.rules import Confidence, Question
from tracker.self_evaluation.rules import Kind as StatementKind


class Signature(Told):
    day: Past
    by: str


class Noted(Told):
    """When and where a version was noted by the lead member, or published."""

    day: Past
    where: str


class Remarked(Told):
    """A comment on a statement; with ``instead``, a suggestion to put that for ``about``."""

    by: str
    day: Past
    about: str = ""
    instead: str = ""
    words: str = ""


class Answered(Told):
    """Why the one marked sentence of a statement may stay."""

    by: str
    day: Past
    words: str


class Claim(Told):
    """A statement."""

    key: str
    area: str
    question: Question
    title: str
    author: str
    item: str = ""
    day: Past
    text: str
    review: Past | None = None
    signed: Signature | None = None
    kind: StatementKind | None = None
    remarks: tuple[Remarked, ...] = ()
    answer: Answered | None = None


class View(Told):
    area: str
    by: str
    day: Past
    grade: Grade
    confidence: Confidence
    reason: str
    not_sure: tuple[str, ...]
    agreed: Past | None = None


class VersionFile(Told):
    starts: Past
    statements: tuple[Claim, ...]
    views: tuple[View, ...]
    sent: Past | None = None
    signed: Signature | None = None
    noted: Noted | None = None
    published: Noted | None = None
    words: dict[str, str] = {}
    """The authority's own words: what is written to what is shown."""
