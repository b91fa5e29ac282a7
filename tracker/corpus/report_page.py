"""What the pages of published reports show: all of them, one from end to end, one passage in print, doubts."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from tracker.corpus import choices, queries, sources
from tracker.corpus.commands import RIGHT, TAKE_OUT, Kept
from tracker.corpus.hits import Hit, whole
from tracker.corpus.models import DoubtfulReport, Passage, PublishedReport
from tracker.corpus.rules import PassageKind
from tracker.frameworks.queries import library
from tracker.frameworks.schema import Framework, Grade
from tracker.inspections.checking.rules import LISTS, Choice, Entry
from tracker.inspections.reading import from_data
from tracker.inspections.review_page import A4, Mark, shown
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.web.paging import Page, page_of


@dataclass(frozen=True)
class Graded:
    label: str
    """As printed."""
    grade: Grade | None
    steps: int
    """How many grades the scale has."""


@dataclass(frozen=True)
class Listed:
    """A report in the list of all."""

    report: PublishedReport
    framework: Framework
    url: str
    grades: Sequence[str]


@dataclass(frozen=True)
class ReportPage:
    report: PublishedReport
    framework: Framework
    grades: Sequence[Graded]
    items: Sequence[Hit]
    sections: Sequence[tuple[str, Sequence[Hit]]]
    """Paragraphs under the areas they stand under, in the report's order."""


@dataclass(frozen=True)
class PrintedPage:
    """A passage on the picture of its page."""

    hit: Hit
    framework: Framework
    points: tuple[float, float]
    """Width and height of the page in PDF points."""
    marks: Sequence[Mark]


@dataclass(frozen=True)
class ToSettle:
    entry: Entry
    shown: str
    """What was read, in words; empty for a doubt about the report as a whole."""
    choices: Sequence[Choice]
    picture: str | None


@dataclass(frozen=True)
class CheckPage:
    doubtful: DoubtfulReport
    about: str
    doubts: Sequence[ToSettle]
    gaps: Sequence[str]
    """Why the report cannot be added, whatever is decided."""


def listed(authority: Authority) -> Page[Listed]:
    """The page of all reports that this request asks for."""
    page = page_of(db.session(), queries.reports(authority))
    return Page([_listed(report) for report in page.rows], page.number, page.total, page.per_page)


def of(report: PublishedReport) -> ReportPage:
    framework = library().framework(report.framework_id)
    known = {grade.code: grade for grade in framework.scale}
    every = whole(report.passages)
    return ReportPage(
        report=report,
        framework=framework,
        grades=[Graded(one.label, known.get(one.grade_code or ""), len(framework.scale)) for one in report.grades],
        items=[hit for hit in every if hit.passage.kind is PassageKind.ITEM],
        sections=_sections([hit for hit in every if hit.passage.kind is PassageKind.PARAGRAPH], framework),
    )


def printed(passage: Passage) -> PrintedPage:
    sizes, number = passage.report.page_sizes, passage.page or 1
    width, height = sizes[number - 1] if number <= len(sizes) else A4
    marks = []
    if passage.box:
        left, top, right, bottom = passage.box
        marks.append(Mark(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1), "•"))
    framework = library().framework(passage.report.framework_id)
    return PrintedPage(whole([passage])[0], framework, (width, height), marks)


def to_check(doubtful: DoubtfulReport) -> CheckPage:
    reading = from_data(doubtful.reading)
    sheet = sources.sheet_of(reading)
    framework = library().framework(reading.framework_id)
    doubts = sources.doubts(sheet)
    return CheckPage(
        doubtful=doubtful,
        about=", ".join(filter(None, (reading.authority.value, reading.dates_text.value))),
        doubts=[_to_settle(entry, doubtful, framework) for entry in doubts],
        gaps=sources.gaps(sheet),
    )


def became(kept: Sequence[Kept]) -> str:
    """What became of files that were added, as a sentence."""
    new = [one for one in kept if not one.known]
    added, doubtful = sum(one.report is not None for one in new), sum(one.doubtful is not None for one in new)
    parts = [
        f"{added} can be searched now" if added else "",
        f"{doubtful} to check before {'it' if doubtful == 1 else 'they'} can be searched" if doubtful else "",
        f"{len(kept) - len(new)} added before" if len(new) < len(kept) else "",
    ]
    return f"Reports: {', '.join(filter(None, parts))}."


def _listed(report: PublishedReport) -> Listed:
    framework = library().framework(report.framework_id)
    labels = choices.grades()
    grades = [
        f"{choices.area_name(framework.id, one.area_code)}: {labels.get(one.grade_code, one.grade_code)}"
        for one in report.grades
        if one.grade_code
    ]
    own = report.inspection
    url = url_for("inspections.show", number=own.number) if own else url_for("corpus.report", report_id=report.id)
    return Listed(report, framework, url, grades)


def _sections(paragraphs: Sequence[Hit], framework: Framework) -> list[tuple[str, list[Hit]]]:
    names = {area.code: area.name for area in framework.areas}
    found: list[tuple[str, list[Hit]]] = []
    for hit in paragraphs:
        code = None if hit.passage.area_is_likely else hit.passage.area_code
        name = names.get(code or "", "Under no judgement")
        if not found or found[-1][0] != name:
            found.append((name, []))
        found[-1][1].append(hit)
    return found


def _to_settle(entry: Entry, doubtful: DoubtfulReport, framework: Framework) -> ToSettle:
    whole = entry.kind == "doubts"
    right = Choice(RIGHT, "I have looked at it" if whole else "It is right as it was read")
    out = [Choice(TAKE_OUT, "It is wrong: leave this one out")] if entry.kind in LISTS else []
    address = url_for("corpus.doubtful_picture", doubtful_id=doubtful.id, page=entry.page) if entry.page else None
    offered = [*entry.choices, *out] if entry.choices else [right, *out]
    return ToSettle(entry, "" if whole else shown(entry, framework), offered, address)
