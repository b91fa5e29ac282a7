"""What shows that one action made a difference: its evidence, its findings, and what could be offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.actions.models import Action
from tracker.actions.rules import DifferenceWord
from tracker.audits.blind.queries import shown_to
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Finding
from tracker.evidence import queries as evidence
from tracker.evidence import rules as evidence_rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.platform.db import db


@dataclass(frozen=True)
class DifferencePage:
    links: Sequence[EvidenceLink]
    """Evidence linked to the action itself."""
    could_show: Sequence[Evidence]
    """Evidence of the action or its item that may show a difference."""
    cannot_show: Sequence[str]
    """Why each other piece cannot, in a sentence."""
    findings: Sequence[Finding]


def of_action(action: Action, viewer: Viewer) -> DifferencePage:
    found = evidence.could_show_difference(action)
    reasons = {one: _why_not(one) for one in found}
    return DifferencePage(
        links=evidence.evidence_of_action(action),
        could_show=[one for one in found if not reasons[one]],
        cannot_show=[reason for reason in reasons.values() if reason],
        findings=_findings(action, viewer),
    )


def could_show(actions: Sequence[Action]) -> Mapping[UUID, Sequence[Evidence]]:
    """For each action, the evidence linked to it or its item that may show a difference; one statement for all."""
    found: dict[UUID, dict[UUID, Evidence]] = {action.id: {} for action in actions}
    links = (
        db.session.scalars(
            select(EvidenceLink)
            .join(EvidenceLink.evidence)
            .where(
                Evidence.withdrawn_on.is_(None),
                EvidenceLink.action_id.in_(list(found))
                | EvidenceLink.item_id.in_({action.item_id for action in actions}),
            )
            .options(contains_eager(EvidenceLink.evidence))
            .order_by(Evidence.dated.desc(), Evidence.number.desc())
        ).all()
        if actions
        else []
    )
    for link in links:
        one = link.evidence
        for action in actions:
            if {link.action_id, link.item_id} & {action.id, action.item_id} and not _why_not(one):
                found[action.id][one.id] = one
    return {action_id: list(pieces.values()) for action_id, pieces in found.items()}


def _why_not(one: Evidence) -> str:
    """Why this piece, which is linked, cannot show a difference; empty if it can."""
    return evidence_rules.why_not_show_difference(one.reference, one.kind, one.strength, withdrawn=False, linked=True)


def saved(action: Action) -> str:
    if action.difference_word is DifferenceWord.SHOWN:
        return f"{action.reference}: the difference it made is shown."
    return (
        f"{action.reference}: what you said is kept. It stays at “{action.difference_word}” until something shows it."
    )


def _findings(action: Action, viewer: Viewer) -> Sequence[Finding]:
    return db.session.scalars(
        select(Finding)
        .join(Finding.audit)
        .where(Finding.action_id == action.id, shown_to(viewer))
        .options(joinedload(Finding.audit))
        .order_by(Finding.raised_on.desc(), Finding.number.desc())
    ).all()
