"""What can be found, and what is kept of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from tracker.people.rules import Permission, Role, may

LONGEST_TEXT = 100_000
"""Characters of one text that are searched. Our choice: forty pages; a file's words come page by page."""


class Found(StrEnum):
    """A kind of thing that is found, as one thing of it is called."""

    ITEM = "Improvement item"
    APPRAISAL = "Appraisal"
    ACTION = "Action"
    EVIDENCE = "Evidence"
    AUDIT = "Audit"
    ANSWER = "Audit answer"
    FINDING = "Audit finding"
    MEASURE = "Measure"
    SURVEY = "Survey"
    PATHWAY = "Pathway of groups"
    STATEMENT = "Statement"
    SELF_GRADE = "Self-grade"
    INSPECTION = "Inspection"
    PARAGRAPH = "Paragraph of a report"
    PACK = "Pack"
    BRIEF = "Daily brief"
    REQUEST = "Inspectors’ request"
    NOTE = "Note of an inspection"
    MEETING = "Meeting of an inspection"


OPENED_BY: Mapping[Found, Permission] = {
    Found.ITEM: Permission.READ_PLAN,
    Found.APPRAISAL: Permission.READ_PLAN,
    Found.ACTION: Permission.READ_PLAN,
    Found.EVIDENCE: Permission.READ_EVIDENCE,
    Found.AUDIT: Permission.READ_EVERY_AUDIT,
    Found.ANSWER: Permission.READ_EVERY_AUDIT,
    Found.FINDING: Permission.READ_EVERY_AUDIT,
    Found.MEASURE: Permission.READ,
    Found.SURVEY: Permission.READ,
    Found.PATHWAY: Permission.READ,
    Found.STATEMENT: Permission.READ_SELF_EVALUATION,
    Found.SELF_GRADE: Permission.READ_SELF_EVALUATION,
    Found.INSPECTION: Permission.READ_REPORTS,
    Found.PARAGRAPH: Permission.READ_REPORTS,
    Found.PACK: Permission.OPEN_EVERY_PACK,
    Found.BRIEF: Permission.RUN_FIELDWORK,
    Found.REQUEST: Permission.READ_FIELDWORK,
    Found.NOTE: Permission.RUN_FIELDWORK,
    Found.MEETING: Permission.READ_FIELDWORK,
}
"""What somebody must be allowed before she finds a thing of a kind."""


def found_by(role: Role) -> frozenset[Found]:
    """The kinds of things that a role finds.

    >>> [kind.value for kind in Found if kind in found_by(Role.INFORMATION_GOVERNANCE_LEAD)]
    ['Evidence', 'Inspectors’ request', 'Meeting of an inspection']
    """
    return frozenset(kind for kind, permission in OPENED_BY.items() if may(role, permission))


SEVERAL: Mapping[Found, str] = {
    Found.ITEM: "Improvement items",
    Found.APPRAISAL: "Appraisals",
    Found.ACTION: "Actions",
    Found.EVIDENCE: "Evidence",
    Found.AUDIT: "Audits",
    Found.ANSWER: "Audit answers",
    Found.FINDING: "Audit findings",
    Found.MEASURE: "Measures",
    Found.SURVEY: "Surveys",
    Found.PATHWAY: "Who is treated differently",
    Found.STATEMENT: "Statements",
    Found.SELF_GRADE: "Self-grades",
    Found.INSPECTION: "Inspections",
    Found.PARAGRAPH: "What inspectors wrote",
    Found.PACK: "Packs",
    Found.BRIEF: "Briefs of the week",
    Found.REQUEST: "Requests of inspectors",
    Found.NOTE: "Lines of enquiry and notes",
    Found.MEETING: "Meetings of an inspection",
}
"""As filters call them, in their order."""


LED_BY = frozenset(
    {Found.ITEM, Found.ACTION, Found.MEASURE, Found.SURVEY, Found.PATHWAY, Found.STATEMENT, Found.EVIDENCE}
)
"""What people mostly look for: what is to improve, what is done about it, and what shows it."""
PAPER_COUNTS = 0.6
"""What the score of anything else counts for. Our choice: of things whose titles answer about alike, single audits and
other papers come after those that the work is led by, of which there are far fewer; a title still tells more than a
text."""


@dataclass(frozen=True)
class Entry:
    """What is kept of one thing, or of one passage of its file, so that it can be found."""

    authority_id: UUID
    kind: Found
    root_id: UUID
    """The row whose change has this written again: the inspection of a paragraph, the audit of a finding."""
    thing_id: UUID
    title: str
    text: str
    number: int
    """Of the reference that opens it; the edition of a self-evaluation."""
    anchor: str = ""
    """Where on that page it stands."""
    part: int = 0
    """0 for the thing's own words, from 1 for passages of its file."""
    place: str = ""
    """Where in the file, as people say it: "page 3"."""
    dated: date | None = None
    areas: str = ""
    """Codes between bars: ``|experiences_of_care|``."""
    themes: str = ""
    owner_id: UUID | None = None
    evidence_kind: str = ""
    strength: str = ""
    sensitive: bool = False
    withdrawn: bool = False

    @property
    def key(self) -> tuple[UUID, Found, UUID, int]:
        return self.root_id, self.kind, self.thing_id, self.part

    @property
    def words(self) -> tuple[str, str]:
        return self.title, self.text


def text_of(*pieces: str | None) -> str:
    """Pieces that say something, one a line.

    >>> text_of("Plans drift.", "", None, "Visits are late.")
    'Plans drift.\\nVisits are late.'
    """
    said = (piece.strip() for piece in pieces if piece)
    return "\n".join(piece for piece in said if piece)[:LONGEST_TEXT]


def barred(codes: Iterable[str]) -> str:
    """Codes as they are kept, so that one is looked for with its bars.

    >>> barred({"HP2", "HP16"}), barred([])
    ('|HP16|HP2|', '')
    """
    ordered = sorted(set(codes))
    return f"|{'|'.join(ordered)}|" if ordered else ""


def codes(text: str) -> list[str]:
    """
    >>> codes("|HP16|HP2|"), codes("")
    (['HP16', 'HP2'], [])
    """
    return [code for code in text.split("|") if code]


OWN_LETTERS = 8
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def own(authority_id: UUID) -> str:
    """What every stem of an authority begins with in the index, so that the words of others are never even read.

    Letters alone, and always as many: a database takes the two together for one word.

    >>> own(UUID("0123abcd-0000-4000-8000-000000000000"))
    'abcdklmn'
    """
    return authority_id.hex[:OWN_LETTERS].translate(_LETTERS)


def own_stems(authority_id: UUID, stems: str) -> str:
    """Stems as the index holds them.

    >>> own_stems(UUID("0123abcd-0000-4000-8000-000000000000"), "life stori")
    'abcdklmnlife abcdklmnstori'
    """
    prefix = own(authority_id)
    return " ".join(prefix + stem for stem in stems.split())
