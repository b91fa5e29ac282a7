"""What the mapping page of an item shows: every suggestion in words, with its reason and its rank."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Framework
from tracker.improvements import queries as items
from tracker.improvements.mapping import similarity
from tracker.improvements.models import Echo, ImprovementItem, Mapping
from tracker.improvements.rules import MappedTo
from tracker.inspections.models import Paragraph
from tracker.inspections.rules import without_references
from tracker.platform.db import db

HEADINGS = {
    MappedTo.AREA: "Judgement areas",
    MappedTo.THEME: "Themes",
    MappedTo.PARAGRAPH: "Paragraphs that speak of it",
    MappedTo.NATIONAL: "National framework",
}


@dataclass(frozen=True)
class Row:
    """One suggestion or choice, ready to be read."""

    tie: Mapping | Echo
    rank: int
    name: str
    pieces: Sequence[tuple[str, bool]] = ()
    """The text behind it, in pieces, each with whether its word is in the item too."""
    note: str = ""


@dataclass(frozen=True)
class Group:
    heading: str
    rows: Sequence[Row]
    to: MappedTo | None = None
    """None for the earlier items."""


def groups(item: ImprovementItem) -> list[Group]:
    """What the item is mapped to or may be, kind by kind, each likeliest first; kinds with nothing are left out."""
    own = without_references(item.wording)
    kinds = [
        Group(heading, [_row(tie, own) for tie in item.mappings if tie.to is to], to)
        for to, heading in HEADINGS.items()
    ]
    told = (echo for echo in items.echoes(item) if echo.is_told)
    echoes = [_echo_row(echo, rank, own) for rank, echo in enumerate(told, start=1)]
    return [group for group in [*kinds, Group("Earlier items that may say the same", echoes)] if group.rows]


def echoes_to_decide(item: ImprovementItem) -> int:
    """Earlier items of which nobody has said yet whether this one repeats them."""
    return sum(echo.asks for echo in items.echoes(item))


def called(tie: Mapping | Echo) -> str:
    """What it is tied to, in a few words: "paragraph 7", "theme HP16", "I-3"."""
    if isinstance(tie, Echo):
        return tie.earlier.reference
    if tie.paragraph is not None:
        return f"paragraph {tie.paragraph.printed_number or tie.paragraph.position + 1}"
    return f"{tie.to.value} {name_of(tie)}"


def name_of(tie: Mapping) -> str:
    """What an area, theme or national framework code stands for."""
    library, code = frameworks.library(), tie.code or ""
    if tie.to is MappedTo.AREA:
        area = items.area_coded(tie.item, code)
        return area.short_name if area else code
    if tie.to is MappedTo.THEME:
        return f"{code} {library.theme(code).theme.name}"
    reference = library.national_reference(code)
    return f"{reference.kind.capitalize()}: {reference.name}"


def paragraphs(item: ImprovementItem) -> Sequence[Paragraph]:
    """Every paragraph of the item's report, in order."""
    if item.inspection_id is None:
        return ()
    return db.session.scalars(
        select(Paragraph).where(Paragraph.inspection_id == item.inspection_id).order_by(Paragraph.position)
    ).all()


def prepared_for(item: ImprovementItem) -> Framework:
    """The framework whose areas and themes may be chosen by hand: the latest of its regime."""
    return frameworks.library().of_regime(items.framework_of(item).regime)[-1]


def _row(tie: Mapping, own: str) -> Row:
    if tie.paragraph is None:
        return Row(tie, tie.rank, name_of(tie), note=_meaning(tie))
    name = f"Paragraph {tie.paragraph.printed_number}" if tie.paragraph.printed_number else "Paragraph without a number"
    return Row(tie, tie.rank, name, similarity.marked(tie.paragraph.text, own))


def _meaning(tie: Mapping) -> str:
    return frameworks.library().theme(tie.code or "").theme.means if tie.to is MappedTo.THEME else ""


def _echo_row(echo: Echo, rank: int, own: str) -> Row:
    earlier = echo.earlier
    year = f", {earlier.inspection.fieldwork_from:%Y}" if earlier.inspection else ""
    return Row(echo, rank, f"{earlier.reference}{year}", similarity.marked(earlier.wording, own))
