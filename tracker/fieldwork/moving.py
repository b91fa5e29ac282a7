"""Telling what moved: whoever has something whose day, hour or owner changed is told once of each change, on record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from tracker.fieldwork import owed
from tracker.fieldwork.models import Fieldwork, Told
from tracker.fieldwork.owed import Owed
from tracker.people.models import Person
from tracker.platform import jobs
from tracker.platform.db import db
from tracker.reminders import made

TELL_MOVED = "fieldwork.tell_moved"
MOST = 12
"""Changes that a mail lists; its page has all. Our choice: a screen of a telephone."""

Looked = Callable[[Fieldwork], Iterator[Owed]]


@contextmanager
def told(fieldwork: Fieldwork, *, by: Person, at: datetime, look: Looked = owed.of_week) -> Iterator[None]:
    """Whatever is changed inside is told to those for whom it moves, but to ``by``, who knows. Nothing, if it fails."""
    before = list(look(fieldwork))
    yield
    for person_id, sentences in owed.moved(before, list(look(fieldwork))).items():
        if person_id != by.id:
            _keep(fieldwork, db.session.get_one(Person, person_id), sentences, at=at)


def _keep(fieldwork: Fieldwork, person: Person, sentences: Sequence[str], *, at: datetime) -> None:
    words = " ".join(sentences[:MOST])
    if len(sentences) > MOST:
        words += f" And {len(sentences) - MOST} more."
    kept = Told(authority_id=fieldwork.authority_id, fieldwork=fieldwork, person=person, words=words, told_at=at)
    db.session.add(kept)
    db.session.flush()
    jobs.enqueue(TELL_MOVED, {"told": str(kept.id)}, authority_id=fieldwork.authority_id)


def mail(kept: Told) -> None:
    """Write to her, unless she wants no such mail; however often this runs it is one mail."""
    fieldwork = kept.fieldwork
    practice = " This is practice: no inspector is coming." if fieldwork.rehearsal else ""
    made.tell(
        fieldwork.authority,
        kept.person,
        about=kept.id,
        subject=f"something of yours in the {'rehearsal' if fieldwork.rehearsal else 'inspection'} has changed",
        sentence=f"{fieldwork.name}. {kept.words}{practice}",
        page=("fieldwork.show", {"number": fieldwork.number}),
        why=made.MOVED,
    )
