"""The evidence register, voices and what we are not yet sure of."""

from datetime import date

from reports.contents import NotYetSure, Register, RegisterEntry, Row, Unsure, Voice, Voices
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, VoiceOf
from tracker.frameworks.schema import Area
from tracker.packs.gathering import agreement
from tracker.packs.gathering.known import Known
from tracker.platform.lists import listed
from tracker.self_evaluation.citing import CitedThing

LISTED = ("E", "Q", "M", "R")
"""Kinds of reference that the register lists; items, actions, findings and statements have chapters of their own."""
MOST_VOICES = 12


def chapter(known: Known) -> Register:
    """Everything cited, and every voice quoted."""
    quoted = {evidence.reference for evidence in _voices(known)}
    records = {evidence.reference: evidence for evidence in known.evidence}
    entries = {reference: _evidence(records[reference]) for reference in quoted if reference in records}
    for reference, thing in known.cited.items():
        report = reference.partition(":")[0]
        if reference in records:
            entries[reference] = _evidence(records[reference])
        elif report[0] in LISTED and report[0] != "R":
            entries[reference] = _cited(thing, known.today)
    for inspection in known.inspections:
        entries[inspection.reference] = RegisterEntry(
            reference=inspection.reference,
            title=inspection.title,
            kind="Ofsted report, published",
            dated=inspection.published_on or inspection.fieldwork_to,
            owner="Ofsted",
        )
    return Register(
        lede="Everything this pack rests on, by reference, with the pages that cite it.",
        entries=tuple(sorted(entries.values(), key=_by_reference)),
    )


def _cited(thing: CitedThing, today: date) -> RegisterEntry:
    """Something cited that is no evidence that stands: an audit, a measure, or what was withdrawn since."""
    shows = "Withdrawn: it is no longer relied on" if thing.bears.withdrawn else ""
    return RegisterEntry(
        reference=thing.reference, title=thing.title, kind=thing.kind, dated=thing.dated or today, shows=shows
    )


def _by_reference(entry: RegisterEntry) -> tuple[str, int]:
    prefix, _, number = entry.reference.partition("-")
    return prefix, int(number)


def _evidence(evidence: Evidence) -> RegisterEntry:
    return RegisterEntry(
        reference=evidence.reference,
        title=evidence.title,
        kind=str(evidence.kind),
        dated=evidence.dated,
        owner=evidence.owner.name if evidence.owner else "",
        shows=evidence.shows,
        strength=str(evidence.strength),
    )


def _voices(known: Known) -> list[Evidence]:
    heard = [evidence for evidence in known.evidence if evidence.kind is Kind.VOICE]
    return sorted(heard, key=lambda evidence: evidence.dated, reverse=True)[:MOST_VOICES]


def voices(known: Known) -> Voices:
    return Voices(
        lede="In their own words, with consent, and without names.",
        voices=tuple(_voice(evidence) for evidence in _voices(known)),
        notes=_not_heard(known),
    )


def _not_heard(known: Known) -> tuple[Row, ...]:
    heard = {evidence.voice_of for evidence in known.evidence if evidence.kind is Kind.VOICE}
    silent = [each.lower() for each in VoiceOf if each not in heard]
    if not heard or not silent:
        return ()
    return (Row(head="Who we have not heard", points=(f"No {listed(silent, 'or')} has been quoted yet.",)),)


def _voice(evidence: Evidence) -> Voice:
    return Voice(
        who=str(evidence.voice_of or ""),
        words=evidence.words,
        source=". ".join(part for part in (f"{evidence.dated:%B %Y}", evidence.consent.rstrip(".")) if part) + ".",
        setting=evidence.setting,
        reference=evidence.reference,
        bears_on=f"{evidence.shows.rstrip('.')}.",
    )


def not_yet_sure(known: Known) -> NotYetSure:
    entries = [
        Unsure(head=area.short_name, points=points)
        for area in known.framework.graded_areas
        if (points := doubts(known, area))
    ]
    return NotYetSure(
        lede="Where evidence is thin or sources disagree, we say so, and what we are doing about it.",
        entries=tuple(entries),
    )


def doubts(known: Known, area: Area) -> tuple[str, ...]:
    """What people are not yet sure of in an area, then what audits contradict."""
    views = [view for view in (known.version.views if known.version else ()) if view.area_code == area.code]
    said = [line.strip() for view in views for line in view.not_sure_of.splitlines() if line.strip()]
    return (*said, *agreement.contradictions(known, area))
