"""The readiness page: every item across the matrix, every gap in words, every cell a way to the thing."""

import io
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
import time_machine
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import given, given_actions, given_audits, given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.actions.rules import Status
from tracker.evidence.rules import Kind
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.inspections.models import Inspection
from tracker.people.models import Authority
from tracker.self_evaluation.rules import Question

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


class Cells(HTMLParser):
    """Links within table cells, and cells without one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.cells, self.links = 0, list[str]()
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "td":
            self.cells += 1
            self._inside = True
        if tag == "a" and self._inside:
            self.links.append(dict(attributes)["href"] or "")
            self._inside = False


def matrix(page: str) -> str:
    return page[page.index('class="app-matrix') :]


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def the_report(brent: Authority) -> Inspection:
    return given.an_inspection(
        authority=brent,
        grades={"leadership": "good", "help_protection": "good", "children_in_care": "good", "care_leavers": "good"},
    )


def the_item(
    report: Inspection, wording: str = "Pre-proceedings work", area: str = "help_protection"
) -> ImprovementItem:
    item = given.an_item(inspection=report, wording=wording, owner=given.a_person(name="Samira Okafor"))
    return given_se.mapped(item, MappedTo.AREA, code=area)


def a_whole_item(brent: Authority) -> ImprovementItem:
    """An item with something in every column: an overdue action, praise that audits contradict, a measure."""
    item = given_se.mapped(the_item(the_report(brent)), MappedTo.THEME, code="HP11")
    given.an_action(item=item, due_on=date(2026, 10, 28), status=Status.AT_RISK)
    given_actions.a_delivered_action(item=item)
    given_evidence.evidence(item=item, kind=Kind.AUDIT, dated=date(2026, 11, 12))
    for number in range(4):
        grade = given_audits.GOOD if number == 0 else given_audits.WEAK
        given_audits.an_audit(
            grade, theme_code="HP11", case_reference=f"BR-{number}", on=date(2026, 10, 1), moderated=grade
        )
    given_indicators.a_measure(item=item, figures=[54, 58, 71], until=date(2026, 10, 31))
    given_se.a_statement("Oversight is good.", version=given_se.a_version(authority=brent), item=item)
    return item


def test_an_authority_with_nothing_is_told_what_to_do_first(director: FlaskClient) -> None:
    page = director.get("/brent/readiness").text

    assert "Nothing to be ready for yet" in page
    assert "Import a report" in page


def test_an_item_shows_what_stands_behind_it_and_what_is_missing(director: FlaskClient, brent: Authority) -> None:
    a_whole_item(brent)

    words = plain(matrix(director.get("/brent/readiness").text))

    for said in (
        "I-1 3 gaps Pre-proceedings work Samira Okafor",
        "1 open difference shown 0 of 1 1 overdue",
        "1 , newest 12 November data 0, audit 1, voice 0 No voice",
        "1 of 4 good",
        "M-1 71% target 90%",
        "S-1 draft no citations Contradicts audits",
    ):
        assert said in words


def test_what_is_missing_comes_first_in_words_worst_first(director: FlaskClient, brent: Authority) -> None:
    a_whole_item(brent)

    page = director.get("/brent/readiness").text
    words = plain(page[page.index('id="missing"') : page.index('id="grades"')])

    assert re.findall(r"(S-1 says “good” ; moderated audits do not|I-1 has no voice|1 action is overdue)", words) == [
        "S-1 says “good” ; moderated audits do not",
        "I-1 has no voice",
        "1 action is overdue",
    ]
    assert ", the oldest by 23 days: A-1" in words


def test_every_cell_is_a_link_that_leads_to_a_page(director: FlaskClient, brent: Authority) -> None:
    a_whole_item(brent)
    the_item(the_report(brent), "Life-story work", "children_in_care")
    given.an_item(authority=brent, wording="Not mapped yet")

    page = director.get("/brent/readiness").text
    cells = Cells(matrix(page))

    assert cells.cells == len(cells.links) >= 6 * (4 + 3)
    for address in set(re.findall(r'href="(/brent/[^"]*)"', page)):
        target, _, anchor = address.replace("&amp;", "&").partition("#")
        shown = director.get(target)
        assert shown.status_code == 200, address
        if anchor and shown.mimetype == "text/html":
            assert f'id="{anchor}"' in shown.text, address


def test_a_closed_item_is_not_missing_anything(director: FlaskClient, brent: Authority) -> None:
    item = the_item(the_report(brent))
    item.state, item.closed_on, item.closed_because = type(item.state).CLOSED, TODAY, "Inspectors said so"

    page = director.get("/brent/readiness").text

    assert "I-1" not in matrix(page)


def test_a_newer_inspections_items_can_be_looked_at_alone(director: FlaskClient, brent: Authority) -> None:
    the_item(the_report(brent), "New words")
    old = given.an_inspection(authority=brent, fieldwork_from=date(2023, 2, 20), framework_id="ilacs-2023")
    the_item(old, "Old words")

    assert "Old words" in matrix(director.get("/brent/readiness").text)
    page = matrix(director.get("/brent/readiness?show=newest").text)
    assert "New words" in page
    assert "Old words" not in page


def test_one_area_can_be_looked_at_alone(director: FlaskClient, brent: Authority) -> None:
    report = the_report(brent)
    the_item(report, "In help and protection")
    the_item(report, "In care", "children_in_care")

    page = matrix(director.get("/brent/readiness?show=children_in_care").text)

    assert "In care" in page
    assert "In help and protection" not in page


def test_an_unknown_filter_shows_everything(director: FlaskClient, brent: Authority) -> None:
    the_item(the_report(brent))

    assert "I-1" in director.get("/brent/readiness?show=nonsense").text


def test_an_item_that_nobody_mapped_is_shown_all_the_same(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent, wording="From a peer challenge")

    words = plain(matrix(director.get("/brent/readiness").text))

    assert "Not mapped to a judgement area yet" in words
    assert "From a peer challenge" in words


def test_the_grade_profile_never_has_an_overall_grade_of_ours(director: FlaskClient, brent: Authority) -> None:
    the_report(brent)
    given.an_inspection(
        authority=brent,
        framework_id="ilacs-2018",
        fieldwork_from=date(2018, 5, 14),
        grades={"children_in_care_and_care_leavers": "outstanding", "leadership": "good"},
    )
    the_item(the_report(brent))
    given_se.graded(given_se.a_version(authority=brent), "care_leavers", "outstanding")

    page = director.get("/brent/readiness").text
    profile = plain(page[page.index('id="grades"') : page.index('id="cover"')])

    assert "Outstanding*" in profile
    assert "* In 2018" in profile
    assert "Overall" not in profile
    assert "give no overall grade, and none is worked out here." in profile


def test_a_self_grade_kinder_than_inspectors_is_named(director: FlaskClient, brent: Authority) -> None:
    the_item(the_report(brent))
    given_se.graded(given_se.a_version(authority=brent), grade_code="outstanding")

    page = director.get("/brent/readiness?missing=all").text

    assert "Help and protection self-grade of Outstanding" in page
    assert "is higher than inspectors gave in 2026" in page
    assert 'href="/brent/self-evaluation#help_protection"' in page


def test_a_statement_that_cites_nothing_is_named_unless_it_is_a_plan(director: FlaskClient, brent: Authority) -> None:
    the_item(the_report(brent))
    version = given_se.a_version(authority=brent)
    given_se.a_statement("Practice improved.", version=version)
    given_se.a_statement("We will meet.", version=version, question=Question.PLANS)

    page = director.get("/brent/readiness?missing=all").text

    assert "1 statement cites nothing" in page
    assert "1 claim uncited" in page


def test_the_table_can_be_taken_away_as_it_is_shown(director: FlaskClient, brent: Authority) -> None:
    a_whole_item(brent)
    the_item(the_report(brent), "=HYPERLINK(1)", "children_in_care")

    sheet = load_workbook(io.BytesIO(director.get("/brent/readiness.xlsx").data)).active
    assert sheet is not None
    heads, first, second = ([cell.value for cell in row] for row in sheet.iter_rows())

    row = dict(zip(heads, first, strict=True))
    assert (row["Item"], row["Owner"], row["Overdue"], row["Moderated audits"]) == ("I-1", "Samira Okafor", 1, 4)
    assert (row["Latest"], row["Target"], row["Statements"]) == (71, 90, "S-1")
    assert "No voice" in str(row["Gaps"])
    assert dict(zip(heads, second, strict=True))["What needs to improve"] == "'=HYPERLINK(1)"
    narrowed = load_workbook(io.BytesIO(director.get("/brent/readiness.xlsx?show=children_in_care").data)).active
    assert narrowed is not None
    assert narrowed.max_row == 2


def test_another_authoritys_items_are_not_shown(director: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    given.an_item(authority=barnet, wording="Theirs")

    assert "Theirs" not in director.get("/brent/readiness").text


@pytest.mark.parametrize("number", [5, 25])
def test_many_items_take_no_more_statements_than_five(director: FlaskClient, brent: Authority, number: int) -> None:
    report = the_report(brent)
    lead = given.a_person(name="Tom Ferris")
    version = given_se.a_version(authority=brent)
    for _ in range(number):
        item = given_se.mapped(the_item(report), MappedTo.THEME, code="HP11")
        given.an_action(item=item, lead=lead, due_on=date(2026, 10, 1))
        given_evidence.evidence(item=item)
        given_se.a_statement("Delay fell [E-1].", version=version, item=item, author=lead)

    with at_most(45):
        assert f"I-{number}" in director.get("/brent/readiness").text
