"""A measure over years: what it counts changes, and what it aims at steps."""

from collections.abc import Mapping
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given_indicators
from tests.given_measures_over_time import TODAY, TWO_YEARS, UNTIL, errors, said, sheet
from tracker.indicators import measure_page
from tracker.indicators.library import definitions
from tracker.indicators.models import Measure, MeasureChange
from tracker.indicators.rules import Direction, Unit
from tracker.people.models import Authority
from tracker.platform import history

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

COUNTS = {
    "definition": "Children whose case was decided within 16 weeks of the letter.",
    "unit": "%",
    "basis": "from the date the letter was received",
    "of_whom": "children",
    "period": "month",
    "from_day": "1 August 2026",
    "reason": "The court counts from there",
}


def changed(client: FlaskClient, measure: Measure, **otherwise: str) -> TestResponse:
    return client.post("/brent/measures/1/counts", data={"version": str(measure.version), **COUNTS, **otherwise})


# What it counts -------------------------------------------------------------------------------------------------


def test_nothing_is_compared_across_a_change_and_page_chart_table_and_export_say_where_it_is(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    measure = given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)

    answer = changed(head_of_service, measure)

    assert answer.location == "/brent/measures/1#meaning"
    page = said(head_of_service.get("/brent/measures/1"))
    assert "Better: up over three months" in page
    assert "9 more are needed" in page  # of twelve figures: 21 earlier ones count for nothing
    assert "counted otherwise since 1 August 2026: earlier figures are not compared with later ones" in page
    assert "Counted otherwise, not compared" in page
    assert "What it has counted (2 versions)" in page
    assert "from the date the letter was received Version 1: at first until 1 August 2026" in page
    assert "Target 90% At all times Set for what it counted before" in page
    rows = sheet(head_of_service, "/brent/measures/figures/figures.xlsx")
    assert [(row["Basis"], row["Version"]) for row in rows[-4:-2]] == [
        ("from the date the letter was sent", 1),
        ("from the date the letter was received", 2),
    ]
    assert rows[-1]["Counted so"] == "Since 1 August 2026, not compared with what came before"
    (row,) = sheet(head_of_service, "/brent/measures/scorecard.xlsx")
    assert (row["How usual"], row["Target"]) == ("9 more figures needed", None)


def test_a_series_goes_on_only_where_somebody_says_why_it_may(head_of_service: FlaskClient, brent: Authority) -> None:
    measure = given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)

    without = changed(head_of_service, measure, is_comparable="y")
    with_why = changed(head_of_service, measure, is_comparable="y", because="The same children are counted")

    assert errors(without) == "Say why they may be compared"
    assert with_why.status_code == 302
    assert (measure.comparable_since, len(measure.series)) == (None, 24)
    page = said(head_of_service.get("/brent/measures/1"))
    assert "Figures before and after are compared: The same children are counted." in page
    assert "Counted otherwise, comparable" in page
    assert history.of(measure)[0].what == "counted otherwise from 1 August 2026: its figures stay comparable"


@pytest.mark.parametrize(
    ("otherwise", "sentence"),
    [
        ({"basis": "from the date the letter was sent"}, "Nothing of what it counts would change."),
        ({"from_day": "15 August 2026"}, "The month from 1 August 2026 would be counted in two ways."),
        ({"from_day": "1 December 2026"}, "A change is said once it holds."),
        ({"from_day": ""}, "Enter the day from which it is counted otherwise"),
        ({"reason": " "}, "Say why it is counted otherwise"),
        ({"unit": "count"}, "3 figures are recorded from 1 August 2026 on as it was counted before."),
        ({"basis": "another one"}, "M-2 counts the same on that basis."),
        ({"version": "7"}, "M-1 was changed by somebody else"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(
    session: Session, head_of_service: FlaskClient, brent: Authority, otherwise: Mapping[str, str], sentence: str
) -> None:
    measure = given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)
    given_indicators.a_measure(basis="another one")

    refused = changed(head_of_service, measure, **otherwise)

    assert refused.status_code == 422
    assert sentence in errors(refused)
    assert session.query(MeasureChange).count() == 0


def test_a_figure_of_an_earlier_meaning_is_put_right_in_its_own_unit(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    measure = given_indicators.a_measure(figures=(60, 61), until=date(2026, 6, 30))
    changed(head_of_service, measure, unit="count")

    head_of_service.post(
        "/brent/measures/1/record",
        data={"period": "2026-06-30", "numerator": "17", "denominator": "24", "reason": "Late entries"},
    )
    head_of_service.post("/brent/measures/1/record", data={"period": "2026-08-31", "value": "150"})

    page = said(head_of_service.get("/brent/measures/1"))
    assert "June 2026 recorded as 70.8%" in page
    assert "August 2026 150 – Final – 2" in page
    assert "Nothing across" not in page


def test_a_release_is_shown_and_adopted_or_not(
    head_of_service: FlaskClient, director: FlaskClient, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    for basis in ("", "from the strategy discussion"):
        head_of_service.post("/brent/measures/add", data={"definition": "conferences-15-days", "basis": basis})
    assert head_of_service.get("/brent/measures/1/release").status_code == 404
    newer = definitions()["conferences-15-days"].model_copy(update={"numerator": "conferences held in time"})
    for place in ("tracker.indicators.measure_page", "tracker.indicators.meanings.views"):
        monkeypatch.setattr(f"{place}.definitions", lambda: {newer.id: newer})

    told = said(head_of_service.get("/brent/measures"))
    difference = said(head_of_service.get("/brent/measures/1/release"))
    adopted = {"version": "1", "from_day": "1 October 2026", "reason": "As the census asks"}
    head_of_service.post("/brent/measures/1/release", data=adopted)
    kept = head_of_service.post("/brent/measures/2/release/keep", data={"version": "1", "reason": "We ask otherwise"})

    assert "The definition of M-2 has changed in this release" in told
    assert "Above the line initial conferences held within 15 working days conferences held in time" in difference
    assert "A head of service or a QA officer decides" not in told
    assert kept.location == "/brent/measures/2#meaning"
    pages = [said(head_of_service.get(f"/brent/measures/{number}")) for number in (1, 2)]
    assert "conferences held in time" in pages[0]
    assert "conferences held in time" not in pages[1]
    assert "a new definition was not adopted" in pages[1]
    assert not any("has changed in this release" in page for page in pages)
    assert director.get("/brent/measures/1/release").status_code == 403


# What it aims at ------------------------------------------------------------------------------------------------


def test_targets_step_and_each_says_who_set_it_why_and_whether_it_was_reached(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    measure = given_indicators.a_measure(target=None, figures=TWO_YEARS, until=UNTIL)

    for ambition, figure, by in (
        ("Target", "75", "31 March 2026"),
        ("Target", "90", "31 March 2027"),
        ("Stretch", "95", "31 March 2027"),
    ):
        aimed = {"ambition": ambition, "figure": figure, "by": by, "reason": "Agreed at the board"}
        assert head_of_service.post("/brent/measures/1/targets/new", data=aimed).status_code == 302

    page = said(head_of_service.get("/brent/measures/1"))
    assert "7 points short of 90%, due by 31 March 2027" in page
    assert "12 points short of its stretch of 95%, due by 31 March 2027" in page
    assert "Target 75% 31 March 2026 Reached: 76% in March 2026 Samira Okafor, 20 November 2026" in page
    assert "The target is 75% to Mar 2026, then 90%." in page
    assert history.of(measure)[0].what == "stretch of 95% by 31 March 2027 set"
    (row,) = sheet(head_of_service, "/brent/measures/scorecard.xlsx")
    assert (row["Target"], row["Stretch"]) == (90, 95)
    assert row["How far from stretch"] == "12 points short of its stretch of 95%, due by 31 March 2027"


@pytest.mark.parametrize(
    ("aimed", "sentence"),
    [
        ({"figure": ""}, "Enter the figure."),
        ({"figure": "101"}, "A percentage cannot be more than 100."),
        ({"reason": ""}, "Say why this is the target now"),
        ({"by": ""}, "There is a target of 90% already. Change that one."),
        ({"by": "", "ambition": "Stretch", "figure": "89"}, "A stretch asks for more than the target of the same day"),
        ({"ambition": "Dream"}, "choose from the list"),
    ],
)
def test_a_target_that_cannot_be_is_refused(
    head_of_service: FlaskClient, brent: Authority, aimed: dict[str, str], sentence: str
) -> None:
    measure = given_indicators.a_measure(figures=(71,))
    said_of_it = {"ambition": "Target", "figure": "80", "by": "31 March 2027", "reason": "Agreed"} | aimed

    refused = head_of_service.post("/brent/measures/1/targets/new", data=said_of_it)

    assert refused.status_code == 422
    assert sentence in errors(refused)
    assert len(measure.targets) == 1


def test_a_target_is_changed_by_one_at_a_time_and_taken_back_for_a_reason(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    measure = given_indicators.a_measure(figures=(71,))
    path = f"/brent/measures/1/targets/{measure.targets[0].id}"
    said_of_it = {"version": "1", "ambition": "Target", "figure": "80", "by": "", "reason": "Ninety was too far"}

    assert head_of_service.post(path, data=said_of_it).status_code == 302
    late = head_of_service.post(path, data=said_of_it | {"figure": "70"})
    without = head_of_service.post(f"{path}/take-back", data={"version": "2", "reason": ""})
    gone = head_of_service.post(f"{path}/take-back", data={"version": "2", "reason": "Another measure says more"})

    assert "was changed by somebody else" in errors(late)
    assert errors(without) == "Say why it is no longer aimed at"
    assert gone.status_code == 302
    assert measure.targets == []
    assert [one.what for one in history.of(measure, limit=2)] == [
        "target of 80% taken back",
        "target of 90% changed to target of 80%",
    ]


def test_what_is_near_is_said_for_each_measure(head_of_service: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(figures=(87, 88, 87), until=UNTIL)

    before = said(head_of_service.get("/brent/measures/scorecard"))
    head_of_service.post("/brent/measures/1/tolerance", data={"version": "1", "tolerance": "2"})
    after = said(head_of_service.get("/brent/measures/scorecard"))

    assert "Near target" in before
    assert "3 points short of 90%, near it" in before
    assert "Near target" not in after
    assert "It is near within 2 points of it" in said(head_of_service.get("/brent/measures/1"))


def test_the_database_refuses_what_says_no_reason_or_source(session: Session, brent: Authority) -> None:
    measure = given_indicators.a_measure(unit=Unit.PER_CENT, direction=Direction.HIGHER)
    page = measure_page.of(measure, TODAY)
    assert (page.beside.compared, len(page.meanings)) == (None, 1)

    session.add(
        MeasureChange(
            measure=measure, from_day=UNTIL, definition="", counts="", out_of="", of_whom="", unit=Unit.COUNT,
            basis="", period=measure.period, reason="Why", is_comparable=True, comparable_because="", made_on=UNTIL,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=r"comparable_says_why|CHECK"):
        session.flush()
