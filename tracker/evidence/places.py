"""What a link leads to, as pages and files name it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.evidence.models import Evidence, EvidenceLink
from tracker.frameworks.queries import library


@dataclass(frozen=True)
class Place:
    """One thing that a piece of evidence speaks for."""

    link: EvidenceLink
    reference: str
    """I-9, A-104 or HP11; empty for a judgement area."""
    name: str
    kind: str
    shows: str
    """What it shows there, or in general where nothing was said."""

    @property
    def opens(self) -> bool:
        """Whether the reference is one of ours, with a page of its own."""
        return self.link.item_id is not None or self.link.action_id is not None


def places_of(evidence: Evidence) -> Sequence[Place]:
    return [_place(evidence, link) for link in evidence.links]


def _place(evidence: Evidence, link: EvidenceLink) -> Place:
    reference, name, kind = _named(link)
    return Place(link, reference, name, kind, link.shows_there or evidence.shows)


def _named(link: EvidenceLink) -> tuple[str, str, str]:
    if link.item is not None:
        return link.item.reference, link.item.title, "Improvement item"
    if link.action is not None:
        return link.action.reference, link.action.title, "Action"
    if link.theme_code is not None:
        return link.theme_code, library().theme(link.theme_code).theme.name, "Theme"
    return "", area_name(link.area_code or ""), "Judgement area"


def area_name(code: str) -> str:
    """As the newest framework that has the area calls it."""
    frameworks = reversed(tuple(library().frameworks.values()))
    return next((area.short_name for one in frameworks for area in one.areas if area.code == code), code)
