import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.orm import Session

from tracker.web.links import Filter, Sort, filters, keeping, reference_url, sorted_by, sorts
from tracker.web.paging import Page, asked_page, page_of


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("A-104", "/brent/actions/show/104"),
        ("i-9", "/brent/overview/item/9"),
        ("F-19", "/brent/audits/finding/19"),
        ("S-31", "/brent/self_evaluation/statement/31"),
        ("R-1", "/brent/inspections/show/1"),
    ],
)
def test_a_reference_leads_to_its_thing_wherever_that_lives(kit: Flask, reference: str, url: str) -> None:
    with kit.test_request_context("/brent/actions/plan"):
        assert reference_url(reference) == url


@pytest.mark.parametrize("text", ["X-1", "life story", "A-"])
def test_what_is_no_reference_has_no_page(kit: Flask, text: str) -> None:
    with kit.test_request_context("/brent/actions/plan"), pytest.raises(LookupError):
        reference_url(text)


def test_a_filter_keeps_the_other_choices_and_starts_at_the_first_page(kit: Flask) -> None:
    with kit.test_request_context("/brent/actions/plan?lead=samira&status=late&page=4"):
        assert keeping(status="open") == "/brent/actions/plan?lead=samira&status=open"
        assert keeping(status=None) == "/brent/actions/plan?lead=samira"


def test_the_filter_that_is_on_is_current_and_all_takes_it_off(kit: Flask) -> None:
    with kit.test_request_context("/brent/actions/plan?status=late"):
        shown = filters("status", [(None, "All"), ("late", "Overdue")], counts={None: 8, "late": 2})

    assert shown == [
        Filter("All", "/brent/actions/plan", current=False, count=8),
        Filter("Overdue", "/brent/actions/plan?status=late", current=True, count=2),
    ]


def test_a_heading_sorts_and_sorts_the_other_way_round_the_second_time(kit: Flask) -> None:
    columns = [("Due", "due"), ("Who", "who"), ("Difference made", None)]

    with kit.test_request_context("/brent/actions/plan?sort=due"):
        assert sorts(columns, default="due") == [
            Sort("Due", "/brent/actions/plan?sort=-due", "ascending"),
            Sort("Who", "/brent/actions/plan?sort=who"),
            "Difference made",
        ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ("due", False)), ("?sort=-who", ("who", True)), ("?sort=password_hash", ("due", False))],
)
def test_a_list_is_sorted_only_by_what_it_offers(kit: Flask, query: str, expected: tuple[str, bool]) -> None:
    with kit.test_request_context(f"/brent/actions/plan{query}"):
        assert sorted_by(["due", "who"], default="due") == expected


@pytest.mark.parametrize(
    ("query", "number"), [("", 1), ("?page=2", 2), ("?page=99", 3), ("?page=-1", 1), ("?page=x", 1)]
)
def test_a_page_that_is_not_there_is_one_that_is(kit: Flask, query: str, number: int) -> None:
    with kit.test_request_context(f"/brent/actions/plan{query}"):
        assert asked_page(7, per_page=3) == number


def test_a_page_knows_the_way_on_and_back(kit: Flask) -> None:
    with kit.test_request_context("/brent/actions/plan?status=late&page=2"):
        page = Page([3, 4, 5], number=2, total=7, per_page=3)

        assert (page.first, page.last, page.total) == (4, 6, 7)
        assert page.previous_url == "/brent/actions/plan?status=late&page=1"
        assert page.next_url == "/brent/actions/plan?status=late&page=3"


def test_a_page_of_a_select_counts_all_and_fetches_only_its_rows(kit: Flask) -> None:
    table = Table("thing", MetaData(), Column("id", Integer, primary_key=True))
    engine = create_engine("sqlite://")
    with (
        engine.connect() as connection,
        Session(connection) as session,
        kit.test_request_context("/brent/actions/plan?page=2"),
    ):
        table.create(connection)
        connection.execute(insert(table), [{"id": number} for number in range(1, 8)])

        page = page_of(session, select(table.c.id).order_by(table.c.id.desc()), per_page=3)

        assert (page.total, list(page.rows)) == (7, [4, 3, 2])
    engine.dispose()
