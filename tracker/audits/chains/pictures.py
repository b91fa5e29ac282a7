"""The chain of each finding as the shape that a page and a pack draw."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tracker.audits import rules
from tracker.audits.blind.rules import Viewer
from tracker.audits.chains import queries
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState, FindingState, Given
from tracker.web.charts import Chain, ChainLine, Station, Tone

CAPTION = "From finding to change"
HIDDEN = "Hidden until you moderate"
NO_ACTION: Mapping[FindingState, str] = {
    FindingState.OPEN: "No action yet",
    FindingState.CLOSED: "Closed without an action",
    FindingState.PAST: "No action here",
}
DRAWN = 6
"""Findings that a picture draws; the table beside it tells all. Our choice."""


def chain(findings: Sequence[Finding], *, viewer: Viewer) -> Chain:
    """One line a finding. What ``viewer`` may not see yet is hidden: a grade and its change, a finding altogether."""
    shown = [finding for finding in findings if finding.audit.shows_grades_to(viewer)]
    again = queries.again(shown)
    return Chain(caption=CAPTION, lines=tuple(_line(finding, again, viewer) for finding in shown))


def drawn(told: Chain) -> Chain:
    """As much of a chain as a picture has room for."""
    return Chain(caption=told.caption, lines=told.lines[:DRAWN])


def _line(finding: Finding, again: Mapping[UUID, Audit], viewer: Viewer) -> ChainLine:
    reaudit = finding.closed_by_reaudit or again.get(finding.audit_id)
    return ChainLine(
        audit=_audit(finding.audit, viewer),
        finding=_finding(finding),
        action=_action(finding),
        reaudit=_audit(reaudit, viewer) if reaudit else _no_reaudit(finding),
        change=_change(finding.audit, reaudit, viewer) if reaudit else "",
    )


def _audit(audit: Audit, viewer: Viewer) -> Station:
    if audit.state is AuditState.DRAFT:
        words, tone = "Draft", Tone.PLAIN
    elif not audit.shows_grades_to(viewer):
        words, tone = HIDDEN, Tone.PLAIN
    else:
        words = audit.counted_label or "Finished"
        tone = Tone.CAUTION if audit.is_weak else Tone.GOOD
    return Station(reference=audit.reference, words=words, on=audit.audited_on, tone=tone)


def _finding(finding: Finding) -> Station:
    if finding.state is FindingState.OPEN:
        return Station(reference=finding.reference, words="Open since", on=finding.raised_on, tone=Tone.CAUTION)
    if finding.state is FindingState.PAST:
        return Station(reference=finding.reference, words="In a past audit", on=finding.raised_on, tone=Tone.PLAIN)
    by = "by re-audit" if finding.closed_by_reaudit_id else "by evidence"
    return Station(reference=finding.reference, words=f"Closed {by}", on=finding.closed_on, tone=Tone.GOOD)


def _action(finding: Finding) -> Station:
    if finding.action is None:
        return Station(reference="", words=NO_ACTION[finding.state])
    action = finding.action
    return Station(reference=action.reference, words=str(action.delivery), on=action.due_on, tone=Tone.STEADY)


def _no_reaudit(finding: Finding) -> Station:
    due = finding.audit.reaudit_due_on
    return Station(reference="", words="Due by" if due else "Not looked at again", on=due)


def _change(first: Audit, again: Audit, viewer: Viewer) -> str:
    """How far the grade moved, in words; empty while one of the two is not graded or may not be seen."""
    graded = first.counted_grade and again.counted_grade and again.state is not AuditState.DRAFT
    if not (graded and first.shows_grades_to(viewer) and again.shows_grades_to(viewer)):
        return ""
    return rules.difference(again.tool, Given(first.counted_grade), Given(again.counted_grade)) or "The same grade"
