"""The demonstration holds what it promises, and nothing that the product would refuse."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given
from tests.clients import CheckingClient
from tests.conftest import a_database, signed_in
from tests.demonstration import application_in, copied
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Status
from tracker.application import create_app
from tracker.audits.authoring.models import AuthorityTool, ToolVersion
from tracker.audits.models import Audit, Finding
from tracker.audits.panel.models import PanelSeat
from tracker.audits.programme import queries as programmes
from tracker.audits.rules import AuditState, FindingState
from tracker.demonstration import commands, neighbour, schema
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.importing.rules import LookedThrough, Step
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Freshness, Kind, Strength, VoiceOf
from tracker.improvements import queries as improvements
from tracker.indicators.models import Measure
from tracker.inspections.models import Inspection
from tracker.overview import facts
from tracker.people import queries as people_queries
from tracker.people.models import Authority, Person
from tracker.people.passwords import commands as passwords
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.child_data import Sign
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.history import HistoryEntry
from tracker.self_evaluation import citing
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.models import Citation, SelfEvaluation
from tracker.self_evaluation.rules import Mark, Marked, VersionState
from tracker.settings import Settings

pytestmark = pytest.mark.timeout(600)
"""Seconds: the first who asks for the demonstration waits until it is loaded."""

PAGES = (
    "", "readiness", "inspections", "plan", "evidence", "audits", "measures", "self-evaluation", "packs/", "items/9",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with the demonstration in a database of its own: loaded once, and only read."""
    place = tmp_path_factory.mktemp("demonstration")
    with a_database("demonstration") as url:
        if url.startswith("sqlite"):
            app = application_in(copied(request.getfixturevalue("demonstration"), place))
        else:
            app = _loaded_on(url, place)
        app.testing = True
        app.test_client_class = CheckingClient
        yield app
        with app.app_context():
            db.engine.dispose()


def _loaded_on(url: str, place: Path) -> Flask:
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=url,
            storage_url=f"file://{place}",
            jobs="inline",
            demonstration=True,
        )
    )
    with app.app_context():
        db.create_all()
        commands.load()
        db.session.commit()
    return app


@pytest.fixture
def council(loaded: Flask) -> Iterator[Authority]:
    with loaded.app_context():
        authority = people_queries.authority("brent")
        assert authority is not None
        yield authority
        db.session.rollback()


def how_many(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_holds_as_much_as_it_promises(council: Authority) -> None:
    first, last = db.session.execute(select(func.min(Audit.audited_on), func.max(Audit.audited_on))).one()

    assert how_many(Inspection) == 4
    assert how_many(Action) >= 20
    assert how_many(Evidence) >= 60
    assert how_many(Audit) >= 80
    assert how_many(Finding) >= 20
    assert how_many(Measure) >= 20
    assert (last - first).days > 500


def test_items_have_the_numbers_that_the_reports_give_them_in_turn(council: Authority) -> None:
    years = {
        item.number: item.inspection.fieldwork_from.year
        for item in improvements.items(council)
        if item.inspection is not None
    }

    assert [years[number] for number in range(1, 24)] == [2018] * 4 + [2023] * 4 + [2026] * 4 + [2015] * 11


def test_actions_stand_in_every_state(council: Authority) -> None:
    states = Counter(db.session.scalars(select(Action.status)))

    assert set(states) == set(Status)
    assert how_many(ActionUpdate) > 2 * how_many(Action)


def test_evidence_is_of_every_kind_voice_and_strength_fresh_and_stale(council: Authority) -> None:
    evidence = db.session.scalars(select(Evidence)).all()

    assert {one.kind for one in evidence} == set(Kind)
    assert {one.voice_of for one in evidence} - {None} == set(VoiceOf)
    assert {one.strength for one in evidence} == set(Strength)
    assert {one.freshness(clock.today()) for one in evidence} >= {Freshness.FRESH, Freshness.STALE}


def test_audits_are_moderated_repeated_and_some_not_finished(council: Authority) -> None:
    audits = db.session.scalars(select(Audit)).all()
    states = Counter(audit.state for audit in audits)

    assert states[AuditState.MODERATED] > 0.8 * len(audits)
    assert states[AuditState.DRAFT]
    assert states[AuditState.DONE]
    assert any(audit.grade_code != audit.moderated_grade_code for audit in audits if audit.moderated_grade_code)
    assert any(audit.reaudit_of for audit in audits)
    assert all(audit.safety_action for audit in audits if audit.is_flagged)


def test_audits_wait_on_the_desk_of_the_officer_who_is_shown_and_some_of_the_programme_are_done(
    council: Authority,
) -> None:
    [programme] = programmes.programmes(council)
    amina = people_queries.person_by_email("amina.yusuf@example.org")
    assert amina is not None

    done = sum((each.done for each in programmes.progress(programme).values()), 0)
    waiting = programmes.waiting_for(council, until=programme.ends, auditor_id=amina.id)

    assert done >= 2
    assert waiting


def test_a_panel_has_seats_of_which_the_leader_has_not_given_her_grades(council: Authority) -> None:
    seats = db.session.scalars(select(PanelSeat)).all()

    assert len({seat.audit_id for seat in seats}) == 1
    assert {(seat.person.name, seat.given_on is not None) for seat in seats} == {
        ("Amina Yusuf", False),
        ("Ines Barros", True),
    }


def test_a_tool_of_the_councils_own_is_published_and_has_a_draft(council: Authority) -> None:
    [own] = db.session.scalars(select(AuthorityTool)).all()

    assert own.draft is not None
    assert how_many(ToolVersion) == 2


def test_a_file_is_held_back_until_somebody_decides_about_an_invented_number_and_address(council: Authority) -> None:
    warnings = db.session.scalars(select(ChildDataWarning)).all()

    assert {warning.sign for warning in warnings} == {Sign.EMAIL, Sign.PHONE}
    assert {warning.decision for warning in warnings} == {None}


def test_the_director_has_a_bundle_of_evidence_that_is_made(council: Authority) -> None:
    [bundle] = db.session.scalars(select(EvidenceBundle)).all()

    assert bundle.asked_by.name == "Dana Whitfield"
    assert bundle.file_sha256 is not None
    assert bundle.pieces == len(bundle.held.taken) > 1
    assert bundle.held.files
    assert bundle.held.demonstration


def test_a_zip_of_evidence_waits_to_be_decided_about_and_nothing_in_it_is_refused(council: Authority) -> None:
    [imported] = db.session.scalars(select(EvidenceImport)).all()
    looked = LookedThrough.from_kept(imported.looked or {})

    assert imported.step is Step.TO_DECIDE
    assert (looked.taken, looked.refused, len(looked.without_row)) == (3, 0, 0)


def test_findings_are_open_without_an_action_joined_to_one_and_closed_both_ways(council: Authority) -> None:
    findings = db.session.scalars(select(Finding)).all()
    closed = [finding for finding in findings if finding.state is FindingState.CLOSED]
    still_open = [finding for finding in findings if finding.state is FindingState.OPEN]

    assert {bool(finding.action) for finding in still_open} == {True, False}
    assert {bool(finding.closed_by_reaudit) for finding in closed} == {True, False}


def test_no_sentence_of_an_auditor_is_repeated_everywhere(council: Authority) -> None:
    seen = Counter(
        domain.seen for audit in db.session.scalars(select(Audit)) for domain in audit.domains if domain.seen
    )

    assert max(seen.values()) <= 15
    assert len(seen) > 400


def test_the_first_version_is_signed_off_and_the_second_is_a_draft(council: Authority) -> None:
    first, second = db.session.scalars(select(SelfEvaluation).order_by(SelfEvaluation.edition)).all()

    assert (first.state, first.signed_by and first.signed_by.name) == (VersionState.SIGNED_OFF, "Dana Whitfield")
    assert (second.state, len(second.statements)) == (VersionState.DRAFT, 29)


def test_every_citation_leads_to_something(council: Authority) -> None:
    cited = set(db.session.scalars(select(Citation.reference)))

    assert cited - set(citing.things(council, cited, clock.today())) == set()
    assert {reference[0] for reference in cited} >= {"E", "Q", "M", "R", "F", "A"}


def test_the_statement_on_pre_proceedings_shows_every_mark_but_two_and_contradicts_audits(council: Authority) -> None:
    item = improvements.item(council, 9)
    assert item is not None

    known = facts.facts_of(council, [item], clock.today())[item.id]
    marks = {marked.mark for marked in _marks_of(council, known.contradicted[0])}

    assert marks == set(Mark) - {Mark.WITHDRAWN, Mark.NOT_FOUND}
    assert known.voices == 0


def _marks_of(council: Authority, reference: str) -> list[Marked]:
    newest = self_evaluations.newest(council)
    assert newest is not None
    return list(self_evaluations.readings(council, newest.statements, clock.today())[reference].marks)


def test_the_history_holds_and_tells_of_the_days_on_which_things_were_done(council: Authority) -> None:
    entries = db.session.scalars(select(HistoryEntry).where(HistoryEntry.chain == council.id)).all()
    days = [entry.at for entry in sorted(entries, key=lambda entry: entry.sequence)]

    assert [fault for chain in history.chains() for fault in history.faults(chain)] == []
    assert days == sorted(days)
    assert days[-1] <= clock.now()
    assert {"Samira Okafor", "Amina Yusuf", "Dana Whitfield"} <= {entry.actor_name for entry in entries}


def test_loading_again_changes_nothing(council: Authority) -> None:
    before = how_many(HistoryEntry)

    commands.load()
    db.session.flush()

    assert how_many(HistoryEntry) == before


def test_somebody_works_in_a_second_authority_whose_name_says_that_it_is_invented(council: Authority) -> None:
    before = [item.number for item in improvements.items(council)]

    neighbour.load()
    neighbour.load()

    helen = people_queries.person_by_email("helen.marsh@example.org")
    assert helen is not None
    places = [one.authority for one in people_queries.memberships_of(helen)]
    assert sorted(place.name for place in places) == ["Brent", "Demonstration Borough (invented)"]
    (other,) = (place for place in places if place != council)
    assert [item.owner for item in improvements.items(other)] == [helen]
    assert [item.number for item in improvements.items(council)] == before


def test_an_authority_of_that_name_with_data_of_its_own_is_left_alone(session: Session) -> None:
    given.an_authority(slug="brent")

    commands.load()
    neighbour.load()

    assert [one.slug for one in people_queries.authorities()] == ["brent"]
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_it_is_never_mixed_with_another_authoritys_data(session: Session) -> None:
    given.an_authority(slug="barnet", name="Barnet")

    with pytest.raises(Refused, match="This database holds Barnet"):
        commands.load()

    assert people_queries.authority("brent") is None


def test_everybody_signs_in_with_the_password_that_is_printed(council: Authority) -> None:
    told = schema.people()

    known = {
        one.name: passwords.is_hers(people_queries.person_by_email(one.email), told.password)
        for one in told.people
        if one.key in told.shown_first
    }

    assert [name for name, signs_in in known.items() if signs_in] == ["Dana Whitfield", "Samira Okafor", "Amina Yusuf"]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.HEAD_OF_SERVICE, Role.QA_OFFICER])
def test_every_first_page_has_something_to_show(loaded: Flask, council: Authority, role: Role) -> None:
    person = next(people_queries.person_by_email(one.email) for one in schema.people().people if one.role is role)
    assert person is not None
    client = signed_in(loaded, person)

    for page in PAGES:
        response = client.get(f"/brent/{page}")
        assert response.status_code == 200, page
        assert "There is nothing" not in response.text, page


def test_what_next_says_where_the_pack_and_the_site_are_and_who_can_sign_in() -> None:
    said = commands.what_next(Path("/somewhere/brent-self-evaluation.pdf"), "http://localhost:8123")

    assert "/somewhere/brent-self-evaluation.pdf" in said
    assert "http://localhost:8123/" in said
    assert schema.people().password in said
    assert "helen.marsh@example.org          Helen Marsh, who works in two authorities" in said
    assert ["dana.whitfield@" in said, "samira.okafor@" in said, "amina.yusuf@" in said] == [True] * 3
