"""Which pages each person is shown in test_every_page, at which addresses, and which pages are seen elsewhere."""

import re
from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import Select, select

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, QA_OFFICER
from tracker.actions.models import Action, GovernanceBoard, Milestone, PartnerOrganisation
from tracker.audits.programme.models import Allocation, Programme, Sample
from tracker.audits.programme.rules import CaseState
from tracker.corpus.models import DoubtfulReport, Passage, PublishedReport
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.retention.models import DisposalLine, LegalHold
from tracker.people.models import Person
from tracker.platform.db import db

# Lists are asked for with a filter: a long one has no fault that a short one has not, and axe reads every line of it.
PAGES = {
    DIRECTOR: [
        "/brent/",
        "/brent/readiness",
        "/brent/readiness?show=leadership&missing=all",
        "/brent/area-owners",
        "/brent/inspections",
        "/brent/inspections/3",
        "/brent/inspections/3/dates",
        "/brent/inspections/came-back",
        "/brent/inspections/side-by-side?show=1&show=2&show=3&show=4",
        "/brent/inspections/3/clock",
        "/brent/inspections/3/clock/receipt",
        "/brent/inspections/3/clock/publish_report/take-back",
        "/brent/published",
        "/brent/published?q=supervision",
        "/brent/published/reports",
        "/brent/published/reports/{report}",
        "/brent/published/passages/{passage}",
        "/brent/published/doubtful/{doubtful}",
        "/brent/frameworks",
        "/brent/frameworks/area-send-2023",
        "/brent/frameworks/national",
        "/brent/plan?source=R-3",
        "/brent/plan?show=overdue&sort=due",
        "/brent/items/9",
        "/brent/items/9/edit",
        "/brent/items/9/appraisals",
        "/brent/items/9/merge",
        "/brent/items/9/split",
        "/brent/items/9/supersede",
        "/brent/items/25/source",
        "/brent/items/27",
        "/brent/items/27/put-back",
        "/brent/items/new/peer-review",
        "/brent/items/9/appraise",
        "/brent/items/9/actions/new",
        "/brent/items/2/reopen",
        "/brent/items/new",
        "/brent/plan/several?status=off-track",
        "/brent/plan/hand-over",
        "/brent/boards",
        "/brent/boards/how-far",
        "/brent/boards/over-time",
        "/brent/boards/dates",
        "/brent/boards/dates/new",
        "/brent/boards/next-inspection",
        "/brent/boards/snapshots/1",
        "/brent/reminders",
        "/brent/reminders/times",
        "/brent/plan/sheets",
        "/brent/plan/views?filters=status%3Doff-track",
        "/brent/actions/1",
        "/brent/actions/15/sign-off",
        "/brent/actions/15/send-back",
        "/brent/actions/20/lead",
        "/brent/actions/20/due-date",
        "/brent/actions/20/supersede",
        "/brent/evidence/coverage?area=care_leavers",
        "/brent/evidence/bundles",
        "/brent/evidence/bundles/new?kind=voice",
        "/brent/evidence/bundles/{bundle}",
        "/brent/evidence/child-data",
        "/brent/evidence/freshness",
        "/brent/evidence/retention",
        "/brent/evidence/retention/years",
        "/brent/evidence/retention/holds",
        "/brent/evidence/retention/holds/{hold}/lift",
        "/brent/evidence/retention/lists/1",
        "/brent/evidence/retention/lists/1/rows/{row}/keep",
        "/brent/evidence/retention/log",
        "/brent/audits/39/safety",
        "/brent/audits/moderation",
        "/brent/audits/analysis",
        "/brent/audits/recurring",
        "/brent/audit-programmes",
        "/brent/audit-programmes/{programme}",
        "/brent/audit-tools",
        "/brent/self-evaluation",
        "/brent/self-evaluation/1",
        "/brent/self-evaluation/2/sign-off",
        "/brent/self-evaluation/areas/help_protection",
        "/brent/packs/",
        "/brent/search/?q=life-story",
        "/brent/search/?q=nothing-says-this",
        "/help",
        "/accessibility",
    ],
    HEAD_OF_SERVICE: [
        "/brent/",
        "/brent/?at=20",
        "/brent/my-work/several",
        "/brent/plan",
        "/brent/plan/boards",
        "/brent/plan/boards/{board}",
        "/brent/plan/partners",
        "/brent/plan/partners/{partner}",
        "/brent/actions/20",
        "/brent/actions/20/update",
        "/brent/actions/29",
        "/brent/actions/29/change",
        "/brent/actions/29/milestones/new",
        "/brent/actions/29/milestones/{milestone}/due-date",
        "/brent/actions/29/milestones/{milestone}/drop",
        "/brent/actions/29/milestones/{milestone}/reached",
        "/brent/actions/29/waits-for",
        "/brent/actions/21/difference",
        "/brent/evidence?kind=voice",
        "/brent/evidence/1",
        "/brent/evidence/1/correct",
        "/brent/evidence/1/file",
        "/brent/evidence/1/links/new",
        "/brent/evidence/1/links/{link}",
        "/brent/evidence/1/look-again",
        "/brent/evidence/1/withdraw",
        "/brent/evidence/add",
        "/brent/evidence/add/voice",
        "/brent/evidence/several",
        "/brent/evidence/several/describe",
        "/brent/evidence/import",
        "/brent/evidence/import/{import}",
        "/brent/evidence/import/{import}/columns",
        "/brent/evidence/75",
        "/brent/evidence/75/child-data",
        "/brent/measures?area=leadership",
        "/brent/measures/scorecard?show=off",
        "/brent/measures/3",
        "/brent/measures/7",
        "/brent/measures/7/record",
        "/brent/measures/7/target",
        "/brent/measures/7/name",
        "/brent/measures/7/items/new",
        "/brent/measures/add",
        "/brent/measures/figures",
        "/brent/measures/add/own",
        "/brent/statements/32",
        "/brent/statements/32/write",
        "/brent/statements/32/compare",
        "/brent/statements/32/remove",
        "/brent/statements/new?area=leadership",
    ],
    QA_OFFICER: [
        "/brent/",
        "/brent/items/9/mapping",
        "/brent/audits?show=moderate",
        "/brent/audits/80",
        "/brent/audits/80/agree",
        "/brent/audits/80/again",
        "/brent/audits/80/feedback",
        "/brent/audits/80/findings/new",
        "/brent/audits/126",
        "/brent/audits/126/about",
        "/brent/audits/126/finish",
        "/brent/audits/126/ask-for-moderation",
        "/brent/audits/127/panel",
        "/brent/audits/114/panel",
        "/brent/audits/128/moderate",
        "/brent/audits/start",
        "/brent/audits/new/pre-proceedings",
        "/brent/audits/workbooks",
        "/brent/audits/past",
        "/brent/audits/moderation/which",
        "/brent/audit-programmes/begin",
        "/brent/audit-programmes/{programme}/plan",
        "/brent/audit-programmes/{programme}/auditors",
        "/brent/audit-programmes/{programme}/draw",
        "/brent/audit-programmes/draws/{draw}",
        "/brent/audit-programmes/cases/{case}/auditor",
        "/brent/audit-programmes/cases/{case}/start",
        "/brent/audit-programmes/cases/{case}/hand-back",
        "/brent/audit-tools/begin",
        "/brent/audit-tools/supervision/copy",
        "/brent/audit-tools/own-supervision-audit-with-a-question-on-rooms",
        "/brent/audit-tools/own-supervision-audit-with-a-question-on-rooms/versions",
        "/brent/audit-tools/own-supervision-audit-with-a-question-on-rooms/whole",
        "/brent/audit-tools/own-supervision-audit-with-a-question-on-rooms/domains/frequency",
        "/brent/audit-tools/own-supervision-audit-with-a-question-on-rooms/domains/frequency/questions/is_the_record_of_it",
        "/brent/findings",
        "/brent/findings/27",
        "/brent/findings/27/change",
    ],
}
ELSEWHERE = {
    "actions.close_item": "every item of the demonstration that is open has open actions; it is the form of reopen",
    "audits.brought_back": "the demonstration sends no workbook out; seen in the integration tests",
    "audits.past_columns": "seen in test_spreadsheet, where past audits are brought in",
    "audits.past_preview": "as audits.past_columns",
    "audits.past_words": "as audits.past_columns",
    "deadlines.done": "every deadline of the demonstration is met; seen in the integration tests",
    "deadlines.lead": "as deadlines.done",
    "deadlines.not_required": "as deadlines.done",
    "figure_sheets.columns": "the demonstration brings no figures in; seen in test_figure_sheets",
    "figure_sheets.preview": "as figure_sheets.columns",
    "figure_sheets.words": "as figure_sheets.columns",
    "inspections.review": "seen in test_journeys, where a report is imported",
    "packs.show": "seen in test_journeys, where a pack is made",
    "plan_sheets.columns": "seen in test_spreadsheet, where a plan is brought in",
    "plan_sheets.preview": "as plan_sheets.columns",
    "plan_sheets.words": "as plan_sheets.columns",
    "reminders.letter": "the demonstration sends no letter; seen in the integration tests",
    "reminders.stop_digest": "its address is in a mail; seen in the integration tests",
    "saved_views.show": "leads on",
    "people.front_door": "leads on",
    "people.home": "leads on",
    "people.sign_in": "seen below",
    "self_evaluation.start": "refused while a version is open; seen in the integration tests",
}
"""Pages that no address above opens, and why."""
NO_PAGES = ("export", "file", "picture", "health", "api.", "static", "spreadsheet", "as_json", "template")
"""What the endpoints that answer with something else than a page have in their names."""

NAMED: Mapping[str, Select[UUID]] = {
    "board": select(GovernanceBoard.id).order_by(GovernanceBoard.name),
    "bundle": select(EvidenceBundle.id).order_by(EvidenceBundle.asked_at),
    "case": select(Allocation.id)
    .join(Person, Person.id == Allocation.auditor_id)
    .where(Person.email == QA_OFFICER, Allocation.state == CaseState.ALLOCATED)
    .order_by(Allocation.position),
    "doubtful": select(DoubtfulReport.id).order_by(DoubtfulReport.file_name),
    "draw": select(Sample.id).order_by(Sample.number),
    "hold": select(LegalHold.id).order_by(LegalHold.held_on),
    "import": select(EvidenceImport.id).order_by(EvidenceImport.brought_at),
    "link": select(EvidenceLink.id)
    .join(Evidence, Evidence.id == EvidenceLink.evidence_id)
    .where(Evidence.number == 1)
    .order_by(EvidenceLink.area_code, EvidenceLink.theme_code),
    "milestone": select(Milestone.id)
    .join(Action, Action.id == Milestone.action_id)
    .where(Action.number == 29)
    .order_by(Milestone.position.desc()),
    "partner": select(PartnerOrganisation.id).order_by(PartnerOrganisation.name),
    "passage": select(Passage.id).join(PublishedReport).order_by(PublishedReport.file_name, Passage.position),
    "programme": select(Programme.id).order_by(Programme.begins),
    "report": select(PublishedReport.id).order_by(PublishedReport.file_name),
    "row": select(DisposalLine.id).join(Evidence).order_by(Evidence.number),
}
"""What an address names by an id that each loading gives anew; the first is shown."""


def looked_up(address: str) -> str:
    """The address with the ids of this database; inside an application context."""
    return _filled(address, lambda name: db.session.scalars(NAMED[name].limit(1)).one())


def of_anything(address: str) -> str:
    """The address with an id that nothing has, to be matched with a route."""
    return _filled(address, lambda name: UUID(int=0))


def _filled(address: str, find: Callable[[str], UUID]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(find(found[1])), address)
