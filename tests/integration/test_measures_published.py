"""A measure beside others: what England, London and neighbours publish, looked at, kept, ranked and taken out."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given, given_indicators
from tests.given_measures_over_time import TODAY, TWO_YEARS, UNTIL, errors, said, sheet
from tests.queries_counted import at_most
from tracker.indicators.comparing.models import NeighbourSet, PublishedFigure
from tracker.packs.gathering import known, measures
from tracker.people.models import Authority

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

TABLE = "England\t70%\nLondon\t75%\nAlder\t85%\nBirch Council\t80%\nCress\tc\nBrent\t1%"


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
