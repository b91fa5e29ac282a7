"""Whatever is done to evidence, items and actions: it stands where its links lead, and is counted there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from tests import given, given_evidence
from tests.given_places import followed, kept
from tracker.actions.models import Action
from tracker.actions.succession import commands as succession
from tracker.actions.succession.rules import Part
from tracker.evidence import commands, queries
from tracker.evidence.freshness import commands as freshness
from tracker.evidence.freshness.models import StaleAfter
from tracker.evidence.models import Evidence
from tracker.evidence.placing.commands import place
from tracker.evidence.rules import STALE_AFTER_DAYS, Kind, Strength
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Decision, MappedTo
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.platform.errors import Refused

TODAY = date(2026, 11, 20)
FRAMEWORK = library().current(CHILDRENS_SERVICES, TODAY)
WORDING = "The quality of plans and of case recording"
AREAS = ("help_protection", "children_in_care", "leadership", "overall")
THEMES = ("HP01", "HP11", "CC03", "CL02", "LD08")

Edit = Callable[["Case"], None]


class Case:
    """An authority whose evidence, items and actions are edited at random, by the rooms' own commands."""

    def __init__(self, seed: int, authority: Authority) -> None:
        self.chance = Random(seed)  # noqa: S311  # no secret, only variety
        self.authority = authority
        self.dana = given.a_person(name="Dana Whitfield", authority=authority, role=Role.DIRECTOR)
        self.evidence: list[Evidence] = []
        self.items: list[ImprovementItem] = []
        self.actions: list[Action] = []

    def day(self) -> date:
        return TODAY - timedelta(days=1 + self.chance.randrange(400))

    def one(self) -> Evidence:
        return self.chance.choice(self.evidence)

    def item(self) -> ImprovementItem:
        return self.chance.choice(self.items)

    def add_item(self) -> None:
        self.items.append(given.an_item(wording=WORDING, authority=self.authority))

    def add_action(self) -> None:
        self.actions.append(given.an_action(item=self.item()))

    def add(self) -> None:
        says = replace(given_evidence.a_description(), dated=self.day())
        self.evidence.append(
            commands.add_evidence(
                self.authority, kind=self.chance.choice((Kind.DATA, Kind.AUDIT)), says=says, upload=None, by=self.dana,
                on=TODAY,
            )
        )  # fmt: skip

    def link_area(self) -> None:
        commands.link_to_area(self.one(), area_code=self.chance.choice(AREAS))

    def link_theme(self) -> None:
        commands.link_to_theme(self.one(), theme_code=self.chance.choice(THEMES))

    def link_item(self) -> None:
        commands.link_to_item(self.one(), item=self.item())

    def link_action(self) -> None:
        commands.link_to_action(self.one(), action=self.chance.choice(self.actions))

    def unlink(self) -> None:
        commands.unlink(self.chance.choice(self.one().links))

    def correct(self) -> None:
        one = self.one()
        says = given_evidence.a_description(dated=self.day(), strength=self.chance.choice(list(Strength)))
        commands.correct(one, version=one.version, says=says, on=TODAY)

    def withdraw(self) -> None:
        one = self.one()
        commands.withdraw(one, version=one.version, reason="Counted twice", on=TODAY)

    def reinstate(self) -> None:
        one = self.one()
        commands.reinstate(one, version=one.version)

    def look_again(self) -> None:
        one = self.one()
        freshness.look_again(one, version=one.version, because="Read with the team", on=TODAY)

    def decide_days(self) -> None:
        days = {kind: self.chance.randrange(20, 200) for kind in STALE_AFTER_DAYS}
        mine = StaleAfter.authority_id == self.authority.id
        version = db.session.scalar(select(StaleAfter.version).where(mine)) or 0
        freshness.decide_days(self.authority, version=version, days=days, because="Monthly returns")

    def map_by_hand(self) -> None:
        to = self.chance.choice((MappedTo.AREA, MappedTo.THEME))
        code = self.chance.choice(AREAS[:3] if to is MappedTo.AREA else THEMES)
        mapping.add_by_hand(self.item(), to=to, by=self.dana, code=code)

    def decide(self) -> None:
        item = self.item()
        ties = {tie.id: self.chance.choice(list(Decision)) for tie in item.mappings}
        mapping.decide(item, decisions=ties, by=self.dana)

    def merge(self) -> None:
        item = self.item()
        succession.merge(item, into=self.item(), version=item.version, reason="The same", by=self.dana, on=TODAY)

    def supersede(self) -> None:
        item, other = self.item(), self.item()
        succession.supersede(item, successor=other, version=item.version, reason="New", by=self.dana, on=TODAY)

    def split(self) -> None:
        item = self.item()
        owed = [action.id for action in self.actions if action.item is item]
        parts = [
            Part("Plans", "The quality of plans", frozenset(owed[::2])),
            Part("Recording", "The quality of case recording", frozenset(owed[1::2])),
        ]
        made = succession.split(item, parts=parts, version=item.version, reason="Two", by=self.dana, on=TODAY)
        self.items += made

    def undo(self) -> None:
        gone = [item for item in self.items if not item.is_open]
        item = self.chance.choice(gone)
        succession.undo(item, version=item.version, by=self.dana, on=TODAY)

    def forget_a_suggestion(self) -> None:
        """As no command does yet: a mapping goes, whatever was decided of it."""
        item = self.item()
        tie = self.chance.choice(item.mappings)
        item.mappings.remove(tie)
        db.session.delete(tie)
        db.session.flush()

    def point_elsewhere(self) -> None:
        """As no command does yet: a link leads to another theme."""
        link = self.chance.choice([link for link in self.one().links if link.theme_code])
        if any(other.theme_code == "CL09" for other in link.evidence.links):
            raise Refused("There already")
        link.theme_code = "CL09"
        db.session.flush()


EDITS = (
    Case.add, Case.add, Case.add_item, Case.add_action, Case.add_action, Case.link_area, Case.link_theme,
    Case.link_item, Case.link_item, Case.link_action, Case.link_action, Case.unlink, Case.correct, Case.withdraw,
    Case.reinstate, Case.look_again, Case.decide_days, Case.map_by_hand, Case.map_by_hand, Case.map_by_hand,
    Case.decide, Case.merge, Case.supersede, Case.split, Case.undo, Case.undo, Case.forget_a_suggestion,
    Case.point_elsewhere,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_after_random_edits_evidence_stands_where_its_links_lead(brent: Authority, seed: int) -> None:
    case = Case(seed, brent)
    for edit in (Case.add_item, Case.add_item, Case.add_action, Case.add, Case.add, Case.map_by_hand):
        edit(case)

    done: list[str] = []
    most = 0
    for _ in range(120):
        edit = case.chance.choice(EDITS)
        try:
            edit(case)
        except (Refused, IndexError):
            continue
        done.append(edit.__name__)
        assert kept(brent) == followed(brent), done
        most = max(most, len(kept(brent)))

    assert len(set(done)) > 15, "hardly anything was done"
    assert most > 10
    assert place(brent).wrong == 0


def test_what_is_counted_is_what_is_found_along_the_links(brent: Authority) -> None:
    case = Case(7, brent)
    for edit in (Case.add_item, Case.add_action, Case.map_by_hand, *[Case.add] * 8, *[Case.withdraw] * 2):
        edit(case)
    for edit in (Case.link_theme, Case.link_area, Case.link_item, Case.link_action) * 4:
        try:
            edit(case)
        except Refused:
            continue

    standing = [row for row in followed(brent) if row[3]]
    for to, tallies in (
        (MappedTo.THEME, queries.counts_by_theme(brent, TODAY)),
        (MappedTo.AREA, queries.counts_by_area(brent, FRAMEWORK, TODAY)),
    ):
        for code, tally in tallies.items():
            there = [row for row in standing if row[1:3] == (to, code)]
            assert tally.count == len(there)
            assert tally.stale == sum(row[7] <= TODAY for row in there)
            assert tally.newest == max(row[6] for row in there)
            assert tally.data == sum(row[4] is Kind.DATA for row in there)
            assert tally.strongest == max((row[5] for row in there), key=list(Strength).index)
        assert tallies
