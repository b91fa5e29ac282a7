"""What is said of a draft report and of the final one. A rehearsal has a draft to practise on, and never a report."""

from dataclasses import dataclass
from datetime import date

from tracker.evidence.models import Evidence
from tracker.fieldwork.afterwards import queries
from tracker.fieldwork.afterwards.models import Comment, ReportOfFieldwork
from tracker.fieldwork.models import Fieldwork
from tracker.inspections.models import Inspection
from tracker.people.models import Person
from tracker.platform.db import add_first, db
from tracker.platform.errors import Conflict, Refused

CHANGED_SINCE = "Somebody else changed this while you had it open. Look at it again, then save."
SENT = "The comments are sent, so they stay as they went. Take the sending back first if that is wrong."


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a comment says."""

    place: str
    passage: str
    inaccurate: str
    proposed: str
    proof: str
    evidence: Evidence | None


def record_draft(fieldwork: Fieldwork, *, received_on: date, due_on: date, version: int, today: date) -> None:
    """The draft came. ``version`` is that of what was said before; 0 for nothing."""
    if received_on > today and not fieldwork.rehearsal:
        raise Refused("That day has not come yet. Enter the day on which the draft came.")
    if received_on < fieldwork.last_day:
        raise Refused("The draft cannot have come before the last day on site. Check the day.")
    if due_on < received_on:
        raise Refused("Comments cannot be due before the draft came. Check both days.")
    kept = _report(fieldwork, version)
    kept.draft_received_on, kept.comments_due_on = received_on, due_on
    db.session.flush()


def add_comment(fieldwork: Fieldwork, said: Said, *, by: Person) -> Comment:
    _require_unsent(fieldwork)
    place = max((one.position for one in queries.comments(fieldwork)), default=-1) + 1
    comment = Comment(authority_id=fieldwork.authority_id, fieldwork=fieldwork, position=place, by=by)
    _say(comment, said)
    db.session.add(comment)
    db.session.flush()
    return comment


def change_comment(comment: Comment, said: Said, *, version: int) -> None:
    _require_unsent(comment.fieldwork)
    if comment.version != version:
        raise Conflict(CHANGED_SINCE)
    _say(comment, said)
    db.session.flush()


def take_out_comment(comment: Comment, *, version: int) -> None:
    """It is not made after all; the history keeps what it said."""
    _require_unsent(comment.fieldwork)
    if comment.version != version:
        raise Conflict(CHANGED_SINCE)
    db.session.delete(comment)
    db.session.flush()


def record_answer(comment: Comment, *, answer: str, version: int) -> None:
    """What the inspectors made of it, once it was sent."""
    kept = queries.report(comment.fieldwork)
    if kept is None or kept.sent_on is None:
        raise Refused("The comments are not sent yet, so there is no answer.")
    if comment.version != version:
        raise Conflict(CHANGED_SINCE)
    comment.answer = answer
    db.session.flush()


def record_sent(fieldwork: Fieldwork, *, sent_on: date, sent_to: str, version: int, today: date) -> None:
    """The comments went to the inspectors."""
    if not queries.comments(fieldwork):
        raise Refused("There is no comment to send. Add one first.")
    if not sent_to:
        raise Refused("Say whom they were sent to.")
    kept = _report(fieldwork, version)
    if kept.draft_received_on is None:
        raise Refused("Record when the draft came first.")
    if sent_on < kept.draft_received_on or (sent_on > today and not fieldwork.rehearsal):
        raise Refused("They went between the day on which the draft came and today. Check the day.")
    kept.sent_on, kept.sent_to = sent_on, sent_to
    db.session.flush()


def take_sending_back(fieldwork: Fieldwork, *, version: int) -> None:
    kept = _report(fieldwork, version)
    if kept.sent_on is None:
        raise Refused("Nothing is recorded as sent.")
    kept.sent_on, kept.sent_to = None, ""
    db.session.flush()


def say_report(fieldwork: Fieldwork, inspection: Inspection, *, version: int) -> None:
    """Which imported report is that of this inspection."""
    if fieldwork.rehearsal:
        raise Refused("A rehearsal has no report: it never mixes with a real inspection.")
    if inspection not in queries.reports_that_may_be_its(fieldwork):
        raise Refused("That report is of fieldwork on other days. Choose one of the list.")
    kept = _report(fieldwork, version)
    kept.inspection = inspection
    db.session.flush()


def _say(comment: Comment, said: Said) -> None:
    if said.evidence is not None and said.evidence.authority_id != comment.fieldwork.authority_id:
        raise Refused("Choose evidence of this authority.")
    comment.place, comment.passage, comment.inaccurate = said.place, said.passage, said.inaccurate
    comment.proposed, comment.proof, comment.evidence = said.proposed, said.proof, said.evidence


def _require_unsent(fieldwork: Fieldwork) -> None:
    kept = queries.report(fieldwork)
    if kept is not None and kept.sent_on is not None:
        raise Refused(SENT)


def _report(fieldwork: Fieldwork, version: int) -> ReportOfFieldwork:
    kept = queries.report(fieldwork)
    if (kept.version if kept else 0) != version:
        raise Conflict(CHANGED_SINCE)
    if kept is not None:
        return kept
    begun = ReportOfFieldwork(authority_id=fieldwork.authority_id, fieldwork=fieldwork, sent_to="")
    add_first(
        begun, otherwise=Conflict("Somebody else recorded something at this moment. Look at it again, then save.")
    )
    return begun
