"""Writing, reviewing and signing a self-evaluation; what is signed never changes."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.errors import Conflict, NotAllowed, Refused
from tracker.self_evaluation import commands, queries
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.rules import LONGEST_STATEMENT, Confidence, Question, StatementState, VersionState

TODAY = date(2026, 11, 20)


def save(statement: Statement, text: str = "New words.", **changes: Any) -> None:
    values: dict[str, Any] = {
        "version": statement.version,
        "title": statement.title,
        "text": text,
        "question": statement.question,
        "item": statement.item,
        "by": statement.author,
        "at": given_se.AT,
    }
    commands.save_statement(statement, **(values | changes))


def test_a_version_asks_for_a_view_on_every_judgement_area_of_its_framework(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)

    assert version.edition == 1
    assert [view.area_code for view in version.views] == [
        "leadership", "help_protection", "children_in_care", "care_leavers",
    ]  # fmt: skip


def test_no_version_starts_while_another_is_open(brent: Authority) -> None:
    given_se.a_version(authority=brent)

    with pytest.raises(Refused, match="Version 1 is not signed off yet"):
        given_se.a_version(authority=brent)


def test_versions_are_counted_in_each_authority_alone(brent: Authority) -> None:
    given_se.a_version(authority=brent)

    assert given_se.a_version(authority=given.an_authority(slug="barnet", name="Barnet")).edition == 1


def test_a_statement_keeps_what_it_cites_in_the_order_of_its_text(brent: Authority) -> None:
    statement = given_se.a_statement("Seen [q-88, e-231]. Again [E-231].", version=given_se.a_version(authority=brent))

    assert [(one.place, one.reference) for one in statement.citations] == [(1, "Q-88"), (2, "E-231")]


def test_saving_again_forgets_what_is_no_longer_cited(brent: Authority) -> None:
    statement = given_se.a_statement("Seen [E-1] [E-2].", version=given_se.a_version(authority=brent))

    save(statement, "Seen [E-2] [E-3].")

    assert [one.reference for one in statement.citations] == ["E-2", "E-3"]


def test_the_second_to_save_is_told_and_changes_nothing(brent: Authority) -> None:
    statement = given_se.a_statement("First.", version=given_se.a_version(authority=brent))
    opened = statement.version
    save(statement, "Second.")

    with pytest.raises(Conflict, match="S-1 was saved by somebody else"):
        save(statement, "Third.", version=opened)
    assert statement.text == "Second."


def test_new_words_are_a_draft_again(brent: Authority) -> None:
    statement = given_se.a_statement(version=given_se.a_version(authority=brent))
    commands.send_for_review(statement)

    save(statement)

    assert statement.state is StatementState.DRAFT


def test_a_statement_longer_than_anybody_reads_is_refused(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)

    with pytest.raises(Refused, match="PLO” has 20,001 characters; a statement may have 20,000"):
        given_se.a_statement("A" * (LONGEST_STATEMENT + 1), version=version)


def test_a_statement_belongs_to_an_area_of_its_versions_framework(brent: Authority) -> None:
    with pytest.raises(Refused, match="not part of this version's framework"):
        given_se.a_statement(version=given_se.a_version(authority=brent), area_code="overall")


def test_a_statement_without_words_is_not_sent_for_review(brent: Authority) -> None:
    statement = given_se.a_statement("  ", version=given_se.a_version(authority=brent))

    with pytest.raises(Refused, match="no text yet"):
        commands.send_for_review(statement)


def test_nobody_signs_off_what_she_wrote_or_last_changed(brent: Authority) -> None:
    author, editor = given.a_person(name="Samira Okafor"), given.a_person(name="Helen Marsh")
    statement = given_se.a_statement("We will meet.", question=Question.PLANS, author=author)
    save(statement, "We will meet weekly.", by=editor)
    commands.send_for_review(statement)

    for person in (author, editor):
        with pytest.raises(NotAllowed, match="You wrote S-1"):
            commands.sign_off_statement(statement, by=person, on=TODAY)


def test_a_colleague_signs_off_what_rests_on_evidence(brent: Authority) -> None:
    given_evidence.evidence(authority=brent)
    statement = given_se.a_statement("Delay has fallen [E-1].", version=given_se.a_version(authority=brent))
    commands.send_for_review(statement)

    commands.sign_off_statement(statement, by=given.a_person(name="Helen Marsh"), on=TODAY)

    assert statement.state is StatementState.SIGNED_OFF


def test_a_claim_is_not_signed_off(brent: Authority) -> None:
    statement = given_se.a_statement("Practice is good.", version=given_se.a_version(authority=brent))
    commands.send_for_review(statement)

    with pytest.raises(Refused, match="These make a claim without evidence: S-1"):
        commands.sign_off_statement(statement, by=given.a_person(name="Helen Marsh"), on=TODAY)


def test_what_was_changed_since_it_was_read_is_not_signed_off(brent: Authority) -> None:
    statement = given_se.a_statement("We will meet.", question=Question.PLANS)
    commands.send_for_review(statement)

    with pytest.raises(Conflict, match="saved by somebody else"):
        commands.sign_off_statement(
            statement, by=given.a_person(name="Helen Marsh"), on=TODAY, version=statement.version - 1
        )


def test_a_draft_is_not_signed_off(brent: Authority) -> None:
    statement = given_se.a_statement("We will meet.", question=Question.PLANS)

    with pytest.raises(Refused, match="once it is in review"):
        commands.sign_off_statement(statement, by=given.a_person(name="Helen Marsh"), on=TODAY)


def test_sending_back_says_why(brent: Authority) -> None:
    statement = given_se.a_statement(version=given_se.a_version(authority=brent))
    commands.send_for_review(statement)

    with pytest.raises(Refused, match="Say what should change"):
        commands.send_back(statement, reason=" ")
    commands.send_back(statement, reason="Cite the audit")

    assert statement.state is StatementState.DRAFT
    assert history.of(statement)[0].why == "Cite the audit"


def test_a_removed_statements_number_is_not_used_again(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    commands.remove_statement(given_se.a_statement(version=version), reason="Said twice")

    assert given_se.a_statement(version=version).reference == "S-2"


def test_a_grade_comes_with_its_confidence_and_waits_to_be_agreed(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    view = given_se.graded(version, agreed=True)

    given_se.graded(version, grade_code="outstanding", confidence=Confidence.LOW)

    assert (view.grade_code, view.confidence, view.agreed) == ("outstanding", Confidence.LOW, False)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"grade_code": "splendid"}, "not on this framework's scale"),
        ({"confidence": None}, "how confident you are"),
    ],
)
def test_a_grade_that_cannot_be_is_refused(brent: Authority, change: dict[str, Any], sentence: str) -> None:
    view = given_se.a_version(authority=brent).views[0]
    values: dict[str, Any] = {"grade_code": "good", "confidence": Confidence.HIGH, "reason": "", "not_sure_of": ""}

    with pytest.raises(Refused, match=sentence):
        commands.judge_area(view, version=view.version, **(values | change))


def test_a_director_does_not_agree_to_a_grade_that_changed_meanwhile(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    view = given_se.graded(version)
    read = view.version
    given_se.graded(version, grade_code="outstanding")

    with pytest.raises(Conflict, match="since you opened it"):
        commands.agree_area(view, version=read)


def test_an_area_without_a_grade_is_not_agreed(brent: Authority) -> None:
    with pytest.raises(Refused, match="no self-grade to agree with"):
        commands.agree_area(given_se.a_version(authority=brent).views[0])


def test_a_version_is_signed_from_review_only(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    given_se.a_statement("We will meet.", version=version, question=Question.PLANS)
    given_se.all_agreed(version)

    with pytest.raises(Refused, match="It has to be sent for review first"):
        commands.sign_off_version(version, by=given.a_person(role=Role.DIRECTOR), on=TODAY)


def test_a_version_without_a_statement_is_not_sent_for_review(brent: Authority) -> None:
    with pytest.raises(Refused, match="no statement in it yet"):
        commands.send_version_for_review(given_se.a_version(authority=brent))


def test_a_version_in_review_can_go_back(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    given_se.a_statement(version=version)
    commands.send_version_for_review(version)

    commands.send_version_back(version, reason="Leaders has no plan")

    assert version.state is VersionState.DRAFT
    assert history.of(version)[0].why == "Leaders has no plan"
    with pytest.raises(Refused, match="a draft already"):
        commands.send_version_back(version, reason="Again")


def test_a_version_is_not_signed_while_a_grade_is_missing_or_not_agreed(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    given_se.a_statement("We will meet.", version=version, question=Question.PLANS)
    given_se.passed_on(version)
    director = given.a_person(role=Role.DIRECTOR)

    with pytest.raises(Refused, match="no self-grade for leaders yet"):
        commands.sign_off_version(version, by=director, on=TODAY)
    for view in version.views:
        given_se.graded(version, view.area_code)
    given_se.passed_on(version)
    with pytest.raises(Refused, match="self-grade for leaders is not agreed yet"):
        commands.sign_off_version(version, by=director, on=TODAY)


def test_a_version_with_a_claim_is_not_signed(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    given_se.a_statement("Practice is good.", version=version)
    given_se.all_agreed(version)
    given_se.passed_on(version)

    with pytest.raises(Refused, match="claim without evidence: S-1"):
        commands.sign_off_version(version, by=given.a_person(role=Role.DIRECTOR), on=TODAY)


def test_new_words_in_what_the_director_has_go_to_a_head_of_service_again(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    statement = given_se.a_statement("We will meet.", version=version, question=Question.PLANS)
    given_se.all_agreed(version)
    given_se.passed_on(version)
    assert (version.state, version.reviewed_on) == (VersionState.WITH_DIRECTOR, date(2026, 9, 20))

    save(statement, "We will meet daily.")

    assert (version.state, version.reviewed_on, version.reviewed_by) == (VersionState.IN_REVIEW, None, None)
    with pytest.raises(Refused, match="is with a head of service"):
        commands.sign_off_version(version, by=given.a_person(role=Role.DIRECTOR), on=TODAY)


def test_a_version_that_changed_while_it_was_read_is_neither_passed_on_nor_signed(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    statement = given_se.a_statement("We will meet.", version=version, question=Question.PLANS)
    given_se.all_agreed(version)
    commands.send_version_for_review(version)
    read = commands.digest(commands.words_of(version))
    save(statement, "We will meet daily.")
    person = given.a_person(role=Role.DIRECTOR)

    with pytest.raises(Conflict, match="Somebody changed this version"):
        commands.pass_to_director(version, by=person, on=TODAY, read=read)
    given_se.passed_on(version)
    with pytest.raises(Conflict, match="Somebody changed this version"):
        commands.sign_off_version(version, by=person, on=TODAY, read=read)


def test_what_is_signed_is_frozen_with_its_hash(brent: Authority, session: Session) -> None:
    version = given_se.a_signed_version(authority=brent, text="We will meet weekly.")
    session.expire_all()

    assert version.frozen is not None
    assert version.frozen["statements"][0]["text"] == "We will meet weekly."
    assert version.frozen["signed_by"] == "Dana Whitfield"
    assert version.frozen_sha256 == commands.digest(version.frozen)
    assert [statement.state for statement in version.statements] == [StatementState.SIGNED_OFF]


def test_nothing_changes_what_is_signed(brent: Authority) -> None:
    version = given_se.a_signed_version(authority=brent)
    (statement,), view, person = version.statements, version.views[0], given.a_person(role=Role.DIRECTOR)
    tries = (
        lambda: save(statement),
        lambda: commands.send_for_review(statement),
        lambda: commands.send_back(statement, reason="Why not"),
        lambda: commands.sign_off_statement(statement, by=person, on=TODAY),
        lambda: commands.remove_statement(statement, reason="Why not"),
        lambda: given_se.a_statement(version=version),
        lambda: given_se.graded(version, view.area_code, "outstanding"),
        lambda: commands.agree_area(view),
        lambda: commands.send_version_for_review(version),
        lambda: commands.send_version_back(version, reason="Why not"),
        lambda: commands.sign_off_version(version, by=person, on=TODAY),
    )

    for attempt in tries:
        with pytest.raises(Refused, match="Version 1 was signed off on 30 September 2026 and cannot change"):
            attempt()
    assert version.frozen is not None
    assert version.frozen_sha256 == commands.digest(version.frozen)


def test_the_database_refuses_a_signature_without_a_day(brent: Authority, session: Session) -> None:
    version = given_se.a_version(authority=brent)
    version.state = VersionState.SIGNED_OFF

    with pytest.raises(IntegrityError, match="signed_off_has_a_day"):
        session.flush()


def test_carrying_forward_copies_everything_as_a_draft_to_look_at_again(brent: Authority) -> None:
    given.an_action(item=given.an_item(authority=brent))
    first = given_se.a_signed_version(authority=brent, text="We will meet [A-1].")

    second = commands.roll_forward(brent, title="Winter 2026", on=date(2026, 12, 1), at=given_se.AT)

    (copy,) = second.statements
    assert (second.edition, second.state, second.title) == (2, VersionState.DRAFT, "Winter 2026")
    assert (copy.text, copy.state, copy.reference) == ("We will meet [A-1].", StatementState.DRAFT, "S-2")
    assert copy.carried_from is first.statements[0]
    assert [one.reference for one in copy.citations] == ["A-1"]
    assert {(view.grade_code, view.agreed) for view in second.views} == {("good", False)}


def test_a_statement_is_carried_to_the_area_that_continues_its_own(brent: Authority) -> None:
    old = commands.start_version(brent, title="2018", framework_id="ilacs-2018", on=date(2018, 6, 1))
    given_se.a_statement(
        "We will meet.", version=old, area_code="children_in_care_and_care_leavers", question=Question.PLANS
    )
    given_se.all_agreed(old)
    given_se.passed_on(old)
    commands.sign_off_version(old, by=given.a_person(role=Role.DIRECTOR), on=date(2018, 7, 1))

    new = commands.roll_forward(brent, title="2026", on=date(2026, 9, 1), at=given_se.AT)

    assert [statement.area_code for statement in new.statements] == ["children_in_care"]


def test_nothing_is_carried_forward_from_nothing_or_from_a_draft(brent: Authority) -> None:
    with pytest.raises(Refused, match="no version to carry forward"):
        commands.roll_forward(brent, title="Winter", on=TODAY, at=given_se.AT)
    given_se.a_version(authority=brent)
    with pytest.raises(Refused, match="not signed off yet"):
        commands.roll_forward(brent, title="Winter", on=TODAY, at=given_se.AT)


def test_marking_a_version_takes_as_many_statements_for_thirty_as_for_three(brent: Authority, session: Session) -> None:
    for number in range(10):
        given_evidence.evidence(authority=brent, title=f"Evidence {number}")
    version = given_se.a_version(authority=brent)
    author = given.a_person()
    for number in range(30):
        given_se.a_statement(f"Seen [E-{number % 10 + 1}].", version=version, author=author)
    session.expire_all()

    with at_most(9):
        found = queries.version(brent, 1)
        assert found is not None
        assert len(queries.readings(brent, found.statements, TODAY)) == 30
