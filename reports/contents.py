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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeVar, cast

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from reports.board_parts import FinishRow, HowFar, MovedAction, MovedGroup, OverTime, StandingRow, ThenAndNow, WhatMoved
from reports.brief_parts import DailyBrief
from reports.chapters import Area, Audits, Changes, Method, NotYetSure, Plan, Summary, WhereWeStand
from reports.difference_parts import DifferenceChart, Differences, Followed, IndexLine, IndexPoint
from reports.evidence_parts import AreaRegister, HeldEntry, PracticeExample, Register, Voices
from reports.look import Crest, Look
from reports.parts import (
    CHECKED,
    Agreement,
    Approval,
    AuditFinding,
    AuditGrades,
    AuditPeriod,
    Comparison,
    EarlierItem,
    Grade,
    GradeProfile,
    Inspected,
    KeyFigure,
    Meaning,
    Measure,
    Measures,
    OwnView,
    PlanAction,
    PlanItem,
    ProfileRow,
    Question,
    Quotation,
    RegisterEntry,
    Row,
    Says,
    Statement,
    Tone,
    Unsure,
    Voice,
    Word,
)
from reports.quality_parts import Chain, ControlChart, Quality, Shares
from reports.scorecard_parts import Scored, ScoredMeasure, StandingOfArea, Standings
from reports.statement_parts import (
    AnsweredItem,
    InspectionFacts,
    ProposedAction,
    ProposedActions,
    Signatory,
    Signatures,
    StatutoryDeadline,
    Watching,
)

__all__ = [
    "MOST_PAGES",
    "ONE_PAGE",
    "SHORT",
    "SIGNED",
    "Agreement",
    "AnsweredItem",
    "Approval",
    "Area",
    "AreaRegister",
    "AuditFinding",
    "AuditGrades",
    "AuditPeriod",
    "Audits",
    "Chain",
    "Changes",
    "Chapter",
    "Comparison",
    "ControlChart",
    "Crest",
    "DailyBrief",
    "DifferenceChart",
    "Differences",
    "EarlierItem",
    "FinishRow",
    "Followed",
    "Grade",
    "GradeProfile",
    "HeldEntry",
    "HowFar",
    "IndexLine",
    "IndexPoint",
    "Inspected",
    "InspectionFacts",
    "KeyFigure",
    "Kind",
    "Look",
    "Meaning",
    "Measure",
    "Measures",
    "Method",
    "MovedAction",
    "MovedGroup",
    "NotYetSure",
    "OverTime",
    "OwnView",
    "PackContents",
    "Plan",
    "PlanAction",
    "PlanItem",
    "PracticeExample",
    "ProfileRow",
    "ProposedAction",
    "ProposedActions",
    "Quality",
    "Question",
    "Quotation",
    "Register",
    "RegisterEntry",
    "Row",
    "Says",
    "Scored",
    "ScoredMeasure",
    "Shares",
    "Signatory",
    "Signatures",
    "StandingOfArea",
    "StandingRow",
    "Standings",
    "Statement",
    "StatutoryDeadline",
    "Summary",
    "ThenAndNow",
    "Tone",
    "Unsure",
    "Voice",
    "Voices",
    "Watching",
    "WhatMoved",
    "WhereWeStand",
    "Word",
]


class Kind(StrEnum):
    SELF_EVALUATION = "self-evaluation"
    IMPROVEMENT_PLAN = "improvement-plan"
    STATEMENT_OF_ACTION = "statement-of-action"
    BOARD = "board"
    PRACTICE_EXAMPLE = "practice-example"
    EVIDENCE_REGISTER = "evidence-register"
    QA_QUARTERLY = "qa-quarterly"
    SCORECARD = "scorecard"
    SUMMARY = "self-evaluation-summary"
    PUBLIC = "public"
    PEER_CHALLENGE = "peer-challenge"
    EXCEPTIONS = "exceptions"
    DAILY_BRIEF = "daily-brief"
    MEETING_BRIEFING = "meeting-briefing"


ONE_PAGE = frozenset({Kind.PRACTICE_EXAMPLE, Kind.DAILY_BRIEF, Kind.MEETING_BRIEFING})
"""Kinds that are one A4 page, without a cover; their only chapter is the page."""
MOST_PAGES = {Kind.PRACTICE_EXAMPLE: 1, Kind.DAILY_BRIEF: 1, Kind.MEETING_BRIEFING: 1, Kind.SUMMARY: 4}
"""How many pages a kind may take that is meant to be short."""
SHORT = frozenset(MOST_PAGES)
"""Kinds without a cover, a list of contents and a register: there is no room for them."""
SIGNED = frozenset({Kind.SELF_EVALUATION, Kind.SUMMARY, Kind.PUBLIC, Kind.PEER_CHALLENGE})
"""Kinds that say what the authority thinks of itself: a draft, and marked as one on every page, until it is signed."""
DRAFT = "DRAFT"


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
    | Quality
    | Scored
    | Standings
    | Differences
    | DailyBrief,
    Field(discriminator="chapter"),
]


Part = TypeVar("Part")


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
    look: Look | None = None
    """What a profile chose; None: as packs of the kind always look."""

    @property
    def is_draft(self) -> bool:
        return self.kind in SIGNED and not (self.signed_off and self.signed_off.on)

    @property
    def watermark(self) -> str:
        """What stands beside every page: a draft says that it is one, whatever a profile chose."""
        chosen = self.look.watermark if self.look else ""
        if not self.is_draft or chosen == DRAFT:
            return chosen
        return f"{DRAFT} {chosen}".strip()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for keeping. ``from_json`` gives back equal contents.

        A look is left out where there is none, so that what was frozen before there were looks keeps its digest.
        """
        kept: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        if kept["look"] is None:
            del kept["look"]
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

    def every(self, kind: type[Part]) -> Iterator[Part]:
        """Every part of a kind, in order, however deep it lies."""
        return _every(self.chapters, kind)

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal: names the pack and is printed in it."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


_ADAPTER = TypeAdapter(PackContents)


def _every(value: object, kind: type[Part]) -> Iterator[Part]:
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _every(part, kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _every(getattr(value, field.name), kind)


def _reworded(value: object, change: Callable[[str], str]) -> object:
    """``value`` with every text changed; the names that classes go by, enums and tags, are no text."""
    match value:
        case StrEnum() | Look():
            return value
        case str():
            return change(value)
        case tuple():
            return tuple(_reworded(part, change) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = (field.name for field in fields(value) if field.name != "chapter")
    return replace(value, **{name: _reworded(getattr(value, name), change) for name in names})
