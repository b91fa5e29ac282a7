"""What has happened to a tool is told, no two parts have one name, and the grade from which on is good is asked for."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given_audits
from tracker.audits import tools
from tracker.audits.authoring import commands
from tracker.audits.authoring.models import AuthorityTool
from tracker.audits.schema import Question
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.platform.errors import Refused

pytestmark = pytest.mark.usefixtures("session", "on_the_twentieth_of_november")

HERE = "/brent/audit-tools"


@pytest.fixture
def own(brent: Authority, amina: Person) -> AuthorityTool:
    made = commands.copy(brent, tool=tools.toolbox().newest("supervision"), name="Supervision, ours", by=amina)
    db.session.commit()
    return made


def test_what_has_happened_records_publishing_beginning_the_next_version_and_discarding_it(
    own: AuthorityTool, auditor: FlaskClient, amina: Person
) -> None:
    commands.publish(own, version=own.version, by=amina, on=given_audits.DAY)
    commands.take_up(own, version=own.version, by=amina)
    commands.discard(own, version=own.version, by=amina)
    db.session.commit()

    page = BeautifulSoup(auditor.get(f"{HERE}/{own.tool_id}").text, "html.parser").get_text(" ")

    assert "ersion 1 published" in page
    assert "ersion 2 begun" in page
    assert "raft discarded" in page


def test_two_domains_or_two_questions_of_one_domain_never_have_one_name(own: AuthorityTool, amina: Person) -> None:
    first, second = commands.draft_of(own).domains[:2]
    same = second.model_copy(update={"name": f" {first.name.upper()} "})

    with pytest.raises(Refused, match="There is a domain “"):
        commands.add_domain(own, version=own.version, domain=same, by=amina)
    with pytest.raises(Refused, match="There is a domain “"):
        commands.change_domain(own, second.code, version=own.version, domain=same, by=amina)
    commands.change_domain(own, first.code, version=own.version, domain=first, by=amina)

    asked = [Question(code="x", text="Was it quiet?"), Question(code="x", text="Was it long?")]
    for one in asked:
        commands.add_question(own, first.code, version=own.version, question=one, by=amina)
    with pytest.raises(Refused, match="There is a question “was it quiet"):
        commands.add_question(
            own, first.code, version=own.version, question=Question(code="x", text="was it quiet?"), by=amina
        )
    longer = commands.draft_of(own).domain(first.code).questions[1]
    with pytest.raises(Refused, match="There is a question"):
        commands.change_question(own, first.code, longer.code, version=own.version, question=asked[0], by=amina)


def test_good_from_left_empty_is_asked_for_with_the_grades_of_the_scale(
    own: AuthorityTool, auditor: FlaskClient
) -> None:
    whole = {
        "version": str(own.version), "name": "Ours", "short_name": "Ours", "areas": "leadership", "scale": "own words",
        "own_words": "Strong\nSound\nWeak", "good_from": "", "grade_question": "Grade",
        "difference_question": "Difference", "closes_by": "evidence",
    }  # fmt: skip

    page = auditor.post(f"{HERE}/{own.tool_id}/whole", data=whole)

    assert "Say from which grade on a case counts as good: Strong, Sound or Weak." in page.text
