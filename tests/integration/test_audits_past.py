"""Past audits come in from a council's own spreadsheet, all or none, count like others, and are taken out again."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given, given_audits, given_self_evaluation
from tests.conftest import signed_in
from tests.given_past_audits import (
    FILE,
    FIRST,
    HEADINGS,
    SECOND,
    accept,
    apply,
    as_it_stands,
    audits,
    bring_in,
    brought_in,
    outcomes,
    said,
)
from tests.given_past_audits import court as court  # a fixture
from tests.given_sheets import a_csv, a_workbook
from tests.queries_counted import at_most
from tracker.audits import commands as auditing
from tracker.audits.blind.commands import ask_for_moderation
from tracker.audits.blind.rules import Moderation
from tracker.audits.models import Finding
from tracker.audits.past import taking_out
from tracker.audits.past.models import PastSheet
from tracker.audits.rules import AuditState, FindingState
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.summaries import commands as summaries
from tracker.audits.summaries import counting
from tracker.audits.summaries.rules import By, Counted
from tracker.people.models import Authority, Person, Team
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.errors import Refused
from tracker.platform.history import HistoryEntry

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_councils_own_audits_come_in_by_its_own_headings_and_words(
    auditor: FlaskClient, amina: Person, nadia: Person, court: Team, session: Session, kind: str
) -> None:
    rows = [[f"{cell:%d/%m/%Y}" if isinstance(cell, date) and kind == "csv" else cell for cell in row] for row in FILE]
    address = bring_in(auditor, a_workbook(rows) if kind == "xlsx" else a_csv(rows), name=f"Old.{kind}")
    accept(auditor, address)
    seen = outcomes(auditor, address)

    assert seen["4"][0] == "New"
    assert "Moderated grade: Requires improvement" in seen["4"][1]
    assert not audits(session)  # a preview writes nothing
    assert "2 audits brought in, 0 audits changed" in apply(auditor, address)

    first, second = audits(session)
    assert (first.case_reference, first.audited_on, first.team) == ("BR-2001", date(2025, 3, 4), court)
    assert (first.auditor, first.auditor_name) == (nadia, "Nadia Coyle")
    assert (first.state, first.moderation) == (AuditState.DONE, Moderation.NOT_CHOSEN)
    assert (first.grade_code, first.counted_grade) == ("good", "requires_improvement")
    assert {one.domain_code: one.grade_code for one in first.domains} == {"chronology": "good", "plan": "good"}
    assert first.brought_in == f"Old.{kind}, row 4"
    assert [finding.what for finding in first.findings] == ["Plans come late", "No visit to the father"]
    assert (second.auditor, second.auditor_name) == (amina, "Erin Vale")
    assert [one.applies for one in second.domains] == [True, False]


def test_past_audits_count_like_others_and_ask_nothing_of_anybody(
    auditor: FlaskClient, amina: Person, nadia: Person, court: Team, session: Session
) -> None:
    brought_in(auditor, a_workbook(FILE))
    worst = audits(session)[1]

    assert said(session, Counted.AUDIT) == {"Requires improvement": 1, "Inadequate": 1}
    assert said(session, Counted.DOMAIN, By.DOMAIN) == {"Good": 2, "Inadequate": 1}
    assert said(session, Counted.RAISED) == {"Past": 2}
    assert said(session, Counted.PRACTITIONER) == said(session, Counted.TO_AGREE) == said(session, Counted.CLOSED) == {}
    assert not session.scalars(select(SafetyEscalation)).all()
    assert (worst.reaudit_due_on, worst.reaudit, worst.is_flagged) == (None, None, False)
    assert all(finding.agree_by is None for finding in session.scalars(select(Finding)))
    with pytest.raises(Refused, match=r"past audit, brought in from Audits 2025\.xlsx, row 5"):
        ask_for_moderation(worst, version=worst.version, because="To be sure", by=amina)
    with pytest.raises(Refused, match="so it stands as it is"):
        auditing.take_up_again(worst, version=worst.version, by=amina)
    with pytest.raises(Refused, match="past audit"):
        auditing.begin_moderation(worst, version=worst.version, by=nadia)


def test_an_audits_page_and_the_lists_say_where_it_came_from(auditor: FlaskClient, nadia: Person, court: Team) -> None:
    brought_in(auditor, a_workbook(FILE))

    page = auditor.get("/brent/audits/1").text
    assert "Audits 2025.xlsx, row 4" in page
    assert "A past audit is not moderated here" in page
    assert "With the practitioner" not in page
    assert "What you can do now" in page
    assert "Ask for moderation" not in page
    assert "Take it up again" not in auditor.get("/brent/audits/2").text
    assert "Tell the head of service today" not in auditor.get("/brent/audits/2").text
    every = auditor.get("/brent/audits?year=all").text
    assert "Past audit" in every
    assert "Erin Vale" in every
    assert "Erin Vale" not in auditor.get("/brent/audits?year=all&show=mine").text
    assert "Plans come late" in auditor.get("/brent/findings?show=past").text
    assert "Plans come late" not in auditor.get("/brent/findings").text
    for address in (
        "/brent/findings/1",
        "/brent/audits/analysis",
        "/brent/audits/recurring",
        "/brent/audits/moderation",
    ):
        assert auditor.get(address).status_code == 200, address


def test_a_past_finding_can_be_opened_again_to_work_on_it_here(
    auditor: FlaskClient, amina: Person, nadia: Person, court: Team, session: Session
) -> None:
    brought_in(auditor, a_workbook(FILE))
    finding = audits(session)[0].findings[0]
    assert "Open F-1 again" in auditor.get("/brent/findings/1").text

    auditing.reopen_finding(finding, version=finding.version, reason="Still true", by=amina)

    assert (finding.state, finding.agree_by) == (FindingState.OPEN, None)
    assert "Plans come late" in auditor.get("/brent/findings").text


def test_the_same_file_again_changes_nothing_and_a_corrected_one_only_what_it_corrects(
    auditor: FlaskClient, nadia: Person, court: Team, session: Session
) -> None:
    brought_in(auditor, a_workbook(FILE))
    versions = [audit.version for audit in audits(session)]

    again = bring_in(auditor, a_workbook(FILE), name="Other name.xlsx")
    assert {row: told[0] for row, told in outcomes(auditor, again).items()} == {"4": "Same", "5": "Same"}
    assert "Nothing to bring in" in auditor.get(again).text
    digest = {"digest": "anything"}
    assert "nothing to bring in" in auditor.post(again, data=digest).text.lower()

    corrected = ("BR-2001", date(2025, 3, 4), "", "", "Outstanding", "", "", "4", "", "A third thing")
    address = bring_in(auditor, a_workbook((*FILE[:3], corrected, SECOND)))
    assert outcomes(auditor, address)["4"] == [
        "Changed",
        "Overall grade: Good → OutstandingPlan: Good → InadequateFindings: A third thing",
    ]
    apply(auditor, address)

    first, second = audits(session)
    assert (first.grade_code, first.moderated_grade_code, first.team) == ("outstanding", "requires_improvement", court)
    assert [one.grade_code for one in first.domains] == ["good", "inadequate"]
    assert (first.auditor, first.strengths, len(first.findings)) == (nadia, "Visits were frequent", 3)
    assert second.version == versions[1]
    assert said(session, Counted.DOMAIN, By.DOMAIN) == {"Good": 1, "Inadequate": 2}


def test_what_moved_since_the_preview_is_looked_at_again(
    auditor: FlaskClient, moderator: FlaskClient, nadia: Person, court: Team, session: Session
) -> None:
    address = bring_in(auditor, a_workbook(FILE))
    accept(auditor, address)
    seen = BeautifulSoup(auditor.get(address).text, "html.parser").select_one("input[name=digest]")
    assert seen is not None
    brought_in(moderator, a_workbook(FILE))

    answer = auditor.post(address, data={"digest": seen["value"]})

    assert "Something has changed since you looked" in answer.text
    assert len(audits(session)) == 2


def test_a_file_that_was_applied_says_so_and_cannot_be_applied_or_changed_again(
    auditor: FlaskClient, nadia: Person, court: Team
) -> None:
    address = bring_in(auditor, a_workbook(FILE))
    accept(auditor, address)
    apply(auditor, address)

    assert "2 audits brought in" in auditor.get(address).text
    for step in ("", "/choices", "/sheet"):
        auditor.post(f"{address}{step}", data={"name": "Audits"})
    assert "was applied on" in auditor.post(f"{address}/columns", data=as_it_stands(auditor, f"{address}/columns")).text
    assert "Audits 2025.xlsx" in auditor.get("/brent/audits/past").text


def test_only_who_logs_audits_reaches_it_and_each_authority_its_own(
    auditor: FlaskClient, director: FlaskClient, nadia: Person, court: Team, app: Flask
) -> None:
    address = bring_in(auditor, a_workbook(FILE))
    elsewhere = given.an_authority(slug="ealing", name="Ealing")
    other = signed_in(app, given.a_person(name="Bo Lind", authority=elsewhere, role=Role.QA_OFFICER))

    assert director.get("/brent/audits/past").status_code == 403
    assert director.get(address).status_code == 403
    assert other.get(address.replace("/brent/", f"/{elsewhere.slug}/")).status_code == 404
    assert "Bring in past audits" in auditor.get("/brent/audits").text
    assert "Bring in past audits" in auditor.get("/brent/audits/workbooks").text


def many(rows: int) -> bytes:
    return a_workbook((HEADINGS, *((f"BR-{1000 + place}", *FIRST[1:]) for place in range(rows))))


def test_pages_ask_as_little_for_many_rows_as_for_few(auditor: FlaskClient, nadia: Person, court: Team) -> None:
    address = bring_in(auditor, many(150))
    accept(auditor, address)

    for step in ("", "/columns", "/words"):
        with at_most(14):
            auditor.get(f"{address}{step}")
    apply(auditor, address)
    again = bring_in(auditor, many(150))
    with at_most(14):
        assert "Nothing to bring in" in auditor.get(again).text


# Taken out again ----------------------------------------------------------------------------------------------------


def found(client: FlaskClient, words: str) -> bool:
    return "/brent/audits/" in client.get(f"/brent/search/?q={words}").text.partition("<main")[2]


def test_a_file_is_taken_out_with_all_it_brought_in_and_its_history_stays(
    auditor: FlaskClient, amina: Person, court: Team, brent: Authority, session: Session
) -> None:
    here = given_audits.an_audit(given_audits.WEAK)
    brought_in(auditor, a_workbook(FILE))
    (sheet,) = session.scalars(select(PastSheet)).all()
    past = [audit for audit in audits(session) if audit.is_past]
    finding, last = past[0].findings[0].id, max(audit.number for audit in past)
    address = f"/brent/audits/past/{sheet.id}"
    assert found(auditor, "frequent")
    assert "Take this file out" in auditor.get(address).text
    assert "Say why it is taken out" in auditor.post(f"{address}/out", data={"because": " "}).text
    assert "2 audits" in auditor.get(f"{address}/out").text

    page = auditor.post(f"{address}/out", data={"because": "The wrong year"}, follow_redirects=True).text

    assert "Taken out on 20 November 2026 by Amina" in page
    assert "Audits 2025.xlsx taken out, 2 audits." in page
    assert audits(session) == [here]
    assert not session.scalars(select(Finding)).all()
    assert summaries.kept(brent) == counting.counts(session.connection(), brent.id)
    assert not found(auditor, "frequent")
    told = session.scalars(select(HistoryEntry).where(HistoryEntry.thing_id == finding)).all()
    assert sorted(entry.what for entry in told) == ["added", "removed"]
    assert {entry.why for entry in told if entry.what == "removed"} == {
        "Audits 2025.xlsx was taken out: The wrong year"
    }
    assert history.faults(brent.id) == []
    with pytest.raises(Refused, match="no audits here"):
        taking_out.take_out(sheet, because="Twice", by=amina)

    brought_in(auditor, a_workbook(FILE))
    assert min(audit.number for audit in audits(session) if audit.is_past) > last


def test_a_file_of_which_something_is_used_stays_and_says_what(
    auditor: FlaskClient, amina: Person, court: Team, brent: Authority, session: Session
) -> None:
    other = given_audits.an_audit(given_audits.WEAK)
    brought_in(auditor, a_workbook(FILE))
    (sheet,) = session.scalars(select(PastSheet)).all()
    first, second = (audit for audit in audits(session) if audit.is_past)
    opened, tied = first.findings
    auditing.reopen_finding(opened, version=opened.version, reason="Still true", by=amina)
    tied.item = given.an_item()
    given_audits.a_reaudit(second, given_audits.GOOD)
    statement = given_self_evaluation.a_statement(f"We audit more [{first.reference}].")
    session.commit()

    page = auditor.get(f"/brent/audits/past/{sheet.id}/out").text
    answer = auditor.post(f"/brent/audits/past/{sheet.id}/out", data={"because": "The wrong year"})

    for use in (
        f"{opened.reference}</a> is open",
        f"{tied.reference}</a> is for {tied.item.reference}",
        f"{second.reference}</a> was audited again",
        f"{first.reference}</a> is named in {statement.reference}",
    ):
        assert use in page
    assert answer.status_code == 422
    assert f"{opened.reference} is open; {tied.reference} is for {tied.item.reference}" in answer.text
    assert "and 1 more" in answer.text
    assert {first, second, other} < set(audits(session))
