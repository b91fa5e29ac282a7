"""What the day of the call rests on, laid out for real: packs made ahead, and those that an inspection begins with."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pikepdf
import pytest
import time_machine
from flask.testing import FlaskClient

from tests import given, given_actions, given_audits, given_evidence, given_indicators, given_self_evaluation
from tracker.fieldwork import beginning, queries
from tracker.fieldwork.beginning import Call
from tracker.fieldwork.rules import Dates
from tracker.packs.models import Pack
from tracker.packs.ready import jobs as ahead_jobs
from tracker.packs.ready import queries as ready
from tracker.packs.ready.rules import AHEAD
from tracker.packs.rules import OF_THE_WHOLE_AUTHORITY, PACK_NAMES
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import storage

pytestmark = pytest.mark.any_database

NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at_work(brent: Authority) -> Authority:
    """A little of everything that packs tell of."""
    given_self_evaluation.a_statement()
    item = given.an_item(authority=brent)
    given_actions.a_delivered_action(item=item)
    given_audits.a_finding(given_audits.an_audit(moderated=given_audits.GOOD))
    given_evidence.evidence(authority=brent)
    given_indicators.a_measure()
    return brent


def opened(pack: Pack) -> int:
    """How many pages its file has, which is a tagged PDF."""
    assert pack.file_sha256 is not None
    with pikepdf.open(io.BytesIO(b"".join(storage.pieces(pack.file_sha256)))) as document:
        assert document.Root.MarkInfo.Marked
        return len(document.pages)


def test_the_six_packs_made_ahead_are_laid_out_and_come_as_one_zip(at_work: Authority, director: FlaskClient) -> None:
    ahead_jobs.run({})

    ahead = ready.ahead(at_work)
    assert ahead is not None
    assert ahead.offered is not None
    assert [pack.kind for pack in ahead.offered.packs] == list(AHEAD)
    assert ahead.offered.left_out == []
    assert [opened(pack) for pack in ahead.offered.packs] == [pack.pages for pack in ahead.offered.packs]
    content = director.post(f"/brent/packs/everything/{ahead.offered.id}/download").data
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        assert sum(name.endswith(".pdf") for name in packed.namelist()) == len(AHEAD)


def test_an_inspection_begins_with_every_pack_laid_out_and_says_which_could_not_be(
    at_work: Authority, director: FlaskClient
) -> None:
    dates = Dates(
        called_at=NOW, remote_from=date(2026, 11, 16), first_day=date(2026, 11, 23), last_day=date(2026, 11, 27)
    )
    call = Call(activity="short", dates=dates, lead_inspector="", rehearsal=False)
    dana = given.a_person(name="Dana Whitfield", authority=at_work, role=Role.DIRECTOR)

    fieldwork = beginning.begin(at_work, call, by=dana, now=NOW)

    (made,) = queries.pack_sets(fieldwork)
    left_out = {one["name"] for one in made.left_out}
    assert left_out == {"Written statement of action", "Board report", "Exceptions since the last board"}
    kinds = [kind for kind in OF_THE_WHOLE_AUTHORITY if PACK_NAMES[kind] not in left_out]
    assert [pack.kind for pack in made.packs] == kinds
    assert all(opened(pack) == pack.pages for pack in made.packs)
    page = director.get("/brent/fieldwork/1").text
    assert "Everything as at 16 November 2026" in page
    content = director.post(f"/brent/packs/everything/{made.id}/download").data
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert sum(name.endswith(".pdf") for name in packed.namelist()) == len(kinds)
