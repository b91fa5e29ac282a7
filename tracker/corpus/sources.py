"""What the corpus takes from a report: from a sheet of what was read, or from an inspection that was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.corpus.rules import PassageKind
from tracker.frameworks import queries as frameworks
from tracker.inspections.checking import rules as checking
from tracker.inspections.checking.entries import entries_of
from tracker.inspections.checking.rules import Entry, Sheet, Value
from tracker.inspections.models import Inspection
from tracker.inspections.reading.readings import Reading
from tracker.platform.errors import Refused

NOT_TAKEN = frozenset({"national", "activity", "lead_inspector", "title"})
"""What a doubt may be about without keeping a report out: the corpus holds none of it, or only to show it."""

Box = Sequence[float]


@dataclass(frozen=True)
class Said:
    """An item or a paragraph, as printed."""

    kind: PassageKind
    place: int
    text: str
    number: int | None = None
    area: str | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class Graded:
    area: str
    label: str
    grade: str | None


@dataclass(frozen=True)
class Source:
    """One published report, as far as the corpus takes it."""

    about: str
    """The authority as printed."""
    framework_id: str
    title: str
    fieldwork: tuple[date, date]
    page_sizes: Sequence[Box]
    grades: Sequence[Graded]
    said: Sequence[Said]


def sheet_of(reading: Reading, corrections: Mapping[str, Value] | None = None) -> Sheet:
    """What was read, as a person settled it. Which authority it is about is what the report says."""
    entries = entries_of(reading, authority=reading.authority.value or "", library=frameworks.library())
    return checking.with_corrections(entries, corrections or {})


def doubts(sheet: Sheet) -> list[Entry]:
    """What a person has still to settle before the report can be searched, what else hangs on first."""
    return [entry for entry in sheet.unsure if entry.kind not in NOT_TAKEN]


def gaps(sheet: Sheet) -> list[str]:
    """What the corpus cannot do without and the report does not say, in sentences."""
    found = []
    if not str(sheet.value("authority") or "").strip():
        found.append("The report does not say which authority it is about.")
    begin, end = sheet.day("dates", "from"), sheet.day("dates", "to")
    if begin is None or end is None or end < begin:
        found.append("The report does not say when the fieldwork was.")
    areas = [entry["area"] for entry in sheet.of(checking.JUDGEMENTS)]
    if len(set(areas)) < len(areas):
        found.append("The report grades an area twice.")
    return found


def of_reading(reading: Reading, sheet: Sheet) -> Source:
    """Raises Refused where the sheet has a gap or an open doubt."""
    begin, end = sheet.day("dates", "from"), sheet.day("dates", "to")
    faults = [*(entry.doubt for entry in doubts(sheet)), *gaps(sheet)]
    if faults or begin is None or end is None:
        raise Refused(faults[0])
    return Source(
        about=sheet.value("authority"),
        framework_id=reading.framework_id,
        title=sheet.value("title") or "",
        fieldwork=(begin, end),
        page_sizes=reading.page_sizes,
        grades=[Graded(one["area"], one["label"] or "", one["grade"]) for one in sheet.of(checking.JUDGEMENTS)],
        said=[
            *_said(PassageKind.ITEM, sheet.of(checking.ITEMS)),
            *_said(PassageKind.PARAGRAPH, sheet.of(checking.PARAGRAPHS)),
        ],
    )


def of_inspection(inspection: Inspection, page_sizes: Sequence[Box]) -> Source:
    """The report as its authority accepted it, with what a person put right.

    Parts that an item was split into are the authority's own words, and not the report's.
    """
    items = [item for item in inspection.items if item.part_of_id is None]
    return Source(
        about=inspection.authority_as_printed,
        framework_id=inspection.framework_id,
        title=inspection.title,
        fieldwork=(inspection.fieldwork_from, inspection.fieldwork_to),
        page_sizes=page_sizes,
        grades=[Graded(one.area_code, one.label, one.grade_code) for one in inspection.judgements],
        said=[
            *(
                Said(PassageKind.ITEM, place, one.wording, page=one.source_page, box=one.source_box)
                for place, one in enumerate(items)
            ),
            *(
                Said(
                    PassageKind.PARAGRAPH, one.position, one.text, one.printed_number, one.area_code, one.page, one.box
                )
                for one in inspection.paragraphs
            ),
        ],
    )


def _said(kind: PassageKind, entries: Sequence[Entry]) -> list[Said]:
    return [_one(kind, place, entry.value or {}, entry) for place, entry in enumerate(entries)]


def _one(kind: PassageKind, place: int, value: Mapping[str, Any], entry: Entry) -> Said:
    return Said(kind, place, value["text"], value.get("number"), value.get("area"), entry.page, entry.box)
