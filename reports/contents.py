"""The contract: everything a pack says, frozen, so that the same contents always make the same document.

Whoever gathers a pack fills these classes; whoever renders it reads nothing else. A pack is a cover and a tuple of
chapters, printed in the order given and numbered in that order. A chapter with nothing in it is still printed and says
so in words: leave it out of the tuple if the pack should not speak of it.

Field by field:

- *Markdown* marks text that people wrote: it may hold anything at all, and cites things in brackets, ``[E-231]``, or
  paragraph 8 of a report as ``[R-3:8]``. References that the pack prints become links; all other links lose theirs.
- Everything else is plain text, printed as it stands.
- Values are checked when an object is made (a wrong type raises ``pydantic.ValidationError``, which names the field).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, cast

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from reports.board_parts import (
    FinishRow as FinishRow,
)
from reports.board_parts import (
    HowFar as HowFar,
)
from reports.board_parts import (
    MovedAction as MovedAction,
)
from reports.board_parts import (
    MovedGroup as MovedGroup,
)
from reports.board_parts import (
    OverTime as OverTime,
)
from reports.board_parts import (
    StandingRow as StandingRow,
)
from reports.board_parts import (
    ThenAndNow as ThenAndNow,
)
from reports.board_parts import (
    WhatMoved as WhatMoved,
)
from reports.evidence_parts import (
    AreaRegister as AreaRegister,
)
from reports.evidence_parts import (
    HeldEntry as HeldEntry,
)
from reports.evidence_parts import (
    PracticeExample as PracticeExample,
)
from reports.evidence_parts import (
    Register as Register,
)
from reports.evidence_parts import (
    Voices as Voices,
)
from reports.parts import CHECKED
from reports.parts import (
    Agreement as Agreement,
)
from reports.parts import (
    Approval as Approval,
)
from reports.parts import (
    AuditFinding as AuditFinding,
)
from reports.parts import (
    AuditGrades as AuditGrades,
)
from reports.parts import (
    AuditPeriod as AuditPeriod,
)
from reports.parts import (
    Comparison as Comparison,
)
from reports.parts import (
    EarlierItem as EarlierItem,
)
from reports.parts import (
    Grade as Grade,
)
from reports.parts import (
    GradeProfile as GradeProfile,
)
from reports.parts import (
    Inspected as Inspected,
)
from reports.parts import (
    KeyFigure as KeyFigure,
)
from reports.parts import (
    Meaning as Meaning,
)
from reports.parts import (
    Measure as Measure,
)
from reports.parts import (
    Measures as Measures,
)
from reports.parts import (
    OwnView as OwnView,
)
from reports.parts import (
    PlanAction as PlanAction,
)
from reports.parts import (
    PlanItem as PlanItem,
)
from reports.parts import (
    ProfileRow as ProfileRow,
)
from reports.parts import (
    Question as Question,
)
from reports.parts import (
    Quotation as Quotation,
)
from reports.parts import (
    RegisterEntry as RegisterEntry,
)
from reports.parts import (
    Row as Row,
)
from reports.parts import (
    Says as Says,
)
from reports.parts import (
    Statement as Statement,
)
from reports.parts import (
    Tone as Tone,
)
from reports.parts import (
    Unsure as Unsure,
)
from reports.parts import (
    Voice as Voice,
)
from reports.parts import (
    Word as Word,
)
from reports.quality_parts import (
    Chain as Chain,
)
from reports.quality_parts import (
    ControlChart as ControlChart,
)
from reports.quality_parts import (
    Quality as Quality,
)
from reports.quality_parts import (
    Shares as Shares,
)
from reports.statement_parts import (
    AnsweredItem as AnsweredItem,
)
from reports.statement_parts import (
    InspectionFacts as InspectionFacts,
)
from reports.statement_parts import (
    ProposedAction as ProposedAction,
)
from reports.statement_parts import (
    ProposedActions as ProposedActions,
)
from reports.statement_parts import (
    Signatory as Signatory,
)
from reports.statement_parts import (
    Signatures as Signatures,
)
from reports.statement_parts import (
    StatutoryDeadline as StatutoryDeadline,
)
from reports.statement_parts import (
    Watching as Watching,
)


class Kind(StrEnum):
    SELF_EVALUATION = "self-evaluation"
    IMPROVEMENT_PLAN = "improvement-plan"
    STATEMENT_OF_ACTION = "statement-of-action"
    BOARD = "board"
    PRACTICE_EXAMPLE = "practice-example"
    EVIDENCE_REGISTER = "evidence-register"
    QA_QUARTERLY = "qa-quarterly"


ONE_PAGE = frozenset({Kind.PRACTICE_EXAMPLE})
"""Kinds that are one A4 page, without a cover; their only chapter is the page."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class WhereWeStand:
    """The grade profile, as a chart and as words."""

    chapter: Literal["where-we-stand"] = "where-we-stand"
    title: str = "Where we stand"
    lede: str = ""
    profile: GradeProfile
    notes: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Summary:
    """A summary on a page."""

    chapter: Literal["summary"] = "summary"
    title: str = "Summary on a page"
    figures: tuple[KeyFigure, ...] = ()
    """Up to four."""
    rows: tuple[Row, ...] = ()
    not_sure_of: tuple[str, ...] = ()
    """Markdown."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Area:
    """A judgement area: our view, the three questions and what they rest on."""

    chapter: Literal["area"] = "area"
    code: str
    title: str
    """Short enough for a heading: "Help and protection"."""
    own_view: OwnView
    figures: tuple[KeyFigure, ...] = ()
    """Up to two, beside our view and our confidence: the last judgement, the newest evidence."""
    know: Question
    how: Question
    plans: Question
    inspectors_said: tuple[Quotation, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    audits: AuditGrades | None = None
    audits_show: str = ""
    """Markdown."""
    measures: Measures | None = None


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Plan:
    chapter: Literal["plan"] = "plan"
    title: str = "Improvement plan"
    lede: str = ""
    items: tuple[PlanItem, ...] = ()
    earlier: tuple[EarlierItem, ...] = ()
    """What became of the items of earlier inspections."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Audits:
    chapter: Literal["audits"] = "audits"
    title: str = "What audits found and changed"
    lede: str = ""
    grades: AuditGrades | None = None
    """Over time."""
    domains: AuditGrades | None = None
    findings: tuple[AuditFinding, ...] = ()
    trust: tuple[Row, ...] = ()
    """How far to trust our audits: practitioners, families, moderation, closing the loop."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class NotYetSure:
    chapter: Literal["not-yet-sure"] = "not-yet-sure"
    title: str = "What we are not yet sure of"
    lede: str = ""
    entries: tuple[Unsure, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Changes:
    """Annex: what changed since an earlier pack."""

    chapter: Literal["changes"] = "changes"
    title: str = "Changes since the last pack"
    lede: str = ""
    comparisons: tuple[Comparison, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Method:
    """Annex: how the pack was made. Rows on accessibility and integrity are added by the document itself."""

    chapter: Literal["method"] = "method"
    title: str = "Method, licence and integrity"
    rows: tuple[Row, ...] = ()
    attribution: str = ""
    """Sources and their licence, in words."""


Chapter = Annotated[
    WhereWeStand
    | Summary
    | Area
    | Plan
    | Audits
    | Voices
    | NotYetSure
    | Register
    | Changes
    | Method
    | WhatMoved
    | HowFar
    | OverTime
    | InspectionFacts
    | ProposedActions
    | Watching
    | Signatures
    | PracticeExample
    | AreaRegister
    | Quality,
    Field(discriminator="chapter"),
]


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class PackContents:
    kind: Kind
    reference: str
    """"P-14"."""
    title: str
    """"Self-evaluation of children’s services"."""
    short_title: str
    """For the head of every page: "Brent children’s services: self-evaluation"."""
    authority: str
    """"London Borough of Brent"."""
    version: str
    """"Autumn 2026, version 6, draft"."""
    made_on: date
    """The day the contents were frozen."""
    as_at: date
    """Nothing in the pack is later than this."""
    marking: str
    """"OFFICIAL"."""
    marking_note: str = ""
    """"no child can be identified from it"."""
    subtitle: str = ""
    prepared_for: str = ""
    replaces: str = ""
    """"P-13, 31 July 2026"."""
    demonstration: str = ""
    """The notice that a demonstration prints on its cover; empty: this is a real pack."""
    signed_off: Approval | None = None
    """None: a draft, and the cover says so."""
    approvals: tuple[Approval, ...] = ()
    how_to_read: tuple[Row, ...] = ()
    status_meanings: tuple[Meaning, ...] = ()
    """The words used for an action, in the order in which an action takes them."""
    chapters: tuple[Chapter, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for keeping. ``from_json`` gives back equal contents."""
        kept: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "PackContents":
        return _ADAPTER.validate_python(kept)

    def reworded(self, change: Callable[[str], str]) -> "PackContents":
        """The same contents with ``change`` made to every text in them."""
        return cast("PackContents", _reworded(self, change))

    def texts(self) -> Sequence[str]:
        """Every text in it, in order."""
        found: list[str] = []

        def keep(text: str) -> str:
            found.append(text)
            return text

        self.reworded(keep)
        return found

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal: names the pack and is printed in it."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


_ADAPTER = TypeAdapter(PackContents)


def _reworded(value: object, change: Callable[[str], str]) -> object:
    """``value`` with every text changed; the names that classes go by, enums and tags, are no text."""
    match value:
        case StrEnum():
            return value
        case str():
            return change(value)
        case tuple():
            return tuple(_reworded(part, change) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = (field.name for field in fields(value) if field.name != "chapter")
    return replace(value, **{name: _reworded(getattr(value, name), change) for name in names})
