"""Every question asked about requests. The authority, or its fieldwork, comes first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, not_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.evidence.rules import Marking
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.owed import Owed
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Framework, HandingOver
from tracker.handover import rules
from tracker.handover.models import AskedDocument, HandedFile, Handing, InspectorRequest
from tracker.handover.rules import State
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.child_data import SURE
from tracker.platform.db import db


def asked_in(document: Document) -> InspectorRequest | None:
    """The request that asks for a document of the checklist."""
    asked: AskedDocument | None = document.asked  # type: ignore[attr-defined]  # what AskedDocument adds to it
    return asked.request if asked else None


def said(fieldwork: Fieldwork) -> HandingOver | None:
    """What the framework of an inspection says about handing over."""
    return frameworks.library().framework(fieldwork.framework_id).handing_over


def why_second_look(file: HandedFile) -> str:
    """Why somebody else has to look at a chosen file first, after its name in a sentence; empty: nobody has to now."""
    if file.handing_id is not None or file.looked_by_id is not None:
        return ""
    if rules.needs_second_look(file.marking, said(file.request.fieldwork)):
        return f"is marked {file.marking}"
    if file.found:
        return "has something that could lead to a child"
    return "could not be looked through whole" if file.gaps else ""


def waits_for_look() -> ColumnElement[bool]:
    """Whether a chosen file waits for a second look that can be taken now: ``why_second_look``, of rows.

    For a statement over files, their requests and their inspections. What has not been looked through, or surely leads
    to a child, cannot leave whoever looks, so nobody is asked to.
    """
    file, found = HandedFile, cast(HandedFile.found, String)
    marked = [
        and_(Fieldwork.framework_id == one.id, file.marking.in_(_looked_at(one)))
        for one in frameworks.library().frameworks.values()
    ]
    doubtful = or_(func.json_array_length(file.found) > 0, func.json_array_length(file.gaps) > 0)
    return and_(
        Fieldwork.closed_at.is_(None),
        InspectorRequest.withdrawn_at.is_(None),
        file.handing_id.is_(None),
        file.looked_by_id.is_(None),
        or_(file.evidence_id.is_not(None), file.pack_id.is_not(None), file.read_at.is_not(None)),
        or_(doubtful, *marked),
        *(not_(found.contains(f'["{one.value}"', autoescape=True)) for one in SURE),
    )


def _looked_at(framework: Framework) -> Sequence[Marking]:
    return [one for one in Marking if rules.needs_second_look(one, framework.handing_over)]


def to_look_at(fieldwork: Fieldwork) -> Sequence[HandedFile]:
    """Chosen files that wait for a second look, the longest first. One statement."""
    return db.session.scalars(
        select(HandedFile)
        .join(InspectorRequest, InspectorRequest.id == HandedFile.request_id)
        .join(Fieldwork, Fieldwork.id == InspectorRequest.fieldwork_id)
        .where(HandedFile.authority_id == fieldwork.authority_id, Fieldwork.id == fieldwork.id, waits_for_look())
        .options(joinedload(HandedFile.request), joinedload(HandedFile.chosen_by))
        .order_by(HandedFile.chosen_at, HandedFile.called)
    ).all()


def requests(fieldwork: Fieldwork) -> Sequence[InspectorRequest]:
    """Every one, with all that was chosen and handed over for it, what is due first; a fixed number of statements."""
    wanted = _whole().where(InspectorRequest.fieldwork_id == fieldwork.id)
    return db.session.scalars(
        wanted.order_by(InspectorRequest.due_at.is_(None), InspectorRequest.due_at, InspectorRequest.number)
    ).all()


def owed(fieldwork: Fieldwork) -> Iterator[Owed]:
    """Every request that still waits for an answer, with who sees to it."""
    for one in requests(fieldwork):
        if one.withdrawn_at is None and one.handed_at is None:
            due = f"due {one.due_at.astimezone(clock.LONDON):%A %-d %B %Y, %-H:%M}" if one.due_at else "no time given"
            yield Owed(f"request {one.id}", one.reference, due, frozenset({one.owner_id} if one.owner_id else ()))


@dataclass(frozen=True)
class Standing:
    """How the requests of an inspection stand: how many how against their clock, and those that nobody sees to."""

    counts: Mapping[State, int]
    unowned: Sequence[InspectorRequest]
    """Not answered; what is due first, first."""


def standing(fieldwork: Fieldwork, now: datetime) -> Standing:
    """One statement."""
    one, bound = InspectorRequest, rules.soon(said(fieldwork))
    found = db.session.scalars(
        select(one)
        .where(one.authority_id == fieldwork.authority_id, one.fieldwork_id == fieldwork.id)
        .order_by(one.due_at.is_(None), one.due_at, one.number)
    ).all()
    states = (
        rules.clock(each.due_at, each.handed_at, withdrawn=each.withdrawn_at is not None, now=now, soon=bound).state
        for each in found
    )
    waiting = [each for each in found if each.handed_at is None and each.withdrawn_at is None]
    return Standing(Counter(states), [each for each in waiting if each.owner_id is None])


def by_number(authority: Authority, number: int) -> InspectorRequest | None:
    return db.session.scalars(
        _whole().where(InspectorRequest.authority_id == authority.id, InspectorRequest.number == number)
    ).one_or_none()


def file(authority: Authority, file_id: UUID) -> HandedFile | None:
    return db.session.scalars(
        select(HandedFile)
        .where(HandedFile.authority_id == authority.id, HandedFile.id == file_id)
        .options(joinedload(HandedFile.request), joinedload(HandedFile.handing))
    ).one_or_none()


def handing(authority: Authority, handing_id: UUID) -> Handing | None:
    return db.session.scalars(
        select(Handing)
        .where(Handing.authority_id == authority.id, Handing.id == handing_id)
        .options(joinedload(Handing.request))
    ).one_or_none()


def handed_over(fieldwork: Fieldwork) -> Sequence[Handing]:
    """Everything that inspectors were given, what was taken back too, in the order in which it was given."""
    return db.session.scalars(
        select(Handing)
        .join(InspectorRequest, InspectorRequest.id == Handing.request_id)
        .where(InspectorRequest.fieldwork_id == fieldwork.id)
        .options(
            joinedload(Handing.request),
            joinedload(Handing.handed_by),
            selectinload(Handing.files).joinedload(HandedFile.looked_by),
        )
        .order_by(Handing.handed_at, InspectorRequest.number, Handing.id)
    ).all()


def _whole() -> Select[InspectorRequest]:
    return select(InspectorRequest).options(
        joinedload(InspectorRequest.owner),
        joinedload(InspectorRequest.fieldwork),
        joinedload(InspectorRequest.replaced_by),
        selectinload(InspectorRequest.files).joinedload(HandedFile.chosen_by),
        selectinload(InspectorRequest.files).joinedload(HandedFile.looked_by),
        selectinload(InspectorRequest.handings).joinedload(Handing.handed_by),
        selectinload(InspectorRequest.asks_for).joinedload(AskedDocument.document),
    )
