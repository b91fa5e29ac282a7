"""After a report is recorded: its page, the page of each item's suggestions and what came back count and date alike."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import Echo, ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.inspections.models import Inspection
from tracker.people.models import Authority

MISSING_2015 = "Ensure that children who go missing are offered an interview on their return."
MISSING_2018 = "The response when children and young people go missing from home and care."


def inspection_of(year: int, authority: Authority, *, published_on: date | None = None) -> Inspection:
    day = date(year, 5, 14)
    made = given.an_inspection(
        authority=authority, framework_id="ilacs-2018", fieldwork_from=day, fieldwork_to=day, published_on=day
    )
    made.published_on = published_on
    return made


def item_of(inspection: Inspection, wording: str) -> ImprovementItem:
    return given.an_item(
        inspection=inspection, wording=wording, title=wording[:40], raised_on=inspection.fieldwork_from
    )


@pytest.fixture
def echo(session: Session, brent: Authority) -> Echo:
    """I-2 of 2018 may say what I-1 of 2015 said; nobody has decided."""
    item_of(inspection_of(2015, brent), MISSING_2015)
    (echo,) = mapping.suggest_echoes(item_of(inspection_of(2018, brent), MISSING_2018))
    session.commit()
    return echo


def test_earlier_items_are_counted_beside_suggestions_so_that_both_pages_say_one_number(
    head_of_service: FlaskClient, session: Session, echo: Echo
) -> None:
    mapping.suggest(echo.item, today=date(2026, 11, 1))
    session.commit()
    suggested = len(echo.item.mappings)

    words = f"{suggested} suggestion{'' if suggested == 1 else 's'}"
    assert f">{words}<" in head_of_service.get("/brent/inspections/2").text
    page = head_of_service.get("/brent/items/2/mapping").text
    assert f"{words} to decide" in page
    assert "1 earlier item that it may repeat" in page


def test_a_report_whose_day_nobody_recorded_is_dated_by_its_fieldwork_and_says_so(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    item_of(inspection_of(2018, brent), MISSING_2018)
    item_of(inspection_of(2015, brent, published_on=date(2015, 7, 1)), MISSING_2015)

    for page in ("/brent/items/1/mapping", "/brent/items/1"):
        assert "report on fieldwork to 14 May 2018" in head_of_service.get(page).text
    for page in ("/brent/items/2/mapping", "/brent/items/2"):
        assert "report of 1 July 2015" in head_of_service.get(page).text


def test_nobody_is_asked_whether_an_item_repeats_one_that_it_was_merged_into(
    head_of_service: FlaskClient, session: Session, echo: Echo
) -> None:
    assert "To decide (1)" in head_of_service.get("/brent/inspections/came-back").text

    merged = echo.earlier
    merged.state, merged.successor, merged.closed_on = ItemState.MERGED, echo.item, date(2026, 11, 1)
    merged.closed_because = "They say the same"
    session.commit()

    assert "To decide (" not in head_of_service.get("/brent/inspections/came-back").text
    assert "may repeat" not in head_of_service.get("/brent/items/2/mapping").text
