"""What a pack is called on its page, and under which area its summary says what."""

import pytest
from flask.testing import FlaskClient

from reports import contents as pack
from reports.contents import PackContents
from tests import given_self_evaluation as given_se
from tracker.packs import commands
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.self_evaluation.rules import Question


@pytest.mark.parametrize("kind", [PackKind.IMPROVEMENT_PLAN, PackKind.QA_QUARTERLY])
def test_the_page_of_a_pack_says_its_kind_by_name(director: FlaskClient, brent: Authority, kind: PackKind) -> None:
    made = commands.freeze(brent, kind=kind, by=None, at=clock.now())

    page = director.get(f"/brent/packs/{made.number}").text

    assert f">{PACK_NAMES[kind]}<" in page
    assert "Qa quarterly" not in page


def test_each_sentence_of_the_summary_begins_with_its_area(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    given_se.a_statement(
        "Children in care are heard.", version=version, area_code="children_in_care", question=Question.HOW
    )
    for area in ("leadership", "care_leavers"):
        given_se.a_statement("We rest on 27 moderated audits.", version=version, area_code=area, question=Question.HOW)

    made = PackContents.from_json(commands.freeze(brent, kind=PackKind.SUMMARY, by=None, at=clock.now()).contents)

    (summary,) = (chapter for chapter in made.chapters if isinstance(chapter, pack.Summary))
    (row,) = summary.rows
    assert row.points == (
        "Leaders: We rest on 27 moderated audits.",
        "Children in care are heard.",
        "Care leavers: We rest on 27 moderated audits.",
    )
