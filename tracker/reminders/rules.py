"""When somebody is reminded of what. Every number is an authority's own to change; ``Numbers`` says how it starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.platform import working_days

LONDON = ZoneInfo("Europe/London")
"""Hours are those of England, in summer as in winter."""
A_WEEK = timedelta(days=7)


class Weekday(StrEnum):
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"

    @property
    def number(self) -> int:
        """As ``date.weekday()`` counts."""
        return list(Weekday).index(self)


class Kind(StrEnum):
    DUE_SOON = "Due soon"
    OVERDUE = "Overdue"
    ESCALATED = "Escalated"
    WAITING = "Waiting"
    DIGEST = "Weekly digest"


class Thing(StrEnum):
    """What can be owed; each value is what is asked, around its reference."""

    ACTION = "Deliver {}"
    MILESTONE = "Reach a milestone of {}"
    DIFFERENCE = "Say what {} changed for children"
    SIGN_OFF = "Sign off {}"
    AUDIT = "Moderate {}"
    FINDING = "Agree an action for {}"
    FINDING_TO_CLOSE = "See whether {} can be closed"
    SELF_EVALUATION = "Sign {}"
    SELF_EVALUATION_REVIEW = "Review {}"
    DUTY = "Statutory deadline of {}"
    EVIDENCE = "Look at {} again"
    CASE = "Audit {}"
    REAUDIT = "Audit the case of {} again"


class LetterFate(StrEnum):
    ON_ITS_WAY = "On its way"
    SENT = "Sent"
    REPLACED = "Replaced"
    """It could not be sent on its day; the next one says what it said."""
    FAILED = "Not sent"


class Part(StrEnum):
    """Why something is told to somebody."""

    HERS = "hers"
    ANSWERS = "answers for it"
    DIRECTS = "directs"


@dataclass(frozen=True)
class Numbers:
    """When an authority reminds. Sources: our choice, where nothing else is said; every one can be changed."""

    due_soon_days: int = 7
    """Days before its day that something is due soon."""
    statutory_soon_days: int = 14
    """The same for a deadline of the regulations, which takes longer to meet."""
    overdue_every_days: int = 7
    """Days between two reminders of the same overdue thing."""
    accountable_after_days: int = 14
    """Days late after which the accountable person is told."""
    director_after_days: int = 28
    """Days late after which directors are told: two more weeks for the accountable person to act."""
    digest_weekday: Weekday = Weekday.MONDAY
    hour: int = 8
    """From which hour mails are sent on a day."""
    quiet_from: int = 18
    quiet_until: int = 7
    """Hours between which nobody is mailed; both the same: there are none."""
    closed: frozenset[date] = frozenset()
    """Days, besides weekends and bank holidays, on which nobody is mailed."""


@dataclass(frozen=True)
class Choice:
    """Which mails somebody wants, and when her digest comes."""

    due_soon: bool = True
    overdue: bool = True
    escalated: bool = True
    waiting: bool = True
    packs: bool = True
    """When a pack that she asked for is made, or could not be."""
    week: bool = True
    """When something of hers in an inspection moves, or becomes hers."""
    digest: bool = True
    digest_weekday: Weekday | None = None
    """None: the authority's."""
    digest_hour: int | None = None
    """None: the authority's hour."""
    chosen_on: date = date.min
    """The digests of earlier days are not sent any more."""

    def wants(self, kind: Kind) -> bool:
        return {
            Kind.DUE_SOON: self.due_soon,
            Kind.OVERDUE: self.overdue,
            Kind.ESCALATED: self.escalated,
            Kind.WAITING: self.waiting,
            Kind.DIGEST: self.digest,
        }[kind]


@dataclass(frozen=True)
class Owed:
    """One thing that somebody owes."""

    thing: Thing
    thing_id: UUID
    reference: str
    title: str
    whose: UUID
    whose_name: str
    due_on: date | None = None
    since: date | None = None
    """From when something without a day of its own has waited."""
    accountable: UUID | None = None
    """Who answers for it, besides the one who owes it."""
    trail: UUID | None = None
    """The thing whose history says when this last changed, if that is another thing."""

    @property
    def asks(self) -> str:
        """ "Deliver A-104"."""
        return self.thing.format(self.reference)

    @property
    def about_on(self) -> date | None:
        """The day that a reminder is about: another day is another reminder."""
        return self.due_on or self.since

    def days_late(self, today: date) -> int:
        """0 when it is not late, or has no day."""
        return max((today - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True)
class Told:
    """That somebody was told of a kind, about a thing and its day, and when last."""

    kind: Kind
    thing_id: UUID
    about_on: date | None


LastTold = Mapping[Told, date]


@dataclass(frozen=True)
class Line:
    """One line of a letter."""

    owed: Owed
    part: Part


def is_quiet(moment: datetime, numbers: Numbers) -> bool:
    """Whether nobody is mailed now: quiet hours, weekends, bank holidays and the authority's own closures.

    >>> is_quiet(datetime(2026, 11, 23, 8, 30, tzinfo=LONDON), Numbers())
    False
    >>> is_quiet(datetime(2026, 11, 22, 8, 30, tzinfo=LONDON), Numbers())
    True
    """
    local = moment.astimezone(LONDON)
    return not working_days.is_working_day(local.date(), closed=numbers.closed) or is_quiet_hour(local.hour, numbers)


def is_quiet_hour(hour: int, numbers: Numbers) -> bool:
    if numbers.quiet_from <= numbers.quiet_until:
        return numbers.quiet_from <= hour < numbers.quiet_until
    return hour >= numbers.quiet_from or hour < numbers.quiet_until


def next_morning(moment: datetime, numbers: Numbers) -> datetime:
    """The first moment from ``moment`` on at which somebody may be mailed."""
    if not is_quiet(moment, numbers):
        return moment
    hour = moment.astimezone(LONDON).replace(minute=0, second=0, microsecond=0)
    while is_quiet(hour, numbers):
        hour += timedelta(hours=1)
    return hour


def digest_day(today: date, weekday: Weekday, numbers: Numbers) -> date:
    """The day of this week's digest: the last one on or before today, moved on from a day on which nobody is mailed.

    >>> [digest_day(date(2026, 12, day), Weekday.MONDAY, Numbers()).day for day in (23, 28)]
    [21, 29]
    """
    chosen = today - timedelta(days=(today.weekday() - weekday.number) % 7)
    return working_days.on_or_after(chosen, closed=numbers.closed)


def digest_is_due(today: date, choice: Choice, numbers: Numbers, *, last: date | None) -> bool:
    """Whether a digest is to go today: this week's has not gone yet. One missed is sent late, not left out."""
    if not choice.digest:
        return False
    day = digest_day(today, choice.digest_weekday or numbers.digest_weekday, numbers)
    return day <= today and day >= choice.chosen_on and (last is None or last < day)


def may_write(moment: datetime, choice: Choice, numbers: Numbers, *, digest: bool) -> bool:
    """Whether it is late enough in the day: a digest comes at the hour that was chosen for it."""
    hour = choice.digest_hour if digest and choice.digest_hour is not None else numbers.hour
    if is_quiet_hour(hour, numbers):
        hour = numbers.quiet_until
    return not is_quiet(moment, numbers) and moment.astimezone(LONDON).hour >= hour


def part_of(owed: Owed, person: UUID, *, directs: bool, today: date, numbers: Numbers) -> Part | None:
    """Why ``person`` is told of something, or None: hers, then what is late with others by so many days."""
    if person == owed.whose:
        return Part.HERS
    late = owed.days_late(today)
    if person == owed.accountable and late >= numbers.accountable_after_days:
        return Part.ANSWERS
    patience = 1 if owed.thing is Thing.DUTY else numbers.director_after_days
    return Part.DIRECTS if directs and late >= patience else None


def kind_of(line: Line, today: date, numbers: Numbers) -> Kind | None:
    """As what something is told today; None while it is neither due soon nor late."""
    if line.part is not Part.HERS:
        return Kind.ESCALATED
    if line.owed.due_on is None:
        return Kind.WAITING
    if line.owed.due_on < today:
        return Kind.OVERDUE
    soon = numbers.statutory_soon_days if line.owed.thing is Thing.DUTY else numbers.due_soon_days
    return Kind.DUE_SOON if line.owed.due_on - today <= timedelta(days=soon) else None


def is_news(line: Line, kind: Kind, today: date, numbers: Numbers, last_told: LastTold) -> bool:
    """Whether it is to be told today: once for each day that it is about, and what is overdue again and again."""
    last = last_told.get(Told(kind, line.owed.thing_id, line.owed.about_on))
    if last is None:
        return True
    return kind is Kind.OVERDUE and today - last >= timedelta(days=numbers.overdue_every_days)


def this_week(line: Line, today: date) -> bool:
    """Whether a digest lists it: late, waiting, or due within a week."""
    return line.part is not Part.HERS or line.owed.due_on is None or line.owed.due_on < today + A_WEEK


def soonest_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.owed.about_on or date.max, line.owed.reference))


DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1))
"""How long a letter that could not be sent waits before the next try; the last again and again, to the end of its day.
Our choice: a server that restarts is back in minutes, one that is down for longer should not be worn out."""


def delay(tries: int) -> timedelta:
    """How long to wait after this many tries.

    >>> [delay(tries).seconds // 60 for tries in (1, 2, 3, 4, 5)]
    [1, 5, 20, 60, 60]
    """
    return DELAYS[min(tries, len(DELAYS)) - 1]


def why_not_numbers(numbers: Numbers) -> str | None:
    """Why these cannot be an authority's numbers; None if they can."""
    days = (numbers.due_soon_days, numbers.statutory_soon_days, numbers.overdue_every_days)
    if any(not 1 <= each <= 90 for each in (*days, numbers.accountable_after_days)):
        return "Give each number of days between 1 and 90."
    if not numbers.accountable_after_days <= numbers.director_after_days <= 180:
        return "Directors are told after the accountable person: give a number of days that is not smaller, up to 180."
    if any(not 0 <= hour <= 23 for hour in (numbers.hour, numbers.quiet_from, numbers.quiet_until)):
        return "Give each hour between 0 and 23."
    if is_quiet_hour(numbers.hour, numbers):
        return "Mails are sent from an hour outside the quiet ones."
    return None


def without_digest(choice: Choice, *, on: date) -> Choice:
    return replace(choice, digest=False, chosen_on=on)
