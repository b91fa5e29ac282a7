"""What somebody has to do in an inspection, and by when: compared before and after a change, to say what moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable import queries as meetings


@dataclass(frozen=True)
class Owed:
    """One thing as far as a person's share of it goes."""

    key: str
    """Which it is, whoever has it."""
    name: str
    when: str
    people: frozenset[UUID]

    def share(self, person: UUID) -> "Share":
        return Share(self.name, self.when, person in self.people)


@dataclass(frozen=True)
class Share:
    """One thing as one person sees it."""

    name: str
    when: str
    hers: bool


@dataclass(frozen=True)
class Moved:
    """What one thing was to somebody and what it is now; None: it is not on."""

    then: Share | None
    now: Share | None

    @property
    def words(self) -> str:
        """As she is told it; empty: it is to her as it was."""
        then, now = self.then, self.now
        if then is None or not then.hers:
            return f"{now.name} is yours now: {now.when}." if now and now.hers else ""
        if now is None:
            return f"{then.name} of {then.when} is no longer on."
        if not now.hers:
            return f"{now.name} is no longer yours."
        return f"{now.name} moved: {now.when}. It was {then.when}." if then.when != now.when else ""


def of_week(fieldwork: Fieldwork) -> Iterator[Owed]:
    """Every meeting that is on, with all who are at it, and every document that is not ready yet."""
    for meeting in meetings.timetable(fieldwork).on:
        people = {seat.person_id for seat in meeting.seats} | ({meeting.owner_id} if meeting.owner_id else set())
        when = f"{meeting.day:%A %-d %B %Y}, {meeting.times}"
        yield Owed(f"meeting {meeting.id}", f"“{meeting.name}”", when, frozenset(people))
    for document in documents.documents(fieldwork):
        if document.ready_on is None:
            has = frozenset({document.owner_id} if document.owner_id else ())
            yield Owed(f"document {document.id}", f"“{document.name}”", f"due {document.due_on:%A %-d %B %Y}", has)


def moved(before: Sequence[Owed], after: Sequence[Owed]) -> Mapping[UUID, Mapping[str, Moved]]:
    """What moved for whom, by what it is; nobody is in it for whom all stays as it was."""
    then, now = {one.key: one for one in before}, {one.key: one for one in after}
    found: dict[UUID, dict[str, Moved]] = {}
    for key in [*then, *(key for key in now if key not in then)]:
        was, is_now = then.get(key), now.get(key)
        everybody = (was.people if was else frozenset()) | (is_now.people if is_now else frozenset())
        for person in everybody:
            one = Moved(was.share(person) if was else None, is_now.share(person) if is_now else None)
            if one.words:
                found.setdefault(person, {})[key] = one
    return found
