"""What audits say of areas and items, and what they changed. Other rooms read these figures."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tests import given, given_audits
from tests.given_audits import DAY, GOOD, WEAK
from tests.queries_counted import at_most
from tracker.audits import commands, figures, queries
from tracker.audits.blind.rules import Reader
from tracker.audits.models import Audit
from tracker.audits.rules import Share
from tracker.improvements.models import ImprovementItem
from tracker.overview import waiting as waiting_for
from tracker.people.models import Authority, Person
from tracker.people.rules import Role

SPRING, SUMMER = date(2026, 3, 2), date(2026, 7, 1)
INSPECTED = date(2026, 6, 17)


def an_item() -> ImprovementItem:
    return given.an_item(raised_on=INSPECTED)


def test_an_audit_touches_the_item_of_its_finding(brent: Authority) -> None:
    item = an_item()
    audit = given_audits.an_audit(theme_code="HP24")
    given_audits.a_finding(audit, item=item, theme_code="HP24")

    assert figures.of_item(item).audits == [audit]


def test_an_audit_touches_the_item_whose_action_answers_its_finding(brent: Authority) -> None:
    item, other = an_item(), an_item()
    audit = given_audits.an_audit(theme_code="HP24")
    given_audits.a_finding(audit, item=other, theme_code="HP24", action=given.an_action(item=item))

    assert figures.of_item(item).audits == figures.of_item(other).audits == [audit]


def test_an_audit_touches_every_item_with_its_theme_once_somebody_confirmed_that(brent: Authority) -> None:
    item, unconfirmed = an_item(), an_item()
    given_audits.a_confirmed_theme(item, "HP11")
    audit = given_audits.an_audit(tool_id="pre-proceedings")

    assert figures.of_item(item).audits == [audit]
    assert figures.of_item(unconfirmed).audits == []


def test_the_theme_of_a_finding_counts_as_well_as_the_audits_own(brent: Authority) -> None:
    item = an_item()
    given_audits.a_confirmed_theme(item, "LD08")
    audit = given_audits.an_audit(tool_id="pre-proceedings")
    finding = given_audits.a_finding(audit, domain_code="oversight")

    found = figures.of_item(item)

    assert (found.audits, found.open_findings) == ([audit], [finding])


def test_a_draft_touches_nothing(brent: Authority) -> None:
    item = an_item()
    given_audits.a_confirmed_theme(item, "HP11")
    given_audits.a_draft(tool_id="pre-proceedings")

    assert figures.of_item(item).counts == figures.Counts()
    assert figures.counts_by_item(brent) == {}


def test_shares_of_an_item_are_moderated_and_split_at_the_day_it_was_raised(brent: Authority) -> None:
    item = an_item()
    given_audits.a_confirmed_theme(item, "HP11")
    for grade, on, moderated in (
        (GOOD, SPRING, GOOD),
        (WEAK, SPRING, WEAK),
        (WEAK, SUMMER, GOOD),
        (GOOD, DAY, WEAK),
        (GOOD, DAY, None),
    ):
        given_audits.an_audit(grade, on=on, moderated=moderated)

    counts = figures.of_item(item).counts

    assert (counts.now.good, counts.now.total) == (1, 2)
    assert (counts.before.good, counts.before.total) == (1, 2)
    assert (counts.audits, counts.newest) == (3, DAY)
    assert counts.now.said == "1 of 2 good or better"
    assert counts.now.each == "Good 1, Requires improvement 1"


def test_the_counts_of_all_items_are_those_of_each(session: Session, brent: Authority) -> None:
    first, second, untouched = an_item(), an_item(), an_item()
    given_audits.a_confirmed_theme(first, "HP11")
    given_audits.a_confirmed_theme(second, "LD08")
    for place, on in enumerate((SPRING, SUMMER, DAY)):
        audit = given_audits.an_audit((GOOD, WEAK)[place % 2], on=on, moderated=GOOD if place else None)
        given_audits.a_finding(
            audit, domain_code="oversight", on=on, action=given.an_action(item=second) if place else None
        )
    given_audits.closed(
        given_audits.a_finding(given_audits.an_audit(tool_id="case-audit-help-protection"), item=first), on=DAY
    )

    with at_most(2):
        counts = figures.counts_by_item(brent)

    assert counts == {item.id: figures.of_item(item).counts for item in (first, second)}
    assert untouched.id not in counts
    assert counts[second.id].without_action == ("F-1",)
    assert counts[second.id].open_findings == 3


def test_a_day_may_be_given_for_all_items(brent: Authority) -> None:
    item = an_item()
    given_audits.a_confirmed_theme(item, "HP11")
    given_audits.an_audit(GOOD, on=SPRING, moderated=GOOD)

    assert figures.counts_by_item(brent, since=SPRING)[item.id].now.said == "1 of 1 good or better"
    assert figures.counts_by_item(brent)[item.id].now.said == "none graded"


def test_areas_are_counted_now_against_before(brent: Authority) -> None:
    given_audits.an_audit(GOOD, on=SUMMER, moderated=GOOD)
    given_audits.an_audit(WEAK, on=SPRING, moderated=WEAK)
    given_audits.an_audit(GOOD, on=SPRING - timedelta(days=300), moderated=GOOD)
    care = given_audits.an_audit(WEAK, on=DAY, tool_id="case-audit-in-care", area_code="children_in_care")
    given_audits.a_finding(care, action=given.an_action())

    with at_most(2):
        counts = figures.counts_by_area(brent, since=INSPECTED, before=SPRING)

    assert counts["help_protection"].now.said == "1 of 1 good or better"
    assert counts["help_protection"].before.said == "0 of 1 good or better"
    assert counts["children_in_care"] == figures.Counts(audits=1, newest=DAY, open_findings=1)
    finished = figures.counts_by_area(brent, since=INSPECTED, states=figures.FINISHED)
    assert finished["children_in_care"].now.total == 1


def test_grades_of_different_scales_are_counted_by_their_own_rule(brent: Authority) -> None:
    given_audits.an_audit(GOOD)
    given_audits.an_audit("met", tool_id="return-home-interviews")
    given_audits.an_audit("partly_met", tool_id="return-home-interviews")

    share = figures.counts_by_area(brent, since=SPRING, states=figures.FINISHED)["help_protection"].now

    assert (share.good, share.total) == (2, 3)


def test_what_changed_is_findings_closed_and_cases_better_the_second_time(brent: Authority) -> None:
    given_audits.moderates_all(brent, share=0)
    first = given_audits.an_audit(WEAK, on=SUMMER)
    given_audits.a_reaudit(first, GOOD)
    quick = given_audits.an_audit(tool_id="case-audit-help-protection", on=SUMMER)
    for days in (10, 20, 60):
        given_audits.closed(given_audits.a_finding(quick, on=SUMMER), on=SUMMER + timedelta(days=days))
    given_audits.a_finding(quick, on=SUMMER)
    given_audits.a_finding(quick, on=SPRING)

    changes = figures.what_changed(brent, since=INSPECTED)

    assert (changes.raised, changes.closed, changes.days) == (4, 3, 20)
    assert changes.reaudits == {"higher": 1, "the same": 0, "lower": 0}


def test_nothing_changed_yet_has_no_days(brent: Authority) -> None:
    assert figures.what_changed(brent, since=SPRING).days is None


def test_nothing_of_another_authority_is_counted(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    item = an_item()
    given_audits.a_confirmed_theme(item, "HP11")
    given_audits.a_finding(given_audits.an_audit(WEAK, authority=barnet, moderated=WEAK))

    assert figures.counts_by_item(brent) == {}
    assert figures.of_item(item).counts == figures.Counts()
    assert figures.counts_by_area(brent, since=SPRING) == {}
    assert figures.what_changed(brent, since=SPRING).raised == 0


def test_an_empty_share_says_so() -> None:
    assert Share().said == "none graded"


def test_a_persons_work_is_her_drafts_and_what_others_finished(brent: Authority) -> None:
    amina, nadia = given_audits.a_qa_officer("Amina Yusuf"), given_audits.a_qa_officer("Nadia Coyle")
    draft = given_audits.a_draft(auditor=amina)
    hers = given_audits.an_audit(auditor=nadia, on=SUMMER)
    begun = given_audits.an_audit(auditor=nadia, on=DAY)
    given_audits.an_audit(auditor=nadia, moderated=GOOD)

    commands.begin_moderation(begun, version=begun.version, by=amina)

    of_amina, of_nadia = (work_of(brent, one, on=SUMMER) for one in (amina, nadia))
    assert of_amina == {"drafts": [draft], "moderate": [begun, hers], "reaudit": []}
    assert of_nadia == {"drafts": [], "moderate": [], "reaudit": []}


def test_a_re_audit_is_due_until_it_is_finished(brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK, on=date(2026, 8, 20))

    assert work_of(brent, audit.auditor, on=date(2026, 10, 1))["reaudit"] == []
    assert work_of(brent, audit.auditor, on=date(2026, 11, 1))["reaudit"] == [audit]
    given_audits.a_reaudit(audit, GOOD)
    assert work_of(brent, audit.auditor, on=date(2026, 12, 1))["reaudit"] == []


def work_of(authority: Authority, person: Person, *, on: date) -> Mapping[str, Sequence[Audit]]:
    found = queries.work_of(authority, Reader(person.id, Role.QA_OFFICER), on, limit=20)
    return {name: audits for name, (audits, _) in found.items()}


def test_an_owner_is_asked_to_agree_an_action_for_each_open_finding(brent: Authority) -> None:
    samira = given.a_person(name="Samira Okafor")
    waiting = given_audits.a_finding(owner=samira)
    given_audits.a_finding(owner=samira, action=given.an_action())

    assert findings_to_agree(brent, samira) == [waiting.number]


def test_the_items_owner_is_asked_where_a_finding_has_no_owner(brent: Authority) -> None:
    samira, priya = given.a_person(name="Samira Okafor"), given.a_person(name="Priya Raman")
    item = given.an_item(owner=samira)
    nobodys = given_audits.a_finding(item=item)
    given_audits.a_finding(item=item, owner=priya)

    assert findings_to_agree(brent, samira) == [nobodys.number]


def findings_to_agree(authority: Authority, person: Person) -> Sequence[int]:
    return [one.number for one in waiting_for.found(authority, person, Role.HEAD_OF_SERVICE, DAY).findings]
