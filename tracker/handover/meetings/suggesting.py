"""What could be read before a meeting, each with the reasons in words. Nothing is chosen by it: a person takes it in.

What more than one reason speaks for comes first. Each sort is one statement, and gives a few.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import Action
from tracker.actions.rules import OPEN
from tracker.audits.blind.queries import known_to, shown_to
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import FindingState
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.checklist import queries as checklist
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.notes import queries as notes
from tracker.fieldwork.notes.models import Note
from tracker.fieldwork.timetable.models import Meeting, called, key_of, told
from tracker.handover import queries as handover
from tracker.handover.models import InspectorRequest
from tracker.improvements.models import ImprovementItem
from tracker.improvements.models import Mapping as Tie
from tracker.improvements.rules import Decision, ItemState, MappedTo
from tracker.packs import queries as packs
from tracker.packs.models import Pack
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db

MOST = 4
"""Of one sort. Our choice: all sorts together fit on a screen or two."""
LONGEST = 140
"""Letters of a thing’s words in a list. Our choice: two lines."""
LOOKED_AT = 40
"""Of one sort, among which those with the most reasons are found. Our choice."""
PACKS = (PackKind.SUMMARY, PackKind.SELF_EVALUATION, PackKind.IMPROVEMENT_PLAN, PackKind.QA_QUARTERLY)
"""Kinds that tell in general where the authority stands."""


@dataclass(frozen=True)
class Suggestion:
    """One thing to read, and why."""

    sort: str
    thing: Any
    reasons: Sequence[str]

    @property
    def key(self) -> str:
        return key_of(self.sort, self.thing)

    @property
    def called(self) -> str:
        return called(self.sort, self.thing)

    @property
    def title(self) -> str:
        return str(self.thing.what) if self.sort == "finding" else told(self.sort, self.thing)

    @property
    def words(self) -> str:
        """On one line: "A-12 Review every plan", "Line of enquiry: Are plans written with them?"."""
        between = ":" if self.sort in ("note", "document") else ""
        return shorten(f"{self.called}{between} {self.title}", LONGEST, placeholder="…")

    @property
    def because(self) -> str:
        """ "Because Samira Okafor owns it and it is mapped to Leaders"."""
        return f"Because {' and '.join(self.reasons)}"


@dataclass(frozen=True)
class Around:
    """What is known of a meeting, by which other things touch it."""

    meeting: Meeting
    people: Mapping[UUID, str]
    areas: Mapping[str, str]
    """Judgement areas that it is about, by code, each with its name."""
    themes: Mapping[str, str]

    def touches(self, area_code: str | None, theme_code: str | None) -> str:
        """The name of the place, if the meeting is about it."""
        return self.themes.get(theme_code or "") or self.areas.get(area_code or "") or ""

    def is_at_it(self, person_id: UUID | None, does: str) -> list[str]:
        """ "Samira Okafor owns it", if she is at the meeting."""
        name = self.people.get(person_id) if person_id else None
        return [f"{name} {does}"] if name else []


def around(meeting: Meeting, said: Sequence[Note]) -> Around:
    """What it is about was said of it; if it was not, it is about what its open notes are about."""
    places = [(meeting.area_code, meeting.theme_code)]
    if meeting.area_code is None:
        places = [
            (one.area_code, one.theme_code) for one in said if one.meeting_id == meeting.id and not one.settled_on
        ]
    known = {area.code: area for area in fieldworks.areas(meeting.fieldwork)}
    themes = {theme for _, theme in places if theme}
    areas = {area for area, theme in places if area and not theme}
    return Around(
        meeting,
        people={one.id: one.name for one in meeting.people},
        areas={code: known[code].short_name for code in areas if code in known},
        themes={
            theme.code: theme.name
            for area in known.values()
            for theme in area.themes
            if theme.code in themes or area.code in areas
        },
    )


def suggestions(meeting: Meeting, *, viewer: Viewer) -> Sequence[Suggestion]:
    """What is not read before it yet; a fixed number of statements."""
    said = notes.notes(meeting.fieldwork)
    it = around(meeting, said)
    there = {one.thing.id for one in meeting.briefings}
    authority = meeting.fieldwork.authority
    sorts: list[tuple[str, Iterable[Any], Callable[[Any], list[str]]]] = [
        ("note", said, lambda one: _of_note(one, it)),
        ("request", handover.requests(meeting.fieldwork), lambda one: _of_request(one, it)),
        ("document", checklist.documents(meeting.fieldwork), lambda one: _of_document(one, it)),
        ("item", _items(authority, it), lambda one: _of_item(one, it)),
        ("action", _actions(authority, it), lambda one: _of_action(one, it)),
        ("finding", _findings(authority, it, viewer), lambda one: _of_finding(one, it)),
        ("evidence", _evidence(authority, it, said), lambda one: _of_evidence(one, it, said)),
        ("pack", _packs(authority), _of_pack),
    ]
    return [one for sort, things, why in sorts for one in _few(sort, things, why, there)]


def _few(
    sort: str, things: Iterable[Any], why: Callable[[Any], list[str]], there: Collection[UUID]
) -> Sequence[Suggestion]:
    """Those with the most reasons, in the order in which they came."""
    found = [Suggestion(sort, one, why(one)) for one in things if one.id not in there]
    return sorted((one for one in found if one.reasons), key=lambda one: -len(one.reasons))[:MOST]


def _of_note(note: Note, it: Around) -> list[str]:
    if note.settled_on is not None:
        return []
    reasons = ["it was said in this meeting, and is open"] if note.meeting_id == it.meeting.id else []
    reasons += it.is_at_it(note.owner_id, "finds its answer")
    place = it.touches(note.area_code, note.theme_code)
    return [*reasons, f"it touches {place}"] if place and note.meeting_id != it.meeting.id else reasons


def _of_request(request: InspectorRequest, it: Around) -> list[str]:
    if request.withdrawn_at is not None:
        return []
    does = "answered it" if request.handed_at else "sees to it"
    asker = [f"{request.asked_by}, who is there, asked for it"] if request.asked_by in it.meeting.others else []
    return [*it.is_at_it(request.owner_id, does), *asker]


def _of_document(document: Document, it: Around) -> list[str]:
    how = "has it ready" if document.ready_on else f"has it, due {document.due_on:%-d %B}"
    return it.is_at_it(document.owner_id, how)


def _items(authority: Authority, it: Around) -> Sequence[ImprovementItem]:
    return db.session.scalars(
        select(ImprovementItem)
        .where(
            ImprovementItem.authority_id == authority.id,
            ImprovementItem.state == ItemState.OPEN,
            or_(ImprovementItem.owner_id.in_(it.people), ImprovementItem.id.in_(_mapped(it))),
        )
        .order_by(ImprovementItem.raised_on.desc(), ImprovementItem.number)
        .limit(LOOKED_AT)
    ).all()


def _mapped(it: Around) -> Select[UUID]:
    """Items that were confirmed to belong to what the meeting is about."""
    return select(Tie.item_id).where(
        Tie.decision == Decision.CONFIRMED,
        or_(
            (Tie.to == MappedTo.AREA) & Tie.code.in_(it.areas),
            (Tie.to == MappedTo.THEME) & Tie.code.in_(it.themes),
        ),
    )


def _places_of(item: ImprovementItem, it: Around) -> list[str]:
    """Names of what the meeting and an item are both about."""
    names = [
        {MappedTo.AREA: it.areas, MappedTo.THEME: it.themes}.get(tie.to, {}).get(tie.code or "")
        for tie in item.mappings
        if tie.decision is Decision.CONFIRMED
    ]
    return [name for name in names if name]


def _of_item(item: ImprovementItem, it: Around) -> list[str]:
    places = _places_of(item, it)
    return [*it.is_at_it(item.owner_id, "owns it"), *([f"it is about {places[0]}"] if places else [])]


def _actions(authority: Authority, it: Around) -> Sequence[Action]:
    return db.session.scalars(
        select(Action)
        .where(
            Action.authority_id == authority.id,
            Action.status.in_(OPEN),
            or_(Action.lead_id.in_(it.people), Action.item_id.in_(_mapped(it))),
        )
        .options(joinedload(Action.item).selectinload(ImprovementItem.mappings))
        .order_by(Action.due_on, Action.number)
        .limit(LOOKED_AT)
    ).all()


def _of_action(action: Action, it: Around) -> list[str]:
    places = _places_of(action.item, it)
    return [
        *it.is_at_it(action.lead_id, "leads it"),
        *([f"it answers {action.item.reference}, which is about {places[0]}"] if places else []),
    ]


def _findings(authority: Authority, it: Around, viewer: Viewer) -> Sequence[Finding]:
    """Open ones of audits whose grades are shown to whoever looks."""
    return db.session.scalars(
        select(Finding)
        .join(Audit, Audit.id == Finding.audit_id)
        .where(
            Finding.authority_id == authority.id,
            Finding.state == FindingState.OPEN,
            known_to(viewer),
            shown_to(viewer),
            or_(Finding.owner_id.in_(it.people), Finding.theme_code.in_(it.themes), Audit.area_code.in_(it.areas)),
        )
        .options(joinedload(Finding.audit))
        .order_by(Finding.raised_on.desc(), Finding.number)
        .limit(LOOKED_AT)
    ).all()


def _of_finding(finding: Finding, it: Around) -> list[str]:
    place = it.touches(finding.audit.area_code, finding.theme_code)
    return [*it.is_at_it(finding.owner_id, "answers for it"), *([f"it is about {place}"] if place else [])]


def _evidence(authority: Authority, it: Around, said: Sequence[Note]) -> Sequence[Evidence]:
    """What is placed there, and what is offered for an open note that touches the meeting; not what was withdrawn."""
    placed = select(EvidenceLink.evidence_id).where(
        EvidenceLink.authority_id == authority.id,
        or_(EvidenceLink.area_code.in_(it.areas), EvidenceLink.theme_code.in_(it.themes)),
    )
    return db.session.scalars(
        select(Evidence)
        .where(
            Evidence.authority_id == authority.id,
            Evidence.withdrawn_on.is_(None),
            or_(Evidence.id.in_(placed), Evidence.id.in_(_offered(it, said))),
        )
        .options(selectinload(Evidence.links))
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
        .limit(LOOKED_AT)
    ).all()


def _offered(it: Around, said: Sequence[Note]) -> Collection[UUID]:
    return {offer.evidence_id for note in said if _of_note(note, it) for offer in note.offers}


def _of_evidence(evidence: Evidence, it: Around, said: Sequence[Note]) -> list[str]:
    places = [it.touches(link.area_code, link.theme_code) for link in evidence.links]
    place = next((name for name in places if name), "")
    offered = ["it is offered for a note that touches this meeting"] if evidence.id in _offered(it, said) else []
    return [*offered, *([f"it shows something about {place}"] if place else [])]


def _packs(authority: Authority) -> Sequence[Pack]:
    """The newest of each kind that is made, ahead or because somebody asked."""
    newest = dict[PackKind, Pack]()
    for one in packs.packs(authority, kinds=PACKS, made_only=True):
        newest.setdefault(one.kind, one)
    return [newest[kind] for kind in PACKS if kind in newest]


def _of_pack(pack: Pack) -> list[str]:
    return [f"it is the newest {PACK_NAMES[pack.kind].lower()}, of {pack.asked_at.astimezone(clock.LONDON):%-d %B %Y}"]
