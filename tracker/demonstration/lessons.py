"""Findings of audits: raised, joined to an action, closed by evidence or by looking again."""

from collections.abc import Iterator
from functools import partial

from tracker.actions.models import Action
from tracker.audits import commands as audits
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import Change
from tracker.demonstration.audit_schema import AuditsFile, Closing, FindingsFile, Join, Lesson
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements.models import ImprovementItem


def scenes(stage: Stage, told: FindingsFile, cases: list[AuditsFile]) -> Iterator[Scene]:
    audited = {
        case.key: (case.day, case.by or programme.by)
        for file in cases
        for programme in file.programmes
        for case in programme.audits
    }
    for lesson in told.findings:
        day, auditor = audited[lesson.audit]
        yield from _of(stage, lesson, day if lesson.day is None else lesson.day, auditor)


def _of(stage: Stage, lesson: Lesson, day: int, auditor: str) -> Iterator[Scene]:
    yield Scene(day, auditor, partial(_raise, stage, lesson, day, auditor))
    if lesson.joined is not None:
        yield Scene(lesson.joined.day, lesson.joined.by, partial(_join, stage, lesson.key, lesson.joined))
    if lesson.closed is not None:
        yield Scene(lesson.closed.day, lesson.closed.by, partial(_close, stage, lesson.key, lesson.closed))


def _raise(stage: Stage, lesson: Lesson, day: int, auditor: str) -> None:
    change = Change(
        what=lesson.what,
        owner_id=stage.person(lesson.owner).id,
        agree_by=None if lesson.agree_by is None else stage.day(lesson.agree_by),
        theme_code=lesson.theme,
        item_id=stage.get(ImprovementItem, lesson.item).id if lesson.item else None,
        domain_code=lesson.domain,
    )
    audit = stage.get(Audit, lesson.audit)
    stage.keep(lesson.key, audits.raise_finding(audit, change=change, by=stage.person(auditor), on=stage.day(day)))


def _join(stage: Stage, key: str, joined: Join) -> None:
    finding = stage.get(Finding, key)
    audits.join_action(
        finding, version=finding.version, action=stage.get(Action, joined.action), by=stage.person(joined.by)
    )


def _close(stage: Stage, key: str, closed: Closing) -> None:
    finding, by, on = stage.get(Finding, key), stage.person(closed.by), stage.day(closed.day)
    if closed.reaudit:
        reaudit = stage.get(Audit, closed.reaudit)
        audits.close_by_reaudit(finding, version=finding.version, because=closed.because, reaudit=reaudit, by=by, on=on)
    else:
        seen = stage.with_references(closed.evidence)
        audits.close_by_evidence(finding, version=finding.version, because=closed.because, evidence=seen, by=by, on=on)
