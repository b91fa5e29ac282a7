"""What a manifest can say of each file, what its words mean, and what a row would do. Pure."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, TypeVar

from tracker.evidence.rules import Kind, Marking, Strength, VoiceOf
from tracker.platform.columns import Wanted, folded
from tracker.platform.errors import Refused
from tracker.platform.lists import listed

Word = TypeVar("Word", bound=StrEnum)

MANIFESTS = ("manifest.xlsx", "manifest.csv")
"""What a manifest inside a zip or folder is called."""


class Field(StrEnum):
    """What a column can hold."""

    FILE = "file"
    TITLE = "title"
    KIND = "kind"
    DATED = "dated"
    PERIOD_FROM = "period_from"
    PERIOD_TO = "period_to"
    SHOWS = "shows"
    STRENGTH = "strength"
    ORIGIN = "origin"
    OWNER = "owner"
    MARKING = "marking"
    LINKS = "links"
    SHOWS_THERE = "shows_there"
    URL = "url"
    WORDS = "words"
    VOICE_OF = "voice_of"
    SETTING = "setting"
    CONSENT = "consent"
    NOT_CHILD_DATA = "not_child_data_because"


NAMES: Mapping[Field, str] = {
    Field.FILE: "File",
    Field.TITLE: "Title",
    Field.KIND: "Kind",
    Field.DATED: "Date it speaks of",
    Field.PERIOD_FROM: "Period from",
    Field.PERIOD_TO: "Period to",
    Field.SHOWS: "What it shows",
    Field.STRENGTH: "The most that it shows",
    Field.ORIGIN: "Where it comes from",
    Field.OWNER: "Owner (e-mail)",
    Field.MARKING: "Security marking",
    Field.LINKS: "Speaks for",
    Field.SHOWS_THERE: "What it shows there",
    Field.URL: "Address of a link",
    Field.WORDS: "Their words",
    Field.VOICE_OF: "Whose voice",
    Field.SETTING: "Where it was heard",
    Field.CONSENT: "How consent was given",
    Field.NOT_CHILD_DATA: "Why it cannot lead to a child",
}

EXAMPLE = "Example row, never brought in.pdf"
"""The file of the row that the template shows as an example."""

TEXTS = frozenset({Field.SHOWS, Field.SHOWS_THERE, Field.LINKS, Field.WORDS, Field.NOT_CHILD_DATA})
"""Columns that may hold several sentences; the others hold a line."""

WANTED = (
    Wanted(Field.FILE, NAMES[Field.FILE], ("File name", "Filename", "Document", "Path")),
    Wanted(Field.TITLE, NAMES[Field.TITLE], ("Name", "Document title", "Evidence", "Description"), needed=True),
    Wanted(Field.KIND, NAMES[Field.KIND], ("Type", "Evidence type", "Category")),
    Wanted(Field.DATED, NAMES[Field.DATED], ("Date", "Dated", "Document date", "Day"), needed=True),
    Wanted(Field.PERIOD_FROM, NAMES[Field.PERIOD_FROM], ("From", "Start of period", "Period start")),
    Wanted(Field.PERIOD_TO, NAMES[Field.PERIOD_TO], ("To", "End of period", "Period end")),
    Wanted(Field.SHOWS, NAMES[Field.SHOWS], ("Shows", "Summary", "What this shows", "Key message"), needed=True),
    Wanted(Field.STRENGTH, NAMES[Field.STRENGTH], ("Strength", "Level", "Impact level"), needed=True),
    Wanted(Field.ORIGIN, NAMES[Field.ORIGIN], ("Source", "Origin", "System", "Team")),
    Wanted(Field.OWNER, NAMES[Field.OWNER], ("Owner", "Lead", "Owner e-mail", "Contact")),
    Wanted(Field.MARKING, NAMES[Field.MARKING], ("Marking", "Classification", "Protective marking")),
    Wanted(Field.LINKS, NAMES[Field.LINKS], ("Links", "Linked to", "References", "Area", "Theme", "Relates to")),
    Wanted(Field.SHOWS_THERE, NAMES[Field.SHOWS_THERE], ("Shows there", "Relevance")),
    Wanted(Field.URL, NAMES[Field.URL], ("URL", "Web address", "Link address", "Hyperlink")),
    Wanted(Field.WORDS, NAMES[Field.WORDS], ("Quotation", "Quote", "Words", "Voice")),
    Wanted(Field.VOICE_OF, NAMES[Field.VOICE_OF], ("Voice of", "Who said it")),
    Wanted(Field.SETTING, NAMES[Field.SETTING], ("Setting", "Heard at")),
    Wanted(Field.CONSENT, NAMES[Field.CONSENT], ("Consent",)),
    Wanted(Field.NOT_CHILD_DATA, NAMES[Field.NOT_CHILD_DATA], ()),
)
"""What others call each column in lists of their own."""


class Outcome(StrEnum):
    """What a row would do."""

    TAKEN = "Taken"
    SAME = "Here already"
    REFUSED = "Refused"


@dataclass(frozen=True)
class Verdict:
    """What one row would do, and why it is refused if it is; ``cell`` is the one to put right."""

    row: int
    outcome: Outcome
    title: str
    file: str = ""
    reason: str = ""
    cell: str = ""


@dataclass(frozen=True)
class LookedThrough:
    """What every row would do, and the files that no row speaks of."""

    verdicts: tuple[Verdict, ...]
    without_row: tuple[str, ...]

    @property
    def refused(self) -> int:
        return sum(one.outcome is Outcome.REFUSED for one in self.verdicts)

    @property
    def taken(self) -> int:
        return sum(one.outcome is Outcome.TAKEN for one in self.verdicts)

    @property
    def digest(self) -> str:
        """Names this outcome: nothing else may be carried out in its place."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def as_kept(self) -> dict[str, Any]:
        """Plain values, for keeping. ``from_kept`` gives back an equal object."""
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "LookedThrough":
        verdicts = (Verdict(**{**one, "outcome": Outcome(one["outcome"])}) for one in kept["verdicts"])
        return cls(tuple(verdicts), tuple(kept["without_row"]))


class Step(StrEnum):
    """How far an import is."""

    COLUMNS = "Columns to choose"
    LOOKING = "Being looked through"
    TO_DECIDE = "Waiting for a decision"
    WORKING = "Being brought in"
    FAILED = "Not brought in"
    DONE = "Brought in"
    GIVEN_UP = "Given up"


def step(*, carried_out: bool, given_up: bool, job: str, looked_through: bool) -> Step:
    """``job`` is the state of the job at work, empty where none was asked for.

    >>> step(carried_out=False, given_up=False, job="running", looked_through=True)
    <Step.WORKING: 'Being brought in'>
    """
    if carried_out or given_up:
        return Step.DONE if carried_out else Step.GIVEN_UP
    if job in {"queued", "running"}:
        return Step.WORKING if looked_through else Step.LOOKING
    if job == "failed":
        return Step.FAILED
    return Step.TO_DECIDE if looked_through else Step.COLUMNS


@dataclass(frozen=True)
class Said:
    """One thing that a row says it speaks for, and what it shows there: "I-9: plans are dated"."""

    name: str
    shows_there: str = ""


def speaks_for(text: str, shows_there: str, known: Collection[str] = ()) -> list[Said]:
    """The things that one cell names, apart by semicolons or lines, or by commas between what is ``known`` (folded).

    >>> speaks_for("I-9: plans are dated; HP11", "visits are in time")
    [Said(name='I-9', shows_there='plans are dated'), Said(name='HP11', shows_there='visits are in time')]
    >>> [one.name for one in speaks_for("I-9, A-104", "")]
    ['I-9', 'A-104']
    """
    found = []
    for part in re.split(r"[;\n]+", text):
        name, _, there = (word.strip() for word in part.partition(":"))
        names = [name] if folded(name) in known or there else name.split(",")
        found += [Said(one.strip(), there or shows_there) for one in names if one.strip()]
    return found


def kind_meant(text: str, *, has_file: bool, has_url: bool) -> Kind:
    """The kind that a cell names; where it is empty, what the row has decides. Raises Refused for another word."""
    if text:
        return _meant(text, Kind, "kind")
    if has_file:
        return Kind.FILE
    return Kind.LINK if has_url else Kind.VOICE


def strength_meant(text: str) -> Strength:
    return _meant(text, Strength, "strength")


def marking_meant(text: str) -> Marking:
    """Official where nothing is said."""
    return _meant(text, Marking, "marking") if text else Marking.OFFICIAL


def voice_meant(text: str) -> VoiceOf | None:
    return _meant(text, VoiceOf, "voice") if text else None


def _meant(text: str, kind: type[Word], name: str) -> Word:
    found = next((one for one in kind if folded(one.value) == folded(text)), None)
    if found is None:
        said = f"“{text[:80]}” is no {name} here" if text else f"There is no {name}"
        raise Refused(f"{said}. Use {listed([one.value for one in kind], 'or')}.")
    return found


def manifest_among(names: Sequence[str]) -> str | None:
    """The manifest of a zip or folder: the one nearest to the top, and a workbook before a .csv; None: there is none.

    >>> manifest_among(["Visits/a.pdf", "Evidence/Manifest.xlsx", "Evidence/old/manifest.csv"])
    'Evidence/Manifest.xlsx'
    """
    found = [name for name in names if PurePosixPath(name).name.lower() in MANIFESTS]
    return min(found, key=lambda name: (name.count("/"), not name.lower().endswith(".xlsx")), default=None)
