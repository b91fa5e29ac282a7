"""Chapters of a self-evaluation and of the plan. Ask for them as ``reports.contents``, which is the contract."""

from typing import Literal

from pydantic.dataclasses import dataclass

from reports.parts import (
    CHECKED,
    Agreement,
    AuditFinding,
    AuditGrades,
    Comparison,
    EarlierItem,
    GradeProfile,
    KeyFigure,
    Measures,
    OwnView,
    PlanItem,
    Question,
    Quotation,
    Row,
    Unsure,
)


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
