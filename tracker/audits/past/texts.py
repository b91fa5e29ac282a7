"""What a past audit says, line by line, in the words of its tool: as its row does, and as it stands here."""

from collections.abc import Iterable, Mapping

from tracker.audits.models import Audit
from tracker.audits.past.queries import Known
from tracker.audits.past.rules import NAMES, NOT_NAMED, Field, Past
from tracker.audits.rules import Given, grade_word
from tracker.audits.schema import Tool
from tracker.platform.previews import Change

Texts = Mapping[str, str]
"""Name of a line to its text; empty ones say nothing."""


def of_row(past: Past, known: Known) -> Texts:
    team = known.teams_by_id.get(str(past.team_id)) if past.team_id else None
    auditor = known.people_by_id.get(str(past.auditor_id)) if past.auditor_id else None
    said = "" if past.auditor_said == NOT_NAMED else past.auditor_said
    return _lines(
        past.tool,
        known,
        area=past.area_code,
        theme=past.theme_code,
        team=team.name if team else "",
        auditor=auditor.name if auditor else said,
        grade=past.grade,
        moderated=past.moderated,
        domains=past.domains.items(),
        heard=past,
        strengths=past.strengths,
    )


def of_audit(audit: Audit, known: Known) -> Texts:
    return _lines(
        audit.tool,
        known,
        area=audit.area_code,
        theme=audit.theme_code,
        team=audit.team.name if audit.team else "",
        auditor=audit.auditor_name,
        grade=audit.grade_code,
        moderated=audit.moderated_grade_code,
        domains=[(one.domain_code, one.by_auditor) for one in audit.domains],
        heard=audit,
        strengths=audit.strengths,
    )


def changes(past: Past, audit: Audit | None, known: Known) -> tuple[Change, ...]:
    """What a row alters. An empty cell alters nothing, and no finding is taken away."""
    before = of_audit(audit, known) if audit else {}
    told = [Change(name, before.get(name, ""), text) for name, text in of_row(past, known).items() if text]
    told = [change for change in told if change.before != change.after]
    return (*told, *(Change(NAMES[Field.FINDINGS], "", what) for what in new_findings(past, audit)))


def new_findings(past: Past, audit: Audit | None) -> list[str]:
    """Those of a row that the audit does not have yet."""
    there = {finding.what for finding in audit.findings} if audit else set()
    return [what for what in past.findings if what not in there]


def _lines(
    tool: Tool,
    known: Known,
    *,
    area: str,
    theme: str | None,
    team: str,
    auditor: str,
    grade: str | None,
    moderated: str | None,
    domains: Iterable[tuple[str, Given]],
    heard: Past | Audit,
    strengths: str,
) -> Texts:
    part, feedback = heard.with_practitioner, heard.family_feedback
    areas = {one.code: one.short_name for one in known.areas(tool)}
    return {
        NAMES[Field.AREA]: areas.get(area, area),
        NAMES[Field.THEME]: theme or "",
        NAMES[Field.TEAM]: team,
        NAMES[Field.AUDITOR]: auditor,
        NAMES[Field.GRADE]: tool.grade(grade).short_label if grade else "",
        NAMES[Field.MODERATED]: tool.grade(moderated).short_label if moderated else "",
        NAMES[Field.PRACTITIONER]: "" if part is None else "Yes" if part else "No",
        NAMES[Field.PRACTITIONER_SAID]: heard.practitioner_said,
        NAMES[Field.FAMILY]: feedback.past_tense if feedback else "",
        NAMES[Field.FAMILY_SAID]: heard.family_said,
        NAMES[Field.STRENGTHS]: strengths,
        **{tool.domain(code).name: grade_word(tool, given) for code, given in domains},
    }
