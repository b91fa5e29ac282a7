"""What was read from a report: every field with the page and box it came from, and how sure the reader is."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class Kind(StrEnum):
    """The sorts of report that are read. Every other sort is refused as what it is."""

    ILACS = "ilacs"
    SIF = "sif"
    SIF_REINSPECTION = "sif_reinspection"
    FOCUSED_VISIT = "focused_visit"
    MONITORING_VISIT = "monitoring_visit"
    JTAI = "jtai"
    AREA_SEND = "area_send"


class Certainty(StrEnum):
    SURE = "sure"
    UNSURE = "unsure"


class Box(NamedTuple):
    """PDF points from the top left corner of the page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Found(Generic[T]):
    """One thing read, and where. ``why`` is a sentence for the person who checks it."""

    value: T
    page: int | None = None
    """Counted from 1; None where the report does not print it."""
    box: Box | None = None
    certainty: Certainty = Certainty.SURE
    why: str = ""

    @property
    def sure(self) -> bool:
        return self.certainty is Certainty.SURE


@dataclass(frozen=True)
class Judgement:
    area: Found[str]
    """Code of the framework's area."""
    label: str
    """As printed."""
    grade: Found[str | None]
    """Code of the framework's grade; None where none could be read."""
    grade_printed: str = ""
    grade_label: str = ""
    """As the framework words the grade; empty where there is none."""


@dataclass(frozen=True)
class SectionHeading:
    """The heading of a part that is about one judgement area, with the grade where it prints one."""

    area: str
    text: Found[str]
    grade: str | None = None


@dataclass(frozen=True)
class Reference:
    """What an item's national framework reference means on the day fieldwork began."""

    key: Found[str]
    alternatives: tuple[str, ...] = ()
    """Every key it could mean, the likeliest first, where a person is asked to confirm."""


@dataclass(frozen=True)
class Item:
    """Something the report says must improve: a bullet, a recommendation, a priority action."""

    text: Found[str]
    finding_type: str
    """Code of the framework's finding type."""
    number: int | None = None
    """As printed, where items are numbered."""
    sub_items: int = 0
    """Dash sub-bullets, which are part of ``text``."""
    reference_printed: str | None = None
    references: tuple[Reference, ...] = ()
    responsible_bodies: tuple[str, ...] = ()
    """As printed. Empty where the report names none."""


@dataclass(frozen=True)
class Paragraph:
    number: int | None
    """As printed, misprints and all; None where paragraphs are not numbered."""
    area: str | None
    """Code of the judgement area it stands under."""
    text: Found[str]
    heading: str = ""
    """The nearest heading above it that is not a judgement area's."""


@dataclass(frozen=True)
class Doubt:
    """Something about the report as a whole that a person should know before accepting what was read."""

    sentence: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class Reading:
    sha256: str
    page_sizes: tuple[tuple[float, float], ...]
    """Width and height of each page in PDF points."""
    kind: Found[Kind]
    title: Found[str]
    authority: Found[str | None]
    dates_text: Found[str | None]
    """As printed."""
    start: Found[date | None]
    end: Found[date | None]
    lead_inspectors: Found[tuple[str, ...]]
    """Empty where the report names none."""
    regime: str
    framework_id: str
    """The framework in force on the first day of fieldwork."""
    activity: Found[str | None]
    """Code of the framework's kind of visit; None where it cannot be told."""
    end_alternatives: tuple[date, ...] = ()
    """Last days of earlier periods, where fieldwork was in more than one."""
    judgements: tuple[Judgement, ...] = ()
    section_headings: tuple[SectionHeading, ...] = ()
    summary: tuple[Found[str], ...] = ()
    """The unnumbered paragraphs between the judgements and what needs to improve."""
    items: tuple[Item, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    """Numbered paragraphs; in a letter, the findings in order."""
    doubts: tuple[Doubt, ...] = field(default=())

    @property
    def pages(self) -> int:
        return len(self.page_sizes)


_reading: TypeAdapter[Reading] = TypeAdapter(Reading)


def to_data(reading: Reading) -> dict[str, Any]:
    """The whole reading as plain JSON values, to be kept with a review; ``from_data`` turns it back."""
    data: dict[str, Any] = _reading.dump_python(reading, mode="json")
    return data


def from_data(data: dict[str, Any]) -> Reading:
    return _reading.validate_python(data)
