"""Adding files that are described later: until then they wait, and then each is evidence like any other."""

from datetime import date

from tracker.evidence import commands as evidence
from tracker.evidence.commands import Description, Upload
from tracker.evidence.files import commands as files
from tracker.evidence.files import queries as file_queries
from tracker.evidence.files.commands import KeptFile
from tracker.evidence.files.rules import Scan
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.evidence.several import rules
from tracker.evidence.several.models import UndescribedFile
from tracker.people.models import Authority, Person
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused


def add_file(authority: Authority, *, upload: Upload, by: Person) -> UndescribedFile:
    """Keep a file that ``by`` will describe. Raises Refused as ``files.commands.keep`` does."""
    kept = files.keep(upload.stream, upload.name, authority_id=authority.id)
    added = UndescribedFile(
        authority=authority,
        added_by=by,
        added_at=clock.now(),
        file_sha256=kept.sha256,
        file_name=kept.name,
        file_size=kept.size,
        file_type=kept.media_type,
    )
    db.session.add(added)
    db.session.flush()
    return added


def describe(file: UndescribedFile, *, kind: Kind, says: Description, by: Person, on: date) -> Evidence:
    """Make a piece of evidence of a file. One in which the scanner found something can only be thrown away."""
    if kind not in rules.KINDS:
        raise Refused("Choose what kind of evidence it is from the list.")
    content = file_queries.content(file.file_sha256)
    if content is not None and content.scan is Scan.INFECTED:
        raise Refused(f"{content.why_shut} Throw it away.")
    kept = KeptFile(file.file_sha256, file.file_name, file.file_size, file.file_type)
    added = evidence.add_with_kept_file(file.authority, kind=kind, says=says, kept=kept, by=by, on=on)
    db.session.delete(file)
    db.session.flush()
    return added


def throw_away(file: UndescribedFile) -> None:
    """Forget a file that nobody will describe. Its content goes too once nothing else refers to it."""
    db.session.delete(file)
    db.session.flush()
    files.let_go(file.file_sha256)
