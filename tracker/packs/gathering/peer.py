"""A pack for peer challenge: what we ask colleagues from elsewhere to test, then what we say of ourselves."""

from collections.abc import Iterator
from datetime import date

from reports.contents import Chapter, Kind, NotYetSure, PackContents, Unsure
from tracker.frameworks.schema import Area
from tracker.packs.gathering import agreement, areas, audits, packs, plan, profile, register
from tracker.packs.gathering.cover import Cover, bound
from tracker.packs.gathering.known import Known, read
from tracker.people.models import Authority
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import Mark

COVER = Cover(
    kind=Kind.PEER_CHALLENGE,
    title="Peer challenge of children’s services",
    subtitle="What we ask peers to test, what we say of ourselves, and what it rests on",
    prepared_for="The regional improvement alliance",
)
HOW_TO_READ = {
    "What is asked": "The first chapter says where we are unsure, where our sources disagree, and what rests on "
    "little: begin there.",
    "Posts": "Posts stand where names would. What children and families said is not quoted: they agreed to our "
    "self-evaluation.",
    "References": packs.REFERENCES,
    "Marks": packs.MARKS,
    "Grades": packs.GRADES,
}

THIN = {
    Mark.NO_EVIDENCE: "cites no evidence",
    Mark.WITHDRAWN: "cites evidence that was withdrawn",
    Mark.NOT_FOUND: "cites something that is not there",
    Mark.STALE: "rests on stale evidence",
    Mark.ACTIVITY_ONLY: "shows what was done and not yet what changed for children",
}
"""What a mark of a statement says of it."""


def gather_peer(
    authority: Authority,
    version: SelfEvaluation,
    *,
    reference: str,
    today: date,
    demonstration: bool,
    smallest: int,
    replaces: str = "",
) -> PackContents:
    """The newest version, whole, behind the lines of enquiry that follow from it."""
    known = read(authority, today, version, smallest=smallest)
    return bound(
        COVER, authority, _chapters(known), reference=reference, today=today, version=packs.version_words(version),
        demonstration=demonstration, replaces=replaces, how_to_read=HOW_TO_READ, status_meanings=plan.MEANINGS,
        signed_off=packs.signature_by_post(version),
    )  # fmt: skip


def _chapters(known: Known) -> tuple[Chapter, ...]:
    return (
        enquiry(known),
        profile.chapter(known),
        *areas.chapters(known),
        plan.chapter(known),
        audits.chapter(known),
        packs.method(known),
    )


def enquiry(known: Known) -> NotYetSure:
    """Lines of enquiry for each area that has any."""
    entries = [Unsure(head=area.short_name, points=tuple(_lines(known, area))) for area in known.framework.graded_areas]
    return NotYetSure(
        title="What we ask peers to test",
        lede="Where we are unsure, where what we know disagrees, and where we claim more than we can show.",
        entries=tuple(entry for entry in entries if entry.points),
    )


def _lines(known: Known, area: Area) -> Iterator[str]:
    yield from register.doubts(known, area)
    for row in agreement.of_area(known, area):
        if row.verdict.text == agreement.DO_NOT_AGREE:
            yield f"Audits and measures do not agree on {row.theme}: audits {row.audits.note}; {row.measures.note}."
    for reading in known.readings.values():
        if reading.statement.area_code == area.code and areas.asked_to_prove(reading.statement.question):
            marks = dict.fromkeys(THIN[marked.mark] for marked in reading.marks if marked.mark in THIN)
            if marks:
                yield f"{reading.statement.reference} {', '.join(marks)}: “{reading.statement.title}”."
