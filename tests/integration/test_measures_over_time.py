"""A measure over years: what it counts changes, what it aims at steps, and others publish theirs."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given, given_indicators
from tests.queries_counted import at_most
from tracker.indicators import measure_page
from tracker.indicators.comparing.models import NeighbourSet, PublishedFigure
from tracker.indicators.library import definitions
from tracker.indicators.models import Measure, MeasureChange
from tracker.indicators.rules import Direction, Unit
from tracker.packs.gathering import known, measures
from tracker.people.models import Authority
from tracker.platform import history

TODAY = date(2026, 11, 20)
UNTIL = date(2026, 10, 31)
TWO_YEARS = tuple(range(60, 84))
COUNTS = {
    "definition": "Children whose case was decided within 16 weeks of the letter.",
    "unit": "%",
    "basis": "from the date the letter was received",
    "of_whom": "children",
    "period": "month",
    "from_day": "1 August 2026",
    "reason": "The court counts from there",
}
TABLE = "England\t70%\nLondon\t75%\nAlder\t85%\nBirch Council\t80%\nCress\tc\nBrent\t1%"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def said(response: TestResponse) -> str:
    return " ".join(BeautifulSoup(response.text, "html.parser").get_text(" ").split())


def errors(response: TestResponse) -> str:
    soup = BeautifulSoup(response.text, "html.parser")
    return " ".join(one.get_text(" ", strip=True) for one in soup.select(".govuk-error-summary li"))


def changed(client: FlaskClient, measure: Measure, **otherwise: str) -> TestResponse:
    return client.post("/brent/measures/1/counts", data={"version": str(measure.version), **COUNTS, **otherwise})


def sheet(client: FlaskClient, path: str) -> list[dict[str, object]]:
    heads, *rows = load_workbook(BytesIO(client.get(path).data)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


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


# What others publish --------------------------------------------------------------------------------------------


def publish(client: FlaskClient, **otherwise: str) -> TestResponse:
    told = {
        "period": "October 2026",
        "basis": "from the date the letter was sent",
        "source": "Invented for this test",
        "source_date": "13 November 2026",
        "table": TABLE,
        "step": "keep",
    }
    return client.post("/brent/measures/1/published/new", data=told | otherwise)


def name_neighbours(client: FlaskClient, *, year: str = "2025", names: str = "Alder\nBirch\nCress") -> TestResponse:
    return client.post(
        "/brent/measures/neighbours/new", data={"year": year, "names": names, "source": "Invented for this test"}
    )


def test_what_was_published_is_looked_at_then_kept_then_ranked(
    session: Session, head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)
    name_neighbours(head_of_service)

    looked = publish(head_of_service, step="")
    assert session.query(PublishedFigure).count() == 0
    hidden = {box["name"]: box["value"] for box in BeautifulSoup(looked.text, "html.parser").select("main form input")}
    kept = head_of_service.post("/brent/measures/1/published/new", data=hidden)

    assert "Brent Another council 1% This is us" in said(looked) or "This is us" in said(looked)
    assert kept.location == "/brent/measures/1#beside"
    assert session.query(PublishedFigure).count() == 5
    page = said(head_of_service.get("/brent/measures/1"))
    assert "2nd best of 3; 1 has no figure , among our neighbours of 2025 and us" in page
    assert "England 70% 13 points better here" in page
    assert "Median of 2 neighbours 82.5% 0.5 points better here" in page
    assert "Cress None published" in page
    (row,) = sheet(head_of_service, "/brent/measures/scorecard.xlsx")
    assert (row["England"], row["Region"], row["Neighbours"], row["Rank among neighbours"]) == (
        70,
        75,
        82.5,
        "2nd best of 3; 1 has no figure",
    )


def test_a_pack_of_the_self_evaluation_shows_neighbours_where_they_published(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)
    known_before = known.read(brent, TODAY, None, smallest=5)
    name_neighbours(head_of_service)
    publish(head_of_service, period="September 2026")

    area = known_before.framework.area("help_protection")
    without, shown = (measures.of_area(one, area) for one in (known_before, known.read(brent, TODAY, None, smallest=5)))

    assert without is not None
    assert shown is not None
    assert (without.measures[0].neighbours, shown.measures[0].neighbours) == ("", "82.5 (September 2026)")
    assert "Neighbours’ figures are not held" in without.note
    assert "median of their figures" in shown.note


def test_another_basis_or_period_is_shown_and_never_compared(head_of_service: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)

    publish(head_of_service, basis="from the court's order")
    publish(head_of_service, period="2025/26")

    page = said(head_of_service.get("/brent/measures/1"))
    assert "10 published figures kept, none of them on our basis for a period of which we have a figure" in page
    every = said(head_of_service.get("/brent/measures/1/published"))
    assert "On another basis, so not compared" in every
    assert "We have no figure of this period" in every
    (row,) = sheet(head_of_service, "/brent/measures/scorecard.xlsx")
    assert row["England"] is None


def test_a_published_table_is_kept_whole_or_not_at_all(
    session: Session, head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)

    refused = [
        errors(publish(head_of_service, **otherwise))
        for otherwise in (
            {"table": "England\t70%\nAlder\tmany"},
            {"table": ""},
            {"period": "soon"},
            {"source": ""},
            {"source_date": "1 January 2027"},
            {"table": "Date of birth\tUPN\n2 May 2014\tH801200001001"},
        )
    ]

    assert "Cell B2: “many” is no number. Nothing was kept." in refused[0]
    assert "one of the two" in refused[1]
    assert "This is no period" in refused[2]
    assert "Say where they were published" in refused[3]
    assert "not published yet" in refused[4]
    assert "looks like a list of children" in refused[5]
    assert session.query(PublishedFigure).count() == 0


def test_published_figures_leave_as_they_are_but_our_rank_goes_where_ours_counts_few(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    measure = given_indicators.a_measure(figures=(83,), until=UNTIL)
    measure.out_of = "children"
    measure.values[0].numerator, measure.values[0].denominator = 3, 40
    session.commit()
    name_neighbours(head_of_service)
    publish(head_of_service)

    inside = said(head_of_service.get("/brent/measures/scorecard"))
    (outside,) = sheet(head_of_service, "/brent/measures/scorecard.xlsx")

    assert "2nd best of 3; 1 has no figure" in inside
    assert (outside["Figure"], outside["Rank among neighbours"], outside["England"]) == (None, None, 70)


def test_neighbours_are_named_by_year_and_put_right(
    session: Session, head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)
    for year, names in (("2024", "Alder\nDune"), ("2026", "1\tAlder\n2\tBristol, City of"), ("2027", "Birch")):
        assert name_neighbours(head_of_service, year=year, names=names).status_code == 302
    publish(head_of_service)

    wrong = [
        errors(name_neighbours(head_of_service, **otherwise))
        for otherwise in (
            {"year": "2024"},
            {"year": "", "names": "Alder"},
            {"year": "2030", "names": "Alder\nAlder Council"},
            {"year": "2030", "names": "England"},
            {"year": "2030", "names": "Brent"},
        )
    ]

    assert "There are neighbours of 2024 already" in wrong[0]
    assert "Enter the year" in wrong[1]
    assert "stands here twice" in wrong[2]
    assert "England is no council" in wrong[3]
    assert "Brent is no neighbour of its own" in wrong[4]
    assert "2nd best of 2; 1 has no figure , among our neighbours of 2026" in said(
        head_of_service.get("/brent/measures/1")
    )
    there = session.query(NeighbourSet).filter_by(year=2026).one()
    path = f"/brent/measures/neighbours/{there.id}"
    told = {"version": "1", "names": "Bristol, City of\nCress", "source": "Invented for this test"}
    assert head_of_service.post(path, data=told).status_code == 302
    assert [one.name for one in there.neighbours] == ["Bristol, City of", "Cress"]
    assert "were changed by somebody else" in errors(head_of_service.post(path, data=told | {"names": "Alder"}))


def test_what_was_published_is_taken_out_by_period(
    session: Session, head_of_service: FlaskClient, director: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=TWO_YEARS, until=UNTIL)
    publish(head_of_service)
    of_it = {"start": "2026-10-01", "end": "2026-10-31", "basis": "from the date the letter was sent"}

    assert director.post("/brent/measures/1/published/take-out", data=of_it).status_code == 403
    head_of_service.post("/brent/measures/1/published/take-out", data=of_it)

    assert session.query(PublishedFigure).count() == 0


def test_nothing_of_another_authority_is_compared_with_or_changed(
    session: Session, head_of_service: FlaskClient, brent: Authority
) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    theirs = given_indicators.a_measure(authority=barnet, figures=(71,), until=UNTIL)
    neighbours = NeighbourSet(authority=barnet, year=2025, source="Theirs")
    session.add(neighbours)
    session.commit()

    for path in ("1/published", "1/published/new", "1/counts", "1/tolerance", f"1/targets/{theirs.targets[0].id}"):
        assert head_of_service.get(f"/brent/measures/{path}").status_code == 404
    assert head_of_service.get(f"/brent/measures/neighbours/{neighbours.id}").status_code == 404
    given_indicators.a_measure()
    assert head_of_service.get(f"/brent/measures/1/targets/{theirs.targets[0].id}").status_code == 404
    assert "No neighbours yet" in said(head_of_service.get("/brent/measures/neighbours"))


def test_pages_take_as_many_statements_for_much_as_for_little(head_of_service: FlaskClient, brent: Authority) -> None:
    for place in range(8):
        given_indicators.a_measure(name=f"Measure {place}", figures=TWO_YEARS, until=UNTIL)
    name_neighbours(head_of_service)
    for month in ("August", "September", "October"):
        publish(head_of_service, period=f"{month} 2026")

    with at_most(15):
        head_of_service.get("/brent/measures/1")
    with at_most(11):
        head_of_service.get("/brent/measures/scorecard")


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
