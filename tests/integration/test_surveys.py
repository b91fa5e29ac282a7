"""Surveys by counts: waves, answers, measures, voices, and what a scheme found."""

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given
from tests.queries_counted import at_most
from tracker.evidence.models import Evidence
from tracker.improvements.models import ImprovementItem
from tracker.indicators.models import Measure
from tracker.indicators.surveys import commands
from tracker.indicators.surveys.commands import Described, WaveSaid
from tracker.indicators.surveys.models import Survey, SurveyVoice, Wave
from tracker.indicators.surveys.rules import Asked, FindingKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused

TODAY = clock.today()
FIRST, SECOND = TODAY - timedelta(days=200), TODAY - timedelta(days=20)
SCALE = ("Agree", "Disagree", "Do not know")


def a_survey(*, asked: Asked = Asked.CHILDREN, scheme: str = "") -> Survey:
    says = Described(name="What care leavers tell us", asked=asked, area_code="care_leavers", scheme=scheme)
    return commands.add(given.an_authority(), says=says)


def a_wave(survey: Survey, last_day: date = SECOND, *, invited: int = 61, answered: int = 38) -> Wave:
    said = WaveSaid(first_day=last_day, last_day=last_day, invited=invited, answered=answered)
    return commands.add_wave(survey, says=said, on=TODAY)


def counted(survey: Survey, wave: Wave, *counts: int, reason: str = "") -> None:
    commands.count(wave, counts={survey.questions[0].id: counts}, smallest=5, reason=reason, on=TODAY)


def a_counted_survey(*, first: tuple[int, ...] = (12, 16, 2), second: tuple[int, ...] = (24, 10, 2)) -> Survey:
    """One question in two waves, its first answer favourable."""
    survey = a_survey()
    question = commands.add_question(survey, text="My adviser keeps in touch with me.", options=SCALE)
    commands.say_favourable(question, version=question.version, favourable=[0])
    for day, counts in ((FIRST, first), (SECOND, second)):
        counted(survey, a_wave(survey, day), *counts)
    return survey


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def test_a_survey_is_added_asked_and_counted_through_its_pages(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    described = {"name": "Parents of children on a plan", "asked": "Parents and carers", "area": "help_protection"}
    head_of_service.post("/brent/surveys/new", data=described)
    head_of_service.post("/brent/surveys/1/questions/new", data={"text": "Were you heard?", "options": "Yes\nNo"})
    asked = {"first_day": "1 October 2026", "last_day": "31 October 2026", "invited": "60", "answered": "41"}
    led_on = head_of_service.post("/brent/surveys/1/waves/new", data=asked)

    too_many = head_of_service.post(led_on.location, data={"q1_0": "40", "q1_1": "2"})
    saved = head_of_service.post(led_on.location, data={"q1_0": "30", "q1_1": "10"}, follow_redirects=True)
    question = session.scalars(select(Survey)).one().questions[0]
    said = {"version": question.version, "favourable": ["0"], "measure": "y", "short_name": "were heard"}
    shown = head_of_service.post(f"/brent/surveys/1/questions/{question.id}", data=said, follow_redirects=True)

    assert "42 answers are counted, and 41 people answered." in words(too_many)
    assert "Answers of October 2026 recorded." in saved.text
    assert "75% favourable (30 of 40; between 60% and 86%) in October 2026. 41 of 60 answered (68%)." in words(shown)
    assert "19 did not answer and may think otherwise." in shown.text
    measure = session.query(Measure).one()
    assert [(one.numerator, one.denominator, one.period_end) for one in measure.values] == [
        (30, 40, date(2026, 10, 31))
    ]


def test_each_wave_moves_the_measure_and_a_correction_needs_a_reason(
    session: Session, director: FlaskClient, brent: Authority
) -> None:
    survey = a_counted_survey()
    measure = commands.count_as_measure(survey.questions[0], short_name="in touch", smallest=5, on=TODAY)
    third = a_wave(survey, TODAY - timedelta(days=1))

    counted(survey, third, 30, 4, 2)
    with pytest.raises(Refused, match="recorded already"):
        counted(survey, third, 29, 5, 2)
    counted(survey, third, 29, 5, 2, reason="Two forms were counted twice")
    session.expire(measure)

    assert [(one.numerator, one.denominator) for one in measure.values] == [(12, 30), (24, 36), (29, 36)]
    assert f"{TODAY - timedelta(days=1):%-d %B %Y}: 38 of 61 answered (62%)." in words(
        director.get("/brent/measures/1")
    )
    with pytest.raises(Refused, match=r"M-1 counts Agree\. Its series keeps its meaning"):
        commands.say_favourable(survey.questions[0], version=survey.questions[0].version, favourable=[1])


def test_few_answers_are_neither_shown_nor_measured_nor_quoted(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    survey = a_survey()
    question = commands.add_question(survey, text="Do you feel safe where you live?", options=SCALE)
    commands.say_favourable(question, version=question.version, favourable=[0])
    wave = a_wave(survey, answered=4)
    counted(survey, wave, 3, 1, 0)
    measure = commands.count_as_measure(question, short_name="safe", smallest=5, on=TODAY)

    page = words(head_of_service.get("/brent/surveys/1"))
    voice = head_of_service.post(f"/brent/surveys/1/waves/{wave.id}/voice", data=A_VOICE)

    assert measure.values == []
    assert "none is counted, or fewer than 5 answered" in page
    assert "Add what somebody wrote" not in page
    assert "could be recognised" in voice.text
    assert session.query(Evidence).count() == 0


A_VOICE = {
    "words": "My adviser texts me even when nothing is wrong.",
    "voice_of": "Young person",
    "shows": "Contact is no longer only about forms.",
    "strength": "Outcome",
    "consent": "The form says that answers may be quoted.",
}


def test_what_somebody_wrote_becomes_a_voice_with_how_many_answered(
    qa_officer: FlaskClient, session: Session, brent: Authority
) -> None:
    wave = a_wave(a_survey())
    given.an_item()

    page = qa_officer.post(
        f"/brent/surveys/1/waves/{wave.id}/voice", data={**A_VOICE, "item": "1"}, follow_redirects=True
    )
    another = qa_officer.post(f"/brent/surveys/1/waves/{wave.id}/voice", data={**A_VOICE, "voice_of": "Parent"})

    voice = session.query(Evidence).one()
    assert "My adviser texts me even when nothing is wrong." in page.text
    assert voice.setting == "Survey, 38 of 61 answered (62%)"
    assert voice.links[0].item is not None
    assert session.query(SurveyVoice).one().evidence_id == voice.id
    assert another.status_code == 422


def test_a_table_is_shown_before_it_counts_and_counts_whole_or_not_at_all(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    survey = a_counted_survey()
    wave = a_wave(survey, TODAY - timedelta(days=1))
    address = f"/brent/surveys/1/waves/{wave.id}/table"
    good = (
        "Question\tAgree\tDisagree\tYes\tNo\nMy adviser keeps in touch with me.\t20\t10\t\t\nAre you safe?\t\t\t30\t6"
    )

    shown = head_of_service.post(address, data={"table": good})
    wrong = head_of_service.post(address, data={"table": good.replace("\t6", "\t16")})
    refused = head_of_service.post(f"{address}/apply", data={"table": good.replace("\t6", "\t16")})
    assert len(survey.questions) == 1
    kept = BeautifulSoup(shown.text, "html.parser").select("[name=table]")[0]["value"]
    head_of_service.post(f"{address}/apply", data={"table": kept})
    session.expire_all()

    assert "Adds the question, and records its answers" in words(shown)
    assert "46 answers are counted, and 38 people answered" in words(wrong)
    assert refused.status_code == 422
    assert [one.text for one in survey.questions] == ["My adviser keeps in touch with me.", "Are you safe?"]
    assert sorted(one.counts for one in wave.answers) == [[20, 10, 0], [30, 6]]


def test_a_row_for_each_person_is_refused_and_nothing_of_it_is_shown_or_kept(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    wave = a_wave(a_survey())
    book = Workbook()
    assert book.active is not None
    for row in (("Response ID", "Safe?", "Heard?"), (8123, "Agree", "No secrets"), (8124, "Disagree", "Never")):
        book.active.append(row)
    file = BytesIO()
    book.save(file)

    answer = head_of_service.post(
        f"/brent/surveys/1/waves/{wave.id}/table", data={"file": (BytesIO(file.getvalue()), "replies.xlsx")}
    )

    assert "a row for each person who answered" in answer.text
    assert "Nothing of it was kept" in answer.text
    assert "No secrets" not in answer.text
    assert session.scalars(select(Survey)).one().questions == []


def test_an_area_for_development_becomes_an_item_or_an_action_and_keeps_its_link(
    head_of_service: FlaskClient, session: Session, brent: Authority
) -> None:
    survey = a_survey(asked=Asked.STAFF, scheme="Race equality awareness scheme")
    texts = ("Exit interviews ask about fairness.", "Say how panels are chosen.")
    first, second = (commands.add_finding(survey, kind=FindingKind.AREA, text=text) for text in texts)
    strength = commands.add_finding(survey, kind=FindingKind.STRENGTH, text="Leaders speak openly.")
    base = "/brent/surveys/1/findings"

    head_of_service.post(f"{base}/{first.id}/item")
    again = head_of_service.post(f"{base}/{first.id}/item", follow_redirects=True)
    lead = BeautifulSoup(head_of_service.get(f"{base}/{second.id}/action").text, "html.parser")
    person = lead.select("[name=lead] option")[1]["value"]
    action = {"item": "1", "title": "Write it down", "lead": person, "due_on": "31 March 2099"}
    head_of_service.post(f"{base}/{second.id}/action", data=action)
    page = words(head_of_service.get("/brent/surveys/1"))

    item = session.query(ImprovementItem).one()
    assert item.wording == texts[0]
    assert item.origin.document == "V-1 Race equality awareness scheme"
    assert item.origin.place == "area for development 1"
    assert "I-1 was made of it already" in again.text
    assert "A-1 Write it down" in page
    with pytest.raises(Refused, match="I-1 was made of it, so it stays"):
        commands.remove_finding(first)
    with pytest.raises(Refused, match="This is a strength"):
        commands.make_item(strength, by=given.a_person(), on=TODAY)


def test_an_export_for_outside_hides_what_counts_a_few(head_of_service: FlaskClient, brent: Authority) -> None:
    a_counted_survey(first=(3, 20, 12), second=(20, 9, 7))

    def cells(method: str) -> list[tuple[object, ...]]:
        sheet = load_workbook(BytesIO(head_of_service.open("/brent/surveys/1.xlsx", method=method).data)).active
        assert sheet is not None
        return [tuple(cell.value for cell in row)[6:10] for row in sheet.iter_rows(min_row=2)]

    inside, outside = cells("POST"), cells("GET")

    assert inside[3] == ("Agree", "Yes", 3, pytest.approx(3 / 35))
    assert outside[:3] == inside[:3]
    assert {row[2] for row in outside[3:]} == {"Hidden: it counts so few that somebody could be recognised"}
    assert {row[3] for row in outside[3:]} == {None}


def test_a_wave_is_put_right_within_what_is_counted(head_of_service: FlaskClient, brent: Authority) -> None:
    survey = a_counted_survey()
    wave = survey.waves[-1]
    day = f"{wave.last_day:%-d %B %Y}"
    said = {"version": wave.version, "first_day": day, "last_day": day, "invited": "70"}
    address = f"/brent/surveys/1/waves/{wave.id}/change"

    few = head_of_service.post(address, data={**said, "answered": "30"})
    moved = head_of_service.post(address, data={**said, "answered": "40", "first_day": "1 January 2026"})
    right = head_of_service.post(address, data={**said, "answered": "40"}, follow_redirects=True)

    assert "at least 36 people answered" in few.text
    assert "so its days stay as they are" in moved.text
    assert "40 of 70 answered (57%)" in right.text


def test_a_survey_is_found_by_its_questions_and_opened_by_its_reference(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    a_counted_survey()
    db.session.flush()

    assert "What care leavers tell us" in words(head_of_service.get("/brent/search/?q=adviser"))
    assert head_of_service.get("/brent/search/?q=V-1").location == "/brent/surveys/1"


def test_the_page_of_a_survey_takes_as_many_statements_however_much_it_holds(
    director: FlaskClient, brent: Authority
) -> None:
    survey = a_counted_survey()
    for place in range(8):
        commands.add_question(survey, text=f"Question number {place}?", options=SCALE)
    db.session.flush()

    with at_most(14):
        assert director.get("/brent/surveys/1").status_code == 200
    with at_most(9):
        assert director.get("/brent/surveys").status_code == 200


def test_another_authoritys_survey_is_not_there(head_of_service: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    says = Described(name="Theirs", asked=Asked.STAFF, area_code="leadership")
    theirs = commands.add(barnet, says=says)

    assert head_of_service.get(f"/brent/surveys/{theirs.number}").status_code == 404
    assert head_of_service.get(f"/brent/surveys/{theirs.number}/waves/{UUID(int=1)}/table").status_code == 404
