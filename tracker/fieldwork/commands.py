"""Every way an inspection, or a rehearsal of one, begins and ends."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from tracker.fieldwork import queries, rules
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.rules import Dates
from tracker.people.models import Authority, Person
from tracker.platform.db import add_first, db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.history import because


def start(
    authority: Authority,
    *,
    activity: str,
    dates: Dates,
    lead_inspector: str,
    rehearsal: bool,
    by: Person,
    now: datetime,
) -> Fieldwork:
    """The telephone rang: say what was said. Raises Refused while another of its sort is open."""
    framework = queries.framework(dates.first_day)
    if activity not in {one.code for one in framework.activities}:
        raise Refused(f"{framework.name} has no such kind of visit. Choose one of its list.")
    for why_not in (
        rules.why_not_called(dates.called_at, now=now, rehearsal=rehearsal),
        rules.why_not_dates(dates),
        _why_another(authority, rehearsal=rehearsal),
    ):
        if why_not:
            raise Refused(why_not)
    begun = Fieldwork(
        authority=authority,
        framework_id=framework.id,
        activity=activity,
        rehearsal=rehearsal,
        called_at=dates.called_at,
        lead_inspector=lead_inspector,
        remote_from=dates.remote_from,
        first_day=dates.first_day,
        last_day=dates.last_day,
        started_by=by,
    )
    add_first(begun, otherwise=Refused("Somebody else has entered the call at this moment. It is in the list now."))
    return begun


def say_dates(fieldwork: Fieldwork, *, dates: Dates, lead_inspector: str, reason: str, version: int) -> None:
    """Correct the days, or who leads the inspection. Days that moved need a reason, which the history keeps."""
    check_dates(fieldwork, dates=dates, reason=reason, version=version)
    with because(reason):
        fieldwork.called_at, fieldwork.remote_from = dates.called_at, dates.remote_from
        fieldwork.first_day, fieldwork.last_day = dates.first_day, dates.last_day
        fieldwork.lead_inspector = lead_inspector
        db.session.flush()


def check_dates(fieldwork: Fieldwork, *, dates: Dates, reason: str, version: int) -> None:
    """Raises Refused where the dates could not be saved."""
    if not fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is closed, so its dates stay.")
    if fieldwork.version != version:
        raise Conflict("Somebody else changed the dates while you had them open. Look at them again, then save.")
    if why_not := rules.why_not_dates(dates):
        raise Refused(why_not)
    if queries.framework(dates.first_day).id != fieldwork.framework_id:
        raise Refused("Another framework holds on those days. Close this one and enter the call again.")
    if dates != fieldwork.dates and not reason:
        raise Refused("Say why the dates move.")


def close(fieldwork: Fieldwork, *, at: datetime) -> None:
    """It is over: nothing more is added, and another may begin."""
    if fieldwork.closed_at is not None:
        raise Refused(f"{fieldwork.reference} is closed already.")
    fieldwork.closed_at = at
    db.session.flush()


def reopen(fieldwork: Fieldwork, *, reason: str) -> None:
    """It was closed too early: it goes on, for a reason that the history keeps. Its room stays closed.

    Raises Refused while another of its sort is open.
    """
    if fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is open already.")
    if not reason:
        raise Refused("Say why it is opened again.")
    if why_not := _why_another(fieldwork.authority, rehearsal=fieldwork.rehearsal):
        raise Refused(why_not)
    try:
        with because(reason), db.session.begin_nested():
            fieldwork.closed_at = None
    except IntegrityError:
        raise Refused("Somebody else has entered a call at this moment. Look at the list of inspections.") from None


def _why_another(authority: Authority, *, rehearsal: bool) -> str:
    running = queries.current(authority, rehearsal=rehearsal)
    if running is None:
        return ""
    what = "rehearsal" if rehearsal else "inspection"
    return f"{running.reference} is still open. Close that {what} first: only one is open at a time."
