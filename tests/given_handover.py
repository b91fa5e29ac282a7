"""What a test about handing over is given: an hour in November, and documents that are handed over."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests import given_evidence
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking
from tracker.handover import commands
from tracker.handover.models import InspectorRequest
from tracker.people.models import Authority, Person
from tracker.platform import storage
from tracker.platform.db import db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def a_document(authority: Authority, content: bytes, *, sensitive: bool = False) -> Evidence:
    evidence = given_evidence.evidence(authority=authority, kind=Kind.FILE, title="Supervision policy")
    stored = storage.keep(io.BytesIO(content))
    evidence.file_sha256, evidence.file_size, evidence.file_name = stored.sha256, stored.size, "Policy: 2026.pdf"
    evidence.marking = Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL
    db.session.flush()
    return evidence


def given_over(request: InspectorRequest, by: Person, *documents: Evidence, answer: str = "") -> None:
    for one in documents:
        commands.choose(request, reference=one.reference, by=by, at=NOW)
    commands.hand_over(request, version=request.version, answer=answer, to="A. Lead", by=by, at=NOW)
