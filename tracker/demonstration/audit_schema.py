"""The shape of the files that tell of audits, what they found and how auditors write. See ``schema``."""

from collections.abc import Mapping
from typing import Literal

from tracker.demonstration.schema import Day, Grade, Past, Told


class SecondLook(Told):
    """What a moderator said where there is more to tell than that she agreed."""

    day: Past
    grade: Grade | None = None
    differs: Mapping[str, Grade] = {}
    because: str


class Begun(Told):
    """How far an audit has come that is not finished."""

    graded: tuple[str, ...]
    moderator: tuple[str, ...] = ()
    differs: Mapping[str, Grade] = {}
    saw: Mapping[str, str] = {}


class Case(Told):
    """An audit. It is good in every domain that is not named."""

    key: str = ""
    case: str
    age: str
    team: str
    day: Past
    by: str = ""
    """Empty: the programme's auditor."""
    theme: str = ""
    of: str = ""
    """The audit that it repeats."""
    grade: Grade = "good"
    strong: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    """Domains that do not apply."""
    alone: bool = False
    """Done without the practitioner."""
    heard: str
    """What the family said; or "not yet", "declined", "not appropriate"."""
    safety: str = ""
    moderated: SecondLook | None = None
    unmoderated: bool = False
    draft: Begun | None = None


class Programme(Told):
    tool: str
    area: str
    theme: str
    name: str
    by: str
    in_year: bool = False
    """Once the year's programme has begun, its audits of the teams planned there are audits of that programme."""
    audits: tuple[Case, ...]


class AuditsFile(Told):
    programmes: tuple[Programme, ...]


class Join(Told):
    action: str
    day: Past
    by: str


class Closing(Told):
    day: Past
    by: str
    because: str
    evidence: str = ""
    reaudit: str = ""


class Lesson(Told):
    """A finding."""

    key: str
    audit: str
    domain: str
    day: Past | None = None
    """None: the day of the audit."""
    what: str
    owner: str
    theme: str | None = None
    """None: the one that the product gives it."""
    item: str = ""
    agree_by: Day | None = None
    joined: Join | None = None
    closed: Closing | None = None


class FindingsFile(Told):
    findings: tuple[Lesson, ...]


Said = Mapping[Literal["seen", "made"], tuple[str, ...]]


class WordsFile(Told):
    words: Mapping[str, Mapping[Grade, Said]]
    strengths: Mapping[str, tuple[str, ...]] = {}
    agreed: tuple[str, ...] = ()
