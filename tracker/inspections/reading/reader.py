"""A report file read into a ``Reading``: the order of the steps."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.frameworks.library import Library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.inspections.reading import bounds, dates, document
from tracker.inspections.reading.flow import Flow, flow
from tracker.inspections.reading.front import Front, front
from tracker.inspections.reading.graded import graded
from tracker.inspections.reading.kinds import kind_of
from tracker.inspections.reading.letters import letter, letter_front
from tracker.inspections.reading.readings import Certainty, Doubt, Found, Kind, Reading
from tracker.inspections.reading.refusals import Unreadable
from tracker.inspections.reading.told import Told
from tracker.platform.errors import Refused

_GRADED = (Kind.ILACS, Kind.SIF, Kind.SIF_REINSPECTION)
_REGIMES = {Kind.AREA_SEND: "area_send"}
_YEAR = re.compile(r"(?:crown copyright|published:?)\D{0,30}(20[12]\d)", re.IGNORECASE)
SCANNED = (
    "The pages of this PDF are pictures without text, as a scanner makes them. Choose the PDF as Ofsted published it, "
    "or have the scan’s text recognised first."
)
FEWEST_LETTERS = 400
"""Letters of text below which a document says too little to be a report. Source: our choice; reports have thousands."""


def read(path: Path, library: Library) -> Reading:
    """Everything that can be read from a report. Raises Unreadable if it is not one, or not one that is read."""
    bounds.check_file(path)
    laid = flow(document.open_pages(path))
    _check_text(laid)
    opening = front(laid)
    kind = kind_of(laid, opening)
    told = _told(path, laid, opening, kind, library)
    return graded(told) if kind.value in _GRADED else letter(told)


def _check_text(laid: Flow) -> None:
    if sum(len(row.text) for row in laid.rows) < FEWEST_LETTERS:
        raise Unreadable(SCANNED if laid.pictures else "This PDF has hardly any text. Choose the report’s own PDF.")


def _told(path: Path, laid: Flow, opening: Front, kind: Found[Kind], library: Library) -> Told:
    if opening.start.value is None and kind.value not in _GRADED:
        opening = letter_front(laid, opening)
    opening, doubts = _dated(laid, opening)
    framework = _framework(library, kind.value, _governing_day(laid, opening))
    return Told(_sha256(path), laid, opening, kind, framework, library, doubts)


def _dated(laid: Flow, opening: Front) -> tuple[Front, tuple[Doubt, ...]]:
    """The front matter, with dates taken from the foot of the pages where the first page prints none."""
    if opening.start.value is not None:
        return opening, ()
    for footer in laid.footers:
        periods = dates.periods(footer)
        if periods:
            why = "The first page prints no dates. These stand at the foot of the pages, where they are often wrong."
            first: Found[date | None] = Found(periods[0].first, certainty=Certainty.UNSURE, why=why)
            last: Found[date | None] = Found(periods[-1].last, certainty=Certainty.UNSURE, why=why)
            text: Found[str | None] = Found(footer, certainty=Certainty.UNSURE, why=why)
            return replace(opening, start=first, end=last, dates_text=text, periods=periods), ()
    return opening, (
        Doubt("No dates of fieldwork were found. The framework was chosen by the year of publication.", 1),
    )


def _governing_day(laid: Flow, opening: Front) -> date:
    """The day that decides the framework: the first of fieldwork, else one in the year of publication."""
    if opening.start.value is not None:
        return opening.start.value
    years = [int(found.group(1)) for line in laid.notices if (found := _YEAR.search(line))]
    if not years:
        raise Unreadable("No dates of an inspection could be found in this report, so its framework is not known.")
    return date(min(years), 1, 1)


def _framework(library: Library, kind: Kind, day: date) -> Framework:
    try:
        return library.for_fieldwork(_REGIMES.get(kind, CHILDRENS_SERVICES), day)
    except Refused as refused:
        raise Unreadable(str(refused)) from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
