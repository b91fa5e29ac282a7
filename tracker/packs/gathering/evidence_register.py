"""The evidence register by judgement area, for inspectors on site: gaps first, then what there is and where."""

from collections.abc import Sequence
from datetime import date

from reports.contents import (
    AreaRegister,
    Chapter,
    HeldEntry,
    KeyFigure,
    Kind,
    Method,
    PackContents,
    RegisterEntry,
    Row,
)
from tracker.evidence import queries as evidence
from tracker.evidence import rules
from tracker.evidence.bundles import names
from tracker.evidence.bundles import queries as bundles
from tracker.evidence.models import Evidence
from tracker.evidence.places import places_of
from tracker.evidence.queries import AreaRow
from tracker.evidence.rules import Freshness
from tracker.evidence.rules import Kind as EvidenceKind
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.people.models import Authority

INVENTED = "Every piece of evidence in it is invented, and describes no child, family or member of staff."
MOST_LISTED = 300
"""Pieces that one area lists, the newest. Our choice: some twenty pages; the register on screen has them all."""
HOW_TO_READ = {
    "Gaps first": "Each chapter names what is missing before it lists what there is. A theme is covered by data, by "
    "audits or observations, and by voices; the best covered has all three.",
    "References": "Each piece has a reference that does not change, such as E-231. The file of that name in the bundle "
    "is the same piece.",
    "Counted where": "Evidence stands under an area when it is linked to the area, to one of its themes, or to an "
    "improvement item that a person mapped to either. It may stand under several.",
}


def gather_register(
    authority: Authority, *, reference: str, today: date, demonstration: bool, replaces: str = ""
) -> PackContents:
    """Freeze the register as it stands on ``today``: four statements, however much evidence there is."""
    framework = library().current(CHILDRENS_SERVICES, today)
    pieces, placed = evidence.register(authority), bundles.ids_by_area(authority, framework)
    chapters: list[Chapter] = [
        _chapter(row, [one for one in pieces if one.id in placed[row.area.code]], today)
        for row in evidence.coverage(authority, framework, today)
    ]
    elsewhere = [one for one in pieces if not any(one.id in ids for ids in placed.values())]
    if elsewhere:
        chapters.append(_elsewhere(elsewhere, today))
    return PackContents(
        kind=Kind.EVIDENCE_REGISTER,
        reference=reference,
        title="Evidence register and bundle index",
        short_title=f"{authority.name} children’s services: evidence register",
        authority=authority.name,
        version=f"as at {today:%-d %B %Y}",
        made_on=today,
        as_at=today,
        marking=rules.highest(one.marking for one in pieces).upper(),
        marking_note="no child can be identified from it",
        subtitle=f"What we know for each area of {framework.short_name}, what shows it, and what is missing",
        prepared_for="Inspectors on site",
        replaces=replaces,
        demonstration=INVENTED if demonstration else "",
        how_to_read=tuple(Row(head=head, points=(words,)) for head, words in HOW_TO_READ.items()),
        chapters=(*chapters, _method(authority, today)),
    )


def _chapter(row: AreaRow, pieces: Sequence[Evidence], today: date) -> AreaRegister:
    return AreaRegister(
        title=row.area.short_name,
        figures=_figures(row),
        gaps=(*_gaps(row), *_left_out(pieces)),
        entries=_entries(pieces, today),
    )


def _elsewhere(pieces: Sequence[Evidence], today: date) -> AreaRegister:
    said = "This evidence is linked to no area, theme or mapped item, so it counts for none."
    return AreaRegister(
        title="In no area yet",
        gaps=(Row(head="To be placed", points=(said,)), *_left_out(pieces)),
        entries=_entries(pieces, today),
    )


def _figures(row: AreaRow) -> tuple[KeyFigure, ...]:
    tally = row.tally
    if not tally.count:
        return ()
    stale = f"{tally.stale} of it stale" if tally.stale else "none of it stale"
    return (
        KeyFigure(label="Pieces of evidence", value=str(tally.count), note=stale),
        KeyFigure(label="Newest", value=f"{tally.newest:%-d %B %Y}"),
        KeyFigure(label="Shows at most", value=str(tally.strongest)),
        KeyFigure(label="Ways of knowing", value=str(tally.variety), note=tally.by_family),
    )


def _gaps(row: AreaRow) -> tuple[Row, ...]:
    said = {
        "The area": (f"{row.gap}.",) if row.gap else (),
        "No evidence for": tuple(f"{theme.code} {theme.name}" for theme in row.without),
        "Thin for": tuple(f"{one.theme.code} {one.theme.name}: {one.gap.lower()}" for one in row.covered if one.gap),
    }
    found = tuple(Row(head=head, points=points) for head, points in said.items() if points)
    return found or (Row(head="Gaps", points=("Every theme is covered by data, audit and voice.",)),)


def _left_out(pieces: Sequence[Evidence]) -> tuple[Row, ...]:
    if len(pieces) <= MOST_LISTED:
        return ()
    said = f"The newest {MOST_LISTED} of {len(pieces):,} pieces are listed. The register on screen has them all."
    return (Row(head="Not all listed", points=(said,)),)


def _entries(pieces: Sequence[Evidence], today: date) -> tuple[HeldEntry, ...]:
    newest = sorted(pieces, key=lambda one: (one.dated, one.number), reverse=True)[:MOST_LISTED]
    return tuple(_entry(one, today) for one in sorted(newest, key=lambda one: one.number))


def _entry(one: Evidence, today: date) -> HeldEntry:
    places = [place for place in places_of(one) if place.link.shows_there]
    return HeldEntry(
        entry=RegisterEntry(
            reference=one.reference,
            title=one.title,
            kind=f"{one.kind}, {one.voice_of.lower()}" if one.voice_of else str(one.kind),
            dated=one.dated,
            owner=one.owner.name if one.owner else "",
            shows=one.shows,
            strength=str(one.strength),
        ),
        freshness=_freshness(one, today),
        held_as=_held_as(one),
        speaks_for=tuple(f"For {place.reference or place.name}: {place.shows}" for place in places),
    )


def _freshness(one: Evidence, today: date) -> str:
    return one.stale_words(today) if one.freshness(today) is Freshness.STALE else "Fresh"


def _held_as(one: Evidence) -> str:
    if one.file_sha256 is not None:
        return names.file_name(one)
    if one.kind is EvidenceKind.LINK:
        return one.url
    return f"“{one.words}”" if one.words else "what it says here; it has no file"


def _method(authority: Authority, today: date) -> Method:
    made = f"From what the inspection readiness tracker held for {authority.name} on {today:%-d %B %Y}."
    limits = "Data is stale after 90 days; audits, observations and voices after 182; documents after a year."
    return Method(
        rows=(
            Row(head="How it was made", points=(f"{made} Withdrawn evidence is not in it.",)),
            Row(head="Stale evidence", points=(f"{limits} These limits are our own choice.",)),
        )
    )
