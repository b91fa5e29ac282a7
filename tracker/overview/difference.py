"""What shows that one action made a difference: its evidence, its findings, and what could be offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.actions.models import Action
from tracker.actions.rules import DifferenceWord
from tracker.audits.blind.queries import shown_to
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Finding
from tracker.evidence import commands as evidence_commands
from tracker.evidence import queries as evidence
from tracker.evidence import rules as evidence_rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.indicators.resting import commands as resting
from tracker.indicators.resting import pictures
from tracker.indicators.resting import queries as success_measures
from tracker.indicators.resting.models import SuccessMeasure
from tracker.indicators.resting.pictures import Moving
from tracker.people.models import Person
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
    judged_by: Sequence[Moving]
    """Measures that the action is judged by."""

    @property
    def could_show_by(self) -> Sequence[Moving]:
        """Those of them that moved, or held."""
        return [one for one in self.judged_by if not one.said.why_not_show]


def of_action(action: Action, viewer: Viewer, today: date) -> DifferencePage:
    found = evidence.could_show_difference(action)
    reasons = {one: _why_not(one) for one in found}
    judged_by = pictures.beside_action(action, today)
    return DifferencePage(
        links=evidence.evidence_of_action(action),
        could_show=[one for one in found if not reasons[one]],
        cannot_show=[why for why in (*reasons.values(), *(one.said.why_not_show for one in judged_by)) if why],
        findings=_findings(action, viewer),
        judged_by=judged_by,
    )


def embed(
    action: Action,
    *,
    pieces: Sequence[Evidence],
    success: Sequence[SuccessMeasure],
    difference: str,
    by: Person,
    on: date,
) -> None:
    """Mark an action embedded because of evidence, of measures that it is judged by, or of both."""
    if not pieces:
        resting.embed(action, success=success, difference=difference, by=by, on=on)
        return
    resting.require_showing(success, on)
    evidence_commands.embed(action, evidence=pieces, difference=difference, by=by, on=on)
    resting.rest_on(success, on)


def could_show_by(actions: Sequence[Action], today: date) -> Mapping[UUID, Sequence[Moving]]:
    """For each action, the measures it is judged by that moved or held; two statements for all."""
    if not actions:
        return {}
    found = success_measures.by_action(actions[0].authority, [action.id for action in actions])
    shown = {each: pictures.moving(success, today) for each, success in found.items()}
    return {each: [one for one in moving if not one.said.why_not_show] for each, moving in shown.items()}


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
