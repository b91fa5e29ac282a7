"""What is in a pack of the self-evaluation or of the plan: its chapters, its register and its numbers."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports import build
from reports import contents as pack
from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tests.given_packs import TODAY, a_version, area, chapter, frozen, words
from tests.queries_counted import at_most
from tracker.evidence import commands as evidence
from tracker.evidence import queries as evidences
from tracker.indicators.models import Measure
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db
from tracker.self_evaluation import commands as self_evaluation

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def test_a_chapter_answers_the_three_questions_with_what_they_rest_on(brent: Authority) -> None:
    a_version(brent)

    found = area(frozen(brent), "help_protection")

    assert [statement.reference for statement in found.know.statements] == ["S-1"]
    assert [statement.reference for statement in found.plans.statements] == ["S-2"]
    assert [quotation.paragraph for quotation in found.inspectors_said] == ["8"]
    assert [(figure.label, figure.value) for figure in found.figures] == [
        ("Ofsted, April 2026", "Good"),
        ("Newest evidence", "12 November 2026"),
    ]
    assert (found.own_view.grade, found.own_view.grade_note) == ("Good", "Not yet agreed by the director")
    assert found.measures is not None
    assert found.measures.measures[0].distance == "19 points short of 90%"


def test_sources_stand_side_by_side_on_every_open_item(brent: Authority) -> None:
    a_version(brent)

    (row,) = area(frozen(brent), "help_protection").agreements

    assert (row.theme, row.inspectors.word, row.inspectors.note) == (
        "I-1 Pre-proceedings work",
        "Needs to improve",
        "[R-1:8]",
    )
    assert (row.audits.word, row.audits.note) == ("Not good yet", "1 of 4 good or better")
    assert (row.measures.word, row.measures.note) == ("Not met", "M-1 71%, target 90%")
    assert (row.people.word, row.people.note) == ("1 heard", "Newest November 2026 [E-2]")
    assert row.verdict.text == "Agree: not yet good"


def test_what_audits_contradict_is_printed_among_our_doubts(brent: Authority) -> None:
    a_version(brent)

    (entry,) = chapter(frozen(brent), pack.NotYetSure).entries

    assert entry.points == (
        (
            "We call this area good, but moderated audits of the last six months found practice good or better in 1 of "
            "4 cases. Our reason: Plans hold."
        ),
        "How fathers fare",
        "S-1 says “good”; moderated audits since the inspection found practice good or better in 1 of 4 cases.",
    )


def test_the_register_holds_everything_that_is_cited_or_quoted(brent: Authority) -> None:
    a_version(brent)

    entries = chapter(frozen(brent), pack.Register).entries

    assert [entry.reference for entry in entries] == ["E-1", "E-2", "M-1", "R-1"]


def test_evidence_that_only_an_action_cites_is_in_the_register_too(brent: Authority) -> None:
    a_version(brent)
    given_evidence.evidence(authority=brent, title="Tracker")
    action = given.an_action(item=given.an_item(authority=brent), difference="Faster [E-3].")

    assert action.reference == "A-3"
    assert "E-3" in [entry.reference for entry in chapter(frozen(brent), pack.Register).entries]


def test_a_plan_has_a_register_of_what_it_names_before_its_method(brent: Authority) -> None:
    a_version(brent)
    given.an_action(item=given.an_item(authority=brent), difference="Faster [E-1], as audits found [Q-2].")

    contents = frozen(brent, PackKind.IMPROVEMENT_PLAN)

    assert [type(each) for each in contents.chapters] == [pack.Plan, pack.Register, pack.Method]
    assert [(each.reference, each.title) for each in chapter(contents, pack.Register).entries] == [
        ("E-1", "Dip sample"),
        ("Q-2", "Case audit BR-1"),
    ]


def test_what_has_no_owner_is_in_the_register_with_where_it_comes_from(brent: Authority) -> None:
    a_version(brent)
    given.an_action(item=given.an_item(authority=brent), difference="Faster [M-1], as audits found [Q-2].")
    measure = db.session.scalars(select(Measure)).one()
    measure.origin = "Pre-proceedings tracker"

    entries = chapter(frozen(brent, PackKind.IMPROVEMENT_PLAN), pack.Register).entries

    assert [(each.reference, each.owner) for each in entries] == [
        ("M-1", "Pre-proceedings tracker"),
        ("Q-2", "Our own audits"),
    ]


def test_a_number_is_never_given_again(brent: Authority) -> None:
    a_version(brent)
    before = chapter(frozen(brent), pack.Register).entries
    pieces = evidences.numbered(brent, [1, 2])
    evidence.withdraw(pieces[1], version=pieces[1].version, reason="Counted twice", on=TODAY)

    given_evidence.evidence(authority=brent, title="Another sample")

    after = chapter(frozen(brent), pack.Register).entries
    assert [each.reference for each in after] == [each.reference for each in before]
    assert evidences.numbered(brent, [3])[3].title == "Another sample"


def test_evidence_withdrawn_after_it_was_cited_says_so(brent: Authority) -> None:
    given_evidence.evidence(authority=brent, withdrawn_on=date(2026, 11, 1))
    given_se.a_statement("Delay fell [E-1].", version=given_se.a_version(authority=brent))

    (entry,) = chapter(frozen(brent), pack.Register).entries

    assert entry.shows == "Withdrawn: it is no longer relied on"


def test_the_summary_counts_what_there_is(brent: Authority) -> None:
    a_version(brent)

    summary = chapter(frozen(brent), pack.Summary)

    assert [(figure.label, figure.value, figure.note) for figure in summary.figures] == [
        ("Audits good or better", "1 of 4", "last six months"),
        ("Actions in the plan", "2", "none with impact evidenced; 1 past its day"),
        ("Measures at target", "0 of 1", "that have a target"),
        ("Evidence in use", "1", "cited; none of it stale"),
    ]
    assert [(row.head, row.points) for row in summary.rows] == [
        ("What we know", ("Help and protection: Oversight is good. [E-1]",)),
        ("What we will do", ("Help and protection: We will meet weekly.",)),
    ]


def test_the_plan_says_who_does_what_by_when(brent: Authority) -> None:
    a_version(brent)

    plan = chapter(frozen(brent, PackKind.IMPROVEMENT_PLAN), pack.Plan)

    assert (
        plan.lede == "1 item is open, with 2 actions. The difference is shown for none of them; 1 action is past due."
    )
    assert [(action.title, action.status.text) for action in plan.items[0].actions] == [
        ("Weekly panel", "Off track"),
        ("Review every plan", "Delivered"),
    ]


def test_voices_have_no_name_and_say_who_was_not_heard(brent: Authority) -> None:
    a_version(brent)

    voices = chapter(frozen(brent), pack.Voices)

    assert (voices.voices[0].who, voices.voices[0].source) == ("Parent", "November 2026. Asked on the day.")
    assert voices.notes[0].points == ("No child, young person, carer, practitioner or partner has been quoted yet.",)


def test_the_grade_profile_has_no_overall_grade_that_nobody_gave(brent: Authority) -> None:
    a_version(brent)

    where = chapter(frozen(brent), pack.WhereWeStand)

    assert where.profile.overall == ()
    assert where.lede == "In April 2026 inspectors judged one area Good. Our own view now is one area Good."


def test_a_signed_version_carries_its_signature_and_a_draft_says_so(brent: Authority) -> None:
    version = given_se.a_signed_version(authority=brent)
    signed = frozen(brent)
    assert signed.signed_off is not None
    assert (signed.signed_off.by, signed.signed_off.on) == ("Dana Whitfield, director", version.signed_on)
    assert signed.version == "Autumn 2026, version 1"

    self_evaluation.roll_forward(brent, title="Winter 2026", on=TODAY, at=clock.now())
    draft = frozen(brent)
    assert (draft.signed_off, draft.version) == (None, "Winter 2026, version 2, draft")


def test_the_same_knowledge_makes_the_same_contents(brent: Authority, session: Session) -> None:
    a_version(brent)
    first, second = (frozen(brent).to_json() for _ in range(2))

    assert first | {"reference": ""} == second | {"reference": ""}


def test_a_pack_of_an_authority_with_nothing_says_that_there_is_nothing(brent: Authority) -> None:
    given_se.a_version(authority=brent)

    for kind in (PackKind.SELF_EVALUATION, PackKind.IMPROVEMENT_PLAN):
        document = build.pdf(frozen(brent, kind))
        assert "No action has been agreed yet." in words(document)


@pytest.mark.any_database
def test_whatever_people_wrote_makes_a_pack(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    for text in (
        "<script>alert(1)</script> <img src='https://example.org/x.png'> ![x](file:///etc/passwd)",
        "\n".join(f"{' ' * depth}- point {depth}" for depth in range(180)),
        "\u202eאנחנו יודעים\u202c 👍 " * 200,
        "| a | b |\n|---|---|\n" + "| cell | cell |\n" * 200,
        "x" * 5_000,
        "Team\tLate\nNorth\t<b>3</b>",
        f"![a picture](data:image/png;base64,{'A' * 19_000})",
    ):
        given_se.a_statement(text, version=version)
    given_se.graded(version, reason="{{ 7 * 7 }} <b>", not_sure_of="<i>\n\n[E-999]")

    printed = words(build.pdf(frozen(brent)))

    assert "alert(1)" in printed
    assert "<b>3</b>" in printed
    assert "picture left" in printed


def test_nothing_of_another_authority_is_in_it(brent: Authority) -> None:
    a_version(brent)
    barnet = given.an_authority(slug="barnet", name="Barnet")
    given_se.a_statement("Ours alone [E-1].", version=given_se.a_version(authority=barnet))

    text = str(frozen(barnet).to_json())

    assert "Pre-proceedings work" not in text
    assert "Dip sample" not in text


def test_gathering_takes_a_bounded_number_of_statements(brent: Authority, session: Session) -> None:
    version = a_version(brent)
    author, item = given.a_person(), given.an_item(authority=brent)
    for number in range(40):
        given_evidence.evidence(item=item, title=f"Evidence {number}")
        given_se.a_statement("Seen [E-1].", version=version, author=author)
        given.an_action(item=item, lead=author)
    session.expire_all()

    with at_most(68):
        frozen(brent)
