"""Passages that were found, as an Excel file."""

from collections.abc import Sequence

from tracker.corpus import choices
from tracker.corpus.hits import place_of, themes_of
from tracker.corpus.models import Passage
from tracker.web.spreadsheet import Cell, workbook

COLUMNS = (
    ("Authority", 26), ("Fieldwork from", 18), ("What it is", 22), ("Page", 7), ("Judgement area", 28),
    ("The area is", 12), ("Grade of the area", 22), ("In the inspectors’ words", 90), ("Likely themes", 40),
    ("Title of the report", 50),
)  # fmt: skip


def written(passages: Sequence[Passage], question: str) -> bytes:
    title = f"What inspectors wrote: {question}" if question else "What inspectors wrote"
    return workbook(title, COLUMNS, [cells(passage) for passage in passages], sheet="Passages")


def cells(passage: Passage) -> list[Cell]:
    """One passage, whole, in the order of COLUMNS."""
    report, area = passage.report, passage.area_code
    return [
        report.about,
        report.fieldwork_from,
        place_of(passage),
        passage.page,
        choices.area_name(report.framework_id, area) if area else "",
        ("likely" if passage.area_is_likely else "as printed") if area else "",
        choices.grades().get(passage.grade_code or "", ""),
        passage.text,
        themes_of(passage),
        report.title,
    ]
