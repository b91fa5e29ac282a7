"""Inspections while they happen, and requests in them."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import given, given_evidence
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking
from tracker.fieldwork import beginning
from tracker.fieldwork.beginning import Call
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.rules import Dates
from tracker.handover import commands
from tracker.handover.commands import Asked
from tracker.handover.models import InspectorRequest
from tracker.handover.rules import Sort
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import storage
from tracker.platform.db import db

CALLED = datetime(2026, 11, 16, 9, 40, tzinfo=UTC)
"""When an inspection that is stored was called."""
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A moment of its last week."""
NOW = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
"""When one is begun, of these days."""
DATES = Dates(
    called_at=datetime(2026, 9, 7, 8, 40, tzinfo=UTC),
    remote_from=date(2026, 9, 8),
    first_day=date(2026, 9, 14),
    last_day=date(2026, 9, 18),
)


def a_fieldwork(*, authority: Authority | None = None, rehearsal: bool = False) -> Fieldwork:
    """Called on 16 November 2026, on site the week after."""
    authority = authority or given.an_authority()
    return given.stored(
        Fieldwork(
            authority=authority,
            framework_id="ilacs-2026",
            activity="short",
            rehearsal=rehearsal,
            called_at=CALLED,
            lead_inspector="A. Lead",
            remote_from=date(2026, 11, 16),
            first_day=date(2026, 11, 23),
            last_day=date(2026, 11, 27),
            started_by=given.a_person(authority=authority),
        )
    )


def a_request(
    fieldwork: Fieldwork,
    *,
    words: str = "Please send the supervision policy",
    due_at: datetime | None = None,
    owner: Person | None = None,
) -> InspectorRequest:
    asked = Asked(
        sort=Sort.REQUEST, asked_by="A. Lead", asked_at=CALLED, words=words, due_at=due_at, owner=owner
    )  # fmt: skip
    return commands.ask(fieldwork, asked=asked, now=datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.fixture
def at_noon_of_the_week() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def dana(brent: Authority) -> Person:
    return given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR)


def a_call(*, rehearsal: bool = False, with_mail: bool = False) -> Call:
    return Call(
        activity="short",
        dates=DATES,
        lead_inspector="Morwenna Tallis",
        rehearsal=rehearsal,
        with_packs=False,
        with_mail=with_mail,
    )


def begun(by: Person, *, rehearsal: bool = False, with_mail: bool = False) -> Fieldwork:
    authority = given.an_authority()
    return beginning.begin(authority, a_call(rehearsal=rehearsal, with_mail=with_mail), by=by, now=NOW)


def evidence_to_hand_over(authority: Authority, title: str, *, sensitive: bool = False) -> Evidence:
    """Evidence with a file of its own."""
    evidence = given_evidence.evidence(authority=authority, kind=Kind.FILE, title=title)
    stored = storage.keep(io.BytesIO(b"%PDF " + title.encode()))
    evidence.file_sha256, evidence.file_size, evidence.file_name = stored.sha256, stored.size, f"{title}.pdf"
    evidence.marking = Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL
    db.session.flush()
    return evidence
