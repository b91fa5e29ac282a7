"""The quarterly report on audits: done beside changed, small numbers hidden, valid in every kind of file."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from reports import build, excel, word
from reports.contents import PackContents, Quality
from tests import given, given_audits
from tests.given_audits import GOOD, WEAK
from tracker.audits.programme import commands as programme
from tracker.packs import commands
from tracker.packs.rules import PackKind
from tracker.people.models import Authority, Person
from tracker.platform import clock

AUGUST = date(2026, 8, 12)
TOOL = "case-audit-help-protection"


@pytest.fixture(autouse=True)
def _on_the_twentieth_of_november() -> Iterator[None]:
    with time_machine.travel("2026-11-20 12:00 +0000"):
        yield


def report(brent: Authority) -> PackContents:
    kept = commands.freeze(brent, kind=PackKind.QA_QUARTERLY, by=None, at=clock.now()).contents
    return PackContents.from_json(kept)


def chapter(contents: PackContents, title: str) -> Quality:
    return next(each for each in contents.chapters if isinstance(each, Quality) and each.title == title)


def a_quarter() -> None:
    """Two teams, one with few; a finding closed; a case looked at again."""
    large, small = given.a_team(name="Localities 1"), given.a_team(name="Localities 2")
    grades = [(large, GOOD)] * 7 + [(large, WEAK)] * 6 + [(small, WEAK)] * 2
    audits = [
        given_audits.an_audit(
            grade, tool_id=TOOL, team=team, on=AUGUST, case_reference=f"BR-{place}", moderated=grade, programme="Summer"
        )
        for place, (team, grade) in enumerate(grades, start=1)
    ]
    for audit in audits[7:11]:
        given_audits.a_finding(audit, theme_code="LD08", on=AUGUST, agree_by=date(2026, 9, 1))
    given_audits.closed(given_audits.a_finding(audits[-1], on=AUGUST), on=date(2026, 9, 20))
    given_audits.moderate(given_audits.a_reaudit(audits[-1], GOOD, on=date(2026, 9, 24)), GOOD)


def test_what_was_done_in_the_last_full_quarter_stands_beside_what_it_changed(brent: Authority) -> None:
    a_quarter()

    contents = report(brent)

    first = chapter(contents, "What was done, and what it changed")
    assert contents.version == "July to September 2026"
    assert [(figure.label, figure.value) for figure in first.figures] == [
        ("Audits finished", "16"),
        ("Good or better", "8 of 16"),
        ("Findings raised, now closed", "1 of 5"),
        ("Higher when looked at again", "1 of 1"),
    ]
    assert first.comparisons[0].rows == (("Summer", "15", "0"),)
    assert chapter(contents, "Findings").figures[3].value == "4"
    assert chapter(contents, "What we learned").comparisons[0].rows[0][1:4] == ("4", "4", "0")
    again = chapter(contents, "Looked at again").chain
    assert again is not None
    assert again.lines[0].change == "One higher"


def test_a_team_with_few_hides_the_other_because_its_area_would_give_it_away(brent: Authority) -> None:
    a_quarter()

    where = chapter(report(brent), "Areas and teams")

    assert [shares.caption for shares in where.shares] == ["Areas, October 2025 to September 2026"]
    assert where.note.startswith("Not every grade by team is shown")


def test_no_small_number_of_a_breakdown_leaves_the_authority(brent: Authority) -> None:
    a_quarter()

    contents = report(brent)

    assert chapter(contents, "Domains and themes").shares[0].lines
    for title in ("Areas and teams", "Domains and themes"):
        for shares in chapter(contents, title).shares:
            for line in shares.lines:
                if line.part is not None and line.whole is not None:
                    assert not 0 < line.part < 5
                    assert not 0 < line.whole - line.part < 5


def test_grades_of_domains_are_of_a_year_where_a_quarter_has_too_few_and_changes_of_the_quarter(
    brent: Authority,
) -> None:
    team = given.a_team(name="Localities 1")
    for place, (day, grade) in enumerate([(AUGUST, GOOD), (AUGUST, WEAK), (date(2025, 12, 3), WEAK)] * 5):
        given_audits.an_audit(grade, tool_id=TOOL, team=team, on=day, case_reference=f"BR-{place}", moderated=grade)

    contents = report(brent)

    domains, where = chapter(contents, "Domains and themes").shares[0], chapter(contents, "Areas and teams")
    assert {(line.part, line.whole) for line in domains.lines} == {(5, 15)}
    assert (domains.each, where.shares[0].each) == ("Domain", "Area")
    assert [(row[0], row[1]) for row in where.comparisons[0].rows] == [("Localities 1", "10")]


def test_what_a_finding_changed_is_said_once_its_audit_is_moderated(brent: Authority) -> None:
    audit = given_audits.an_audit(GOOD, tool_id=TOOL, on=AUGUST)
    given_audits.closed(given_audits.a_finding(audit, on=AUGUST), on=date(2026, 9, 20))

    before = chapter(report(brent), "What changed for children")
    given_audits.moderate(audit, GOOD)

    assert before.rows == ()
    assert len(chapter(report(brent), "What changed for children").rows[0].points) == 1


def test_agreement_is_said_of_a_year_and_kappa_only_of_enough(brent: Authority) -> None:
    a_quarter()
    given_audits.moderate(given_audits.an_audit(GOOD, tool_id=TOOL, on=date(2026, 10, 1)), WEAK)

    few = chapter(report(brent), "Moderation and agreement").comparisons[0]
    for place in range(14):
        audit = given_audits.an_audit(GOOD, tool_id=TOOL, on=date(2025, 10, 1 + place), case_reference=f"BR-7{place}")
        given_audits.moderate(audit, WEAK if place < 2 else GOOD)
    enough = chapter(report(brent), "Moderation and agreement").comparisons[0]

    assert few.caption == "Agreement, October 2025 to September 2026: Help and protection"
    assert [row[1] for row in few.rows] == ["16 of 16", "16 of 16", "Not said of fewer than 30"]
    assert enough.rows[0][1] == "28 of 30"
    assert enough.rows[2][1].startswith("0.84 (95% interval ")


def test_a_programme_says_by_month_and_team_how_far_it_has_come(brent: Authority, amina: Person) -> None:
    team = given.a_team(name="Localities 1")
    year = programme.begin(
        brent, name="The year", begins=date(2026, 9, 1), ends=date(2027, 8, 31), exclude_months=6, by=amina
    )
    months = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1)]
    programme.plan(year, team=team, tool_id=TOOL, months=months, number=2, by=amina)
    given_audits.an_audit(GOOD, tool_id=TOOL, team=team, on=date(2026, 9, 8), moderated=GOOD, programme="The year")

    told = chapter(report(brent), "The programme of audits")

    assert told.rows[0].points == (
        "Up to November 2026, 4 were planned, 0 are given out, 1 is done and 1 moderated.",
        "Of the months that are over, 3 are not done.",
    )
    assert told.comparisons[0].rows == (
        ("September 2026", "2", "0", "1", "1", "1 of 2 done"),
        ("October 2026", "2", "0", "0", "0", "0 of 2 done"),
    )
    assert told.comparisons[1].rows == (("Localities 1", "4", "0", "1", "1", "1 of 4 done"),)


@pytest.mark.any_database
def test_the_report_is_made_in_every_kind_of_file(brent: Authority) -> None:
    a_quarter()
    contents = report(brent)

    assert build.pdf(contents).startswith(b"%PDF")
    assert excel.xlsx(contents)[:2] == word.word(contents)[:2] == b"PK"


def test_a_quarter_without_audits_is_a_report_that_says_so(brent: Authority) -> None:
    contents = report(brent)

    assert chapter(contents, "What was done, and what it changed").figures[0].value == "0"
    assert build.pdf(contents).startswith(b"%PDF")
