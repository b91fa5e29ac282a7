"""Who may audit which case, how cases are shared out, and how far a month has come. Pure."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from tracker.platform.lists import listed

MOST_MONTHS = 24
"""Of one programme. Our choice: a year, and the one that it is planned in."""


ALLOCATED_BY = 10
"""Day of a month from which cases that nobody has are behind. Our choice: three weeks are left to audit them."""


class CaseState(StrEnum):
    TO_ALLOCATE = "To allocate"
    ALLOCATED = "Allocated"
    BEGUN = "Begun"


@dataclass(frozen=True)
class Case:
    """A drawn case as allocation looks at it."""

    reference: str
    due_on: date
    team_id: UUID | None = None
    not_by: frozenset[UUID] = frozenset()
    """People who work on it or manage its worker."""

    @property
    def month(self) -> date:
        return self.due_on.replace(day=1)


@dataclass(frozen=True)
class Auditor:
    id: UUID
    name: str
    per_month: int
    team_id: UUID | None = None


@dataclass
class Load:
    """What auditors have so far: how many in each month, and whose cases each looked at last."""

    by_month: Counter[tuple[UUID, date]] = field(default_factory=Counter)
    last_team: dict[UUID, UUID | None] = field(default_factory=dict)

    def add(self, auditor_id: UUID, case: Case) -> None:
        self.by_month[auditor_id, case.month] += 1
        self.last_team[auditor_id] = case.team_id

    def room(self, auditor: Auditor, month: date) -> int:
        return auditor.per_month - self.by_month[auditor.id, month]


def why_not_audit(auditor: Auditor, case: Case, load: Load) -> str | None:
    """Why somebody must not audit a case, or None: never her own, never her team's, never more than she can."""
    if auditor.id in case.not_by:
        return f"{auditor.name} works on {case.reference} or manages its worker"
    if auditor.team_id is not None and auditor.team_id == case.team_id:
        return f"{auditor.name} works in the team of {case.reference}"
    if not auditor.per_month:
        return f"{auditor.name} was taken off the programme"
    if load.room(auditor, case.month) < 1:
        return f"{auditor.name} takes {_a_month(auditor.per_month)} a month and has no room left in {case.month:%B %Y}"
    return None


def _a_month(number: int) -> str:
    return f"{number} {'case' if number == 1 else 'cases'}"


def allocate(
    cases: Sequence[Case], auditors: Sequence[Auditor], load: Load
) -> Iterator[tuple[Case, Auditor | None, str]]:
    """Each case with its auditor, or with none and the sentence why; ``load`` is kept up.

    Of those who may: first somebody whose last case was of another team, then whoever has most room, then by name.
    The cases that fewest may audit go first, so that those are not left over.
    """
    choices = {case.reference: sum(why_not_audit(one, case, Load()) is None for one in auditors) for case in cases}
    for case in sorted(cases, key=lambda case: (case.month, choices[case.reference])):
        chosen = _best(case, auditors, load)
        if chosen is None:
            yield case, None, _nobody(case, auditors, load)
        else:
            load.add(chosen.id, case)
            yield case, chosen, ""


def _best(case: Case, auditors: Sequence[Auditor], load: Load) -> Auditor | None:
    able = [auditor for auditor in auditors if why_not_audit(auditor, case, load) is None]
    return min(able, key=lambda one: (_again(one, case, load), -load.room(one, case.month), one.name), default=None)


def _again(auditor: Auditor, case: Case, load: Load) -> bool:
    return case.team_id is not None and load.last_team.get(auditor.id) == case.team_id


def _nobody(case: Case, auditors: Sequence[Auditor], load: Load) -> str:
    reasons = [reason for one in auditors if (reason := why_not_audit(one, case, load))]
    return (
        f"{case.reference}: {listed(reasons)}." if reasons else f"{case.reference}: the programme has no auditors yet."
    )


# How far it has come ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """The audits of a team and month, or of several."""

    planned: int = 0
    allocated: int = 0
    done: int = 0
    moderated: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        mine, theirs = vars(self).values(), vars(other).values()
        return Progress(*(one + another for one, another in zip(mine, theirs, strict=True)))

    @property
    def waiting(self) -> int:
        """Allocated, and not done yet."""
        return max(0, self.allocated - self.done)

    @property
    def said(self) -> str:
        """As a cell says it: "1 of 3 done"."""
        if self.planned:
            return f"{self.done} of {self.planned} done"
        return f"{self.done} done, none planned" if self.done or self.allocated else "None planned"

    def behind(self, month: date, today: date) -> str:
        """What is missing in a month, in words; empty while there is time and for what is done."""
        missing = self.planned - self.done
        if missing <= 0:
            return ""
        if last_day(month) < today:
            return f"{missing} not done"
        if month <= today and self.allocated + self.done < self.planned and today.day > ALLOCATED_BY:
            return f"{self.planned - max(self.allocated, self.done)} not allocated"
        return ""


Plan = Mapping[tuple[UUID | None, date], Progress]
"""Team and month to its audits."""


def months(begins: date, ends: date) -> Sequence[date]:
    """The first days of the months between two days.

    >>> months(date(2026, 11, 3), date(2027, 1, 31))
    [datetime.date(2026, 11, 1), datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)]
    """
    first, last = begins.year * 12 + begins.month - 1, ends.year * 12 + ends.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def behind(plan: Plan, today: date) -> int:
    """Audits that were planned for months that are over, and are not done."""
    over = [one for (_, month), one in plan.items() if last_day(month) < today]
    return sum(max(0, one.planned - one.done) for one in over)


def so_far(plan: Plan, today: date) -> Progress:
    """Everything planned up to the end of this month."""
    return sum((one for (_, month), one in plan.items() if month <= today), Progress())
