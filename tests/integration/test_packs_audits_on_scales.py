"""Audits on scales of their own in a pack: met counts as good there as on every page."""

from reports import contents as pack
from tests import given_audits
from tests.given_audits import GOOD, WEAK
from tests.given_packs import TODAY, a_version, chapter, frozen
from tracker.packs.gathering import audits
from tracker.people.models import Authority

DIPPED = "return-home-interviews"


def test_an_audit_is_good_by_the_scale_of_its_own_tool(brent: Authority) -> None:
    found = [
        given_audits.an_audit(grade, tool_id=tool, case_reference=f"BR-{place}")
        for place, (grade, tool) in enumerate([("met", DIPPED), ("not_met", DIPPED), (GOOD, "pre-proceedings")])
    ]

    assert [audits.is_good(one) for one in found] == [True, False, True]
    assert not audits.is_good(given_audits.an_audit(WEAK, case_reference="BR-9"))


def test_a_pack_counts_it_with_the_others_and_its_chart_says_what_it_leaves_out(brent: Authority) -> None:
    a_version(brent)
    given_audits.an_audit("met", tool_id=DIPPED, case_reference="BR-77", on=TODAY, moderated="met")

    contents = frozen(brent)

    summary, grades = chapter(contents, pack.Summary), chapter(contents, pack.Audits).grades
    assert (summary.figures[0].label, summary.figures[0].value) == ("Audits good or better", "2 of 5")
    assert grades is not None
    assert grades.caption.endswith(", by quarter, without 1 on another scale")
    assert sum(sum(period.counts) for period in grades.periods) == 4
