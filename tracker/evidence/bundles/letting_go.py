"""A bundle is a copy: when something in it may be kept no longer, the bundle goes too. It can be asked for anew."""

from collections.abc import Callable, Collection
from uuid import UUID

from sqlalchemy import select

from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.bundles.rules import Entry
from tracker.platform import history
from tracker.platform.db import db


def with_pieces(authority_id: UUID, numbers: Collection[int], *, because: str) -> set[str]:
    """Let every bundle go that holds one of these pieces; the files that are to leave the store."""
    references = {f"E-{number}" for number in numbers}
    return _let_go(authority_id, lambda entry: entry.reference in references, because)


def with_file(authority_id: UUID, sha256: str, *, because: str) -> set[str]:
    """As ``with_pieces``, of bundles that hold one file."""
    return _let_go(authority_id, lambda entry: entry.sha256 == sha256, because)


def _let_go(authority_id: UUID, concerned: Callable[[Entry], bool], because: str) -> set[str]:
    every = select(EvidenceBundle).where(EvidenceBundle.authority_id == authority_id)
    going = [bundle for bundle in db.session.scalars(every) if any(concerned(entry) for entry in bundle.held.taken)]
    with history.because(because):
        for bundle in going:
            db.session.delete(bundle)
        db.session.flush()
    return {bundle.file_sha256 for bundle in going if bundle.file_sha256}
