"""What a reference in a statement leads to, and what stands beside a statement."""

from datetime import date
from decimal import Decimal

import pytest

from tests import given, given_actions, given_audits, given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.evidence.rules import Kind, Strength, VoiceOf
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.indicators.comparing.models import PublishedFigure
from tracker.indicators.comparing.rules import Whose
from tracker.indicators.models import Measure
from tracker.inspections.models import Inspection
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import citing, holding, queries
from tracker.self_evaluation.citing import CitedThing
from tracker.self_evaluation.holding import Voice
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.rules import Mark

TODAY = date(2026, 11, 20)


def cited(authority: Authority, reference: str) -> CitedThing:
    return citing.things(authority, [reference], TODAY)[reference]


def the_report(brent: Authority) -> Inspection:
    return given.an_inspection(
        authority=brent,
        grades={"help_protection": "good"},
        paragraphs={8: ("help_protection", "Pre-proceedings work is not sufficiently robust.")},
    )


def test_every_kind_of_thing_can_be_cited(brent: Authority) -> None:
    report = the_report(brent)
    item = given.an_item(inspection=report, wording="The quality of plans")
    given.an_action(item=item, title="Review every plan")
    given_evidence.evidence(authority=brent, title="Dip sample")
    given_audits.a_finding(given_audits.an_audit(moderated=given_audits.GOOD), what="Reason for delay not recorded")
    given_indicators.a_measure(authority=brent, name="Letters in time", figures=[71])

    found = citing.things(brent, ["I-1", "A-1", "E-1", "Q-1", "F-1", "M-1", "R-1", "R-1:8"], TODAY)

    assert {reference: thing.title for reference, thing in found.items()} == {
        "I-1": "The quality of plans",
        "A-1": "Review every plan",
        "E-1": "Dip sample",
        "Q-1": "Case audit BR-4471",
        "F-1": "Reason for delay not recorded",
        "M-1": "Letters in time",
        "R-1": "Inspection of local authority children’s services, 27 April to 1 May 2026",
        "R-1:8": "Paragraph 8, report of 17 June 2026",
    }


def test_a_paragraph_is_looked_up_on_its_reports_page(brent: Authority) -> None:
    the_report(brent)

    thing = cited(brent, "R-1:8")

    assert (thing.opens, thing.anchor, thing.state) == ("R-1", "p1", "In date")


@pytest.mark.parametrize("reference", ["E-2", "R-1:9", "R-2:8", "E-1:8", "P-1", "S-1", "Z-1", "E-999999999"])
def test_what_is_not_there_leads_nowhere(brent: Authority, reference: str) -> None:
    the_report(brent)
    given_evidence.evidence(authority=brent)

    assert reference not in citing.things(brent, [reference], TODAY)


def test_another_authoritys_evidence_and_paragraphs_lead_nowhere(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    the_report(brent)
    given_evidence.evidence(authority=brent)

    assert citing.things(barnet, ["E-1", "R-1", "R-1:8"], TODAY) == {}


def test_old_evidence_is_stale_and_says_since_when(brent: Authority) -> None:
    given_evidence.evidence(authority=brent, kind=Kind.AUDIT, dated=date(2026, 5, 14))

    thing = cited(brent, "E-1")

    assert thing.state == "Stale"
    assert thing.bears.stale == "is of 14 May 2026, and an audit is stale after 182 days"


def test_withdrawn_evidence_is_no_evidence_though_it_is_there(brent: Authority) -> None:
    given_evidence.evidence(authority=brent, withdrawn_on=date(2026, 11, 1))

    assert cited(brent, "E-1").state == "Withdrawn"


@pytest.mark.parametrize(("strength", "shows"), [(Strength.ACTIVITY, False), (Strength.IMPACT, True)])
def test_activity_shows_no_difference(brent: Authority, strength: Strength, shows: bool) -> None:
    given_evidence.evidence(authority=brent, strength=strength)

    assert cited(brent, "E-1").bears.shows_difference is shows


def test_an_action_shows_a_difference_once_somebody_said_it(brent: Authority) -> None:
    action = given_actions.a_delivered_action(item=given.an_item(authority=brent))
    assert not cited(brent, "A-1").bears.shows_difference

    action.difference = "Plans are specific"
    assert cited(brent, "A-1").bears.shows_difference


def test_a_measure_is_stale_when_its_next_figure_is_long_overdue(brent: Authority) -> None:
    given_indicators.a_measure(authority=brent, name="New", figures=[71], until=date(2026, 10, 31))
    given_indicators.a_measure(authority=brent, name="Old", figures=[71], until=date(2026, 6, 30), basis="old")
    given_indicators.a_measure(authority=brent, name="None", basis="none")

    assert cited(brent, "M-1").bears.stale == ""
    assert cited(brent, "M-2").bears.stale == (
        "has no figure after 30 June 2026, and such a figure is stale after 90 days"
    )
    assert cited(brent, "M-3").bears.stale == "has no figure yet"


def test_looking_up_many_references_takes_a_statement_a_kind(brent: Authority) -> None:
    for number in range(20):
        given_evidence.evidence(authority=brent, title=f"Evidence {number}")

    with at_most(1):
        assert len(citing.things(brent, [f"E-{number}" for number in range(1, 60)], TODAY)) == 20


def test_a_thing_can_say_where_it_is_cited(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    given_se.a_statement("Seen [R-3:8].", version=version)
    given_se.a_statement("Seen [R-31].", version=version)

    assert [each.reference for each in queries.about(brent, "R-3")] == ["S-1"]


# Does it hold together? ---------------------------------------------------------------------------------------


def the_item(brent: Authority) -> ImprovementItem:
    """An item of a report, mapped to its area, a theme and a paragraph."""
    report = the_report(brent)
    item = given.an_item(inspection=report, wording="Pre-proceedings work is progressed")
    given_se.mapped(item, MappedTo.THEME, code="HP11")
    return given_se.mapped(item, MappedTo.PARAGRAPH, paragraph=report.paragraphs[0])


def the_statement(brent: Authority, text: str = "Oversight is consistently good.") -> Statement:
    return given_se.a_statement(text, version=given_se.a_version(authority=brent), item=the_item(brent))


def voices(statement: Statement) -> dict[str, Voice]:
    return {voice.who: voice for voice in holding.of_statement(statement, TODAY).voices}


def audited(count: int, good: int, *, moderated: bool = True) -> None:
    for number in range(count):
        grade = given_audits.GOOD if number < good else given_audits.WEAK
        given_audits.an_audit(
            grade,
            theme_code="HP11",
            case_reference=f"BR-{number}",
            on=date(2026, 10, 1),
            moderated=grade if moderated else None,
        )


def test_praise_that_moderated_audits_contradict_is_said_in_a_sentence(brent: Authority) -> None:
    statement = the_statement(brent)
    audited(5, good=2)

    assert holding.of_statement(statement, TODAY).contradiction == (
        "S-1 says “consistently good”, but moderated audits since the inspection found practice good or better in "
        "2 of 5 cases."
    )


@pytest.mark.parametrize(("count", "good"), [(2, 0), (4, 2), (0, 0)])
def test_few_or_half_good_audits_contradict_nothing(brent: Authority, count: int, good: int) -> None:
    statement = the_statement(brent)
    audited(count, good=good)

    assert holding.of_statement(statement, TODAY).contradiction is None


def test_audits_that_nobody_moderated_contradict_nothing(brent: Authority) -> None:
    statement = the_statement(brent)
    audited(5, good=0, moderated=False)

    assert holding.of_statement(statement, TODAY).contradiction is None
    assert voices(statement)["Audits say"].text == "No moderated audit since the inspection."


def test_a_statement_that_praises_nothing_is_contradicted_by_nothing(brent: Authority) -> None:
    statement = the_statement(brent, "Oversight is not yet good.")
    audited(5, good=0)

    assert holding.of_statement(statement, TODAY).contradiction is None
    assert voices(statement)["Audits say"].word == "Disagrees"


def test_inspectors_are_quoted_with_the_paragraph_that_somebody_tied_to_the_item(brent: Authority) -> None:
    said = voices(the_statement(brent))["Inspectors said"]

    assert said.text == "“Pre-proceedings work is not sufficiently robust.”"
    assert [(each.reference, each.anchor, each.words) for each in said.opens] == [
        ("R-1", "p1", "Paragraph 8, June 2026")
    ]


def test_a_measure_off_its_target_but_improving_is_in_part(brent: Authority) -> None:
    statement = the_statement(brent)
    given_indicators.a_measure(item=statement.item, figures=[54, 58, 57, 63, 69, 71])

    said = voices(statement)["Measures say"]

    assert (said.word, said.text) == ("In part", "71%, target 90%, up in four of the last five months:")
    assert (said.figures, said.target) == ((54, 58, 57, 63, 69, 71), 90)


def test_several_measures_are_counted(brent: Authority) -> None:
    statement = the_statement(brent)
    for number, figure in enumerate((71, 95)):
        given_indicators.a_measure(item=statement.item, figures=[figure], basis=f"basis {number}")
    given_indicators.a_measure(item=statement.item, figures=[5], target=None, basis="no target")

    said = voices(statement)["Measures say"]

    assert (said.word, said.text) == (
        "In part", "1 of 2 that have a target are at it. No neighbours’ figures are held. Off it first:"
    )  # fmt: skip


def test_families_are_quoted_newest_first(brent: Authority) -> None:
    statement = the_statement(brent)
    assert voices(statement)["Families say"].text == "No voice evidence."

    voice = given_evidence.evidence(kind=Kind.VOICE, item=statement.item)
    voice.words, voice.voice_of = "She told us what would happen next", VoiceOf.PARENT

    said = voices(statement)["Families say"]
    assert (said.word, said.text) == ("1 heard", "“She told us what would happen next”")


def test_open_findings_stand_beside_with_the_age_of_the_oldest(brent: Authority) -> None:
    statement = the_statement(brent)
    audit = given_audits.an_audit(on=date(2026, 10, 28))
    for day in (28, 30):
        given_audits.a_finding(audit, item=statement.item, on=date(2026, 10, day))

    said = voices(statement)["Open findings"]

    assert (said.word, said.text) == ("2 open", "Oldest 23 days:")
    assert [each.reference for each in said.opens] == ["F-1", "F-2"]


def test_our_own_grade_stands_beside_the_inspectors(brent: Authority) -> None:
    statement = the_statement(brent)
    assert voices(statement)["Our self-grade"].word == "Not given"

    given_se.graded(statement.self_evaluation)

    said = voices(statement)["Our self-grade"]
    assert (said.word, said.text) == (
        "Not agreed",
        "Good for help and protection, confidence medium. Inspectors: Good, 2026.",
    )


def test_a_statement_without_an_item_is_held_against_its_area(brent: Authority) -> None:
    the_report(brent)
    statement = given_se.a_statement("Oversight is good.", version=given_se.a_version(authority=brent))
    audited(4, good=1)

    found = holding.of_statement(statement, TODAY)

    assert found.contradiction == (
        "S-1 says “good”, but moderated audits of the last six months found practice good or better in 1 of 4 cases."
    )
    assert found.voices[0].word == "Good"


def test_a_grade_kinder_than_inspectors_asks_why(brent: Authority) -> None:
    the_report(brent)
    version = given_se.a_version(authority=brent)
    view = given_se.graded(version, grade_code="outstanding")

    found = holding.of_area(brent, given_se.framework_of(version), view, TODAY)

    assert found.contradiction == ("We call this area outstanding, but inspectors called it good in April 2026.")


def test_a_good_grade_that_audits_do_not_bear_out_asks_why(brent: Authority) -> None:
    the_report(brent)
    audited(4, good=1)
    version = given_se.a_version(authority=brent)
    view = given_se.graded(version)

    found = holding.of_area(brent, given_se.framework_of(version), view, TODAY)

    assert found.contradiction is not None
    assert found.contradiction.startswith("We call this area good, but moderated audits of the last six months found")


def test_a_statement_is_marked_by_what_its_citations_lead_to(brent: Authority) -> None:
    given_evidence.evidence(authority=brent, strength=Strength.ACTIVITY)
    given_evidence.evidence(authority=brent, dated=date(2026, 1, 1))
    statement = given_se.a_statement(
        "We trained people [E-1]. Delay fell [E-2]. All is well.", version=given_se.a_version(authority=brent)
    )

    reading = queries.readings(brent, [statement], TODAY)["S-1"]

    assert [marked.mark for marked in reading.marks] == [Mark.ACTIVITY_ONLY, Mark.STALE, Mark.NO_EVIDENCE]
    assert (reading.claims, reading.numbers) == (1, {"E-1": 1, "E-2": 2})


def test_measures_that_are_off_their_target_count_against_a_good_grade_too(brent: Authority) -> None:
    the_report(brent)
    audited(4, good=1)
    version = given_se.a_version(authority=brent)
    for name, figure in (("Visits", 60), ("Reviews", 70), ("Plans", 95), ("Letters", 50)):
        given_indicators.a_measure(authority=brent, name=name, target=90, figures=[figure])
    view = given_se.graded(version)

    with at_most(14):
        found = holding.of_areas(brent, given_se.framework_of(version), version.views, TODAY)

    assert found["help_protection"].contradiction == (
        "We call this area good, but moderated audits of the last six months found practice good or better in 1 of 4 "
        "cases and 1 of 4 measures that have a target is at it."
    )
    assert found["help_protection"] == holding.of_area(brent, given_se.framework_of(version), view, TODAY)
    assert [voice.word for voice in found["leadership"].voices] == [
        "Not known", "Not known", "Not known", "Not known", "None open",
    ]  # fmt: skip


def test_measures_are_told_beside_neighbours_where_their_figures_are_held(brent: Authority) -> None:
    statement = the_statement(brent)
    measures = [
        given_indicators.a_measure(item=statement.item, figures=[figure], basis=f"basis {figure}")
        for figure in (71, 95)
    ]

    def publish(measure: Measure) -> None:
        (ours,) = measure.values
        published = PublishedFigure(
            measure=measure, whose=Whose.NEIGHBOURS, name="", period_start=ours.period_start,
            period_end=ours.period_end, basis=measure.basis, value=Decimal(80), source="A return",
        )  # fmt: skip
        db.session.add(published)
        db.session.flush()

    publish(measures[0])
    assert "0 of 1 with neighbours’ figures are as good as theirs or better." in voices(statement)["Measures say"].text
    publish(measures[1])
    assert "1 of 2 with neighbours’ figures" in voices(statement)["Measures say"].text
    measures[1].items.clear()
    db.session.flush()
    assert "neighbours 80" in voices(statement)["Measures say"].text
