"""The evidence register, voices and what we are not yet sure of."""

import re
from dataclasses import replace
from datetime import date

from reports.contents import (
    SHORT,
    AreaRegister,
    Method,
    NotYetSure,
    PackContents,
    Register,
    RegisterEntry,
    Row,
    Unsure,
    Voice,
    Voices,
)
from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, VoiceOf
from tracker.frameworks.schema import Area
from tracker.packs.gathering import agreement
from tracker.packs.gathering.known import Known
from tracker.people.models import Authority
from tracker.platform.lists import listed
from tracker.self_evaluation import citing
from tracker.self_evaluation.citing import CitedThing
from tracker.self_evaluation.models import AreaView

LISTED = ("E", "Q", "M", "R")
"""Kinds of reference that the register lists; items, actions, findings and statements have chapters of their own."""
MOST_VOICES = 12
NAMED = re.compile(r"\[([EQM]-\d+)\]")
"""What a text rests on, as it is cited: items, actions and findings stand in the pack themselves."""
RESTS_ON = "Everything this pack rests on, by reference, with the pages that cite it."


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
        lede=RESTS_ON,
        entries=tuple(sorted(entries.values(), key=_by_reference)),
    )


def with_register(contents: PackContents, authority: Authority, today: date) -> PackContents:
    """The same contents with a register of what they name, where they have none of their own; one statement a kind.

    It stands last but for the annex on method. A page of one sheet has no room for one, and names its own evidence.
    """
    if contents.kind in SHORT or any(isinstance(chapter, Register | AreaRegister) for chapter in contents.chapters):
        return contents
    named = {found for text in contents.texts() for found in NAMED.findall(text)}
    pieces = evidence.numbered(authority, [int(one[2:]) for one in named if one.startswith("E-")])
    entries = {one.reference: _evidence(one) for one in pieces.values() if one.withdrawn_on is None}
    for reference, thing in citing.things(authority, named - set(entries), today).items():
        entries[reference] = _cited(thing, today)
    if not entries:
        return contents
    register = Register(lede=RESTS_ON, entries=tuple(sorted(entries.values(), key=_by_reference)))
    *before, last = contents.chapters
    after = (register, last) if isinstance(last, Method) else (last, register)
    return replace(contents, chapters=(*before, *after))


def _cited(thing: CitedThing, today: date) -> RegisterEntry:
    """Something cited that is no evidence that stands: an audit, a measure, or what was withdrawn since."""
    shows = "Withdrawn: it is no longer relied on" if thing.bears.withdrawn else ""
    return RegisterEntry(
        reference=thing.reference,
        title=thing.title,
        kind=thing.kind,
        dated=thing.dated or today,
        owner=thing.origin,
        shows=shows,
    )


def _by_reference(entry: RegisterEntry) -> tuple[str, int]:
    prefix, _, number = entry.reference.partition("-")
    return prefix, int(number)


def _evidence(piece: Evidence) -> RegisterEntry:
    return RegisterEntry(
        reference=piece.reference,
        title=piece.title,
        kind=str(piece.kind),
        dated=piece.dated,
        owner=piece.owner.name if piece.owner else "",
        shows=piece.shows,
        strength=str(piece.strength),
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
    """Where our grade is kinder than the evidence, what people are not yet sure of, then what audits contradict."""
    views = [view for view in (known.version.views if known.version else ()) if view.area_code == area.code]
    said = [line.strip() for view in views for line in view.not_sure_of.splitlines() if line.strip()]
    kinder = [_kinder(known, view) for view in views if view.prints_doubt and view.area_code in known.kinder]
    return (*kinder, *said, *agreement.contradictions(known, area))


def _kinder(known: Known, view: AreaView) -> str:
    return (
        f"{known.kinder[view.area_code]} {f'Our reason: {view.reason}' if view.reason else 'No reason is given yet.'}"
    )
