"""Pages of case audits and findings."""

from tracker.audits.agreement import views as agreement
from tracker.audits.analysis import views as analysis
from tracker.audits.blind import views as blind
from tracker.audits.recurring import views as recurring
from tracker.audits.safety import views as safety
from tracker.audits.views import answering, auditing, findings, lists, moderation
from tracker.audits.views.blueprint import bp

__all__ = [
    "agreement", "analysis", "answering", "auditing", "blind", "bp", "findings", "lists", "moderation", "recurring",
    "safety",
]  # fmt: skip
