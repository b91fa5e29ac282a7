"""Who works here: adding, changing, inviting and seeing people off, with nothing left lying."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests import given, given_actions, given_evidence
from tests.conftest import signed_in
from tests.queries_counted import at_most
from tracker.people import commands as people
from tracker.people import invitations
from tracker.people.models import Authority, Membership, Person
from tracker.people.passwords import commands as passwords
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused
from tracker.staff import commands, held, queries
from tracker.staff.commands import What

PASSWORD = "copper kettle lantern"  # of people whom a test makes

STAYS = {
    "action.delivered_by_id", "action.signed_off_by_id", "action_update.by_id", "annex_a_result.brought_by_id",
    "appraisal.by_id",
    "audit.moderation_asked_by_id", "audit_export.made_by_id", "audit_return.brought_by_id",
    "audit_sample.drawn_by_id", "audit_tool_version.published_by_id", "child_data_warning.added_by_id",
    "child_data_warning.decided_by_id", "disposal_list.approved_by_id", "disposal_list.drawn_up_by_id",
    "disposal_list.sent_by_id", "echo.decided_by_id", "evidence_bundle.asked_by_id", "evidence_file.added_by_id",
    "evidence_import.brought_by_id", "evidence_kept_for.confirmed_by_id", "fieldwork.started_by_id",
    "fieldwork_comment.by_id", "fieldwork_document.ready_by_id", "fieldwork_note.by_id", "fieldwork_told.person_id",
    "figure_sheet.brought_by_id",
    "handed_file.chosen_by_id", "handed_file.looked_by_id", "handing.handed_by_id",
    "improvement_item.closed_by_id", "inspectors_room.closed_by_id", "inspectors_room.opened_by_id",
    "let_in.let_in_by_id", "invitation.made_by_id", "legal_hold.held_by_id", "legal_hold.lifted_by_id",
    "mapping.decided_by_id", "mark_answer.by_id", "measure_change.made_by_id", "measure_target.set_by_id",
    "pack.asked_by_id", "pack_set.asked_by_id", "past_audit_sheet.brought_by_id", "past_audit_sheet.taken_out_by_id",
    "plan_export.made_by_id", "plan_sheet.brought_by_id", "remark.by_id", "remark.settled_by_id",
    "review.read_for_id", "safety_escalation.answered_by_id", "self_evaluation.reviewed_by_id",
    "self_evaluation.signed_by_id", "snapshot.taken_by_id", "statement.saved_by_id", "statement_wording.agreed_by_id",
    "statement_wording.by_id", "statutory_duty.recorded_by_id",
}  # fmt: skip
"""Columns that say who did something: history, which keeps the name of somebody who has left."""
ENDS = {
    "calendar_address.person_id", "membership.person_id", "writing_turn.person_id", "invitation.membership_id",
    "reminder.person_id", "reminder_choice.person_id", "reminder_letter.person_id", "saved_view.owner_id",
    "person_session.person_id", "one_time_link.person_id", "code_key.person_id", "recovery_code.person_id",
    "provider_account.person_id", "sign_in_attempt.person_id", "let_in.person_id",
    "passkey.person_id",
}  # fmt: skip
"""Columns of what is hers alone: it ends with her, or opens to nobody else."""


def membership_of(person: Person) -> Membership:
    """In Brent, wherever else she works: the database has no order of its own."""
    return next(one for one in person.memberships if one.authority.slug == "brent")


@pytest.fixture
def director_herself(brent: Authority) -> Person:
    return given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR)


@pytest.mark.any_database
def test_every_column_that_names_somebody_is_handed_over_ends_or_is_history(app: Flask) -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in {"person", "membership"}
    }
    handed_over = {kind.name for kind in held.ALL}

    assert named - handed_over - STAYS - ENDS == set()
    assert (handed_over | STAYS | ENDS) - named == set()
    assert handed_over & STAYS == handed_over & ENDS == STAYS & ENDS == set()


def test_what_somebody_has_goes_to_another_and_her_name_stays_in_the_history(
    brent: Authority, director_herself: Person
) -> None:
    leaver = given.a_person(name="Tom Ferris", authority=brent)
    heir = given.a_person(name="Ruth Anyanwu", authority=brent)
    item = given.an_item(authority=brent, owner=leaver)
    action = given.an_action(item=item, lead=leaver)
    piece = given_evidence.evidence(owner=leaver)

    done = see_off(leaver, to=heir, by=director_herself)

    assert (action.lead, item.owner, piece.owner) == (heir, heir, heir)
    assert set(done.taken) >= {"1 action led", "1 improvement item owned", "1 piece of evidence"}
    assert done.left == []
    assert "Tom Ferris to Ruth Anyanwu" in history.of(action, limit=1)[0].why
    assert not leaver.active
    assert held.of(brent, leaver) == []


def test_what_nobody_may_take_is_said_and_keeps_her_name(brent: Authority, director_herself: Person) -> None:
    leaver = given.a_person(authority=brent)
    item = given.an_item(authority=brent, owner=leaver)
    heir = given.a_person(authority=brent, role=Role.ACTION_LEAD)

    done = see_off(leaver, to=heir, by=director_herself)

    assert done.left == ["1 improvement item owned"]
    assert item.owner == leaver


def test_nobody_with_work_leaves_without_an_heir(brent: Authority, director_herself: Person) -> None:
    leaver = given.a_person(authority=brent)
    given.an_item(authority=brent, owner=leaver)

    with pytest.raises(Refused, match="Choose who takes it over"):
        see_off(leaver, to=None, by=director_herself)


def test_who_leaves_one_authority_stays_in_another(app: Flask, brent: Authority, director_herself: Person) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    both = given.a_person(authority=brent, role=Role.QA_OFFICER)
    people.give_role(both, authority=barnet, role=Role.HEAD_OF_SERVICE)
    client = signed_in(app, both)
    assert "Change authority" in client.get("/brent/").text

    see_off(both, to=None, by=director_herself)

    assert both.active
    assert client.get("/brent/").status_code == 404
    assert client.get("/barnet/").status_code == 200
    assert "Change authority" not in client.get("/barnet/").text


def test_the_last_director_neither_leaves_nor_becomes_something_else(brent: Authority) -> None:
    last, other = (given.a_person(authority=brent, role=role) for role in (Role.DIRECTOR, Role.DIRECTOR))
    see_off(other, to=None, by=last)
    administrator = given.a_person(authority=brent, role=Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed, match="yourself"):
        see_off(last, to=None, by=last)
    with pytest.raises(NotAllowed, match="Only a director"):
        commands.change(membership_of(last), what=What(Role.AUDITOR), by=administrator, on=clock.today())


def test_nobody_raises_herself_or_makes_a_director_without_being_one(brent: Authority) -> None:
    administrator = given.a_person(authority=brent, role=Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed, match="yourself"):
        commands.change(membership_of(administrator), what=What(Role.QA_OFFICER), by=administrator, on=clock.today())
    with pytest.raises(NotAllowed, match="Only a director"):
        add(brent, by=administrator, role=Role.DIRECTOR)


def test_a_partner_lead_needs_an_organisation_and_an_inspector_a_last_day(
    brent: Authority, director_herself: Person
) -> None:
    with pytest.raises(Refused, match="Choose the organisation"):
        add(brent, by=director_herself, role=Role.PARTNER_LEAD)
    with pytest.raises(Refused, match="last day"):
        add(brent, by=director_herself, role=Role.INSPECTOR)


def test_who_is_added_without_mail_has_a_link_to_pass_on_shown_once(
    app: Flask, director: FlaskClient, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"name": "Ada Obi", "email": "ada@example.org", "role": "auditor"}
    assert "Next you are shown, once, a link" in director.get("/brent/people/new").text

    page = director.post("/brent/people/new", data=asked)

    assert page.status_code == 200
    assert "Ada Obi is added." in page.text
    token = page.text.split("/invitations/")[1].split("<")[0]
    assert app.test_client().get(f"/invitations/{token}").status_code == 200
    assert token not in director.get("/brent/people").text
    (added,) = (
        one.membership
        for one in queries.everybody(brent, clock.today(), now=clock.now())
        if one.membership.person.name == "Ada Obi"
    )
    for _ in range(2):  # the second time there is nothing to take back, and nothing is told
        director.post(f"/brent/people/{added.id}/take-back")
    assert [entry.what for entry in history.of(added)] == [
        "no longer let in by the link", "given a link to choose a password", "added",
    ]  # fmt: skip

    known = given.a_person(authority=given.an_authority(slug="barnet", name="Barnet"), password="copper kettle lantern")
    elsewhere = director.post("/brent/people/new", data={"name": "Kay", "email": known.email, "role": "auditor"})
    assert elsewhere.status_code == 302
    monkeypatch.setitem(app.config, "LOCAL_SIGN_IN", False)
    by_provider = director.post("/brent/people/new", data={**asked, "email": "bo@example.org"}, follow_redirects=True)
    assert "/invitations/" not in by_provider.text
    assert "Make a link to choose a password" not in by_provider.text


def test_people_are_narrowed_only_to_places_where_somebody_is(director: FlaskClient, brent: Authority) -> None:
    given_actions.a_partner(name="Fire service", authority=brent)
    lead = given.a_person(authority=brent, role=Role.PARTNER_LEAD)
    partner = membership_of(lead).partner
    assert partner is not None

    page = director.get("/brent/people").text

    assert "Fire service" not in page
    assert f"{partner.name} (1)" in " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_an_invitation_opens_once_and_lets_her_choose_a_password(
    client: FlaskClient, director: FlaskClient, brent: Authority
) -> None:
    director.post("/brent/people/new", data={"name": "Ada Obi", "email": "ada@example.org", "role": "auditor"})
    added = next(
        one
        for one in (each.membership for each in queries.everybody(brent, clock.today(), now=clock.now()))
        if one.person.name == "Ada Obi"
    )
    page = director.post(f"/brent/people/{added.id}/invite").text
    token = page.split("/invitations/")[1].split("<")[0]

    assert client.get(f"/invitations/{token}").status_code == 200
    answer = client.post(f"/invitations/{token}", data={"name": "Ada Obi", "password": "three random words"})

    assert answer.location == "/sign-in"
    assert client.get(f"/invitations/{token}").status_code == 404
    assert passwords.is_hers(added.person, "three random words")
    assert token not in director.get(f"/brent/people/{added.id}").text


def test_a_link_that_was_taken_back_or_has_run_out_opens_nothing(brent: Authority, director_herself: Person) -> None:
    membership = membership_of(given.a_person(authority=brent))
    now = clock.now()
    first = commands.invite(membership, by=director_herself, at=now)
    second = commands.invite(membership, by=director_herself, at=now)

    assert invitations.opened(first, at=now) is None
    assert invitations.opened(second, at=now) is not None
    assert invitations.opened(second, at=now + timedelta(days=8)) is None
    assert invitations.opened("never was", at=now) is None


def test_the_page_says_what_would_change_before_it_does(director: FlaskClient, brent: Authority) -> None:
    leaver, heir = given.a_person(name="Tom Ferris", authority=brent), given.a_person(authority=brent)
    item = given.an_item(authority=brent, owner=leaver)
    address = f"/brent/people/{membership_of(leaver).id}/leave"
    said = {"to": str(heir.id), "reason": "New post elsewhere"}

    assert "1 improvement item owned" in director.get(address).text
    assert "Handed over:" in director.post(address, data=said).text
    assert (item.owner, leaver.active) == (leaver, True)
    director.post(address, data=said | {"apply": "yes"})

    assert (item.owner, leaver.active) == (heir, False)


@pytest.mark.any_database
def test_the_list_asks_the_database_as_often_for_many_as_for_few(director: FlaskClient, brent: Authority) -> None:
    for _ in range(20):
        given.a_person(authority=brent, role=Role.PARTNER_LEAD)
    db.session.expire_all()

    with at_most(7):
        director.get("/brent/people")


def test_the_list_is_narrowed_by_state_role_and_place(director: FlaskClient, brent: Authority) -> None:
    police = given_actions.a_partner(authority=brent, name="The police")
    lead = given.a_person(name="Lena Moss", authority=brent, role=Role.PARTNER_LEAD, partner=police, password=PASSWORD)
    invited = given.a_person(name="Ivo Hart", authority=brent, role=Role.AUDITOR)
    given.a_person(name="Nora Pike", authority=brent, role=Role.AUDITOR)
    gone = given.a_person(name="Gus Abel", authority=brent, role=Role.AUDITOR)
    by = given.a_person(authority=brent, role=Role.DIRECTOR)
    commands.invite(membership_of(invited), by=by, at=clock.now())
    see_off(gone, to=None, by=by)

    def listed(query: str) -> set[str]:
        page = director.get(f"/brent/people?{query}").text
        return {name for name in ("Lena Moss", "Ivo Hart", "Nora Pike", "Gus Abel") if f">{name}</a>" in page}

    assert listed("") == {"Lena Moss", "Ivo Hart", "Nora Pike"}
    assert listed("show=active") == {"Lena Moss"}
    assert listed("show=invited") == {"Ivo Hart"}
    assert listed("show=left") == {"Gus Abel"}
    assert listed("role=auditor") == {"Ivo Hart", "Nora Pike"}
    assert listed("role=auditor&show=invited") == {"Ivo Hart"}
    assert listed(f"of={police.id}") == {"Lena Moss"} == {lead.name}
    assert listed("role=nothing&show=nobody&of=nowhere") == {"Lena Moss", "Ivo Hart", "Nora Pike"}


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("", {"role": "auditor"}),
        ("/leave", {"reason": "New post elsewhere", "to": "", "apply": "yes"}),
    ],
)
def test_who_has_not_shown_for_a_while_who_she_is_is_asked_before_roles_change(
    app: Flask,
    director: FlaskClient,
    brent: Authority,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    said: dict[str, str],
) -> None:
    membership = membership_of(given.a_person(authority=brent, role=Role.ACTION_LEAD))
    address = f"/brent/people/{membership.id}"
    monkeypatch.setitem(app.config, "CONFIRMED_FOR", timedelta(0))

    answer = director.post(address + where, data=said)

    assert answer.location.startswith("/account/confirm")
    db.session.expire_all()
    assert (membership.role, membership.last_day) == (Role.ACTION_LEAD, None)
    assert director.get(address).status_code == 200


def test_nobody_is_added_or_made_an_administrator_either(
    app: Flask, director: FlaskClient, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CONFIRMED_FOR", timedelta(0))

    answer = director.post(
        "/brent/people/new", data={"name": "Ada Obi", "email": "ada@example.org", "role": "administrator"}
    )

    assert answer.location.startswith("/account/confirm")
    assert "Ada Obi" not in director.get("/brent/people").text


def test_who_was_not_invited_yet_is_told_from_who_was(director: FlaskClient, brent: Authority) -> None:
    given.a_person(name="Nora Pike", authority=brent, role=Role.AUDITOR)

    assert "Not invited" in director.get("/brent/people?role=auditor").text


def see_off(person: Person, *, to: Person | None, by: Person) -> commands.HandedOver:
    return commands.leave(
        membership_of(person),
        to=membership_of(to) if to else None,
        reason="New post elsewhere",
        by=by,
        on=clock.today(),
        at=clock.now(),
    )


def add(brent: Authority, *, by: Person, role: Role) -> Membership:
    what = What(role)
    return commands.add(brent, email="new@example.org", name="Ada Obi", what=what, by=by, on=clock.today())
