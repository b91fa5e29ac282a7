"""Every way a warning comes and is decided about. Each command checks, changes and flushes; the edge commits."""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from sqlalchemy import exists, select

from tracker.evidence.guard import files, rules
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence
from tracker.evidence.words.models import FileReading
from tracker.people.models import Person
from tracker.platform import apart, child_data, history, storage
from tracker.platform.child_data import Sign
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.held import Limits

REDACT = "tracker.evidence.redaction.redact:redact"
LIMITS = Limits(cpu=25, wait=25, memory=1536 * 1024 * 1024)
"""Of redacting, for which somebody waits: a request may take 30 seconds. Our choice."""


def warn(reading: FileReading, *, by_id: UUID | None, at: datetime) -> None:
    """Warn about what was found in a file, once for every piece of evidence that has it now.

    What a piece of evidence was warned about in a file that it has no more is no question any longer.
    """
    for evidence in _with_file(reading):
        _let_older_go(evidence, at=at)
        if not _is_warned(evidence, reading.sha256):
            db.session.add_all(_warnings(evidence, reading, by_id=by_id, at=at))
    db.session.flush()


@dataclass(frozen=True)
class Redaction:
    """What is to be taken out of which file: nothing of it is of the database, so none is held while it is done."""

    sha256: str
    file_type: str
    wanted: Sequence[tuple[str, str, str]]
    """Of each warning the sign, the place and the value with all but its beginning hidden."""

    @contextmanager
    def made(self) -> Iterator[BinaryIO]:
        """A copy of the file without it, proven. Raises Refused when it cannot be proven."""
        with storage.on_disk(self.sha256) as path, tempfile.NamedTemporaryFile() as to:
            apart.call(REDACT, str(path), self.file_type, to.name, self.wanted, limits=LIMITS)
            yield cast("BinaryIO", to)


def redaction(
    evidence: Evidence,
    *,
    version: int,
    out: Sequence[ChildDataWarning],
    stay: Sequence[ChildDataWarning],
    because: str,
) -> Redaction | None:
    """What ``decide`` needs made first to take ``out`` out of the file; None where nothing is to be.

    Raises what can be known of ``decide`` before: nobody waits for a copy to hear that a reason is missing.
    """
    _require_decidable(evidence, version, out, stay, because)
    if not out:
        return None
    wanted = [(warning.sign.value, warning.place, warning.hidden) for warning in out]
    return Redaction(evidence.file_sha256 or "", evidence.file_type, wanted)


def decide(
    evidence: Evidence,
    *,
    version: int,
    out: Sequence[ChildDataWarning],
    stay: Sequence[ChildDataWarning],
    because: str,
    redacted: BinaryIO | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Take some of what was found out of the file, and record why the rest may stay.

    ``redacted`` is the file without ``out``. Raises Refused without a reason for the rest.
    """
    _require_decidable(evidence, version, out, stay, because)
    for warning in stay:
        _decide(warning, Decision.KEPT, because=because, by=by, at=at)
    if out:
        if redacted is None:
            raise ValueError("Nothing can be taken out without a redacted file")
        _take_out(evidence, out, redacted, by=by, at=at)
    db.session.flush()


def _require_decidable(
    evidence: Evidence,
    version: int,
    out: Sequence[ChildDataWarning],
    stay: Sequence[ChildDataWarning],
    because: str,
) -> None:
    if evidence.version != version:
        raise Conflict(f"{evidence.reference} was changed by somebody else, or in another window. Look again.")
    if not out and not stay:
        raise Conflict("Somebody else has decided about all of this meanwhile.")
    if stay and not because.strip():
        raise Refused("Say why what is not ticked may stay, or tick it.")
    if stay and (why_not := child_data.why_not(because)):
        raise Refused(why_not)


def _take_out(
    evidence: Evidence, warnings: Sequence[ChildDataWarning], redacted: BinaryIO, *, by: Person, at: datetime
) -> None:
    """Put a redacted copy in the place of the file; nothing is left of the file as it was."""
    before = evidence.file_sha256 or ""
    with history.because("Taken out of the file: what could lead to a child"):
        files.replace(evidence, redacted, by=by)
    for warning in warnings:
        _decide(warning, Decision.TAKEN_OUT, because="", by=by, at=at)
    db.session.flush()
    files.let_go(evidence, before)


def _with_file(reading: FileReading) -> Sequence[Evidence]:
    return db.session.scalars(
        select(Evidence).where(Evidence.authority_id == reading.authority_id, Evidence.file_sha256 == reading.sha256)
    ).all()


def _is_warned(evidence: Evidence, sha256: str) -> bool:
    asked = exists().where(ChildDataWarning.evidence_id == evidence.id, ChildDataWarning.file_sha256 == sha256)
    return bool(db.session.scalar(select(asked)))


def _warnings(evidence: Evidence, reading: FileReading, *, by_id: UUID | None, at: datetime) -> list[ChildDataWarning]:
    kept = _kept_already(evidence)
    read = [(sign, place, hidden) for sign, place, hidden in reading.found]
    found = rules.listed([one for one in read if one not in kept])
    return [
        ChildDataWarning(
            authority_id=evidence.authority_id, evidence=evidence, file_sha256=reading.sha256, position=position,
            sign=Sign(sign), place=place, hidden=hidden, warned_at=at, added_by_id=by_id,
        )
        for position, (sign, place, hidden) in enumerate(found)
    ]  # fmt: skip


def _kept_already(evidence: Evidence) -> Collection[rules.Finding]:
    """What may stay as somebody said of an earlier file: nobody is asked twice."""
    kept = select(ChildDataWarning).where(
        ChildDataWarning.evidence_id == evidence.id, ChildDataWarning.decision == Decision.KEPT
    )
    return {(one.sign.value, one.place, one.hidden) for one in db.session.scalars(kept)}


def _let_older_go(evidence: Evidence, *, at: datetime) -> None:
    """An older version about which nobody decided would stay with what was found in it: it is removed."""
    contents: set[str] = set()
    older = select(ChildDataWarning).where(
        ChildDataWarning.evidence_id == evidence.id,
        ChildDataWarning.file_sha256 != evidence.file_sha256,
        ChildDataWarning.decision.is_(None),
    )
    for warning in db.session.scalars(older).all():
        warning.decision, warning.decided_at = Decision.GONE, at
        contents.add(warning.file_sha256 or "")
    db.session.flush()
    for sha256 in contents:
        files.let_go(evidence, sha256)
        history.record(evidence, "older file removed: something in it could lead to a child")


def _decide(warning: ChildDataWarning, decision: Decision, *, because: str, by: Person, at: datetime) -> None:
    warning.decision, warning.because = decision, because.strip()
    warning.decided_by, warning.decided_at = by, at
