"""Pages of case audits and findings."""

from tracker.audits.agreement import views as agreement
from tracker.audits.analysis import views as analysis
from tracker.audits.blind import views as blind
from tracker.audits.panel import views as panel
from tracker.audits.past import views as past
from tracker.audits.recurring import views as recurring
from tracker.audits.safety import views as safety
from tracker.audits.views import answering, auditing, findings, lists, moderation
from tracker.audits.views.blueprint import bp
from tracker.audits.workbooks import views as workbooks

__all__ = [
    "agreement", "analysis", "answering", "auditing", "blind", "bp", "findings", "lists", "moderation", "panel", "past",
    "recurring", "safety", "workbooks",
]  # fmt: skip
