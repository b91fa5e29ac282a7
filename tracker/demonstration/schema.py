"""The shape of ``seed/demo/*.yaml``, checked before anything is written. A day is counted from that of loading: -23."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tracker.actions.rules import Status
from tracker.evidence.rules import Kind, Strength, VoiceOf
from tracker.people.rules import Role
from tracker.settings import SEED

FOLDER = SEED / "demo"

Day = int
Past = Annotated[int, Field(le=0)]
Links = Mapping[str, str]
"""What is linked to, and what is shown about it."""
Grade = Literal["outstanding", "good", "requires_improvement", "inadequate"]


class Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# People -------------------------------------------------------------------------------------------------------


class Council(Told):
    slug: str
    name: str


class Colleague(Told):
    key: str
    name: str
    email: str = Field(pattern=r"@example\.org$")
    role: Role
    job_title: str


class Joiner(Colleague):
    """Somebody of a narrower role, who is added later on."""

    joins: Past
    by: str
    partner: str = ""
    """Key of the partner organisation that she works for."""
    invited: bool = False
    """She was sent a link, and has not chosen a password yet."""
    leaves: Past | None = None


class Crew(Told):
    key: str
    name: str
    service: str


class Service(Told):
    """A service area, and which heads of service it bounds from a day on."""

    name: str
    areas: tuple[str, ...]
    day: Past
    by: str
    heads: tuple[str, ...] = ()


class PeopleFile(Told):
    authority: Council
    begins: Past
    password: str
    people: tuple[Colleague, ...]
    joiners: tuple[Joiner, ...]
    service_areas: tuple[Service, ...]
    shown_first: tuple[str, ...]
    """Whose sign-ins are printed."""
    teams: tuple[Crew, ...]
    area_owners: Mapping[str, str]


# Reports and items ----------------------------------------------------------------------------------------------


class Report(Told):
    file: str
    key: str
    day: Past
    by: str
    items: tuple[str, ...]
    """Keys for the report's items, in its order."""
    published: date
    decisions: Mapping[str, str] = {}
    """What the reader was not sure of, by its path."""


class Ties(Told):
    day: Past
    by: str
    areas: tuple[str, ...]
    themes: tuple[str, ...]
    paragraphs: tuple[int, ...] = ()
    """As printed in the report."""
    national: tuple[str, ...] = ()


class Echoes(Told):
    day: Past
    by: str
    earlier: tuple[str, ...]


class Reason(Told):
    day: Past
    by: str
    because: str


class Where(Told):
    """An appraisal."""

    day: Past
    by: str
    colleagues: str = Field(default="", alias="with")
    scale: int
    aim: int
    worried: tuple[str, ...]
    well: tuple[str, ...]
    needs: tuple[str, ...]
    next_step: str = ""


class Item(Told):
    key: str
    title: str
    owner: str
    accountable: str
    mapping: Ties
    echoes: Echoes | None = None
    closed: Reason | None = None
    appraisals: tuple[Where, ...] = ()


class Saying(Told):
    """Where an item was said that no report lists."""

    document: str
    dated: Past
    place: str = ""
    by: str


class Merger(Reason):
    into: str


class OtherItem(Item):
    """An item that comes from elsewhere than an inspection."""

    day: Past
    by: str
    source: str = Field(pattern=r"^[a-z_]+$")
    wording: str
    said: Saying
    merged: Merger | None = None


class ItemsFile(Told):
    reports: tuple[Report, ...]
    items: tuple[Item, ...]
    others: tuple[OtherItem, ...]

    @property
    def all_items(self) -> tuple[Item, ...]:
        return (*self.items, *self.others)


# The plan -------------------------------------------------------------------------------------------------------


class Step(Told):
    """One entry of an action's trail."""

    day: Past
    said: Literal["on_track", "at_risk", "off_track", "delivered", "signed_off", "difference", "embedded", "superseded"]
    by: str = ""
    """Empty: its lead."""
    done: str = ""
    difference: str = ""
    due: Day | None = None
    due_reason: str = ""
    difference_due: Day | None = None
    evidence: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    reached: str = ""
    """Key of a milestone."""
    next: str = ""
    confidence: Literal["sure", "fairly", "doubtful"] | None = None

    @property
    def status(self) -> Status:
        return Status[self.said.upper()]


class Stone(Told):
    """A milestone of an action."""

    key: str
    title: str
    due: Day


class Judged(Told):
    """A measure that an action is judged by. Its baseline is the last figure from before, unless one is typed."""

    measure: str
    day: Past
    baseline: float | None = None
    """Of the month before the day from which its action counts as done."""
    origin: str = ""
    target: int
    by: Day | None = None


class Promise(Told):
    """An action, as it was first promised."""

    key: str
    item: str
    title: str
    lead: str
    by: str
    added: Past
    starts: Day | None = None
    due: Day
    success: str
    priority: Literal["high", "medium", "low"] = "medium"
    accountable: str = ""
    """Empty: whoever is accountable for its item."""
    partner: str = ""
    contact: str = ""
    board: str = ""
    milestones: tuple[Stone, ...] = ()
    waits_for: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    trail: tuple[Step, ...]


class Listed(Told):
    """A board or a partner organisation that actions name."""

    key: str
    name: str
    added: Past
    by: str


class PartnerTold(Listed):
    kind: Literal["police", "health", "schools", "voluntary", "housing", "probation", "other"]


class ActionsFile(Told):
    boards: tuple[Listed, ...] = ()
    partners: tuple[PartnerTold, ...] = ()
    actions: tuple[Promise, ...]


# Evidence -------------------------------------------------------------------------------------------------------


class Paper(Told):
    name: str
    text: str


class NewerPaper(Paper):
    """A version that took the place of the file before it."""

    day: Past
    why: str


class UndescribedPaper(Paper):
    """One of several files that ``owner`` added and has not described yet."""

    owner: str
    added: Past


class Example(Told):
    """What only a practice example says."""

    contact: str
    team: str
    partners: str = ""
    aims: str
    done: str
    in_the_way: str = ""


class Withdrawal(Told):
    day: Past
    reason: str


class Piece(Told):
    key: str
    kind: Kind
    owner: str
    dated: Past
    added: Past
    period: tuple[Past, Past] | None = None
    title: str
    origin: str = ""
    shows: str
    strength: Strength
    url: str = ""
    words: str = ""
    voice_of: VoiceOf | None = None
    setting: str = ""
    consent: str = ""
    practice: Example | None = None
    file: Paper | None = None
    newer: tuple[NewerPaper, ...] = ()
    withdrawn: Withdrawal | None = None
    areas: Links = {}
    themes: Links = {}
    items: Links = {}
    actions: Links = {}


class EvidenceFile(Told):
    evidence: tuple[Piece, ...]
    undescribed: tuple[UndescribedPaper, ...] = ()


# Reading --------------------------------------------------------------------------------------------------------

File = TypeVar("File", bound=Told)


def read(shape: type[File], name: str, folder: Path = FOLDER) -> File:
    """One file of the demonstration."""
    return shape.model_validate(yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")))


def read_all(shape: type[File], name: str, folder: Path = FOLDER) -> list[File]:
    """Every file whose name begins with ``name-``."""
    return [read(shape, path.stem, folder) for path in sorted(folder.glob(f"{name}-*.yaml"))]


@cache
def people() -> PeopleFile:
    return read(PeopleFile, "people")
