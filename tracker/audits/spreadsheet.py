"""Lists of audits and findings as Excel files: what the page shows, every page of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Audit, Finding
from tracker.web.spreadsheet import Cell, workbook

HIDDEN = "Hidden until you moderate"

AUDIT_COLUMNS = (
    ("Audit", 8), ("Tool", 30), ("Version", 8), ("Case", 12), ("Age", 12), ("Team", 18), ("Area", 22), ("Auditor", 20),
    ("Audited", 18), ("State", 12), ("Auditor’s grade", 22), ("Moderator", 20), ("Moderated grade", 22),
    ("With the practitioner", 12), ("Family feedback", 16), ("Open findings", 10), ("Re-audit due", 18),
    ("Brought in from", 30),
)  # fmt: skip

FINDING_COLUMNS = (
    ("Finding", 8), ("What needs to change", 50), ("Audit", 8), ("Theme", 8), ("Item", 8), ("Owner", 20), ("Action", 9),
    ("Raised", 18), ("Agree by", 18), ("State", 10), ("Closed", 18), ("What has changed", 50), ("Seen in", 30),
)  # fmt: skip


def audits(
    rows: Sequence[Audit],
    *,
    viewer: Viewer,
    areas: Mapping[str, str],
    open_findings: Mapping[UUID, int],
    today: date,
) -> bytes:
    cells = [_audit(audit, viewer, areas, open_findings.get(audit.id, 0)) for audit in rows]
    return workbook(f"Audits as at {today:%-d %B %Y}", AUDIT_COLUMNS, cells, sheet="Audits")


def findings(rows: Sequence[Finding], *, today: date) -> bytes:
    cells = [_finding(finding) for finding in rows]
    return workbook(f"Findings as at {today:%-d %B %Y}", FINDING_COLUMNS, cells, sheet="Findings")


def _audit(audit: Audit, viewer: Viewer, areas: Mapping[str, str], open_findings: int) -> list[Cell]:
    tool = audit.tool
    first = tool.grade(audit.grade_code).short_label if audit.grade_code else ""
    moderated = tool.grade(audit.moderated_grade_code).short_label if audit.moderated_grade_code else ""
    return [
        audit.reference, tool.name, tool.version, audit.case_reference, audit.age_band,
        audit.team.name if audit.team else "", areas.get(audit.area_code, audit.area_code), audit.auditor_name,
        audit.audited_on, audit.state.value, first if audit.shows_grades_to(viewer) else HIDDEN,
        audit.moderator.name if audit.moderator else "", moderated, _with_practitioner(audit),
        _family_feedback(audit), open_findings if audit.shows_grades_to(viewer) else None,
        audit.reaudit_due_on if audit.shows_grades_to(viewer) else None, audit.brought_in,
    ]  # fmt: skip


def _with_practitioner(audit: Audit) -> str:
    if audit.with_practitioner is None:
        return ""
    return "Yes" if audit.with_practitioner else "No"


def _family_feedback(audit: Audit) -> str:
    if audit.family_feedback is None:
        return ""
    return audit.family_feedback.past_tense if audit.is_past else audit.family_feedback.value


def _finding(finding: Finding) -> list[Cell]:
    return [
        finding.reference, finding.what, finding.audit.reference, finding.theme_code,
        finding.item.reference if finding.item else "", finding.owner.name if finding.owner else "Nobody yet",
        finding.action.reference if finding.action else "None yet", finding.raised_on, finding.agree_by,
        finding.state.value, finding.closed_on, finding.closed_because, finding.closed_evidence,
    ]  # fmt: skip
