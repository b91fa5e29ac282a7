"""Deciding how long evidence is kept, holding it, and the way of a disposal list. Nothing is disposed of by itself.

One person looks a list through, another approves it. What goes leaves a stub with its number, kind and days.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from tracker.evidence.models import Evidence
from tracker.evidence.retention import disposing, queries, rules
from tracker.evidence.retention.models import DisposalLine, DisposalList, KeptFor, LegalHold
from tracker.evidence.retention.rules import ListState
from tracker.evidence.rules import Kind
from tracker.people.models import Authority, Person
from tracker.platform import child_data, history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused

MOST_LINES = 200
"""Pieces on one list: what one person can look through with care in a sitting. Our choice."""


def decide_years(
    authority: Authority, *, version: int, years: Mapping[Kind, int], because: str, by: Person, on: date
) -> None:
    """Confirm for how many years each kind is kept. ``version`` is 0 where nobody had said it yet."""
    kept = queries.kept_for(authority)
    if (kept.version if kept else 0) != version:
        raise Conflict("Somebody else changed these years after you opened them. Look at them, then make your change.")
    for kind in Kind:
        if not rules.FEWEST_YEARS <= years[kind] <= rules.MOST_YEARS:
            raise Refused(f"{kind}: enter a number of years from {rules.FEWEST_YEARS} to {rules.MOST_YEARS}.")
    _require_said(because, "Say where these years come from: your retention schedule, a minute, a decision.")
    if kept is None:
        kept = KeptFor(authority=authority)
        db.session.add(kept)
    with history.because(because):
        kept.years = {kind.value: years[kind] for kind in Kind}
        kept.confirmed_on, kept.confirmed_by = on, by
        db.session.flush()


def hold(authority: Authority, *, evidence: Evidence | None, reason: str, by: Person, on: date) -> LegalHold:
    """Keep one piece, or everything where none is named, until somebody lifts the hold."""
    _require_said(reason, "Say why it must be kept: an inquiry, a claim, a request for information.")
    if evidence is not None and evidence.disposed_on is not None:
        raise Refused(f"{evidence.reference} was disposed of on {evidence.disposed_on:%-d %B %Y}.")
    held = LegalHold(authority=authority, evidence=evidence, reason=reason.strip(), held_on=on, held_by=by)
    db.session.add(held)
    db.session.flush()
    if evidence is not None:
        history.record(evidence, "put under a legal hold", why=reason.strip())
    return held


def lift(held: LegalHold, *, because: str, by: Person, on: date) -> None:
    """End a hold. What it kept is due again with the next list, never at once."""
    if held.lifted_on is not None:
        raise Refused(f"This hold was lifted on {held.lifted_on:%-d %B %Y}.")
    _require_said(because, "Say why it may end: who said so, and when.")
    held.lifted_on, held.lifted_by, held.lifted_because = on, by, because.strip()
    db.session.flush()
    if held.evidence is not None:
        history.record(held.evidence, "freed from a legal hold", why=because.strip())


def draw_up(authority: Authority, *, by: Person, on: date) -> DisposalList:
    """Put what is due on a list, the oldest first and at most MOST_LINES. One list at a time."""
    kept = queries.kept_for(authority)
    if kept is None:
        raise Refused("Say first for how many years each kind is kept. Until then nothing is due.")
    if any(each.state in rules.OPEN for each in queries.lists(authority)):
        raise Refused("There is a list already that nobody has approved or given up. Finish that one first.")
    found = db.session.scalars(queries.due(authority, kept, on).limit(MOST_LINES)).all()
    if not found:
        raise Refused("Nothing is due: all evidence is younger than you keep it for, held, or kept until a later day.")
    listed = DisposalList(authority=authority, drawn_up_on=on, drawn_up_by=by)
    db.session.add(listed)
    db.session.flush()
    db.session.add_all(DisposalLine(authority=authority, disposal_list=listed, evidence=each) for each in found)
    db.session.flush()
    return listed


def keep(line: DisposalLine, *, until: date, because: str, on: date) -> None:
    """Take a row off its list: it is kept until a day, and not listed again before it."""
    _require_state(line.disposal_list, ListState.BEING_LOOKED_THROUGH)
    _require_said(because, "Say why it is kept.")
    if not on < until <= rules.years_after(on, rules.LONGEST_KEPT):
        raise Refused(f"Enter a day after today, and within {rules.LONGEST_KEPT} years.")
    line.kept_until, line.kept_because = until, because.strip()
    db.session.flush()


def put_back(line: DisposalLine) -> None:
    """Undo ``keep``."""
    _require_state(line.disposal_list, ListState.BEING_LOOKED_THROUGH)
    line.kept_until, line.kept_because = None, ""
    db.session.flush()


def send(listed: DisposalList, *, version: int, by: Person, on: date) -> None:
    """Say that it was looked through, and ask a colleague to approve it."""
    _require_version(listed, version)
    _require_state(listed, ListState.BEING_LOOKED_THROUGH)
    if all(line.kept_until is not None for line in queries.lines(listed)):
        raise Refused("Every row was taken off, so there is nothing to approve. Give the list up instead.")
    listed.state, listed.sent_on, listed.sent_by = ListState.TO_APPROVE, on, by
    db.session.flush()


def send_back(listed: DisposalList, *, version: int, because: str) -> None:
    """Refuse to approve it as it is: it is looked through again."""
    _require_version(listed, version)
    _require_state(listed, ListState.TO_APPROVE)
    _require_said(because, "Say what has to be looked at again.")
    with history.because(because):
        listed.state, listed.sent_on, listed.sent_by = ListState.BEING_LOOKED_THROUGH, None, None
        db.session.flush()


def give_up(listed: DisposalList, *, version: int) -> None:
    """Dispose of nothing. What was taken off the list stays kept until its day."""
    _require_version(listed, version)
    if listed.state not in rules.OPEN:
        raise Refused(f"{listed.reference} is {listed.state.lower()} already.")
    listed.state = ListState.GIVEN_UP
    db.session.flush()


def approve(
    listed: DisposalList, *, version: int, cited_in: Mapping[str, str], by: Person, on: date
) -> tuple[int, int]:
    """Dispose of every row that was not taken off; how many went, and how many stay after all.

    Held since it was sent, or no longer due because somebody looked at it again: it stays. ``cited_in`` says for the
    log what rested on each, by reference.
    """
    _require_version(listed, version)
    _require_state(listed, ListState.TO_APPROVE)
    if listed.sent_by_id == by.id:
        raise NotAllowed("You looked this list through yourself. A colleague has to approve it.")
    kept = queries.kept_for(listed.authority)
    due = queries.due(listed.authority, kept, on).with_only_columns(Evidence.id).order_by(None) if kept else None
    still_due = set(db.session.scalars(due)) if due is not None else set()
    listed.state, listed.approved_on, listed.approved_by = ListState.APPROVED, on, by
    db.session.flush()
    wanted = [line for line in queries.lines(listed) if line.kept_until is None]
    going = [line.evidence for line in wanted if line.evidence_id in still_due]
    disposing.dispose(going, listed=listed, years=queries.years(kept), cited_in=cited_in)
    return len(going), len(wanted) - len(going)


def _require_said(text: str, sentence: str) -> None:
    if not text.strip():
        raise Refused(sentence)
    child_data.check({"Your reason": text}, reason="")


def _require_state(listed: DisposalList, state: ListState) -> None:
    db.session.scalar(select(DisposalList.id).where(DisposalList.id == listed.id).with_for_update())
    if listed.state is not state:
        raise Refused(f"{listed.reference} is {listed.state.lower()}. Open it again to see what can be done now.")


def _require_version(listed: DisposalList, version: int) -> None:
    if listed.version != version:
        raise Conflict(f"Somebody else changed {listed.reference} after you opened it. Look at it, then decide.")
