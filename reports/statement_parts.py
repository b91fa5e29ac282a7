"""What a written statement of action is made of: the inspection and its deadlines, what will be done, and who signs."""

from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED, Row, Word


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class StatutoryDeadline:
    name: str
    rule: str
    """"30 working days after the report is received"."""
    by: date | None
    """None: the day that it runs from is not known."""
    standing: Word
    done: str = ""
    """"1 July 2026: HM Chief Inspector"; empty: not yet."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class InspectionFacts:
    """The inspection that the statement answers, and the deadlines that the regulations set."""

    chapter: Literal["inspection-facts"] = "inspection-facts"
    title: str = "The inspection"
    lede: str = ""
    rows: tuple[Row, ...] = ()
    deadlines: tuple[StatutoryDeadline, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ProposedAction:
    reference: str
    title: str
    lead: str
    due: date
    accountable: str = ""
    partner: str = ""
    success: str = ""
    """Markdown: how we shall know that it worked."""
    milestones: tuple[str, ...] = ()
    """"Panel terms agreed, 30 October 2026"."""
    board: str = ""
    """The board that watches over it."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class AnsweredItem:
    """One thing that inspectors said needs to improve, and what will be done about it."""

    reference: str
    words: str
    source: str
    """"Ofsted report, page 2: what needs to improve"."""
    owner: str = ""
    """Empty: nobody owns it yet, and the statement says so."""
    actions: tuple[ProposedAction, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ProposedActions:
    chapter: Literal["proposed-actions"] = "proposed-actions"
    title: str = "What we will do"
    lede: str = ""
    items: tuple[AnsweredItem, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Watching:
    """How progress will be known, and by whom."""

    chapter: Literal["watching"] = "watching"
    title: str = "How progress will be known"
    lede: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Signatory:
    post: str
    """"Director of children’s services"."""
    name: str = ""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Signatures:
    """Where the statement is signed by hand, once it is printed."""

    chapter: Literal["signatures"] = "signatures"
    title: str = "Signature"
    declaration: str = ""
    signatories: tuple[Signatory, ...] = ()
