"""What the page about what audits tell answers when asked: of one domain, of months of one's own, for all of a kind."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given_audits
from tests.given_audits import GOOD, WEAK, WORST
from tracker.people.models import Authority

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

TOOL = "case-audit-help-protection"
PAGE = "/brent/audits/analysis"


@pytest.fixture(autouse=True)
def _only_the_best_and_the_worst_are_moderated(brent: Authority) -> None:
    given_audits.moderates_all(brent, share=0)


def said(page: str) -> str:
    main = BeautifulSoup(page, "html.parser").main
    assert main is not None
    return " ".join(main.get_text(" ").split())


def names(page: BeautifulSoup) -> list[str]:
    """Of the table by domain, as it lists them."""
    (table,) = [one for one in page.select("main table") if "By domain" in one.get_text()]
    return [row.get_text(" ", strip=True) for row in table.select("tbody th")]


def test_no_figure_tells_the_grade_of_an_audit_that_is_to_be_moderated(
    moderator: FlaskClient, director: FlaskClient, brent: Authority
) -> None:
    audit = given_audits.an_audit(WORST, tool_id=TOOL)
    given_audits.a_finding(audit, domain_code="chronology")
    one_domain = f"{PAGE}?domain={TOOL}/chronology&from=2026-11&to=2026-11"

    before = said(moderator.get(one_domain).text), said(moderator.get(PAGE).text), said(director.get(PAGE).text)
    given_audits.moderate(audit, WORST)

    assert "Inadequate" not in "".join(before)
    assert "No audit in these months" in before[0]
    for page in before[1:]:
        assert "1 audit finished" in page
        assert "1 of them is to be moderated: its grades and findings are counted once that is done." in page
        assert "No finding was raised" in page
    assert "0 of 1 good or better" in said(moderator.get(one_domain).text)
    assert "to be moderated" not in said(moderator.get(PAGE).text)


def test_the_page_of_all_audits_and_this_one_say_the_same(moderator: FlaskClient, brent: Authority) -> None:
    for place, grade in enumerate((GOOD, GOOD, WEAK, WORST)):
        given_audits.an_audit(grade, tool_id=TOOL, case_reference=f"BR-{place}")

    assert "2 of 3 good or better" in said(moderator.get("/brent/audits").text)
    assert "2 of 3 good or better" in said(moderator.get(PAGE).text)


@pytest.mark.parametrize("asked", ["from=2026-11&to=2026-06", "from=2026-13&to=2026-13", "from=May&to=", "to=2026-09"])
def test_months_that_cannot_be_shown_are_said_to_be(moderator: FlaskClient, brent: Authority, asked: str) -> None:
    page = said(moderator.get(f"{PAGE}?{asked}").text)

    assert "These months cannot be shown. Give the first and the last as in 2026-04 and 2026-09" in page
    assert "October to December 2026, beside" in page


def test_the_weakest_domains_are_shown_first_and_all_of_them_are_one_step_away(
    moderator: FlaskClient, brent: Authority
) -> None:
    for place in range(3):
        given_audits.an_audit(
            GOOD, tool_id=TOOL, case_reference=f"BR-{place}", domain_grades={"impact": WEAK, "voice": WEAK}
        )
        given_audits.an_audit(GOOD, tool_id="pre-proceedings", case_reference=f"BR-1{place}")

    page = BeautifulSoup(moderator.get(PAGE).text, "html.parser")
    (more,) = page.select("a[href*='every=domain']")

    first = names(page)
    assert len(first) == 12
    assert {name.split(" (")[0] for name in first[:2]} == {"Impact", "Voice"}
    assert len(names(BeautifulSoup(moderator.get(str(more["href"])).text, "html.parser"))) == 18
