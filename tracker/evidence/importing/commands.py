"""Bringing in a zip of evidence, step by step: columns are chosen, it is looked through, then all of it comes in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import update

from tracker.evidence.files import commands as files
from tracker.evidence.files.commands import KeptFile
from tracker.evidence.importing import manifest as manifests
from tracker.evidence.importing import queries, rules
from tracker.evidence.importing.batch import Batch
from tracker.evidence.importing.files import Gone, Keep, Names, Progress, go_through, seen
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.importing.rules import WANTED, LookedThrough, Step
from tracker.evidence.importing.sources import Source, ZipSource
from tracker.people.models import Authority, Person
from tracker.platform import history, jobs, lines, storage
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.workbooks import Sheet

LOOK_THROUGH = "evidence.look_through_import"
CARRY_OUT = "evidence.carry_out_import"


def bring_in(
    authority: Authority,
    stream: BinaryIO,
    *,
    file_name: str,
    manifest: tuple[BinaryIO, str] | None,
    largest: int,
    by: Person,
    at: datetime,
) -> EvidenceImport:
    """Keep a zip and the manifest in it, or the one sent beside it with its name; guess what its columns hold.

    Raises Refused for a zip that is not an honest one, and where there is no manifest. ``largest`` is of one file.
    """
    source = ZipSource(stream, largest=largest)
    with _manifest(source, beside=manifest) as (content, name):
        read = manifests.read(content, queries.remembered(authority))
        content.seek(0)
        kept = storage.keep(content)
    stream.seek(0)
    imported = EvidenceImport(
        authority=authority,
        file_name=PurePosixPath(file_name).name,
        file_sha256=storage.keep(stream).sha256,
        manifest_name=name,
        manifest_sha256=kept.sha256,
        brought_by=by,
        brought_at=at,
        sheet_name=read.sheet.name,
        headings_row=read.headings.row,
        headings=list(read.headings.names),
        columns=dict(read.columns),
    )
    db.session.add(imported)
    db.session.flush()
    return imported


def choose_columns(imported: EvidenceImport, *, chosen: Mapping[str, int]) -> None:
    """Say which column holds what, by place from 0, and have every file looked through."""
    _require_step(imported, Step.COLUMNS, Step.TO_DECIDE, Step.FAILED)
    require_columns(chosen, imported.headings)
    imported.columns, imported.looked = dict(chosen), None
    imported.files_done = imported.files_in_all = 0
    imported.job = None
    db.session.flush()
    imported.job = jobs.enqueue(LOOK_THROUGH, {"import": str(imported.id)}, authority_id=imported.authority_id)
    db.session.flush()


def require_columns(chosen: Mapping[str, int], headings: list[str]) -> None:
    """Raises Refused where a column is chosen twice, or none for what every row must say."""
    lines.require_once(chosen, headings)
    if missing := lines.missing(chosen, WANTED):
        raise Refused(f"Choose the column for {missing}.")


def confirm(imported: EvidenceImport, *, digest: str) -> None:
    """Have everything brought in that was shown; ``digest`` names what the person saw."""
    _require_step(imported, Step.TO_DECIDE, Step.FAILED)
    if imported.looked is None:
        raise Refused("Choose the columns first, so that every row can be looked through.")
    looked = LookedThrough.from_kept(imported.looked)
    if looked.digest != digest:
        raise Conflict("The files were looked through again after you opened this page. Look at what is there now.")
    require_all(looked)
    if not looked.taken:
        raise Refused("No row would add anything, so there is nothing to bring in.")
    imported.files_done = 0
    imported.job = jobs.enqueue(CARRY_OUT, {"import": str(imported.id)}, authority_id=imported.authority_id)
    db.session.flush()


def give_up(imported: EvidenceImport, *, at: datetime) -> None:
    """Bring nothing in, and let the zip go."""
    _require_step(imported, Step.COLUMNS, Step.TO_DECIDE, Step.FAILED)
    imported.given_up_at = at
    _let_go(imported)


def require_all(looked: LookedThrough) -> None:
    """Raises Refused while a row is refused: all rows come in, or none."""
    if looked.refused:
        rows = "1 row is" if looked.refused == 1 else f"{looked.refused} rows are"
        raise Refused(
            f"{rows} refused, so nothing was brought in. Put right what is refused and bring the file in again."
        )


def look_through(imported: EvidenceImport, source: Source, *, on: date) -> LookedThrough:
    """Check every file and row, and change nothing but how far this has come."""
    batch = _batch(imported, source, on)
    gone = _gone_through(imported, source, batch, keep=seen)
    looked = batch.look(gone)
    imported.looked = looked.as_kept()
    db.session.flush()
    return looked


def carry_out(imported: EvidenceImport, source: Source, *, on: date, at: datetime) -> LookedThrough:
    """Store every file, then add every row in one transaction. Raises Refused when it is not what was shown any more.

    Until the commit there is nothing but stored files; done again after a stop, it stores the same ones.
    """
    authority_id, shown = imported.authority_id, LookedThrough.from_kept(imported.looked or {})

    def keep(stream: BinaryIO, name: str) -> KeptFile:
        return files.keep(stream, name, authority_id=authority_id)

    batch = _batch(imported, source, on)
    gone = _gone_through(imported, source, batch, keep=keep)
    found = batch.carry_out(gone)
    require_all(found)
    if found != shown:
        raise Refused("The evidence here has changed since this was looked through. Look through the files again.")
    imported.carried_out_at, imported.taken = at, found.taken
    _let_go(imported)
    history.record(imported.authority, f"{found.taken} pieces of evidence brought in from {imported.file_name}")
    return found


def _batch(imported: EvidenceImport, source: Source, on: date) -> Batch:
    sheet = read_manifest(imported)
    inside = imported.manifest_name if imported.manifest_name in source.names else ""
    return Batch(
        authority=imported.authority,
        lines=manifests.said(sheet, imported.columns, below=imported.headings_row),
        names=Names(source.names, inside),
        by=imported.brought_by,
        on=on,
    )


def read_manifest(imported: EvidenceImport) -> Sheet:
    """The sheet that was chosen when it was brought in."""
    if imported.manifest_sha256 is None:
        raise Refused(f"{imported.file_name} is kept no longer. Bring it in again.")
    with storage.on_disk(imported.manifest_sha256) as path, path.open("rb") as stream:
        return manifests.named(stream, imported.sheet_name)


def _gone_through(imported: EvidenceImport, source: Source, batch: Batch, *, keep: Keep) -> Gone:
    imported.files_in_all, imported.files_done = len(batch.wanted), 0
    db.session.flush()
    return go_through(source, batch.wanted, keep=keep, progress=_noting(imported.id))


def _noting(import_id: UUID) -> Progress:
    """Writes down how far it is after each file, and holds no lock while the next is read."""

    def note(count: int) -> None:
        done = update(EvidenceImport).where(EvidenceImport.id == import_id).values(files_done=count)
        db.session.execute(done, execution_options={"synchronize_session": False})
        jobs.let_others_write()

    jobs.let_others_write()
    return note


@contextmanager
def _manifest(source: Source, *, beside: tuple[BinaryIO, str] | None) -> Iterator[tuple[BinaryIO, str]]:
    """The manifest with its name: the one that was sent beside the zip, else the one in it."""
    if beside is not None:
        yield beside
        return
    name = rules.manifest_among(source.names)
    if name is None:
        raise Refused(
            "There is no manifest.xlsx or manifest.csv in the zip. Put one in, or choose it beside the zip. "
            "The template has every column."
        )
    with source.open(name) as content:
        yield content, name


def _let_go(imported: EvidenceImport) -> None:
    imported.file_sha256 = imported.manifest_sha256 = None
    db.session.flush()


def _require_step(imported: EvidenceImport, *steps: Step) -> None:
    if imported.step not in steps:
        raise Refused(f"{imported.file_name}: {imported.step.value.lower()}. Look at its page again.")
