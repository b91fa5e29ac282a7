"""Every way the statutory clock changes. ``version`` is the one the person saw: 0 where nothing was said before."""

from collections.abc import Sequence
from datetime import date

from tracker.deadlines import queries, rules
from tracker.deadlines.models import StatutoryDuty
from tracker.deadlines.queries import Line
from tracker.deadlines.rules import Moved
from tracker.inspections import commands as inspections
from tracker.inspections.models import Inspection
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.platform.db import add_first, db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.history import because


def record_receipt(inspection: Inspection, *, received_on: date, reason: str, today: date) -> Sequence[Moved]:
    """Say on which day the report was received, or correct it; returns the deadlines that this moves.

    A correction needs a reason, which the history keeps.
    """
    if received_on == inspection.received_on:
        return []
    if inspection.received_on is not None and not reason:
        raise Refused("Say why the day is corrected: deadlines of the regulations run from it.")
    if why_not := rules.why_not_received(received_on, fieldwork_to=inspection.fieldwork_to, today=today):
        raise Refused(why_not)
    _check_what_was_done(inspection, received_on, today)
    before = _last_days(inspection)
    with because(reason):
        inspections.set_dates(inspection, published_on=inspection.published_on, received_on=received_on)
    after = _last_days(inspection)
    return [Moved(name, before[name], after[name]) for name in after if before[name] != after[name]]


def give_to(line: Line, *, to: Person | None, version: int) -> None:
    """Say who sees to it; None gives it back to the directors."""
    if to is not None and people.membership(to, line.inspection.authority) is None:
        raise Refused("Choose somebody who works in this authority.")
    duty = _duty(line, version)
    duty.lead = to
    db.session.flush()


def record_done(line: Line, *, done_on: date, sent_to: str, by: Person, version: int, today: date) -> None:
    """Say that it was done on a day, and to whom it was sent or where it was published."""
    if why_not := rules.why_not_done(line.deadline, line.inspection, done_on=done_on, today=today):
        raise Refused(why_not)
    if not sent_to:
        raise Refused("Say whom it was sent to, or where it was published.")
    duty = _open_duty(line, version)
    duty.done_on, duty.sent_to, duty.recorded_by = done_on, sent_to, by
    db.session.flush()


def record_not_required(line: Line, *, because: str, by: Person, version: int) -> None:
    """Say that the regulations do not ask it here: after a letter on a visit, for instance."""
    if not because:
        raise Refused("Say why it is not required.")
    duty = _open_duty(line, version)
    duty.not_required_because, duty.recorded_by = because, by
    db.session.flush()


def take_back(line: Line, *, reason: str, version: int) -> None:
    """Undo what was recorded: the clock runs again. The history keeps what was said, and the reason."""
    if line.duty is None or (line.duty.done_on is None and not line.duty.not_required_because):
        raise Refused("Nothing is recorded that could be taken back.")
    if not reason:
        raise Refused("Say why it is taken back.")
    duty = _duty(line, version)
    with because(reason):
        duty.done_on, duty.sent_to, duty.not_required_because, duty.recorded_by = None, "", "", None
        db.session.flush()


def _check_what_was_done(inspection: Inspection, received_on: date, today: date) -> None:
    for line in queries.clock(inspection, today).lines:
        done_on = line.duty.done_on if line.duty else None
        if line.deadline.runs_from == "receipt" and done_on is not None and done_on < received_on:
            raise Refused(
                f"“{line.deadline.name}” is recorded as done on {done_on:%-d %B %Y}, before that day. "
                "Check both days; take that record back first if it is wrong."
            )


def _last_days(inspection: Inspection) -> dict[str, date | None]:
    return {deadline.name: rules.due_on(deadline, inspection) for deadline in queries.deadlines_of(inspection)}


def _open_duty(line: Line, version: int) -> StatutoryDuty:
    duty = _duty(line, version)
    if duty.done_on is not None or duty.not_required_because:
        raise Refused("Something is recorded already. Take it back first.")
    return duty


def _duty(line: Line, version: int) -> StatutoryDuty:
    """Its row, made if nobody has said anything yet. Raises Conflict where somebody did since ``version``."""
    if line.version != version:
        raise Conflict("Somebody else changed this while you had it open. Look at it again, then decide.")
    return line.duty or _begun(line)


def _begun(line: Line) -> StatutoryDuty:
    duty = StatutoryDuty(authority_id=line.inspection.authority_id, inspection=line.inspection, code=line.deadline.code)
    duty.sent_to, duty.not_required_because = "", ""
    add_first(duty, otherwise=Conflict("Somebody else changed this at the same moment. Look at it again, then decide."))
    return duty
