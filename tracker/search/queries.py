"""Finding things by words, whatever their kind, within one authority."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker.actions.models import Action
from tracker.audits.blind.queries import shown_to
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Audit, Finding
from tracker.evidence.models import Evidence
from tracker.improvements.models import ImprovementItem
from tracker.indicators.models import Measure
from tracker.inspections.models import Inspection, Paragraph
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation.models import Statement

MOST_OF_A_KIND = 10
"""How many things of one kind a page of results shows. Source: our choice."""
MOST_WORDS = 8
"""How many words of a search count: more would only slow it."""
AROUND = 90
"""Characters of an excerpt on either side of the first word found."""

Column = InstrumentedAttribute[str]


@dataclass(frozen=True)
class Found:
    """One thing found: its reference, its name, and the words around the first hit."""

    reference: str
    title: str
    excerpt: str
    anchor: str = ""


@dataclass(frozen=True)
class Kind:
    """Things of one kind: the best first, and how many there are in all."""

    name: str
    found: Sequence[Found]
    count: int


def words_of(text: str) -> list[str]:
    """What is searched for: the words of a search, each once.

    >>> words_of("  life-story  work, work ")
    ['life-story', 'work']
    """
    stripped = (word.strip(".,;:!?()[]“”\"'") for word in text.lower().split())
    return list(dict.fromkeys(word for word in stripped if word))[:MOST_WORDS]


def search(authority: Authority, text: str, *, viewer: Viewer) -> list[Kind]:
    """Everything that has every word, kind by kind; kinds with nothing are left out. Two statements a kind."""
    words = words_of(text)
    if not words:
        return []
    kinds = [_of_kind(name, what, words, authority, viewer) for name, what in KINDS.items()]
    return [kind for kind in kinds if kind.count]


@dataclass(frozen=True)
class Searched:
    """Where the words of one kind are: ``title`` weighs more than the rest."""

    model: Any
    title: Column
    others: tuple[Column, ...]
    show: Callable[[Any, list[str]], Found]


def _of_kind(name: str, what: Searched, words: list[str], authority: Authority, viewer: Viewer) -> Kind:
    wanted = _readable(what, _wanted(what, words, authority), viewer)
    count = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    in_title = and_(*(_holds(what.title, word) for word in words))
    rows = db.session.scalars(wanted.order_by(in_title.desc(), what.model.id).limit(MOST_OF_A_KIND)).all()
    return Kind(name, [what.show(row, words) for row in rows], count)


def _wanted(what: Searched, words: list[str], authority: Authority) -> Select[Any]:
    columns = (what.title, *what.others)
    everywhere = and_(*(or_(*(_holds(column, word) for column in columns)) for word in words))
    if what.model is Paragraph:
        mine = Paragraph.inspection.has(Inspection.authority_id == authority.id)
        return select(Paragraph).options(joinedload(Paragraph.inspection)).where(mine, everywhere)
    return select(what.model).where(what.model.authority_id == authority.id, everywhere)


def _readable(what: Searched, wanted: Select[Any], viewer: Viewer) -> Select[Any]:
    """Without what would tell a possible moderator of an audit what its auditor thought."""
    if what.model is Finding:
        return wanted.join(Finding.audit).where(shown_to(viewer))
    return wanted.where(shown_to(viewer)) if what.model is Audit else wanted


def _holds(column: Column, word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)


def excerpt(text: str, words: list[str]) -> str:
    """The words around the first hit, cut between words.

    >>> excerpt("Plans are reviewed. " * 20 + "Missing children.", ["missing"])[-17:]
    'Missing children.'
    """
    places = [place for word in words if (place := text.lower().find(word)) >= 0]
    start = max(0, min(places, default=0) - AROUND)
    piece = text[start : start + 2 * AROUND + 40]
    if start:
        piece = "…" + piece.partition(" ")[2]
    return piece if start + 2 * AROUND + 40 >= len(text) else piece.rpartition(" ")[0] + "…"


def speaking(words: list[str], *texts: str) -> str:
    """The excerpt of the first text that has one of the words; of the first that has any text where none does.

    >>> speaking(["missing"], "Plans are reviewed.", "Missing children.")
    'Missing children.'
    """
    having = (text for text in texts if any(word in text.lower() for word in words))
    return excerpt(next(having, next(filter(None, texts), "")), words)


def _paragraph(row: Paragraph, words: list[str]) -> Found:
    number = f"Paragraph {row.printed_number}" if row.printed_number else f"Page {row.page}"
    title = f"{number}, {row.inspection.dates_as_printed}"
    return Found(row.inspection.reference, title, excerpt(row.text, words), f"p{row.position + 1}")


KINDS = {
    "Improvement items": Searched(
        ImprovementItem,
        ImprovementItem.title,
        (ImprovementItem.wording,),
        lambda row, words: Found(row.reference, row.title, excerpt(row.wording, words)),
    ),
    "Actions": Searched(
        Action,
        Action.title,
        (Action.success_measure, Action.difference),
        lambda row, words: Found(row.reference, row.title, speaking(words, row.difference, row.success_measure)),
    ),
    "Evidence": Searched(
        Evidence,
        Evidence.title,
        (Evidence.shows, Evidence.words, Evidence.origin),
        lambda row, words: Found(row.reference, row.title, speaking(words, row.words, row.shows, row.origin)),
    ),
    "Audits": Searched(
        Audit,
        Audit.case_reference,
        (Audit.programme, Audit.strengths, Audit.family_said),
        lambda row, words: Found(
            row.reference, f"Case {row.case_reference}", speaking(words, row.strengths, row.family_said, row.programme)
        ),
    ),
    "Audit findings": Searched(
        Finding,
        Finding.what,
        (Finding.closed_because,),
        lambda row, words: Found(row.reference, row.what, excerpt(row.closed_because, words)),
    ),
    "Measures": Searched(
        Measure,
        Measure.name,
        (Measure.basis, Measure.short_name),
        lambda row, words: Found(row.reference, row.name, speaking(words, row.basis, row.short_name)),
    ),
    "Statements": Searched(
        Statement,
        Statement.title,
        (Statement.text,),
        lambda row, words: Found(row.reference, row.title, excerpt(row.text, words)),
    ),
    "What inspectors wrote": Searched(Paragraph, Paragraph.text, (), _paragraph),
}
