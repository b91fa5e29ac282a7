"""What disposal takes away, and the stub that it leaves so that a number in an old pack still leads somewhere."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from tracker.evidence import queries as evidence_queries
from tracker.evidence.bundles import letting_go as bundles
from tracker.evidence.files import commands as file_commands
from tracker.evidence.files.models import FileContent, FilePreview, FileVersion
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.models import Evidence
from tracker.evidence.retention.models import Disposal, DisposalList
from tracker.evidence.retention.rules import last_relied_on
from tracker.evidence.rules import Kind
from tracker.evidence.words import commands as words
from tracker.platform import history, jobs
from tracker.platform.db import db

REMOVE_FILES = "evidence.remove_files"

TYPED = ("shows", "origin", "url", "words", "setting", "consent", "file_name", "file_type", "not_child_data_because",
         "looked_again_because")  # fmt: skip
"""What people typed of it, but for the title: that says instead that it was disposed of."""

TITLE = "Disposed of"


def dispose(
    going: Sequence[Evidence], *, listed: DisposalList, years: Mapping[Kind, int], cited_in: Mapping[str, str]
) -> None:
    """Empty each piece and write it into the log; their files leave the store after this is committed."""
    files: set[str] = set()
    for one in going:
        its_own = _files(one)
        db.session.add(_logged(one, listed, years[one.kind], cited_in.get(one.reference, ""), files=len(its_own)))
        _empty(one, listed)
        files |= its_own
    files |= _first_looks(files)
    because = f"Evidence in it was disposed of by list {listed.reference}"
    files |= bundles.with_pieces(listed.authority_id, [one.number for one in going], because=because)
    for sha256 in files:
        file_commands.let_go(sha256)
        if not _held_here(sha256, listed):
            words.forget(listed.authority_id, sha256)
    if files:
        jobs.enqueue(REMOVE_FILES, {"files": sorted(files)}, authority_id=listed.authority_id)


def _files(one: Evidence) -> set[str]:
    """Every version of its file."""
    versions = select(FileVersion.file_sha256).where(FileVersion.evidence_id == one.id)
    return {*db.session.scalars(versions), *([one.file_sha256] if one.file_sha256 else [])}


def _held_here(sha256: str, listed: DisposalList) -> bool:
    """Whether other evidence of this authority has the same file: then what was read of it stays for that."""
    another = select(FileVersion.id).where(
        FileVersion.authority_id == listed.authority_id, FileVersion.file_sha256 == sha256
    )
    return db.session.scalar(another.limit(1)) is not None


def _first_looks(files: set[str]) -> set[str]:
    """Pictures and words of files. Who else has the same file keeps them: what is referred to stays in the store."""
    pages = select(FilePreview.file_sha256).join(FilePreview.content).where(FileContent.sha256.in_(files))
    return set(db.session.scalars(pages))


def _logged(one: Evidence, listed: DisposalList, years: int, cited_in: str, *, files: int) -> Disposal:
    sent_by, approved_by, on = listed.sent_by, listed.approved_by, listed.approved_on
    if sent_by is None or approved_by is None or on is None:
        raise LookupError(f"{listed.reference} is not approved")
    return Disposal(
        authority_id=one.authority_id,
        evidence_number=one.number,
        kind=one.kind,
        dated=one.dated,
        last_relied_on=last_relied_on(one.dated, one.period_to, one.looked_again_on, one.withdrawn_on),
        kept_years=years,
        list_number=listed.number,
        looked_through_by=sent_by.name,
        approved_by=approved_by.name,
        disposed_on=on,
        cited_in=cited_in,
        files=files,
    )


def _empty(one: Evidence, listed: DisposalList) -> None:
    """What it spoke for stays, without what it showed there: an item may still say how many pieces it once had."""
    whole = db.session.scalars(
        select(Evidence).where(Evidence.id == one.id).options(*evidence_queries.with_links())
    ).one()
    practice = whole.practice
    warnings = db.session.scalars(select(ChildDataWarning).where(ChildDataWarning.evidence_id == one.id)).all()
    emptied = [*whole.links, *warnings, *([practice] if practice else [])]
    for warning in warnings:
        db.session.delete(warning)
    for link in whole.links:
        link.shows_there = ""
    if practice is not None:
        db.session.delete(practice)
    db.session.execute(delete(FileVersion).where(FileVersion.evidence_id == one.id))
    for name in TYPED:
        setattr(whole, name, "")
    whole.title, whole.file_sha256, whole.file_size, whole.looked_again_on = TITLE, None, None, None
    whole.disposed_on = listed.approved_on
    whole.withdrawn_on = whole.withdrawn_on or listed.approved_on
    whole.withdrawn_because = f"Disposed of by list {listed.reference}."
    db.session.flush()
    with history.because(f"List {listed.reference}"):
        history.forget(whole, *emptied)
