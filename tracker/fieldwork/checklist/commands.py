"""Every way the checklist of documents changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from tracker.fieldwork.checklist import queries
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.plan.rules import Line, owner_of
from tracker.fieldwork.rules import Dates, counted
from tracker.fieldwork.timetable import rules
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.people.rules import Permission, may
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

CLOSED = "It is closed, so nothing in it changes any more."


def make(fieldwork: Fieldwork, lines: Sequence[Line], holders: Mapping[str, Sequence[UUID]]) -> Sequence[Document]:
    """The documents that are usually asked for, each with its day."""
    made = [
        Document(
            authority_id=fieldwork.authority_id,
            fieldwork=fieldwork,
            code=line.code,
            name=line.name,
            runs_from=line.runs_from,
            working_days=line.working_days,
            due_on=counted(fieldwork.dates, line.runs_from, line.working_days),
            owner_id=owner_of(line, holders),
        )
        for line in lines
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def add(fieldwork: Fieldwork, *, name: str, due_on: date, owner: Person | None, note: str) -> Document:
    document = Document(authority_id=fieldwork.authority_id, fieldwork=fieldwork, runs_from=None)
    _say(document, name=name, due_on=due_on, owner=owner, note=note)
    db.session.add(document)
    db.session.flush()
    return document


def change(document: Document, *, name: str, due_on: date, owner: Person | None, note: str, version: int) -> None:
    """Say it anew. Due on another day than before, it stays due then, whatever the dates of the inspection do."""
    _require(document, version)
    if due_on != document.due_on:
        document.runs_from = None
    _say(document, name=name, due_on=due_on, owner=owner, note=note)
    db.session.flush()


def _say(document: Document, *, name: str, due_on: date, owner: Person | None, note: str) -> None:
    if not document.fieldwork.is_open:
        raise Refused(CLOSED)
    if owner is not None:
        found = people.membership(owner, document.fieldwork.authority)
        if found is None or not may(found.role, Permission.READ_FIELDWORK):
            raise Refused("Choose somebody who can open the inspection week.")
    document.name, document.due_on, document.note = name, due_on, note
    document.owner_id = owner.id if owner else None


def say_ready(document: Document, *, on: date, by: Person, version: int) -> None:
    """It is ready to be handed over."""
    _require(document, version)
    if document.ready_on is not None:
        raise Refused(f"It was said to be ready on {document.ready_on:%-d %B %Y}.")
    document.ready_on, document.ready_by = on, by
    db.session.flush()


def say_not_ready(document: Document, *, version: int) -> None:
    _require(document, version)
    if document.ready_on is None:
        raise Refused("It is not said to be ready.")
    document.ready_on, document.ready_by = None, None
    db.session.flush()


def follow(fieldwork: Fieldwork, dates: Dates) -> None:
    """Count every day anew under other dates."""
    found = {one.timed.key: one for one in queries.documents(fieldwork)}
    for one in rules.changes([each.timed for each in found.values()], dates).moves:
        if one.after is not None:
            found[one.key].due_on = one.after
    db.session.flush()


def _require(document: Document, version: int) -> None:
    if not document.fieldwork.is_open:
        raise Refused(CLOSED)
    if document.version != version:
        raise Conflict("Somebody else changed this document while you had it open. Look at it again, then save.")
