"""Adding newer evidence in the place of a piece that grows old: what is carried over, and what has to be said anew."""

from flask import url_for

from tracker.evidence.forms import EvidenceForm
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.places import places_of
from tracker.evidence.register_page import KINDS

OF_PRACTICE = ("team", "contact", "partners")
CARRIED = ("title", "strength", "marking", "origin", "url", "setting", "voice_of", *OF_PRACTICE)
"""What stays the same from one month to the next. Not what it shows, what was said and by whose consent."""


def newer_evidence_url(earlier: Evidence) -> str:
    """The form for a newer piece of the same kind; the address chooses the first item, action, area and theme."""
    places = _places(earlier)
    item, action = places["item"], places["action"]
    return url_for(
        "evidence.add_kind",
        kind=next(slug for slug, kind in KINDS.items() if kind is earlier.kind),
        after=earlier.reference,
        item=item.item.reference if item and item.item else None,
        action=action.action.reference if action and action.action else None,
        area=places["area"].area_code if places["area"] else None,
        theme=places["theme"].theme_code if places["theme"] else None,
    )


def carry_over(form: EvidenceForm, earlier: Evidence) -> None:
    """Fill a form that was not posted with what stays the same, and show what the earlier piece showed."""
    for name in CARRIED:
        if name in form:
            form[name].data = getattr(earlier.practice if name in OF_PRACTICE else earlier, name)
    form.owner.data = earlier.owner_id
    form.shows.description = f"{form.shows.description} {earlier.reference} showed: {earlier.shows}"


def not_chosen(earlier: Evidence) -> list[str]:
    """What the earlier piece speaks for besides, as its page names it: a form chooses one of each only."""
    chosen = [link for link in _places(earlier).values() if link]
    return [place.reference or place.name for place in places_of(earlier) if place.link not in chosen]


def _places(earlier: Evidence) -> dict[str, EvidenceLink | None]:
    """The first of each that it is linked to."""
    links = earlier.links
    return {
        "item": next((link for link in links if link.item_id), None),
        "action": next((link for link in links if link.action_id), None),
        "area": next((link for link in links if link.area_code), None),
        "theme": next((link for link in links if link.theme_code), None),
    }
