"""What was asked for in the rehearsal of the demonstration, and what was handed over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from tracker.demonstration.schema import Told
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence.models import Evidence
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands
from tracker.handover.commands import Asked
from tracker.handover.models import InspectorRequest
from tracker.handover.room import commands as rooms
from tracker.handover.room import queries as room_queries
from tracker.handover.rules import Sort
from tracker.platform import clock, history, working_days


class RequestTold(Told):
    """Days are counted from the call."""

    key: str
    sort: Sort
    words: str
    day: int
    hours: int
    """From the asking until it is due."""
    owner: str
    evidence: tuple[str, ...] = ()
    answer: str = ""
    handed_day: int = 0
    handed_by: str = ""
    second_look: str = ""
    withdrawn: str = ""
    withdrawn_day: int = 0


class RoomTold(Told):
    opened: int
    by: str
    closed: int


class RequestsFile(Told):
    asked_by: str
    requests: tuple[RequestTold, ...]
    room: RoomTold


def scenes(stage: Stage, told: RequestsFile, called: int) -> Iterator[Scene]:
    """``called`` is the day of the rehearsal's call; they come after its beginning and before its end."""
    first = stage.offset(working_days.on_or_after(stage.day(called)))
    yield Scene(first + told.room.opened, told.room.by, partial(_open, stage, told))
    for one in told.requests:
        yield Scene(first + one.day, one.owner, partial(_ask, stage, told, one))
        if one.withdrawn:
            yield Scene(first + one.withdrawn_day, one.owner, partial(_withdraw, stage, one))
        else:
            yield Scene(first + one.handed_day, one.handed_by, partial(_hand_over, stage, told, one))
    yield Scene(first + told.room.closed, told.room.by, partial(_close, stage, told))


def _fieldwork(stage: Stage) -> Fieldwork:
    return stage.get(Fieldwork, "rehearsal")


def _ask(stage: Stage, told: RequestsFile, one: RequestTold) -> None:
    now = _now()
    asked = Asked(
        sort=one.sort,
        asked_by=told.asked_by,
        asked_at=now,
        words=one.words,
        due_at=now + timedelta(hours=one.hours),
        owner=stage.person(one.owner),
    )
    stage.keep(f"request {one.key}", commands.ask(_fieldwork(stage), asked=asked, now=now))


def _hand_over(stage: Stage, told: RequestsFile, one: RequestTold) -> None:
    request, by = stage.get(InspectorRequest, f"request {one.key}"), stage.person(one.handed_by)
    for key in one.evidence:
        file = commands.choose(request, reference=stage.get(Evidence, key).reference, by=by, at=_now())
        if one.second_look:
            colleague = stage.person(one.second_look)
            with history.acting(colleague.id, colleague.name):
                commands.look(file, by=colleague, at=_now())
    commands.hand_over(request, version=request.version, answer=one.answer, to=told.asked_by, by=by, at=_now())


def _withdraw(stage: Stage, one: RequestTold) -> None:
    request = stage.get(InspectorRequest, f"request {one.key}")
    commands.withdraw(request, version=request.version, because=one.withdrawn, replaced_by=None, at=_now())


def _open(stage: Stage, told: RequestsFile) -> None:
    rooms.open_room(_fieldwork(stage), by=stage.person(told.room.by), at=_now())


def _close(stage: Stage, told: RequestsFile) -> None:
    room = room_queries.open_in(stage.council)
    if room is not None:
        rooms.close_room(room, by=stage.person(told.room.by), at=_now())


def _now() -> datetime:
    return clock.now()
