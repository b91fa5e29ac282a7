"""What is known of a report once its front page is read, and the reading that it fills."""

from dataclasses import dataclass
from datetime import date

from tracker.frameworks.library import Library
from tracker.frameworks.rules import activity_lasting
from tracker.frameworks.schema import Framework
from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.front import Front
from tracker.inspections.reading.labels import Labels
from tracker.inspections.reading.readings import Certainty, Doubt, Found, Kind, Reading

_DAYS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ACTIVITIES = {Kind.SIF: "single_inspection", Kind.SIF_REINSPECTION: "reinspection"}
"""How frameworks call the visits of these kinds; the others are called in both alike."""


@dataclass(frozen=True)
class Told:
    sha256: str
    flow: Flow
    front: Front
    kind: Found[Kind]
    framework: Framework
    library: Library
    doubts: tuple[Doubt, ...] = ()

    @property
    def fieldwork(self) -> date:
        """The first day of fieldwork; where none is printed, the first day that the framework chosen governs."""
        return self.front.start.value or self.framework.fieldwork_from

    @property
    def labels(self) -> Labels:
        sisters = [one for one in self.library.of_regime(self.framework.regime) if one != self.framework]
        return Labels(self.framework, sisters)

    def reading(self) -> Reading:
        """What the front page alone says."""
        front = self.front
        return Reading(
            sha256=self.sha256,
            page_sizes=self.flow.page_sizes,
            kind=self.kind,
            title=front.title,
            authority=front.authority,
            dates_text=front.dates_text,
            start=front.start,
            end=front.end,
            lead_inspectors=front.lead_inspectors,
            regime=self.framework.regime,
            framework_id=self.framework.id,
            activity=self.activity(),
            end_alternatives=front.end_alternatives,
            doubts=self.doubts,
        )

    def activity(self) -> Found[str | None]:
        """The kind of visit: as the title says, or for a graded inspection by how long it took."""
        codes = [activity.code for activity in self.framework.activities]
        said = _ACTIVITIES.get(self.kind.value, self.kind.value.value)
        if said in codes:
            return Found(said, self.kind.page, self.kind.box)
        if self.kind.value is not Kind.ILACS:
            return Found(
                None, certainty=Certainty.UNSURE, why=f"{self.framework.short_name} knows no visit of this kind."
            )
        return self._by_length()

    def _by_length(self) -> Found[str | None]:
        """As sure as the dates are: how long each kind of inspection takes is laid down by the framework."""
        periods = self.front.periods
        if len(periods) != 1:
            why = "Not printed in the report, and fieldwork was in more than one period."
            return Found(None, certainty=Certainty.UNSURE, why=why if periods else "No dates of fieldwork were read.")
        days = (periods[0].last - periods[0].first).days + 1
        activity = activity_lasting(self.framework, days)
        said = _DAYS[days] if days < len(_DAYS) else str(days)
        why = f"Not printed in the report. Worked out from {said} day{'s' if days != 1 else ''} of fieldwork."
        place, certainty = self.front.dates_text, self.front.start.certainty
        return Found(activity.code if activity else None, place.page, place.box, certainty, why)
