"""What the page "Check what was read" shows: one page of the report, and every entry beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.frameworks.queries import library
from tracker.frameworks.schema import Framework
from tracker.inspections.checking import queries as checking
from tracker.inspections.checking import rules
from tracker.inspections.checking.entries import national_label
from tracker.inspections.checking.rules import Entry, Sheet
from tracker.inspections.forms import ChangeForm, change_form
from tracker.inspections.models import Review

A4 = (595.32, 841.92)
NEW_NAMES = {
    rules.ITEMS: "An improvement item that was not read",
    rules.JUDGEMENTS: "A judgement that was not read",
    rules.PARAGRAPHS: "A paragraph that was not read",
}
DETAILS = ("authority", "title", "dates", "published", "received", "lead_inspector", "activity")


@dataclass(frozen=True)
class Mark:
    """A box over the page's picture, in PDF points from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class ReviewPage:
    review: Review
    sheet: Sheet
    framework: Framework
    page: int
    pages: int
    points: tuple[float, float]
    """Width and height of the page shown, in PDF points."""
    marks: Sequence[Mark]
    change: Entry | None
    """The entry that is being put right."""
    form: ChangeForm | None = field(repr=False)

    @property
    def details(self) -> list[Entry]:
        return [entry for path in DETAILS if (entry := self.sheet.one(path)) is not None and not entry.unsure]

    def sure(self, kind: str) -> list[Entry]:
        return [entry for entry in self.sheet.of(kind) if not entry.unsure]

    @property
    def overall_note(self) -> str:
        """Why there is no overall grade, where a reader might look for one."""
        if self.framework.overall_area is not None:
            return ""
        return (
            "No overall grade is printed, and none is expected: fieldwork began on or after "
            f"{self.framework.fieldwork_from:%-d %B %Y}."
        )

    def area_name(self, code: str) -> str:
        return next((area.short_name for area in self.framework.areas if area.code == code), code)

    def shown(self, entry: Entry) -> str:
        """An entry in words."""
        return shown(entry, self.framework)


def page_of(review: Review, *, page: int | None, change: str | None) -> ReviewPage:
    """The page as it was asked for: which page of the report, and which entry to put right."""
    reading = checking.reading_of(review)
    sheet = checking.sheet_of(review, reading)
    framework = checking.framework_of(sheet, reading)
    entry = _to_change(sheet, review, change)
    number = _page_shown(page, entry, sheet, reading.pages)
    return ReviewPage(
        review=review,
        sheet=sheet,
        framework=framework,
        page=number,
        pages=reading.pages,
        points=reading.page_sizes[number - 1] if reading.page_sizes else A4,
        marks=_marks(sheet, entry, number),
        change=entry,
        form=change_form(entry, framework) if entry else None,
    )


def shown(entry: Entry, framework: Framework) -> str:
    """An entry in words, as a line of text."""
    if entry.kind == "dates":
        return str(entry["printed"] or f"{entry['from']} to {entry['to']}")
    if entry.kind == rules.JUDGEMENTS:
        return next((grade.label for grade in framework.scale if grade.code == entry["grade"]), "No grade")
    if entry.kind == "national":
        return national_label(library(), entry["key"])
    if entry.kind == "activity":
        return next((one.name for one in framework.activities if one.code == entry["value"]), "Not known")
    if entry.kind in (rules.ITEMS, rules.PARAGRAPHS):
        return str(entry["text"])
    return str(entry["value"] or "")


def _to_change(sheet: Sheet, review: Review, change: str | None) -> Entry | None:
    """The entry that the address asks to change; ``items.new`` is one more."""
    kind, _, place = (change or "").partition(".")
    if kind in rules.LISTS and place == rules.ADDED:
        return Entry(rules.next_added(kind, review.corrections), NEW_NAMES[kind], {})
    return sheet.one(change) if change else None


def _page_shown(asked: int | None, entry: Entry | None, sheet: Sheet, pages: int) -> int:
    """The page asked for, else that of what is changed, else of the first doubt, else of the items."""
    likely = [asked, entry.page if entry else None, *(one.page for one in [*sheet.unsure, *sheet.of(rules.ITEMS)])]
    first = next((page for page in likely if page), 1)
    return min(max(first, 1), max(pages, 1))


def _marks(sheet: Sheet, entry: Entry | None, page: int) -> list[Mark]:
    """The doubts of a page under their numbers, or what is being changed."""
    wanted = [("", entry)] if entry and entry.box else [(str(n), one) for n, one in enumerate(sheet.unsure, start=1)]
    return [_mark(label, one.box) for label, one in wanted if one.box and one.page == page]


def _mark(label: str, box: Sequence[float]) -> Mark:
    left, top, right, bottom = box
    return Mark(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1), label or "•")
