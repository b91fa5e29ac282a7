"""Who may see an audit's first grades, and which audits are graded a second time."""

from uuid import UUID, uuid4

import pytest

from tracker.audits.blind.rules import (
    Moderation,
    Reader,
    Sampling,
    Seen,
    again,
    chosen,
    lot,
    shows_grades,
    why_not_blind,
    why_not_share,
)
from tracker.audits.safety.rules import EscalationState, why_not_answer
from tracker.audits.tools import toolbox
from tracker.people.rules import Role
from tracker.platform.windows import follows

AUDITOR, MODERATOR, OTHER = uuid4(), uuid4(), uuid4()
TOOL = toolbox().newest("pre-proceedings")


def shown(
    to: UUID,
    role: Role = Role.QA_OFFICER,
    *,
    moderation: Moderation = Moderation.CHOSEN,
    moderator: UUID | None = None,
    moderated: bool = False,
    asked_by: UUID | None = None,
) -> bool:
    return shows_grades(Seen(AUDITOR, moderator, moderated, moderation, asked_by), Reader(to, role))


@pytest.mark.parametrize("moderation", [Moderation.UNDECIDED, Moderation.CHOSEN, Moderation.ASKED])
def test_whoever_may_moderate_an_audit_sees_no_grade_before_she_has_begun(moderation: Moderation) -> None:
    assert not shown(OTHER, moderation=moderation)
    assert not shown(MODERATOR, moderation=moderation, moderator=MODERATOR)
    assert shown(AUDITOR, moderation=moderation)
    assert shown(OTHER, Role.HEAD_OF_SERVICE, moderation=moderation)


def test_grades_are_open_once_moderated_or_not_chosen_and_to_whoever_asked() -> None:
    assert shown(OTHER, moderated=True, moderator=MODERATOR)
    assert shown(OTHER, moderation=Moderation.NOT_CHOSEN)
    assert shown(OTHER, moderation=Moderation.ASKED, asked_by=OTHER)
    assert "know its grades" in str(why_not_blind(Moderation.ASKED, OTHER, asked_by=OTHER, reference="Q-1"))
    assert "was not chosen" in str(why_not_blind(Moderation.NOT_CHOSEN, OTHER, asked_by=None, reference="Q-1"))


def test_both_ends_of_the_scale_are_chosen_and_a_share_of_the_rest() -> None:
    share = Sampling(share=20)

    assert [chosen(TOOL, grade.code, place=99, sampling=share) for grade in TOOL.grades] == [
        Moderation.CHOSEN, Moderation.NOT_CHOSEN, Moderation.NOT_CHOSEN, Moderation.CHOSEN,
    ]  # fmt: skip
    assert chosen(TOOL, "good", place=19, sampling=share) is Moderation.CHOSEN
    assert chosen(TOOL, "good", place=20, sampling=share) is Moderation.NOT_CHOSEN
    assert chosen(TOOL, "inadequate", place=20, sampling=Sampling(20, ends=False)) is Moderation.NOT_CHOSEN
    assert why_not_share(101) == "Give the share as a number from 0 to 100."


def test_the_draw_takes_about_its_share_and_can_be_repeated() -> None:
    places = [lot(UUID(int=number)) for number in range(2_000)]

    assert 340 <= sum(place < 20 for place in places) <= 460
    assert places == [lot(UUID(int=number)) for number in range(2_000)]


def test_an_audit_that_could_be_read_is_not_chosen_as_blind_when_it_is_finished_again() -> None:
    assert again(Moderation.NOT_CHOSEN, Moderation.CHOSEN) is Moderation.ASKED
    assert again(Moderation.UNDECIDED, Moderation.CHOSEN) is Moderation.CHOSEN
    assert again(Moderation.ASKED, Moderation.NOT_CHOSEN) is Moderation.ASKED


def test_a_tool_without_grades_has_no_ends() -> None:
    ungraded = next((tool for tool in toolbox().latest if len(tool.grades) == 1), None)
    if ungraded is not None:
        assert chosen(ungraded, ungraded.grades[0].code, place=99, sampling=Sampling()) is Moderation.NOT_CHOSEN


def test_a_page_never_stands_in_its_own_way_but_in_that_of_another() -> None:
    assert follows("k3x:4", "k3x:5")
    assert not follows("k3x:5", "k3x:5")
    assert not follows("k3x:4", "other:9")
    assert not follows("k3x:4", "k3x:five")


def test_a_grade_passed_up_is_answered_once() -> None:
    assert why_not_answer(EscalationState.OPEN, reference="Q-1", by="") is None
    assert why_not_answer(EscalationState.ANSWERED, reference="Q-1", by="Dana") == "Dana has answered Q-1 already."
    assert "put right" in str(why_not_answer(EscalationState.WITHDRAWN, reference="Q-1", by=""))
