"""Every way an audit or a finding changes. Each command checks, changes and flushes; the edge commits."""

from tracker.audits.commands.answers import move_to_newest
from tracker.audits.commands.auditing import (
    correct,
    finish,
    grade_domain,
    keep_whole,
    record_feedback,
    record_safety_action,
    start_audit,
    start_reaudit,
    take_up_again,
)
from tracker.audits.commands.findings import (
    change_finding,
    close_by_evidence,
    close_by_reaudit,
    join_action,
    leave_action,
    raise_finding,
    reopen_finding,
)
from tracker.audits.commands.moderation import (
    agree_grade,
    begin_moderation,
    give_up_moderation,
    moderate,
    moderate_domain,
    why_not_moderate,
)
from tracker.audits.summaries import keeping as keeping  # every flush of an audit keeps the counts

__all__ = [
    "agree_grade", "begin_moderation", "change_finding", "close_by_evidence", "close_by_reaudit", "correct", "finish",
    "give_up_moderation", "grade_domain", "join_action", "keep_whole", "leave_action", "moderate", "moderate_domain",
    "move_to_newest", "raise_finding", "record_feedback", "record_safety_action", "reopen_finding", "start_audit",
    "start_reaudit", "take_up_again", "why_not_moderate",
]  # fmt: skip
