from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tests.queries_counted import at_most
from tracker.improvements import commands, queries
from tracker.improvements.mapping import commands as mappings
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Decision, MappedTo, Source
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Refused

TODAY = date(2026, 11, 20)
PARAGRAPHS = {
    1: ("help_protection", "Early help is easy to find. Families speak well of it."),
    2: ("help_protection", "Return home interviews for children who go missing are too few and too late."),
    3: ("leadership", "Leaders know their services well and the council invests in them."),
}


def a_missing_children_item(authority: Authority | None = None) -> ImprovementItem:
    inspection = given.an_inspection(authority=authority, paragraphs=PARAGRAPHS)
    return given.an_item(inspection=inspection, wording="The offer of return interviews when children go missing.")


def confirmed(item: ImprovementItem, to: MappedTo) -> list[str | None]:
    return [tie.code for tie in item.mappings if tie.to is to and tie.decision is Decision.CONFIRMED]


def test_a_suggestion_counts_for_nothing_until_somebody_confirms_it(session: Session) -> None:
    item = a_missing_children_item()

    mappings.suggest(item, today=TODAY)

    assert [tie.paragraph.printed_number for tie in item.mappings if tie.paragraph] == [2]
    assert {tie.decision for tie in item.mappings} == {Decision.SUGGESTED}
    assert not [*queries.areas_of(item), *queries.themes_of(item), *queries.paragraphs_of(item)]


def test_a_suggestion_says_which_words_led_to_it(session: Session) -> None:
    item = a_missing_children_item()

    mappings.suggest(item, today=TODAY)

    reasons = [tie.reason for tie in item.mappings if tie.to is MappedTo.PARAGRAPH]
    assert reasons == ["Both say: return, interviews, go missing"]


def test_who_confirmed_a_mapping_and_when_is_kept_and_told_in_the_items_history(session: Session) -> None:
    item, person = a_missing_children_item(), given.a_person(name="Amina Yusuf")
    mappings.suggest(item, today=TODAY)
    tie = next(one for one in item.mappings if one.paragraph)

    mappings.confirm(tie, by=person)

    assert tie.decided_by is person
    assert tie.decided_at is not None
    assert history.of(item)[0].what == "mapping to paragraph 2 confirmed"
    assert [paragraph.printed_number for paragraph in queries.paragraphs_of(item)] == [2]


def test_what_was_rejected_is_not_suggested_again(session: Session) -> None:
    item = a_missing_children_item()
    mappings.suggest(item, today=TODAY)
    for tie in item.mappings:
        mappings.reject(tie, by=None)

    added = mappings.suggest(item, today=TODAY)

    assert added == []


def test_a_paragraph_of_another_report_cannot_be_chosen(session: Session) -> None:
    item = a_missing_children_item()
    other = given.an_inspection(paragraphs={9: ("leadership", "Another report.")})

    with pytest.raises(Refused, match="not in the report that this item comes from"):
        mappings.add_by_hand(item, to=MappedTo.PARAGRAPH, paragraph=other.paragraphs[0], by=None)


def test_areas_are_suggested_in_the_words_of_the_framework_in_force_not_of_an_old_report(session: Session) -> None:
    inspection = given.an_inspection(
        framework_id="ilacs-2018",
        fieldwork_from=date(2018, 5, 14),
        paragraphs={7: ("children_in_care_and_care_leavers", "Pathway plans are not reviewed.")},
    )
    item = given.an_item(inspection=inspection, wording="The review of pathway plans.", raised_on=date(2018, 7, 2))

    mappings.suggest(item, today=TODAY)

    areas = [tie.code for tie in item.mappings if tie.to is MappedTo.AREA]
    assert areas[0] == "care_leavers"
    assert "children_in_care_and_care_leavers" not in areas


def test_an_item_that_came_back_is_suggested_as_an_echo_of_the_earlier_one(session: Session) -> None:
    earlier = given.an_item(wording="The quality of case recording and supervision.", raised_on=date(2018, 7, 2))
    given.an_item(wording="Care leavers’ access to their health histories.", raised_on=date(2018, 7, 2))
    later = given.an_item(
        inspection=given.an_inspection(), wording="The consistency of management supervision and recording."
    )

    echoes = mappings.suggest_echoes(later)

    assert [echo.earlier for echo in echoes] == [earlier]
    assert echoes[0].reason.startswith("Both say: supervision, recording")


def test_an_owner_must_work_in_the_authority(session: Session) -> None:
    item = given.an_item()
    stranger = given.a_person(name="Jo Elsewhere", authority=given.an_authority(slug="harrow", name="Harrow"))

    with pytest.raises(Refused, match="Jo Elsewhere does not work in Brent"):
        commands.give_owner(item, to=stranger)


def test_an_item_found_by_ourselves_is_mapped_from_its_words_at_once(session: Session, brent: Authority) -> None:
    item = commands.add_item(
        brent,
        wording="Private fostering arrangements are not visited in time.",
        title="Visits to private fostering arrangements",
        source=Source.OURSELVES,
        raised_on=TODAY,
        today=TODAY,
    )

    assert next(tie.code for tie in item.mappings if tie.to is MappedTo.THEME) == "HP19"


def test_an_appraisal_needs_something_to_appraise(session: Session) -> None:
    with pytest.raises(Refused, match="at least one of the three questions"):
        commands.appraise(
            given.an_item(), on=TODAY, by=None, worried_about=[], working_well=[], needs_to_happen=[], scale=4, aim=8
        )


def test_a_judgement_area_has_one_owner_at_a_time(session: Session, brent: Authority) -> None:
    first, second = given.a_person(name="Samira Okafor"), given.a_person(name="Priya Raman")

    commands.set_area_owner(brent, area_code="help_protection", person=first)
    commands.set_area_owner(brent, area_code="help_protection", person=second)

    assert queries.area_owners(brent) == {"help_protection": second}


def test_decisions_are_taken_on_the_mapping_page(qa_officer: FlaskClient, session: Session, brent: Authority) -> None:
    item = a_missing_children_item(brent)
    mappings.suggest(item, today=TODAY)
    session.commit()
    page = qa_officer.get(f"/brent/items/{item.number}/mapping")
    assert "Both say: return, interviews, go missing" in page.text
    ties = {tie.reason: tie for tie in item.mappings}
    paragraph = ties["Both say: return, interviews, go missing"]

    answer = qa_officer.post(
        f"/brent/items/{item.number}/mapping",
        data={f"decision-{paragraph.id}": "Confirmed", "theme": "HP15"},
        follow_redirects=True,
    )

    assert f"{item.reference}: 2 decided." in answer.text
    assert "Confirmed by Amina Yusuf" in answer.text
    assert confirmed(item, MappedTo.THEME) == ["HP15"]


def test_the_mapping_page_asks_the_database_no_more_for_a_longer_list(
    qa_officer: FlaskClient, brent: Authority
) -> None:
    long_report = {number: ("help_protection", f"Return interviews, part {number}.") for number in range(1, 40)}
    item = given.an_item(
        inspection=given.an_inspection(authority=brent, paragraphs=long_report), wording="Return interviews."
    )
    mappings.suggest(item, today=TODAY)

    with at_most(18):
        assert qa_officer.get(f"/brent/items/{item.number}/mapping").status_code == 200


def test_a_head_of_service_adds_edits_and_appraises_an_item(head_of_service: FlaskClient, brent: Authority) -> None:
    added = head_of_service.post(
        "/brent/items/new/peer-review",
        data={
            "wording": "Supervision is not reflective.",
            "title": "Reflective supervision",
            "document": "Peer challenge of the front door",
            "dated": "2 March 2026",
            "said_by": "The peer team",
            "raised_on": "4 March 2026",
        },
    )
    item = queries.items(brent)[0]
    assert added.location == f"/brent/items/{item.number}/mapping"

    edited = head_of_service.post(
        f"/brent/items/{item.number}/edit", data={"version": str(item.version), "title": "Supervision"}
    )
    appraised = head_of_service.post(
        f"/brent/items/{item.number}/appraise", data={"worried_about": "- Too few", "scale": "4", "aim": "8"}
    )

    assert (edited.status_code, appraised.status_code) == (302, 302)
    assert item.title == "Supervision"
    assert item.appraisals[0].worried_about == "Too few"


def test_what_was_typed_stays_when_an_item_is_refused(head_of_service: FlaskClient) -> None:
    answer = head_of_service.post("/brent/items/new/peer-review", data={"wording": "Only this", "raised_on": "soon"})

    assert answer.status_code == 422
    assert "Only this" in answer.text
    assert "must be a real date" in answer.text


def test_a_second_person_who_saves_an_old_version_is_told(head_of_service: FlaskClient, brent: Authority) -> None:
    item = given.an_item(authority=brent)
    old = item.version
    commands.rename(item, title="Changed meanwhile")

    answer = head_of_service.post(f"/brent/items/{item.number}/edit", data={"version": str(old), "title": "Mine"})

    assert answer.status_code == 422
    assert "Somebody else changed this item" in answer.text


def test_the_owners_of_areas_are_chosen_on_one_page(director: FlaskClient, brent: Authority) -> None:
    person = given.a_person(name="Samira Okafor", authority=brent)

    director.post("/brent/area-owners", data={"area_help_protection": str(person.id)})

    assert queries.area_owners(brent) == {"help_protection": person}
    assert director.get("/brent/area-owners").status_code == 200


@pytest.mark.parametrize("page", ["mapping", "edit", "appraise"])
def test_an_item_that_is_not_there_is_not_found(head_of_service: FlaskClient, page: str) -> None:
    assert head_of_service.get(f"/brent/items/404/{page}").status_code == 404
