"""The pages about what audits tell and changed, themes that recur, and the way from finding to change."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given, given_audits
from tests.given_audits import DAY, GOOD, WEAK, WORST
from tests.queries_counted import at_most
from tracker.audits import commands as audits
from tracker.audits.blind.rules import Reader
from tracker.audits.chains import pictures
from tracker.audits.recurring import commands, queries
from tracker.audits.rules import months_after
from tracker.audits.summaries import keeping
from tracker.audits.summaries.rules import By, Counted, Key, Tally
from tracker.improvements.rules import Source
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.platform.errors import Refused

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

SINCE = months_after(DAY, -6)
TOOL = "case-audit-help-protection"


@pytest.fixture(autouse=True)
def _no_grade_in_the_middle_waits(brent: Authority) -> None:
    given_audits.moderates_all(brent, share=0)


def test_audits_done_stand_beside_what_they_changed(auditor: FlaskClient, brent: Authority) -> None:
    first = given_audits.an_audit(WEAK, tool_id=TOOL)
    given_audits.a_reaudit(first, GOOD)
    given_audits.closed(given_audits.a_finding(first, on=DAY - timedelta(days=30)), on=DAY)

    page = auditor.get("/brent/audits/analysis").text

    assert "2 audits</strong> finished" in page
    assert "1 of 2</strong> good or better" in page
    assert "1 finding closed, in <strong>30 days</strong> on average" in page
    assert "1 case looked at again: <strong>1</strong> with a higher grade" in page


def test_the_report_of_the_last_full_quarter_is_made_from_the_page(auditor: FlaskClient, brent: Authority) -> None:
    page = BeautifulSoup(auditor.get("/brent/audits/analysis").text, "html.parser")
    (button,) = [one for one in page.select("form button") if "quarterly report" in one.text]
    form = button.find_parent("form")
    assert form is not None
    asked = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}

    answer = auditor.post(str(form["action"]), data=asked, follow_redirects=True)

    assert button.text == "Make the quarterly report, July to September 2026"
    assert "Quarterly report on audits" in answer.text


def test_a_team_with_few_audits_is_not_shown_nor_one_that_would_give_it_away(
    auditor: FlaskClient, brent: Authority
) -> None:
    teams = [given.a_team(name=name) for name in ("Localities 1", "Localities 2")]
    for place, (team, grade) in enumerate([(teams[0], GOOD)] * 7 + [(teams[0], WEAK)] * 6 + [(teams[1], WEAK)] * 2):
        given_audits.an_audit(grade, team=team, case_reference=f"BR-{place + 1}")

    page = auditor.get("/brent/audits/analysis").text
    own = auditor.get(f"/brent/audits/analysis?team={teams[1].id}").text

    assert page.count("Too few to show</div>") == 2
    assert "Grades are not shown: fewer than 5 have one on one side" in own


def test_a_table_by_area_does_not_give_away_what_the_table_by_team_hides_nor_does_a_page_of_one_team(
    auditor: FlaskClient, brent: Authority
) -> None:
    """Three teams of one area and two of another: the few of one would be their area less the other two."""
    work = {
        "North": ("help_protection", 8, 16), "South": ("help_protection", 9, 18), "Small": ("help_protection", 2, 8),
        "Care 1": ("children_in_care", 10, 20), "Care 2": ("children_in_care", 7, 14),
    }  # fmt: skip
    teams = {name: given.a_team(name=name) for name in work}
    for name, (area, good, whole) in work.items():
        counted(brent, team=str(teams[name].id), area=area, good=good, whole=whole)

    page = BeautifulSoup(auditor.get("/brent/audits/analysis").text, "html.parser")
    rows = page.select("section[aria-labelledby=by-team] tbody tr, section[aria-labelledby=by-area] tbody tr")
    few = {row.th.text.strip() for row in rows if row.th and row.td and row.td.text.strip() == "Too few to show"}

    assert "Small" in few
    assert few & {"North", "South", "Help and protection"}
    assert not few >= set(work)
    for name, team in teams.items():
        told = auditor.get(f"/brent/audits/analysis?team={team.id}").text
        assert ("Grades are not shown" in told) == (name in few)
    told = auditor.get("/brent/audits/analysis?area=help_protection").text
    assert ("Grades are not shown" in told) == ("Help and protection" in few)


def counted(authority: Authority, *, team: str, area: str, good: int, whole: int) -> None:
    """Audits of a team in an area, as they are counted: the page reads no others."""
    places = (By.WHOLE, ""), (By.TEAM, team), (By.AREA, area), (By.TEAM_IN_AREA, f"{team}/{area}")
    keys = [Key(by, member, Counted.AUDIT, DAY.replace(day=1), "Good", 333) for by, member in places]
    keeping.add(db.session.connection(), authority.id, dict.fromkeys(keys, Tally(whole, good=good)))


def test_a_long_period_stands_beside_all_of_the_one_before_though_charts_look_back_less(
    auditor: FlaskClient, brent: Authority
) -> None:
    given_audits.an_audit(GOOD)
    earlier = given_audits.an_audit(WEAK, tool_id=TOOL, on=date(2023, 2, 6))
    given_audits.closed(given_audits.a_finding(earlier, on=date(2023, 2, 6)), on=date(2023, 3, 6))

    page = auditor.get("/brent/audits/analysis?from=2024-12&to=2026-11").text

    assert "1 audit</strong> finished; 1 in the 24 months before" in page
    assert "No finding was raised, and 1 in the 24 months before" in page
    assert "Mar 2023" not in page


@pytest.mark.parametrize(
    "query",
    ["?period=month", "?period=last-quarter", "?period=year", "?from=2026-04&to=2026-09", "?area=help_protection",
     "?theme=HP11", "?domain=pre-proceedings/plan", "?team=nobody&period=never&from=x&to=2026-13"],
)  # fmt: skip
def test_the_page_opens_for_every_period_and_member(auditor: FlaskClient, brent: Authority, query: str) -> None:
    given_audits.a_finding(given_audits.an_audit(WEAK, on=date(2026, 8, 3)), domain_code="plan")

    answer = auditor.get(f"/brent/audits/analysis{query}")

    assert answer.status_code == 200


def test_the_page_of_no_audit_says_what_to_do(auditor: FlaskClient, brent: Authority) -> None:
    assert "No audit in these months" in auditor.get("/brent/audits/analysis").text


def test_the_page_asks_as_few_questions_of_many_audits_as_of_one(auditor: FlaskClient, brent: Authority) -> None:
    given_audits.an_audit(GOOD)
    with at_most(12) as few:
        auditor.get("/brent/audits/analysis")
    for place in range(4):
        given_audits.a_finding(given_audits.an_audit(WEAK, case_reference=f"BR-{place + 1}"))

    with at_most(len(few)):
        auditor.get("/brent/audits/analysis")


# Themes that recur --------------------------------------------------------------------------------------------------


def three_findings_on(theme: str) -> list[object]:
    return [
        given_audits.a_finding(
            given_audits.an_audit(WEAK, case_reference=f"BR-{place}"), theme_code=theme, what=f"Drift in case {place}"
        )
        for place in (1, 2, 3)
    ]


def test_a_theme_found_in_three_audits_becomes_an_item_with_one_click_and_keeps_its_audits(
    auditor: FlaskClient, brent: Authority
) -> None:
    findings = three_findings_on("LD08")
    other = given.an_item()
    kept = given_audits.a_finding(findings[0].audit, item=other, theme_code="LD08")  # type: ignore[attr-defined]

    page = auditor.get("/brent/audits/recurring").text
    answer = auditor.post("/brent/audits/recurring/LD08/item", follow_redirects=True)

    assert "Make this an improvement item" in page
    assert "made of the theme and its audits. 3 of its 4 findings are tied to it; the others stay" in answer.text
    assert "Tie its other findings" not in auditor.get("/brent/audits/recurring").text
    (item,) = queries.items_of(brent, ["LD08"])["LD08"]
    assert {finding.item_id for finding in findings} == {item.id}  # type: ignore[attr-defined]
    assert kept.item_id == other.id
    assert item.source is Source.AUDIT_THEME
    assert item.source_document == f"Audits {', '.join(finding.audit.reference for finding in findings)}"  # type: ignore[attr-defined]
    assert "was made of this theme" in auditor.get("/brent/audits/recurring").text
    assert "From finding to change" in answer.text


def test_a_theme_makes_one_item_and_its_later_findings_are_tied_to_it(brent: Authority, amina: Person) -> None:
    three_findings_on("LD08")
    asked = {"theme_code": "LD08", "since": SINCE, "fewest": 3}
    item = commands.make_item(brent, **asked, by=amina, on=DAY)  # type: ignore[arg-type]
    later = given_audits.a_finding(given_audits.an_audit(WEAK, case_reference="BR-9"), theme_code="LD08")

    with pytest.raises(Refused, match=f"{item.reference} was made of this theme already"):
        commands.make_item(brent, **asked, by=amina, on=DAY)  # type: ignore[arg-type]
    tied = commands.tie_findings(item, **asked, by=amina)  # type: ignore[arg-type]

    assert (tied, later.item_id) == (1, item.id)


def test_a_theme_of_two_audits_does_not_recur(auditor: FlaskClient, brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK)
    for _ in range(3):
        given_audits.a_finding(audit, theme_code="LD08")
    given_audits.a_finding(given_audits.an_audit(WEAK, case_reference="BR-2"), theme_code="LD08")

    assert "No theme recurs" in auditor.get("/brent/audits/recurring").text
    answer = auditor.post("/brent/audits/recurring/LD08/item", follow_redirects=True)
    assert "A theme recurs once 3 audits have found it. 2 found this one." in answer.text


# From finding to change ---------------------------------------------------------------------------------------------


def test_a_chain_tells_finding_action_re_audit_and_change_of_grade(brent: Authority, amina: Person) -> None:
    first = given_audits.an_audit(WEAK)
    action = given.an_action()
    finding = given_audits.a_finding(first, action=action)
    again = given_audits.a_reaudit(first, GOOD)
    audits.close_by_reaudit(
        finding, version=finding.version, because="Dates are kept", reaudit=again, by=first.auditor, on=DAY
    )

    (line,) = pictures.chain([finding], viewer=Reader(amina.id, Role.DIRECTOR)).lines

    assert (line.audit.reference, line.audit.words) == (first.reference, "Requires improvement")
    assert (line.finding.words, line.action.reference) == ("Closed by re-audit", action.reference)
    assert (line.reaudit.reference, line.reaudit.words, line.change) == (again.reference, "Good", "One higher")


def test_a_chain_hides_from_a_moderator_what_would_give_grades_away_before_hers(
    brent: Authority, nadia: Person
) -> None:
    audit = given_audits.an_audit(WORST)
    finding = given_audits.a_finding(audit)
    audits.begin_moderation(audit, version=audit.version, by=nadia)

    assert pictures.chain([finding], viewer=Reader(nadia.id, Role.QA_OFFICER)).lines == ()


def test_the_way_to_change_is_drawn_on_the_pages_of_finding_audit_and_item(
    auditor: FlaskClient, brent: Authority
) -> None:
    item = given.an_item()
    finding = given_audits.a_finding(given_audits.an_audit(WEAK), item=item)
    db.session.flush()

    for address in (f"findings/{finding.number}", f"audits/{finding.audit.number}", f"items/{item.number}"):
        assert 'id="chain-picture-wide-t"' in auditor.get(f"/brent/{address}").text
