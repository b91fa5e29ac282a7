"""How an authority makes what usually happens its own. Inspections that have begun keep what they began with."""

from dataclasses import replace
from typing import Protocol

from tracker.fieldwork.plan import queries
from tracker.fieldwork.plan.models import PlanLine
from tracker.fieldwork.plan.rules import Line, LineSort
from tracker.people.models import Authority
from tracker.platform.db import add_first, db
from tracker.platform.errors import Conflict, Refused


class Switch(Protocol):
    """Takes a line out, or puts it back."""

    def __call__(self, row: PlanLine, *, version: int) -> None: ...


CHANGED_SINCE = "Somebody else changed this line while you had it open. Look at it again, then save."


def make_own(authority: Authority, framework_id: str, activity: str) -> None:
    """Copy the file's lines, so that they can be changed. Nothing happens where they are the authority's already."""
    if queries.rows(authority, framework_id, activity):
        return
    copied = [one.line for one in queries.shown(authority, framework_id, activity)]
    add_first(
        *(_row(authority, framework_id, activity, place, line) for place, line in enumerate(copied)),
        otherwise=Conflict("Somebody else has just begun to change these lines. Open the page again."),
    )


def add(authority: Authority, framework_id: str, activity: str, line: Line) -> PlanLine:
    """One more line at the end; its code is given here."""
    make_own(authority, framework_id, activity)
    known = queries.rows(authority, framework_id, activity)
    place = max((row.position for row in known), default=-1) + 1
    row = _row(authority, framework_id, activity, place, replace(line, code=f"own-{place + 1}"))
    add_first(row, otherwise=Conflict("Somebody else has added a line at this moment. Save once more."))
    return row


def change(row: PlanLine, *, line: Line, version: int) -> None:
    if row.version != version:
        raise Conflict(CHANGED_SINCE)
    row.name, row.runs_from, row.working_days, row.every = line.name, line.runs_from, line.working_days, line.every
    row.kind, row.starts_at, row.minutes, row.owner_id = line.kind, line.starts_at, line.minutes, line.owner
    row.about = line.about
    db.session.flush()


def take_out(row: PlanLine, *, version: int) -> None:
    """The next inspection begins without it."""
    _set_out(row, True, version)


def put_back(row: PlanLine, *, version: int) -> None:
    _set_out(row, False, version)


def _set_out(row: PlanLine, out: bool, version: int) -> None:
    if row.version != version:
        raise Conflict(CHANGED_SINCE)
    if row.taken_out is out:
        raise Refused("It is taken out already." if out else "It is there already.")
    row.taken_out = out
    db.session.flush()


def _row(authority: Authority, framework_id: str, activity: str, place: int, line: Line) -> PlanLine:
    meeting = line.sort is LineSort.MEETING
    return PlanLine(
        authority=authority,
        framework_id=framework_id,
        activity=activity,
        position=place,
        sort=line.sort,
        code=line.code,
        name=line.name,
        runs_from=line.runs_from,
        working_days=line.working_days,
        every=line.every,
        kind=line.kind,
        starts_at=line.starts_at if meeting else "",
        minutes=line.minutes if meeting else 0,
        role=line.role,
        about=line.about,
        owner_id=line.owner,
        taken_out=False,
    )
