"""What rests on a measure: actions judged by it, items, themes and statements; and an action embedded because of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_actions, given_evidence, given_indicators, given_self_evaluation
from tests.queries_counted import at_most
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.evidence import commands as evidence
from tracker.evidence.rules import Kind, Strength
from tracker.indicators.models import Measure
from tracker.indicators.resting import commands, queries
from tracker.indicators.resting.commands import Promise
from tracker.indicators.resting.models import SuccessMeasure
from tracker.indicators.resting.rules import Baseline
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused

DONE = date(2026, 7, 10)
UNTIL = date(2026, 10, 31)
BETTER = (54, 60, 69, 71, 79)
"""June to October: three months began after it was done, each better than June."""
JUNE = Baseline(Decimal(54), date(2026, 6, 1), date(2026, 6, 30))


def named(name: str) -> Person:
    """Somebody who signs in here, by name."""
    found = db.session.scalars(select(Person).where(Person.name == name)).one_or_none()
    return found or given.a_person(name=name, role=Role.HEAD_OF_SERVICE)


def judged(figures: Sequence[int] = BETTER, *, promise: Promise | None = None) -> SuccessMeasure:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"), on=DONE)
    measure = given_indicators.a_measure(figures=figures, until=UNTIL, authority=action.authority)
    promised = promise or Promise(baseline=JUNE, target=Decimal(90), target_by=date(2027, 3, 31))
    return commands.judge_by(action, measure=measure, promise=promised, by=action.lead, on=clock.today())


def embed(client: FlaskClient, action: Action, **more: object) -> str:
    said = {"version": action.version, "difference": "Children wait less", **more}
    return client.post(f"/brent/actions/{action.number}/difference", data=said).text


def test_an_action_is_judged_by_a_measure_from_its_own_figure(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"), on=DONE)
    measure = given_indicators.a_measure(figures=BETTER, until=UNTIL)

    chosen = head_of_service.post("/brent/actions/1/measures/new", data={"measure": "1"})
    form = BeautifulSoup(head_of_service.get(chosen.location).text, "html.parser")
    offered = [option.text for option in form.select("[name=baseline] option")]
    said = {"baseline": "2026-06-30", "target": "90", "target_by": "31 March 2027"}
    saved = head_of_service.post(chosen.location, data=said, follow_redirects=True)

    assert offered == ["No baseline yet", "54% in June 2026", "Another figure, typed below"]
    assert "Baseline: 54% in June 2026." in saved.text
    assert "To reach: 90%, by 31 March 2027." in saved.text
    assert "79% in October 2026, 25 points better" in saved.text
    assert "A-1 done 10 Jul 2026" in saved.text
    assert measure.items == [action.item]
    assert history.of(action)[0].what == "to be judged by M-1, from 54% in June 2026 to 90% by 31 March 2027"


def test_a_typed_baseline_needs_its_figure_period_and_source(head_of_service: FlaskClient, brent: Authority) -> None:
    given_actions.a_delivered_action(lead=named("Samira Okafor"), on=DONE)
    given_indicators.a_measure(until=UNTIL, figures=(60,))
    address = "/brent/actions/1/measures/1/new"

    for lacking, sentence in (
        ({}, "Enter the figure of the baseline."),
        ({"value": "54"}, "Enter the last day of the period"),
        ({"value": "54", "last_day": "30 June 2026"}, "Say where the figure of the baseline comes from."),
        (
            {"value": "54", "last_day": "31 July 2026", "origin": "dip sample"},
            "A-1 was done on 10 July 2026, before the period of this baseline ended.",
        ),
        ({"value": "154", "last_day": "30 June 2026", "origin": "dip sample"}, "cannot be more than 100"),
    ):
        answer = head_of_service.post(address, data={"baseline": "typed", **lacking})
        assert answer.status_code == 422
        assert sentence in answer.text
    last = {"value": "54", "last_day": "30 June 2026", "origin": "dip sample"}
    saved = head_of_service.post(address, data={"baseline": "typed", **last}, follow_redirects=True)

    assert "Baseline: 54% in 30 June 2026 (dip sample)." in saved.text
    changed = head_of_service.post(
        "/brent/actions/1/measures/1", data={"version": "1", "baseline": "", "target": "80"}, follow_redirects=True
    )
    assert "No baseline. To reach: 80%." in " ".join(changed.text.split())
    again = head_of_service.post("/brent/actions/1/measures/1", data={"version": "1", "target": "85"})
    assert "changed by somebody else" in again.text


def test_the_baseline_stays_what_was_agreed_when_the_figure_changes(head_of_service: FlaskClient) -> None:
    success = judged()
    success.measure.values[0].value = Decimal(58)

    page = head_of_service.get("/brent/actions/1").text

    assert "Baseline: 54% in June 2026. M-1 now says 58% of that period." in page


def test_an_action_is_embedded_because_a_measure_moved(head_of_service: FlaskClient) -> None:
    success = judged()
    action = success.action

    form = head_of_service.get("/brent/actions/1/difference").text
    embed(head_of_service, action, measures=[str(success.id)])

    assert "Which measure shows it?" in form
    assert action.status is Status.EMBEDDED
    assert success.shown_on == clock.today()
    assert "25 points better" in success.shown
    assert "was marked embedded because of it" in head_of_service.get("/brent/actions/1").text
    with pytest.raises(Refused, match="A-1 was marked embedded because of M-1, so it stays"):
        commands.take_out(success, by=action.lead)


def test_a_measure_that_has_not_moved_is_not_offered_and_not_accepted(head_of_service: FlaskClient) -> None:
    success = judged((54, 60, 53, 52, 51))
    action = success.action

    page = head_of_service.get("/brent/actions/1/difference").text
    embed(head_of_service, action, measures=[str(success.id)])

    assert "Which measure shows it?" not in page
    assert "M-1 has gone the other way since A-1 was done on 10 July 2026." in page
    assert action.status is Status.IMPACT_NOT_EVIDENCED
    with pytest.raises(Refused, match="gone the other way"):
        commands.embed(action, success=[success], difference="Better", by=action.lead, on=clock.today())


def test_what_a_measure_still_shows_stays_embedded_when_evidence_is_withdrawn(head_of_service: FlaskClient) -> None:
    success = judged()
    action = success.action
    proof = given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.IMPACT)
    embed(head_of_service, action, measures=[str(success.id)], evidence=[str(proof.id)])

    evidence.withdraw(proof, version=proof.version, reason="Counted twice", on=clock.today())

    assert action.status is Status.EMBEDDED
    success.measure.values[-1].value = Decimal(40)
    assert "It no longer says so" in head_of_service.get("/brent/actions/1").text


def test_the_page_of_a_measure_lists_all_that_rests_on_it(head_of_service: FlaskClient) -> None:
    success = judged()
    given_self_evaluation.a_statement("Decisions come sooner [M-1]. Letters are clear.")
    head_of_service.post("/brent/measures/1/themes/new", data={"theme": "HP12"})

    with at_most(22):
        page = " ".join(BeautifulSoup(head_of_service.get("/brent/measures/1").text, "html.parser").text.split())

    assert "Actions judged by it (1)" in page
    assert "Statements that cite it (1)" in page
    assert "Decisions come sooner" in page
    assert "Letters are clear" not in page
    assert "Themes it speaks for (2)" in page
    head_of_service.post("/brent/actions/1/measures/1/remove")
    head_of_service.post("/brent/measures/1/themes/HP12/remove")
    assert queries.of_action(success.action) == []
    assert "Themes it speaks for (1)" in head_of_service.get("/brent/measures/1").text


def test_an_item_is_linked_and_unlinked_from_its_own_page(head_of_service: FlaskClient, session: Session) -> None:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"), on=DONE)
    given_indicators.a_measure(figures=BETTER, until=UNTIL, authority=action.authority)

    page = head_of_service.post("/brent/items/1/measures/new", data={"measure": "1"}, follow_redirects=True).text

    assert "A-1 done 10 Jul 2026" in page
    assert "54% in June 2026, the last before A-1 was done." in page
    assert "That it came after does not say that it came because of A-1." in page
    head_of_service.post("/brent/items/1/measures/1/remove")
    assert session.query(Measure).one().items == []


def test_only_who_may_change_an_action_says_what_it_is_judged_by(
    qa_officer: FlaskClient, head_of_service: FlaskClient
) -> None:
    success = judged()
    stranger = given.a_person(name="Amina Yusuf", authority=success.action.authority)
    success.action.lead = stranger
    success.action.item.owner = None

    assert qa_officer.get("/brent/actions/1/measures/new").status_code == 403
    assert head_of_service.get("/brent/actions/1/measures/new").status_code == 403
    with pytest.raises(NotAllowed):
        commands.take_out(success, by=named("Samira Okafor"))


def test_the_list_of_actions_and_their_measures_is_also_a_sheet(director: FlaskClient) -> None:
    judged()

    with at_most(14):
        page = director.get("/brent/measures/actions?show=moved").text
    sheet = load_workbook(BytesIO(director.post("/brent/measures/actions.xlsx?show=moved").data)).active

    assert "25 points better" in page
    assert sheet is not None
    assert sheet.cell(2, 9).value == 54
    assert sheet.cell(2, 17).value == "Moved"
    assert director.get("/brent/measures/actions?show=back").text.count("Nothing matches") == 1


def test_the_list_hides_outside_what_rests_on_a_figure_that_counts_few(director: FlaskClient, session: Session) -> None:
    measure = judged().measure
    measure.values[-1].numerator, measure.values[-1].denominator = 3, 40
    session.commit()

    def lines(query: str = "", method: str = "GET") -> list[dict[str, object]]:
        answer = director.open(f"/brent/measures/actions.xlsx{query}", method=method)
        heads, *rows = load_workbook(BytesIO(answer.data))["Actions and measures"].iter_rows(values_only=True)
        return [dict(zip(map(str, heads), row, strict=True)) for row in rows]

    (outside,), (inside,) = lines(), lines(method="POST")

    told = ("Baseline", "Newest figure", "Since it was done", "Embedded because of it", "What it says")
    assert {outside[head] for head in told} == {"Hidden"}
    assert (inside["Since it was done"], inside["Marking"]) == ("Moved", "Internal: shows small numbers")
    assert lines("?show=moved") == []


def test_another_authoritys_measure_is_no_measure_of_an_action(head_of_service: FlaskClient, brent: Authority) -> None:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"), on=DONE)
    barnet = given.an_authority(slug="barnet", name="Barnet")
    theirs = given_indicators.a_measure(authority=barnet, figures=BETTER)

    assert head_of_service.get(f"/brent/actions/1/measures/{theirs.number}/new").status_code == 404
    with pytest.raises(Refused, match="belongs to another authority"):
        commands.judge_by(action, measure=theirs, promise=Promise(), by=action.lead, on=clock.today())


def test_the_database_refuses_a_day_without_a_target_and_a_difference_without_words(session: Session) -> None:
    success = judged(promise=Promise())
    success.target_by = clock.today() + timedelta(days=30)
    with pytest.raises(IntegrityError, match=r"day_is_of_a_target"):
        session.flush()
