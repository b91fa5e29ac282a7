"""An authority writes its own audit tools: copied, drafted, published, compared, retired; audits keep their version."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests import given, given_audits
from tracker.audits import commands as audits
from tracker.audits import tools
from tracker.audits.authoring import commands, queries
from tracker.audits.authoring.models import AuthorityTool
from tracker.audits.models import Audit
from tracker.audits.schema import Question
from tracker.frameworks import queries as frameworks
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.usefixtures("session", "on_the_twentieth_of_november")

HERE = "/brent/audit-tools"
OURS = "own-supervision-ours"


def a_copy(by: Person) -> AuthorityTool:
    return commands.copy(by_authority(), tool=tools.toolbox().newest("supervision"), name="Supervision, ours", by=by)


def by_authority() -> Authority:
    return given.an_authority(slug="brent", name="Brent")


def published(by: Person) -> AuthorityTool:
    own = a_copy(by)
    commands.publish(own, version=own.version, by=by, on=given_audits.DAY)
    return own


def with_another_question(own: AuthorityTool, by: Person) -> None:
    """The next version, which asks one thing more, is published."""
    commands.take_up(own, version=own.version, by=by)
    asked = Question(code="x", text="Was it in a quiet room?")
    commands.add_question(own, "frequency", version=own.version, question=asked, by=by)
    commands.publish(own, version=own.version, by=by, on=given_audits.DAY)


def a_draft_audit(by: Person) -> Audit:
    about = given_audits.about(area_code="leadership")
    tool = tools.of(by_authority().id).newest(OURS)
    return audits.start_audit(by_authority(), tool=tool, about=about, auditor=by, on=given_audits.DAY)


def test_a_copy_is_a_draft_that_nobody_can_audit_with_until_it_is_published(amina: Person) -> None:
    own = a_copy(amina)
    assert OURS not in [tool.id for tool in tools.of(by_authority().id).latest]

    commands.publish(own, version=own.version, by=amina, on=given_audits.DAY)

    assert OURS in [tool.id for tool in tools.of(by_authority().id).latest]
    assert own.copied_from == "Supervision audit, version 1"


def test_a_draft_offers_no_copy_of_itself_and_a_published_version_does(auditor: FlaskClient, amina: Person) -> None:
    own, page = a_copy(amina), f"/brent/audit-tools/{OURS}"
    of_the_draft = auditor.get(page).text
    commands.publish(own, version=own.version, by=amina, on=given_audits.DAY)

    assert "Copy it" not in of_the_draft
    assert "Copy it" in auditor.get(page).text


def test_a_tool_of_one_authority_is_unknown_in_another(amina: Person) -> None:
    published(amina)
    barnet = given.an_authority(slug="barnet", name="Barnet")

    assert OURS not in [tool.id for tool in tools.of(barnet.id).latest]
    with pytest.raises(Refused, match="no audit tool 'own-supervision-ours'"):
        tools.tool(barnet.id, OURS, 1)


def test_an_answered_audit_stays_in_the_version_in_which_it_was_answered(amina: Person) -> None:
    own = published(amina)
    audit = a_draft_audit(amina)
    given_audits.graded(audit, "frequency")

    with_another_question(own, amina)

    assert audit.tool.version == 1
    assert audit.tool.domain("frequency").questions == ()
    with pytest.raises(Refused, match="has answers, so it stays in version 1"):
        audits.move_to_newest(audit, version=audit.version, by=amina)


def test_a_draft_without_answers_can_be_taken_to_the_newest_version(auditor: FlaskClient, amina: Person) -> None:
    own = published(amina)
    audit = a_draft_audit(amina)
    with_another_question(own, amina)
    db.session.commit()
    assert "Move it to version 2 of its tool" in auditor.get(f"/brent/audits/{audit.number}").text

    auditor.post(f"/brent/audits/{audit.number}/newest-version", data={"version": audit.version})

    shown = auditor.get(f"/brent/audits/{audit.number}").text
    assert "Was it in a quiet room?" in shown
    assert "Move it to version" not in shown


def test_the_database_itself_refuses_to_alter_a_published_version(session: Session, amina: Person) -> None:
    published(amina)

    with pytest.raises(DatabaseError, match="only ever added"):
        session.execute(text("UPDATE audit_tool_version SET content = '{}'"))


def test_a_draft_that_says_what_the_version_before_said_is_not_published(amina: Person) -> None:
    own = published(amina)
    commands.take_up(own, version=own.version, by=amina)

    with pytest.raises(Refused, match="Nothing differs from version 1"):
        commands.publish(own, version=own.version, by=amina, on=given_audits.DAY)


def test_the_second_of_two_who_write_is_told(amina: Person) -> None:
    own = a_copy(amina)
    opened = own.version
    commands.remove_domain(own, "worker", version=opened, by=amina)

    with pytest.raises(Conflict):
        commands.remove_domain(own, "impact", version=opened, by=amina)


def test_a_head_of_service_reads_tools_and_writes_none(head_of_service: FlaskClient, amina: Person) -> None:
    own = published(amina)
    samira = given.a_person(name="Samira", authority=by_authority())

    assert "Write a tool" not in head_of_service.get(HERE).text
    assert head_of_service.get(f"{HERE}/{OURS}").status_code == 200
    with pytest.raises(NotAllowed):
        commands.take_up(own, version=own.version, by=samira)


def test_a_retired_tool_is_offered_no_more_and_its_audits_are_still_read(auditor: FlaskClient, amina: Person) -> None:
    own = published(amina)
    audit = a_draft_audit(amina)
    commands.retire(own, version=own.version, by=amina, on=given_audits.DAY)
    db.session.commit()

    assert "Supervision, ours" not in auditor.get("/brent/audits/start").text
    assert "Supervision, ours" in auditor.get(f"/brent/audits/{audit.number}").text


def test_a_shipped_tool_is_retired_here_alone_and_offered_again(
    auditor: FlaskClient, head_of_service: FlaskClient, amina: Person
) -> None:
    audit = given_audits.an_audit(tool_id="supervision", area_code="leadership", auditor=amina)
    elsewhere = given.an_authority(slug="barnet", name="Barnet")
    page = f"{HERE}/supervision"
    assert "Offer it no more" not in head_of_service.get(page).text
    assert head_of_service.post(f"{page}/retire").status_code == 403

    told = auditor.post(f"{page}/retire", follow_redirects=True).text

    assert "Supervision audit is offered no more. Audits answered with it stay as they are." in told
    assert "Supervision audit offered no more." in told
    assert "Retired" in auditor.get(HERE).text
    assert "/audits/new/supervision" not in auditor.get("/brent/audits/start").text
    assert auditor.get("/brent/audits/new/supervision").status_code == 404
    assert "supervision" not in [tool.id for tool in tools.of(by_authority().id).latest]
    assert "supervision" in [tool.id for tool in tools.of(elsewhere.id).latest]
    shown = auditor.get(f"/brent/audits/{audit.number}").text
    assert "Supervision audit, version 1" in shown
    assert "tool=supervision" in auditor.get("/brent/audits").text
    with pytest.raises(Refused, match="Supervision audit is offered no more"):
        tools.of(by_authority().id).offered("supervision")
    assert "offered no more" in auditor.post(f"{page}/retire", follow_redirects=True).text

    assert "is offered again" in auditor.post(f"{page}/offer-again", follow_redirects=True).text
    assert "/audits/new/supervision" in auditor.get("/brent/audits/start").text


def test_the_last_tool_that_is_offered_stays(amina: Person) -> None:
    *others, last = tools.of(by_authority().id).latest
    for tool in others:
        commands.retire_shipped(by_authority(), tool.id, by=amina, on=given_audits.DAY)

    with pytest.raises(Refused, match=f"{last.name} is the only tool that is offered"):
        commands.retire_shipped(by_authority(), last.id, by=amina, on=given_audits.DAY)


def test_a_question_that_others_follow_from_is_not_taken_out(amina: Person) -> None:
    lado = tools.toolbox().newest("lado-referrals")
    own = commands.copy(by_authority(), tool=lado, name="LADO, ours", by=amina)

    with pytest.raises(Refused, match="a question depends on one_day"):
        commands.remove_question(own, "referral", "one_day", version=own.version, by=amina)


def test_an_exported_version_is_read_as_a_file_of_the_product(
    auditor: FlaskClient, amina: Person, tmp_path: Path
) -> None:
    published(amina)

    file = auditor.get(f"{HERE}/{OURS}.yaml")
    (tmp_path / "ours.yaml").write_bytes(file.data)

    assert tools.load(tmp_path, frameworks.library()).newest(OURS) == tools.tool(by_authority().id, OURS, 1)


def test_a_tool_is_written_from_nothing_in_the_browser(auditor: FlaskClient) -> None:
    whole = {
        "name": "Kinship care", "short_name": "Kinship", "areas": "children_in_care", "scale": "own words",
        "own_words": "Strong\nSound\nWeak", "good_from": "Sound", "grade_question": "How is it?",
        "difference_question": "What changed?", "closes_by": "evidence", "safety": "weak", "again_case": "Weak: 2",
    }  # fmt: skip
    here = auditor.post(f"{HERE}/begin", data=whole).location
    own = queries.tool(by_authority(), "own-kinship-care")
    assert own is not None

    domain = {"name": "Assessment", "question": "Is it thorough?", "themes": "cc16", "weight": "3"}
    auditor.post(f"{here}/domains/new", data=domain | {"version": str(own.version)})
    question = {"text": "Was the carer told of her rights?", "answer": "yes or no", "required": "y"}
    auditor.post(f"{here}/domains/assessment/questions/new", data=question | {"version": str(own.version)})
    auditor.post(f"{here}/domains/first/remove", data={"version": str(own.version)})
    auditor.post(f"{here}/publish", data={"version": str(own.version)})

    tool = tools.of(by_authority().id).newest("own-kinship-care")
    assert [grade.label for grade in tool.grades] == ["Strong", "Sound", "Weak"]
    assert tool.safety_action_for == ("weak",)
    assert tool.reaudit_after_months.case == {"weak": 2}
    assert [(one.name, one.themes, one.weight) for one in tool.domains] == [("Assessment", ("CC16",), 3)]
    assert [one.text for one in tool.domains[0].questions] == ["Was the carer told of her rights?"]
    assert "Strong" in auditor.get(f"{HERE}/own-kinship-care").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"good_from": "Splendid"}, "“Splendid” is no grade of this scale"),
        ({"again_case": "Weak two"}, "is not a grade and months"),
        ({"own_words": "Strong"}, "Give at least two words of your own"),
        ({"scale": "sparkling"}, "choose from the list"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_on_the_page(
    auditor: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    whole = {
        "name": "Kinship care", "short_name": "Kinship", "areas": "children_in_care", "scale": "own words",
        "own_words": "Strong\nWeak", "good_from": "Strong", "grade_question": "How is it?",
        "difference_question": "What changed?", "closes_by": "evidence",
    }  # fmt: skip

    response = auditor.post(f"{HERE}/begin", data=whole | changes)

    assert response.status_code == 422
    assert sentence in response.text


def test_a_theme_that_does_not_exist_is_refused_on_the_page(auditor: FlaskClient, amina: Person) -> None:
    own = a_copy(amina)
    domain = {"name": "Voice", "question": "Heard?", "themes": "ZZ99", "version": str(own.version)}

    response = auditor.post(f"{HERE}/{OURS}/domains/new", data=domain)

    assert response.status_code == 422
    assert "no theme with the code" in response.text


def test_versions_are_compared_on_a_page(auditor: FlaskClient, amina: Person) -> None:
    own = published(amina)
    with_another_question(own, amina)
    db.session.commit()

    shown = auditor.get(f"{HERE}/{OURS}/versions").text

    assert "Was it in a quiet room?" in shown
    assert "Added" in shown
    assert auditor.get(f"{HERE}/{OURS}/versions?to=9").status_code == 404
    assert "no earlier version" in auditor.get(f"{HERE}/supervision/versions").text
