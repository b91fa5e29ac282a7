"""The mapping of Brent's report of 2018, measured: which rank the right paragraphs of each item get."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests import given
from tracker.improvements import commands, queries
from tracker.inspections.models import Inspection
from tracker.people.models import Authority
from tracker.settings import SEED

TODAY = date(2026, 11, 20)

RANKS = {
    0: {7: 1, 26: 2},
    1: {12: 1, 8: 2},
    2: {2: 1, 8: 2},
    3: {29: 1},
}
"""Place of the item in the report, to paragraph number and the rank it is suggested at."""


@pytest.fixture
def inspection_2018(session: Session, brent: Authority) -> Inspection:
    path = next((SEED / "inspections" / "brent").glob("*2018*.pdf"))
    return commands.import_file(
        brent,
        path,
        by=given.a_person(authority=brent),
        today=TODAY,
        reason="Checked against the printed report",
        decisions={"activity": "standard"},
        corrections={"published": {"value": "2018-07-02"}},
    )


def test_the_paragraphs_that_speak_of_each_item_are_suggested_first(inspection_2018: Inspection) -> None:
    found = {
        item.position: {
            tie.paragraph.printed_number: tie.rank
            for tie in item.mappings
            if tie.paragraph and tie.paragraph.printed_number in RANKS[item.position]
        }
        for item in queries.items_of(inspection_2018)
    }

    assert found == RANKS


def test_the_area_most_spoken_of_is_suggested_first(inspection_2018: Inspection) -> None:
    items = queries.items_of(inspection_2018)
    areas = [next(tie.code for tie in item.mappings if tie.to == "area") for item in items]

    assert areas[1] == "help_protection"


def test_the_report_of_2018_is_recorded_whole(inspection_2018: Inspection) -> None:
    assert (inspection_2018.fieldwork_from, inspection_2018.fieldwork_to) == (date(2018, 5, 14), date(2018, 5, 25))
    assert len(inspection_2018.paragraphs) == 33
    assert {one.area_code: one.grade_code for one in inspection_2018.judgements} == {
        "leadership": "good",
        "help_protection": "requires_improvement",
        "children_in_care_and_care_leavers": "outstanding",
        "overall": "good",
    }


def test_importing_it_again_gives_the_same_inspection(inspection_2018: Inspection, brent: Authority) -> None:
    path = next((SEED / "inspections" / "brent").glob("*2018*.pdf"))

    again = commands.import_file(brent, path, by=None, today=TODAY, reason="Loaded again")

    assert again is inspection_2018
