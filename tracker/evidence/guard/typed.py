"""What somebody typed and kept for a reason is written down among the warnings: on flush, so that nobody forgets."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, event, insert, select
from sqlalchemy.orm import Session

from tracker.evidence.commands import LABELS
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence, EvidenceLink, PracticeExample
from tracker.platform import child_data, clock, history
from tracker.platform.child_data import Found
from tracker.platform.db import db


@event.listens_for(db.session, "after_flush")
def write_down(session: Session, context: object) -> None:
    """Add a warning, decided already, for everything that was found and kept in this flush."""
    for thing in (*session.new, *session.dirty):
        evidence, texts = _typed(thing)
        if evidence is not None and evidence.not_child_data_because:
            _add(session.connection(), evidence, child_data.found_in(texts))


def _typed(thing: object) -> tuple[Evidence | None, Mapping[str, str]]:
    """The piece of evidence that a row is about, and its free text by the name that the form gives it."""
    if isinstance(thing, Evidence):
        return thing, _labelled(thing)
    if isinstance(thing, PracticeExample):
        return thing.evidence, _labelled(thing)
    if isinstance(thing, EvidenceLink):
        return thing.evidence, {"What it shows there": thing.shows_there}
    return None, {}


def _labelled(thing: object) -> Mapping[str, str]:
    return {label: getattr(thing, name) or "" for name, label in LABELS.items() if hasattr(thing, name)}


def _add(connection: Connection, evidence: Evidence, found: tuple[Found, ...]) -> None:
    known = _known(connection, evidence) if found else frozenset()
    new = dict.fromkeys((one.sign, one.place, one.hidden) for one in found)
    rows = [_row(evidence, position, *one) for position, one in enumerate(new) if one not in known]
    if rows:
        connection.execute(insert(ChildDataWarning), rows)


def _known(connection: Connection, evidence: Evidence) -> frozenset[Any]:
    asked = select(ChildDataWarning.sign, ChildDataWarning.place, ChildDataWarning.hidden).where(
        ChildDataWarning.evidence_id == evidence.id, ChildDataWarning.file_sha256.is_(None)
    )
    return frozenset(tuple(row) for row in connection.execute(asked))


def _row(evidence: Evidence, position: int, sign: child_data.Sign, place: str, hidden: str) -> dict[str, Any]:
    now, by = clock.now(), history.actor().id
    return {
        "authority_id": evidence.authority_id, "evidence_id": evidence.id, "position": position, "sign": sign,
        "place": place, "hidden": hidden, "warned_at": now, "added_by_id": by, "decision": Decision.KEPT,
        "because": evidence.not_child_data_because, "decided_by_id": by, "decided_at": now,
    }  # fmt: skip
