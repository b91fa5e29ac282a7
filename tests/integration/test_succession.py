"""Items that give way: merged, split, superseded, with the trail kept, and undone while nothing else has changed."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_actions, given_audits
from tests.given_succession import DAY, WORDING, merge
from tests.given_succession import dana as dana  # a fixture
from tracker.actions import commands as actions
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.actions.succession import commands, queries
from tracker.actions.succession.rules import Part
from tracker.improvements import commands as improvements
from tracker.improvements import queries as items
from tracker.improvements.mapping import commands as mappings
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Decision, ItemState, MappedTo, Source
from tracker.people.models import Authority, Person
from tracker.platform import clock, history
from tracker.platform.errors import Conflict, NotAllowed, Refused


@pytest.fixture
def samira(brent: Authority) -> Person:
    return given.a_person(name="Samira Okafor", authority=brent)


def split(item: ImprovementItem, by: Person, *actions: tuple[Action, ...]) -> list[ImprovementItem]:
    places = [*actions, (), ()][:2]
    parts = [
        Part(title, wording, frozenset(action.id for action in place))
        for (title, wording), place in zip(
            [("Plans", "The quality of plans"), ("Recording", "The quality of case recording")], places, strict=True
        )
    ]
    return commands.split(item, parts=parts, version=item.version, reason="Two heads of service", by=by, on=DAY)


def supersede(item: ImprovementItem, successor: ImprovementItem | None, by: Person) -> None:
    commands.supersede(item, successor=successor, version=item.version, reason="The law changed", by=by, on=DAY)


# Merging ---------------------------------------------------------------------------------------------------------


def test_what_is_owed_moves_with_its_history_and_what_is_shown_stays(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item(wording="The quality of reviews")
    owed, delivered = given.an_action(item=item), given_actions.a_delivered_action(item=item)
    superseded = given.an_action(item=item, status=Status.SUPERSEDED)
    given_actions.an_update(owed)

    merge(item, into, dana)

    assert (owed.item, delivered.item, superseded.item) == (into, into, item)
    assert len(owed.updates) == 1
    assert history.of(owed)[0].why == "I-1 was merged into I-2 on 20 November 2026: Both ask for the same"
    assert [move.action for move in queries.moves_from(item)] == [owed, delivered]


def test_the_trail_says_into_what_when_by_whom_and_why(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item()

    merge(item, into, dana)

    assert (item.state, item.closed_on, item.closed_by, item.closed_because) == (
        ItemState.MERGED, DAY, dana, "Both ask for the same",
    )  # fmt: skip
    assert (item.became, item.ended_line) == ("merged into I-2", "Merged into I-2 on 20 November 2026")
    assert history.of(item)[0].why == "Both ask for the same"
    assert history.of(into)[0].what == "takes the place of I-1"


def test_what_the_item_was_mapped_to_is_offered_to_the_one_it_joins_and_decided_by_nobody(
    session: Session, dana: Person
) -> None:
    item, into = given.an_item(), given.an_item()
    for code in ("HP11", "HP16"):
        given_audits.a_confirmed_theme(item, code)
    mappings.reject(mappings.add_by_hand(into, to=MappedTo.THEME, code="HP16", by=dana), by=dana)

    merge(item, into, dana)

    offered = {tie.code: (tie.decision, tie.reason) for tie in into.mappings}
    assert offered["HP11"] == (Decision.SUGGESTED, "I-1, whose place it takes, speaks of it")
    assert offered["HP16"][0] is Decision.REJECTED
    assert [theme.theme.code for theme in items.themes_of(item)] == ["HP11", "HP16"]


def test_paragraphs_are_offered_within_one_report_only(session: Session, dana: Person) -> None:
    report = given.an_inspection(paragraphs={8: ("help_protection", "Some children are experiencing delay.")})
    first, second = given.an_item(inspection=report), given.an_item(inspection=report)
    elsewhere = given.an_item(source=Source.PEER_REVIEW)
    mappings.add_by_hand(first, to=MappedTo.PARAGRAPH, paragraph=report.paragraphs[0], by=dana)

    merge(first, second, dana)
    mappings.confirm(second.mappings[0], by=dana)
    merge(second, elsewhere, dana)

    assert [tie.paragraph for tie in second.mappings] == [report.paragraphs[0]]
    assert elsewhere.mappings == []


def test_an_item_cannot_join_itself_or_what_was_merged_into_it(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item()
    with pytest.raises(Refused, match="I-1 cannot be merged into itself"):
        merge(item, item, dana)
    merge(item, into, dana)

    with pytest.raises(Refused, match="I-1 was merged into I-2 on 20 November 2026, so I-2 cannot be merged into it"):
        merge(into, item, dana)
    with pytest.raises(Refused, match=r"I-1 was merged into I-2 .* Work with I-2 instead"):
        merge(item, given.an_item(), dana)


def test_a_closed_item_is_opened_again_first_and_nothing_joins_it(session: Session, dana: Person) -> None:
    closed, still_open = given.an_item(), given.an_item()
    actions.close_item(closed, version=closed.version, reason="Shown by Q-1", by=dana, on=DAY)

    with pytest.raises(Refused, match=r"I-1 was closed on 20 November 2026\. Open it again first"):
        merge(closed, still_open, dana)
    with pytest.raises(Refused, match=r"so nothing can be merged into it\. Choose an item that is open"):
        merge(still_open, closed, dana)


def test_items_of_two_authorities_are_never_merged(session: Session, dana: Person) -> None:
    item = given.an_item()
    elsewhere = given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))

    with pytest.raises(Refused, match="only be merged into an item of its own authority"):
        merge(item, elsewhere, dana)
    with pytest.raises(Refused, match="only be superseded by an item of its own authority"):
        supersede(item, elsewhere, dana)


def test_a_reason_is_always_asked_for(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item()

    with pytest.raises(Refused, match="Say why"):
        merge(item, into, dana, reason="  ")

    assert item.is_open


def test_a_head_of_service_merges_her_own_into_her_own_or_nobodys(session: Session, samira: Person) -> None:
    tom = given.a_person(name="Tom Ferris")
    mine, nobodys, toms = given.an_item(owner=samira), given.an_item(), given.an_item(owner=tom)

    with pytest.raises(NotAllowed, match=r"I-3 is not yours"):
        merge(toms, mine, samira)
    with pytest.raises(NotAllowed, match=r"I-3 is Tom Ferris’s, who would have its actions to answer for"):
        merge(mine, toms, samira)
    merge(mine, nobodys, samira)

    assert mine.state is ItemState.MERGED


def test_who_saw_an_older_version_of_the_item_is_told(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item()
    old = item.version
    improvements.rename(item, title="Changed meanwhile")

    with pytest.raises(Conflict, match="I-1 was changed by somebody else"):
        commands.merge(item, into=into, version=old, reason="Same", by=dana, on=DAY)


def test_who_has_the_action_or_the_surviving_item_open_is_told(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item()
    action = given.an_action(item=item)
    seen_action, seen_item = action.version, into.version

    merge(item, into, dana)

    with pytest.raises(Conflict):
        actions.supersede(action, version=seen_action, reason="Not needed", by=dana, on=DAY)
    with pytest.raises(Conflict):
        actions.close_item(into, version=seen_item, reason="Shown by Q-1", by=dana, on=DAY)


def test_an_item_that_gave_way_is_not_appraised_any_more(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item()
    merge(item, into, dana)

    with pytest.raises(Refused, match="I-1 was merged into I-2, so it is not appraised any more"):
        improvements.appraise(
            item, on=DAY, by=dana, worried_about=["Waits"], working_well=[], needs_to_happen=[], scale=4, aim=8
        )


# Splitting -------------------------------------------------------------------------------------------------------


def test_each_part_is_an_item_with_a_new_number_the_same_source_and_its_own_actions(
    session: Session, dana: Person, samira: Person
) -> None:
    item = given.an_item(inspection=given.an_inspection(), wording=WORDING, owner=samira)
    given_audits.a_confirmed_theme(item, "HP11")
    first, second = given.an_action(item=item), given.an_action(item=item)

    plans, recording = split(item, dana, (second,), (first,))

    assert (plans.reference, recording.reference, item.became) == ("I-2", "I-3", "split into I-2 and I-3")
    assert (plans.part_of, plans.owner, plans.source_line) == (item, samira, item.source_line)
    assert (first.item, second.item) == (recording, plans)
    assert [tie.decision for tie in plans.mappings if tie.code == "HP11"] == [Decision.SUGGESTED]


def test_a_part_says_no_more_than_the_item_said(session: Session, dana: Person) -> None:
    item = given.an_item(wording=WORDING)
    parts = [Part("Plans", "The quality of plans"), Part("Late", "Late reviews")]

    with pytest.raises(Refused, match="Part 2: “Late” is not in the item’s own words"):
        commands.split(item, parts=parts, version=item.version, reason="Two", by=dana, on=DAY)

    assert item.is_open


def test_an_action_of_another_item_goes_to_no_part(session: Session, dana: Person) -> None:
    item, stranger = given.an_item(wording=WORDING), given.an_action(item=given.an_item())

    with pytest.raises(Refused, match="Only actions of this item"):
        split(item, dana, (stranger,), ())

    assert stranger.item is not item


# Superseding -----------------------------------------------------------------------------------------------------


def test_nothing_takes_the_place_of_an_item_only_once_no_action_is_open(session: Session, dana: Person) -> None:
    item = given.an_item()
    action = given.an_action(item=item)
    with pytest.raises(Refused, match=r"1 action of I-1 is open\. Choose the item that takes its place"):
        supersede(item, None, dana)
    actions.supersede(action, version=action.version, reason="Not needed", by=dana, on=DAY)

    supersede(item, None, dana)

    assert (item.state, item.became, item.in_its_place) == (ItemState.SUPERSEDED, "superseded", [])


def test_another_item_takes_its_place_with_what_is_owed(session: Session, dana: Person) -> None:
    item, successor = given.an_item(), given.an_item()
    action = given.an_action(item=item)

    supersede(item, successor, dana)

    assert (action.item, item.became) == (successor, "superseded by I-2")


# Undoing ---------------------------------------------------------------------------------------------------------


def undo(item: ImprovementItem, by: Person) -> None:
    commands.undo(item, version=item.version, by=by, on=DAY)


def test_a_merger_is_undone_with_its_actions_and_without_what_was_offered(session: Session, dana: Person) -> None:
    item, into = given.an_item(), given.an_item()
    given_audits.a_confirmed_theme(item, "HP11")
    action = given.an_action(item=item)
    merge(item, into, dana)

    undo(item, dana)

    assert (item.state, item.closed_on, item.successor, action.item) == (ItemState.OPEN, None, None, item)
    assert into.mappings == []
    assert history.of(item)[0].why == "Undone: I-1 was merged into I-2 on 20 November 2026"
    merge(item, into, dana)
    assert action.item is into


def test_a_split_is_undone_and_the_numbers_of_its_parts_are_not_used_again(session: Session, dana: Person) -> None:
    item = given.an_item(wording=WORDING)
    action = given.an_action(item=item)
    plans, recording = split(item, dana, (action,), ())

    undo(item, dana)
    again, _ = split(item, dana, (action,), ())

    assert (plans.became, recording.became) == ("superseded by I-1", "superseded by I-1")
    assert (again.reference, item.became) == ("I-4", "split into I-4 and I-5")


def test_it_cannot_be_undone_once_an_action_was_changed_added_or_the_other_item_closed(
    session: Session, dana: Person
) -> None:
    item, into, parted = given.an_item(), given.an_item(), given.an_item(wording=WORDING)
    action = given.an_action(item=item)
    merge(item, into, dana)
    actions.update(
        action, version=action.version, status=Status.AT_RISK, done="One team left", by=dana, on=clock.today()
    )
    plans, _ = split(parted, dana)
    given.an_action(item=plans)

    with pytest.raises(Refused, match="A-1 has been changed since I-1 was merged into I-2"):
        undo(item, dana)
    with pytest.raises(Refused, match="A-2 has been changed since I-3 was split into I-4 and I-5"):
        undo(parted, dana)


def test_it_cannot_be_undone_once_what_took_its_place_gave_way_itself(session: Session, dana: Person) -> None:
    first, second, third = given.an_item(), given.an_item(), given.an_item()
    merge(first, second, dana)
    merge(second, third, dana)

    with pytest.raises(Refused, match="I-2 has been changed since"):
        undo(first, dana)
    assert [one.reference for one in queries.predecessors(first.authority)[third.id]] == ["I-1", "I-2"]


def test_there_is_nothing_to_undo_for_an_open_or_a_closed_item(session: Session, dana: Person) -> None:
    item = given.an_item()

    with pytest.raises(Refused, match="I-1 is open: there is nothing to undo"):
        undo(item, dana)


# What the database refuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "reason", "constraint"),
    [(ItemState.MERGED, "Same", "merged_into_another"), (ItemState.SPLIT, "", "gives_way_with_a_reason")],
)
def test_the_database_holds_no_item_that_gave_way_without_where_or_why(
    session: Session, state: ItemState, reason: str, constraint: str
) -> None:
    item = given.an_item()

    item.state, item.closed_on, item.closed_because = state, DAY, reason

    with pytest.raises(IntegrityError, match=constraint):
        session.flush()
