"""Reports that were read many at once: recorded where nothing is in doubt, else kept for a person to check."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from tracker.improvements import commands
from tracker.inspections import commands as inspections
from tracker.inspections.checking import queries as checking
from tracker.inspections.checking.rules import faults
from tracker.inspections.models import Inspection, Review
from tracker.inspections.reading import Reading, unsure_fields
from tracker.inspections.rules import ReviewState, same_authority
from tracker.people.models import Authority
from tracker.platform import storage
from tracker.platform.db import db
from tracker.platform.errors import Refused

BEFORE = {
    ReviewState.DISCARDED: "A person discarded what was read of it. Upload it under Inspections to read it again.",
    ReviewState.TO_CHECK: "It was read before and waits to be checked under Inspections.",
}


@dataclass(frozen=True)
class TakenIn:
    """What became of a reading: the inspection that was recorded, or why it waits for a person."""

    inspection: Inspection | None = None
    waits: str = ""


def is_about(authority: Authority, reading: Reading) -> bool:
    """Whether a report is about ``authority``, as far as can be told: one that names nobody is put to a person."""
    named = reading.authority.value
    return not named or same_authority(named, authority.name)


def known_files(authority: Authority) -> dict[str, str]:
    """By SHA-256, what became of every file that was imported before, in a sentence."""
    reviews = select(Review.file_sha256, Review.state).where(Review.authority_id == authority.id)
    states = sorted(db.session.execute(reviews), key=lambda row: row[1] is ReviewState.TO_CHECK)
    known = {sha256: BEFORE[state] for sha256, state in states if state in BEFORE}
    recorded = select(Inspection.file_sha256, Inspection.number).where(Inspection.authority_id == authority.id)
    for sha256, number in db.session.execute(recorded):
        known[sha256] = f"Recorded before as {Inspection.prefix}-{number}."
    return known


def take_in(authority: Authority, path: Path, reading: Reading, *, today: date) -> TakenIn:
    """Store a file that was read elsewhere, and record what was read; with a doubt about anything, a person checks it.

    Raises Refused when the file is not the one that was read any more, or was imported before.
    """
    with path.open("rb") as stream:
        stored = storage.keep(stream)
    if stored.sha256 != reading.sha256:
        raise Refused("The file changed while it was read. Import it again.")
    if inspections.known_file(authority, stored.sha256) is not None:
        raise Refused("It was imported while this was read. It stands under Inspections.")
    review = inspections.keep_reading(authority, reading, sha256=stored.sha256, file_name=path.name, by=None)
    doubts = faults(checking.sheet_of(review, reading)) or [doubt.why for doubt in unsure_fields(reading)]
    return TakenIn(waits=doubts[0]) if doubts else _recorded(review, today)


def _recorded(review: Review, today: date) -> TakenIn:
    """What only shows when it is recorded, such as a grade that the framework lacks, is for a person too."""
    try:
        with db.session.begin_nested():
            return TakenIn(inspection=commands.record(review, by=None, today=today))
    except Refused as refused:
        return TakenIn(waits=str(refused))
