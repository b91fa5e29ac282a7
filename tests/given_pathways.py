"""What a test about pathways is given."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.given import an_authority
from tracker.indicators.difference import commands
from tracker.indicators.difference.commands import Means, Period
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.rules import NOT_KNOWN, Kind
from tracker.people.models import Authority

STAGES = ("Population", "Contact", "Plan", "In care")
GROUPS = ("White", "Black", "Other")
COUNTS: Mapping[str, Sequence[int | None]] = {
    "population": (25_000, 14_000, 6_000, 0),
    "contact": (3_900, 3_200, 600, 140),
    "plan": (310, 330, 41, 3),
    "in-care": (104, 118, 3, 0),
}
"""A stage to its groups in order, then those not recorded."""
TODAY = date(2026, 11, 20)
HOME = "/brent/measures/difference"


def a_pathway(*, authority: Authority | None = None, name: str = "Into care") -> Pathway:
    return commands.add_own(
        authority or an_authority(),
        means=Means(
            name=name,
            characteristic="Ethnicity",
            one="child",
            many="children",
            kind=Kind.FLOW,
            area_code="leadership",
            stages=STAGES,
            groups=GROUPS,
        ),
    )


def counts_of(
    pathway: Pathway,
    *,
    until: date = date(2026, 3, 31),
    rows: Mapping[str, Sequence[int | None]] = COUNTS,
    provisional: bool = False,
) -> Counting:
    groups = [*(group.code for group in pathway.shape.groups), NOT_KNOWN]
    period = Period(
        start=date(until.year - 1, 4, 1),
        end=until,
        numbers={
            (stage, group): count for stage, row in rows.items() for group, count in zip(groups, row, strict=True)
        },
        source="Children in need census",
        provisional=provisional,
    )
    return commands.record(pathway, period, on=TODAY)


@pytest.fixture
def pathway(brent: Authority) -> Pathway:
    return a_pathway()


def text(response: TestResponse) -> str:
    return " ".join(BeautifulSoup(response.text, "html.parser").get_text(" ").split())


def errors(response: TestResponse) -> list[str]:
    page = BeautifulSoup(response.text, "html.parser")
    return [one.get_text(" ", strip=True) for one in page.select(".govuk-error-summary li")]


def filled(response: TestResponse) -> dict[str, str]:
    """What the form of the counts would send, as it stands."""
    page = BeautifulSoup(response.text, "html.parser")
    boxes = page.select("form.app-ask input[name], form.app-ask textarea[name]")
    return {
        str(box["name"]): str(box.get("value") or box.get_text())
        for box in boxes
        if box.get("type") != "checkbox" and box["name"] != "csrf_token"
    }
