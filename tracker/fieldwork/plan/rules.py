"""One line of what usually happens, from the file or as an authority changed it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tracker.fieldwork.rules import Every, RunsFrom, rule_in_words
from tracker.frameworks.schema import FieldworkPlan, Planned, PlannedMeeting


class LineSort(StrEnum):
    MEETING = "meeting"
    DOCUMENT = "document"


class MeetingKind(StrEnum):
    KEEP_IN_TOUCH = "keep_in_touch"
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    VISIT = "visit"
    FEEDBACK = "feedback"
    OTHER = "other"


MEETING_NAMES: Mapping[MeetingKind, str] = {
    MeetingKind.KEEP_IN_TOUCH: "Keep in touch",
    MeetingKind.INTERVIEW: "Interview",
    MeetingKind.OBSERVATION: "Observation",
    MeetingKind.VISIT: "Visit",
    MeetingKind.FEEDBACK: "Feedback",
    MeetingKind.OTHER: "Other",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A meeting or a document, and when it falls due."""

    sort: LineSort
    code: str
    name: str
    runs_from: RunsFrom
    working_days: int
    every: Every = Every.ONCE
    kind: MeetingKind = MeetingKind.OTHER
    starts_at: str = ""
    """As "09:30"; of a document empty."""
    minutes: int = 0
    role: str = ""
    """Code of the role that usually has it."""
    about: str = ""
    """The judgement area that a meeting is about, "leadership", or one theme of it, "leadership/LD08"."""
    owner: UUID | None = None
    """Whom the authority named: before any role."""

    @property
    def rule(self) -> str:
        """When it is, in words."""
        if self.every is Every.REMOTE_DAY:
            return "Each working day of the remote week"
        if self.every is Every.SITE_DAY:
            return "Each working day on site"
        return rule_in_words(self.runs_from, self.working_days)


def of_file(plan: FieldworkPlan) -> Sequence[Line]:
    """The lines of a framework's file, meetings first."""
    meetings = [_meeting(one) for one in plan.meetings]
    return [*meetings, *(_line(one, LineSort.DOCUMENT) for one in plan.documents)]


def _meeting(one: PlannedMeeting) -> Line:
    return Line(
        sort=LineSort.MEETING,
        code=one.code,
        name=one.name,
        runs_from=RunsFrom(one.runs_from),
        working_days=one.working_days,
        every=Every(one.every or Every.ONCE),
        kind=MeetingKind(one.kind),
        starts_at=one.at,
        minutes=one.minutes,
        role=one.role,
        about=one.about,
    )


def _line(one: Planned, sort: LineSort) -> Line:
    return Line(
        sort=sort,
        code=one.code,
        name=one.name,
        runs_from=RunsFrom(one.runs_from),
        working_days=one.working_days,
        role=one.role,
    )


def owner_of(line: Line, holders: Mapping[str, Sequence[UUID]]) -> UUID | None:
    """Who has it: whom the authority named, if she is still here, else who alone has its role; or nobody yet.

    ``holders`` are the people of each role who may be given work.
    """
    everybody = {person for people in holders.values() for person in people}
    if line.owner in everybody:
        return line.owner
    have_it = holders.get(line.role, ())
    return have_it[0] if len(have_it) == 1 else None
