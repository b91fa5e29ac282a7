"""Draws of a programme: no case is given out twice, teams that are not known are said, months are enough to begin."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given, given_audits
from tracker.audits.programme import commands, queries
from tracker.audits.programme.commands import Draw
from tracker.audits.programme.models import Programme, Sample
from tracker.audits.sampling.lists import read_pasted
from tracker.audits.sampling.rules import Method
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.platform.errors import Refused

pytestmark = pytest.mark.usefixtures("session", "on_the_twentieth_of_november")

TODAY = date(2026, 11, 20)
NOVEMBER = date(2026, 11, 1)
HERE = "/brent/audit-programmes"
LIST = "\n".join(["Case,Team", *(f"BR-{number},{'East' if number % 2 else 'Wset'}" for number in range(100, 112))])


def a_programme(brent: Authority, by: Person, name: str = "The year", ends: date = date(2027, 3, 31)) -> Programme:
    return commands.begin(brent, name=name, begins=date(2026, 4, 1), ends=ends, exclude_months=6, by=by)


@pytest.fixture
def programme(brent: Authority, amina: Person) -> Programme:
    given.a_team(name="East", authority=brent)
    return a_programme(brent, amina)


def a_draw(programme: Programme, by: Person, *, size: int = 4, on: date = TODAY) -> Sample:
    asked = Draw("supervision", NOVEMBER, size, "autumn", Method.RANDOM)
    return commands.draw(programme, cases=read_pasted(LIST), asked=asked, by=by, on=on)


def references(sample: Sample) -> set[str]:
    return {one.case_reference for one in sample.cases}


def test_the_same_list_and_seed_draw_no_case_a_second_time_and_both_draws_are_proved(
    brent: Authority, programme: Programme, amina: Person
) -> None:
    given_audits.an_audit(auditor=amina, authority=brent, case_reference="BR-111", on=date(2026, 9, 1))
    given_audits.a_draft(auditor=amina, authority=brent, case_reference="BR-110", on=date(2026, 1, 5))
    first = a_draw(programme, amina)
    second = a_draw(a_programme(brent, amina, "Another"), amina)

    assert references(first) & references(second) == set()
    assert (second.audited_lately, set(second.drawn_already)) == (["BR-111"], references(first) | {"BR-110"})
    assert commands.draw_again(first, read_pasted(LIST)) == commands.draw_again(second, read_pasted(LIST)) == ""


def test_where_every_case_is_drawn_already_that_is_said(programme: Programme, amina: Person) -> None:
    a_draw(programme, amina, size=12)

    with pytest.raises(Refused, match="Every case of the list is drawn or begun already"):
        a_draw(programme, amina)


def test_what_nobody_was_given_of_a_programme_that_is_over_can_be_drawn_again(brent: Authority, amina: Person) -> None:
    given.a_team(name="East", authority=brent)
    over = a_programme(brent, amina, "Last year", ends=date(2026, 11, 30))
    left = a_draw(over, amina, size=2)
    later = a_draw(a_programme(brent, amina), amina, size=12, on=date(2026, 12, 1))

    assert references(left) <= references(later)


def test_a_case_that_somebody_has_from_another_draw_is_given_to_nobody_else(
    brent: Authority, amina: Person, nadia: Person
) -> None:
    """As draws made before cases were left out of the next one."""
    over, year = a_programme(brent, amina, "Last year", ends=date(2026, 11, 30)), a_programme(brent, amina)
    first = a_draw(over, amina, size=1)
    second = a_draw(year, amina, size=12, on=date(2026, 12, 1))
    for one in (over, year):
        commands.staff(one, person=amina, per_month=30, team=None, by=amina)
        db.session.expire(one, ["auditors"])
    commands.allocate(first, by=amina)

    (twice,) = [one for one in second.cases if one.case_reference in references(first)]
    told = f"{twice.case_reference}: Amina Yusuf has it from Last year, draw 1."
    assert commands.allocate(second, by=amina) == [told]
    assert twice.auditor_id is None
    with pytest.raises(Refused, match="Amina Yusuf has it from Last year, draw 1"):
        commands.give(twice, version=twice.version, auditor_id=amina.id, by=amina)


def test_the_page_of_a_draw_says_how_many_were_drawn_already_and_which_teams_are_not_known(
    programme: Programme, amina: Person, auditor: FlaskClient
) -> None:
    a_draw(programme, amina)
    db.session.commit()
    draw = {"pasted": LIST, "tool": "supervision", "month": "2026-11-01", "size": "4", "method": "Random", "seed": "s"}

    page = auditor.post(f"{HERE}/{programme.id}/draw", data=draw, follow_redirects=True)

    said = " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ").split())
    assert "The list names a team that is not known here: Wset." in said
    assert "Drawn or begun already 4" in said
    assert "The programme has no auditors yet. Say who audits" in said


def test_allocating_without_auditors_is_refused_once(programme: Programme, amina: Person) -> None:
    with pytest.raises(Refused, match=r"^The programme has no auditors yet\. Say who audits"):
        commands.allocate(a_draw(programme, amina), by=amina)


def test_cases_of_a_team_that_is_not_known_are_counted_in_a_row_of_their_own(
    brent: Authority, programme: Programme, amina: Person, auditor: FlaskClient
) -> None:
    commands.staff(programme, person=amina, per_month=30, team=None, by=amina)
    db.session.expire(programme, ["auditors"])
    commands.allocate(a_draw(programme, amina, size=12), by=amina)
    db.session.commit()
    (east,) = people.teams(brent)

    plan = queries.progress(programme)
    page = BeautifulSoup(auditor.get(f"{HERE}/{programme.id}").text, "html.parser")

    assert (plan[east.id, NOVEMBER].allocated, plan[None, NOVEMBER].allocated) == (6, 6)
    assert "12 allocated" in page.get_text()
    assert [one.get_text() for one in page.select("table.app-months tbody th")] == ["East", "Team not known"]


@pytest.mark.parametrize("typed", ["December 2026", "Dec 2026", "2026-12", "12/2026", "3 December 2026"])
def test_a_month_is_enough_to_begin_a_programme(brent: Authority, auditor: FlaskClient, typed: str) -> None:
    auditor.post(f"{HERE}/begin", data={"name": "Winter", "begins": typed, "ends": "Jan 2027", "exclude_months": "3"})

    (made,) = queries.programmes(brent)
    assert (made.begins, made.ends) == (date(2026, 12, 1), date(2027, 1, 31))


def test_no_real_month_is_refused_with_an_example(auditor: FlaskClient) -> None:
    page = auditor.post(f"{HERE}/begin", data={"name": "Winter", "begins": "soon", "ends": "Jan 2027"})

    assert "First month must be a real month, such as December 2026" in page.text


def test_what_a_draw_made_again_came_to_stands_at_the_top(
    programme: Programme, amina: Person, auditor: FlaskClient
) -> None:
    sample = a_draw(programme, amina)
    db.session.commit()
    again = f"{HERE}/draws/{sample.id}/again"

    def told(pasted: str) -> str:
        page = BeautifulSoup(auditor.post(again, data={"pasted": pasted}).text, "html.parser")
        return " ".join(one.get_text() for one in page.select(".app-saved"))

    assert told(LIST) == "Proved: the same list and seed give the same 4 cases."
    assert told("BR-1").startswith("Not proved. This is not the list")
