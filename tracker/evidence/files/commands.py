"""How files come to evidence and are taken away: checked, stored, then written down, in that order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from tracker.evidence import file_names, file_types
from tracker.evidence.files import queries, rules
from tracker.evidence.files.models import FileContent, FilePreview, FileVersion
from tracker.evidence.files.rules import Look, Scan
from tracker.evidence.models import Evidence
from tracker.people.models import Person
from tracker.platform import clock, history, jobs, scanning, storage, storage_check
from tracker.platform.db import db
from tracker.platform.errors import Refused


@dataclass(frozen=True)
class KeptFile:
    """A file that is in the store, under the name and of the kind that we give it."""

    sha256: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Page:
    """One page of a first look: a picture with its size in pixels, or some lines of text without."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None


def keep(stream: BinaryIO, name: str, *, authority_id: UUID) -> KeptFile:
    """Check a file, store it, and ask for what follows: the virus scanner where there is one, and a first look.

    Raises Refused when it is of no kind that is taken, not whole, harmful, empty or too large.
    """
    kind = file_types.recognise(stream, name)
    safe = file_names.safe(name, kind)
    stored = storage.keep(stream)
    content = _content(stored.sha256, kind.media_type)
    if content.scan is Scan.INFECTED:
        _look_again(content)
        storage.keep(stream)  # it may have been taken out of the store while we were putting it there
    _ask_what_follows(content, authority_id)
    return KeptFile(stored.sha256, safe, stored.size, kind.media_type)


def attach(evidence: Evidence, kept: KeptFile, *, by: Person, why: str = "") -> FileVersion:
    """Make a stored file the newest version of the file of a piece of evidence, which may have none yet."""
    evidence.file_name, evidence.file_type = kept.name, kept.media_type
    evidence.file_sha256, evidence.file_size = kept.sha256, kept.size
    db.session.add(evidence)
    db.session.flush()
    version = FileVersion(
        authority_id=evidence.authority_id,
        evidence=evidence,
        number=queries.last_number(evidence) + 1,
        file_sha256=kept.sha256,
        file_name=kept.name,
        file_size=kept.size,
        file_type=kept.media_type,
        added_by=by,
        added_at=clock.now(),
        why=why.strip(),
    )
    db.session.add(version)
    db.session.flush()
    return version


def note_download(version: FileVersion) -> str:
    """Record that somebody takes a version of a file away; the key of its content.

    Raises Refused while it is in quarantine, when the scanner removed it, and when it is not in the store.
    """
    evidence = version.evidence
    if why_not := queries.why_shut(version.file_sha256):
        raise Refused(why_not)
    if not storage.exists(version.file_sha256):
        raise Refused(
            f"The file of {evidence.reference} is not where files are kept. Tell whoever looks after this service."
        )
    newest = version.number == queries.last_number(evidence)
    history.record(evidence, "downloaded" if newest else f"downloaded, version {version.number}")
    return version.file_sha256


def note_opened(evidence: Evidence) -> None:
    """Record that somebody looks into the file. Raises Refused when there is none, or it is shut."""
    if evidence.file_sha256 is None:
        raise Refused(f"{evidence.reference} has no file.")
    if why_not := queries.why_shut(evidence.file_sha256):
        raise Refused(why_not)
    history.record(evidence, "looked at")


def note_verdict(content: FileContent, *, found: str, at: datetime) -> None:
    """Write down what the scanner says; ``found`` is empty when that is nothing.

    What it found something in belongs to nothing from then on, and every piece of evidence that has it says so.
    """
    content.scanned_at, content.found = at, found
    content.scan = Scan.INFECTED if found else Scan.CLEAN
    if found:
        content.removed_sha256, content.look = content.sha256, Look.NONE
        _forget_previews(content)
        for evidence in queries.evidence_with(content.sha256):
            history.record(evidence, f"file removed: the virus scanner found “{found}”")
    db.session.flush()


def send_to_scanner() -> int:
    """Put every file of evidence that no scanner has looked at into quarantine, and ask for it; how many there are.

    For the day on which a service gets its scanner: until then all were open. Raises Refused without one.
    """
    if not scanning.is_on():
        raise Refused("No virus scanner is set. Set TRACKER_CLAMD first.")
    unseen = queries.unscanned()
    for sha256, media_type in unseen:
        content = _content(sha256, media_type)
        content.scan = Scan.WAITING
        db.session.flush()
        jobs.enqueue("evidence.scan", {"sha256": sha256}, authority_id=None)
    return len(unseen)


def open_without_scan(content: FileContent) -> None:
    """Let a content out of quarantine because there is no scanner any more."""
    content.scan = Scan.NOT_ASKED
    db.session.flush()


def note_look(content: FileContent, pages: Sequence[Page]) -> None:
    """Put these pages in the place of the first look that there is; without any there is none."""
    _forget_previews(content)
    for number, page in enumerate(pages, start=1):
        kept = storage.keep(BytesIO(page.content))
        db.session.add(
            FilePreview(
                content=content,
                page=number,
                file_sha256=kept.sha256,
                file_type=page.media_type,
                width=page.width,
                height=page.height,
            )
        )
    content.look = Look.MADE if pages else Look.NONE
    db.session.flush()


def let_go(sha256: str) -> None:
    """Forget a content that no row refers to any more, with its first look. Their files go with ``storage verify``.

    Does nothing while something refers to it still.
    """
    content = queries.content(sha256)
    if content is not None and not storage_check.is_referred_to(sha256):
        _forget_previews(content)
        db.session.delete(content)
        db.session.flush()


def _content(sha256: str, media_type: str) -> FileContent:
    """What is known of a content. Two people who add the same one at the same moment find the same."""
    known = queries.content(sha256)
    if known is not None:
        return known
    scan = Scan.WAITING if scanning.is_on() else Scan.NOT_ASKED
    content = FileContent(sha256=sha256, media_type=media_type, scan=scan, look=rules.look_to_make(media_type))
    try:
        with db.session.begin_nested():
            db.session.add(content)
    except IntegrityError:
        return queries.content(sha256) or content
    return content


def _look_again(content: FileContent) -> None:
    """Somebody adds what was removed once: the scanner may know better by now. Waits for who is removing it."""
    content.scan, content.removed_sha256, content.found = Scan.WAITING, None, ""
    content.look = rules.look_to_make(content.media_type)
    db.session.flush()


def _ask_what_follows(content: FileContent, authority_id: UUID) -> None:
    """The scanner first where there is one; it asks for the first look when a content is clean."""
    if content.scan is Scan.WAITING:
        jobs.enqueue("evidence.scan", {"sha256": content.sha256}, authority_id=authority_id)
    elif content.look is Look.WAITING:
        jobs.enqueue("evidence.preview", {"sha256": content.sha256}, authority_id=authority_id)


def _forget_previews(content: FileContent) -> None:
    db.session.execute(delete(FilePreview).where(FilePreview.content_id == content.id))
