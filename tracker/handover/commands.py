"""Every way a request changes. Whoever comes second is told what the first did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tracker.evidence.files import commands as files
from tracker.evidence.files.commands import KeptFile
from tracker.evidence.rules import Marking
from tracker.evidence.words.commands import Said
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.handover import choosing, queries, rules
from tracker.handover.models import AskedDocument, HandedFile, Handing, InspectorRequest
from tracker.handover.rules import Sort
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform import clock, history, jobs
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

LOOK_THROUGH = "handover.look_through"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an inspector asked for."""

    sort: Sort
    asked_by: str
    asked_at: datetime
    words: str
    due_at: datetime | None
    owner: Person | None
    documents: Sequence[Document] = ()
    """Of the checklist, which it asks for."""


def ask(fieldwork: Fieldwork, *, asked: Asked, now: datetime) -> InspectorRequest:
    """Write a request down."""
    _require_open(fieldwork)
    _require_sound(fieldwork.authority, asked, now)
    request = InspectorRequest(
        authority=fieldwork.authority, fieldwork=fieldwork, sort=asked.sort, asked_by=asked.asked_by,
        asked_at=asked.asked_at, words=asked.words, due_at=asked.due_at, owner=asked.owner,
        withdrawn_because="", handings=[], files=[], asks_for=[],
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    _ask_for(request, asked.documents)
    return request


def correct(request: InspectorRequest, *, version: int, asked: Asked, now: datetime) -> None:
    """Put right what was written down, move when it is due, or give it to somebody."""
    _require_asked_still(request)
    _require_version(request, version)
    _require_sound(request.authority, asked, now)
    request.sort, request.asked_by, request.asked_at = asked.sort, asked.asked_by, asked.asked_at
    request.words, request.due_at, request.owner = asked.words, asked.due_at, asked.owner
    _flush(request)
    _ask_for(request, asked.documents)


def _ask_for(request: InspectorRequest, documents: Sequence[Document]) -> None:
    """Say which documents of the checklist it asks for, and no others. Each is asked for by one request alone."""
    wanted = {one.id for one in documents}
    request.asks_for = [one for one in request.asks_for if one.document_id in wanted]
    there = {one.document_id for one in request.asks_for}
    if any(one.fieldwork_id != request.fieldwork_id for one in documents):
        raise Refused("Choose documents of the checklist of this inspection.")
    try:
        with db.session.begin_nested():
            for one in documents:
                if one.id not in there:
                    request.asks_for.append(AskedDocument(authority_id=request.authority_id, document=one))
    except IntegrityError:
        raise Conflict("Another request asks for one of these documents already. Look at the checklist.") from None


def withdraw(
    request: InspectorRequest, *, version: int, because: str, replaced_by: InspectorRequest | None, at: datetime
) -> None:
    """It is no longer asked for, or another request took its place. What was handed over stays handed over."""
    _require_asked_still(request)
    _require_version(request, version)
    if not because:
        raise Refused("Say why it is no longer asked for.")
    if replaced_by is not None and (replaced_by is request or replaced_by.fieldwork_id != request.fieldwork_id):
        raise Refused("Choose another request of the same inspection.")
    request.withdrawn_at, request.withdrawn_because, request.replaced_by = at, because, replaced_by
    _flush(request)
    documents = [one.document for one in request.asks_for]
    _ask_for(request, [])
    if replaced_by is not None:
        _ask_for(replaced_by, [*(one.document for one in replaced_by.asks_for), *documents])


def choose(request: InspectorRequest, *, reference: str, by: Person, at: datetime) -> HandedFile:
    """Choose a file for a request: the newest of a piece of evidence, or a pack. It is frozen as it is now."""
    _require_asked_still(request)
    chosen = choosing.choice(request.authority, reference)
    if any(one.file_sha256 == chosen.sha256 for one in request.chosen):
        raise Refused(f"{chosen.called} is chosen already.")
    file = HandedFile(
        authority=request.authority, request=request, evidence_id=chosen.evidence_id, pack_id=chosen.pack_id,
        called=chosen.called, title=chosen.title, file_version=chosen.version, marking=chosen.marking,
        file_sha256=chosen.sha256, file_name=chosen.name, file_size=chosen.size, file_type=chosen.media_type,
        chosen_by=by, chosen_at=at,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    if file.pack is not None:
        file.pack.kept_ready = False
    return file


def add_file(
    request: InspectorRequest, kept: KeptFile, *, title: str, marking: Marking, by: Person, at: datetime
) -> HandedFile:
    """Choose a file that is no evidence: it was checked and stored as evidence is, and a worker looks through it."""
    _require_open(request.fieldwork)
    _require_asked_still(request)
    if not title:
        raise Refused("Say what the file is.")
    if any(one.file_sha256 == kept.sha256 for one in request.chosen):
        raise Refused("This file is chosen already.")
    number = max((int(one.called.rpartition(" ")[2]) for one in request.files if one.is_upload), default=0) + 1
    file = HandedFile(
        authority=request.authority, request=request, called=f"{request.reference} file {number}", title=title,
        file_version=1, marking=marking, file_sha256=kept.sha256, file_name=kept.name, file_size=kept.size,
        file_type=kept.media_type, chosen_by=by, chosen_at=at, found=[], gaps=[],
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    jobs.enqueue(LOOK_THROUGH, {"file": str(file.id)}, authority_id=request.authority_id)
    return file


def note_reading(file: HandedFile, said: Said, *, at: datetime) -> None:
    """Write down what a worker found in a file that is no evidence."""
    file.found, file.gaps, file.read_at = [list(one) for one in said.found], list(said.gaps), at
    db.session.flush()


def leave_out(file: HandedFile) -> None:
    """Do not hand a chosen file over after all. One that is no evidence is gone with it."""
    _require_not_handed(file)
    upload = file.file_sha256 if file.is_upload else ""
    file.request.files.remove(file)
    db.session.delete(file)
    db.session.flush()
    if upload:
        files.let_go(upload)


def look(file: HandedFile, *, by: Person, at: datetime) -> None:
    """The second look: somebody else than who chose it says that it may leave."""
    _require_not_handed(file)
    if file.chosen_by_id == by.id:
        raise Refused(f"You chose {file.called} yourself. A colleague has to take the second look.")
    if file.is_upload and (why_not := choosing.why_not_left(file)):
        raise Refused(why_not)
    if file.looked_by_id is not None:
        raise Refused(f"Somebody has looked at {file.called} already.")
    file.looked_by, file.looked_at = by, at
    db.session.flush()
    if file.evidence is not None:
        history.record(file.evidence, "looked at")


def hand_over(
    request: InspectorRequest, *, version: int, answer: str, to: str, by: Person, at: datetime,
    documents: Sequence[Document] | None = None,
) -> Handing:  # fmt: skip
    """Hand over an answer, and every file that was chosen, to somebody.

    ``documents`` of the checklist are what it answers; of None, the one that was asked for, where it is one alone. The
    others wait. Raises Conflict, and says what was given, where a colleague was quicker.
    """
    _require_open(request.fieldwork)
    _require_asked_still(request)
    _require_version(request, version)
    chosen = request.chosen
    if not answer and not chosen:
        raise Refused("Choose a file, or answer in words: there is nothing to hand over yet.")
    if not to:
        raise Refused("Say to whom it is handed over.")
    answered = _answered(request, documents)
    for file in chosen:
        _require_may_leave(file)
    handing = Handing(
        authority=request.authority, request=request, answer=answer, handed_to=to, handed_at=at, handed_by=by,
        withdrawn_because="", files=list(chosen),
    )  # fmt: skip
    db.session.add(handing)
    request.handed_at = at
    _flush(request)
    for one in answered:
        checklist.say_ready(one, on=at.astimezone(clock.LONDON).date(), by=by, version=one.version)
    return handing


def _answered(request: InspectorRequest, documents: Sequence[Document] | None) -> Sequence[Document]:
    """Which of the documents that still wait come to be ready by handing over."""
    if documents is None:
        documents = request.awaited if len(request.asks_for) == 1 else []
    asked = {one.document_id for one in request.asks_for}
    if any(one.id not in asked for one in documents):
        raise Refused(f"Choose documents that {request.reference} asks for.")
    return [one for one in documents if one.ready_on is None]


def take_back(handing: Handing, *, because: str, at: datetime) -> None:
    """Offer it no longer in the inspectors' room. That it was given, and what, stays on record."""
    if handing.withdrawn_at is not None:
        raise Refused("It was taken back already.")
    if not because:
        raise Refused("Say why it is taken back.")
    handing.withdrawn_at, handing.withdrawn_because = at, because
    db.session.flush()


def _require_may_leave(file: HandedFile) -> None:
    if file.is_upload and (why_not := choosing.why_not_left(file)):
        raise Refused(why_not)
    if why_look := queries.why_second_look(file):
        raise Refused(
            f"{file.called} {why_look}: a colleague other than {file.chosen_by.name} has to look at it before it is "
            "handed over."
        )
    if file.evidence is None:
        return
    if file.evidence.withdrawn_on is not None or file.evidence.file_sha256 != file.file_sha256:
        raise Refused(
            f"{file.called} was withdrawn or has a newer file since it was chosen. Leave it out, and choose again."
        )
    if why_not := choosing.why_shut(file.evidence):
        raise Refused(why_not)


def _require_sound(authority: Authority, asked: Asked, now: datetime) -> None:
    if not asked.words:
        raise Refused("Enter what was asked for, in the inspector’s own words.")
    if why_not := rules.why_not_asked(asked.asked_at, asked.due_at, now=now):
        raise Refused(why_not)
    if asked.owner is not None and people.membership(asked.owner, authority) is None:
        raise Refused("Choose somebody who works in this authority.")


def _require_open(fieldwork: Fieldwork) -> None:
    if not fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is closed. Nothing more is asked for or handed over in it.")


def _require_asked_still(request: InspectorRequest) -> None:
    if request.withdrawn_at is not None:
        raise Refused(f"{request.reference} is no longer asked for.")


def _require_not_handed(file: HandedFile) -> None:
    if file.handing_id is not None:
        raise Refused(f"{file.called} was handed over already. Take what was given back, and say why.")


def _require_version(request: InspectorRequest, version: int) -> None:
    if request.version != version:
        raise Conflict(_what_was_done(request))


def _what_was_done(request: InspectorRequest) -> str:
    if not request.handings:
        return f"Somebody else changed {request.reference} while you had it open. Look at it again, then decide."
    last = request.handings[-1]
    when = last.handed_at.astimezone(clock.LONDON)
    return (
        f"{last.handed_by.name} handed {request.reference} over to {last.handed_to} at {when:%H:%M on %-d %B}, while "
        "you had it open. Nothing was handed over a second time. Look at what was given, then decide."
    )


def _flush(request: InspectorRequest) -> None:
    """Of two at one moment, one alone changes the row; the other is told."""
    number, authority_id = request.number, request.authority_id
    try:
        db.session.flush()
    except StaleDataError:
        if not db.session().in_nested_transaction():
            db.session.rollback()
        authority = db.session.get_one(Authority, authority_id)
        raise Conflict(_what_was_done(queries.by_number(authority, number) or request)) from None
