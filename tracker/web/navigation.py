"""The tabs at the top of every page, as data, and which one is lit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from flask import current_app, request, url_for

from tracker.web.doors import opens
from tracker.web.links import endpoint_url, has_endpoint

TABS: Mapping[str, str] = {
    "overview.my_work": "My work",
    "overview.readiness": "Readiness",
    "inspections.index": "Inspections",
    "fieldwork.index": "Inspection week",
    "actions.plan": "Plan",
    "evidence.index": "Evidence",
    "audits.index": "Audits",
    "indicators.index": "Measures",
    "self_evaluation.index": "Self-evaluation",
    "packs.index": "Packs",
}
"""Endpoint to label, in the order of the tabs."""

LIT_BY: Mapping[str, str] = {
    "handover": "fieldwork.index",
    "inspectors_room": "fieldwork.index",
    "checks": "overview.readiness",
    "annex_a": "overview.readiness",
    "overview.line_of_sight": "overview.readiness",
    "overview.item": "actions.plan",
    "overview.difference": "actions.plan",
    "overview.say_difference": "actions.plan",
    "boards": "actions.plan",
    "improvements": "actions.plan",
    "came_back": "inspections.index",
    "frameworks": "inspections.index",
    "fieldwork_afterwards": "fieldwork.index",
    "fieldwork_documents": "fieldwork.index",
    "fieldwork_notes": "fieldwork.index",
    "fieldwork_plan": "fieldwork.index",
    "fieldwork_timetable": "fieldwork.index",
    "corpus": "inspections.index",
    "deadlines": "inspections.index",
    "plan_sheets": "actions.plan",
    "figure_sheets": "indicators.index",
    "resting": "indicators.index",
    "resting.choose": "actions.plan",
    "resting.judge": "actions.plan",
    "resting.change": "actions.plan",
    "resting.choose_for_item": "actions.plan",
    "surveys": "indicators.index",
    "overview.survey": "indicators.index",
    "overview.survey_voice": "indicators.index",
    "overview.trail_page": "overview.my_work",
    "overview.person_export": "overview.my_work",
    "difference": "indicators.index",
    "plan_several": "actions.plan",
    "saved_views": "actions.plan",
    "audit_tools": "audits.index",
    "evidence_files": "evidence.index",
    "evidence_several": "evidence.index",
    "evidence_guard": "evidence.index",
    "evidence_import": "evidence.index",
    "evidence_bundles": "evidence.index",
    "audit_programmes": "audits.index",
    "evidence_freshness": "evidence.index",
    "evidence_retention": "evidence.index",
    "pack_sets": "packs.index",
    "pack_profiles": "packs.index",
    "ready_packs": "packs.index",
    "reminders": "overview.my_work",
}
"""Endpoints and blueprints whose tab does not follow from their own name: an improvement item is read with the plan."""


BEGINS_AT = (*TABS, "staff.index", "inspectors_room.index")
"""Where somebody begins: at the first of these that is open to her."""


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: Literal["page", "true"] | None
    """As ``aria-current`` says it: this very page, or a page beneath the tab."""


def navigation() -> list[Tab]:
    """The tabs of the authority of this request that are open to the person of it."""
    lit = lit_tab(request.endpoint or "")
    return [
        Tab(label, url_for(endpoint), _current(endpoint, lit))
        for endpoint, label in TABS.items()
        if has_endpoint(endpoint) and opens(endpoint)
    ]


def first_open(may: Callable[[str], bool]) -> str | None:
    """The endpoint where somebody begins who ``may`` what permissions of these names allow; None: nothing is open."""
    asked = {endpoint: getattr(current_app.view_functions[endpoint], "access", None) for endpoint in BEGINS_AT}
    return next((endpoint for endpoint, access in asked.items() if may(getattr(access, "name", ""))), None)


def _current(endpoint: str, lit: str | None) -> Literal["page", "true"] | None:
    if endpoint != lit:
        return None
    return "page" if endpoint == request.endpoint else "true"


def lit_tab(endpoint: str) -> str | None:
    """The tab that an endpoint belongs to, or None.

    >>> lit_tab("actions.show"), lit_tab("overview.item"), lit_tab("search.results")
    ('actions.plan', 'actions.plan', None)
    """
    blueprint = endpoint.partition(".")[0]
    if endpoint in TABS:
        return endpoint
    if endpoint in LIT_BY or blueprint in LIT_BY:
        return LIT_BY.get(endpoint) or LIT_BY[blueprint]
    return next((tab for tab in TABS if tab.partition(".")[0] == blueprint), None)


def home_url() -> str:
    """Where the product's name leads: one's own work, or the door."""
    return endpoint_url("people.home") or "/"
