"""What a test of the inspections room is given: a reading as the reader makes it, and a review of it."""

from datetime import date
from itertools import count

from tests import given
from tracker.inspections import commands
from tracker.inspections.models import Review
from tracker.inspections.reading.readings import (
    Box,
    Certainty,
    Doubt,
    Found,
    Item,
    Judgement,
    Kind,
    Paragraph,
    Reading,
    Reference,
)
from tracker.people.models import Authority

A4 = (595.32, 841.92)
_several = count(1)
OUTCOMES = ("NF-SAFE", "NF-FAMNET")


def unsure(value: object, why: str, *, page: int = 1) -> Found[object]:
    return Found(value, page, Box(84, 98, 540, 161), Certainty.UNSURE, why)


def an_item_read(text: str, *, keys: tuple[str, ...] = (), alternatives: tuple[str, ...] = ()) -> Item:
    """An item of page 2; ``alternatives`` make its one reference something to confirm."""
    certainty = Certainty.UNSURE if alternatives else Certainty.SURE
    why = "The report says “Outcome 2”. Outcomes 2 and 3 changed places in early 2026." if alternatives else ""
    references = tuple(Reference(Found(key, 2, None, certainty, why), alternatives) for key in keys)
    return Item(Found(text, 2, Box(84, 98, 540, 161)), "needs_to_improve", references=references)


def a_reading(
    *,
    authority: str = "Brent",
    start: date | None = date(2026, 4, 27),
    end: date | None = date(2026, 5, 1),
    activity: Found[str | None] | None = None,
    grades: dict[str, str] | None = None,
    items: tuple[Item, ...] = (),
    paragraphs: dict[int, tuple[str, str]] | None = None,
    doubts: tuple[Doubt, ...] = (),
    framework_id: str = "ilacs-2026",
) -> Reading:
    """A report read with no doubt, but for what the test says."""
    return Reading(
        sha256=f"{next(_several):064x}",
        page_sizes=(A4,) * 12,
        kind=Found(Kind.ILACS, 1),
        title=Found("Inspection of Brent local authority children’s services", 1),
        authority=Found(authority, 1),
        dates_text=Found("27 April to 1 May 2026", 1),
        start=Found(start, 1),
        end=Found(end, 1),
        lead_inspectors=Found(("Pat Example",), 1),
        regime="childrens_services",
        framework_id=framework_id,
        activity=activity or Found("short", 1),
        judgements=tuple(
            Judgement(Found(area, 1), area, Found(grade, 1))
            for area, grade in (grades or {"leadership": "good"}).items()
        ),
        items=items,
        paragraphs=tuple(
            Paragraph(number, area, Found(text, 3)) for number, (area, text) in (paragraphs or {}).items()
        ),
        doubts=doubts,
    )


def a_review(reading: Reading | None = None, *, authority: Authority | None = None) -> Review:
    reading = reading or a_reading()
    return commands.keep_reading(
        authority or given.an_authority(), reading, sha256=reading.sha256, file_name="report.pdf", by=None
    )


def a_full_reading() -> Reading:
    """Three things to check: what outcome 2 means, and the kind of inspection."""
    return a_reading(
        activity=Found("short", 1, None, Certainty.UNSURE, "Not printed in the report. Worked out from five days."),
        grades={"leadership": "good", "help_protection": "requires_improvement"},
        items=(
            an_item_read(
                "The response to missing children. (Outcome 2, national framework)",
                keys=("NF-SAFE",),
                alternatives=OUTCOMES,
            ),
            an_item_read("The quality of supervision."),
        ),
        paragraphs={
            1: ("help_protection", "Return interviews for missing children are late."),
            2: ("leadership", "Supervision is regular but not reflective."),
        },
    )
