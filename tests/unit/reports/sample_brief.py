"""An invented brief of a day that holds more than a page does."""

from datetime import date

from reports.contents import PackContents
from tracker.packs.gathering.brief import Part, Told, gather_brief
from tracker.packs.rules import PackKind

HEADS = ("Said on this day", "Not answered yet", "Still open from before", "Not ready", "Next: Wednesday 25 November")


def full_brief(words: str, *, on: date = date(2026, 11, 24)) -> PackContents:
    """Every part has forty points of these words, and the facts are as long as they may be."""
    told = Told(
        authority="London Borough of Brent",
        of="rehearsal N-1, Tuesday 24 November 2026",
        title="Brief of Wednesday 24 November 2026",
        facts=[
            ("Inspection", "W" * 200),
            ("Rehearsal", "This is practice. No inspector is coming."),
            ("Lead inspector", "W" * 200),
        ],
        parts=[Part(head, [words] * 40) for head in HEADS],
    )
    return gather_brief(told, today=on, demonstration=True)


def full_briefing(words: str, *, meeting: str = "W" * 200) -> PackContents:
    """As ``full_brief``, of a meeting: eight facts and a title as long as they may be."""
    heads = ("When", "Where", "Of us", "With", "About", "Inspection", "Lead inspector", "Rehearsal")
    told = Told(
        authority="London Borough of Brent",
        of="rehearsal N-1, Feedback, Tuesday 24 November 2026, 15:00",
        title=f"Briefing for “{meeting}”",
        facts=[(head, "W" * 200) for head in heads],
        parts=[
            Part(head, [words] * 40)
            for head in ("To read before", "Open lines of enquiry", "Not answered yet", "Handed over")
        ],
    )
    return gather_brief(told, kind=PackKind.MEETING_BRIEFING, today=date(2026, 11, 24), demonstration=True)
