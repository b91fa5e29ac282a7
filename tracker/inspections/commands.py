"""Every way a report comes in, is put right and is recorded. What also makes improvement items is in that room."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from tracker.frameworks.schema import Framework
from tracker.inspections import queries
from tracker.inspections.checking import queries as checking
from tracker.inspections.checking import rules
from tracker.inspections.checking.rules import Entry, Sheet, Value
from tracker.inspections.models import Inspection, Judgement, Paragraph, Review
from tracker.inspections.reading import read_all
from tracker.inspections.reading.readings import Reading, to_data
from tracker.inspections.rules import ReviewState, fieldwork_dates
from tracker.people.models import Authority, Person
from tracker.platform import clock, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.settings import SEED

RIGHT = "right"
"""The decision on an entry without choices: it is right as it was read."""
LONGEST_NAME = 200
MOST_READERS = 2
"""Files of one upload that are read at the same time: the service has others to answer."""


@dataclass(frozen=True)
class Kept:
    """What became of a file: a review that waits, or the inspection that it was recorded as before."""

    review: Review | None = None
    inspection: Inspection | None = None
    known: bool = False
    """The same file was there already."""


@dataclass(frozen=True)
class Received:
    """A file that came in, and what was read of it. Only what could be read is stored; no database knows of it yet."""

    file_name: str
    outcome: Reading | Refused
    sha256: str = ""


def receive(files: Iterable[tuple[str, BinaryIO]]) -> list[Received]:
    """Read files, by their names, beside each other; one bad file stops none of the others.

    This takes seconds and asks the database nothing, so that a caller who has let go of it keeps nobody waiting.
    """
    with ExitStack() as copies:
        names = {copies.enter_context(_copy(stream)): file_name for file_name, stream in files}
        read = dict(read_all(list(names), SEED / "frameworks", processes=min(len(names), MOST_READERS)))
        return [_received(path, file_name, read[path]) for path, file_name in names.items()]


def keep_received(authority: Authority, file: Received, *, by: Person | None) -> Kept:
    """Keep what was read for a person to check. The same file twice is one report.

    Raises Refused with a sentence when the file is no report that can be read; nothing is then recorded.
    """
    if isinstance(file.outcome, Refused):
        raise file.outcome
    known = known_file(authority, file.sha256)
    if known is not None:
        return known
    return Kept(review=keep_reading(authority, file.outcome, sha256=file.sha256, file_name=file.file_name, by=by))


def keep_report(authority: Authority, stream: BinaryIO, *, file_name: str, by: Person | None) -> Kept:
    """Read one file and keep it, as ``receive`` and ``keep_received`` do."""
    (file,) = receive([(file_name, stream)])
    return keep_received(authority, file, by=by)


def known_file(authority: Authority, sha256: str) -> Kept | None:
    """The inspection or the waiting review that this file was made into before."""
    inspection = queries.inspection_of_file(authority, sha256)
    if inspection is not None:
        return Kept(inspection=inspection, known=True)
    review = queries.review_of_file(authority, sha256)
    return Kept(review=review, known=True) if review is not None else None


def keep_reading(authority: Authority, reading: Reading, *, sha256: str, file_name: str, by: Person | None) -> Review:
    """Keep what was read of a stored file for a person to check."""
    review = Review(
        authority=authority,
        file_sha256=sha256,
        file_name=file_name[:LONGEST_NAME],
        reading=to_data(reading),
        corrections={},
        state=ReviewState.TO_CHECK,
        read_at=clock.now(),
        read_for=by,
    )
    db.session.add(review)
    db.session.flush()
    return review


def decide(review: Review, *, decisions: Mapping[str, str]) -> None:
    """Settle what the reader was not sure of: by path, one of its choices, or RIGHT. Blank leaves it open."""
    _check_open(review)
    sheet = checking.sheet_of(review)
    settled = {
        entry.path: _settled(entry, decisions[entry.path])
        for entry in sheet.entries
        if entry.doubt and decisions.get(entry.path)
    }
    _correct(review, settled)


def correct(review: Review, *, path: str, value: Value) -> None:
    """Put one entry right, add one (a path of ``rules.next_added``), or with None take one out."""
    _check_open(review)
    sheet = checking.sheet_of(review)
    kind, _, place = path.partition(".")
    known = sheet.one(path) is not None or path in review.corrections
    if not known and not (kind in rules.LISTS and place.startswith(rules.ADDED)):
        raise Refused("That is not on the report any more. Open the review again.")
    if value is None and kind not in rules.LISTS:
        raise Refused("This cannot be taken out, only changed.")
    _correct(review, {path: value})


def put_back(review: Review, *, path: str) -> None:
    """Undo a correction: what was read stands again."""
    _check_open(review)
    review.corrections = {kept: value for kept, value in review.corrections.items() if kept != path}
    db.session.flush()


def discard(review: Review) -> None:
    """Leave a report unrecorded. The file may be imported again."""
    _check_open(review)
    review.state = ReviewState.DISCARDED
    db.session.flush()


def set_dates(inspection: Inspection, *, published_on: date | None, received_on: date | None) -> None:
    """Say when a recorded report was published, and when the authority received it: deadlines run from that."""
    for name, day in (("published", published_on), ("received", received_on)):
        if day is not None and day < inspection.fieldwork_to:
            raise Refused(f"The report was not {name} before the fieldwork ended. Check the day.")
    inspection.published_on, inspection.received_on = published_on, received_on
    db.session.flush()


def record_inspection(review: Review, sheet: Sheet, framework: Framework) -> Inspection:
    """Make the inspection, its judgements and its paragraphs out of a sheet without faults."""
    _check_open(review)
    if queries.inspection_of_file(review.authority, review.file_sha256) is not None:
        raise Refused("This file is recorded already. Open it under Inspections.")
    reading, begin, end = checking.reading_of(review), _day(sheet, "from"), _day(sheet, "to")
    inspection = Inspection(
        authority=review.authority,
        framework_id=framework.id,
        activity=sheet.value("activity") or "",
        title=sheet.value("title") or "",
        authority_as_printed=sheet.value("authority") or "",
        dates_as_printed=fieldwork_dates(sheet.value("dates", "printed") or "", begin, end),
        fieldwork_from=begin,
        fieldwork_to=end,
        published_on=sheet.day("published"),
        received_on=sheet.day("received"),
        lead_inspector=sheet.value("lead_inspector") or "",
        file_sha256=review.file_sha256,
        file_name=review.file_name,
        pages=reading.pages,
        judgements=[_judgement(place, entry) for place, entry in enumerate(sheet.of(rules.JUDGEMENTS))],
        paragraphs=[_paragraph(place, entry) for place, entry in enumerate(sheet.of(rules.PARAGRAPHS))],
    )
    db.session.add(inspection)
    review.state = ReviewState.RECORDED
    db.session.flush()
    return inspection


def check_framework(sheet: Sheet, framework: Framework) -> None:
    """Raises Refused where the framework in force on the fieldwork dates knows no such judgement, grade or visit."""
    areas = {area.code for area in framework.areas}
    grades = {grade.code for grade in framework.scale} | {None}
    visits = {activity.code: activity for activity in framework.activities}
    for entry in sheet.of(rules.JUDGEMENTS):
        if entry["area"] not in areas or entry["grade"] not in grades:
            raise Refused(
                f"{framework.short_name}, in force on the fieldwork dates, has no judgement or grade like "
                f"“{entry['label'] or entry['area']}”. Change it, or the dates."
            )
    visit = visits.get(sheet.value("activity"))
    if visit is None:
        raise Refused(f"{framework.short_name} has no such kind of inspection. Choose another, or change the dates.")
    if sheet.of(rules.JUDGEMENTS) and not visit.graded:
        raise Refused(f"{visit.name}: no such visit gives grades. Take the judgements out, or choose another kind.")


@contextmanager
def _copy(stream: BinaryIO) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield Path(copy.name)


def _received(path: Path, file_name: str, outcome: Reading | Refused) -> Received:
    if isinstance(outcome, Refused):
        return Received(file_name, outcome)
    with path.open("rb") as stream:
        return Received(file_name, outcome, storage.keep(stream).sha256)


def _settled(entry: Entry, decision: str) -> Value:
    if not entry.choices:
        return entry.value
    if decision not in {choice.value for choice in entry.choices}:
        raise Refused(f"{entry.what}: choose from the list.")
    return {**(entry.value or {}), entry.key: decision}


def _correct(review: Review, values: Mapping[str, Value]) -> None:
    """A new dictionary, because changes inside one are not seen by the database session."""
    review.corrections = {**review.corrections, **values}
    db.session.flush()


def _check_open(review: Review) -> None:
    if review.state is ReviewState.RECORDED:
        raise Refused("This report was accepted and recorded already.")
    if review.state is ReviewState.DISCARDED:
        raise Refused("This report was discarded. Import the file again to check it.")


def _judgement(place: int, entry: Entry) -> Judgement:
    return Judgement(
        position=place,
        area_code=entry["area"],
        label=entry["label"] or "",
        grade_code=entry["grade"],
        page=entry.page,
        box=list(entry.box) if entry.box else None,
    )


def _paragraph(place: int, entry: Entry) -> Paragraph:
    return Paragraph(
        position=place,
        printed_number=entry["number"],
        area_code=entry["area"],
        heading=entry["heading"] or "",
        text=entry["text"],
        page=entry.page,
        box=list(entry.box) if entry.box else None,
    )


def _day(sheet: Sheet, end: str) -> date:
    day = sheet.day("dates", end)
    if day is None:
        raise Refused("Enter the first and the last day of the fieldwork.")
    return day
