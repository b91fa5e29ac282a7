"""The questions of a domain: which a case leads to, what may be answered, and what a tool may not say of them."""

from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from tracker.audits import asking
from tracker.audits.asking import Answered
from tracker.audits.schema import AnswerKind, Domain
from tracker.audits.tools import toolbox

LENS = toolbox().newest("equity-lens")
HOST = toolbox().newest("pre-proceedings")
WORDS = HOST.through([LENS]).domain("equity_language")
FACTS = {"age": "5 to 9", "legal_status": ""}


def domain(*questions: Mapping[str, object], **changes: object) -> Domain:
    return Domain.model_validate({"code": "plan", "name": "Plan", "question": "?", "questions": questions, **changes})


def question(code: str, **changes: object) -> dict[str, object]:
    return {"code": code, "text": f"Is it {code}?", **changes}


def unanswered(domain: Domain, given: dict[str, Answered], *, age: str, legal_status: str) -> list[str]:
    return [one.text for one in asking.unanswered(domain, given, age=age, legal_status=legal_status)]


def test_a_question_that_follows_from_an_answer_is_asked_after_that_answer_alone() -> None:
    def codes(given: Mapping[str, Answered]) -> list[str]:
        return [one.code for one in asking.asked(WORDS, given, **FACTS)]

    assert codes({}) == ["fair", "interpreter_needed"]
    assert codes({"interpreter_needed": Answered("no")}) == ["fair", "interpreter_needed"]
    assert codes({"interpreter_needed": Answered("yes")}) == ["fair", "interpreter_needed", "interpreter"]


def test_a_question_for_some_ages_is_asked_of_those_and_where_no_age_is_recorded() -> None:
    adulthood = domain(question("adult_team", applies={"ages": ["16 and 17"]}))

    assert adulthood.asked(age="16 and 17", legal_status="")
    assert adulthood.asked(age="", legal_status="")
    assert not adulthood.asked(age="5 to 9", legal_status="")


def test_every_condition_of_a_rule_must_hold() -> None:
    both = domain(question("one", applies={"ages": ["16 and 17"], "legal_statuses": ["Care leaver"]}))

    assert both.asked(age="16 and 17", legal_status="Care leaver")
    assert not both.asked(age="16 and 17", legal_status="Child in need")
    assert not both.asked(age="5 to 9", legal_status="Care leaver")


def test_what_must_be_answered_waits_until_it_is_and_what_may_be_left_does_not() -> None:
    given = {"fair": Answered("met")}

    assert unanswered(WORDS, given, **FACTS) == [
        "Did the child or the family need an interpreter, signing or another way to communicate?"
    ]
    assert unanswered(WORDS, {**given, "interpreter_needed": Answered("no")}, **FACTS) == []


def test_a_question_in_words_is_answered_by_words() -> None:
    why = domain(question("why", answer="words", required=True))

    assert unanswered(why, {}, **FACTS) == ["Is it why?"]
    assert unanswered(why, {"why": Answered(note="No reason was recorded")}, **FACTS) == []


def test_a_graded_question_is_answered_in_the_words_of_the_audit_it_is_asked_in() -> None:
    graded = domain(question("depth", answer="grade")).questions[0]

    assert asking.why_not_answer(HOST, graded, Answered("requires_improvement")) is None
    assert asking.why_not_answer(HOST, graded, Answered("met")) == "Choose one of the answers to “Is it depth?”"


def test_a_refusal_says_which_answer_would_lead_to_the_question() -> None:
    interpreter = WORDS.questions[2]

    assert asking.why_not_asked(HOST, WORDS, interpreter) == (
        "“Was one used each time it mattered, and never a family member or a child?” does not follow from the answers. "
        "Only where “Did the child or the family need an interpreter, signing or another way to communicate?” is "
        "answered Yes. Clear its answer, or change the other."
    )


def test_a_tool_is_shown_through_a_lens_with_the_domains_of_both() -> None:
    through = HOST.through([LENS])

    assert [one.code for one in through.domains] == [one.code for one in (*HOST.domains, *LENS.domains)]
    assert through.grades == HOST.grades


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([question("a"), question("a")], "the question code a is used twice"),
        ([question("a", applies={"answers": {"b": ["met"]}}), question("b")], "b, which is no earlier question"),
        (
            [question("a", answer=AnswerKind.TEXT), question("b", applies={"answers": {"a": ["met"]}})],
            "a, which is answered in words",
        ),
        ([question("a"), question("b", applies={"answers": {"a": ["yes"]}})], "an answer that a does not have"),
        ([question("a"), question("b", applies={"answers": {"a": []}})], "an answer that a does not have"),
        ([question("a", applies={"formula": "age > 5"})], "Extra inputs are not permitted"),
    ],
)
def test_a_rule_that_could_never_be_followed_is_refused(questions: list[dict[str, object]], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        domain(*questions)


def test_a_domain_does_not_depend_on_an_answer() -> None:
    with pytest.raises(ValidationError, match="only a question can depend on an answer"):
        domain(applies={"answers": {"needed": ["yes"]}})


def test_weights_show_a_profile_of_what_is_graded_and_no_grade() -> None:
    weights = {"chronology": 3, "plan": 1}
    domains = tuple(one.model_copy(update={"weight": weights.get(one.code)}) for one in HOST.domains)
    weighed = HOST.model_copy(update={"domains": domains})

    assert asking.weighted(weighed, {"chronology": "good", "plan": "inadequate", "voice": "inadequate"}) == (
        "By weight, 3 of 4 good or better"
    )
    assert asking.weighted(weighed, {"voice": "good"}) == ""
    assert asking.weighted(HOST, {"plan": "good"}) == ""
