"""How long evidence is kept, what is held, and how a list of what is due is looked through, approved and logged."""

import io
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tracker.evidence import commands as evidence_commands
from tracker.evidence.bundles import commands as bundles
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.models import Evidence
from tracker.evidence.retention import commands, queries
from tracker.evidence.retention.models import Disposal, DisposalList
from tracker.evidence.retention.rules import PROPOSED_YEARS, ListState
from tracker.evidence.rules import Kind
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock, history, storage, storage_check
from tracker.platform.errors import NotAllowed, Refused

TODAY = date(2033, 3, 1)
OLD = date(2026, 3, 4)


@pytest.fixture
def officer(brent: Authority) -> Person:
    return given.a_person(name="Ivy Small", email="ivy@brent.example.org", authority=brent, role=Role.QA_OFFICER)


@pytest.fixture
def approver(brent: Authority) -> Person:
    return given.a_person(name="Dan Reed", email="dan@brent.example.org", authority=brent, role=Role.DIRECTOR)


def confirmed(brent: Authority, by: Person) -> None:
    commands.decide_years(brent, version=0, years=PROPOSED_YEARS, because="Schedule of 2026", by=by, on=TODAY)


def approved(listed: DisposalList, officer: Person, approver: Person) -> tuple[int, int]:
    commands.send(listed, version=listed.version, by=officer, on=TODAY)
    return commands.approve(listed, version=listed.version, cited_in={"E-1": "S-4, P-2"}, by=approver, on=TODAY)


def test_nothing_is_due_before_somebody_has_confirmed_for_how_long_evidence_is_kept(
    brent: Authority, officer: Person
) -> None:
    given_evidence.evidence(authority=brent, dated=OLD)

    with pytest.raises(Refused, match="Until then nothing is due"):
        commands.draw_up(brent, by=officer, on=TODAY)


@pytest.mark.parametrize(
    ("later", "due"), [({}, True), ({"looked_again_on": date(2029, 1, 1)}, False), ({"period_to": OLD}, True)]
)
def test_years_count_from_the_last_day_that_somebody_relied_on_it(
    brent: Authority, officer: Person, later: dict[str, date], due: bool
) -> None:
    evidence = given_evidence.evidence(authority=brent, dated=OLD)
    evidence.looked_again_because = "Read again"
    for name, day in later.items():
        setattr(evidence, name, day)
    confirmed(brent, officer)
    kept = queries.kept_for(brent)

    assert kept is not None
    assert queries.count_due(brent, kept, TODAY) == int(due)


def test_what_was_withdrawn_is_kept_from_the_day_it_was_withdrawn(brent: Authority, officer: Person) -> None:
    given_evidence.evidence(authority=brent, dated=OLD, withdrawn_on=date(2028, 1, 1))
    confirmed(brent, officer)
    kept = queries.kept_for(brent)

    assert kept is not None
    assert queries.count_due(brent, kept, TODAY) == 0
    assert queries.count_due(brent, kept, date(2034, 1, 1)) == 1


def test_a_hold_on_one_piece_or_on_everything_keeps_it_off_the_list(brent: Authority, officer: Person) -> None:
    first = given_evidence.evidence(authority=brent, dated=OLD)
    given_evidence.evidence(authority=brent, dated=OLD)
    confirmed(brent, officer)
    kept = queries.kept_for(brent)
    assert kept is not None

    commands.hold(brent, evidence=first, reason="A claim", by=officer, on=TODAY)
    assert queries.count_due(brent, kept, TODAY) == 1
    everything = commands.hold(brent, evidence=None, reason="An inquiry", by=officer, on=TODAY)
    assert queries.count_due(brent, kept, TODAY) == 0

    commands.lift(everything, because="The inquiry has ended", by=officer, on=TODAY)
    assert queries.count_due(brent, kept, TODAY) == 1
    with pytest.raises(Refused, match="was lifted"):
        commands.lift(everything, because="Again", by=officer, on=TODAY)


def test_whoever_looked_a_list_through_cannot_approve_it(brent: Authority, officer: Person, approver: Person) -> None:
    given_evidence.evidence(authority=brent, dated=OLD)
    confirmed(brent, officer)
    listed = commands.draw_up(brent, by=officer, on=TODAY)
    commands.send(listed, version=listed.version, by=approver, on=TODAY)

    with pytest.raises(NotAllowed, match="A colleague has to approve it"):
        commands.approve(listed, version=listed.version, cited_in={}, by=approver, on=TODAY)


def test_a_row_taken_off_is_kept_until_its_day_and_not_listed_before(
    brent: Authority, officer: Person, approver: Person
) -> None:
    keeps = given_evidence.evidence(authority=brent, dated=OLD)
    given_evidence.evidence(authority=brent, dated=OLD)
    confirmed(brent, officer)
    listed = commands.draw_up(brent, by=officer, on=TODAY)
    line = next(line for line in queries.lines(listed) if line.evidence is keeps)
    commands.keep(line, until=date(2034, 1, 1), because="The court may ask", on=TODAY)

    assert approved(listed, officer, approver) == (1, 0)
    assert keeps.disposed_on is None
    kept = queries.kept_for(brent)
    assert kept is not None
    assert queries.count_due(brent, kept, TODAY) == 0
    assert queries.count_due(brent, kept, date(2034, 1, 1)) == 1


def test_what_is_held_after_the_list_was_sent_stays(brent: Authority, officer: Person, approver: Person) -> None:
    evidence = given_evidence.evidence(authority=brent, dated=OLD)
    confirmed(brent, officer)
    listed = commands.draw_up(brent, by=officer, on=TODAY)
    commands.send(listed, version=listed.version, by=officer, on=TODAY)
    commands.hold(brent, evidence=evidence, reason="A claim", by=officer, on=TODAY)

    assert commands.approve(listed, version=listed.version, cited_in={}, by=approver, on=TODAY) == (0, 1)
    assert evidence.disposed_on is None


@pytest.mark.parametrize("kind", Kind)
def test_disposal_leaves_a_stub_with_number_kind_and_days_and_nothing_that_was_said(
    session: Session, brent: Authority, officer: Person, approver: Person, kind: Kind
) -> None:
    item = given.an_item(authority=brent)
    evidence = given_evidence.evidence(item=item, kind=kind, dated=OLD, shows="Delay fell", shows_there="Dates")
    confirmed(brent, officer)

    assert approved(commands.draw_up(brent, by=officer, on=TODAY), officer, approver) == (1, 0)

    session.refresh(evidence)
    assert (evidence.number, evidence.kind, evidence.dated, evidence.disposed_on) == (1, kind, OLD, TODAY)
    assert (evidence.title, evidence.shows, evidence.words, evidence.url) == ("Disposed of", "", "", "")
    assert (evidence.file_sha256, evidence.practice, evidence.links[0].shows_there) == (None, None, "")
    assert session.query(Disposal).one().cited_in == "S-4, P-2"
    with pytest.raises(Refused, match="It cannot come back"):
        evidence_commands.reinstate(evidence, version=evidence.version)


def test_the_trail_forgets_what_was_said_and_is_still_whole(
    session: Session, brent: Authority, officer: Person, approver: Person
) -> None:
    evidence = given_evidence.evidence(authority=brent, dated=OLD, shows="Delay fell in Kilburn")
    confirmed(brent, officer)
    approved(commands.draw_up(brent, by=officer, on=TODAY), officer, approver)

    assert "Kilburn" not in str([entry.changes for entry in history.of(evidence)])
    assert history.faults(brent.id) == []

    session.execute(text("UPDATE history_entry SET changes = '{}', why = '' WHERE thing_kind = 'evidence_kept_for'"))
    session.expire_all()
    assert len(history.faults(brent.id)) == 1


def test_a_file_leaves_the_store_unless_something_else_refers_to_it_or_it_is_young(
    brent: Authority, officer: Person, approver: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = given_evidence.evidence(authority=brent, kind=Kind.FILE, dated=OLD)
    kept = storage.keep(io.BytesIO(given_evidence.PDF + b"\n"))
    other = given_evidence.evidence(authority=brent, kind=Kind.FILE, dated=TODAY - timedelta(days=1))
    shared = other.file_sha256
    evidence.file_sha256 = kept.sha256
    also = given_evidence.evidence(authority=brent, kind=Kind.FILE, dated=OLD)
    assert also.file_sha256 == shared
    confirmed(brent, officer)
    monkeypatch.setattr(storage_check, "YOUNG", timedelta(0))

    approved(commands.draw_up(brent, by=officer, on=TODAY), officer, approver)

    assert not storage.exists(kept.sha256)
    assert shared is not None
    assert storage.exists(shared)


def test_a_bundle_goes_with_what_is_in_it_and_another_stays(
    session: Session, brent: Authority, officer: Person, approver: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = (given_evidence.evidence(authority=brent, kind=Kind.FILE, dated=day) for day in (OLD, TODAY))
    with_both, with_new = (a_bundle(brent, pieces, by=officer) for pieces in ([old, new], [new]))
    keys = [bundle.file_sha256 or "" for bundle in (with_both, with_new)]
    confirmed(brent, officer)
    monkeypatch.setattr(storage_check, "YOUNG", timedelta(0))

    approved(commands.draw_up(brent, by=officer, on=TODAY), officer, approver)

    assert session.query(EvidenceBundle).all() == [with_new]
    assert [storage.exists(key) for key in keys] == [False, True]


def a_bundle(authority: Authority, pieces: list[Evidence], *, by: Person) -> EvidenceBundle:
    about = f"{len(pieces)} pieces"
    contents = bundles.gathered(authority, pieces, about=about, at=clock.now(), demonstration=False)
    return bundles.ask(authority, contents, sensitive_agreed=False, by=by, at=clock.now())


def test_the_log_cannot_be_rewritten_by_anybody(
    session: Session, brent: Authority, officer: Person, approver: Person
) -> None:
    given_evidence.evidence(authority=brent, dated=OLD)
    confirmed(brent, officer)
    approved(commands.draw_up(brent, by=officer, on=TODAY), officer, approver)

    with pytest.raises(DatabaseError, match="only ever added"), session.begin_nested():
        session.execute(text("UPDATE disposal SET approved_by = 'Somebody else'"))


def test_the_way_of_a_list_through_its_pages(
    session: Session, brent: Authority, qa_officer: FlaskClient, director: FlaskClient
) -> None:
    given_evidence.evidence(authority=brent, dated=date(2019, 3, 4), title="Tracker of 2019")
    given_evidence.evidence(authority=brent, dated=date(2019, 3, 5), title="Tracker of the next day")
    at = "/brent/evidence/retention"
    assert "Nobody has said yet" in qa_officer.get(at).text
    years = {kind.name.lower(): "6" for kind in Kind} | {"version": "0", "because": "Our schedule of 2026"}
    assert qa_officer.post(f"{at}/years", data=years).status_code == 302
    assert "2 pieces" in qa_officer.get(at).text
    qa_officer.post(f"{at}/lists")
    listed = session.query(DisposalList).one()
    line = queries.lines(listed)[1]
    keep = {"until": "1 January 2040", "because": "Asked for"}
    assert qa_officer.post(f"{at}/lists/1/rows/{line.id}/keep", data=keep).status_code == 302
    qa_officer.post(f"{at}/lists/1/send", data={"version": listed.version})
    assert director.post(f"{at}/lists/1/send-back", data={"version": listed.version}).status_code == 422
    assert director.post(f"{at}/lists/1/approve", data={"version": listed.version}).status_code == 302

    session.expire_all()
    assert session.query(DisposalList).one().state is ListState.APPROVED
    assert "E-1 was disposed of on" in qa_officer.get("/brent/evidence/1").text
    assert "Tracker of 2019" not in qa_officer.get("/brent/evidence/1").text
    assert "Tracker of the next day" in qa_officer.get("/brent/evidence/2").text
    assert "/brent/evidence/1" in qa_officer.get("/brent/search/?q=E-1").headers["Location"]
    assert "E-1" in qa_officer.get(f"{at}/log").text
    book = load_workbook(io.BytesIO(qa_officer.get(f"{at}/log.xlsx").data))
    assert book.active is not None
    assert book.active["A2"].value == "E-1"
