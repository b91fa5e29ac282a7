"""What a framework file may say: the shape of ``seed/frameworks/*.yaml``, checked when it is loaded.

A file describes one version of one inspection regime. Which version governs an inspection follows from
the first day of its fieldwork, never from the day its report was published.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

CHILDRENS_SERVICES = "childrens_services"
"""The regime whose reports the importer reads: the single inspection framework, then ILACS."""


class UnknownCode(LookupError):
    """A framework has no such part. Ask the Library where the code comes from a person: it refuses in a sentence."""


class Part(BaseModel):
    """One part of a framework file. Unknown keys are refused, so that a typing slip cannot pass unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Certainty(StrEnum):
    """How sure a fact is: read in its source, counted over published reports, second-hand, or unverified."""

    VERIFIED = "verified"
    MEASURED = "measured"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def words(self) -> str:
        return CERTAIN[self]


CERTAIN = {
    Certainty.VERIFIED: "Read in its source",
    Certainty.MEASURED: "Counted over reports",
    Certainty.SECONDARY: "Known second-hand",
    Certainty.UNVERIFIED: "Not verified",
}

RUNS_FROM = {
    "receipt": "the report is received",
    "publication": "the report is published",
    "fieldwork_end": "fieldwork ends",
    "notification": "the inspection is announced",
}


class Grade(Part):
    code: str
    label: str
    """As the framework words it: "Requires improvement to be good"."""
    short_label: str
    """As a table cell words it: "Requires improvement"."""
    rank: int
    """4 is best, 1 is worst on a four-step scale: how many steps of the bar are filled."""
    variants: tuple[str, ...] = ()
    """Other wordings met in print, lower case."""


class Theme(Part):
    """A subject that inspectors write about, met in their reports. Not one of Ofsted's criteria."""

    code: str
    name: str
    means: str
    """One line in our words; never Ofsted's criteria."""
    share: int | None = Field(default=None, ge=0, le=100)
    """Per cent of the 75 reports of January 2025 to August 2026 that write about it."""


class Area(Part):
    code: str
    name: str
    """As the report prints it."""
    short_name: str
    """As a table heading says it: "Help and protection"."""
    variants: tuple[str, ...] = ()
    """Other wordings of the same label met in print."""
    parent: str | None = None
    """Code of the area this is a sub-judgement of."""
    graded: bool = True
    overall: bool = False
    """True of the one row that sums the others up, where the framework has such a row."""
    continues: tuple[str, ...] = ()
    """Codes of the areas of earlier frameworks that this one carries on."""
    themes: tuple[Theme, ...] = ()


class ThemeLists(Part):
    """A file of ``themes/``: lists that several frameworks share, each named by an area's ``themes_from``."""

    basis: str
    """What the shares were counted over, for the page that shows them."""
    certainty: Certainty
    lists: dict[str, tuple[Theme, ...]]


class FindingType(Part):
    code: str
    name: str
    heading_variants: tuple[str, ...] = ()
    """Headings under which a report lists findings of this type."""
    has_responsible_body: bool = False


class Deadline(Part):
    code: str
    name: str
    working_days: int = Field(gt=0)
    runs_from: Literal["receipt", "publication", "fieldwork_end", "notification"]
    source: str
    certainty: Certainty

    @property
    def rule(self) -> str:
        """As a sentence's end: "30 working days after the report is received"."""
        return f"{self.working_days} working days after {RUNS_FROM[self.runs_from]}"


class NextInspection(Part):
    """When inspectors usually come again: some months round an anniversary of the last graded inspection."""

    after_months: int = Field(gt=0)
    either_side_months: int = Field(ge=0)
    source: str
    certainty: Certainty

    @property
    def rule(self) -> str:
        about = f"{self.either_side_months} months either side of {self.after_months} months after the last"
        return f"usually within {about}"

    def window(self, last: date) -> tuple[date, date]:
        """The first and last day on which the next inspection is to be expected after one that began on ``last``."""
        return (
            _months_after(last, self.after_months - self.either_side_months),
            _months_after(last, self.after_months + self.either_side_months),
        )


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class ChildList(Part):
    """A list of children or adopters that inspectors ask for in the first days. The list itself is never held here."""

    code: str
    """As it is called: "8"."""
    name: str
    scope: str
    """Who stands on it, in our words."""


class ChildLists(Part):
    """The lists that are asked for together, such as Annex A."""

    name: str
    lists: tuple[ChildList, ...]
    tested_within_days: int = Field(gt=0)
    """For how many days a test run still says that a list can be made."""
    source: str
    certainty: Certainty

    @model_validator(mode="after")
    def codes_are_unique(self) -> Self:
        codes = [one.code for one in self.lists]
        if len(set(codes)) != len(codes):
            raise ValueError(f"{self.name}: the code of a list is used twice")
        return self


class HandingOver(Part):
    """How documents are handed over to inspectors. Nothing published says it: an authority changes it here."""

    second_look: tuple[str, ...]
    """Markings of which somebody else looks at a file before it leaves."""
    due_soon_hours: int = Field(gt=0)
    """What the board of requests calls due soon."""
    source: str
    certainty: Certainty


class Activity(Part):
    """A kind of visit under the framework."""

    code: str
    name: str
    graded: bool
    longest_days: int | None = None
    """Calendar days of fieldwork at most, where that tells it from its longer sister."""


class Planned(Part):
    """When something of a visit falls due: so many working days from a day of it, or on each of its days."""

    code: str
    name: str
    runs_from: Literal["call", "remote", "first_day", "last_day"] = "call"
    working_days: int = Field(default=0, ge=-60, le=60)
    """After that day; below nought before it."""
    role: str = ""
    """Code of the role that usually has it. Empty: nobody until an authority says so."""


class PlannedMeeting(Planned):
    kind: Literal["keep_in_touch", "interview", "observation", "visit", "feedback", "other"]
    every: Literal["", "remote_day", "site_day"] = ""
    """On each working day of the remote week, or on site, instead of once."""
    at: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    minutes: int = Field(gt=0, le=600)
    about: str = ""
    """Code of the judgement area that it is about, or "area/theme"; empty: no one area."""


class FieldworkPlan(Part):
    """What usually happens when a visit is announced. A beginning: each authority has its own way, and edits it."""

    activities: tuple[str, ...]
    source: str
    certainty: Certainty
    meetings: tuple[PlannedMeeting, ...]
    documents: tuple[Planned, ...]


Coded = TypeVar("Coded", Area, Grade, Activity, FindingType, Deadline)


class Framework(Part):
    id: str
    regime: str
    """Code of the line of inspections it belongs to. One framework of a regime is in force on any day."""
    regime_name: str
    name: str
    short_name: str
    """As a column or a sentence says it: "ILACS 2023"."""
    publisher: str = "Ofsted"
    fieldwork_from: date
    fieldwork_to: date | None = None
    """Last day on which fieldwork may have begun; None while the framework is in force."""
    note: str = ""
    scale: tuple[Grade, ...] = ()
    """Best first. Empty where areas are not graded and the outcome is not a scale."""
    areas: tuple[Area, ...]
    activities: tuple[Activity, ...]
    finding_types: tuple[FindingType, ...]
    deadlines: tuple[Deadline, ...] = ()
    fieldwork: tuple[FieldworkPlan, ...] = ()
    """What usually happens on each kind of visit. A kind that none of them names begins with an empty timetable."""
    next_inspection: NextInspection | None = None
    """None: nothing is known of when inspectors come again."""
    child_lists: ChildLists | None = None
    """None: the framework asks for no lists of children that are known here."""
    handing_over: HandingOver | None = None
    """None: nothing is said of it, so every file is looked at twice."""
    responsible_bodies: tuple[str, ...] = ()
    themes_basis: str = ""
    """What the themes' shares were counted over; filled in from the theme file."""

    @model_validator(mode="after")
    def dates_and_scale_are_in_order(self) -> Self:
        if self.fieldwork_to is not None and self.fieldwork_to < self.fieldwork_from:
            raise ValueError(f"{self.id}: fieldwork_to is before fieldwork_from")
        ranks = [grade.rank for grade in self.scale]
        if ranks != sorted(set(ranks), reverse=True):
            raise ValueError(f"{self.id}: the scale must run from the best grade to the worst")
        return self

    @model_validator(mode="after")
    def codes_are_unique_and_known(self) -> Self:
        codes = [area.code for area in self.areas]
        if len(set(codes)) != len(codes):
            raise ValueError(f"{self.id}: an area code is used twice")
        for area in self.areas:
            if area.parent is not None and area.parent not in codes:
                raise ValueError(f"{self.id}: {area.code} names the unknown parent {area.parent}")
        themes = [theme.code for area in self.areas for theme in area.themes]
        if len(set(themes)) != len(themes):
            raise ValueError(f"{self.id}: a theme code is used twice")
        if sum(area.overall for area in self.areas) > 1:
            raise ValueError(f"{self.id}: more than one area is marked overall")
        return self

    @model_validator(mode="after")
    def fieldwork_is_of_known_visits(self) -> Self:
        visits = {activity.code for activity in self.activities}
        for plan in self.fieldwork:
            if unknown := set(plan.activities) - visits:
                raise ValueError(f"{self.id}: a fieldwork plan names the unknown kind of visit {min(unknown)}")
            lines = [line.code for line in (*plan.meetings, *plan.documents)]
            if len(set(lines)) != len(lines):
                raise ValueError(f"{self.id}: two lines of a fieldwork plan have one code")
            if unknown := {meeting.about for meeting in plan.meetings} - {"", *self._places}:
                raise ValueError(f"{self.id}: a meeting of a fieldwork plan is about the unknown {min(unknown)}")
        return self

    @property
    def _places(self) -> Iterator[str]:
        """ "leadership", "leadership/LD08"."""
        for area in self.judged_areas:
            yield area.code
            yield from (f"{area.code}/{theme.code}" for theme in area.themes)

    @property
    def judged_areas(self) -> tuple[Area, ...]:
        """The areas inspectors judge one by one, as the report orders them; never the overall row."""
        return tuple(area for area in self.areas if not area.overall)

    @property
    def graded_areas(self) -> tuple[Area, ...]:
        return tuple(area for area in self.judged_areas if area.graded)

    @property
    def overall_area(self) -> Area | None:
        return next((area for area in self.areas if area.overall), None)

    def in_force_on(self, day: date) -> bool:
        return self.fieldwork_from <= day and (self.fieldwork_to is None or day <= self.fieldwork_to)

    def fieldwork_plan(self, activity: str) -> FieldworkPlan | None:
        """What usually happens on this kind of visit, if anything is known."""
        return next((plan for plan in self.fieldwork if activity in plan.activities), None)

    def area(self, code: str) -> Area:
        return self._named(self.areas, code, "judgement area")

    def grade(self, code: str) -> Grade:
        return self._named(self.scale, code, "grade")

    def activity(self, code: str) -> Activity:
        return self._named(self.activities, code, "kind of visit")

    def finding_type(self, code: str) -> FindingType:
        return self._named(self.finding_types, code, "type of finding")

    def deadline(self, code: str) -> Deadline:
        return self._named(self.deadlines, code, "deadline")

    def _named(self, parts: tuple[Coded, ...], code: str, what: str) -> Coded:
        for part in parts:
            if part.code == code:
                return part
        raise UnknownCode(f"{self.name} has no {what} with the code {code!r}")


class NationalReference(Part):
    """An outcome, enabler or principle of the Children's Social Care National Framework."""

    key: str
    """Stable: numbers of outcomes 2 and 3 were exchanged in early 2026, keys never are."""
    kind: Literal["outcome", "enabler", "principle"]
    number: int
    name: str
    variants: tuple[str, ...] = ()
    certainty: Certainty = Certainty.VERIFIED


class NationalFrameworkVersion(Part):
    id: str
    note: str = ""
    fieldwork_from: date
    fieldwork_to: date | None = None
    references: tuple[NationalReference, ...]

    def in_force_on(self, day: date) -> bool:
        return self.fieldwork_from <= day and (self.fieldwork_to is None or day <= self.fieldwork_to)


class NationalFramework(Part):
    name: str
    source: str
    versions: tuple[NationalFrameworkVersion, ...]
