"""What the page "Check what was read" shows: one page of the report, and every entry beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.frameworks.queries import library
from tracker.frameworks.schema import Framework
from tracker.inspections.checking import queries as checking
from tracker.inspections.checking import rules
from tracker.inspections.checking.entries import national_label
from tracker.inspections.checking.rules import Entry, Sheet
from tracker.inspections.forms import ChangeForm, change_form
from tracker.inspections.models import Review
from tracker.inspections.reading import Reading

A4 = (595.32, 841.92)
BESIDE, AROUND, TALLEST = 12, 26, 260
"""PDF points of an excerpt: beside what it is about, above and below it, and in height at most."""
MOST_EXCERPTS = 8
"""Each may be another page to draw. Our choice."""
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
class Excerpt:
    """The part of a page that a doubt stands on, in PDF points."""

    page: int
    points: tuple[float, float]
    """Width and height of the whole page."""
    view: tuple[float, float, float, float]
    """Left, top, width and height of the part."""
    mark: Mark


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
    excerpts: Mapping[str, Excerpt] = field(repr=False)
    """By the path of a doubt that stands on another page than the one shown."""

    @property
    def graded(self) -> bool:
        """Whether inspections of this kind give grades at all."""
        kind = self.sheet.value("activity")
        return any(one.graded for one in self.framework.activities if kind in (None, one.code))

    def item_note(self, entry: Entry) -> str:
        """What an item is listed as and whose it is, where that is more than usual."""
        names = {one.code: one.name for one in self.framework.finding_types}
        kinds = {one["type"] for one in self.sheet.of(rules.ITEMS)}
        listed = [names.get(entry["type"], "")] if len(kinds) > 1 or entry["responsible"] else []
        whose = [f"responsible: {entry['responsible']}"] if entry["responsible"] else []
        return ", ".join([*listed, *whose])

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


def page_of(review: Review, *, page: int | None, change: str | None, show: str | None = None) -> ReviewPage:
    """The page as it was asked for: which page of the report, which entry to put right or to point at."""
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
        marks=_marks(sheet, entry or sheet.one(show or ""), number),
        excerpts=dict(_excerpts(sheet, reading, number)),
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
    """The doubts of a page under their numbers, or what is changed or pointed at."""
    wanted = [("", entry)] if entry and entry.box else [(str(n), one) for n, one in enumerate(sheet.unsure, start=1)]
    return [_mark(label, one.box) for label, one in wanted if one.box and one.page == page]


def _excerpts(sheet: Sheet, reading: Reading, shown: int) -> Iterator[tuple[str, Excerpt]]:
    elsewhere = [(n, one) for n, one in enumerate(sheet.unsure, start=1) if one.page and one.page != shown and one.box]
    for number, entry in elsewhere[:MOST_EXCERPTS]:
        yield entry.path, _excerpt(str(number), entry, reading)


def _excerpt(label: str, entry: Entry, reading: Reading) -> Excerpt:
    mark, page = _mark(label, entry.box or ()), entry.page or 1
    points = reading.page_sizes[page - 1] if page <= len(reading.page_sizes) else A4
    left, top = max(mark.x - BESIDE, 0.0), max(mark.y - AROUND, 0.0)
    width = min(max(mark.width + 2 * BESIDE, points[0] / 2), points[0] - left)
    height = min(mark.height + 2 * AROUND, TALLEST, points[1] - top)
    return Excerpt(page, points, (round(left, 1), round(top, 1), round(width, 1), round(height, 1)), mark)


def _mark(label: str, box: Sequence[float]) -> Mark:
    left, top, right, bottom = box
    return Mark(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1), label or "•")
