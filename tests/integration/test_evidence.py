"""Evidence is added, linked, corrected, withdrawn, counted, and shows what difference an action made."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_actions, given_evidence
from tests.queries_counted import at_most
from tracker.actions.rules import Status
from tracker.evidence import commands, queries, register
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.register import Wanted
from tracker.evidence.rules import Kind, Strength, Tally, VoiceOf
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.people.models import Authority
from tracker.platform import clock, history, storage
from tracker.platform.child_data import LooksLikeChildData
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

TODAY = date(2026, 11, 20)
FRAMEWORK = library().current(CHILDRENS_SERVICES, TODAY)


def add(authority: Authority, kind: Kind, **said: object) -> Evidence:
    upload = said.pop("upload", None)
    by = given.a_person(authority=authority)
    return commands.add_evidence(
        authority,
        kind=kind,
        says=replace(given_evidence.a_description(), **said),  # type: ignore[arg-type]  # fields of the description
        upload=upload,  # type: ignore[arg-type]  # popped from the keywords of the test
        by=by,
        on=TODAY,
    )


def maps(item: ImprovementItem, *, to: MappedTo, code: str, decision: Decision = Decision.CONFIRMED) -> Mapping:
    return given.stored(
        Mapping(item=item, to=to, code=code, rank=1, score=0.5, reason="", decision=decision, decided_at=clock.now())
    )


def test_whoever_adds_evidence_owns_it_unless_she_names_a_colleague(brent: Authority) -> None:
    colleague = given.a_person(name="Tom Ferris", authority=brent)

    mine, hers = add(brent, Kind.DATA), add(brent, Kind.DATA, owner=colleague)

    assert mine.owner is not None
    assert mine.owner.name == "Priya Raman"
    assert hers.owner is colleague
    assert [mine.reference, hers.reference] == ["E-1", "E-2"]


def test_evidence_is_not_given_to_somebody_who_works_elsewhere(brent: Authority) -> None:
    stranger = given.a_person(name="Tom Ferris", authority=given.an_authority(slug="barnet", name="Barnet"))

    with pytest.raises(Refused, match="Tom Ferris does not work in Brent"):
        add(brent, Kind.DATA, owner=stranger)


def test_a_file_is_kept_by_what_it_holds_under_a_safe_name(brent: Authority) -> None:
    one = add(brent, Kind.FILE, upload=given_evidence.an_upload(name="PLO: tracker.docx"))
    other = add(brent, Kind.DATA, upload=given_evidence.an_upload(name="Again.pdf"))

    assert (one.file_name, one.file_type, one.file_size) == (
        "PLO tracker.pdf",
        "application/pdf",
        len(given_evidence.PDF),
    )
    assert one.file_sha256 == other.file_sha256
    assert b"".join(storage.pieces(str(one.file_sha256))) == given_evidence.PDF


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        (Kind.FILE, {}, "Choose the file to add"),
        (Kind.FILE, {"upload": given_evidence.an_upload(b"")}, "The file is empty"),
        (Kind.LINK, {}, "Enter the address of the page"),
        (Kind.LINK, {"url": "javascript:alert(1)"}, "Enter the address of the page"),
        (Kind.VOICE, {}, "Enter what was said"),
        (Kind.VOICE, {"words": "They listened"}, "Say whose voice it is"),
        (Kind.VOICE, {"words": "They listened", "voice_of": VoiceOf.CHILD}, "Say how consent"),
        (Kind.PRACTICE_EXAMPLE, {}, "Say what was done, by which team and why"),
        (Kind.DATA, {"title": " "}, "Enter a title"),
        (Kind.DATA, {"shows": ""}, "Say what it shows"),
        (Kind.DATA, {"dated": date(2026, 11, 21)}, "is in the future"),
        (Kind.DATA, {"period_from": date(2026, 11, 2), "period_to": date(2026, 11, 1)}, "ends before it starts"),
        (Kind.DATA, {"shows": "Case 1234567 was late"}, "“1234567” in “What it shows” looks like a case number"),
    ],
)
def test_what_is_not_evidence_yet_is_refused(
    session: Session, brent: Authority, kind: Kind, said: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        add(brent, kind, **said)

    assert session.query(Evidence).count() == 0


def test_what_looks_like_child_data_is_kept_with_the_reason_why_it_is_not(brent: Authority) -> None:
    kept = add(brent, Kind.DATA, title="Contract 1234567", not_child_data_because="A contract’s number")

    assert kept.not_child_data_because == "A contract’s number"


def test_the_database_refuses_a_document_without_a_file(session: Session, brent: Authority) -> None:
    evidence = given_evidence.evidence(kind=Kind.FILE)
    evidence.file_sha256 = None

    with pytest.raises(IntegrityError, match=r"document_has_a_file|CHECK"):
        session.flush()


def test_the_second_of_two_people_who_correct_the_same_evidence_is_told(brent: Authority) -> None:
    evidence = given_evidence.evidence()
    commands.correct(evidence, version=1, says=given_evidence.a_description(title="PLO tracker, week 46"), on=TODAY)

    with pytest.raises(Conflict, match="E-1 was changed by somebody else"):
        commands.correct(evidence, version=1, says=given_evidence.a_description(title="PLO tracker"), on=TODAY)

    assert evidence.title == "PLO tracker, week 46"


def test_another_file_takes_the_place_of_the_first_and_the_history_knows(brent: Authority) -> None:
    evidence = given_evidence.evidence(kind=Kind.FILE)
    late = given_evidence.an_upload(b"month,late\n", "late.csv")

    commands.replace_file(evidence, version=1, upload=late, by=given.a_person(authority=brent))

    assert (evidence.file_name, evidence.file_type) == ("late.csv", "text/csv")
    assert history.of(evidence)[0].changes["file_name"] == ["plan.pdf", "late.csv"]


def test_evidence_is_withdrawn_for_a_reason_and_reinstated(brent: Authority) -> None:
    evidence = given_evidence.evidence()

    with pytest.raises(Refused, match="Say why"):
        commands.withdraw(evidence, version=1, reason=" ", on=TODAY)
    commands.withdraw(evidence, version=1, reason="Counted twice", on=TODAY)
    with pytest.raises(Refused, match=r"was withdrawn on 20 November 2026. Reinstate it first"):
        commands.link_to_area(evidence, area_code="leadership")
    commands.reinstate(evidence, version=2)

    assert evidence.withdrawn_on is None
    assert history.of(evidence)[1].why == "Counted twice"


def test_evidence_is_linked_to_what_there_is(brent: Authority) -> None:
    item = given.an_item()
    action = given.an_action(item=item)
    evidence = given_evidence.evidence()

    commands.link_to_item(evidence, item=item, shows_there="Dates are complete")
    commands.link_to_action(evidence, action=action)
    commands.link_to_area(evidence, area_code="help_protection")
    commands.link_to_theme(evidence, theme_code="HP11")

    assert [(link.item, link.action, link.area_code, link.theme_code) for link in evidence.links] == [
        (item, None, None, None),
        (None, action, None, None),
        (None, None, "help_protection", None),
        (None, None, None, "HP11"),
    ]


def test_evidence_is_not_linked_to_what_is_not_there_or_twice(brent: Authority) -> None:
    evidence = given_evidence.evidence(theme_code="HP11")
    elsewhere = given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))

    with pytest.raises(Refused, match="I-1 belongs to another authority"):
        commands.link_to_item(evidence, item=elsewhere)
    with pytest.raises(Refused, match="Choose a judgement area from the list"):
        commands.link_to_area(evidence, area_code="overall_vibes")
    with pytest.raises(Refused, match="no theme with the code"):
        commands.link_to_theme(evidence, theme_code="XX99")
    with pytest.raises(Refused, match="linked to Pre-proceedings and the Public Law Outline already"):
        commands.link_to_theme(evidence, theme_code="HP11")
    with pytest.raises(LooksLikeChildData):
        commands.link_to_theme(evidence, theme_code="HP12", shows_there="Case 1234567")


def test_a_delivered_action_is_embedded_by_evidence_of_what_changed(brent: Authority) -> None:
    action = given_actions.a_delivered_action()
    audit = given_evidence.evidence(kind=Kind.AUDIT, item=action.item)
    voice = given_evidence.evidence(kind=Kind.VOICE, action=action, strength=Strength.IMPACT)

    commands.embed(action, evidence=[audit, voice], difference="Letters are clear in 9 of 9", by=action.lead, on=TODAY)

    assert action.status is Status.EMBEDDED
    assert [link.shows_difference for link in queries.evidence_of_action(action)] == [True, True]
    with pytest.raises(Refused, match="A-1 was marked embedded because of E-2, so the link stays"):
        commands.unlink(voice.links[0])


def test_an_action_is_not_embedded_by_evidence_of_activity(brent: Authority) -> None:
    action = given_actions.a_delivered_action()
    training = given_evidence.evidence(kind=Kind.AUDIT, action=action, strength=Strength.ACTIVITY)

    with pytest.raises(Refused, match=r"E-1 shows an activity. Choose evidence that shows an outcome or an impact"):
        commands.embed(action, evidence=[training], difference="Better", by=action.lead, on=TODAY)
    with pytest.raises(Refused, match="Choose the evidence"):
        commands.embed(action, evidence=[], difference="Better", by=action.lead, on=TODAY)

    assert action.status is Status.IMPACT_NOT_EVIDENCED


def test_an_action_that_is_not_delivered_is_not_embedded(brent: Authority) -> None:
    action = given.an_action(status=Status.ON_TRACK)
    audit = given_evidence.evidence(kind=Kind.AUDIT, action=action)

    with pytest.raises(Refused, match="A-1 is on track"):
        commands.embed(action, evidence=[audit], difference="Better", by=action.lead, on=TODAY)

    assert not audit.links[0].shows_difference


def test_an_item_is_spoken_for_by_its_own_evidence_and_its_actions_each_once(brent: Authority) -> None:
    action = given.an_action()
    older = given_evidence.evidence(item=action.item, dated=date(2026, 10, 1), shows_there="Dates are complete")
    both = given_evidence.evidence(item=action.item, action=action)
    by_action = given_evidence.evidence(action=action, kind=Kind.AUDIT, dated=date(2026, 9, 1))
    given_evidence.evidence(item=action.item, withdrawn_on=TODAY)
    given_evidence.evidence(item=given.an_item())

    found = queries.evidence_of_item(action.item)

    assert [(one.evidence, one.via) for one in found] == [(both, ""), (older, ""), (by_action, "A-1")]
    assert found[1].shows == "Dates are complete"
    assert queries.counts_by_item(brent, TODAY)[action.item_id] == Tally(
        count=3, newest=date(2026, 11, 12), data=2, audit=1, stale=0, strongest=Strength.OUTCOME
    )


def test_an_area_counts_its_own_evidence_its_themes_and_its_confirmed_items_each_piece_once(brent: Authority) -> None:
    item = given.an_item()
    maps(item, to=MappedTo.AREA, code="help_protection")
    maps(item, to=MappedTo.THEME, code="HP11")
    maps(item, to=MappedTo.THEME, code="LD08")
    maps(item, to=MappedTo.AREA, code="children_in_care", decision=Decision.SUGGESTED)
    given_evidence.evidence(area_code="help_protection", theme_code="HP11", item=item, dated=date(2026, 1, 1))
    given_evidence.evidence(kind=Kind.VOICE, theme_code="HP12")
    given_evidence.evidence(kind=Kind.AUDIT, action=given.an_action(item=item))

    by_area = queries.counts_by_area(brent, FRAMEWORK, TODAY)
    by_theme = queries.counts_by_theme(brent, TODAY)

    assert {code: tally.count for code, tally in by_area.items()} == {"help_protection": 3, "leadership": 2}
    assert by_area["help_protection"].by_family == "data 1, audit 1, voice 1"
    assert by_area["help_protection"].stale == 1
    assert {code: tally.count for code, tally in by_theme.items()} == {"HP11": 2, "LD08": 2, "HP12": 1}


def test_what_coverage_counts_is_what_the_register_shows(brent: Authority) -> None:
    item = given.an_item()
    maps(item, to=MappedTo.THEME, code="HP11")
    maps(item, to=MappedTo.AREA, code="help_protection")
    for kind in Kind:
        given_evidence.evidence(kind=kind, item=item, theme_code="HP11", dated=date(2026, 3, 1))

    def shown(**wanted: object) -> int:
        asked = Wanted(**wanted)  # type: ignore[arg-type]  # fields of Wanted
        statement = register.register(brent, asked, TODAY, sort="dated", descending=True)
        return len(db.session.scalars(statement).all())

    tally = queries.counts_by_theme(brent, TODAY)["HP11"]
    assert shown(theme_code="HP11") == tally.count == 7
    assert (
        shown(area_code="help_protection") == queries.counts_by_area(brent, FRAMEWORK, TODAY)["help_protection"].count
    )
    assert shown(item_id=item.id) == queries.counts_by_item(brent, TODAY)[item.id].count
    assert shown(stale=True) == tally.stale == 4


def test_the_worst_covered_themes_of_an_area_come_first(brent: Authority) -> None:
    given_evidence.evidence(theme_code="HP01")

    area = next(row for row in queries.coverage(brent, FRAMEWORK, TODAY) if row.area.code == "help_protection")

    assert area.themes[-1].theme.code == "HP01"
    assert area.themes[-1].gap == "No audit or voice"
    assert area.themes[0].gap == "No evidence"
    assert len(area.without) == len(area.area.themes) - 1


def test_counting_takes_as_many_statements_for_much_evidence_as_for_little(brent: Authority) -> None:
    for number in range(30):
        given_evidence.evidence(theme_code="HP01", item=given.an_item(title=f"Item {number}"))

    with at_most(1):
        queries.counts_by_item(brent, TODAY)
    with at_most(2):
        queries.coverage(brent, FRAMEWORK, TODAY)
    with at_most(3):
        assert len(queries.register(brent)) == 30


def test_nothing_of_another_authority_is_counted_or_found(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    given_evidence.evidence(authority=barnet, theme_code="HP01", item=given.an_item(authority=barnet))

    assert queries.counts_by_theme(brent, TODAY) == {}
    assert queries.counts_by_item(brent, TODAY) == {}
    assert queries.evidence(brent, 1) is None
    assert queries.register(brent) == []


def test_a_link_is_taken_out(session: Session, brent: Authority) -> None:
    evidence = given_evidence.evidence(theme_code="HP01")

    commands.unlink(evidence.links[0])

    assert session.query(EvidenceLink).count() == 0
    assert evidence.links == []
