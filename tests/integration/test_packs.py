"""From asking for a pack to the file: frozen at once, rendered by a job, downloaded and remembered."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports import build
from reports import contents as pack
from reports.contents import PackContents
from tests import given, given_actions, given_audits, given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.actions.rules import Status
from tracker.evidence import commands as evidence
from tracker.evidence import queries as evidences
from tracker.evidence.rules import Kind, VoiceOf
from tracker.improvements.rules import MappedTo
from tracker.indicators.models import Measure
from tracker.packs import commands, jobs, queries
from tracker.packs.models import Pack
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import JobState
from tracker.self_evaluation import commands as self_evaluation
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import Question

TODAY = date(2026, 11, 20)
Chapter = TypeVar("Chapter")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def chapter(contents: PackContents, kind: type[Chapter]) -> Chapter:
    return next(each for each in contents.chapters if isinstance(each, kind))


def area(contents: PackContents, code: str) -> pack.Area:
    return next(each for each in contents.chapters if isinstance(each, pack.Area) and each.code == code)


def frozen(brent: Authority, kind: PackKind = PackKind.SELF_EVALUATION) -> PackContents:
    return PackContents.from_json(commands.freeze(brent, kind=kind, by=None, at=clock.now()).contents)


def words(document: bytes) -> str:
    with PdfDocument(document) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def a_version(brent: Authority) -> SelfEvaluation:
    """A version with a statement that answers an item, which audits contradict, and evidence of every kind."""
    report = given.an_inspection(
        authority=brent,
        grades={"help_protection": "good"},
        paragraphs={8: ("help_protection", "Pre-proceedings work is not sufficiently robust.")},
    )
    item = given.an_item(inspection=report, wording="Pre-proceedings work", owner=given.a_person(name="Samira Okafor"))
    given_se.mapped(item, MappedTo.AREA, code="help_protection")
    given_se.mapped(item, MappedTo.THEME, code="HP11")
    given_se.mapped(item, MappedTo.PARAGRAPH, paragraph=report.paragraphs[0])
    given.an_action(item=item, title="Weekly panel", due_on=date(2026, 10, 28), status=Status.OFF_TRACK)
    given_actions.a_delivered_action(item=item)
    given_evidence.evidence(item=item, title="Dip sample", kind=Kind.AUDIT)
    voice = given_evidence.evidence(item=item, kind=Kind.VOICE)
    voice.voice_of = VoiceOf.PARENT
    for number in range(4):
        grade = given_audits.GOOD if number == 0 else given_audits.WEAK
        given_audits.an_audit(
            grade, theme_code="HP11", case_reference=f"BR-{number}", on=date(2026, 10, 1), moderated=grade
        )
    given_indicators.a_measure(item=item, figures=[54, 58, 71], until=date(2026, 10, 31))
    version = given_se.a_version(authority=brent)
    given_se.a_statement("Oversight is good [E-1]. It holds [M-1] [R-1:8].", version=version, item=item)
    given_se.a_statement("We will meet weekly.", version=version, question=Question.PLANS)
    given_se.graded(version, reason="Plans hold.", not_sure_of="How fathers fare")
    return version


# What is in it ------------------------------------------------------------------------------------------------


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


# Asking, making and taking it ---------------------------------------------------------------------------------


def test_a_pack_is_asked_for_made_and_downloaded(director: FlaskClient, brent: Authority) -> None:
    a_version(brent)
    assert "No pack yet" in director.get("/brent/packs/").text

    page = director.post("/brent/packs/", data={"kind": "self-evaluation"}, follow_redirects=True)
    assert page.request.path == "/brent/packs/1"
    assert "Download the PDF" in page.text
    assert "P-1" in director.get("/brent/packs/").text

    file = director.post("/brent/packs/1/download")
    made = queries.pack(brent, 1)
    assert made is not None
    assert (file.mimetype, len(file.data)) == ("application/pdf", made.file_size)
    assert 'filename="brent-self-evaluation-P-1.pdf"' in file.headers["Content-Disposition"]
    with PdfDocument(file.data) as pdf:
        assert len(pdf) == made.pages
    assert "Self-evaluation of children’s services" in words(file.data)
    assert history.of(made)[0].what == "downloaded"
    shown = director.get("/brent/packs/1").text
    assert "P-1 downloaded." in shown
    assert made.contents_sha256 in shown


@pytest.mark.any_database
def test_a_later_pack_says_which_it_replaces(brent: Authority, tmp_path: Path) -> None:
    a_version(brent)
    jobs.make_file(PackKind.IMPROVEMENT_PLAN, authority=brent, to=tmp_path / "plan.pdf")

    assert frozen(brent, PackKind.IMPROVEMENT_PLAN).replaces == "P-1, 20 November 2026"
    assert frozen(brent, PackKind.SELF_EVALUATION).replaces == ""


def test_what_changes_after_it_was_asked_for_is_not_in_it(director: FlaskClient, brent: Authority) -> None:
    version = a_version(brent)
    made = commands.freeze(brent, kind=PackKind.SELF_EVALUATION, by=None, at=clock.now())
    version.statements[0].text = "Written later."

    jobs.render({"pack": str(made.id)})

    assert "Written later" not in words(director.post("/brent/packs/1/download").data)


@pytest.mark.any_database
def test_a_pack_written_to_a_file_is_the_one_that_is_kept(brent: Authority, tmp_path: Path) -> None:
    a_version(brent)

    made = jobs.make_file(PackKind.SELF_EVALUATION, authority=brent, to=tmp_path / "pack.pdf")

    assert (tmp_path / "pack.pdf").stat().st_size == made.file_size
    assert made.asked_by is None


def test_a_pack_of_a_self_evaluation_that_is_not_there_is_refused(director: FlaskClient, brent: Authority) -> None:
    page = director.post("/brent/packs/", data={"kind": "self-evaluation"})

    assert page.status_code == 422
    assert "There is no self-evaluation yet. Start the first version" in page.text
    assert queries.packs(brent) == []


@pytest.mark.parametrize("kind", ["", "everything"])
def test_a_pack_of_no_known_kind_is_refused(director: FlaskClient, kind: str) -> None:
    page = director.post("/brent/packs/", data={"kind": kind})

    assert page.status_code == 422
    assert "There is a problem" in page.text


def test_a_pack_that_could_not_be_made_says_why_and_can_be_tried_again(
    director: FlaskClient, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(contents: PackContents) -> build.Document:
        raise build.CannotBuild("The pack cannot be made: a picture is missing")

    monkeypatch.setattr(build, "document", cannot)
    page = director.post("/brent/packs/", data={"kind": "improvement-plan"}, follow_redirects=True).text
    assert "It could not be made" in page
    assert "a picture is missing" in page
    assert "Failed" in director.get("/brent/packs/").text
    assert "not made yet" in director.post("/brent/packs/1/download", follow_redirects=True).text

    monkeypatch.undo()
    assert "Download the PDF" in director.post("/brent/packs/1/again", follow_redirects=True).text
    assert director.post("/brent/packs/1/again").status_code == 409


def test_a_pack_that_is_being_made_can_be_waited_for(director: FlaskClient, brent: Authority) -> None:
    made = commands.ask(brent, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=clock.now())
    assert made.job is not None
    made.file_sha256, made.job.state = None, JobState.RUNNING

    page = director.get("/brent/packs/1").text

    assert "It is being made: running." in page
    assert "Look again" in page
    with pytest.raises(Refused, match="is being made already"):
        commands.ask_again(made)


def test_another_authoritys_pack_is_not_found(director: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    commands.ask(barnet, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=clock.now())

    for address in ("/brent/packs/1", "/brent/packs/1/download", "/brent/packs/1/again"):
        assert (director.get if address.endswith("1") else director.post)(address).status_code == 404


@pytest.mark.any_database
def test_the_file_never_changes_once_it_is_made(brent: Authority, tmp_path: Path) -> None:
    a_version(brent)
    made: Pack = jobs.make_file(PackKind.SELF_EVALUATION, authority=brent, to=tmp_path / "one.pdf")

    again = build.pdf(PackContents.from_json(made.contents))

    assert io.BytesIO(again).getvalue() == (tmp_path / "one.pdf").read_bytes()


@pytest.mark.any_database
def test_a_link_to_a_pack_has_it_chosen_already(director: FlaskClient) -> None:
    def chosen(kind: str) -> list[str]:
        page = BeautifulSoup(director.get(f"/brent/packs/?kind={kind}").text, "html.parser")
        return [str(one["value"]) for one in page.select("input[name=kind][checked]")]

    assert chosen("statement-of-action") == ["statement-of-action"]
    assert chosen("practice-example") == chosen("x") == []
