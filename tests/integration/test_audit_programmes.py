"""A year of audits: planned, drawn, given out, begun, handed back, reminded of, and how far it has come."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests import given, given_audits
from tracker.audits.authoring import commands as authoring
from tracker.audits.programme import commands, queries
from tracker.audits.programme.commands import Draw
from tracker.audits.programme.models import Allocation, Programme, Sample
from tracker.audits.programme.rules import CaseState
from tracker.audits.sampling.lists import read_pasted
from tracker.audits.sampling.rules import Method
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused
from tracker.reminders import owed
from tracker.reminders.rules import Thing

pytestmark = pytest.mark.usefixtures("session", "on_the_twentieth_of_november")

TODAY = date(2026, 11, 20)
NOVEMBER = date(2026, 11, 1)
HERE = "/brent/audit-programmes"
ROWS = [f"BR-{number},{'East' if number % 2 else 'West'}," for number in range(100, 130)]
LIST = "\n".join(["Case,Team,Worker", *ROWS])


@pytest.fixture
def programme(brent: Authority, amina: Person) -> Programme:
    """The year, with a team, an auditor and three audits planned in November."""
    team = given.a_team(name="East", authority=brent)
    made = commands.begin(
        brent, name="The year", begins=date(2026, 4, 1), ends=date(2027, 3, 31), exclude_months=6, by=amina
    )
    commands.plan(made, team=team, tool_id="supervision", months=[NOVEMBER], number=3, by=amina)
    commands.staff(made, person=amina, per_month=4, team=None, by=amina)
    return made


def a_draw(programme: Programme, by: Person, *, size: int = 4, cases: str = LIST) -> Sample:
    asked = Draw("supervision", NOVEMBER, size, "autumn", Method.RANDOM)
    return commands.draw(programme, cases=read_pasted(cases), asked=asked, by=by, on=TODAY)


def an_allocated_case(programme: Programme, by: Person) -> Allocation:
    sample = a_draw(programme, by)
    assert commands.allocate(sample, by=by) == []
    return sample.cases[0]


def test_of_the_list_only_the_drawn_cases_are_kept(programme: Programme, amina: Person) -> None:
    sample = a_draw(programme, amina)

    kept = " ".join(str(value) for row in db.session.execute(text("SELECT * FROM audit_sample")) for value in row)
    drawn = {one.case_reference for one in sample.cases}
    assert len(drawn) == 4
    assert sample.listed == 30
    assert "BR-1" not in kept


def test_a_draw_is_proved_by_the_same_list_and_by_no_other(programme: Programme, amina: Person) -> None:
    sample = a_draw(programme, amina)
    same = read_pasted("Team,Case\n" + "\n".join(f"{'East' if n % 2 else 'West'},br-{n}" for n in range(129, 99, -1)))

    assert commands.draw_again(sample, same) == ""
    assert "its fingerprint differs" in commands.draw_again(sample, same[1:])


def test_a_draw_that_somebody_altered_is_not_proved(programme: Programme, amina: Person) -> None:
    sample = a_draw(programme, amina)
    sample.cases[0].case_reference = "BR-999"

    assert "give other cases" in commands.draw_again(sample, read_pasted(LIST))


def test_a_case_audited_lately_is_left_out_and_the_draw_can_still_be_proved(
    brent: Authority, programme: Programme, amina: Person
) -> None:
    given_audits.an_audit(auditor=amina, authority=brent, case_reference="BR-101", on=date(2026, 9, 1))
    given_audits.an_audit(auditor=amina, authority=brent, case_reference="BR-103", on=date(2026, 1, 5))

    sample = a_draw(programme, amina, size=30)
    given_audits.an_audit(auditor=amina, authority=brent, case_reference="BR-105", on=date(2026, 11, 12))

    assert sample.left_out == "BR-101"
    assert "BR-103" in {one.case_reference for one in sample.cases}
    assert commands.draw_again(sample, read_pasted(LIST)) == ""


def test_a_case_is_kept_from_the_worker_that_the_list_names(programme: Programme, amina: Person) -> None:
    sample = a_draw(programme, amina, size=1, cases="Case,Manager\nBR-7,Amina Yusuf\n")

    left = commands.allocate(sample, by=amina)

    assert left == ["BR-7: Amina Yusuf works on BR-7 or manages its worker."]
    with pytest.raises(Refused, match="manages its worker"):
        commands.give(sample.cases[0], version=sample.cases[0].version, auditor_id=amina.id, by=amina)


def test_an_allocated_audit_is_begun_from_my_work_with_everything_filled_in(
    programme: Programme, amina: Person, auditor: FlaskClient
) -> None:
    case = an_allocated_case(programme, amina)
    db.session.commit()
    start = f"{HERE}/cases/{case.id}/start"
    assert start in auditor.get("/brent/").text
    assert f'value="{case.case_reference}"' in auditor.get(start).text

    facts = {
        "version": str(case.version), "case_reference": case.case_reference, "age_band": "5 to 9",
        "area": "leadership", "period_from": "20 May 2026", "period_to": "12 November 2026",
        "with_practitioner": "yes", "family_feedback": "Not yet", "programme": "The year",
        "lenses": ["equity-lens"],
    }  # fmt: skip
    response = auditor.post(start, data=facts)

    assert response.location == "/brent/audits/1"
    assert case.state is CaseState.BEGUN
    assert case.audit is not None
    assert [lens.id for lens in case.audit.carried] == ["equity-lens"]
    assert start not in auditor.get("/brent/").text


def test_a_case_that_is_handed_back_waits_with_the_reason(
    programme: Programme, amina: Person, auditor: FlaskClient
) -> None:
    case = an_allocated_case(programme, amina)
    back = {"version": str(case.version), "because": "I knew the family"}

    auditor.post(f"{HERE}/cases/{case.id}/hand-back", data=back)

    assert (case.state, case.auditor_id) == (CaseState.TO_ALLOCATE, None)
    assert "I knew the family" in auditor.get(f"{HERE}/draws/{case.sample_id}").text


def test_nobody_begins_or_hands_back_another_auditors_case(programme: Programme, amina: Person, nadia: Person) -> None:
    case = an_allocated_case(programme, amina)

    with pytest.raises(NotAllowed, match="is not allocated to you"):
        commands.hand_back(case, version=case.version, because="No", by=nadia)


def test_what_is_allocated_joins_the_reminders_and_names_no_case(
    brent: Authority, programme: Programme, amina: Person
) -> None:
    an_allocated_case(programme, amina)

    found = owed.of_everybody(brent, people.colleagues(brent), TODAY, date(2026, 11, 30))

    cases = [one for one in found if one.thing is Thing.CASE]
    assert len(cases) == 4
    assert {one.asks for one in cases} == {"Audit a case of The year"}
    assert not any("BR-" in f"{one.reference}{one.title}" for one in cases)


def test_a_re_audit_that_nobody_began_joins_the_reminders(brent: Authority, amina: Person) -> None:
    first = given_audits.an_audit("inadequate", auditor=amina, authority=brent, on=date(2026, 10, 12))

    def asked() -> list[str]:
        found = owed.of_everybody(brent, people.colleagues(brent), TODAY, date(2026, 11, 30))
        return [one.asks for one in found if one.thing is Thing.REAUDIT]

    assert asked() == [f"Audit the case of {first.reference} again"]
    given_audits.a_reaudit(first, auditor=amina)
    assert asked() == []


def test_progress_counts_what_is_planned_allocated_done_and_moderated(
    brent: Authority, programme: Programme, amina: Person
) -> None:
    an_allocated_case(programme, amina)
    east = next(team for team in people.teams(brent) if team.name == "East")
    given_audits.an_audit(auditor=amina, authority=brent, team=east, programme="The year", moderated="good")
    given_audits.an_audit(auditor=amina, authority=brent, team=east, programme="The year", case_reference="BR-2")
    given_audits.an_audit(auditor=amina, authority=brent, team=east, programme="Another round")

    found = queries.progress(programme)[east.id, NOVEMBER]

    assert (found.planned, found.done, found.moderated) == (3, 2, 1)
    assert found.allocated == sum(one.team_id == east.id for one in programme.samples[0].cases)


def test_the_programme_is_made_in_the_browser(brent: Authority, auditor: FlaskClient, amina: Person) -> None:
    team = given.a_team(name="East", authority=brent)
    here = auditor.post(
        f"{HERE}/begin",
        data={"name": "Autumn", "begins": "1 September 2026", "ends": "30 November 2026", "exclude_months": "3"},
    ).location.removesuffix("/plan")
    plan = {"team": str(team.id), "tool": "supervision", "months": ["2026-10-01", "2026-11-01"], "number": "2"}
    auditor.post(f"{here}/plan", data=plan)
    auditor.post(f"{here}/auditors", data={"person": str(amina.id), "per_month": "9"})
    draw = {
        "pasted": LIST, "tool": "supervision", "month": "2026-11-01", "size": "4",
        "method": "In proportion to each group", "strata": "team", "seed": "s",
    }  # fmt: skip
    drawn = auditor.post(f"{here}/draw", data=draw).location
    auditor.post(f"{drawn}/allocate")

    shown = auditor.get(here).text
    assert "2 not done" in shown
    assert "East: 2 of 15" in auditor.get(drawn).text
    proved = auditor.post(f"{drawn}/again", data={"pasted": LIST}).text
    assert "The same list and seed give the same 4 cases" in proved


@pytest.mark.usefixtures("on_the_twentieth_of_november")
def test_cases_are_drawn_for_this_month_unless_another_is_chosen(programme: Programme, auditor: FlaskClient) -> None:
    page = BeautifulSoup(auditor.get(f"{HERE}/{programme.id}/draw").text, "html.parser")

    chosen = page.select_one("select[name=month] option[selected]")

    assert chosen is not None
    assert chosen["value"] == "2026-11-01"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pasted": ""}, "Choose a file with the list of cases, or paste it"),
        ({"pasted": "Case\nJade Smith"}, "A2: This looks like a name"),
        ({"size": "0"}, "Draw at least one case"),
        ({"month": "2030-01-01"}, "choose from the list"),
        ({"method": "The same from each group"}, "Choose the columns that make the groups"),
        ({"method": "The same from each group", "strata": "age"}, "no column headed Age"),
    ],
)
def test_a_draw_that_cannot_be_is_refused_on_the_page(
    programme: Programme, auditor: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    draw = {"pasted": LIST, "tool": "supervision", "month": "2026-11-01", "size": "4", "method": "Random", "seed": "s"}

    response = auditor.post(f"{HERE}/{programme.id}/draw", data=draw | changes)

    assert response.status_code == 422
    assert sentence in response.text


def test_a_programme_shows_every_team_month_by_month_and_what_is_looked_at(
    brent: Authority, programme: Programme, amina: Person, auditor: FlaskClient
) -> None:
    (east,) = people.teams(brent)
    january = date(2027, 1, 1)
    commands.plan(programme, team=east, tool_id="supervision", months=[january], number=2, theme_code="HP11", by=amina)
    given_audits.an_audit(auditor=amina, authority=brent, team=east, programme="The year", on=NOVEMBER)

    page = auditor.get(f"{HERE}/{programme.id}")

    months = row(page, "East")
    assert (months["October 2026"], months["November 2026"], months["January 2027"], months["All"]) == (
        "– None planned", "1 of 3 2 not allocated", "2 planned", "1 of 5",
    )  # fmt: skip
    assert row(page, "Pre-proceedings and the Public Law Outline") == {
        "Tool": "Supervision", "Planned": "2", "Months": "January 2027", "Teams": "East",
    }  # fmt: skip


def row(page: TestResponse, head: str) -> dict[str, str]:
    """The cells of the row that begins so, by what names them on a phone."""
    rows = BeautifulSoup(page.text, "html.parser").select("tbody tr")
    (found,) = [one for one in rows if one.th and one.th.get_text(" ", strip=True).startswith(head)]
    return {str(cell["data-label"]): " ".join(cell.get_text(" ").split()) for cell in found.select("td")}


def test_a_head_of_service_reads_the_plan_and_changes_nothing(
    programme: Programme, head_of_service: FlaskClient
) -> None:
    page = head_of_service.get(f"{HERE}/{programme.id}")
    assert row(page, "East")["November 2026"] == "0 of 3 3 not allocated"
    assert head_of_service.get(f"{HERE}/{programme.id}/plan").status_code == 403


def test_a_retired_tool_is_planned_and_drawn_no_more_but_can_be_taken_out_and_its_cases_are_still_audited(
    programme: Programme, auditor: FlaskClient, amina: Person
) -> None:
    case = an_allocated_case(programme, amina)
    authoring.retire_shipped(programme.authority, "supervision", by=amina, on=TODAY)
    team = programme.planned[0].team
    db.session.commit()

    with pytest.raises(Refused, match="Supervision audit is offered no more"):
        commands.plan(programme, team=team, tool_id="supervision", months=[NOVEMBER], number=2, by=amina)
    with pytest.raises(Refused, match="Supervision audit is offered no more"):
        a_draw(programme, amina)
    form = auditor.get(f"{HERE}/{programme.id}/plan").text
    assert "Supervision audit (offered no more)" in form
    assert "Supervision audit" not in auditor.get(f"{HERE}/{programme.id}/draw").text
    assert "Supervision" in auditor.get(f"{HERE}/{programme.id}").text
    assert auditor.get(f"{HERE}/cases/{case.id}/start").status_code == 200

    commands.plan(programme, team=team, tool_id="supervision", months=[NOVEMBER], number=0, by=amina)

    db.session.expire(programme, ["planned"])
    assert programme.planned == []
