"""The packs for readers beyond the board: summary, public report, peer challenge and exceptions."""

import io
from collections.abc import Iterator
from datetime import date

import docx
import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from reports import build, excel, word
from reports import contents as pack
from reports.contents import PackContents
from tests import given, given_boards, given_indicators
from tests import given_self_evaluation as given_se
from tests.given_packs import a_version, chapter
from tests.integration.test_scorecard import UNTIL, counted
from tracker.actions.rules import Status
from tracker.packs import commands
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.self_evaluation import commands as self_evaluation
from tracker.self_evaluation.rules import Question

TODAY = date(2026, 11, 20)
NEW = (PackKind.SCORECARD, PackKind.SUMMARY, PackKind.PUBLIC, PackKind.PEER_CHALLENGE, PackKind.EXCEPTIONS)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def frozen(brent: Authority, kind: PackKind) -> PackContents:
    return PackContents.from_json(commands.freeze(brent, kind=kind, by=None, at=clock.now()).contents)


def all_text(contents: PackContents) -> str:
    return "\n".join(contents.texts())


def pages(file: bytes) -> list[str]:
    with PdfDocument(file) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


# Every kind as files ------------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_every_kind_of_an_unsigned_version_says_on_every_page_that_it_is_a_draft(brent: Authority) -> None:
    a_version(brent)
    given_boards.a_snapshot(on=date(2026, 10, 26))
    contents = {kind: frozen(brent, kind) for kind in NEW}

    made = {kind: build.pdf(one) for kind, one in contents.items()}

    drafts = {kind: sum("DRAFT" in page for page in pages(file)) for kind, file in made.items()}
    assert len(pages(made[PackKind.SUMMARY])) == drafts[PackKind.SUMMARY] == 4
    assert drafts[PackKind.PUBLIC] == len(pages(made[PackKind.PUBLIC]))
    assert "Not yet this is a draft" in pages(made[PackKind.PUBLIC])[0]
    assert drafts[PackKind.SCORECARD] == drafts[PackKind.EXCEPTIONS] == 0
    for one in contents.values():
        assert docx.Document(io.BytesIO(word.word(one))).tables
        assert excel.xlsx(one) == excel.xlsx(one)
    assert "DRAFT" in header_of(word.word(contents[PackKind.PUBLIC]))


def header_of(file: bytes) -> str:
    return str(docx.Document(io.BytesIO(file)).sections[0].header.paragraphs[0].text)


# Summary ------------------------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_a_summary_takes_four_pages_however_much_there_is_to_say(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    owner = given.a_person(name="Bartholomew Featherstonehaugh-Cholmondeley", authority=brent)
    long = "Practice with families that wait before court is uneven across every one of our teams and localities "
    for code in ("leadership", "help_protection", "children_in_care", "care_leavers"):
        for question in Question:
            given_se.a_statement(f"{long * 4}.", version=version, area_code=code, question=question)
        for number in range(6):
            given_indicators.a_measure(
                name=long, figures=[*(50 + number % 3 for number in range(14)), 31], until=UNTIL, area_code=code
            ).basis = long  # fmt: skip
    for view in version.views:
        view.not_sure_of = "\n".join([long * 3] * 4)
    for _ in range(14):
        given.an_action(item=given.an_item(wording=long * 3, owner=owner, authority=brent), due_on=date(2026, 10, 1))
    db.session.commit()

    made = build.document(frozen(brent, PackKind.SUMMARY))

    assert made.pages == 4
    assert "And 4 more, which the improvement plan lists." in " ".join(pages(made.file))


# Public -------------------------------------------------------------------------------------------------------


def test_a_public_report_has_posts_for_names_and_nothing_internal(brent: Authority) -> None:
    version = a_version(brent)
    ruth = given.a_person(name="Ruth Anyanwu", authority=brent, role=Role.HEAD_OF_SERVICE)
    ruth.memberships[0].job_title = "Head of service, help and protection"
    given_se.a_statement("Ruth Anyanwu leads [E-1]. Three of 29 parents answered Ms Anyanwu.", version=version)
    counted(given_indicators.a_measure(name="Few", figures=(75, 10), until=UNTIL), (30, 40), (4, 40))
    counted(given_indicators.a_measure(name="Many", figures=(75, 73), until=UNTIL), (30, 40), (29, 40))

    contents = frozen(brent, PackKind.PUBLIC)

    said = all_text(contents)
    assert "The head of service, help and protection leads." in said
    assert "Some of 29 parents answered the head of service, help and protection." in said
    assert "29 of 40 children" in said
    for never in ("Okafor", "Anyanwu", "[E-1]", "Dip sample", "BR-1", "How fathers fare", "4 of 40", "Weekly panel"):
        assert never not in said, never
    assert not any(
        isinstance(one, pack.Register | pack.Voices | pack.NotYetSure | pack.Audits) for one in contents.chapters
    )
    audits = next(one for one in contents.chapters if isinstance(one, pack.Quality) and "audits" in one.title)
    assert [row[1:] for row in audits.comparisons[0].rows] == [("Hidden", "Hidden", "Hidden")]


def test_a_sentence_of_a_public_report_does_not_say_the_figure_that_is_hidden(brent: Authority) -> None:
    version = a_version(brent)
    few = counted(given_indicators.a_measure(name="Few", figures=(75, 10), until=UNTIL), (30, 40), (4, 40))
    given_se.a_statement(
        f"In October 10% were late, four children [{few.reference}]. Ten teams of 12 know why.\n\n"
        f"- 90 per cent in time [{few.reference}]",
        version=version,
    )

    said = all_text(frozen(brent, PackKind.PUBLIC))

    assert "In October [hidden] were late, [hidden] children. Ten teams of 12 know why." in said
    assert "[hidden] in time" in said
    assert "[hidden] stands where one says a figure that is hidden" in said


def test_a_statement_that_may_say_a_hidden_figure_is_pointed_out_before_a_pack_goes_out(
    director: FlaskClient, brent: Authority
) -> None:
    version = a_version(brent)
    few = counted(given_indicators.a_measure(name="Few", figures=(75, 10), until=UNTIL), (30, 40), (4, 40))
    many = counted(given_indicators.a_measure(name="Many", figures=(75, 73), until=UNTIL), (30, 40), (29, 40))
    says = given_se.a_statement(f"In October 10% were late [{few.reference}].", version=version)
    given_se.a_statement(f"No one waits [{few.reference}]. In October 73% came [{many.reference}].", version=version)

    page = director.post("/brent/packs/", data={"kind": "peer-challenge"}, follow_redirects=True).text

    lines = BeautifulSoup(page, "html.parser").select(".app-doings li")
    assert [" ".join(line.text.split()) for line in lines] == [f"{says.reference} beside {few.reference}"]


def test_a_word_that_may_be_a_name_is_pointed_out_before_a_public_report_goes_out(
    director: FlaskClient, brent: Authority
) -> None:
    version = given_se.a_version(authority=brent)
    given.a_person(name="Leon Grant", authority=brent)
    given_se.a_statement("Leon Grant leads. Ask Grant for more.", version=version)

    page = director.post("/brent/packs/", data={"kind": "public"}, follow_redirects=True).text

    assert "also the first name or surname of a colleague: Grant." in page


def test_a_public_report_prints_the_version_that_was_signed_and_not_the_draft_after_it(brent: Authority) -> None:
    signed = given_se.a_signed_version(authority=brent)
    self_evaluation.roll_forward(brent, title="Winter 2026", on=TODAY, at=clock.now())

    contents = frozen(brent, PackKind.PUBLIC)

    assert contents.version == "Autumn 2026, version 1"
    assert contents.signed_off is not None
    assert (contents.signed_off.by, contents.signed_off.on) == ("the director", signed.signed_on)
    assert not contents.is_draft
    assert "Whitfield" not in all_text(contents)


@pytest.mark.parametrize("kind", [PackKind.SUMMARY, PackKind.PUBLIC, PackKind.PEER_CHALLENGE])
def test_what_prints_a_self_evaluation_is_refused_without_one(brent: Authority, kind: PackKind) -> None:
    with pytest.raises(Refused, match="There is no self-evaluation yet"):
        frozen(brent, kind)


# Peer challenge -----------------------------------------------------------------------------------------------


def test_peers_are_asked_first_where_we_are_unsure_and_claim_more_than_we_show(brent: Authority) -> None:
    version = a_version(brent)
    given_se.a_statement("Practice is strong everywhere.", version=version, title="Practice everywhere")
    owner = given.a_person(name="Samira Okafor", authority=brent)
    brent_evidence = given.an_item(authority=brent, owner=owner, wording="Plans")
    given.an_action(item=brent_evidence, difference="Shown by the sample [E-1].", lead=owner)

    contents = frozen(brent, PackKind.PEER_CHALLENGE)

    asked = contents.chapters[0]
    assert isinstance(asked, pack.NotYetSure)
    assert asked.title == "What we ask peers to test"
    found = "moderated audits of the last six months found practice good or better"
    assert asked.entries[0].points == (
        f"We call this area good, but {found} in 1 of 4 cases. Our reason: Plans hold.",
        "How fathers fare",
        "S-1 says “good”; moderated audits since the inspection found practice good or better in 1 of 4 cases.",
        "S-3 cites no evidence: “Practice everywhere”.",
    )
    assert chapter(contents, pack.Register).entries[0].reference == "E-1"
    assert "Okafor" not in all_text(contents)


# Exceptions ---------------------------------------------------------------------------------------------------


def test_a_chair_is_told_only_what_got_worse_since_the_board_and_the_measures_to_look_at(brent: Authority) -> None:
    board = given_boards.a_board()
    item = given.an_item(title="Care proceedings", authority=brent)
    late = given.an_action(item=item, title="Weekly panel", due_on=date(2026, 11, 10), status=Status.ON_TRACK)
    done = given.an_action(item=item, title="Ask families", due_on=date(2027, 1, 8), status=Status.ON_TRACK)
    given_boards.a_snapshot(board=board, on=date(2026, 10, 26))
    done.status = Status.AWAITING_SIGN_OFF
    given_indicators.a_measure(name="Off", figures=(71, 75, 73), until=UNTIL)
    given_indicators.a_measure(name="Fine", figures=(91, 92, 93), until=UNTIL)
    db.session.commit()

    contents = frozen(brent, PackKind.EXCEPTIONS)

    moved, measures = chapter(contents, pack.WhatMoved), chapter(contents, pack.Scored)
    assert [(group.head, [one.reference for one in group.actions]) for group in moved.groups] == [
        ("Newly late (1)", [late.reference])
    ]
    assert moved.lede == "Since Improvement board, 26 October 2026: 1 of 2 actions is to be looked at."
    assert [one.name for one in measures.measures] == ["Off"]
    assert contents.prepared_for == "The chair of the improvement board"


def test_exceptions_without_a_snapshot_are_refused(brent: Authority) -> None:
    with pytest.raises(Refused, match="There is no snapshot yet"):
        frozen(brent, PackKind.EXCEPTIONS)
