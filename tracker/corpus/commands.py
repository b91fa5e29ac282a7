"""Every way a report comes into the corpus, or goes out of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import delete, select

from tracker.corpus import queries, sources
from tracker.corpus.models import DoubtfulReport, Passage, PassageTheme, PublishedReport, ReportGrade
from tracker.corpus.rules import called
from tracker.corpus.sources import Said, Source
from tracker.corpus.themes import likely_themes
from tracker.corpus.words import stems_of
from tracker.inspections import queries as inspections
from tracker.inspections.checking.rules import LISTS, Entry, Value
from tracker.inspections.models import Inspection
from tracker.inspections.reading import Reading, from_data, read_safely, to_data
from tracker.people.models import Authority
from tracker.platform import clock, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.settings import SEED

RIGHT, TAKE_OUT = "right", "take out"
"""Decisions on a doubt without choices: it is right as it was read, or the passage is left out."""
TO_CHECK = "It was read with doubts. Check it under Published reports, then it can be searched."
LONGEST_NAME = 200


@dataclass(frozen=True)
class Kept:
    """What became of a published report's file. One of the two is there."""

    report: PublishedReport | None = None
    doubtful: DoubtfulReport | None = None
    known: bool = False
    """The same file was there already."""

    @property
    def sentence(self) -> str:
        """What became of it, for the person who added it."""
        if self.report is None:
            return TO_CHECK
        return f"{'It could be searched before' if self.known else 'It can be searched now'}: {self.report.called}."


def take_in(authority: Authority, path: Path, reading: Reading) -> Kept:
    """Store a file that was read elsewhere and add its reading to what ``authority`` can search.

    Raises Refused when the file is not the one that was read any more.
    """
    with path.open("rb") as stream:
        stored = storage.keep(stream)
    if stored.sha256 != reading.sha256:
        raise Refused("The file changed while it was read. Add it again.")
    return keep_reading(authority, reading, sha256=stored.sha256, file_name=path.name)


def keep_file(authority: Authority, stream: BinaryIO, *, file_name: str) -> Kept:
    """Store a published report's file and read it. Raises Refused with a sentence when it cannot be read."""
    stored = storage.keep(stream)
    known = known_file(authority, stored.sha256)
    if known is not None:
        return known
    with storage.on_disk(stored.sha256, suffix=".pdf") as path:
        reading = read_safely(path, SEED / "frameworks")
    return keep_reading(authority, reading, sha256=stored.sha256, file_name=file_name)


def keep_reading(authority: Authority, reading: Reading, *, sha256: str, file_name: str) -> Kept:
    """Add a reading of a stored file, or keep it for a person to check where it has doubts."""
    known = known_file(authority, sha256)
    if known is not None:
        return known
    sheet = sources.sheet_of(reading)
    open_doubts = len(sources.doubts(sheet)) + len(sources.gaps(sheet))
    if not open_doubts:
        source = sources.of_reading(reading, sheet)
        return Kept(report=_add(authority, source, sha256=sha256, file_name=file_name))
    doubtful = DoubtfulReport(
        authority=authority,
        file_sha256=sha256,
        file_name=file_name[:LONGEST_NAME],
        reading=to_data(reading),
        doubts=open_doubts,
        read_at=clock.now(),
    )
    db.session.add(doubtful)
    db.session.flush()
    return Kept(doubtful=doubtful)


def known_files(authority: Authority) -> dict[str, str]:
    """By SHA-256, what became of every file that was added before, in a sentence."""
    doubtful = {one.file_sha256: Kept(doubtful=one, known=True).sentence for one in queries.doubtful_reports(authority)}
    searched = db.session.scalars(queries.reports(authority))
    return doubtful | {one.file_sha256: Kept(report=one, known=True).sentence for one in searched}


def known_file(authority: Authority, sha256: str) -> Kept | None:
    """What this file was made into before, here or as an inspection of the authority's own."""
    report = queries.report_of_file(authority, sha256)
    if report is not None:
        return Kept(report=report, known=True)
    inspection = inspections.inspection_of_file(authority, sha256)
    if inspection is not None:
        return Kept(report=add_inspection(inspection), known=True)
    doubtful = queries.doubtful_of_file(authority, sha256)
    return Kept(doubtful=doubtful, known=True) if doubtful is not None else None


def add_inspection(inspection: Inspection) -> PublishedReport:
    """Let an inspection that was recorded be searched, in place of what the reader alone made of the same file."""
    authority, sha256 = inspection.authority, inspection.file_sha256
    report = queries.report_of_file(authority, sha256)
    if report is not None and report.inspection_id == inspection.id:
        return report
    if report is not None:
        _remove(report)
    doubtful = queries.doubtful_of_file(authority, sha256)
    if doubtful is not None:
        db.session.delete(doubtful)
    source = sources.of_inspection(inspection, queries.page_sizes_of(inspection))
    return _add(authority, source, sha256=sha256, file_name=inspection.file_name, inspection=inspection)


def add_recorded(authority: Authority) -> int:
    """Let every inspection that was recorded before there was a corpus be searched; says how many those were."""
    missing = queries.inspections_not_held(authority)
    for inspection in missing:
        add_inspection(inspection)
    return len(missing)


def settle(doubtful: DoubtfulReport, *, decisions: Mapping[str, str]) -> PublishedReport:
    """Add a report whose every doubt a person has settled: by path, a choice, RIGHT, or TAKE_OUT for a passage."""
    reading = from_data(doubtful.reading)
    doubts = sources.doubts(sources.sheet_of(reading))
    undecided = [entry for entry in doubts if not decisions.get(entry.path)]
    if undecided:
        raise Refused(f"{len(undecided)} still to check, first: {undecided[0].what}. Decide it, then add the report.")
    corrections = {entry.path: _settled(entry, decisions[entry.path]) for entry in doubts}
    source = sources.of_reading(reading, sources.sheet_of(reading, corrections))
    report = _add(doubtful.authority, source, sha256=doubtful.file_sha256, file_name=doubtful.file_name)
    leave_out(doubtful)
    return report


def leave_out(doubtful: DoubtfulReport) -> None:
    """Keep a doubtful report out of the corpus. Its file may be added again."""
    db.session.delete(doubtful)
    db.session.flush()


def take_out(report: PublishedReport) -> None:
    """Take a published report out of the corpus. Its file may be added again."""
    if report.inspection_id is not None:
        raise Refused("This is an inspection of your own. It can be searched as long as it is recorded.")
    _remove(report)


def _settled(entry: Entry, decision: str) -> Value:
    if decision == TAKE_OUT and entry.kind in LISTS:
        return None
    if not entry.choices:
        return entry.value
    if decision not in {choice.value for choice in entry.choices}:
        raise Refused(f"{entry.what}: choose from the list.")
    return {**(entry.value or {}), entry.key: decision}


def _add(
    authority: Authority, source: Source, *, sha256: str, file_name: str, inspection: Inspection | None = None
) -> PublishedReport:
    grades = {one.area: one.grade for one in source.grades}
    report = PublishedReport(
        authority=authority,
        file_sha256=sha256,
        file_name=file_name[:LONGEST_NAME],
        about=called(source.about),
        about_as_printed=source.about,
        framework_id=source.framework_id,
        title=source.title,
        fieldwork_from=source.fieldwork[0],
        fieldwork_to=source.fieldwork[1],
        year=source.fieldwork[0].year,
        page_sizes=[list(size) for size in source.page_sizes],
        inspection=inspection,
        added_at=clock.now(),
        grades=[
            ReportGrade(position=place, area_code=one.area, label=one.label, grade_code=one.grade)
            for place, one in enumerate(source.grades)
        ],
        passages=list(_passages(source.said, source.framework_id, grades)),
    )
    db.session.add(report)
    db.session.flush()
    return report


def _passages(said: Iterable[Said], framework_id: str, grades: Mapping[str, str | None]) -> Iterable[Passage]:
    for position, one in enumerate(said):
        themes = likely_themes(one.text, framework_id, one.area)
        area = one.area or (themes[0].area if themes else None)
        yield Passage(
            position=position,
            kind=one.kind,
            place=one.place,
            printed_number=one.number,
            area_code=area,
            area_is_likely=area is not None and one.area is None,
            grade_code=grades.get(area) if area else None,
            page=one.page,
            box=list(one.box) if one.box else None,
            text=one.text,
            stems=stems_of(one.text),
            themes=[PassageTheme(theme_code=theme.code, rank=rank) for rank, theme in enumerate(themes, start=1)],
        )


def _remove(report: PublishedReport) -> None:
    """Its passages by statements, not one by one; the databases' own indexes follow."""
    passages = select(Passage.id).where(Passage.report_id == report.id)
    for gone in (
        delete(PassageTheme).where(PassageTheme.passage_id.in_(passages)),
        delete(Passage).where(Passage.report_id == report.id),
        delete(ReportGrade).where(ReportGrade.report_id == report.id),
    ):
        db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.expire(report)
    db.session.delete(report)
    db.session.flush()
