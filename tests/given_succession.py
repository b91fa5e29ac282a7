"""What a test about items that give way is given."""

from datetime import date

import pytest

from tests import given
from tracker.actions.succession import commands
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.people.rules import Role

DAY = date(2026, 11, 20)
WORDING = "The quality of plans, reviews and case recording"


@pytest.fixture
def dana(brent: Authority) -> Person:
    return given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR)


def merge(item: ImprovementItem, into: ImprovementItem, by: Person, reason: str = "Both ask for the same") -> None:
    commands.merge(item, into=into, version=item.version, reason=reason, by=by, on=DAY)
