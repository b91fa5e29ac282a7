"""What is asked about files: their versions, and whether a content may be opened."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select, union
from sqlalchemy.orm import joinedload

from tracker.evidence.files.models import FileContent, FilePreview, FileVersion
from tracker.evidence.files.rules import Scan
from tracker.evidence.models import Evidence
from tracker.platform.db import db


def versions(evidence: Evidence) -> Sequence[FileVersion]:
    """Every file that a piece of evidence has had, the newest first, with who added it."""
    return db.session.scalars(
        select(FileVersion)
        .where(FileVersion.evidence_id == evidence.id)
        .options(joinedload(FileVersion.added_by))
        .order_by(FileVersion.number.desc())
    ).all()


def version(evidence: Evidence, number: int) -> FileVersion | None:
    return db.session.scalars(
        select(FileVersion).where(FileVersion.evidence_id == evidence.id, FileVersion.number == number)
    ).one_or_none()


def last_number(evidence: Evidence) -> int:
    """Of its versions; 0 while it has none."""
    newest = select(func.max(FileVersion.number)).where(FileVersion.evidence_id == evidence.id)
    return db.session.scalar(newest) or 0


def content(sha256: str | None) -> FileContent | None:
    """What is known of a content; None of one that was stored before anything was written down of it."""
    return db.session.scalars(select(FileContent).where(FileContent.sha256 == sha256)).one_or_none()


def why_shut(sha256: str) -> str:
    """Why a stored file may not be opened, shown or handed on, as a sentence; empty when it may."""
    return shut([sha256]).get(sha256, "")


def shut(sha256s: Collection[str]) -> Mapping[str, str]:
    """Of some stored files, those that may not be opened, shown or handed on, each with the reason as a sentence."""
    found = db.session.scalars(select(FileContent).where(FileContent.sha256.in_(sha256s)))
    return {one.sha256: one.why_shut for one in found if one.why_shut}


def evidence_with(sha256: str) -> Sequence[Evidence]:
    """Every piece of evidence of any authority that has or once had a file of this content."""
    had = select(FileVersion.evidence_id).where(FileVersion.file_sha256 == sha256)
    return db.session.scalars(select(Evidence).where(Evidence.id.in_(had))).all()


def unscanned() -> Sequence[tuple[str, str]]:
    """Key and media type of every content of evidence, in any authority, about which no scanner was asked."""
    known = select(FileContent.sha256)
    before = select(FileVersion.file_sha256, FileVersion.file_type).where(FileVersion.file_sha256.not_in(known))
    since = select(FileContent.sha256, FileContent.media_type).where(FileContent.scan == Scan.NOT_ASKED)
    return [(sha256, media_type) for sha256, media_type in db.session.execute(union(before, since))]


def pages(content: FileContent) -> int:
    """How many pages of a content can be looked at."""
    last = select(func.max(FilePreview.page)).where(FilePreview.content_id == content.id)
    return db.session.scalar(last) or 0


def preview(content: FileContent, page: int) -> FilePreview | None:
    """One page, from 1, of the first look at a content."""
    return db.session.scalars(
        select(FilePreview).where(FilePreview.content_id == content.id, FilePreview.page == page)
    ).one_or_none()
