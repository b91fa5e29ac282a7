"""Telling what moved: whoever has something whose day, hour or owner changed is told once what has moved, on record.

What is to be told waits in the job that tells it, one for each person, until nothing has moved for her for a while. A
change in that time is put into the same job, so that what moved back is not told at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import Select, select

from tracker.fieldwork import owed
from tracker.fieldwork.models import Fieldwork, Told
from tracker.fieldwork.owed import Moved, Owed, Share
from tracker.people.models import Person
from tracker.platform import jobs
from tracker.platform.db import db
from tracker.platform.jobs import Job, JobState
from tracker.reminders import made

TELL_MOVED = "fieldwork.tell_moved"
MOST = 12
"""Changes that a mail lists; its page has all. Our choice: a screen of a telephone."""
LONGEST = 4
"""Quiet times after which she is told, even if something goes on moving. Our choice."""

Looked = Callable[[Fieldwork], Iterator[Owed]]


@contextmanager
def told(fieldwork: Fieldwork, *, by: Person, at: datetime, look: Looked = owed.of_week) -> Iterator[None]:
    """Whatever is changed inside is told to those for whom it moves, but to ``by``, who knows. Nothing, if it fails."""
    _one_after_another(fieldwork)
    before = list(look(fieldwork))
    yield
    found = owed.moved(before, list(look(fieldwork)))
    held_jobs = db.session.scalars(_held(fieldwork).with_for_update()).all() if found else []
    by_person = {job.payload["person"]: job for job in held_jobs}
    for person_id, moves in found.items():
        held = by_person.get(str(person_id))
        if person_id == by.id:
            _forget(held, moves)
        elif held is None:
            _hold(fieldwork, person_id, moves, at=at)
        else:
            _hold_more(held, moves, at=at)


def _one_after_another(fieldwork: Fieldwork) -> None:
    """Two changes at once would each find that nothing is held yet, and tell of both."""
    wanted = select(Fieldwork.id).where(Fieldwork.authority_id == fieldwork.authority_id, Fieldwork.id == fieldwork.id)
    db.session.execute(wanted.with_for_update(key_share=True))


def _held(fieldwork: Fieldwork) -> Select[Job]:
    """What waits to be told of an inspection, and is not being told at this moment."""
    return (
        select(Job)
        .where(
            Job.authority_id == fieldwork.authority_id,
            Job.task == TELL_MOVED,
            Job.state == JobState.QUEUED,
            Job.payload["fieldwork"].as_string() == str(fieldwork.id),
        )
        .order_by(Job.queued_at)
        .execution_options(populate_existing=True)
    )


def _hold(fieldwork: Fieldwork, person_id: UUID, moves: Mapping[str, Moved], *, at: datetime) -> None:
    payload = {
        "told": str(uuid4()),
        "fieldwork": str(fieldwork.id),
        "person": str(person_id),
        "moved": {key: asdict(one) for key, one in moves.items()},
    }
    jobs.enqueue(TELL_MOVED, payload, authority_id=fieldwork.authority_id, not_before=at + _quiet())


def _hold_more(job: Job, moves: Mapping[str, Moved], *, at: datetime) -> None:
    """What was before the first change stays; what is now is what the last one made of it."""
    held = _moves(job.payload)
    merged = held | {key: Moved(held[key].then if key in held else one.then, one.now) for key, one in moves.items()}
    job.payload = job.payload | {"moved": {key: asdict(one) for key, one in merged.items()}}
    job.not_before = min(at + _quiet(), job.queued_at + LONGEST * _quiet())
    db.session.flush()


def _forget(job: Job | None, moves: Mapping[str, Moved]) -> None:
    """She moved these herself since, so she knows how they stand."""
    if job is not None:
        job.payload = job.payload | {
            "moved": {key: one for key, one in job.payload["moved"].items() if key not in moves}
        }
        db.session.flush()


def _quiet() -> timedelta:
    quiet: timedelta = current_app.config["TOLD_AFTER"]
    return quiet


def _moves(payload: Mapping[str, Any]) -> dict[str, Moved]:
    return {
        key: Moved(*(Share(**one[side]) if one[side] else None for side in ("then", "now")))
        for key, one in payload["moved"].items()
    }


def _words(payload: Mapping[str, Any]) -> str:
    """All that finally moved, in sentences; empty: everything is as it was."""
    sentences = [one.words for one in _moves(payload).values() if one.words]
    words = " ".join(sentences[:MOST])
    return f"{words} And {len(sentences) - MOST} more." if len(sentences) > MOST else words


@dataclass(frozen=True)
class Waiting:
    """What somebody is told at a moment, unless it moves back before."""

    person: Person
    words: str
    at: datetime


def waiting(fieldwork: Fieldwork) -> Sequence[Waiting]:
    """Who is to be told what, the soonest first. Two statements, or one."""
    held = {UUID(job.payload["person"]): job for job in db.session.scalars(_held(fieldwork)) if _words(job.payload)}
    if not held:
        return []
    people = db.session.scalars(select(Person).where(Person.id.in_(held)))
    found = [
        Waiting(one, _words(held[one.id].payload), held[one.id].not_before or held[one.id].queued_at) for one in people
    ]
    return sorted(found, key=lambda one: (one.at, one.person.name))


def tell(payload: Mapping[str, Any], *, at: datetime) -> int:
    """Tell one person what finally moved; how many that is. However often this runs, it is one telling and one mail."""
    kept = db.session.get(Told, UUID(payload["told"])) or _kept(payload, at=at)
    if kept is None:
        return 0
    _mail(kept)
    return 1


def _kept(payload: Mapping[str, Any], *, at: datetime) -> Told | None:
    words = _words(payload)
    if not words:
        return None
    fieldwork = db.session.get_one(Fieldwork, UUID(payload["fieldwork"]))
    kept = Told(
        id=UUID(payload["told"]),
        authority_id=fieldwork.authority_id,
        fieldwork=fieldwork,
        person=db.session.get_one(Person, UUID(payload["person"])),
        words=words,
        told_at=at,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def _mail(kept: Told) -> None:
    """Write to her, unless she wants no such mail."""
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
