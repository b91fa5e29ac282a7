"""A practice example as one page, and the register by area, as packs: gathered from what is known, or refused."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient

from reports import contents as pack
from reports.contents import PackContents
from tests import given, given_evidence
from tests.queries_counted import at_most
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking
from tracker.packs import commands, jobs, queries
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.errors import Refused


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(date(2026, 11, 20), tick=False):
        yield


def an_example(brent: Authority) -> Evidence:
    return given_evidence.evidence(
        authority=brent, kind=Kind.PRACTICE_EXAMPLE, title="Open days", shows="Placements last longer"
    )


def frozen(brent: Authority, kind: PackKind, about: Evidence | None = None) -> PackContents:
    return PackContents.from_json(commands.freeze(brent, kind=kind, by=None, at=clock.now(), about=about).contents)


def test_a_practice_example_names_its_key_contact_and_nobody_else(brent: Authority) -> None:
    example = an_example(brent)
    example.owner = given.a_person(name="Priya Raman", authority=brent)

    contents = frozen(brent, PackKind.PRACTICE_EXAMPLE, example)

    (page,) = contents.chapters
    assert isinstance(page, pack.PracticeExample)
    assert (page.title, page.facts[0].points) == ("Open days", ("Practice lead",))
    assert [section.head for section in page.sections][-1] == "Evidence of impact"
    assert "Priya Raman" not in str(contents.to_json())


def test_a_section_that_does_not_fit_is_refused_with_its_name_and_by_how_much(brent: Authority) -> None:
    example = an_example(brent)
    assert example.practice is not None
    example.practice.done = "x" * 970

    with pytest.raises(Refused, match="“What was done” is 20 characters too long"):
        commands.freeze(brent, kind=PackKind.PRACTICE_EXAMPLE, by=None, at=clock.now(), about=example)


def test_only_a_practice_example_that_stands_becomes_a_page(brent: Authority) -> None:
    data = given_evidence.evidence(authority=brent)
    withdrawn = given_evidence.evidence(authority=brent, kind=Kind.PRACTICE_EXAMPLE, withdrawn_on=date(2026, 11, 1))

    for about, why in ((data, "no practice example"), (withdrawn, "was withdrawn"), (None, "Say which")):
        with pytest.raises(Refused, match=why):
            commands.freeze(brent, kind=PackKind.PRACTICE_EXAMPLE, by=None, at=clock.now(), about=about)


def test_its_page_makes_it_with_one_button(brent: Authority, head_of_service: FlaskClient) -> None:
    example = an_example(brent)

    page = head_of_service.get(f"/brent/evidence/{example.number}").text
    answer = head_of_service.post(f"/brent/packs/practice-example/{example.number}")

    assert "Make its one-page PDF" in page
    assert "It fits: every section" in page
    assert answer.headers["Location"].endswith("/brent/packs/1")
    made = queries.pack(brent, 1)
    assert made is not None
    assert (made.kind, made.pages) == (PackKind.PRACTICE_EXAMPLE, 1)


def test_its_page_says_what_is_too_long_while_it_is_written(brent: Authority, head_of_service: FlaskClient) -> None:
    example = an_example(brent)
    example.shows = "x" * 501

    page = head_of_service.get(f"/brent/evidence/{example.number}").text
    form = head_of_service.get(f"/brent/evidence/{example.number}/correct").text

    assert "“Evidence of impact” is 1 character too long for one page: it takes 501, and 500 fit." in page
    assert "Up to 500 characters fit on its one page." in form


def test_the_register_stands_by_area_with_its_gaps_and_the_names_of_its_files(brent: Authority) -> None:
    document = given_evidence.evidence(
        authority=brent, kind=Kind.FILE, title="Visits: week 46", theme_code="HP11", shows_there="Visits are in time"
    )
    document.marking = Marking.OFFICIAL_SENSITIVE
    given_evidence.evidence(authority=brent, kind=Kind.VOICE)
    given_evidence.evidence(authority=brent, withdrawn_on=date(2026, 11, 1))

    contents = frozen(brent, PackKind.EVIDENCE_REGISTER)

    chapters = {chapter.title: chapter for chapter in contents.chapters if isinstance(chapter, pack.AreaRegister)}
    (held,) = chapters["Help and protection"].entries
    assert (held.entry.reference, held.held_as) == ("E-1", "E-1 Visits week 46.pdf")
    assert held.speaks_for == ("For HP11: Visits are in time",)
    assert "No evidence for" in [gap.head for gap in chapters["Help and protection"].gaps]
    assert chapters["Care leavers"].gaps[0].points == ("No evidence.",)
    assert [held.entry.reference for held in chapters["In no area yet"].entries] == ["E-2"]
    assert contents.marking == "OFFICIAL-SENSITIVE"


def test_the_register_is_read_in_a_bounded_number_of_statements(brent: Authority) -> None:
    for _ in range(12):
        given_evidence.evidence(authority=brent, theme_code="HP11", item=given.an_item(authority=brent))

    with at_most(22):
        commands.freeze(brent, kind=PackKind.EVIDENCE_REGISTER, by=None, at=clock.now())


@pytest.mark.any_database
def test_the_register_is_made_as_a_file(brent: Authority, tmp_path: Path) -> None:
    given_evidence.evidence(authority=brent, theme_code="HP11")

    made = jobs.make_file(PackKind.EVIDENCE_REGISTER, authority=brent, to=tmp_path / "register.pdf")

    assert (tmp_path / "register.pdf").read_bytes().startswith(b"%PDF")
    assert made.title == "Evidence register, as at 20 November 2026"
