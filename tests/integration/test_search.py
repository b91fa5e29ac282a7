"""Search: a reference opens its thing, words find things of every kind, and nobody finds what she may not see."""

import re
from datetime import date, time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_actions, given_audits, given_evidence, given_indicators, given_self_evaluation
from tests.conftest import signed_in
from tests.given_fieldwork import CALLED, a_fieldwork, a_request
from tests.queries_counted import at_most
from tracker.audits import commands as audits
from tracker.audits.models import Audit
from tracker.audits.rules import Given
from tracker.evidence.files.models import FileContent
from tracker.evidence.files.rules import Scan
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Strength
from tracker.evidence.words import commands as words
from tracker.evidence.words.commands import Said as FileSaid
from tracker.fieldwork.notes import commands as notes
from tracker.fieldwork.notes.commands import Said
from tracker.fieldwork.notes.rules import NoteKind
from tracker.fieldwork.plan.rules import MeetingKind
from tracker.fieldwork.timetable import commands as timetable
from tracker.handover import commands
from tracker.handover.briefs import commands as briefs
from tracker.handover.briefs.queries import brief
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.child_data import Sign


def found(client: FlaskClient, words: str, **filters: str) -> list[str]:
    """References of what a search finds, best first."""
    answer = client.get("/brent/api/search", query_string={"q": words, **filters}).json
    assert answer is not None
    return [one["reference"] for one in answer["results"]]


def test_the_week_of_an_inspection_is_found_by_its_words_by_those_who_may_read_it(
    app: Flask, director: FlaskClient, brent: Authority, session: Session
) -> None:
    week = a_fieldwork(authority=brent)
    dana = given.a_person(authority=brent, role=Role.DIRECTOR)
    request = a_request(week, words="How do children in private fostering get seen?")
    commands.hand_over(request, version=1, answer="By the lodgings officer", to="A. Lead", by=dana, at=CALLED)
    note = Said(
        kind=NoteKind.CONCERN, text="Lodgings visits drift", area_code="leadership", theme_code=None,
        said_on=CALLED.date(), meeting=None, owner=None,
    )  # fmt: skip
    notes.add(week, note, by=dana)
    meeting = timetable.Said(
        name="Visit to the lodgings", kind=MeetingKind.OTHER, day=CALLED.date(), starts_at=time(9), minutes=30,
        where_held="", others="", owner=None, at_it=[],
    )  # fmt: skip
    timetable.add(week, meeting)
    briefs.make(brief(week, CALLED.date()), by=dana, at=CALLED)
    session.commit()
    auditor = signed_in(app, given.a_person(authority=brent, role=Role.AUDITOR))
    member = signed_in(app, given.a_person(authority=brent, role=Role.LEAD_MEMBER))

    assert found(director, "private fostering") == ["H-1"]
    assert sorted(found(director, "lodgings")) == ["H-1", "N-1", "N-1"]
    assert found(director, "daily brief") == ["P-1"]
    page = director.get("/brent/search/?q=lodgings").text
    for kind in ("Requests of inspectors (1)", "Lines of enquiry and notes (1)", "Meetings of an inspection (1)"):
        assert kind in page
    links = re.findall(r'href="(/brent/fieldwork/1/[^"]+)"', page)
    assert len(links) == 2
    assert [director.get(link).status_code for link in links] == [200, 200]
    assert "Lodgings visits drift" not in auditor.get("/brent/search/?q=lodgings").text
    assert "Visit to the" in auditor.get("/brent/search/?q=lodgings").text
    assert found(member, "lodgings") == []
    assert found(member, "daily brief") == []


def test_a_reference_opens_its_thing_however_it_is_typed(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent)

    assert director.get("/brent/search/?q= i-1 ").location == "/brent/items/1"


def test_words_find_things_of_every_kind_in_all_their_forms_and_are_marked(
    director: FlaskClient, brent: Authority
) -> None:
    item = given.an_item(authority=brent, wording="The quality of life-story work")
    given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Too few have a life-story book.")})
    given_evidence.evidence(item=item, title="Life-story audit")
    given_audits.an_audit(programme="Life-story books")
    given_indicators.a_measure(name="Children with a life-story book")
    given_self_evaluation.a_statement("Most children have their life story.")
    action = given.an_action(item=item, title="Train every team")
    given_actions.an_update(action, done="Two teams write life-stories together.")
    given_actions.a_milestone(given.an_action(item=item), title="First life story finished")

    page = director.get("/brent/search/?q=Life-Stories").text

    kinds = ("Improvement items (1)", "What inspectors wrote (1)", "Evidence (1)", "Audits (1)", "Measures (1)")
    for kind in (*kinds, "Statements (1)", "Actions (2)", "Everything (8)"):
        assert kind in page
    assert "<mark>life-story</mark>" in page
    assert ">R-1</span> Paragraph 8, 27 April to 1 May 2026" in page
    assert "/brent/inspections/1#p1" in page


def test_the_place_that_a_search_leads_to_is_there(director: FlaskClient, brent: Authority) -> None:
    given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Too few have a life-story book.")})

    assert 'id="p1"' in director.get("/brent/inspections/1").text


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "'", '"' * 200, "a " * 400, "\u202e", "((((", "[a-", "a*", "NEAR(a b)"]
)
def test_no_search_breaks_the_page(director: FlaskClient, brent: Authority, text: str) -> None:
    given.an_item(authority=brent, wording="Plans")

    assert director.get("/brent/search/", query_string={"q": text}).status_code == 200


def test_what_is_typed_and_what_is_found_is_text_and_never_markup(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent, wording="Plans <script>alert(1)</script> drift")

    page = director.get("/brent/search/?q=drift <script>alert(1)</script>").text

    assert "<script>alert" not in page
    assert "<mark>drift</mark>" in page


def test_a_title_weighs_more_than_a_text_and_of_two_alike_the_newer_is_first(
    director: FlaskClient, brent: Authority
) -> None:
    for day in (date(2026, 3, 1), date(2026, 9, 1), date(2026, 6, 1)):
        given_evidence.evidence(authority=brent, title="Survey of carers", shows="What they said", dated=day)
    given_evidence.evidence(authority=brent, title="Minutes", shows="A survey was agreed", dated=date(2026, 11, 1))

    assert found(director, "survey") == ["E-2", "E-3", "E-1", "E-4"]


def test_words_in_quotation_marks_stand_together_and_a_minus_leaves_out(
    director: FlaskClient, brent: Authority
) -> None:
    given.an_item(authority=brent, wording="Care leavers have a pathway plan")
    given.an_item(authority=brent, wording="Leavers of care homes: a plan for the pathway")
    given.an_item(authority=brent, wording="Care leavers abroad")

    assert set(found(director, '"care leavers"')) == {"I-3", "I-1"}
    assert found(director, '"care leavers" -pathway') == ["I-3"]


def test_where_nothing_has_every_word_those_with_some_are_shown_and_said_to_be(
    director: FlaskClient, brent: Authority
) -> None:
    given.an_item(authority=brent, wording="The quality of life-story work")

    page = director.get("/brent/search/?q=life-story pathway").text

    assert "Nothing has every word" in page
    assert "Improvement items (1)" in page


def test_a_misspelt_word_leads_to_one_that_is_there(director: FlaskClient, brent: Authority) -> None:
    given.an_item(authority=brent, wording="Pre-proceedings")

    page = director.get("/brent/search/?q=procedings").text

    assert "Search for “proceedings”" in page


def test_nothing_is_found_counted_or_suggested_across_authorities(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    elsewhere = given.an_authority(slug="camden", name="Camden")
    given.an_item(authority=elsewhere, wording="Private fostering")
    given.an_item(authority=brent, wording="Plans")
    session.commit()

    assert "Nothing has “fostering” in it" in director.get("/brent/search/?q=fostering").text
    assert "spelt otherwise" not in director.get("/brent/search/?q=fosterng").text
    assert director.get("/camden/search/?q=fostering").status_code == 404
    assert director.get("/camden/api/search?q=fostering").status_code == 404


def test_withdrawn_evidence_is_found_with_its_filter_only(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    given_evidence.evidence(authority=brent, title="Dip sample", withdrawn_on=date(2026, 11, 1))
    given_evidence.evidence(authority=brent, title="Dip sample of visits")
    session.commit()

    assert found(director, "dip") == ["E-2"]
    assert found(director, "dip", state="withdrawn") == ["E-1"]
    assert "Withdrawn evidence only</a> (1)" in director.get("/brent/search/?q=dip").text.replace(
        " (1)</a>", "</a> (1)"
    )


def test_filters_narrow_down_count_and_come_off(director: FlaskClient, brent: Authority, session: Session) -> None:
    given.an_item(authority=brent, wording="Survey of carers")
    given_evidence.evidence(authority=brent, title="Survey", area_code="care_leavers", dated=date(2025, 11, 1))
    given_evidence.evidence(
        authority=brent, title="Survey again", theme_code="HP16", kind=Kind.VOICE, strength=Strength.IMPACT
    )
    session.commit()

    assert set(found(director, "survey", kind="evidence")) == {"E-1", "E-2"}
    assert found(director, "survey", of="voice", strength="impact", year="2026") == ["E-2"]
    assert found(director, "survey", area="care_leavers") == ["E-1"]
    assert found(director, "survey", theme="HP16", area="help_protection") == ["E-2"]
    page = director.get("/brent/search/?q=survey&kind=evidence&year=2025").text
    assert "Everything (1)" in page
    assert '<a class="govuk-link" href="/brent/search/?q=survey&amp;kind=evidence">2025 ×</a>' in page
    assert "Take a filter off" in director.get("/brent/search/?q=survey&kind=measure").text


def test_the_words_in_a_file_lead_to_its_evidence_and_name_the_place(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    evidence = given_evidence.evidence(authority=brent, title="Board minutes", kind=Kind.FILE)
    _says(evidence, "Nothing of note.", "Kinship carers are paid late.", "Carers of kin wait. Kinship again.")
    session.commit()

    answer = director.get("/brent/api/search?q=kinship").json

    assert answer is not None
    assert answer["total"] == 1
    assert [(one["reference"], one["url"]) for one in answer["results"]] == [("E-1", "/brent/evidence/1#file")]
    assert answer["results"][0]["place"] in {"In its file, page 2; also page 3", "In its file, page 3; also page 2"}
    assert 'id="file"' in director.get("/brent/evidence/1").text


def test_a_file_that_is_held_back_or_shut_is_not_found_by_its_words(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    warned = given_evidence.evidence(authority=brent, title="Notes", kind=Kind.FILE)
    _says(warned, "Kinship carers are paid late.")
    warning = ChildDataWarning(
        authority_id=brent.id, evidence=warned, file_sha256=warned.file_sha256, position=0, sign=Sign.PHONE,
        place="page 1", hidden="07•••", warned_at=clock.now(),
    )  # fmt: skip
    given.stored(warning)
    session.commit()
    assert found(director, "kinship") == []

    warning.decision, warning.because, warning.decided_at = Decision.KEPT, "A council's number", clock.now()
    session.commit()
    assert found(director, "kinship") == ["E-1"]

    content = FileContent(sha256=warned.file_sha256, media_type="application/pdf", scan=Scan.WAITING)
    given.stored(content)
    session.commit()
    assert found(director, "kinship") == []

    content.scan = Scan.CLEAN
    session.commit()
    assert found(director, "kinship") == ["E-1"]


def _says(evidence: Evidence, *pages: str) -> None:
    """What a worker read in its file."""
    said = FileSaid(passages=[(f"page {number}", text) for number, text in enumerate(pages, start=1)])
    words.keep(evidence.authority_id, evidence.file_sha256 or "", said, at=clock.now())


def test_what_is_mine_is_found_by_whose_it_is(app: Flask, brent: Authority, session: Session) -> None:
    lead = given.a_person(name="Samira Okafor")
    given.an_action(title="Survey of carers", lead=lead)
    given.an_action(title="Survey of families")
    client = signed_in(app, lead)
    session.commit()

    assert found(client, "survey", whose="mine") == ["A-1"]


def test_evidence_stands_where_what_it_speaks_for_was_confirmed_to_belong(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    action = given.an_action(item=given.an_item(authority=brent))
    given_evidence.evidence(action=action, title="Survey of families")
    session.commit()
    assert found(director, "families", theme="HP16") == []

    given_audits.a_confirmed_theme(action.item, "HP16")
    session.commit()

    assert found(director, "families", theme="HP16") == ["E-1"]


def test_a_moderator_finds_neither_grades_nor_answers_before_hers_are_in(
    app: Flask, brent: Authority, session: Session
) -> None:
    audit, moderator = _moderated_by(session)
    hers, auditors = signed_in(app, moderator), signed_in(app, audit.auditor)

    assert set(found(auditors, "escalation")) == {"Q-1"}
    assert found(auditors, "purposeful") == ["Q-1"]
    assert found(hers, "escalation") == []
    assert found(hers, "purposeful") == []
    assert "Audit answers" not in hers.get("/brent/search/?q=BR-4471 -escalation").text
    assert found(hers, "BR-4471") == ["Q-1"]

    given_audits.moderate(audit, given_audits.GOOD, by=moderator)
    session.commit()

    assert set(found(hers, "escalation")) == {"Q-1"}


def test_what_a_moderator_saw_is_found_once_both_are_in(app: Flask, brent: Authority, session: Session) -> None:
    audit, moderator = _moderated_by(session)
    first, second = audit.domains[0].domain_code, audit.domains[1].domain_code
    audits.moderate_domain(audit, first, saves=0, given=Given(given_audits.WEAK), saw="Visits drifted", by=moderator)
    audits.moderate_domain(audit, second, saves=0, given=Given(None), saw="Recorded thinly", by=moderator)
    session.commit()
    client = signed_in(app, audit.auditor)

    assert found(client, "drifted") == ["Q-1"]
    assert found(client, "thinly") == []


def _moderated_by(session: Session) -> tuple[Audit, Person]:
    """A finished audit with words of its auditor, and the colleague who has begun to moderate it."""
    audit = given_audits.a_draft()
    for domain in audit.domains:
        given_audits.graded(audit, domain.domain_code, seen="Escalation came late")
    audits.finish(
        audit,
        version=audit.version,
        grade=given_audits.GOOD,
        strengths="Visits were purposeful",
        safety_action="",
        by=audit.auditor,
        on=given_audits.DAY,
    )
    moderator = given_audits.a_qa_officer("Nadia Coyle")
    audits.begin_moderation(audit, version=audit.version, by=moderator)
    session.commit()
    return audit, moderator


def test_the_api_says_what_the_page_shows(director: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(authority=brent, title="Survey of carers", area_code="care_leavers")

    answer = director.get("/brent/api/search?q=survey").json

    assert answer is not None
    assert (answer["total"], answer["page"], answer["pages"], answer["every_word"]) == (1, 1, 1, True)
    assert answer["results"][0] == {
        "reference": "E-1",
        "kind": "Data",
        "title": "Survey of carers",
        "url": "/brent/evidence/1",
        "excerpt": "Delay has fallen in three of four teams",
        "place": "",
        "dated": "2026-11-12",
        "areas": ["Care leavers"],
        "strength": "Outcome",
        "sensitive": False,
        "withdrawn": False,
    }


def test_a_page_of_results_costs_the_same_however_much_is_found(
    app: Flask, director: FlaskClient, brent: Authority, session: Session
) -> None:
    for _ in range(30):
        given.an_action(item=given.an_item(authority=brent, wording="Plans"), title="Review plans")
    client = signed_in(app, given.a_person(authority=brent, role=Role.DIRECTOR))
    session.commit()

    with at_most(6):
        page = client.get("/brent/search/?q=plans").text

    assert "Actions (30)" in page
    assert "Results 1 to 20 of 60" in page
