"""What would be asked about a sentence, what counts as praise, and when audits disagree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.self_evaluation import rules, sentences
from tracker.self_evaluation.rules import Cited, Mark, Question, Verdict, VersionState

GOOD = Cited(exists=True)
OLD = Cited(exists=True, stale="is of 14 May 2026, and an audit is stale after 182 days")
DONE = Cited(exists=True, shows_difference=False)
GONE = Cited(exists=True, withdrawn=True)


def marked(text: str, *, question: Question = Question.KNOW, **cited: Cited) -> tuple[Mark | None, str]:
    (sentence,) = sentences.blocks(text)[0].sentences
    found = rules.mark(sentence, question=question, cited={name.replace("_", "-"): it for name, it in cited.items()})
    return found.mark, found.because


def test_a_sentence_that_rests_on_evidence_has_no_mark() -> None:
    assert marked("Letters are clear [E-1].", E_1=GOOD) == (None, "")


def test_a_sentence_that_cites_nothing_makes_a_claim() -> None:
    assert marked("Letters are clear.") == (Mark.NO_EVIDENCE, "It makes a claim and cites nothing")


def test_a_reference_that_leads_nowhere_is_no_evidence() -> None:
    assert marked("Letters are clear [E-1] [E-2].") == (Mark.NO_EVIDENCE, "There is nothing called E-1 or E-2")


def test_withdrawn_evidence_is_no_evidence() -> None:
    assert marked("Letters are clear [E-1].", E_1=GONE) == (Mark.NO_EVIDENCE, "E-1 was withdrawn")


def test_one_thing_that_stands_carries_a_sentence_beside_one_that_is_stale() -> None:
    assert marked("Letters are clear [E-2] [E-3].", E_2=OLD, E_3=GOOD) == (None, "")


def test_what_was_withdrawn_or_never_was_is_marked_beside_what_stands() -> None:
    assert marked("Letters are clear [E-1] [E-3].", E_1=GONE, E_3=GOOD) == (Mark.WITHDRAWN, "E-1 was withdrawn")
    assert marked("Letters are clear [E-3] [E-9].", E_3=GOOD) == (Mark.NOT_FOUND, "There is nothing called E-9")
    assert marked("Letters are clear [E-1] [E-3] [S-9].", E_1=GONE, E_3=GOOD) == (
        Mark.WITHDRAWN,
        "E-1 was withdrawn. S-9 cannot be cited: that is the reference of a statement",
    )


def test_a_sentence_that_rests_on_old_things_only_is_stale() -> None:
    assert marked("Dates are kept [E-1].", E_1=OLD) == (
        Mark.STALE,
        "E-1 is of 14 May 2026, and an audit is stale after 182 days",
    )


def test_activity_is_not_difference_except_in_a_plan() -> None:
    assert marked("We trained 46 people [E-1].", E_1=DONE) == (
        Mark.ACTIVITY_ONLY,
        "E-1 says what was done, not what changed for children",
    )
    assert marked("We will train 46 people [E-1].", question=Question.PLANS, E_1=DONE) == (None, "")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("We will meet every week.", Question.PLANS),
        ("We do not yet know how families experience this.", Question.KNOW),
        ("We are not sure why.", Question.HOW),
        ("What do families say?", Question.KNOW),
        ("# Where we are", Question.KNOW),
    ],
)
def test_plans_doubts_questions_and_headings_need_no_proof(text: str, question: Question) -> None:
    assert marked(text, question=question) == (None, "")


def test_a_plan_that_cites_what_is_not_there_is_marked_all_the_same() -> None:
    assert marked("We will follow A-9 [A-9].", question=Question.PLANS)[0] is Mark.NO_EVIDENCE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Oversight is now consistently good.", "consistently good"),
        ("Plans drift. Practice is Strong here.", "Strong"),
        ("- Reviews are timely", "timely"),
        ("Oversight is not yet good.", None),
        ("It is never robust enough.", None),
        ("Practice will be good by March.", None),
        ("Five of 12 were rated good.", None),
        ("Letters were good in 9 of 12 cases.", None),
        ("Audits were graded good or better.", None),
        ("Inspectors wrote “effective leadership” in 2023.", None),
        ("# Strong leaders", None),
        ("The goods arrived.", None),
        ("", None),
    ],
)
def test_praise_is_found_unless_it_is_denied_promised_counted_or_quoted(text: str, found: str | None) -> None:
    assert rules.praise(text) == found


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_good_audits_never_make_the_verdict_worse(good: int, more: int) -> None:
    count = good + more
    order = [Verdict.DISAGREES, Verdict.IN_PART, Verdict.AGREES]
    verdicts = [rules.audits_say(number, count) for number in range(good, count + 1)]

    if count >= rules.LEAST_AUDITS:
        assert [order.index(verdict) for verdict in verdicts] == sorted(order.index(verdict) for verdict in verdicts)
    else:
        assert set(verdicts) <= {Verdict.TOO_FEW, Verdict.NOT_KNOWN}


def test_half_of_the_audits_good_is_in_part_and_fewer_is_disagreement() -> None:
    assert rules.audits_say(6, 12) is Verdict.IN_PART
    assert rules.audits_say(5, 12) is Verdict.DISAGREES


@pytest.mark.parametrize("to", list(VersionState))
def test_what_is_signed_off_moves_nowhere(to: VersionState) -> None:
    assert not rules.may_move(VersionState.SIGNED_OFF, to)
