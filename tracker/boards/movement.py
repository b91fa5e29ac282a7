"""What happened to one action, and to all of them, in sentences. Pure, as rules are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.actions.rules import TO_DELIVER, Status
from tracker.boards.rules import Between, Change, Tally, changes
from tracker.boards.words import count, day, lower
from tracker.platform.lists import listed


@dataclass(frozen=True)
class Stood:
    """Where one action stood on a day."""

    status: Status
    due_on: date
    on: date

    @property
    def days_late(self) -> int:
        return max((self.on - self.due_on).days, 0) if self.status in TO_DELIVER else 0


@dataclass(frozen=True)
class Moved:
    """One action, then and now, with what is said of it."""

    reference: str
    title: str
    item_reference: str
    item_title: str
    lead: str
    first_due_on: date
    moves: int
    """How often its due date has been moved since it was promised, at the later day."""
    then: Stood | None
    now: Stood | None

    @property
    def between(self) -> Between:
        then, now = self.then, self.now
        return Between(
            then=then.status if then else None,
            now=now.status if now else None,
            late_then=then is not None and then.days_late > 0,
            late_now=now is not None and now.days_late > 0,
            due=(self.slipped > 0) - (self.slipped < 0),
        )

    @property
    def changes(self) -> list[Change]:
        return changes(self.between)

    @property
    def worst(self) -> Change:
        return self.changes[0]

    @property
    def stands(self) -> Stood:
        """As it is now; as it last was where it is no longer there."""
        return self.now or _known(self.then)

    @property
    def slipped(self) -> int:
        """Days by which the due date was put back; below nought if it was brought forward."""
        return (self.now.due_on - self.then.due_on).days if self.now and self.then else 0

    @property
    def sentences(self) -> list[str]:
        return [sentence for change in self.changes if (sentence := SAID[change](self))]


def _known(stood: Stood | None) -> Stood:
    if stood is None:
        raise ValueError("An action that moved was there on one of the two days")
    return stood


def _late(moved: Moved) -> str:
    days = count(moved.stands.days_late, "day")
    return f"{days} late; it was due on {day(moved.stands.due_on)}."


def _still_late(moved: Moved) -> str:
    before = _known(moved.then).days_late
    return f"{count(moved.stands.days_late, 'day')} late, {before} before."


def _slipped(moved: Moved) -> str:
    then, often = _known(moved.then), ""
    if moved.moves > 1:
        often = f" Moved {count(moved.moves, 'time')} since it was first promised for {day(moved.first_due_on)}."
    elif moved.first_due_on != then.due_on:
        often = f" First promised for {day(moved.first_due_on)}."
    back = count(moved.slipped, "day")
    return f"Put back by {back}, from {day(then.due_on)} to {day(moved.stands.due_on)}.{often}"


def _sooner(moved: Moved) -> str:
    then = _known(moved.then)
    forward = count(-moved.slipped, "day")
    return f"Brought forward by {forward}, from {day(then.due_on)} to {day(moved.stands.due_on)}."


def _became(moved: Moved) -> str:
    status = moved.stands.status.value
    if moved.then is None:
        return f"{status}."
    return f"{status}, was {lower(moved.then.status.value)}."


def _new(moved: Moved) -> str:
    return f"New in the plan, due on {day(moved.stands.due_on)}."


def _left(moved: Moved) -> str:
    return "Another board watches over it now, or none."


SAID = {
    Change.LATE: _late,
    Change.OFF_TRACK: _became,
    Change.SLIPPED: _slipped,
    Change.AT_RISK: _became,
    Change.STILL_LATE: _still_late,
    Change.DONE: _became,
    Change.DELIVERED: _became,
    Change.EMBEDDED: _became,
    Change.RECOVERED: _became,
    Change.SOONER: _sooner,
    Change.NEW: _new,
    Change.CLOSED: _became,
    Change.LEFT: _left,
}
"""One sentence for each thing that happened to an action."""


def headline(tally: Tally) -> list[str]:
    """What has moved, in two or three sentences: what got worse, what is late as before, what got done."""
    worse = [
        _some(tally.of(Change.LATE), "newly late"),
        _some(tally.of(Change.OFF_TRACK), "newly off track"),
        _slips(tally),
    ]
    done = [
        _some(tally.of(Change.DONE), "newly done and awaiting sign-off"),
        _some(tally.of(Change.DELIVERED), "signed off as delivered"),
        _some(tally.of(Change.EMBEDDED), "newly embedded"),
        _some(tally.of(Change.NEW), "new"),
        _some(tally.of(Change.CLOSED), "superseded"),
    ]
    still = _listed([_some(tally.of(Change.STILL_LATE), "still late")], "")
    return [_listed(worse, "Nothing is newly late, newly off track or put back."), *filter(None, [still]), *_done(done)]


def _done(done: Sequence[str]) -> list[str]:
    return [_listed(done, "")] if any(done) else ["Nothing was delivered, added or superseded."]


def _some(number: int, what: str) -> str:
    return f"{number} {what}" if number else ""


def _slips(tally: Tally) -> str:
    number = tally.of(Change.SLIPPED)
    if not number:
        return ""
    by = f"by {count(tally.most_slipped, 'day')}" if number == 1 else f"by up to {count(tally.most_slipped, 'day')}"
    return f"{number} put back {by}"


def _listed(parts: Sequence[str], nothing: str) -> str:
    """One sentence: "2 actions are newly late, 1 newly off track and 3 put back by up to 92 days."."""
    said = [part for part in parts if part]
    if not said:
        return nothing
    number, _, rest = said[0].partition(" ")
    said[0] = f"{number} action{' is' if number == '1' else 's are'} {rest}"
    return f"{listed(said)}."


def not_evidenced(tally: Tally) -> str:
    """What stands apart: work that is delivered while nobody has shown yet what it changed for children."""
    number, total = tally.not_evidenced, tally.total_now
    if not number:
        return "Nothing is delivered without evidence of its impact."
    verb = "is" if number == 1 else "are"
    return (
        f"{number} of {total} actions {verb} delivered, but their impact for children is not evidenced yet. "
        "They are not counted as embedded."
    )


@dataclass(frozen=True)
class StandingLine:
    """How many actions stood in one state, then and now."""

    word: str
    then: int
    now: int
    apart: bool = False
    """Delivered, while nobody has shown what it changed."""

    @property
    def difference(self) -> str:
        return f"{self.now - self.then:+d}".replace("-", "−") if self.now != self.then else "0"


def standing(tally: Tally) -> list[StandingLine]:
    """Every state that some action is or was in, then how many of all are late."""
    shown = [status for status in Status if status is not Status.SUPERSEDED]
    lines = [
        StandingLine(
            status.value, tally.then.get(status, 0), tally.now.get(status, 0), status is Status.IMPACT_NOT_EVIDENCED
        )
        for status in shown
    ]
    return [
        *(line for line in lines if line.then or line.now),
        StandingLine("All actions in the plan", tally.total_then, tally.total_now),
        StandingLine("Late, among these", tally.late_then, tally.late_now),
    ]
